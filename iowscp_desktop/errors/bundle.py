"""B…: a file from somebody else cannot be used."""

from iowscp_desktop.errors.app_error import AppError


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

    code = "B105"
    remedy = (
        "Choose a file whose name ends in .iowbundle or .iowinvite. If this one does, ask for it again: it is damaged."
    )

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


class InvitationWithdrawn(BundleError):
    """The team has taken this invitation back: another was made in its place."""

    code, remedy = "B218", "Let them use the newest invitation, or make another."

    def __init__(self) -> None:
        super().__init__("This file answers an invitation that was taken back.")


class InvitationForOthers(BundleError):
    """The invitation is for another organisation or panel member than this workspace's, or of another partnership."""

    code, remedy = "B219", "Open it on another account of this computer, or ask the partnership whom it is for."

    def __init__(self) -> None:
        super().__init__("This invitation is for somebody else than this workspace. Nothing was changed.")


class AlreadyRevoked(BundleError):
    """The device is not trusted any more already."""

    code, remedy = "B220", "Nothing is left to do. Invite them again if they need a new device."

    def __init__(self) -> None:
        super().__init__("This device is no longer trusted already.")


class NoOtherDevice(BundleError):
    """The workspace was begun by an invitation that gave it no key to share."""

    code, remedy = "B221", "Ask the partnership for a new invitation, and open it in this workspace."

    def __init__(self) -> None:
        super().__init__("This computer has no key yet that it shares with others of your organisation.")


class NoDeviceKnown(BundleError):
    """Nobody of the organisation has opened an invitation, so there is nobody to seal a file to."""

    code, remedy = "B222", "Invite them first: that makes a file and a code to read out."

    def __init__(self) -> None:
        super().__init__("No computer of theirs is known yet.")


class TooFewToHide(BundleError):
    """So few anonymous answers are new that whose they are could be guessed."""

    code, remedy = "B223", "Wait until more people have answered. Nothing is lost meanwhile."

    def __init__(self, *, fewest: int) -> None:
        super().__init__(f"Anonymous answers are sent when at least {fewest} have come since the last time.")


class OtherProject(BundleError):
    """The bundle says that it belongs to another partnership's project."""

    code, remedy = "B224", "Ask the sender to make the file again, for your partnership. Nothing in it was used."

    def __init__(self) -> None:
        super().__init__("This file was made for another partnership.")


class NewerBundle(BundleError):
    """The file needs a newer program."""

    code, remedy = "B301", "Update the program, then open the file again; keep it until then."

    def __init__(self) -> None:
        super().__init__("This file was made by a newer version of this program.")


class OlderBundle(BundleError):
    """The file was made by a trial version, before formats were kept."""

    code, remedy = "B302", "Ask the sender to update the program and to make the file again."

    def __init__(self) -> None:
        super().__init__("This file was made by a trial version of this program.")


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
