"""Feedback: what the panel agreed, and the letter, sealed to the organisation; no member's own score is in it."""

from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from iowscp_desktop.app import exchange, panel
from iowscp_desktop.app.devices import directory_members
from iowscp_desktop.app.exchange import Parcel
from iowscp_desktop.app.filling import open_filling
from iowscp_desktop.app.identities import recipients_of
from iowscp_desktop.app.reporting import all_agreed, feedback_report
from iowscp_desktop.app.rounds import team_of
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.events import FeedbackGiven, ResponseAssigned
from iowscp_desktop.domain.ids import QuestionId, ResponseId, feedback_space, response_space
from iowscp_desktop.domain.revision import revision_of
from iowscp_desktop.reports.feedback_letter import feedback_letter
from iowscp_desktop.reports.render import save_file, write_pdf


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedLine:
    """What the panel agreed on one item."""

    question_id: QuestionId
    point: str
    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What came back on one response."""

    response_id: ResponseId
    at: str
    agreed: tuple[AgreedLine, ...]
    signatory: str = field(repr=False)
    changed_since: bool
    """The answers here are not the ones that were scored."""


def check_agreed(ws: Workspace, response_id: ResponseId) -> None:
    """Refuse what `give_feedback` would refuse, before anybody is asked where the file goes.

    Raises:
        ScoresNotIn: A panel member's scores are missing.
        NotAgreed: Items are not agreed yet.
    """
    team_of(ws)
    all_agreed(ws, open_filling(ws, response_id))


def give_feedback(ws: Workspace, response_id: ResponseId, *, signatory: str) -> Changes:
    """Write down what the panel agreed, for the organisation to read, with the letter as a PDF.

    Raises:
        ScoresNotIn: A panel member's scores are missing.
        NotAgreed: Items are not agreed yet.
    """
    team_of(ws)
    made = BytesIO()
    write_pdf(feedback_letter(feedback_report(ws, response_id, signatory=signatory)), made, at=ws.world.clock())
    found = panel.agreed_grades(ws, response_id)
    agreed = tuple(sorted((question_id, each.point, each.reason) for question_id, each in found.items()))
    revision, _count = revision_of(ws.store.journal.heads(response_space(response_id)))
    return ws.append_with_blob(
        feedback_space(response_id),
        [made.getvalue()],
        lambda digest, size: FeedbackGiven(
            response_id=response_id,
            revision=revision,
            agreed=agreed,
            letter=digest,
            letter_size=size,
            signatory=signatory,
        ),
    )


def send_feedback(ws: Workspace, response_id: ResponseId, folder: Path) -> Path:
    """Seal the feedback of a response to the organisation's devices.

    Raises:
        NotYours: None was given yet.
        FileUnwritable: The folder cannot be written.
    """
    team_of(ws)
    space = feedback_space(response_id)
    ws.one(FeedbackGiven, space=space)
    holder = ws.one(ResponseAssigned, space=response_space(response_id)).organisation_id
    parcel = Parcel(
        type="feedback",
        spaces=[space],
        recipients=recipients_of(ws, holder),
        members=directory_members(ws, holder),
        reader=holder,
    )
    return exchange.send(ws, parcel, folder)


def feedback(ws: Workspace, response_id: ResponseId) -> Feedback | None:
    """Return the newest feedback on a response, or None while there is none."""
    found = ws.standing(FeedbackGiven, space=feedback_space(response_id))
    if not found:
        return None
    newest = max(found, key=lambda held: (held.at, held.id))
    now, _count = revision_of(ws.store.journal.heads(response_space(response_id)))
    return Feedback(
        response_id=response_id,
        at=newest.at,
        agreed=tuple(
            AgreedLine(question_id=QuestionId(question), point=point, reason=reason)
            for question, point, reason in newest.event.agreed
        ),
        signatory=newest.event.signatory,
        changed_since=now != newest.event.revision,
    )


def save_letter(ws: Workspace, response_id: ResponseId, path: Path) -> Path:
    """Write the feedback letter to a file; one that was there is replaced at the last moment.

    Raises:
        NotYours: None has come.
        ReportError: It cannot be written there.
    """
    save_file(letter(ws, response_id), path)
    return path


def letter(ws: Workspace, response_id: ResponseId) -> bytes:
    """Return the feedback letter as the team wrote it: a PDF.

    Raises:
        NotYours: None has come.
    """
    event = ws.one(FeedbackGiven, space=feedback_space(response_id))
    return ws.store.blobs.read(event.letter)
