"""Prints what came of a survey as it is on the screen: the counts, and what was set side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from iowscp_desktop.app.audit_log import AuditDeed, record
from iowscp_desktop.app.rounds import team_of
from iowscp_desktop.app.survey_results import Compared, Crossed, SurveyResult
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.reports import survey_results as paper
from iowscp_desktop.reports.render import save_pdf


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What is printed of one survey."""

    result: SurveyResult
    crossed: Crossed | None = None
    compared: Compared | None = None
    earlier: str = ""
    """What the survey is called that it is compared with."""


def write_results(ws: Workspace, page: Page, path: Path) -> Path:
    """Write the results as a PDF; nothing that anybody wrote in their own words is in it.

    Raises:
        NotYours: Only the team sees what was answered.
        ReportError: It cannot be written there.
    """
    team_of(ws)
    save_pdf(paper.survey_results(report_of(page)), path, at=ws.world.clock())
    record(ws, AuditDeed.EXPORTED, report="survey", response=page.result.line.response_id)
    return path


def report_of(page: Page) -> paper.SurveyReport:
    """Return what the pages say."""
    line = page.result.line
    return paper.SurveyReport(
        partnership=line.partnership,
        organisation=line.organisation,
        title=line.title,
        round=line.round_title,
        people=page.result.sheets,
        questions=tuple(
            paper.Counted(label=each.label, answered=each.answered, counts=each.counts)
            for each in page.result.questions
        ),
        crossed=None if page.crossed is None else _crossed(page.crossed),
        compared=None if page.compared is None else _compared(page.compared, page.earlier, line.round_title),
    )


def _crossed(crossed: Crossed) -> paper.Crossed:
    return paper.Crossed(
        by=crossed.by,
        of=crossed.of,
        columns=_columns(crossed.groups[0].counts if crossed.groups else ()),
        rows=tuple((each.words, each.size, tuple(count for _, count in each.counts)) for each in crossed.groups),
    )


def _columns(counts: Sequence[tuple[str, int | None]]) -> tuple[str, ...]:
    return tuple(words for words, _count in counts)


def _compared(compared: Compared, before: str, after: str) -> paper.Compared:
    return paper.Compared(
        before=before,
        after=after,
        people=compared.people,
        questions=tuple((each.label, each.counts) for each in compared.questions),
    )
