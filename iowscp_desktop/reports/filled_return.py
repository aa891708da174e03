"""The filled return on paper: what was asked, what was said, who signed. What did not apply is counted, not shown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from iowscp_desktop.reports.document import (
    Align,
    Answer,
    Block,
    Callout,
    Cell,
    Column,
    Contents,
    Document,
    Facts,
    Figure,
    GradeBar,
    GradeLine,
    Heading,
    Mark,
    PageBreak,
    Paragraph,
    Rule,
    Symbol,
    Table,
    Tone,
    Voice,
)
from iowscp_desktop.text.reports_words import ReturnWords as Words
from iowscp_desktop.text.reports_words import day, moment, size

UNANSWERED = Mark(label=Words.not_answered, symbol=Symbol.DASHED, tone=Tone.GREY)
_SECTIONS_WORTH_CONTENTS = 4
_SECTIONS_FILLING_A_PAGE = 9  # with more, the contents and the table of grades do not fit on one page


class Standing(StrEnum):
    """How far a return has come."""

    DRAFT = "draft"
    READY = "ready"
    SIGNED = "signed"
    CHANGED = "changed"  # after signing


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Somebody who signs, or has signed. With no `at`, the signature is still missing."""

    role: str
    name: str = field(default="", repr=False)
    at: datetime | None = None
    own_device: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One of several different answers to one question."""

    who: str = field(repr=False)
    at: datetime
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A question that people answered differently, and nobody has settled yet."""

    label: str
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One text of an item: how do you know, what difference does it make, why does it not apply."""

    label: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """What will be done about a gap."""

    text: str = field(repr=False)
    owner: str = field(default="", repr=False)
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFile:
    """An attached file: its name, size in bytes and the start of its SHA-256."""

    name: str = field(repr=False)
    size: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GradedItem:
    """One audited item. `scale` is the id of the scale that its grade belongs to; no `mark`: not answered."""

    number: str
    title: str
    question: str
    scale: str
    mark: Mark | None
    parts: tuple[Part, ...] = ()
    next_step: NextStep | None = None
    files: tuple[EvidenceFile, ...] = ()
    clashes: tuple[Clash, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainAnswer:
    """A question without a grade. An empty text means that it was not answered."""

    label: str
    text: str = field(repr=False)
    clashes: tuple[Clash, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Subheading:
    """Starts a group within a section, such as one of several repeated parts."""

    title: str


Entry = GradedItem | PlainAnswer | Subheading


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section with the entries that applied; `not_asked` counts the questions that did not."""

    number: str
    title: str
    entries: tuple[Entry, ...]
    not_asked: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """The grades that items of one kind may have, in the order in which they are counted."""

    id: str
    name: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnReport:
    """All that the filled return says. `digest` is short and identifies the version; times are in the reader's zone."""

    partnership: str
    organisation: str = field(repr=False)
    round: str
    tool: str
    edition: str
    starter_notice: str
    due: date | None
    revision: int
    digest: str
    standing: Standing
    signers: tuple[Signer, ...]
    scales: tuple[Scale, ...]
    sections: tuple[Section, ...]


def filled_return(report: ReturnReport) -> Document:
    """Return the report of one version of one return."""
    version = Words.version_of(report.revision, report.digest)
    blocks = [
        Paragraph(text=report.partnership, voice=Voice.LEAD),
        Heading(level=1, words=report.organisation),
        Paragraph(text=Words.edition(report.tool, report.edition), voice=Voice.LEAD),
        *_notices(report),
        _front(report, version),
        *_signatures(report.signers),
        *_contents(report.sections),
        *_glance(report),
    ]
    for section in report.sections:
        blocks += _section(section)
    if any(item.files for item in _items(report.sections)):
        blocks += [Rule(), Paragraph(text=Words.check_note, voice=Voice.SMALL)]
    return Document(
        title=f"{report.organisation}: {report.tool}",
        subject=f"{report.round}. {version}. {_standing(report.standing)}.",
        header=Words.running(report.organisation, report.tool, _standing(report.standing)),
        footer=version,
        blocks=tuple(blocks),
    )


def _contents(sections: Sequence[Section]) -> list[Block]:
    long = len(sections) >= _SECTIONS_WORTH_CONTENTS
    if not long:
        return []
    own_page = [PageBreak()] if len(sections) > _SECTIONS_FILLING_A_PAGE else []
    return [PageBreak(), Contents(title=Words.contents), *own_page]


def _standing(standing: Standing) -> str:
    match standing:
        case Standing.DRAFT:
            return Words.draft
        case Standing.READY:
            return Words.ready
        case Standing.SIGNED:
            return Words.signed
        case Standing.CHANGED:
            return Words.changed_title


def _notices(report: ReturnReport) -> list[Block]:
    notices: list[Block] = []
    match report.standing:
        case Standing.DRAFT:
            notices.append(_notice(Words.draft_title, Words.draft_body, Tone.AMBER))
        case Standing.READY:
            notices.append(_notice(Words.ready_title, Words.ready_body, Tone.AMBER))
        case Standing.CHANGED:
            notices.append(_notice(Words.changed_title, Words.changed_body, Tone.AMBER))
        case Standing.SIGNED:
            pass
    clashes = sum(len(entry.clashes) for entry in _answers(report.sections))
    if clashes:
        notices.append(_notice(Words.conflicts(clashes), Words.conflicts_body, Tone.AMBER))
    if report.starter_notice:
        notices.append(_notice(Words.starter_title, report.starter_notice, Tone.BLUE))
    return notices


def _notice(title: str, body: str, tone: Tone) -> Callout:
    return Callout(title=title, text=(Paragraph(text=body),), tone=tone)


def _front(report: ReturnReport, version: str) -> Facts:
    due = ((Words.due, day(report.due)),) if report.due else ()
    rows = (
        (Words.round, report.round),
        *due,
        (Words.standing, _standing(report.standing)),
        (Words.version, version),
    )
    return Facts(rows=rows)


def _signatures(signers: Sequence[Signer]) -> list[Block]:
    if not signers:
        return []
    columns = (
        Column(heading=Words.role, share=1.9),
        Column(heading=Words.name, share=1.6),
        Column(heading=Words.when, share=2.1),
        Column(heading=Words.how, share=2.2),
    )
    rows = tuple(_signature(signer) for signer in signers)
    return [Heading(level=2, words=Words.signatures), Table(columns=columns, rows=rows)]


def _signature(signer: Signer) -> tuple[str, str, str, str]:
    if signer.at is None:
        return signer.role, signer.name, Words.not_signed, ""
    how = Words.own_device if signer.own_device else Words.this_device
    return signer.role, signer.name, moment(signer.at), how


def _glance(report: ReturnReport) -> list[Block]:
    blocks: list[Block] = []
    for scale in report.scales:
        items = [item for item in _items(report.sections) if item.scale == scale.id]
        if not items:
            continue
        marks = (*scale.marks, UNANSWERED)
        counts = _tally(items, marks)
        words = ", ".join(Words.count(count, mark.label) for mark, count in zip(marks, counts, strict=True) if count)
        blocks += [
            Figure(
                alt=Words.bar(words),
                drawing=GradeBar(parts=tuple(zip(marks, counts, strict=True))),
            ),
            _progress(report.sections, scale, marks),
        ]
        if len(report.scales) > 1:
            blocks.insert(-2, Paragraph(text=scale.name, voice=Voice.QUIET))
    return [Heading(level=2, words=Words.at_a_glance), *blocks] if blocks else []


def _progress(sections: Sequence[Section], scale: Scale, marks: Sequence[Mark]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    everything: list[GradedItem] = []
    for section in sections:
        items = [item for item in _items((section,)) if item.scale == scale.id]
        if items:
            everything += items
            name = f"{section.number} {section.title}".strip()
            rows.append((name, *(str(count) for count in _tally(items, marks))))
    rows.append((Words.total, *(str(count) for count in _tally(everything, marks))))
    heads = (Column(heading=mark, align=Align.RIGHT) for mark in marks)
    return Table(columns=(Column(heading=Words.section, share=2.6), *heads), rows=tuple(rows), total=True)


def _tally(items: Sequence[GradedItem], marks: Sequence[Mark]) -> list[int]:
    """Count the items of each grade. A grade that is not on the scale would be lost: that is a bug, so it is told."""
    strange = [item.number for item in items if item.mark is not None and item.mark not in marks]
    if strange:
        raise ValueError(f"grades that are not on their scale: {', '.join(strange)}")
    return [sum((item.mark or UNANSWERED) == mark for item in items) for mark in marks]


def _section(section: Section) -> list[Block]:
    blocks: list[Block] = [Heading(level=2, words=section.title, number=section.number)]
    facts: list[tuple[str, Cell]] = []
    for entry in section.entries:
        if isinstance(entry, PlainAnswer):
            facts.append((entry.label, entry.text if entry.text.strip() else UNANSWERED))
            if not entry.clashes:
                continue
        if facts:
            blocks.append(Facts(rows=tuple(facts)))
            facts = []
        blocks += _entry(entry)
    if facts:
        blocks.append(Facts(rows=tuple(facts)))
    if section.not_asked:
        blocks.append(Paragraph(text=Words.not_asked(section.not_asked), voice=Voice.SMALL))
    return blocks


def _entry(entry: Entry) -> list[Block]:
    match entry:
        case GradedItem():
            return _item(entry)
        case PlainAnswer(clashes=clashes):
            return [_clash(clash, indented=False) for clash in clashes]
        case Subheading(title=title):
            return [Heading(level=3, words=title)]


def _item(item: GradedItem) -> list[Block]:
    blocks: list[Block] = [
        Heading(level=3, words=item.title, number=item.number),
        Paragraph(text=item.question, voice=Voice.QUIET, indented=True),
        GradeLine(mark=item.mark or UNANSWERED),
        *(Answer(label=part.label, text=part.text, nothing=Words.nothing) for part in item.parts),
    ]
    if item.next_step is not None:
        blocks.append(_next_step(item.next_step))
    if item.files:
        blocks.append(_files(item.files))
    blocks += [_clash(clash, indented=True) for clash in item.clashes]
    return blocks


def _next_step(step: NextStep) -> Facts:
    rows: tuple[tuple[str, Cell], ...] = (
        (Words.next_step, step.text or Words.nothing),
        (Words.owner, step.owner or Words.not_answered),
        (Words.by, day(step.due) if step.due else Words.not_answered),
    )
    return Facts(rows=rows, indented=True)


def _files(files: Sequence[EvidenceFile]) -> Table:
    columns = (
        Column(heading=Words.file, share=4),
        Column(heading=Words.file_size, align=Align.RIGHT),
        Column(heading=Words.file_check, share=1.6),
    )
    rows = tuple((file.name, size(file.size), file.digest) for file in files)
    return Table(columns=columns, rows=rows, indented=True)


def _clash(clash: Clash, *, indented: bool) -> Callout:
    versions = tuple(
        Answer(label=Words.told_by(one.who, one.at), text=one.text, nothing=Words.nothing, indented=False)
        for one in clash.versions
    )
    title = Words.conflict(len(clash.versions), clash.label)
    return Callout(title=title, text=versions, tone=Tone.AMBER, indented=indented)


def _items(sections: Sequence[Section]) -> Iterator[GradedItem]:
    for entry in _answers(sections):
        if isinstance(entry, GradedItem):
            yield entry


def _answers(sections: Sequence[Section]) -> Iterator[GradedItem | PlainAnswer]:
    for section in sections:
        for entry in section.entries:
            if not isinstance(entry, Subheading):
                yield entry
