"""S…: the workspace file cannot be opened or written."""

from iowscp_desktop.errors.app_error import AppError


class StoreError(AppError):
    """The workspace file cannot be opened or written."""


class NoWorkspace(StoreError):
    """There is no workspace where one was looked for."""

    code, remedy = "S101", "Check the folder, or start a new workspace."

    def __init__(self) -> None:
        super().__init__("There is no workspace here.")


class NotEncrypted(StoreError):
    """The file, or the program's database part, would leave answers readable."""

    code, remedy = "S102", "Do not use this file. Tell the partnership team."

    def __init__(self) -> None:
        super().__init__("This workspace file is not encrypted, so it was not opened.")


class WrongKey(StoreError):
    """The key does not fit the file, or the file's first page was changed: the two look the same."""

    code, remedy = "S103", "Use the key file that belongs to this workspace, or restore a backup."

    def __init__(self) -> None:
        super().__init__("This key does not open this workspace.")


class WorkspaceDamaged(StoreError):
    """The file is damaged beyond its first page."""

    code, remedy = "S104", "Keep the file as it is and restore a backup; the partnership team can help."

    def __init__(self) -> None:
        super().__init__("The workspace file is damaged.")


class NewerWorkspace(StoreError):
    """A newer version of the program wrote this file."""

    code, remedy = "S105", "Update the program on this computer, then open the workspace again."

    def __init__(self) -> None:
        super().__init__("This workspace was written by a newer version of the program.")


class WorkspaceExists(StoreError):
    """A new workspace would overwrite one that is there."""

    code, remedy = "S106", "Open the workspace that is there, or choose another folder."

    def __init__(self) -> None:
        super().__init__("There is already a workspace here.")


class CannotWrite(StoreError):
    """The disk does not take what is written; the classes below say why, where that is known."""

    code, remedy = "S107", "Free some space on the disk, then try again. What you typed is still on the screen."

    def __init__(self, what: str = "The computer could not save to the disk.") -> None:
        super().__init__(what)


class DiskRefused(CannotWrite):
    """The disk gave up on writing or reading, and does not say why."""


class InUse(StoreError):
    """Another program, or this one a second time, has the workspace open."""

    code, remedy = "S108", "Go on in the window that is open, or close it first. Nothing was changed."

    def __init__(self, time: str = "", day: str = "") -> None:
        since = f", since {time} on {day}" if time else ""
        super().__init__(f"This workspace is already open on this computer{since}.")


class StorePartTooOld(StoreError):
    """The database part of this installation is not the one the program was made with."""

    code, remedy = "S109", "Install the program anew. The workspace was not touched."

    def __init__(self) -> None:
        super().__init__("A part of this program is missing or too old to keep the workspace safe.")


class DiskFull(CannotWrite):
    """There is no room left."""

    code, remedy = (
        "S110",
        "Free some space. What you typed is still on the screen and is saved as soon as it can be.",
    )

    def __init__(self) -> None:
        super().__init__("The disk is full.")


class ReadOnly(CannotWrite):
    """The disk, or the workspace's folder, may be read but not written."""

    code, remedy = (
        "S111",
        "Ask for the right to write there. What you typed is still on the screen.",
    )

    def __init__(self) -> None:
        super().__init__("The workspace's folder may be read here, but not changed.")


class BackupUnusable(StoreError):
    """A backup is not whole, or does not open."""

    code, remedy = "S112", "Choose another backup. The workspace was not touched."

    def __init__(self, why: str) -> None:
        super().__init__(f"This backup cannot be used: {why}.")


class NothingToSalvage(StoreError):
    """Nothing in a damaged file can be read with this key."""

    code, remedy = "S113", "Restore a backup. The damaged file was left as it is."

    def __init__(self) -> None:
        super().__init__("Nothing in this file can be read any more.")


class JournalDamaged(StoreError):
    """A list of entries is not what its chain and seals say."""

    code, remedy = "S201", "Keep the file as it is. Ask for it to be sent again, or restore a backup."

    def __init__(self, why: str) -> None:
        super().__init__(f"The record of what happened does not fit together: {why}.")


class EntryMissing(StoreError):
    """Entries before these have not arrived."""

    code, remedy = "S202", "Merge the earlier file first, or ask for a full return."

    def __init__(self) -> None:
        super().__init__("An earlier file from the same computer has not been merged yet.")


class AttachmentMissing(StoreError):
    """The bytes of an attachment are not in this workspace."""

    code, remedy = "S301", "Ask for the return to be sent again with its files."

    def __init__(self) -> None:
        super().__init__("The content of this file is not in this workspace.")


class SheetsUnreadable(StoreError):
    """Anonymous answers that wait beside the workspace cannot be opened with its keys."""

    code, remedy = (
        "S302",
        (
            "Tell the partnership team, and keep the file whose name begins with “sheets-” beside the workspace. "
            "Your answers are still on the screen."
        ),
    )

    def __init__(self) -> None:
        super().__init__("The answers that wait on this computer cannot be opened.")
