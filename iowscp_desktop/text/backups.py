"""Words of the backups, of going back to one, and of what is told after an unusual opening."""

from collections.abc import Mapping
from typing import ClassVar


class Backups:
    """The backups screen, and the one that helps when a workspace does not open."""

    title = "Backups"
    about = "Copies of this workspace, as encrypted as the workspace itself. One is made each day, and when you leave."
    section_about = "Copies of the workspace: make one now, keep a second set elsewhere, go back to an earlier one."
    section_button = "Backups"
    settings = "Settings"
    now_title = "Make one now"
    now_none = "There is no backup yet."
    now = "Back up now"
    where_title = "A second place"
    where_about = (
        "A backup beside the workspace helps against damage. One on a stick or a shared drive helps when this computer"
        " is lost."
    )
    where_none = "No second place is chosen."
    where_choose = "Choose a folder…"
    where_drop = "Keep none there any more"
    where_dialogue = "Where to keep a second copy of each backup"
    list_title = "What is there"
    look = "Look into it"
    check_title = "Check this workspace"
    check_about = "Every page, chain, seal and file is looked at. Nothing is changed."
    check = "Check now"
    checking = "Checking. You can go on working."
    check_fine = "Everything in this workspace holds together."
    check_wrong = (
        "Something in this workspace does not hold together. Make no changes, and look into the newest backup."
    )
    making = "Making a backup. You can go on working."
    made_done = "The backup is made, and was proved by opening it."
    looking = "Looking into the backup."
    passphrase = "Your passphrase"  # noqa: S105 - the field's name, not the secret
    passphrase_hint = "The one of the day on which the backup was made."  # noqa: S105 - words
    passphrase_missing = "Type the passphrase first."  # noqa: S105 - words
    preview_title = "What is in it"
    preview_empty = "No answers yet."
    back_title = "Go back to this backup"
    back = "Go back to this backup"
    leave = "Leave everything as it is"
    back_about = "The workspace of now is kept beside it, in the folder “replaced”. Nothing is deleted."
    working = "The workspace is being put in place"
    working_about = "Please leave the computer on. If it goes off all the same, the next start finishes it."
    damaged_title = "This workspace needs help"
    damaged_about = "The file is damaged or is not the one that belongs here. Nothing in it has been changed."
    save_title = "Save what can be saved"
    save_about = (
        "Reads every page that still opens, fills the holes from the backups, and proves each entry. The damaged file"
        " is kept."
    )
    save = "Save what can be saved"
    again = "Try to open it again"
    reasons: ClassVar[Mapping[str, str]] = {
        "daily": "made for the day",
        "closing": "made when the program was closed",
        "asked": "made by you",
        "update": "made before an update",
    }
    noticed: ClassVar[Mapping[str, tuple[str, str]]] = {
        "rolled-back": (
            "This workspace is from an earlier time: something that was written on this computer is missing in it.",
            "If nobody put an old copy here on purpose, go back to the newest backup, in Settings. You can also go on.",
        ),
        "copied": (
            "This workspace was copied or moved here.",
            "You can work here. If the other copy is used too, what both write is kept apart and shown side by side.",
        ),
        "log-lost": (
            "The last session did not end in order, and the last things typed in it are missing.",
            "Look whether your last answers are there, and type them again if not.",
        ),
        "restored": ("You are back at the backup.", "What was here before is kept in the folder “replaced”."),
        "salvaged": (
            "The workspace was saved from the damaged file.",
            "Look whether your last answers are there. The damaged file is kept in the folder “replaced”.",
        ),
    }

    @staticmethod
    def newest(when: str) -> str:
        """When the newest was made."""
        return f"The newest was made on {when}."

    @staticmethod
    def line(when: str, *, elsewhere: bool) -> str:
        """One backup's name."""
        return f"{when}, in the second place" if elsewhere else when

    @staticmethod
    def line_about(reason: str, entries: int) -> str:
        """What one backup is."""
        return f"{reason}, {entries} entries" if reason else f"{entries} entries"

    @staticmethod
    def look_into(line: str) -> str:
        """What the button is called for a screen reader."""
        return f"Look into the backup of {line}"

    @staticmethod
    def response(title: str, then: int, changed: int) -> str:
        """What of one audit is in a backup, and what would go."""
        answers = "1 answer" if then == 1 else f"{then} answers"
        if not changed:
            return f"{title or 'An audit'}: {answers}, the same as now."
        go = "1 answer of now would go" if changed == 1 else f"{changed} answers of now would go"
        return f"{title or 'An audit'}: {answers}; {go}, or back to what it was."

    @staticmethod
    def lost(entries: int | None) -> str:
        """How much was written since."""
        if entries is None:
            return "How much was written since cannot be said, as the workspace does not open."
        if not entries:
            return "Nothing was written since it was made."
        return "1 entry was written since." if entries == 1 else f"{entries} entries were written since."

    @staticmethod
    def where(folder: str) -> str:
        """Which folder takes a second copy."""
        return f"A second copy of each backup goes to {folder}."

    @staticmethod
    def refused(message: str, remedy: str, code: str) -> str:
        """Why something was not done."""
        return f"{message} {remedy} ({code})"
