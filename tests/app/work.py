"""What people do in tests, in a word each: answer, send, take in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from iowscp_desktop.app import answers, invitations, panel, receipts, responses
from iowscp_desktop.app.filling import open_filling
from iowscp_desktop.app.merging import preview
from iowscp_desktop.app.receipts import TakenIn
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.events import ReceiptIssued
from iowscp_desktop.domain.ids import PersonId, QuestionId, ResponseId
from tests.app.conftest import Round

WHOLE = {
    "setting_name": "A school",
    "heard": "met",
    "heard_evidence": "Survey",
    "adult": "met",
    "adult_evidence": "Talks",
}


def answer(ws: Workspace, response_id: ResponseId, values: Mapping[str, str]) -> None:
    """Write answers down."""
    for question, value in values.items():
        answers.record_answer(ws, response_id, QuestionId(question), value)


def take_in(audit: Round, response_id: ResponseId, *laptops: Workspace) -> TakenIn:
    """Send each laptop's return, and let the team take all of them in."""
    paths = [responses.send_return(ws, response_id, audit.setting.folder) for ws in laptops]
    return receipts.take_in(audit.team, preview(audit.team, paths))


def receipt_numbers(team: Workspace) -> list[str]:
    """The numbers of the receipts that were issued, oldest first."""
    return [held.event.number for held in sorted(team.standing(ReceiptIssued), key=lambda held: (held.at, held.id))]


def take_files(team: Workspace, paths: Sequence[Path]) -> TakenIn:
    """Let the team take files in."""
    return receipts.take_in(team, preview(team, paths))


def sign_all(ws: Workspace, response_id: ResponseId) -> None:
    """Sign as everybody who signs, on this laptop."""
    filling = open_filling(ws, response_id)
    for signer in filling.tool.signers:
        responses.sign(ws, filling, signer.role, f"The {signer.role}", own_device=True)


def two_answers(audit: Round, first: Mapping[str, str], second: Mapping[str, str]) -> ResponseId:
    """Let two laptops of the school answer differently and the team take both in."""
    (one, response_id), (two, _) = audit.laptop("Ben Lead"), audit.laptop("Cat Deputy", "deputy")
    answer(one, response_id, first)
    answer(two, response_id, second)
    take_in(audit, response_id, one, two)
    return response_id


def signed_twice(audit: Round) -> tuple[ResponseId, Workspace, Workspace]:
    """Let two laptops of one school sign different answers, and the team take both in."""
    (one, response_id), (two, _) = audit.laptop(), audit.laptop("Cat Deputy", "deputy")
    answer(one, response_id, WHOLE)
    answer(two, response_id, {**WHOLE, "setting_name": "Another name"})
    sign_all(one, response_id)
    sign_all(two, response_id)
    take_in(audit, response_id, one, two)
    return response_id, one, two


@dataclass
class Member:
    """A panel member with a workspace of their own."""

    person_id: PersonId
    ws: Workspace

    def score(self, response_id: ResponseId, points: Mapping[str, str], *, finish: bool = True) -> None:
        """Score items alone, and say that it is done."""
        for question, point in points.items():
            panel.give_score(self.ws, response_id, QuestionId(question), point)
        if finish:
            panel.finish_scoring(self.ws, response_id)


def panel_member(audit: Round, name: str, *response_ids: ResponseId) -> Member:
    """Invite somebody to the panel, and let them join."""
    invited = invitations.invite_panellist(audit.team, audit.round_id, name, response_ids, audit.setting.folder)
    person_id, invitation = invited
    return Member(person_id, audit.setting.join(invitation.path, invitation.code, name, "panel"))


def send_scores(audit: Round, member: Member) -> None:
    """Send a member's scores, and let the team take them in."""
    take_files(audit.team, [panel.send_scores(member.ws, audit.setting.folder)])
