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
    """The disk is full or may not be written."""

    code, remedy = "S107", "Free some space on the disk, then try again. What you typed is still on the screen."

    def __init__(self) -> None:
        super().__init__("The computer could not save to the disk.")


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
