"""W…: a deed is not possible now."""

from iowscp_desktop.errors.app_error import AppError


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


class PictureUnreadable(WorkError):
    """A picture cannot be decoded, so what the camera wrote into it cannot be taken out."""

    code, remedy = "W106", "Open the picture, save it again as JPEG or PNG, and attach that copy."

    def __init__(self) -> None:
        super().__init__("This picture is damaged or of an unusual kind, so it was not attached.")


class PictureTooLarge(WorkError):
    """A picture has more pixels than are decoded here."""

    code, remedy = "W107", "Attach a smaller copy of the picture."

    def __init__(self, *, limit: int) -> None:
        super().__init__(f"The picture has more than {limit / 1e6:.0f} million points.")


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

    code = "W208"
    remedy = "Wait for their file. If they will not score, take their invitation back under Computers."

    def __init__(self, *, waiting: int) -> None:
        super().__init__(f"{waiting} panel member{'' if waiting == 1 else 's'} still to send their scores.")


class NotAgreed(WorkError):
    """Feedback was to be given before the panel had agreed on every item."""

    code, remedy = "W213", "Compare the panel’s scores, agree on what is left, then send the feedback."

    def __init__(self, *, left: int) -> None:
        items = "1 standard" if left == 1 else f"{left} standards"
        super().__init__(f"{items} of this return {'is' if left == 1 else 'are'} not agreed yet.")


class AnswersChanged(WorkError):
    """Somebody tried to sign answers that are no longer the ones declared complete."""

    code, remedy = "W209", "Open the audit again, with a reason; then everybody signs what stands now."

    def __init__(self) -> None:
        super().__init__("Other answers have arrived since the first signature.")


class AnswersArrived(WorkError):
    """Answers were to be declared complete, and others arrived while they were looked at."""

    code, remedy = "W212", "Look at the answers once more, then sign. Nothing was signed."

    def __init__(self) -> None:
        super().__init__("Something in this audit has changed at this moment.")


class ComparisonOutdated(WorkError):
    """Answers were to be moved to another edition, and are no longer the ones that were compared."""

    code, remedy = "W210", "Look at the comparison again. Nothing was moved, and every answer is where it was."

    def __init__(self) -> None:
        super().__init__("Something in this audit has changed since the two editions were compared.")


class DecideFirst(WorkError):
    """Answers were to be moved to another edition while two people's differ."""

    code, remedy = "W211", "Decide between the two answers, then move. Nothing was moved."

    def __init__(self, *, undecided: int) -> None:
        questions = "One question" if undecided == 1 else f"{undecided} questions"
        super().__init__(f"{questions} of this audit {'was' if undecided == 1 else 'were'} answered in two ways.")


class NothingToErase(WorkError):
    """What was to be erased is gone already."""

    code, remedy = "W301", "There is nothing left to do. The list of what was erased shows when it was done."

    def __init__(self) -> None:
        super().__init__("What you chose has been erased already.")


class NothingToUndo(WorkError):
    """The last deed has been replaced, sent or settled meanwhile, or there is none."""

    code, remedy = "W302", "Change the answer itself. Every earlier wording is kept in its history."

    def __init__(self) -> None:
        super().__init__("There is nothing here that can be taken back.")


class NamesNeeded(WorkError):
    """A search for a person was begun without a name that is long enough to find anything."""

    code, remedy = "W303", "Write the name, or another way it is written, with at least two letters."

    def __init__(self) -> None:
        super().__init__("There is no name to look for yet.")


class Cancelled(WorkError):
    """The person pressed Cancel."""

    code, remedy = "W900", "Nothing was changed. Start again when you are ready."

    def __init__(self) -> None:
        super().__init__("Stopped, as you asked.")


class DemoFailed(WorkError):
    """The demonstration checked its own work and something did not hold."""

    code, remedy = "W901", "Send this line and the program’s version to the makers; no real data is in it."

    def __init__(self, what: str) -> None:
        super().__init__(f"The demonstration found that something does not hold: {what}.")
