"""The panel: each member scores alone in a workspace of their own; the team compares and records what was agreed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from iowscp_desktop.app import conflicts, exchange
from iowscp_desktop.app.devices import devices, directory_members
from iowscp_desktop.app.filling import EntryState, Filling, open_filling
from iowscp_desktop.app.identities import recipients_of
from iowscp_desktop.app.invitations import tools_of
from iowscp_desktop.app.rounds import team_of
from iowscp_desktop.app.tools import package_of, tool_and_form
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.events import (
    AnswerRecorded,
    DeviceEnrolled,
    DeviceRevoked,
    InvitationCancelled,
    InvitationIssued,
    PanellistAsked,
    ScoreAgreed,
    ScoreGiven,
    ScoringAsked,
    ScoringFinished,
)
from iowscp_desktop.domain.grants import Role
from iowscp_desktop.domain.ids import (
    PersonId,
    QuestionId,
    ResponseId,
    RoundId,
    SpaceId,
    panel_space,
    response_space,
)
from iowscp_desktop.domain.journal import StreamRange, bare
from iowscp_desktop.domain.revision import revision_of
from iowscp_desktop.domain.scoring import REASON_FROM, Comparison, is_on, spread
from iowscp_desktop.domain.tool import Item, Tool
from iowscp_desktop.errors import NoDeviceKnown, NotOnScale, NotYours, ReasonNeeded, ScoresNotIn
from iowscp_desktop.store import Held


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """One response that this panel member was asked to score."""

    response_id: ResponseId
    organisation: str = field(repr=False)
    title: str
    round_title: str
    items: int
    """Items that the form asked of this organisation."""
    scored: int
    finished: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenScore:
    """What this panel member has said of one item."""

    point: str
    remark: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """One panel member, as the team sees them."""

    person_id: PersonId
    name: str = field(repr=False)
    finished: bool


# --- a panel member ------------------------------------------------------------------------------


def allocations(ws: Workspace) -> tuple[Allocation, ...]:
    """Return what this panel member scores, in the order it was asked."""
    responses = dict.fromkeys(response_id for asked in _all_asked(ws) for response_id in asked.responses)
    return tuple(allocation(ws, open_filling(ws, response_id)) for response_id in responses)


def allocation(ws: Workspace, filling: Filling) -> Allocation:
    """Return how far one response is."""
    response_id = filling.response_id
    asked_of_them = {item.id for item in items_to_score(filling)}
    return Allocation(
        response_id=response_id,
        organisation=filling.task.organisation,
        title=filling.task.title,
        round_title=filling.task.round_title,
        items=len(asked_of_them),
        scored=len(asked_of_them & scores(ws, response_id).keys()),
        finished=bool(ws.standing(ScoringFinished, response_id=response_id)),
    )


def items_to_score(filling: Filling) -> tuple[EntryState, ...]:
    """Return the graded items that apply to an organisation, in the tool's order."""
    return tuple(entry for section in filling.sections() for entry in section.asked if entry.scale is not None)


def scores(ws: Workspace, response_id: ResponseId) -> Mapping[QuestionId, GivenScore]:
    """Return this panel member's scores of one response."""
    return {
        held.event.question_id: GivenScore(point=held.event.point, remark=held.event.remark)
        for held in ws.standing(ScoreGiven, response_id=response_id)
    }


def give_score(
    ws: Workspace,
    response_id: ResponseId,
    question_id: QuestionId,
    point: str,
    remark: str = "",
    *,
    visit: str | None = None,
) -> Changes:
    """Judge one item of the revision that lies here.

    Raises:
        NotOnScale: The scale has no such point.
    """
    asked = _asked(ws, response_id)
    tool, item = _item(ws, response_id, question_id)
    if not is_on(tool.scale_of(item), point):
        raise NotOnScale
    digest, _count = revision_of(ws.store.journal.heads(response_space(response_id)))
    given = ScoreGiven(
        judge=asked.person_id,
        response_id=response_id,
        question_id=question_id,
        point=point,
        remark=remark.strip(),
        revision=digest,
    )
    return ws.append(_own_space(asked), given, visit=visit)


def finish_scoring(ws: Workspace, response_id: ResponseId) -> Changes:
    """Say that one response is scored; the scores can still be changed until they are sent."""
    asked = _asked(ws, response_id)
    return ws.append(_own_space(asked), ScoringFinished(judge=asked.person_id, response_id=response_id))


def send_scores(ws: Workspace, folder: Path) -> Path:
    """Seal this member's scores to the team. They hold no answers of the school and no one else's scores.

    Raises:
        FileUnwritable: The folder cannot be written.
    """
    asked = _all_asked(ws)
    recipients = tuple(dict.fromkeys(each for one in asked for each in one.recipients))
    parcel = exchange.Parcel(type="scores", spaces=[_own_space(each) for each in asked], recipients=recipients)
    return exchange.send(ws, parcel, folder)


def judges_heard(ws: Workspace) -> frozenset[PersonId]:
    """Return whose scores lie in this workspace; a panel member's holds their own alone."""
    return frozenset(held.event.judge for held in ws.standing(ScoreGiven))


def scores_sent(ws: Workspace) -> str:
    """Return when this member's scores were exported last; empty if never."""
    sent = [line.at for line in ws.store.local.bundles() if line.direction == "out" and line.type == "scores"]
    return sent[-1] if sent else ""


# --- the team ------------------------------------------------------------------------------------


def send_pack(
    ws: Workspace, round_id: RoundId, person_id: PersonId, responses: Sequence[ResponseId], folder: Path
) -> Path:
    """Seal more returns to a panel member whose computer is known. No scores are in it, not even their own.

    Raises:
        NoDeviceKnown: They have not sent any scores yet: invite them instead.
        FileUnwritable: The folder cannot be written.
    """
    team_of(ws)
    space = panel_space(round_id, person_id)
    asked = asked_in(ws, space)
    recipients = recipients_of(ws, person_id)
    if not recipients:
        raise NoDeviceKnown
    more = [each for each in responses if each not in asked.responses]
    if more:
        ws.append(space, msgspec.structs.replace(asked, responses=(*asked.responses, *more)))
        ws.append(
            ws.space,
            *(
                PanellistAsked(round_id=round_id, response_id=each, person_id=person_id, name=asked.name)
                for each in more
            ),
        )
    spaces = [response_space(each) for each in responses]
    parcel = exchange.Parcel(
        type="panel-pack",
        spaces=[space, *spaces],
        recipients=recipients,
        tools=tools_of(ws, spaces),
        members=directory_members(ws, person_id),
        reader=person_id,
        shown=_but_scores,
    )
    return exchange.send(ws, parcel, folder)


def _but_scores(piece: StreamRange) -> StreamRange:
    """Leave out what a member wrote: they have it, and their own file may lie about."""
    return replace(
        piece,
        entries=tuple(bare(entry) if isinstance(entry.event, ScoreGiven) else entry for entry in piece.entries),
    )


def asked_in(ws: Workspace, space: SpaceId) -> ScoringAsked:
    """Return what a panel member was asked in one round: all that any of the team's laptops asked for.

    Raises:
        NotYours: Nobody asked.
    """
    held = sorted(ws.standing(ScoringAsked, space=space), key=lambda each: each.id)
    if not held:
        raise NotYours
    events = [each.event for each in held]
    return msgspec.structs.replace(
        events[-1],
        responses=tuple(dict.fromkeys(response for event in events for response in event.responses)),
        recipients=tuple(dict.fromkeys(each for event in events for each in event.recipients)),
    )


def judges(ws: Workspace, response_id: ResponseId) -> tuple[Judge, ...]:
    """Return who was asked to score a response, and whether their scores are in.

    Whoever cannot send any more is not waited for: the invitation was taken back, or the computer is not trusted.
    """
    asked = ws.standing(PanellistAsked, space=ws.space, response_id=response_id)
    done = {held.event.judge for held in ws.standing(ScoringFinished, response_id=response_id)}
    is_whole = all(held.event.person_id in done for held in asked)
    shut_out = frozenset[PersonId]() if is_whole else _shut_out(ws)  # every invitation is read for it
    found = [
        Judge(person_id=held.event.person_id, name=held.event.name, finished=held.event.person_id in done)
        for held in asked
        if held.event.person_id in done or held.event.person_id not in shut_out
    ]
    return tuple(sorted(found, key=lambda judge: (judge.name, judge.person_id)))


def progress(ws: Workspace) -> Mapping[ResponseId, tuple[int, int]]:
    """Return, for each response that a panel scores, how many members are finished, of how many."""
    done = {(held.event.response_id, held.event.judge) for held in ws.standing(ScoringFinished)}
    shut_out = _shut_out(ws)
    found: dict[ResponseId, tuple[int, int]] = {}
    for held in ws.standing(PanellistAsked, space=ws.space):
        response_id, person_id = held.event.response_id, held.event.person_id
        is_done = (response_id, person_id) in done
        finished, asked = found.get(response_id, (0, 0))
        counts = is_done or person_id not in shut_out
        found[response_id] = (finished + is_done, asked + counts)
    return found


def _shut_out(ws: Workspace) -> frozenset[PersonId]:
    """Return the panel members who hold neither an invitation that works nor a computer that is trusted."""
    gone = {held.event.invitation_id for held in ws.standing(InvitationCancelled, space=ws.space)}
    revoked = {held.event.device_id for held in ws.standing(DeviceRevoked, space=ws.space)}
    gone |= {
        held.event.invitation_id
        for held in ws.standing(DeviceEnrolled, space=ws.space)
        if held.event.device_id in revoked
    }
    ways: dict[PersonId, bool] = {}
    for held in ws.standing(InvitationIssued, space=ws.space):
        if held.event.role == Role.PANEL:
            person_id = PersonId(held.event.holder)
            ways[person_id] = ways.get(person_id, False) or held.event.invitation_id not in gone
    return frozenset(person_id for person_id, is_open in ways.items() if not is_open)


def known_members(ws: Workspace, round_id: RoundId) -> tuple[Judge, ...]:
    """Return a round's panel members whose computers are known: more to score reaches them without a code."""
    known = {line.holder for line in devices(ws) if not line.revoked}
    done = {held.event.judge for held in ws.standing(ScoringFinished)}
    found = {
        held.event.person_id: Judge(
            person_id=held.event.person_id, name=held.event.name, finished=held.event.person_id in done
        )
        for held in ws.standing(ScoringAsked)
        if held.event.round_id == round_id and held.event.person_id in known
    }
    return tuple(sorted(found.values(), key=lambda judge: (judge.name, judge.person_id)))


def agreed_grades(ws: Workspace, response_id: ResponseId) -> Mapping[QuestionId, ScoreAgreed]:
    """Return what was agreed; where two of the team's laptops wrote down different points, it is not agreed."""
    agreed: dict[QuestionId, list[ScoreAgreed]] = {}
    for held in ws.standing(ScoreAgreed, space=ws.space, response_id=response_id):
        agreed.setdefault(held.event.question_id, []).append(held.event)
    return {each: events[0] for each, events in agreed.items() if len({event.point for event in events}) == 1}


def compare(ws: Workspace, response_id: ResponseId) -> tuple[Comparison, ...]:
    """Put self, panel and agreed grades side by side, once every member has sent theirs.

    Raises:
        ScoresNotIn: Somebody has not; until then nobody sees anybody's.
    """
    asked = _all_in(ws, response_id)
    tool = _tool(ws, response_id)
    own = _own_grades(ws, response_id, tool)
    agreed = _agreed_on(ws, response_id, tool)
    given: dict[QuestionId, dict[PersonId, ScoreGiven]] = {}
    for held in _scores_of(ws, response_id, asked):
        given.setdefault(held.event.question_id, {})[held.event.judge] = held.event
    found: list[Comparison] = []
    for item in tool.items:
        question_id, scale = QuestionId(item.id), tool.scale_of(item)
        by_judge, together = given.get(question_id, {}), agreed.get(question_id)
        points = {judge: score.point for judge, score in by_judge.items()}
        found.append(
            Comparison(
                question_id=question_id,
                own=own.get(question_id, ""),
                by_judge=points,
                agreed=together.point if together else "",
                spread=spread(scale, list(points.values())),
                remarks={judge: score.remark for judge, score in by_judge.items() if score.remark},
                reason=together.reason if together else "",
            )
        )
    return tuple(found)


def with_agreed(ws: Workspace, response_id: ResponseId, compared: Iterable[Comparison]) -> tuple[Comparison, ...]:
    """Return a comparison with what is agreed by now; nothing else in it is read again."""
    agreed = _agreed_on(ws, response_id, _tool(ws, response_id))
    return tuple(
        replace(each, agreed=together.point if together else "", reason=together.reason if together else "")
        for each in compared
        for together in (agreed.get(each.question_id),)
    )


def agree(
    ws: Workspace,
    response_id: ResponseId,
    question_id: QuestionId,
    point: str,
    reason: str = "",
    *,
    visit: str | None = None,
) -> Changes:
    """Record what the panel agreed on one item. Self and panel grades stand beside it, unchanged.

    Raises:
        NotOnScale: The scale has no such point.
        ReasonNeeded: The members were two points or more apart.
        ScoresNotIn: Somebody's scores are not in.
    """
    tool, item = _item(ws, response_id, question_id)
    if not is_on(tool.scale_of(item), point):
        raise NotOnScale
    asked = _all_in(ws, response_id)
    given = _scores_of(ws, response_id, asked, question_id=question_id)
    if spread(tool.scale_of(item), [held.event.point for held in given]) >= REASON_FROM and not reason.strip():
        raise ReasonNeeded
    agreed = _agreements(response_id, {question_id: (point, reason.strip())}, given)
    return ws.append(ws.space, *agreed, visit=visit)


def agree_where_same(ws: Workspace, response_id: ResponseId, questions: Collection[QuestionId]) -> Changes:
    """Record, of these items, those on which everybody who was asked gave the same score and nothing is agreed yet.

    Raises:
        ScoresNotIn: Somebody's scores are not in.
    """
    asked = judges(ws, response_id)
    same = {
        each.question_id: (next(iter(each.by_judge.values())), "")
        for each in compare(ws, response_id)
        if each.question_id in questions and is_same(each, len(asked)) and not each.agreed
    }
    given = _scores_of(ws, response_id, asked)
    return ws.append(ws.space, *_agreements(response_id, same, given)) if same else Changes()


def is_same(compared: Comparison, asked: int) -> bool:
    """Tell whether everybody who was asked gave an item one and the same score."""
    return asked > 0 and len(compared.by_judge) == asked and not compared.differs


def _agreements(
    response_id: ResponseId, agreed: Mapping[QuestionId, tuple[str, str]], given: Sequence[Held[ScoreGiven]]
) -> list[ScoreAgreed]:
    cited: dict[QuestionId, list[tuple[str, int]]] = {}
    for held in given:
        cited.setdefault(held.event.question_id, []).append((held.id.stream, held.id.seq))
    return [
        ScoreAgreed(
            response_id=response_id,
            question_id=question_id,
            point=point,
            reason=reason,
            cites=tuple(sorted(cited.get(question_id, []))),
        )
        for question_id, (point, reason) in agreed.items()
    ]


# --- inside --------------------------------------------------------------------------------------


def _all_asked(ws: Workspace) -> tuple[ScoringAsked, ...]:
    """Return what this panel member was asked, round by round."""
    spaces = dict.fromkeys(held.space for held in ws.standing(ScoringAsked))
    if not spaces:
        raise NotYours
    return tuple(asked_in(ws, space) for space in spaces)


def _asked(ws: Workspace, response_id: ResponseId) -> ScoringAsked:
    """Return what asked this panel member to score a response."""
    every = _all_asked(ws)
    return next((asked for asked in every if response_id in asked.responses), every[0])


def _own_space(asked: ScoringAsked) -> SpaceId:
    return panel_space(asked.round_id, asked.person_id)


def _all_in(ws: Workspace, response_id: ResponseId) -> tuple[Judge, ...]:
    """Return who was asked to score a response, once all of them have sent their scores: the team alone asks."""
    team_of(ws)
    asked = judges(ws, response_id)
    waiting = sum(not judge.finished for judge in asked)
    if waiting:
        raise ScoresNotIn(waiting=waiting)
    return asked


def _scores_of(
    ws: Workspace, response_id: ResponseId, asked: Sequence[Judge], *, question_id: QuestionId | None = None
) -> list[Held[ScoreGiven]]:
    """Return the scores of those who were asked to score a response; a member may write of others, unasked."""
    people = {judge.person_id for judge in asked}
    held = (
        ws.standing(ScoreGiven, response_id=response_id)
        if question_id is None
        else ws.standing(ScoreGiven, response_id=response_id, question_id=question_id)
    )
    return [each for each in held if each.event.judge in people]


def _agreed_on(ws: Workspace, response_id: ResponseId, tool: Tool) -> Mapping[QuestionId, ScoreAgreed]:
    """Return what was agreed, but for points that are on no scale: the audit has moved to another edition."""
    scales = {QuestionId(item.id): tool.scale_of(item) for item in tool.items}
    return {
        question_id: together
        for question_id, together in agreed_grades(ws, response_id).items()
        if question_id in scales and is_on(scales[question_id], together.point)
    }


def _tool(ws: Workspace, response_id: ResponseId) -> Tool:
    return tool_and_form(ws, package_of(ws, response_space(response_id)))[0]


def _item(ws: Workspace, response_id: ResponseId, question_id: QuestionId) -> tuple[Tool, Item]:
    tool = _tool(ws, response_id)
    item = tool.item(question_id)
    if item is None:
        raise NotYours
    return tool, item


def _own_grades(ws: Workspace, response_id: ResponseId, tool: Tool) -> dict[str, str]:
    """Return how the organisation graded each item, as the team reads it where it was answered twice.

    What is on no scale is no grade: the program offers none such, but a file made by hand may hold it.
    """
    space = response_space(response_id)
    own: dict[str, str] = {
        held.event.question_id: held.event.value or "" for held in ws.standing(AnswerRecorded, space=space)
    }
    read = {target.removeprefix("answer/"): value or "" for target, value in conflicts.readings(ws, space).items()}
    grades = own | read
    return {
        item.id: grade
        for item in tool.items
        if (grade := grades.get(item.id, "")) and is_on(tool.scale_of(item), grade)
    }
