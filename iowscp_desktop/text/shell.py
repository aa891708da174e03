"""Words of the window around every screen: rail, status bar, banners, errors."""

from types import MappingProxyType


class Shell:
    """The window around every screen."""

    product = "Safeguarding audits"
    rail = "Areas"
    current_area = "Current page"
    banners = "Messages"
    status = "Status"
    saved = "All changes saved on this computer"
    saving = "Saving…"
    not_saved = "Not saved"
    not_saved_yet = "Nothing to save yet"
    offline = "Offline – nothing leaves this computer until you export"
    offline_short = "Offline"
    encrypted = "Encrypted"
    home = "Audit"
    computer = "Computer"
    actions = "Actions"
    rounds = "Rounds"
    merge = "Merge"
    score = "Score"
    reports = "Reports"
    help = "Help"
    settings = "Settings"
    back_to = "Back to"
    export = "Send"
    a_return = "Return"
    second_invitation = "This invitation cannot be opened here: this computer has its workspace already."
    second_invitation_remedy = (
        "If the partnership meant it for this computer, tell them. If it is for another computer, open it there."
    )
    nothing_new = "This file brings nothing new: everything in it is here already."
    taken_in = "The file is taken in."
    arrived = MappingProxyType(
        {
            "handover": "The answers from your other computer are taken in.",
            "feedback": "The partnership’s feedback has come. It stands on the page of its audit.",
            "actions": "Your actions have come. They stand under “Actions”.",
            "assignment": "The partnership asks you for something more. It stands on the first page.",
            "tool-update": "A newer edition of an audit has come. The first page offers it; nothing has changed yet.",
            "panel-pack": "There is more to score. It stands on the first page.",
            "directory": "The partnership’s list of computers that are trusted is taken in.",
        }
    )
    decide = "Decide"
    gap = "Something that was written before this file has not come yet. Ask for the file before it, or for a new one."
    aside = "Part of the file does not count: its sender may not write it. Ring the partnership on a number you know."
    unlock_first = "The file is opened as soon as you have unlocked."

    @staticmethod
    def receipts(numbers: tuple[str, ...]) -> str:
        """The partnership has confirmed what came."""
        return f"The partnership has received your file. Receipt {', '.join(numbers)}."

    @staticmethod
    def to_decide(count: int) -> str:
        """How many answers came that differ from those here."""
        if count == 1:
            return "One answer differs from the one here. Both are kept until somebody chooses."
        return f"{count} answers differ from those here. Both are kept until somebody chooses."

    @staticmethod
    def settings_unusable(names: tuple[str, ...]) -> str:
        """Settings that could not be read."""
        return f"Some settings could not be used and are as they were at first: {', '.join(names)}."

    @staticmethod
    def window(page: str) -> str:
        """The title of the window: what it shows, then the program."""
        return f"{page} – {Shell.product}" if page else Shell.product

    @staticmethod
    def saved_at(time: str) -> str:
        """The time of the last save, as the status bar reads it out."""
        return f"{Shell.saved} {time}"

    @staticmethod
    def signed_in(name: str) -> str:
        """Who is at the keyboard."""
        return f"Signed in as {name}"

    @staticmethod
    def area_with_news(area: str, count: int) -> str:
        """The name of an area with how many things wait there."""
        return f"{area}, {count} new"


class Notices:
    """Messages about errors."""

    dismiss = "Close this message"
    bug = "Something went wrong in the program."
    bug_remedy = (
        "Your saved work is safe. Close the program and open it again. If this message comes back, "
        "tell the partnership what you were doing."
    )
    bug_code = "A bug"

    @staticmethod
    def code(code: str) -> str:
        """The code a person can quote."""
        return f"Code {code}"
