"""Words of the panel member’s screen."""


class Score:
    """The panel member’s screen: score alone, then send."""

    title = "Score"
    alone = "You score alone"
    alone_about = "Nobody else’s scores are on this computer. The panel compares them when everybody has sent theirs."
    items = "Items"
    which = "Return"
    says = "What they say"
    no_grade = "Not graded"
    no_words = "They wrote nothing here."
    two_answers = "Two people there answered differently. This is the newer answer."
    files = "Files they attached"
    no_files = "No files attached."
    save_copy = "Save a copy"
    copy_title = "Save a copy of this file"
    copy_saved = "The copy is saved. Delete it when you no longer need it."
    not_here = "not in this pack"
    your_score = "Your score"
    remark = "Remark"
    remark_hint = "What decided it for you. The panel sees this when it compares. It is kept with a score."
    next_unscored = "Next not scored"
    previous, next = "Previous", "Next"
    finish = "Finish this return"
    finish_anyway = "Finish all the same"
    finished = "Finished"
    finished_about = "You can still change scores until you send them."
    send = "Export scores"
    sending = "Sealing your scores"
    choose_folder = "Where to put the file with your scores"
    sent_title = "Your scores are in this file"
    sent_next = (
        "Take it to the partnership on a stick, or send it the way you agreed. It is sealed: only the team can open it."
    )
    sent_changed = "If you change a score later, export again and send the new file too."
    not_finished = "Finish every return first. Then export."
    file_name, folder_name = "File", "Folder"
    close = "Close"
    nothing = "Nothing to score"
    nothing_about = "What the partnership asks you to score is shown here."
    scored, unscored = "scored", "Not scored"
    last = "That was the last one. Every item is scored."
    guidance = "What good looks like"
    next_step = "What they will do"
    items_name = "Items to score"

    @staticmethod
    def progress(scored: int, items: int) -> str:
        """How many items are scored."""
        return f"{scored} of {items} scored"

    @staticmethod
    def question(number: str) -> str:
        """The line above a question."""
        return f"QUESTION {number}"

    @staticmethod
    def unscored_left(count: int) -> str:
        """What is still open when somebody wants to finish."""
        return "1 item is not scored yet." if count == 1 else f"{count} items are not scored yet."

    @staticmethod
    def action(owner: str, due: str) -> str:
        """Who does the next step, by when."""
        return ", by ".join(part for part in (owner, due) if part)

    @staticmethod
    def file_line(name: str, about: str) -> str:
        """One attached file."""
        return f"{name}  ·  {about}"

    @staticmethod
    def save_copy_of(name: str) -> str:
        """The button that saves a copy of one file."""
        return f"Save a copy of {name}"

    @staticmethod
    def allocation(organisation: str, scored: int, items: int) -> str:
        """One return to score, in the choice at the top."""
        return f"{organisation} ({scored} of {items})"

    @staticmethod
    def megabytes(size: float) -> str:
        """The size of a large file."""
        return f"{size:.1f} MB"

    @staticmethod
    def kilobytes(size: int) -> str:
        """The size of a small file."""
        return f"{size} KB"
