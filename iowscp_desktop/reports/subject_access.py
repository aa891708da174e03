"""What a workspace holds about one person, as a paper for that person: each place, the words, and what was left out."""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from iowscp_desktop.reports.document import (
    Answer,
    Block,
    Bullets,
    Callout,
    Cell,
    Contents,
    Document,
    Facts,
    Heading,
    Paragraph,
    Rule,
)
from iowscp_desktop.text.records import SubjectAccessWords as Words
from iowscp_desktop.text.records import kind
from iowscp_desktop.text.reports_words import moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One place where the person is mentioned."""

    what: str = field(repr=False)
    question: str
    kind: str
    stands: bool
    words: str = field(repr=False)
    at: datetime
    role: str = field(repr=False)
    file: str = field(repr=False)
    """Under which name the file lies beside this paper; '' where none does."""
    is_shortened: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectAccess:
    """All that the paper says."""

    ways: tuple[str, ...] = field(repr=False)
    made: datetime
    findings: tuple[Finding, ...]


def subject_access(report: SubjectAccess) -> Document:
    """Return the paper."""
    blocks: list[Block] = [
        Heading(level=1, words=Words.title),
        Facts(
            rows=(
                (Words.looked_for, "; ".join(report.ways)),
                (Words.made, moment(report.made)),
                (Words.found, Words.places(len(report.findings))),
            )
        ),
        Paragraph(text=Words.lead),
        Callout(title=Words.limits, text=(Bullets(items=Words.limits_items),)),
        *([Contents(title=Words.contents)] if report.findings else []),
    ]
    for what, group in groupby(report.findings, key=lambda finding: finding.what):
        blocks.append(Heading(level=2, words=what or Words.team_records))
        for finding in group:
            blocks += [*_finding(finding), Rule()]
    return Document(
        title=Words.title,
        header=Words.title,
        footer=Words.foot,
        blocks=tuple(blocks),
    )


def _finding(finding: Finding) -> list[Block]:
    rows: list[tuple[str, Cell]] = [
        (Words.where, kind(finding.kind)),
        (Words.when, moment(finding.at)),
        (Words.state, Words.stands if finding.stands else Words.earlier),
    ]
    if finding.role:
        rows.append((Words.by, finding.role))
    if finding.file:
        rows.append((Words.file, finding.file))
    nothing = Words.all_struck if finding.is_shortened else ""
    return [
        Heading(level=3, words=finding.question or kind(finding.kind)),
        Facts(rows=tuple(rows)),
        Answer(label=Words.words, text=finding.words, nothing=nothing, indented=False),
        *([Paragraph(text=Words.shortened)] if finding.is_shortened else []),
    ]
