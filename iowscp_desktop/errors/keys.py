"""K…: a key, passphrase or keyring will not open something."""

from iowscp_desktop.errors.app_error import AppError


class KeysError(AppError):
    """A key, passphrase or keyring will not open something."""


class WrongPassphrase(KeysError):
    """The passphrase does not open the workspace."""

    code, remedy = "K101", "Type it again; capital letters and spaces count."

    def __init__(self) -> None:
        super().__init__("This passphrase does not open the workspace.")


class KeyFileMissing(KeysError):
    """There is no key file beside the database."""

    code, remedy = "K102", "Put keys.json back beside the workspace, from a backup if need be."

    def __init__(self) -> None:
        super().__init__("The workspace's key file, keys.json, is not there.")


class KeyFileEdited(KeysError):
    """The key file is not as this program wrote it."""

    code, remedy = "K103", "Put keys.json back from a backup; nothing in the workspace was changed."

    def __init__(self, what: str) -> None:
        super().__init__(f"The workspace's key file, keys.json, is damaged or was changed: {what}.")


class KeyFileFromElsewhere(KeysError):
    """The key file belongs to another workspace."""

    code, remedy = "K104", "Put back the keys.json that belongs to this workspace."

    def __init__(self) -> None:
        super().__init__("This key file, keys.json, belongs to another workspace.")


class KeyringAbsent(KeysError):
    """The computer offers no keyring that can be trusted with a key."""

    code, remedy = "K105", "Unlock with the passphrase."

    def __init__(self) -> None:
        super().__init__("This computer offers no password store that can keep the key safe.")


class KeyringLocked(KeysError):
    """The keyring is there but will not open."""

    code, remedy = "K106", "Unlock the computer's password store, or use the passphrase."

    def __init__(self) -> None:
        super().__init__("This computer's password store is locked.")


class KeyringForgot(KeysError):
    """The keyring works but does not hold the workspace's secret."""

    code, remedy = "K107", "Unlock with the passphrase, then let this computer remember again."

    def __init__(self) -> None:
        super().__init__("This computer's password store no longer holds the key of this workspace.")


class SlotMissing(KeysError):
    """The workspace has no such way in."""

    code, remedy = "K108", "Unlock it in one of the other ways."

    def __init__(self, way: str) -> None:
        super().__init__(f"This workspace cannot be unlocked by {way}: that was never set up, or was removed.")


class KeyringSilent(KeysError):
    """The keyring did not answer in time."""

    code, remedy = "K109", "Look for a question from the password store behind other windows, then try again."

    def __init__(self, seconds: float) -> None:
        super().__init__(f"This computer's password store has not answered for {seconds:g} seconds.")


class NewerKeyFile(KeysError):
    """The key file was written by a newer program."""

    code, remedy = "K110", "Update the program, then open the workspace again."

    def __init__(self) -> None:
        super().__init__("The workspace's key file was written by a newer version of this program.")


class LastWayIn(KeysError):
    """The only slot left must stay."""

    code, remedy = "K111", "Set up another way to unlock first."

    def __init__(self) -> None:
        super().__init__("This is the only way left to unlock the workspace.")


class PassphraseTooShort(KeysError):
    """The passphrase is too short to protect anything."""

    code, remedy = "K112", "Choose a longer one, or let the program make one up."

    def __init__(self, least: int) -> None:
        super().__init__(f"A passphrase has at least {least} characters.")


class KeyFileExists(KeysError):
    """A new workspace would overwrite another one's key file."""

    code, remedy = "K113", "Choose an empty folder for the new workspace."

    def __init__(self) -> None:
        super().__init__("There is already a key file, keys.json, in this folder.")


class KeyFileUnwritable(KeysError):
    """The key file could not be read or written; the one before is intact."""

    code, remedy = "K114", "Check that the disk is connected, writable and not full, then try again."

    def __init__(self) -> None:
        super().__init__("The workspace's key file, keys.json, could not be read or written.")


class RotationUnfinished(KeysError):
    """The database key is being changed; the ways in cannot be changed until that is done."""

    code, remedy = "K115", "Unlock the workspace and let the change of its key finish first."

    def __init__(self) -> None:
        super().__init__("The key of this workspace is in the middle of being changed.")


class RecoveryTypo(KeysError):
    """What was typed cannot be a recovery key."""

    code, remedy = "K116", "Compare each group of four with the sheet. Nothing was tried, so nothing is lost."

    def __init__(self) -> None:
        super().__init__("There is a slip in this recovery key.")


class WrongRecoveryKey(KeysError):
    """It is a recovery key, but not the one that opens this workspace."""

    code, remedy = "K117", "Look for the newest sheet of this workspace: a newer one takes the place of the older."

    def __init__(self) -> None:
        super().__init__("This recovery key is typed well, but it does not open this workspace.")


class RecoverySheetMissing(KeysError):
    """A workspace was to begin without its recovery key on paper."""

    code, remedy = "K118", "Print the recovery sheet or write the key down, and type two groups of it again."

    def __init__(self) -> None:
        super().__init__("A workspace begins only when its recovery key has been written down.")


class NotEscrowed(KeysError):
    """The partnership's spare key does not open this workspace."""

    code, remedy = "K119", "Check that it is the spare key of the partnership that sent the invitation."

    def __init__(self) -> None:
        super().__init__("This workspace was not set up for this spare key.")


class SpareKeyUnusable(KeysError):
    """The file with the partnership's spare key cannot be used."""

    code, remedy = "K120", "Use another copy of the spare key file; the partnership was advised to keep two."

    def __init__(self, what: str) -> None:
        super().__init__(f"This is not a usable spare key file: {what}.")


class WrongSparePassphrase(KeysError):
    """The passphrase does not open the spare key file."""

    code, remedy = "K121", "Type the five words that were printed for the spare key; capitals and hyphens count."

    def __init__(self) -> None:
        super().__init__("These words do not open the spare key file.")


class PassphraseTooEasy(KeysError):
    """The new passphrase would be guessed."""

    code, remedy = "K122", "Use more words that do not belong together. Nothing was made or changed."

    def __init__(self) -> None:
        super().__init__("This passphrase is too easy to guess.")
