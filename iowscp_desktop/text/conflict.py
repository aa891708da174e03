"""Words for two versions of one answer."""


class Conflict:
    """Two versions of one answer, and which of them stands."""

    title = "Two people changed the same answer"
    title_many = "Several people changed the same answer"
    about = "Choose which one to keep. The others are kept in the history, so nothing is lost."
    about_signed = "The return is signed, so its words stay as they are. Record how the partnership reads it, and why."
    signed_title = "This return is signed"
    signed_about = (
        "Both versions stay in the return. Your reading is written beside them, with your name, the date and the "
        "reason. To have the words changed, ask for the return to be opened and signed again."
    )
    reason = "Why do you read it this way?"
    reason_hint = "The school or agency sees this in its history, once it has taken in your receipt."
    no_reason = "Write the reason first."
    none = "Nothing to decide"
    none_about = "Where two people answer the same question differently, it is shown here."
    none_back = "Back"
    home = "Returns"
    write = "Write a combined answer"
    write_signed = "Read it in another way"
    later = "Ask them and decide later"
    combined_title = "Your combined answer"
    combined_signed = "How you read it"
    combined_hint = "It starts with version A. Change what you need."
    save = "Keep this answer"
    save_signed = "Record this reading"
    cancel = "Cancel"
    previous, next = "Previous (Ctrl+Up)", "Next (Ctrl+Down)"
    no_words = "(no answer)"
    not_answered = "Not answered"
    grade = "Grade"
    files_stay = "All files stay with the answer."
    nobody = "Somebody"
    settled = "Decided. The other version is in the history."
    read = "Reading recorded. Both versions stay in the return."
    was_settled = "Somebody has decided this meanwhile."

    looking = "Looking for answers that differ"
    looking_about = "Nothing is changed by looking."

    finals_title = "This return was declared complete twice"
    finals_about = (
        "Two laptops did that, neither knowing of the other. Both versions and every signature stay in the history, "
        "whatever you choose. Say which one the partnership works with, or ask for one new signature."
    )
    reason_finals = "Why do you choose this?"
    ask = "Ask for one new signature"
    counted = "Recorded. Both versions stay in the history, under “Signed versions”, with your reason."
    asked = (
        "The return is open again, and both versions are in the history. Send the receipt from the round: with it they "
        "can agree and sign once."
    )
    nobody_signed = "Nobody has signed this version."

    @staticmethod
    def work_with(letter: str) -> str:
        """The button that says which revision the team works with."""
        return f"Work with version {letter}"

    @staticmethod
    def revision(number: int) -> str:
        """Which revision a version is."""
        return f"Revision {number} of the return"

    @staticmethod
    def signed_by(label: str, name: str, when: str) -> str:
        """One signature."""
        return f"{label}: {name}, {when}"

    @staticmethod
    def differing(count: int) -> str:
        """How many answers differ between two revisions."""
        if not count:
            return "No answer stands in two versions."
        return "1 answer differs between them." if count == 1 else f"{count} answers differ between them."

    @staticmethod
    def compare(count: int) -> str:
        """The button that leads to the answers that differ."""
        return "Compare the answer that differs" if count == 1 else f"Compare the {count} answers that differ"

    @staticmethod
    def version(letter: str) -> str:
        """The title of one version."""
        return f"Version {letter}"

    @staticmethod
    def keep(letter: str, *, signed: bool) -> str:
        """The button that keeps one version."""
        return f"Read it as version {letter}" if signed else f"Keep version {letter}"

    @staticmethod
    def place(place: int, total: int) -> str:
        """Which one of how many."""
        return f"{place} of {total} to decide"

    @staticmethod
    def files(same: int, only_here: tuple[str, ...]) -> str:
        """The files of one version beside those of the other."""
        parts: list[str] = []
        if same:
            parts.append("1 file the same" if same == 1 else f"{same} files the same")
        if only_here:
            count = "1 file" if len(only_here) == 1 else f"{len(only_here)} files"
            parts.append(f"{count} only here: {', '.join(only_here)}")
        return ", ".join(parts) or "No files"

    @staticmethod
    def part(label: str, value: str) -> str:
        """One part of an answer, under its label."""
        return f"{label}\n{value}"
