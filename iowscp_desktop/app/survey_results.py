"""What came of a survey, for the team: counts by question, words without a neighbour, and nothing of too few people."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from iowscp_desktop.app import surveys
from iowscp_desktop.app.rounds import team_of
from iowscp_desktop.app.survey_sheets import Asked, SurveyLine, asks_no_names, questions_of, surveys_asked
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain import anonymous, crossing
from iowscp_desktop.domain.anonymous import CODE
from iowscp_desktop.domain.events import ResponseAssigned, RoundOpened, SurveyAnswered
from iowscp_desktop.domain.ids import ResponseId, RoundId, anonymous_space
from iowscp_desktop.domain.survey_form import Kind
from iowscp_desktop.errors import NotYours


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionResult:
    """What was answered to one question."""

    id: str
    label: str
    answered: int
    counts: tuple[tuple[str, int], ...]
    """The words of each choice, and how many gave it; empty for a question in one's own words."""
    lines: tuple[str, ...] = field(repr=False)
    """What was written, in the order of the alphabet."""
    is_one_choice: bool = False
    """Each person gave one of the answers that were offered: so it can be set beside another such question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyResult:
    """One organisation's survey."""

    line: SurveyLine
    sheets: int
    questions: tuple[QuestionResult, ...]
    has_code: bool
    """People made up a code, by which a second survey of the same people can be set beside this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossedGroup:
    """Everybody who gave one answer to the first question, and what they answered to the second."""

    words: str
    """The answer; '' for those who gave none."""
    size: int
    counts: tuple[tuple[str, int | None], ...]
    """None where a number is not told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossed:
    """Two questions side by side."""

    by: str
    of: str
    groups: tuple[CrossedGroup, ...]

    @property
    def is_whole(self) -> bool:
        """No number is left out."""
        return all(count is not None for group in self.groups for _words, count in group.counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedQuestion:
    """What the same people answered to one question before and after."""

    label: str
    counts: tuple[tuple[str, int, int], ...]
    """The words of each choice, how many gave it before, and how many after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Two surveys of the same people. What one person changed is not told."""

    people: int
    questions: tuple[ComparedQuestion, ...]


def results(ws: Workspace) -> tuple[SurveyResult, ...]:
    """Return every survey of which enough sheets came home.

    Raises:
        NotYours: Only the team sees what was answered.
    """
    team_of(ws)
    found = (_result(ws, line) for line in surveys_asked(ws))
    return tuple(each for each in found if each is not None)


def sheets_by_round(ws: Workspace) -> Mapping[RoundId, Mapping[ResponseId, int]]:
    """Return the rounds that are surveys, with how many sheets came of each school; of too few, none is told.

    Raises:
        NotYours: Only the team sees what came.
    """
    team_of(ws)
    opened = (held.event for held in ws.standing(RoundOpened, space=ws.space))
    found: dict[RoundId, dict[ResponseId, int]] = {
        each.round_id: {} for each in opened if asks_no_names(ws, each.package)
    }
    if not found:
        return found
    came = Counter(held.space for held in ws.standing(SurveyAnswered))
    for assigned in (held.event for held in ws.standing(ResponseAssigned)):
        if assigned.round_id in found:
            sheets = came[anonymous_space(assigned.response_id)]
            found[assigned.round_id][assigned.response_id] = sheets if sheets >= anonymous.FEWEST else 0
    return found


def crossed(ws: Workspace, response_id: ResponseId, by: str, of: str) -> Crossed:
    """Return the answers to one question by those to another; numbers that would tell of a few people are left out.

    Raises:
        NotYours: There are no such questions with choices, or this is not the team's workspace.
    """
    asked = {each.id: each for each in questions_of(ws, response_id) if each.kind is Kind.ONE}
    if by not in asked or of not in asked or by == of:
        raise NotYours
    one, other = (
        crossing.Asked(question=name, offered=tuple(value for value, _ in asked[name].choices)) for name in (by, of)
    )
    groups, columns = dict(asked[by].choices), dict(asked[of].choices)
    return Crossed(
        by=asked[by].label,
        of=asked[of].label,
        groups=tuple(
            CrossedGroup(
                words=groups.get(each.answer, each.answer),
                size=each.size,
                counts=tuple((columns.get(value, value), count) for value, count in each.counts),
            )
            for each in crossing.crossed(surveys.submissions(ws, response_id), one, other)
        ),
    )


def before_and_after(ws: Workspace, before: ResponseId, after: ResponseId) -> Compared | None:
    """Return what the same people answered before and after, found by the code each made up; None for too few.

    Each person's own change is not told: only how often each answer was given, then and now.
    """
    asked_before = {each.id for each in questions_of(ws, before)}
    asked = [each for each in questions_of(ws, after) if each.kind is Kind.ONE and each.id in asked_before]
    if not _may_stand_beside(ws, before, after):
        return None
    pairs = anonymous.paired(surveys.submissions(ws, before), surveys.submissions(ws, after), CODE)
    first, second = [one for one, _ in pairs], [two for _, two in pairs]
    compared = tuple(_compared(first, second, each) for each in asked)
    return Compared(people=len(pairs), questions=compared) if pairs else None


def _may_stand_beside(ws: Workspace, one: ResponseId, other: ResponseId) -> bool:
    """Look at all surveys of the same school or agency: comparing each with each might tell of a few people."""
    asked = [held.event for held in ws.standing(ResponseAssigned) if asks_no_names(ws, held.event.package)]
    whose = {each.organisation_id for each in asked if each.response_id in {one, other}}
    theirs = sorted(
        (each for each in asked if each.organisation_id in whose), key=lambda each: (each.due, each.response_id)
    )
    order = [each.response_id for each in theirs]
    allowed = anonymous.pairings([surveys.submissions(ws, each) for each in order], CODE)
    first, second = sorted((order.index(one), order.index(other)))
    return (first, second) in allowed


def _compared(before: list[anonymous.Sheet], after: list[anonymous.Sheet], asked: Asked) -> ComparedQuestion:
    then, now = ([sheet.get(asked.id, "") for sheet in sheets] for sheets in (before, after))
    counts = tuple((words, then.count(value), now.count(value)) for value, words in asked.choices)
    return ComparedQuestion(label=asked.label, counts=counts)


def _result(ws: Workspace, line: SurveyLine) -> SurveyResult | None:
    sheets = surveys.submissions(ws, line.response_id)
    if len(sheets) < surveys.FEWEST:
        return None
    asked = [each for each in questions_of(ws, line.response_id) if each.kind is not Kind.NOTE]
    return SurveyResult(
        line=line,
        sheets=len(sheets),
        questions=tuple(_question(sheets, each) for each in asked if each.id != CODE),
        has_code=any(each.id == CODE for each in asked),
    )


def _question(sheets: tuple[anonymous.Sheet, ...], asked: Asked) -> QuestionResult:
    offered = [value for value, _ in asked.choices]
    counted = anonymous.tally(sheets, asked.id, offered, many=asked.kind is Kind.MANY)
    written = anonymous.words(sheets, asked.id)
    labels = dict(asked.choices)
    return QuestionResult(
        id=asked.id,
        label=asked.label,
        answered=counted.answered if counted is not None else 0,
        counts=tuple((labels[value], count) for value, count in counted.counts) if counted is not None else (),
        lines=written.lines if written is not None and not asked.choices else (),
        is_one_choice=asked.kind is Kind.ONE,
    )
