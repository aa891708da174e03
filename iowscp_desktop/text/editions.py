"""Words of the step from one edition of an audit to another."""


class Editions:
    """Another edition of an audit."""

    title = "Another edition of this audit"
    home, crumb = "Audit", "Another edition"
    comparing = "Comparing the two editions"
    comparing_about = "Nothing is written."
    moving = "Moving the answers"
    moving_about = "All of them go together, or none."
    choose = "Compare with"
    kept_about = "Nothing about them changes."
    renamed_about = "The answers go along, word for word."
    again_about = "What was chosen is shown, but the new edition does not offer it: choose again there."
    dropped_about = "What stays behind is kept in the history of this audit, and comes back if you move back."
    added_about = "What is new begins without an answer."
    nothing_lost = "Nothing is lost, and you can move back at any time until the audit is signed."
    locked = "This audit is signed and locked"
    locked_about = (
        "It stays on the edition it was signed with. To move it, open the audit again on the check page first."
    )
    undecided_about = "Decide between the two answers first. Then come back here."
    decide = "Decide now"
    late_about = (
        "They were given on a computer that still had the earlier edition. What stands now stays unless you say so."
    )
    take_late = "Take these answers over"
    leave_late = "Leave what stands"
    late_taken = "The answers were taken over. What stood there before is in the history."
    late_left = "What stands stays. The other answers are in the history."
    not_asked = "it is not asked any more"
    other_kind = "the new edition asks for another kind of answer"
    other_repeat = "it is asked in another place, once instead of several times or the other way round"
    taken = "two questions became one, and the other answer has the place"
    file = "a file"
    more = "Show all"

    @staticmethod
    def newer(edition: str) -> str:
        """A newer edition is here."""
        return f"A newer edition of this audit is here: {edition}"

    @staticmethod
    def newer_about(edition: str) -> str:
        """What that means."""
        return (
            f"You answer {edition}, and go on with it unless you move. Look first at what would become of your answers."
        )

    @staticmethod
    def other(edition: str) -> str:
        """Another edition is here that is no newer."""
        return f"You can also answer another edition of this audit: {edition}"

    other_about = "Your answers stay where they are unless you move them."
    look = "Compare the editions"

    @staticmethod
    def heading(before: str, after: str) -> str:
        """What is compared."""
        return f"From {before} to {after}"

    @staticmethod
    def about(before: str) -> str:
        """How it stands."""
        return f"You answer {before}. Nothing moves unless you say so."

    @staticmethod
    def move(edition: str) -> str:
        """The button that moves."""
        return f"Move my answers to {edition}"

    @staticmethod
    def stay(edition: str) -> str:
        """The button that does not."""
        return f"Stay with {edition}"

    @staticmethod
    def moved(edition: str) -> str:
        """It was done."""
        return f"Your answers are in the edition {edition} now."

    moved_about = "Look through what is new. You can move back until the audit is signed."

    @staticmethod
    def kept(count: int) -> str:
        """Answers that stay."""
        return "1 answer stays as it is" if count == 1 else f"{count} answers stay as they are"

    @staticmethod
    def renamed(count: int) -> str:
        """Questions with another name."""
        return "1 question has another name" if count == 1 else f"{count} questions have another name"

    @staticmethod
    def again(count: int) -> str:
        """Answers to be given again."""
        return "1 answer has to be chosen again" if count == 1 else f"{count} answers have to be chosen again"

    @staticmethod
    def dropped(count: int) -> str:
        """Answers that stay behind."""
        return "1 answer stays behind" if count == 1 else f"{count} answers stay behind"

    @staticmethod
    def added(count: int) -> str:
        """New questions."""
        return "1 question is new" if count == 1 else f"{count} questions are new"

    @staticmethod
    def late(count: int) -> str:
        """Answers from a computer that had not moved yet."""
        return (
            "1 answer came in for the earlier edition"
            if count == 1
            else (f"{count} answers came in for the earlier edition")
        )

    @staticmethod
    def late_answer(question: str, came: str, stands: str) -> str:
        """One of them, beside what stands."""
        return f"{question}: “{_short(came)}” came in, “{_short(stands)}” stands"

    @staticmethod
    def undecided(count: int) -> str:
        """What is to be decided before."""
        return (
            "Two people answered one question differently"
            if count == 1
            else (f"Two people answered {count} questions differently")
        )

    @staticmethod
    def question(number: str, title: str) -> str:
        """One question."""
        return f"{number}  {title}".strip()

    @staticmethod
    def part(question: str, part: str) -> str:
        """One part of a question."""
        return f"{question}  ·  {part}" if part else question

    @staticmethod
    def answer(question: str, words: str, why: str = "") -> str:
        """One answer, and what is said about it."""
        return f"{question}: “{_short(words)}”" + (f", because {why}" if why else "")

    @staticmethod
    def becomes(before: str, after: str, note: str) -> str:
        """A question under its new name."""
        return f"{before}  →  {after}" + (f"  ·  {note}" if note else "")


def _short(words: str) -> str:
    return words if len(words) <= 160 else f"{words[:157]}…"
