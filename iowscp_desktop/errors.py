"""Every error a person may meet: a code that never changes, what happened, and what to do next.

The tree: AppError
  ├── FormError    F…  a spreadsheet or form cannot be used
  ├── ToolError    T…  an audit tool's settings cannot be used
  ├── StoreError   S…  the workspace file cannot be opened or written
  ├── KeysError    K…  a key, passphrase or keyring will not open something
  ├── BundleError  B…  a file from somebody else cannot be used
  ├── WorkError    W…  a deed is not possible now
  └── ReportError  R…  a report cannot be written
No message holds case data: ids, sizes and codes only.
"""

from collections.abc import Sequence
from typing import ClassVar, Protocol


class AppError(Exception):
    """Something expected that stops the deed. Shown as message, remedy and code."""

    code: ClassVar[str]
    remedy: ClassVar[str]

    @property
    def message(self) -> str:
        """What happened, in plain words."""
        return str(self)


# --- forms ---------------------------------------------------------------------------------------


class FormError(AppError):
    """A spreadsheet or form cannot be used."""


class FindingLike(Protocol):
    """What an error says of one mistake in a form: the place in words, and what is wrong there."""

    @property
    def where(self) -> str:
        """The place, in words."""
        ...

    @property
    def what(self) -> str:
        """What is wrong."""
        ...


class NotAForm(FormError):
    """The file is no spreadsheet with a survey sheet."""

    code = "F101"
    remedy = "Choose an .xlsx, .xls, .csv or Markdown file that has a survey sheet with a “type” column."

    def __init__(self, why: str) -> None:
        super().__init__(f"This file is not a form: {why}.")


class SpreadsheetTooLarge(FormError):
    """The file passes a limit on size, rows, cells or unpacking."""

    code = "F102"
    remedy = "Remove unused sheets, rows and pictures from the spreadsheet, then try again."

    def __init__(self, why: str) -> None:
        super().__init__(f"This spreadsheet is too large to be a form: {why}.")


class SpreadsheetUnsafe(FormError):
    """The file holds XML entities or a document type, which no spreadsheet program writes."""

    code = "F103"
    remedy = "Open it in your spreadsheet program, save it under a new name, and use that copy."

    def __init__(self) -> None:
        super().__init__("This spreadsheet holds something that could harm this computer, so it was not opened.")


class FormDoesNotCompile(FormError):
    """The spreadsheet was read but is not a working form; `findings` say where and what to do."""

    code = "F201"
    remedy = "Correct the places named in the spreadsheet, then try again."

    def __init__(self, findings: Sequence[FindingLike]) -> None:
        self.findings = tuple(findings)
        first = f" {self.findings[0].where}: {self.findings[0].what}" if self.findings else ""
        count = len(self.findings)
        super().__init__(f"The form has {count} mistake{'' if count == 1 else 's'} that must be corrected.{first}")


class FormUnreadable(FormError):
    """The compiled form is damaged or is not an XForm."""

    code = "F301"
    remedy = "Ask whoever sent the form for a new copy."

    def __init__(self, why: str) -> None:
        super().__init__(f"This form cannot be read: {why}.")


class ExpressionUnreadable(FormError):
    """A rule in the form is not written as XPath."""

    code = "F302"
    remedy = "Correct the rule in the form’s spreadsheet."

    def __init__(self, why: str, *, place: str = "") -> None:
        self.why, self.place = why, place
        super().__init__(f"A rule in this form cannot be understood{f' ({place})' if place else ''}: {why}.")

    def at(self, place: str) -> "ExpressionUnreadable":
        """The same, saying where the rule stands."""
        return ExpressionUnreadable(self.why, place=place)


class UnknownFunction(FormError):
    """A rule calls a function that does not exist."""

    code = "F303"
    remedy = "Correct the function’s name in the form’s spreadsheet."

    def __init__(self, function: str, *, place: str = "") -> None:
        self.function, self.place = function, place
        where = f" ({place})" if place else ""
        super().__init__(f"A rule in this form{where} uses “{function}()”, which does not exist.")

    def at(self, place: str) -> "UnknownFunction":
        """The same, saying where the rule stands."""
        return UnknownFunction(self.function, place=place)


class GoesInCircles(FormError):
    """Rules depend on each other, so none of them can be worked out first."""

    code = "F304"
    remedy = "Change one of these questions so that its rules no longer need its own answer."

    def __init__(self, questions: Sequence[str]) -> None:
        super().__init__("The rules of these questions go round in a circle: " + " → ".join(questions) + ".")


class NoSuchQuestion(FormError):
    """A reference names no question of the form as it stands."""

    code = "F305"
    remedy = "Check the name of the question and the number of the repeat."

    def __init__(self, ref: str) -> None:
        super().__init__(f"This form has no question at “{ref[:200]}”.")


class RepeatIsFixed(FormError):
    """The form itself decides how many instances a repeat has."""

    code = "F306"
    remedy = "Change the answer that the number depends on."

    def __init__(self, repeat: str) -> None:
        super().__init__(f"The form itself decides how many times “{repeat}” is asked.")


class NotAScript(FormError):
    """A script of answers holds something that is no operation."""

    code = "F307"
    remedy = 'Write each operation as ["/data/question", "value"] or {"op": "add_repeat", "ref": "/data/repeat"}.'

    def __init__(self, number: int) -> None:
        super().__init__(f"Operation {number} of the script cannot be understood.")


# --- tools ---------------------------------------------------------------------------------------


class ToolError(AppError):
    """An audit tool's settings cannot be used."""


class ToolFileMissing(ToolError):
    """A file the tool needs is not in its package."""

    code = "T101"
    remedy = "Put the file back beside tool.toml, or take its name out of the settings."

    def __init__(self, path: str) -> None:
        super().__init__(f"The audit tool has no file called “{path}”.")


class ToolSettingsUnreadable(ToolError):
    """`tool.toml` is not a TOML file."""

    code = "T102"
    remedy = "Open tool.toml in a text editor and mend the line that is named."

    def __init__(self, what: str) -> None:
        super().__init__(f"The tool’s settings file cannot be read: {what}.")


class ToolSettingWrong(ToolError):
    """A setting is missing, unknown, of the wrong kind or makes no sense."""

    code = "T103"
    remedy = "Correct that setting in tool.toml; docs/tool-format.md lists every setting."

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"The tool’s setting “{where}” is wrong: {what}." if where else f"tool.toml: {what}.")


class ToolRowWrong(ToolError):
    """A row of the tool's form that only audit tools have cannot be used."""

    code = "T104"
    remedy = "Correct that row of the survey sheet; docs/tool-format.md says how such rows are written."

    def __init__(self, row: int, what: str) -> None:
        super().__init__(f"Survey sheet, row {row}: {what}.")


class ToolPackageDamaged(ToolError):
    """The bytes of a tool that travelled are not what a tool is written as."""

    code = "T105"
    remedy = "Ask whoever sent the audit to send it again."

    def __init__(self, what: str) -> None:
        super().__init__(f"The audit tool inside the file cannot be read: {what}.")


# --- store ---------------------------------------------------------------------------------------


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


# --- keys ----------------------------------------------------------------------------------------


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


# --- bundles -------------------------------------------------------------------------------------


class BundleError(AppError):
    """A file from somebody else cannot be used. It is left where it is and nothing was taken from it."""


class BundleDamaged(BundleError):
    """The file's seal is broken: a bit changed, or its beginning or end is missing."""

    code, remedy = "B101", "Copy the file again, or ask the sender for it again."

    def __init__(self) -> None:
        super().__init__("This file is damaged or not complete.")


class BundleTruncated(BundleError):
    """The file ends before its end."""

    code, remedy = "B102", "Copy the file again and wait until copying has finished."

    def __init__(self, *, present: int, expected: int) -> None:
        super().__init__(f"This file is cut short: {present:,} of {expected:,} bytes are there.")


class BundleMalformed(BundleError):
    """The file opens, but is not built as this program builds it."""

    code, remedy = "B103", "Do not use it; tell the sender, on a telephone number you know."

    def __init__(self, what: str) -> None:
        super().__init__(f"This file is not built the way this program builds files: {what}.")


class FileChanged(BundleError):
    """The file is no longer the one that was looked at."""

    code, remedy = "B104", "Look at the file again before taking anything from it."

    def __init__(self) -> None:
        super().__init__("This file has changed since it was looked at.")


class NotABundle(BundleError):
    """The file is something else."""

    code, remedy = "B105", "Choose a file whose name ends in .iowbundle or .iowinvite."

    def __init__(self, expected: str) -> None:
        super().__init__(f"This file is not {expected} of this program.")


class FileUnreadable(BundleError):
    """The disk gave up on the file."""

    code, remedy = "B106", "Check that the stick or drive is still connected, then try again."

    def __init__(self) -> None:
        super().__init__("The file could not be read to its end.")


class FileUnwritable(BundleError):
    """The disk did not take the whole file; what was written of it is removed."""

    code, remedy = "B107", "Check that the stick or drive is connected, writable and not full, then try again."

    def __init__(self) -> None:
        super().__init__("The file could not be written to its end.")


class EvidenceChanged(BundleError):
    """What was to be packed changed while it was packed."""

    code, remedy = "B108", "Close other programs that use the evidence, then export again."

    def __init__(self) -> None:
        super().__init__("Something changed while it was being packed.")


class NotForYou(BundleError):
    """The bundle is sealed for other people."""

    code, remedy = "B201", "Ask the sender to add you as a recipient."

    def __init__(self) -> None:
        super().__init__("This file is sealed for someone else.")


class NotAddressed(BundleError):
    """Somebody sealed another's bundle anew, to us: its signed list of recipients names others."""

    code, remedy = "B202", "Do not use it; tell the sender, on a telephone number you know."

    def __init__(self) -> None:
        super().__init__("This file was passed on by someone: the sender's own list of recipients does not name you.")


class UnknownSigner(BundleError):
    """Nobody that this workspace knows has signed the bundle."""

    code, remedy = "B203", "Ask the sender to answer an invitation of yours first."

    def __init__(self) -> None:
        super().__init__("This file is signed by a device that is not known here.")


class SignatureFalse(BundleError):
    """The signature is not the signer's."""

    code, remedy = "B204", "Do not use it; tell the sender, on a telephone number you know."

    def __init__(self) -> None:
        super().__init__("The signature in this file does not match what it is said to have signed.")


class SignerRevoked(BundleError):
    """The signing device is no longer trusted."""

    code, remedy = "B205", "Ask the sender to answer a new invitation."

    def __init__(self) -> None:
        super().__init__("This file is signed by a device that is no longer trusted.")


class SignerNotAllowed(BundleError):
    """The signer may not send bundles of this type."""

    code, remedy = "B206", "Ask the sender what it is meant to be."

    def __init__(self, bundle_type: str) -> None:
        super().__init__(f"The device that signed this file may not send files of this kind ({bundle_type}).")


class CodeTypo(BundleError):
    """What was typed cannot be a one-time code."""

    code, remedy = "B211", "Compare it with what was read out: four groups of four letters and digits."

    def __init__(self) -> None:
        super().__init__("There is a slip in this code.")


class WrongCode(BundleError):
    """A well-formed code that does not open this invitation, or an invitation whose beginning is altered."""

    code, remedy = "B212", "Check that file and code belong together; if they do, ask for a new invitation."

    def __init__(self) -> None:
        super().__init__("This code does not open this invitation.")


class InvitationExpired(BundleError):
    """The invitation is too old."""

    code, remedy = "B213", "Ask the partnership for a new invitation."

    def __init__(self, expired: str) -> None:
        super().__init__(f"This invitation could be used until {expired}.")


class UnknownInvitation(BundleError):
    """The answer names an invitation that this workspace has not made."""

    code, remedy = "B214", "Invite the sender, and ask them to answer that invitation."

    def __init__(self) -> None:
        super().__init__("This file answers an invitation that was not made here.")


class InvitationUsed(BundleError):
    """A second device answers with the code of the first: an alarm, for codes are for one device."""

    code, remedy = "B215", "Ask the sender, on a telephone number you know, which devices are theirs."

    def __init__(self) -> None:
        super().__init__("Another device has already answered this invitation.")


class EnrolmentFalse(BundleError):
    """The answer to an invitation was not made by one who opened it, or not by the keys it names."""

    code, remedy = "B216", "Do not use it; invite the sender again."

    def __init__(self) -> None:
        super().__init__("The answer to the invitation in this file is not genuine.")


class CertificateFalse(BundleError):
    """A device's certificate is not signed by the team."""

    code, remedy = "B217", "Do not use it; tell the sender, on a telephone number you know."

    def __init__(self) -> None:
        super().__init__("A device's certificate in this file is not signed by the partnership.")


class NewerBundle(BundleError):
    """The file needs a newer program."""

    code, remedy = "B301", "Update the program, then open the file again; keep it until then."

    def __init__(self) -> None:
        super().__init__("This file was made by a newer version of this program.")


class FileTooBig(BundleError):
    """The file, or something in it, is larger than can be taken."""

    code, remedy = "B401", "Ask the sender to send less evidence at once."

    def __init__(self, *, size: int, most: int) -> None:
        super().__init__(f"This file, or a part of it, has {size:,} bytes; {most:,} can be taken.")


class TooManyMembers(BundleError):
    """More members than can be taken."""

    code, remedy = "B402", "Ask the sender to send it in several files."

    def __init__(self, *, count: int, most: int) -> None:
        super().__init__(f"This file holds {count:,} parts; {most:,} can be taken.")


class ExpandsTooFar(BundleError):
    """A member would unpack to far more than it is packed into: an attempt to fill memory or disk."""

    code, remedy = "B403", "Do not use it; tell the sender, on a telephone number you know."

    def __init__(self) -> None:
        super().__init__("A part of this file would unpack to far more than it holds.")


# --- work ----------------------------------------------------------------------------------------


class WorkError(AppError):
    """A deed is not possible now."""


class AttachmentTooLarge(WorkError):
    """A file is larger than evidence may be."""

    code, remedy = "W101", "Attach a smaller copy: the pages that matter, or a smaller picture."

    def __init__(self, *, size: int, limit: int) -> None:
        super().__init__(f"The file is {size / 1e6:.0f} MB; evidence may be up to {limit / 1e6:.0f} MB.")


class AttachmentEmpty(WorkError):
    """A file has no content."""

    code, remedy = "W102", "Open the file to see whether it is the right one, then attach it again."

    def __init__(self) -> None:
        super().__init__("The file is empty, so it was not attached.")


class AttachmentsFull(WorkError):
    """One response's evidence is larger than it may be."""

    code, remedy = "W103", "Remove a file that is no longer needed, or attach smaller copies."

    def __init__(self, *, limit: int) -> None:
        super().__init__(f"The evidence of this audit would pass {limit / 1e6:.0f} MB.")


class AttachmentKindRefused(WorkError):
    """A file is of a kind that is not taken as evidence."""

    code, remedy = "W104", "Attach a document, a picture or a spreadsheet, for example a PDF."

    def __init__(self) -> None:
        super().__init__("Files of this kind are not taken as evidence.")


class FileNotReadable(WorkError):
    """A file somebody chose cannot be read."""

    code, remedy = "W105", "Check that the file is still there and not open elsewhere, then try again."

    def __init__(self) -> None:
        super().__init__("The file could not be read.")


class ResponseLocked(WorkError):
    """Somebody tried to change a finalised response."""

    code, remedy = "W201", "Open the audit again, with a reason, to change an answer."

    def __init__(self) -> None:
        super().__init__("This audit is complete and locked.")


class NotComplete(WorkError):
    """Somebody tried to finalise a response that still has problems."""

    code, remedy = "W202", "Go through the list on the check page, then try again."

    def __init__(self, *, problems: int) -> None:
        super().__init__(f"There {'is' if problems == 1 else 'are'} {problems} still to fix.")


class NotYours(WorkError):
    """A deed belongs to another role, or an id is not known here."""

    code, remedy = "W203", "Open the workspace that this belongs to."

    def __init__(self) -> None:
        super().__init__("That is not part of this workspace.")


class SignatureOutOfTurn(WorkError):
    """Somebody tried to sign before it was their turn, or twice."""

    code, remedy = "W204", "Ask the person before you to sign first."

    def __init__(self) -> None:
        super().__init__("It is not this person's turn to sign.")


class NothingToSettle(WorkError):
    """A conflict was settled elsewhere in the meantime, or its versions have changed."""

    code, remedy = "W205", "Look at the two versions again."

    def __init__(self) -> None:
        super().__init__("These versions are no longer the ones that differ.")


class ReasonNeeded(WorkError):
    """A decision that others must be able to understand was given without a reason."""

    code, remedy = "W206", "Write one sentence that says why."

    def __init__(self) -> None:
        super().__init__("This decision needs a reason.")


class NotOnScale(WorkError):
    """A score is not one of the scale's points."""

    code, remedy = "W207", "Choose one of the scale's points."

    def __init__(self) -> None:
        super().__init__("This score is not on the scale.")


class ScoresNotIn(WorkError):
    """Scores were to be compared before every member had sent theirs."""

    code, remedy = "W208", "Wait for the missing scores, or close the round first."

    def __init__(self, *, waiting: int) -> None:
        super().__init__(f"{waiting} panel member{'' if waiting == 1 else 's'} still to send their scores.")


class Cancelled(WorkError):
    """The person pressed Cancel."""

    code, remedy = "W900", "Nothing was changed. Start again when you are ready."

    def __init__(self) -> None:
        super().__init__("Stopped, as you asked.")


# --- reports -------------------------------------------------------------------------------------


class ReportError(AppError):
    """A report cannot be written."""


class ReportPlaceRefused(ReportError):
    """The computer does not let this file be written: it is open elsewhere, or the folder is not for writing."""

    code = "R101"
    remedy = "Close the file if it is open in another program, or choose another folder, and try again."

    def __init__(self) -> None:
        super().__init__("The report could not be written to that place.")


class ReportDiskFull(ReportError):
    """No room is left where the report was to go."""

    code = "R102"
    remedy = "Free some space or choose another drive, and try again."

    def __init__(self) -> None:
        super().__init__("There is not enough space left there for the report.")


class ReportFolderGone(ReportError):
    """The folder for the report is not there, or no longer there."""

    code = "R103"
    remedy = "Choose a folder that is there. If it is on a memory stick, check that the stick is plugged in."

    def __init__(self) -> None:
        super().__init__("The folder for the report could not be found.")
