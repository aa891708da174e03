"""Sheets of paper: the recovery key, the words of the spare key, and the record of what happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from iowscp_desktop.reports.document import (
    Block,
    Bullets,
    Callout,
    Column,
    Document,
    Facts,
    Heading,
    Paragraph,
    Strong,
    Table,
    Tone,
    Voice,
)
from iowscp_desktop.text.key_sheets import AuditLog as Log
from iowscp_desktop.text.key_sheets import KeySheets as Words
from iowscp_desktop.text.reports_words import day

_GROUPS_A_ROW = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoverySheet:
    """What a recovery sheet says."""

    number: str
    groups: Sequence[str] = field(repr=False)
    workspace: str = field(repr=False)
    """Whose workspace it opens."""
    made: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SpareKeySheet:
    """What the sheet for a spare key's words says."""

    number: str
    words: str = field(repr=False)
    partnership: str
    made: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One line of what happened in a workspace."""

    when: str
    deed: str
    ids: Mapping[str, str]
    who: str = field(repr=False)
    is_stranger: bool


def recovery_sheet(sheet: RecoverySheet) -> Document:
    """Return the recovery sheet: one page to print or to copy by hand."""
    rows = [
        (name, (Strong("   ".join(sheet.groups[at * _GROUPS_A_ROW : (at + 1) * _GROUPS_A_ROW])),))
        for at, name in enumerate(Words.groups)
    ]
    blocks: tuple[Block, ...] = (
        Heading(level=1, words=Words.recovery),
        Paragraph(text=Words.recovery_lead, voice=Voice.LEAD),
        Facts(rows=((Words.workspace, sheet.workspace), (Words.sheet, sheet.number), (Words.made, day(sheet.made)))),
        Heading(level=3, words=Words.key),
        Facts(rows=tuple(rows)),
        Callout(title=Words.keep, text=(Bullets(items=Words.keep_points),), tone=Tone.AMBER),
        Heading(level=3, words=Words.use),
        Bullets(items=Words.use_points),
    )
    return Document(title=f"{Words.recovery} {sheet.number}", blocks=blocks)


def spare_key_sheet(sheet: SpareKeySheet) -> Document:
    """Return the sheet with the words that open the file of the spare key."""
    blocks: tuple[Block, ...] = (
        Heading(level=1, words=Words.spare),
        Paragraph(text=Words.spare_lead, voice=Voice.LEAD),
        Facts(
            rows=(
                (Words.workspace, sheet.partnership),
                (Words.spare_number, sheet.number),
                (Words.made, day(sheet.made)),
                (Words.spare_words, (Strong(sheet.words),)),
            )
        ),
        Callout(title=Words.spare_keep, text=(Bullets(items=Words.spare_points),), tone=Tone.AMBER),
    )
    return Document(title=f"{Words.spare} {sheet.number}", blocks=blocks)


def happenings(lines: Sequence[Happening], *, workspace: str, holds: bool) -> Document:
    """Return the record of what happened, with whether its chain holds."""
    columns = (Column(heading=Log.when, share=2), Column(heading=Log.what, share=5), Column(heading=Log.who, share=2))
    blocks: tuple[Block, ...] = (
        Heading(level=1, words=Log.title),
        Paragraph(text=workspace, voice=Voice.LEAD),
        Callout(title=Log.holds if holds else Log.broken, tone=Tone.GREEN if holds else Tone.RED),
        Paragraph(text=Log.count(len(lines)), voice=Voice.QUIET),
        Table(columns=columns, rows=tuple(_cells(line) for line in lines)),
    )
    return Document(title=Log.title, blocks=blocks, header=workspace)


def _cells(line: Happening) -> tuple[str, str, str]:
    return line.when, Log.deed(line.deed, line.ids), Log.unknown_person if line.is_stranger else line.who
