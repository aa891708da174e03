"""The whole main job with invented data, through the same deeds the window uses; it checks its own work.

Nobody's keyring is touched: every workspace gets a passphrase made for this run. Everything lies under one
folder: `workspaces/` (encrypted), `files/` (sealed, as they would be sent), `reports/` (PDF), `pictures/`.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from iowscp_desktop.app import (
    answers,
    conflicts,
    invitations,
    merging,
    opening,
    panel,
    receipts,
    reporting,
    responses,
    rounds,
)
from iowscp_desktop.app.filling import open_filling
from iowscp_desktop.app.opening import NewWorkspace
from iowscp_desktop.app.recovery import new_sheet
from iowscp_desktop.app.workspace import Surroundings, Workspace
from iowscp_desktop.crypto import PRODUCTION, Cost, new_passphrase
from iowscp_desktop.domain.clock import LOCAL_ZONE, system_clock
from iowscp_desktop.domain.ids import OrganisationId, QuestionId, ResponseId, RoundId, Sha256, new_id
from iowscp_desktop.domain.scale import Scale
from iowscp_desktop.domain.shipped import shipped
from iowscp_desktop.domain.tool import files_in
from iowscp_desktop.errors import DemoFailed
from iowscp_desktop.store.keys import Locks
from iowscp_desktop.text.demo import Demo as Words

Say = Callable[[str], None]


class Camera(Protocol):
    """Takes pictures of screens as the story goes on; `demo.pictures` has a real one."""

    taken: int

    def screen(
        self,
        name: str,
        ws: Workspace,
        *,
        screen: str,
        response_id: ResponseId | None = None,
        entry_id: str = "",
        files: Sequence[Path] = (),
    ) -> None:
        """Save one screen of an open workspace."""
        ...

    def first_run(self, name: str, folder: Path, world: Surroundings, files: Sequence[Path] = ()) -> None:
        """Save what a new computer shows."""
        ...

    def lock(self, name: str, folder: Path, world: Surroundings) -> None:
        """Save what stands in front of a locked workspace."""
        ...


_OAKFIELD, _ELM_GROVE, _YOUTH = "s175-oakfield-primary", "s175-elm-grove-academy", "s11-island-youth-service"
_DISPUTED = "trn_induction"
_SECOND_OPINION_EVERY = 7
"""Every so many items the second panel member sees it one step lower than the first."""


@dataclass
class Made:
    """What the demonstration has made, for whoever shows or checks it."""

    folder: Path
    cost: Cost
    say: Say
    camera: Camera | None
    passphrases: dict[str, str] = field(default_factory=dict[str, str], repr=False)
    sheets: dict[str, str] = field(default_factory=dict[str, str], repr=False)
    open: dict[str, Workspace] = field(default_factory=dict[str, Workspace])
    files: list[Path] = field(default_factory=list[Path])
    responses: dict[str, ResponseId] = field(default_factory=dict[str, ResponseId])
    rounds: list[RoundId] = field(default_factory=list[RoundId])
    world: Surroundings = field(default_factory=lambda: Surroundings(clock=system_clock, new_id=new_id))

    def new(self, key: str, name: str, role: str) -> NewWorkspace:
        """Describe a workspace that is to be made, with a fresh passphrase."""
        self.passphrases[key] = new_passphrase()
        sheet = new_sheet()
        self.sheets[key] = sheet.printed
        locks = Locks(passphrase=self.passphrases[key], recovery=sheet.recovery, cost=self.cost)
        return NewWorkspace(folder=self.folder / "workspaces" / key, locks=locks, name=name, role=role)

    @property
    def team(self) -> Workspace:
        """The partnership team's workspace."""
        return self.open["team"]

    @property
    def post(self) -> Path:
        """Where the files lie that would be sent."""
        return self.folder / "files"

    def close(self) -> None:
        """Lock every workspace."""
        for ws in self.open.values():
            ws.close()
        self.open.clear()


def run(folder: Path, say: Say, *, cost: Cost = PRODUCTION, camera: Camera | None = None) -> Made:
    """Carry two schools and an agency from invitation to report, and prove the result.

    Raises:
        DemoFailed: A check of its own work did not hold.
    """
    made = Made(folder=folder, cost=cost, say=say, camera=camera)
    for each in ("workspaces", "files", "reports", "pictures"):
        (folder / each).mkdir(parents=True, exist_ok=True)
    say(Words.starting.format(folder=folder))
    _begin(made)
    _answer_all(made)
    _bring_home(made)
    _settle(made)
    _score(made)
    _agree(made)
    _report(made)
    _prove(made)
    if camera is not None:
        say(Words.pictures.format(count=camera.taken))
    _tell(made)
    return made


# --- the steps -----------------------------------------------------------------------------------


def _begin(made: Made) -> None:
    """The team starts, opens two rounds and invites: two laptops of one school, one of the others."""
    team = opening.start_team(made.new("team", Words.team_person, Words.team_role), Words.partnership, made.world)
    made.open["team"] = team
    due = team.world.clock().astimezone(LOCAL_ZONE).date() + timedelta(days=25)
    s175, s11 = (rounds.adopt_tool(team, files_in(shipped("forms", tool))) for tool in ("s175", "s11"))
    schools = rounds.open_round(team, title=Words.s175_round, package=Sha256(s175.digest), due=due)
    agencies = rounds.open_round(team, title=Words.s11_round, package=Sha256(s11.digest), due=due + timedelta(days=60))
    made.rounds = [schools, agencies]
    oakfield = rounds.add_organisation(team, Words.oakfield, "school")
    elm_grove = rounds.add_organisation(team, Words.elm_grove, "school")
    youth = rounds.add_organisation(team, Words.youth, "agency")
    made.say(Words.team_ready.format(tools=2, organisations=3))
    guests = (
        ("oakfield", schools, oakfield, "Priya Nair", "Designated safeguarding lead"),
        ("oakfield-deputy", schools, oakfield, "Tom Osei", "Deputy safeguarding lead"),
        ("elm-grove", schools, elm_grove, "Asha Bell", "Designated safeguarding lead"),
        ("youth-service", agencies, youth, "Sam Reeve", "Safeguarding manager"),
    )
    for key, round_id, organisation, name, role in guests:
        _join(made, key, round_id, organisation, (name, role))
    made.say(Words.invited.format(count=len(guests)))


def _picture(made: Made, key: str, name: str, screen: str, entry_id: str = "") -> None:
    """Take a picture of a screen of the first school, which stands for all."""
    if made.camera is not None and key == "oakfield":
        made.camera.screen(name, made.open[key], screen=screen, response_id=made.responses[key], entry_id=entry_id)


def _join(made: Made, key: str, round_id: RoundId, organisation: OrganisationId, who: tuple[str, str]) -> None:
    invited = invitations.invite_organisation(made.team, round_id, organisation, made.post)
    made.files.append(invited.path)
    new = made.new(key, *who)
    if made.camera is not None and key == "oakfield":
        made.camera.first_run("first-run", new.folder, made.world)
        made.camera.first_run("first-run-invitation", new.folder, made.world, [invited.path])
    made.open[key] = opening.join(new, invited.path, invited.code, made.world)
    made.responses[key] = rounds.ask(made.team, round_id, organisation)


def _answer_all(made: Made) -> None:
    """Everybody types, attaches and signs; the deputy answers some of the same questions on a second laptop."""
    everybody = (
        ("oakfield", _OAKFIELD, Words.signs_oakfield),
        ("elm-grove", _ELM_GROVE, Words.signs_elm_grove),
        ("youth-service", _YOUTH, Words.signs_youth),
    )
    for key, sample, names in everybody:
        ws, response_id = made.open[key], made.responses[key]
        lines = _sample(sample)
        half = len(lines) * 3 // 5
        typed = _type(ws, response_id, lines[:half])
        _picture(made, key, "home", "home")
        _picture(made, key, "fill", "fill", entry_id=_DISPUTED)
        _picture(made, key, "check", "check")
        typed += _type(ws, response_id, lines[half:])
        attached = _attach(ws, response_id, sample)
        filling = open_filling(ws, response_id)
        _picture(made, key, "check-ready", "check")
        for signer, name in zip(filling.tool.signers, names, strict=True):
            responses.sign(ws, filling, signer.role, name, own_device=name == ws.person.name)
        made.say(
            Words.answered.format(
                organisation=filling.task.organisation,
                answers=typed,
                files=attached,
                signers=len(filling.tool.signers),
            )
        )
    _picture(made, "oakfield", "check-signed", "check")
    _picture(made, "oakfield", "export", "export")
    others = [(_DISPUTED, "met"), (f"{_DISPUTED}_evidence", Words.deputy_evidence)]
    count = _type(made.open["oakfield-deputy"], made.responses["oakfield-deputy"], others)
    made.say(Words.deputy.format(organisation=Words.oakfield, answers=count))


def _type(ws: Workspace, response_id: ResponseId, lines: Iterable[tuple[str, str]]) -> int:
    count = 0
    for question, value in lines:
        answers.record_answer(ws, response_id, QuestionId(question), value, visit=f"{question}-{count}")
        count += 1
    ws.leave_field()
    return count


def _attach(ws: Workspace, response_id: ResponseId, sample: str) -> int:
    listed: dict[str, list[tuple[str, str]]] = json.loads(
        shipped("resources", "samples", "evidence.json").read_text("utf-8")
    )
    for item, name in listed[sample]:
        answers.attach(ws, response_id, QuestionId(item), shipped("resources", "samples", "evidence", name))
    return len(listed[sample])


def _bring_home(made: Made) -> None:
    """Everybody makes the file for the partnership; the team looks at the files, merges them and sends receipts."""
    keys = ("oakfield", "oakfield-deputy", "elm-grove", "youth-service")
    sent = [responses.send_return(made.open[key], made.responses[key], made.post) for key in keys]
    made.files += sent
    made.say(Words.sent.format(count=len(sent)))
    if made.camera is not None:
        made.camera.screen("merge", made.team, screen="merge", files=sent)
    done, issued = _merge(made, sent)
    made.say(
        Words.merged.format(
            count=len(done),
            entries=sum(each.new for each in done),
            conflicts=len(conflicts.open_conflicts(made.team)),
            receipts=issued,
        )
    )
    for key in ("oakfield", "elm-grove", "youth-service"):
        receipt = receipts.send_receipt(made.team, made.responses[key], made.post)
        made.files.append(receipt)
        (taken,), _changes = merging.merge(made.open[key], merging.preview(made.open[key], [receipt]))
        _require(taken.refused is None, "a receipt was refused")


def _merge(made: Made, paths: list[Path]) -> tuple[tuple[merging.Incoming, ...], int]:
    team = made.team
    done: list[merging.Incoming] = []
    issued = 0
    for path in paths:
        (each,), changes = merging.merge(team, merging.preview(team, [path]))
        _require(each.refused is None, f"a file was refused ({each.refused and each.refused.code})")
        issued += len(receipts.issue_receipts(team, each, changes).registers)
        done.append(each)
    return tuple(done), issued


def _settle(made: Made) -> None:
    """The school had signed, so the team records how it reads the two versions; both stay."""
    open_now = conflicts.open_conflicts(made.team)
    _require(len(open_now) > 0, "two laptops wrote different answers and no conflict arose")
    if made.camera is not None:
        made.camera.screen("conflict", made.team, screen="conflict")
        made.camera.screen("rounds", made.team, screen="rounds")
    for conflict in open_now:
        conflicts.settle(made.team, conflict, conflict.versions[-1].value, Words.reading_reason)
    _require(not conflicts.open_conflicts(made.team), "a settled conflict is still open")
    made.say(Words.settled.format(count=len(open_now)))


def _score(made: Made) -> None:
    """Two panel members score the same school, each alone, in a workspace where no other's score lies."""
    response_id = made.responses["oakfield"]
    paths: list[Path] = []
    items = 0
    for place, name in enumerate(Words.judges):
        key = f"panel-{place + 1}"
        person_id, invited = invitations.invite_panellist(made.team, made.rounds[0], name, (response_id,), made.post)
        made.files.append(invited.path)
        ws = opening.join(made.new(key, name, "Panel member"), invited.path, invited.code, made.world)
        made.open[key], made.responses[key] = ws, response_id
        if made.camera is not None and place == 0:
            made.camera.screen("score", ws, screen="score")
            made.camera.screen("panel-home", ws, screen="home")
        items = _judge(ws, response_id, strict=place == 1)
        _require(panel.judges_heard(ws) == frozenset({person_id}), "another member’s score lay in a workspace")
        paths.append(panel.send_scores(ws, made.post))
    made.files += paths
    _merge(made, paths)
    made.say(Words.scored.format(count=len(Words.judges), items=items))


def _judge(ws: Workspace, response_id: ResponseId, *, strict: bool) -> int:
    filling = open_filling(ws, response_id)
    count = 0
    for section in filling.sections():
        for entry in section.asked:
            if entry.scale is None:
                continue
            lower = strict and count % _SECOND_OPINION_EVERY == 0
            point = _one_lower(entry.scale, entry.point) if lower else entry.point
            panel.give_score(ws, response_id, QuestionId(entry.id), point, Words.remarks[int(lower)])
            count += 1
    panel.finish_scoring(ws, response_id)
    return count


def _one_lower(scale: Scale, value: str) -> str:
    values = [point.value for point in scale.points]
    return values[min(values.index(value) + 1, len(values) - 1)] if value in values else value


def _agree(made: Made) -> None:
    """The team compares, once all scores are in, and records what the panel agreed."""
    response_id = made.responses["oakfield"]
    if made.camera is not None:
        made.camera.screen("panel", made.team, screen="panel", response_id=response_id)
    compared = [each for each in panel.compare(made.team, response_id) if each.by_judge]
    for each in compared:
        given = list(each.by_judge.values())
        stricter = next((point for point in given if point != each.own), given[0])
        reason = Words.agreed_reason if each.differs else Words.same_reason
        panel.agree(made.team, response_id, each.question_id, stricter, reason)
    again = [each for each in panel.compare(made.team, response_id) if each.by_judge]
    _require(all(each.agreed for each in again), "an agreed grade is missing")
    _require(
        [each.own for each in again] == [each.own for each in compared], "an agreed grade overwrote a school’s own"
    )
    made.say(Words.agreed.format(items=len(compared), differed=sum(each.differs for each in compared)))


def _report(made: Made) -> None:
    folder = made.folder / "reports"
    for key in ("oakfield", "elm-grove", "youth-service"):
        made.files.append(reporting.write_return(made.team, made.responses[key], folder / f"return-{key}.pdf"))
    letter = folder / "feedback-oakfield.pdf"
    made.files.append(
        reporting.write_feedback(made.team, made.responses["oakfield"], letter, signatory=Words.signatory)
    )
    made.say(Words.reports.format(count=4))


def _prove(made: Made) -> None:
    """Walk every chain, check every seal and file, rebuild every table."""
    totals = [0, 0, 0, 0]
    for key, ws in made.open.items():
        found = ws.verify()
        _require(not found.wrongs, f"{key}: {'; '.join(found.wrongs)}")
        counts = (found.streams, found.entries, found.seals, found.blobs)
        totals = [total + count for total, count in zip(totals, counts, strict=True)]
    streams, entries, seals, blobs = totals
    made.say(Words.verified.format(count=len(made.open), streams=streams, entries=entries, seals=seals, blobs=blobs))


def _tell(made: Made) -> None:
    """Say where everything lies, and what opens it."""
    if made.camera is not None:
        made.camera.lock("lock", made.folder / "workspaces" / "team", made.world)
    made.say(Words.files)
    for path in made.files:
        made.say(f"  {path.relative_to(made.folder)}")
    made.say(Words.passphrases)
    for key, passphrase in made.passphrases.items():
        made.say(f"  workspaces/{key}: {passphrase}")
    made.say(Words.sheets)
    for key, printed in made.sheets.items():
        made.say(f"  workspaces/{key}: {printed}")


def _sample(name: str) -> list[tuple[str, str]]:
    lines: list[list[str]] = json.loads(shipped("resources", "samples", f"{name}.json").read_text("utf-8"))
    return [(question, value) for question, value in lines]


def _require(holds: bool, what: str) -> None:  # noqa: FBT001 - it reads as an assertion
    if not holds:
        raise DemoFailed(what)
