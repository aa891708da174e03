"""Words of finding everything that mentions a person."""


class SubjectAccess:
    """Somebody asked what is held about them, or that it be erased."""

    title = "Find a person"
    about = (
        "Somebody has asked what is held about them. Look for their name, go through what is found, and save it for "
        "them, or erase it."
    )
    back = "Records"
    name = "Name"
    name_hint = "As they write it themselves, for example Amber Quill."
    ways = "Also look for"
    ways_hint = (
        "Other ways to write it, one on a line: initials, a nickname, a former name. Take away what finds too much."
    )
    suggest = "Suggest ways"
    search = "Look for them"
    names_missing = "Write the name first, with at least two letters."
    searching = "Looking through every answer, wording, remark and file name…"
    nothing = "Nothing was found"
    nothing_about = (
        "No answer, earlier wording, remark, reason or file name holds these words. Pictures, PDFs and office "
        "documents are not read inside; look through those that may matter."
    )
    include = "Give this out"
    with_file = "With the file"
    words = "What goes out"
    words_hint = "Take out what is about other people, and write […] where it was."
    stands = "Holds now"
    earlier = "Earlier, or taken away"
    save = "Save for the person…"
    save_dialogue = "Choose a folder"
    saved_note = "It is not encrypted any more. Hand it over safely, then delete the folder."
    show_folder = "Show folder"
    nothing_chosen = "Tick at least one place first."
    erase = "Erase the ticked places…"
    erase_title = "Erase these places for good"
    erase_about = (
        "Answers that held them will be empty, files will be gone. The chain of entries stays whole. It cannot be "
        "brought back."
    )
    erased = "Erased for good. The certificate is under Records."
    in_text = "The file’s own text mentions them."

    @staticmethod
    def found(count: int) -> str:
        """How many places were found."""
        return "1 place mentions them" if count == 1 else f"{count} places mention them"

    @staticmethod
    def chosen(count: int, total: int) -> str:
        """How many of them are ticked."""
        return f"{count} of {total} ticked"

    @staticmethod
    def more(left: int) -> str:
        """The button that shows more of what was found."""
        return "Show 1 more place" if left == 1 else f"Show more of {left} other places"

    @staticmethod
    def by(role: str, when: str) -> str:
        """Who wrote it, by their role, and when."""
        return f"{role}, {when}" if role else when

    @staticmethod
    def include_of(number: int) -> str:
        """What the tick box is called when it is read out by itself."""
        return f"Give out place {number}"

    @staticmethod
    def words_of(number: int) -> str:
        """What the field is called when it is read out by itself."""
        return f"What goes out of place {number}"

    @staticmethod
    def saved_at(place: str) -> str:
        """Where it lies."""
        return f"Saved in {place}"
