"""The letter that takes a panel's findings back to an organisation: kind, plain, one or two pages."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from iowscp_desktop.reports.document import (
    Align,
    Block,
    Bullets,
    Cell,
    Column,
    Document,
    Facts,
    Heading,
    Mark,
    Paragraph,
    Space,
    Strong,
    Table,
    Text,
    Voice,
)
from iowscp_desktop.text.reports_words import LetterWords as Words
from iowscp_desktop.text.reports_words import day

_ROOM_TO_SIGN = 14.0  # millimetres


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeCount:
    """How often one grade was given: by the organisation itself, and as agreed by the panel."""

    mark: Mark
    self_count: int
    agreed_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """An item for which the panel agreed another grade than the organisation gave itself."""

    number: str
    title: str
    self_mark: Mark
    agreed_mark: Mark
    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something that is to be done; with no `due`, no day has been agreed."""

    what: str = field(repr=False)
    who: str = field(default="", repr=False)
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackLetter:
    """All that the letter says. People are named by their role. `same` of `graded` items kept their grade."""

    partnership: str
    addressee: str
    organisation: str = field(repr=False)
    date: date
    round: str
    tool: str
    counts: tuple[GradeCount, ...]
    graded: int
    same: int
    strengths: tuple[str, ...] = field(repr=False)
    differences: tuple[Difference, ...]
    steps: tuple[Step, ...]
    signatory: str
    receipt: str = ""


def feedback_letter(letter: FeedbackLetter) -> Document:
    """Return the feedback letter."""
    blocks: list[Block] = [
        Paragraph(text=letter.partnership, voice=Voice.LEAD),
        Heading(level=1, words=Words.subject),
        _address(letter),
        Paragraph(text=Words.greeting(letter.addressee)),
        Paragraph(text=Words.thanks(letter.tool, letter.round)),
        Paragraph(text=Words.summary(letter.same, letter.graded)),
        *_strengths(letter.strengths),
        *_grades(letter.counts),
        *_differences(letter),
        *_steps(letter.steps),
        Paragraph(text=Words.questions),
        Space(millimetres=2),
        Paragraph(text=Words.closing),
        Space(millimetres=_ROOM_TO_SIGN),
        Paragraph(text=_signature(letter)),
    ]
    return Document(
        title=f"{Words.subject}, {letter.organisation}",
        subject=letter.round,
        header=Words.running(letter.partnership, letter.organisation),
        footer=Words.foot(letter.receipt),
        blocks=tuple(blocks),
    )


def _signature(letter: FeedbackLetter) -> Text:
    return (Strong(letter.signatory), "\n", letter.partnership)


def _address(letter: FeedbackLetter) -> Facts:
    receipt = ((Words.your_reference, letter.receipt),) if letter.receipt else ()
    rows: tuple[tuple[str, Cell], ...] = (
        (Words.to, f"{letter.addressee}, {letter.organisation}"),
        (Words.date, day(letter.date)),
        (Words.round, letter.round),
        *receipt,
    )
    return Facts(rows=rows)


def _strengths(strengths: Sequence[str]) -> list[Block]:
    return [Heading(level=2, words=Words.strengths), Bullets(items=tuple(strengths))] if strengths else []


def _grades(counts: Sequence[GradeCount]) -> list[Block]:
    if not counts:
        return []
    columns = (
        Column(heading=Words.grade, share=3),
        Column(heading=Words.you, align=Align.RIGHT),
        Column(heading=Words.we, align=Align.RIGHT),
    )
    rows = tuple((count.mark, str(count.self_count), str(count.agreed_count)) for count in counts)
    return [Heading(level=2, words=Words.grades), Table(columns=columns, rows=rows)]


def _differences(letter: FeedbackLetter) -> list[Block]:
    blocks: list[Block] = [Heading(level=2, words=Words.differences)]
    if not letter.differences:
        return [] if letter.same < letter.graded else [*blocks, Paragraph(text=Words.same)]
    columns = (
        Column(heading=Words.item, share=2.6),
        Column(heading=Words.you, share=1.6),
        Column(heading=Words.we, share=1.6),
        Column(heading=Words.why, share=3.6),
    )
    rows = tuple(
        (f"{one.number} {one.title}".strip(), one.self_mark, one.agreed_mark, one.reason or Words.no_reason)
        for one in letter.differences
    )
    return [*blocks, Paragraph(text=Words.differences_lead), Table(columns=columns, rows=rows)]


def _steps(steps: Sequence[Step]) -> list[Block]:
    heading = Heading(level=2, words=Words.steps)
    if not steps:
        return [heading, Paragraph(text=Words.no_steps)]
    columns = (
        Column(heading=Words.what, share=4),
        Column(heading=Words.who, share=2),
        Column(heading=Words.when, share=1.7),
    )
    rows = tuple((step.what, step.who, day(step.due) if step.due else Words.no_day) for step in steps)
    return [heading, Table(columns=columns, rows=rows, row_heads=False)]
