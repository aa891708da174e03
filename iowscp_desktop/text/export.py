"""Words of the screen that makes the file to send back."""


class Export:
    """The screen that makes the file to send back."""

    title = "Send your return"
    title_scores = "Send your scores"
    make = "Make the file for the partnership"
    make_again = "Make a new file"
    making = "Making the file"
    nothing = "Nothing to send yet"
    nothing_about = "When the partnership asks you for something, you send it from here."

    what_happens = "What happens"
    what_happens_about = (
        "The program packs your answers and your evidence into one file and locks it. Only the partnership can open "
        "it. Nothing is sent by itself: you send the file."
    )
    what_happens_scores = (
        "The program packs your scores into one file and locks it. Only the partnership can open it. Nothing is sent "
        "by itself: you send the file. The school’s answers are not in it."
    )
    where = "It goes to"
    where_else = "Choose another folder"
    where_dialogue = "Choose the folder for the file"

    how_much = "What goes into the file"
    whole = "Everything"
    part = "Only some sections"
    which = "Sections to send now"
    no_section = "Tick at least one section, or choose “Everything”."
    part_seen = (
        "The partnership will read your answers and open your evidence in the sections you tick.",
        "Of the other sections they can see which questions were worked on, by whom and when, but no grade or word.",
        "Signatures are not in such a file. When the rest is ready, send everything: it fits together by itself.",
    )
    part_note = "Only the sections you tick will be in the file"
    part_note_about = "Your return counts as sent once you have sent everything."
    holds = "Sections in it"

    partial = "This is not signed by everyone yet"
    partial_about = (
        "You can send it as it is, if the partnership asked for it. They will see that it is not finished, and you "
        "can send a new file later."
    )
    changed = "Something changed after it was signed"
    changed_about = "Open it again on the check page and sign once more, or send it and tell the partnership why."
    unfinished_about = "You can send what you have; the partnership waits for the rest before it compares."
    ready = "Everyone has signed. It is ready to send."
    ready_scores = "Everything is scored. It is ready to send."

    made = "The file is ready. Now send it."
    file = "File"
    folder = "Folder"
    size = "Size"
    made_at = "Made"
    show_folder = "Show the folder"
    copy_path = "Copy where it is"
    copied = "Copied."
    steps = (
        "Attach the file to an e-mail to the partnership, or copy it to a memory stick.",
        "Leave its name as it is: it says nothing about you or your setting, and it is locked.",
        "Keep working if you like. When something changes, make a new file and send that too.",
    )
    receipt = "Receipt"
    receipt_waiting = (
        "When it has arrived, the partnership sends you a receipt. Drop that file on this window to take it in."
    )
    nothing_lost = "Nothing was written. Your answers are as they were."

    @staticmethod
    def section(number: str, title: str) -> str:
        """One section to tick."""
        return f"{number}  {title}"

    @staticmethod
    def about(organisation: str, title: str) -> str:
        """Whose return it is."""
        return f"{organisation}  ·  {title}"

    @staticmethod
    def waiting_for(roles: tuple[str, ...]) -> str:
        """Who has not signed."""
        return f"Still to sign: {', '.join(roles)}."

    @staticmethod
    def unscored(left: int) -> str:
        """How much is not scored."""
        return "1 item is not scored yet" if left == 1 else f"{left} items are not scored yet"

    @staticmethod
    def earlier(when: str) -> str:
        """The last file that was made."""
        return f"You made a file on {when}."

    @staticmethod
    def received(number: str) -> str:
        """The partnership's receipt."""
        return f"The partnership has it. Receipt {number}."

    @staticmethod
    def bytes(size: int) -> str:
        """How large the file is."""
        return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3))} KB"

    @staticmethod
    def refused(message: str, remedy: str, code: str) -> str:
        """Why the file could not be made."""
        return f"{message} {remedy} (Code {code})"

    @staticmethod
    def step(number: int, words: str) -> str:
        """One thing to do with the file."""
        return f"{number}.  {words}"
