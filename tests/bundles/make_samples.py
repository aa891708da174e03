"""Writes one file of each kind that travels, for the museum. `python -m tests.bundles.make_samples FOLDER`.

Run once for a version of the format and never again for it: what lies in `bundles/v1` was written by the program that
first had v1, and every later one must open it. Three files were missing there; `… make_samples --more FOLDER` wrote
them into `bundles/v1/more` the same day, for a second partnership: a pack for a member who is known, a school's word on
its actions, and a return in which one laptop carries what another wrote that the team has not met.
"""

import itertools
import json
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from iowscp_desktop.app import (
    actions,
    devices,
    feedback,
    handover,
    identities,
    invitations,
    merging,
    panel,
    partial,
    receipts,
    responses,
    rounds,
    surveys,
    tool_updates,
)
from iowscp_desktop.app.actions import NewAction
from iowscp_desktop.app.workspace import Surroundings, Workspace
from iowscp_desktop.domain.events import EvidenceAttached
from iowscp_desktop.domain.ids import AttachmentId, QuestionId, ResponseId, Sha256, response_space
from tests.app.conftest import CHEAP, Round, Setting
from tests.app.work import Member, answer, take_files

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TOOL = Path(__file__).parents[1] / "app" / "small_tool"


def make(folder: Path, *, more: bool = False) -> None:
    """Write the files, and what opens them."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        making = Making(Path(temporary), folder)
        making.run_more() if more else making.run()


class Making:
    """A partnership, a school with two laptops, a panel member, and everything they send each other."""

    def __init__(self, temporary: Path, folder: Path) -> None:
        seconds, ids = itertools.count(), itertools.count(1)
        world = Surroundings(
            clock=lambda: START + timedelta(seconds=next(seconds)),
            new_id=lambda: f"{next(ids):032x}",
            code_cost=CHEAP,
        )
        self.setting = Setting(folder=temporary, world=world)
        self.folder, self.out = folder, temporary / "out"
        self.out.mkdir()
        self.team = self.setting.team()
        self.codes: dict[str, str] = {}

    def run(self) -> None:
        """Do everything once."""
        team, out = self.team, self.out
        package = Sha256(rounds.adopt_tool(team, {p.name: p.read_bytes() for p in TOOL.iterdir()}).digest)
        round_id = rounds.open_round(team, title="2026", package=package, due=date(2026, 12, 18))
        school = rounds.add_organisation(team, "Elm Grove Academy (invented)", "school")
        audit = Round(self.setting, team, round_id, school)
        invited = invitations.invite_organisation(team, round_id, school, out)
        self.keep_invitation("invitation", invited)
        ws = self.setting.join(invited.path, invited.code, "Ben Lead", "dsl")
        response_id = rounds.ask(team, round_id, school)
        answer(ws, response_id, {"setting_name": "Elm Grove", "staff": "12", "heard": "met", "heard_evidence": "Talks"})
        attach(ws, response_id)
        self.keep("part", partial.send_part(ws, response_id, {"setting"}, out))
        for number in range(surveys.FEWEST):
            surveys.submit(ws, response_id, {"heard": f"said by somebody, {number}"})
        self.keep("survey", surveys.send_submissions(ws, response_id, out))
        self.keep("handover", handover.hand_over(ws, response_id, out))
        returned = responses.send_return(ws, response_id, out)
        self.keep("return", returned)
        take_files(team, [returned])
        person, to_score = invitations.invite_panellist(team, round_id, "Dev Member", (response_id,), out)
        self.keep_invitation("panel", to_score)
        member = Member(person, self.setting.join(to_score.path, to_score.code, "Dev Member", "panel"))
        member.score(response_id, {"heard": "met", "adult": "partly"})
        scores = panel.send_scores(member.ws, out)
        self.keep("scores", scores)
        take_files(team, [scores])
        for question in ("heard", "adult"):
            panel.agree(team, response_id, QuestionId(question), "met")
        self.send_out(audit, response_id, package)
        self.keep_keys(audit, ws)

    def send_out(self, audit: Round, response_id: ResponseId, package: Sha256) -> None:
        """Let the team send everything that a team sends."""
        team, out, school = self.team, self.out, audit.school
        feedback.give_feedback(team, response_id, signatory="Ana Team")
        actions.set_actions(team, school, [NewAction(title="Write the rota", due=date(2027, 3, 1))])
        self.keep("receipt", receipts.send_receipt(team, response_id, out))
        self.keep("feedback", feedback.send_feedback(team, response_id, out))
        self.keep("actions", actions.send_plan(team, school, out))
        later = rounds.open_round(team, title="2027", package=package, due=date(2027, 12, 18))
        self.keep("assignment", tool_updates.send_assignment(team, later, school, out))
        newer = {p.name: p.read_bytes().replace(b'edition = "', b'edition = "9') for p in TOOL.iterdir()}
        update = Sha256(rounds.adopt_tool(team, newer).digest)
        self.keep("tool-update", tool_updates.send_tool_update(team, response_id, update, out))
        self.keep_invitation("team-laptop", invitations.invite_team_laptop(team, out))
        self.keep("team", handover.send_to_team_laptops(team, out))
        devices.change_team_keys(team, lost=False)
        self.keep("directory", devices.send_directory(team, school, out))

    def run_more(self) -> None:
        """Write what the first run left out."""
        team, out = self.team, self.out
        package = Sha256(rounds.adopt_tool(team, {p.name: p.read_bytes() for p in TOOL.iterdir()}).digest)
        round_id = rounds.open_round(team, title="2026", package=package, due=date(2026, 12, 18))
        school = rounds.add_organisation(team, "Walnut Tree School (invented)", "school")
        audit = Round(self.setting, team, round_id, school)
        (ws, response_id), (other, _) = audit.laptop("Ben Lead"), audit.laptop("Cat Deputy", "deputy")
        answer(other, response_id, {"heard": "met", "heard_evidence": "Talks"})
        handed = handover.hand_over(other, response_id, out)
        merging.merge(ws, merging.preview(ws, [handed]))
        answer(ws, response_id, {"setting_name": "Walnut Tree"})
        carried = responses.send_return(ws, response_id, out)
        self.keep("carried", carried)
        take_files(team, [carried])
        person, to_score = invitations.invite_panellist(team, round_id, "Dev Member", (), out)
        member = Member(person, self.setting.join(to_score.path, to_score.code, "Dev Member", "panel"))
        take_files(team, [panel.send_scores(member.ws, out)])
        self.keep("panel-pack", panel.send_pack(team, round_id, person, (response_id,), out))
        actions.set_actions(team, school, [NewAction(title="Write the rota", due=date(2027, 3, 1))])
        merging.merge(ws, merging.preview(ws, [actions.send_plan(team, school, out)]))
        (line,) = actions.actions(ws)
        actions.say_progress(ws, line.action_id, "done", "It hangs in the staff room")
        self.keep("progress", actions.send_progress(ws, out))
        self.keep_keys(audit, member.ws, "panel")

    def keep(self, name: str, path: Path) -> None:
        """Put a file into the museum."""
        (self.folder / f"{name}{path.suffix}").write_bytes(path.read_bytes())

    def keep_invitation(self, name: str, invited: invitations.Invited) -> None:
        """Put an invitation into the museum, and its code."""
        self.keep(name, invited.path)
        self.codes[name] = invited.code

    def keep_keys(self, audit: Round, other: Workspace, whose: str = "school") -> None:
        """Write down what opens the files. None of it was ever anybody's."""
        keys = {
            "codes": self.codes,
            "at": "2026-11-24T09:00:00.000Z",
            "team": [each.to_text() for each in identities.identities(audit.team)],
            whose: [each.to_text() for each in identities.identities(other)],
        }
        if whose != "school":
            keys["signing"] = audit.team.about.team_key
        (self.folder / "keys.json").write_text(json.dumps(keys, indent=2, sort_keys=True) + "\n", encoding="utf-8")
        for ws in self.setting.opened:
            ws.close()


def attach(ws: Workspace, response_id: ResponseId) -> None:
    """Attach a small file."""
    ws.append_with_blob(
        response_space(response_id),
        [b"minutes"],
        lambda sha256, size: EvidenceAttached(
            attachment_id=AttachmentId("a1"),
            question_id=QuestionId("heard"),
            name="minutes.txt",
            media_type="text/plain",
            size=size,
            sha256=sha256,
        ),
    )


if __name__ == "__main__":
    make(Path(sys.argv[-1]), more="--more" in sys.argv)
