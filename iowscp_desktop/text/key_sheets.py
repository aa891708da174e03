"""Words of the sheets on which keys are kept, and of the printed record of what happened in a workspace."""

from collections.abc import Mapping
from typing import ClassVar


class KeySheets:
    """The recovery sheet, and the sheet with the words of the partnership's spare key."""

    recovery = "Recovery sheet"
    recovery_lead = "This key opens your workspace when the passphrase is lost. It opens it without anything else."
    workspace = "Workspace"
    sheet = "Sheet"
    made = "Made on"
    key = "Recovery key"
    groups = ("Groups 1 to 3", "Groups 4 to 6", "Groups 7 to 9")
    keep = "Keep this sheet as you keep the school’s keys"
    keep_points = (
        "In a locked place, never in the bag with the laptop, and not as a photo or a file on it.",
        "Whoever has this sheet and the laptop can read everything. Nobody can read it with the sheet alone.",
        "A newer sheet takes the place of this one: then destroy this one.",
    )
    use = "How it is used"
    use_points = (
        "Start the program. On the lock screen choose ‘I have my recovery sheet’.",
        "Type the nine groups. Capitals, spaces and hyphens do not matter. A slip is told before anything is tried.",
        "Choose a new passphrase. The sheet stays good.",
    )

    spare = "Words of the spare key"
    spare_lead = (
        "These five words open the file of the partnership’s spare key. The spare key opens every workspace that was "
        "set up with it, when passphrase and recovery sheet are both lost."
    )
    spare_words = "The words"
    spare_number = "Spare key"
    spare_keep = "Two people, two places"
    spare_points = (
        "One person keeps the file, on a stick in a locked place; keep two copies. Another person keeps this sheet.",
        "Neither of them can open anything alone. Never keep the sheet and the file together.",
        "Each use is written down in the workspace that was opened, and its key is changed.",
    )


class AuditLog:
    """What happened in a workspace."""

    title = "What happened in this workspace"
    about = (
        "Who opened it, what left it, and what was done to its keys, the newest first. It is added to and never "
        "changed, and it stays on this computer."
    )
    when = "When"
    what = "What"
    who = "Who"
    nobody = "Nobody was signed in"
    unknown_person = "Somebody who no longer works here"
    print_button = "Save as PDF"
    printed = "The record is saved as {name}."
    section_about = "Who opened it, what left it, and what was done to its keys."
    section_button = "Look at the record"
    save_title = "Save the record"
    file_name = "what-happened.pdf"
    kinds = ("PDF (*.pdf)",)
    holds = "The chain of this record holds: no line was changed, taken out or put in."
    broken = "This record was changed. Keep the workspace as it is and tell the partnership."
    none = "Nothing yet"
    back = "Back to the settings"

    deeds: ClassVar[Mapping[str, str]] = {  # under the values of the deeds, which never change
        "created": "The workspace was made",
        "opened": "Opened",
        "locked": "Locked",
        "unlock-failed": "Somebody could not open it",
        "notes-broken": (
            "The notes kept while it was locked were missing or did not fit. That is so after a backup was put back; "
            "otherwise somebody changed them"
        ),
        "signed-in": "Signed in",
        "exported": "A file was made to be sent",
        "taken-in": "A file was taken in",
        "subject-access": "What mentions a person was saved",
        "erased": "Content was erased",
        "backed-up": "A backup was made",
        "restored": "A backup was put back",
        "salvaged": "A damaged workspace was rescued",
        "copy-noticed": "It was noticed that this is an older copy",
        "migrated": "The workspace was brought up to a newer version of the program",
        "checked": "The workspace was checked",
        "passphrase-changed": "The passphrase was changed",
        "recovery-renewed": "A new recovery sheet took the place of the old one",
        "remembered": "This computer began to remember the workspace",
        "forgotten": "This computer forgot the workspace",
        "key-rotated": "The key of the workspace was changed, with a new recovery sheet",
        "escrow-made": "A spare key of the partnership was made",
        "escrow-added": "The partnership’s spare key was let in",
        "escrow-used": "The partnership’s spare key was used to open it",
        "device-added": "A computer was added",
        "device-revoked": "A computer was shut out",
        "damaged": "This line cannot be read",
    }
    ways: ClassVar[Mapping[str, str]] = {
        "passphrase": "by passphrase",
        "keyring": "by this computer’s memory",
        "recovery": "by recovery sheet",
        "escrow": "by the partnership’s spare key",
    }

    @staticmethod
    def deed(deed: str, ids: Mapping[str, str]) -> str:
        """What happened, in a line: with the way in, and with the ids that tell one file from another."""
        words = AuditLog.deeds.get(deed, AuditLog.later.format(deed=deed))
        way = AuditLog.ways.get(ids.get("way", ""), "")
        others = ", ".join(f"{name} {value}" for name, value in ids.items() if name != "way" and value)
        return " ".join(part for part in (words, way, f"({others})" if others else "") if part)

    later = "Something that a later version of this program knows: {deed}"

    @staticmethod
    def count(lines: int) -> str:
        """How many lines there are."""
        return "1 line" if lines == 1 else f"{lines} lines"
