"""Words of feedback: on the first page of whoever is told, and with the team that gives it."""


class Feedback:
    """What the panel agreed, and the letter."""

    title = "The partnership has sent you feedback"
    changed_since = "Your answers have changed since then. The feedback speaks of the answers you had sent."
    same_one = "The panel agreed with your own grade."
    save_letter = "Save the letter as a PDF"
    letter_dialogue = "Save the letter"
    letter_name = "Feedback letter.pdf"

    give = "Send feedback"
    folder = "Where to put the feedback"
    working = "Writing the letter and sealing the feedback"

    @staticmethod
    def came(when: str) -> str:
        """When it was written."""
        return f"Written on {when}. This is what the panel agreed."

    @staticmethod
    def same(count: int, *, is_all: bool) -> str:
        """On how many items the panel sees it as the school does."""
        if is_all:
            return f"On all {count} the panel agreed with your own grade." if count > 1 else Feedback.same_one
        return f"On {count} more the panel agreed with your own grade."

    @staticmethod
    def agreed(point: str, reason: str) -> str:
        """An agreed grade, and why."""
        return f"{point}. {reason}" if reason else point

    @staticmethod
    def saved(organisation: str, file: str, folder: str) -> str:
        """Where the feedback is."""
        return f"The feedback for {organisation} is {file} in {folder}. Take it to them, or send it: it is sealed."
