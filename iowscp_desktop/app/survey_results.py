"""What came of a survey, for the team: counts by question, words without a neighbour, and nothing of too few people."""

from dataclasses import dataclass, field

from iowscp_desktop.app import surveys
from iowscp_desktop.app.rounds import team_of
from iowscp_desktop.app.survey_sheets import Asked, SurveyLine, questions_of, surveys_asked
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain import anonymous, crossing
from iowscp_desktop.domain.anonymous import Tally
from iowscp_desktop.domain.crossing import Group
from iowscp_desktop.domain.ids import ResponseId
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


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyResult:
    """One organisation's survey."""

    line: SurveyLine
    sheets: int
    questions: tuple[QuestionResult, ...]


def results(ws: Workspace) -> tuple[SurveyResult, ...]:
    """Return every survey of which enough sheets came home.

    Raises:
        NotYours: Only the team sees what was answered.
    """
    team_of(ws)
    found = (_result(ws, line) for line in surveys_asked(ws))
    return tuple(each for each in found if each is not None)


def crossed(ws: Workspace, response_id: ResponseId, by: str, of: str) -> tuple[Group, ...]:
    """Return the answers to one question by those to another; numbers that would tell of a few people are left out.

    Raises:
        NotYours: There are no such questions with choices, or this is not the team's workspace.
    """
    asked = {each.id: each for each in questions_of(ws, response_id) if each.kind is Kind.ONE}
    if by not in asked or of not in asked:
        raise NotYours
    one, other = (
        crossing.Asked(question=name, offered=tuple(value for value, _ in asked[name].choices)) for name in (by, of)
    )
    return crossing.crossed(surveys.submissions(ws, response_id), one, other)


def before_and_after(
    ws: Workspace, before: ResponseId, after: ResponseId, *, code: str, question: str
) -> tuple[Tally, Tally] | None:
    """Return what the same people answered before and after, found by the code each made up; None for too few.

    Each person's own change is not told: only how often each answer was given, then and now.
    """
    asked = {each.id: each for each in questions_of(ws, after)}
    pairs = anonymous.paired(surveys.submissions(ws, before), surveys.submissions(ws, after), code)
    offered = [value for value, _ in asked[question].choices] if question in asked else []
    first = anonymous.tally([one for one, _ in pairs], question, offered)
    second = anonymous.tally([two for _, two in pairs], question, offered)
    return (first, second) if first is not None and second is not None else None


def _result(ws: Workspace, line: SurveyLine) -> SurveyResult | None:
    sheets = surveys.submissions(ws, line.response_id)
    if len(sheets) < surveys.FEWEST:
        return None
    asked = (each for each in questions_of(ws, line.response_id) if each.kind is not Kind.NOTE)
    return SurveyResult(line=line, sheets=len(sheets), questions=tuple(_question(sheets, each) for each in asked))


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
    )
