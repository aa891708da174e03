"""Words of the screen that checks and signs off."""

from datetime import datetime
from typing import Final

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Check:
    """The screen that checks and signs off."""

    title = "Check your answers"
    home, crumb = "Audit", "Check and sign off"
    about_open = "Nothing is sent yet. Signing seals this audit on this computer, ready to send."
    about_signing = "Signing has begun, so the answers are locked. Nothing is sent yet."
    about_signed = "Everybody has signed. The answers are locked and sealed on this computer."
    who_signs = "Who signs"
    nothing_missing = "Every question has an answer. You can sign."
    show, hide = "Show answers", "Hide answers"
    show_all, hide_all = "Show all answers", "Hide all answers"
    change = "Change"
    look = "Look at it"
    name = "Your full name"
    name_missing = "Write your full name."
    whose_computer = "Whose computer is this?"
    own_device = "My own: nobody else uses it"
    shared_device = "Somebody else’s, or one that we share"
    device_missing = "Say whose computer this is."
    ready_when_fixed, ready, signed = "Ready when fixed", "Ready to sign", "Signed"
    locked_note = (
        "After the first signature the answers are locked. After the last one the audit is ready to send. "
        "You can open it again, with a reason."
    )
    changed_title = "Answers have changed since this was signed"
    changed_about = "Other answers came in from another computer. Open the audit again, look at them, and sign anew."
    reopened_title = "This audit was opened again, to be signed anew"
    locked = "Signed and locked. To change an answer, open the audit again."
    export = "Make the file for the partnership"
    export_title = "Ready to send"
    export_about = "Everybody has signed. Now make the file and send it to the partnership."
    not_answered, answered, no_words = "Not answered", "Answered", "Nothing written"
    different = "two people gave different answers"
    on_own, on_other = "On their own computer", "On somebody else’s computer"

    @staticmethod
    def reopened(who: str, when: str, reason: str) -> str:
        """Who opened it again, when and why."""
        return f"{who}, {when}: {reason}" if who else f"{when}: {reason}"

    @staticmethod
    def to_fix(count: int) -> str:
        """How much keeps the audit from being signed."""
        if count == 1:
            return "There is 1 thing to fix before you can sign"
        return f"There are {count} things to fix before you can sign"

    @staticmethod
    def not_answered_yet(count: int) -> str:
        """How many questions nobody has begun."""
        return "1 question is not answered" if count == 1 else f"{count} questions are not answered"

    @staticmethod
    def more(count: int) -> str:
        """What the list leaves out."""
        return f"and {count} more"

    @staticmethod
    def problem(number: str, title: str, what: str) -> str:
        """One thing to fix."""
        return f"{number}  {title}: {what}"

    @staticmethod
    def needs_action(word: str) -> str:
        """A gap without its action."""
        return f"‘{word}’ needs an action"

    @staticmethod
    def part_empty(label: str) -> str:
        """A part of an item that was left out."""
        return f"“{label}” is empty"

    needs_answer = "needs an answer"
    look_again = "does not fit the question"

    @staticmethod
    def section(number: str, title: str) -> str:
        """A section as it is called everywhere."""
        return f"{number}  {title}"

    @staticmethod
    def row(question: str, words: str) -> str:
        """One answer of several, with what was asked."""
        return f"{question} {words}" if question.endswith(("?", ":", ".", "!")) else f"{question}: {words}"

    @staticmethod
    def card(number: str, title: str, answers: list[str]) -> str:
        """One of several things, and all that was answered about it."""
        said = " · ".join(answers) or Check.no_words
        return f"{number}. {title}: {said}" if title else f"{number}. {said}"

    @staticmethod
    def answered_of(completed: int, asked: int) -> str:
        """How far a section is."""
        return f"{completed} of {asked} answered"

    @staticmethod
    def toggle_name(words: str, section: str) -> str:
        """What the button of a section is called."""
        return f"{words}: {section}"

    @staticmethod
    def change_name(number: str, title: str) -> str:
        """What the link of an answer is called."""
        return f"Change {number} {title}"

    @staticmethod
    def look_name(number: str, title: str) -> str:
        """What the link of a locked answer is called."""
        return f"Look at {number} {title}"

    @staticmethod
    def files(count: int) -> str:
        """How many files are attached."""
        return "1 file" if count == 1 else f"{count} files"

    @staticmethod
    def waiting_for(label: str) -> str:
        """Who signs before."""
        return f"After: {label}"

    @staticmethod
    def sign_as(label: str) -> str:
        """The button that signs."""
        return f"Sign as {label}"

    @staticmethod
    def signed_on(when: str) -> str:
        """When somebody signed."""
        return f"Signed {when}"

    @staticmethod
    def moment(when: datetime) -> str:
        """A moment as people write it."""
        return f"{when.day} {_MONTHS[when.month - 1]} {when.year}, {when:%H:%M}"

    @staticmethod
    def version(number: int) -> str:
        """Which version is being signed."""
        return f"Version {number}"

    @staticmethod
    def now_signed(label: str) -> str:
        """Said aloud after a signature."""
        return f"Signed as {label}."
