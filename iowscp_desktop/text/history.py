"""Words of the history of an answer."""

from collections.abc import Mapping
from typing import ClassVar


class History:
    """Who wrote what when."""

    title = "History"
    about = (
        "Every wording, the newest first. Words that changed are marked. Nothing here is lost when an answer changes."
    )
    back = "Questions"
    none = "Nothing has been written here yet"
    none_about = "As soon as somebody answers, each wording is kept here, with who wrote it and when."
    none_back = "Back to the question"
    nobody = "Somebody whose name is not here"
    nothing = "(cleared: no answer)"
    erased = (
        "This wording was erased for good. That it was here, when, and who wrote it, stays, so that the rest can be "
        "proved complete."
    )
    elsewhere = (
        "This wording was replaced before it was sent. It never left the computer it was written on, and can be read "
        "there."
    )
    use = "Use this wording again"
    used = "The earlier wording is the answer again. The one it replaced is in the history too."
    open_history = "History"
    open_tip = "Who wrote what when (Ctrl+H)"
    what: ClassVar[Mapping[str, str]] = {
        "answered": "Answered",
        "cleared": "Cleared",
        "settled": "Decided between answers that differed",
        "attached": "File added",
        "detached": "File taken away",
        "added": "One more added",
        "removed": "One taken away",
        "ordered": "Put in another order",
        "read": "How the team reads it",
    }
    states: ClassVar[Mapping[str, str]] = {
        "stands": "Stands now",
        "contested": "Not decided yet",
        "replaced": "Replaced",
        "erased": "Erased",
        "elsewhere": "Not kept here",
    }

    @staticmethod
    def named(what: str, part: str) -> str:
        """What was done, and to which part of the question."""
        return f"{what} · {part}" if part else what

    @staticmethod
    def because(reason: str) -> str:
        """Why the team reads an answer as it does."""
        return f"Why: {reason}"

    @staticmethod
    def use_of(when: str) -> str:
        """What the button is called when it is read out by itself."""
        return f"{History.use}, of {when}"

    @staticmethod
    def more(count: int) -> str:
        """The button that shows the rest."""
        return "Show 1 earlier wording" if count == 1 else f"Show {count} earlier wordings"
