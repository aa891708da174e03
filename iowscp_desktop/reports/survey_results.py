"""What came of a survey, on paper for a board: counts, and nothing that anybody wrote in their own words."""

from dataclasses import dataclass, field

from iowscp_desktop.reports.document import Align, Block, Column, Document, Facts, Heading, Paragraph, Table, Voice
from iowscp_desktop.text.survey_paper import SurveyPaper as Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One question: how often each answer was given; no answers where people wrote in their own words."""

    label: str
    answered: int
    counts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossed:
    """Two questions side by side: a line for each answer to `by`, a number for each answer to `of`."""

    by: str
    of: str
    columns: tuple[str, ...]
    """The answers to `of`; '' for none."""
    rows: tuple[tuple[str, int, tuple[int | None, ...]], ...]
    """The answer to `by`, how many gave it, and the numbers; None where one is not told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What the same people answered before and after."""

    before: str
    after: str
    people: int
    questions: tuple[tuple[str, tuple[tuple[str, int, int], ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyReport:
    """All that the pages say."""

    partnership: str
    organisation: str = field(repr=False)
    title: str
    round: str
    people: int
    questions: tuple[Counted, ...]
    crossed: Crossed | None = None
    compared: Compared | None = None


def survey_results(report: SurveyReport) -> Document:
    """Return the pages."""
    blocks: list[Block] = [
        Paragraph(text=report.partnership, voice=Voice.LEAD),
        Heading(level=1, words=Words.title),
        Facts(
            rows=(
                (Words.organisation, report.organisation),
                (Words.survey, report.title),
                (Words.round, report.round),
                (Words.people, str(report.people)),
            )
        ),
        Paragraph(text=Words.how, voice=Voice.QUIET),
    ]
    for question in report.questions:
        blocks += _counted(question)
    if report.crossed is not None:
        blocks += _crossed(report.crossed)
    if report.compared is not None:
        blocks += _compared(report.compared)
    return Document(
        title=f"{Words.title}, {report.title}",
        subject=report.round,
        header=Words.running(report.partnership, report.organisation),
        footer=report.title,
        blocks=tuple(blocks),
    )


def _counted(question: Counted) -> list[Block]:
    heading = Heading(level=2, words=question.label)
    if not question.counts:
        return [heading, Paragraph(text=Words.in_own_words(question.answered))]
    columns = (
        Column(heading=Words.answer, share=4),
        Column(heading=Words.count, align=Align.RIGHT),
        Column(heading=Words.share, align=Align.RIGHT),
    )
    rows = tuple((words, str(count), Words.percent(count, question.answered)) for words, count in question.counts)
    whole = (Words.all_who_answered, str(question.answered), "")
    return [heading, Table(columns=columns, rows=(*rows, whole), total=True)]


def _crossed(crossed: Crossed) -> list[Block]:
    columns = (
        Column(heading=Words.answer, share=2.4),
        Column(heading=Words.everybody, align=Align.RIGHT),
        *(Column(heading=each or Words.no_answer, align=Align.RIGHT) for each in crossed.columns),
    )
    rows = tuple(
        (answer or Words.no_answer, str(size), *(Words.not_told if each is None else str(each) for each in counts))
        for answer, size, counts in crossed.rows
    )
    return [
        Heading(level=2, words=Words.side_by_side),
        Paragraph(text=Words.crossed(crossed.of, crossed.by)),
        Table(columns=columns, rows=rows),
    ]


def _compared(compared: Compared) -> list[Block]:
    columns = (
        Column(heading=Words.answer, share=3),
        *(Column(heading=each, align=Align.RIGHT) for each in (Words.before, Words.after, Words.change)),
    )
    blocks: list[Block] = [
        Heading(level=2, words=Words.before_after),
        Paragraph(text=Words.pairs(compared.people, compared.before, compared.after)),
    ]
    for label, counts in compared.questions:
        rows = tuple((words, str(then), str(now), Words.change_of(then, now)) for words, then, now in counts)
        blocks += [Heading(level=3, words=label), Table(columns=columns, rows=rows)]
    return blocks
