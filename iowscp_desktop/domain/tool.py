"""An audit tool: its sections, numbered questions and scales, who answers and who signs. Variety is data, not code.

`read_tool` → `ToolPackage` → `compile_tool` → `Tool` (what people see) and `CompiledForm` (what the engine runs).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Final

from iowscp_desktop.domain.scale import Scale
from iowscp_desktop.domain.tool_expansion import (
    SHORT_COLUMN,
    criterion_scale,
    default_column,
    expand,
    item_parts,
    part_name,
    part_names,
    with_line_ends,
)
from iowscp_desktop.domain.tool_package import ToolPackage, files_in, open_package, read_tool
from iowscp_desktop.domain.tool_settings import (
    ACTION_PARTS,
    Cadence,
    GuidanceEdition,
    Lineage,
    Part,
    ReturnRules,
    Signer,
    ToolSettings,
)
from iowscp_desktop.errors import ToolRowWrong, ToolSettingWrong
from iowscp_desktop.forms import CompiledForm, Row, Workbook, compile_workbook

__all__ = [
    "ACTION_PARTS",
    "Cadence",
    "CompiledForm",
    "GuidanceEdition",
    "Item",
    "Lineage",
    "Part",
    "Question",
    "ReturnRules",
    "Section",
    "Signer",
    "Tool",
    "ToolPackage",
    "ToolSettings",
    "compile_tool",
    "expand",
    "files_in",
    "open_package",
    "read_tool",
]

_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SILENT_TYPES: Final = frozenset(
    {"note", "calculate", "hidden", "start", "end", "today", "deviceid", "username", "phonenumber", "audit"}
    | {"simserial", "subscriberid", "xml-external", "csv-external"}
)
_BEGIN: Final = re.compile(r"begin[ _](group|repeat)")
_END: Final = re.compile(r"end[ _](group|repeat)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One audited item: a question graded on a scale, with its parts."""

    id: str
    number: str
    title: str
    question: str
    hint: str
    guidance: str
    section: str
    scale: str
    required: bool
    parts: tuple[Part, ...]

    def part_name(self, part: Part) -> str | None:
        """The name of the question for one part; None when the item has no such part. For files: of the repeat."""
        return part_name(self.id, part) if part in self.parts else None

    @property
    def group_name(self) -> str:
        """The name of the group around the item, which carries its question and its relevance."""
        return f"{self.id}_item"

    @property
    def file_name(self) -> str | None:
        """The name of the upload inside the files repeat; None when the item takes no files."""
        return f"{self.id}_file" if Part.FILES in self.parts else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One plain question that people answer and no one grades."""

    id: str
    number: str
    title: str
    question: str
    section: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One top-level group of the form. Sections with graded items are numbered, the others lettered."""

    id: str
    number: str
    title: str
    items: tuple[Item, ...]
    questions: tuple[Question, ...]

    @property
    def entries(self) -> tuple[Item | Question, ...]:
        """Items and plain questions together, in the order of their numbers."""
        return tuple(sorted((*self.items, *self.questions), key=lambda entry: int(entry.number.rpartition(".")[2])))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """One edition of an audit tool, as people see it."""

    id: str
    title: str
    edition: str
    digest: str
    summary: str
    starter_notice: str
    privacy_notice: str
    who_answers: tuple[str, ...]
    signers: tuple[Signer, ...]
    cadence: Cadence
    reporting: tuple[str, ...]
    reports: tuple[str, ...]
    guidance: tuple[GuidanceEdition, ...]
    scales: Mapping[str, Scale]
    sections: tuple[Section, ...]
    lineage: tuple[Lineage, ...]
    returns: ReturnRules
    _items_by_name: Mapping[str, Item] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_name = {name: item for item in self.items for name in part_names(item.id)}
        object.__setattr__(self, "_items_by_name", by_name)

    @property
    def items(self) -> tuple[Item, ...]:
        """Every graded item, in the order they are asked."""
        return tuple(item for section in self.sections for item in section.items)

    def item(self, item_id: str) -> Item | None:
        """The item of that id."""
        found = self._items_by_name.get(item_id)
        return found if found is not None and found.id == item_id else None

    def item_of(self, name: str) -> Item | None:
        """The item that a question, group or repeat of this name belongs to: its grade, or any of its parts."""
        return self._items_by_name.get(name)

    def part_of(self, name: str) -> Part | None:
        """Which part of its item a question is; None for a grade, its group, and questions of no item."""
        item = self._items_by_name.get(name)
        return part_names(item.id)[name] if item else None

    def scale_of(self, item: Item) -> Scale:
        """The scale an item is graded on."""
        return self.scales[item.scale]

    def section(self, section_id: str) -> Section | None:
        """The section of that id."""
        return next((section for section in self.sections if section.id == section_id), None)


def compile_tool(package: ToolPackage) -> tuple[Tool, CompiledForm]:
    """Read what a tool asks and make the form the engine runs. Takes a second for a long tool: do it in a job.

    Raises:
        ToolRowWrong: A criterion or block row cannot be used, or a question stands outside every section.
        ToolSettingWrong: Lineage names an item the form does not have.
        FormError: The form cannot be read or compiled.
    """
    workbook = package.workbook()
    expanded = expand(workbook, package.settings)
    tool = _describe(package, workbook)
    return tool, compile_workbook(expanded)


def _describe(package: ToolPackage, workbook: Workbook) -> Tool:
    settings = package.settings
    tool = Tool(
        id=settings.id,
        title=settings.title,
        edition=settings.edition,
        digest=package.digest,
        summary=settings.summary,
        starter_notice=settings.starter_notice,
        privacy_notice=settings.privacy_notice,
        who_answers=settings.who_answers,
        signers=tuple(sorted(settings.signers, key=lambda signer: signer.order)),
        cadence=settings.cadence,
        reporting=settings.reporting,
        reports=settings.reports,
        guidance=settings.guidance,
        scales=settings.scales,
        sections=tuple(_sections(workbook, settings)),
        lineage=settings.lineage,
        returns=settings.returns,
    )
    for step in settings.lineage:
        if step.item and tool.item(step.item) is None:
            raise ToolSettingWrong("lineage", f"the form has no item called “{step.item}”")
    return tool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """The rows of one section: its group's own, and those of what it asks."""

    group: Row
    asked: tuple[Row, ...]

    @property
    def is_graded(self) -> bool:
        return any(criterion_scale(row) is not None for row in self.asked)


def _drafts(workbook: Workbook) -> Iterator[_Draft]:
    depth = 0
    group: Row | None = None
    asked: list[Row] = []
    for row in workbook.rows("survey"):
        if _BEGIN.match(row["type"]):
            depth += 1
            group, asked = (row, []) if depth == 1 else (group, asked)
        elif _END.match(row["type"]):
            depth -= 1
            if depth == 0 and group is not None and asked:  # a group of calculations, or of words alone, is no section
                yield _Draft(group=group, asked=tuple(asked))
        elif _is_asked(row):
            if depth < 1:
                raise ToolRowWrong(row.number, f"“{row['name']}” stands in no section; put it inside a group")
            asked.append(row)


def _is_asked(row: Row) -> bool:
    """Whether a row is a question put to people."""
    return bool(row["name"]) and row["type"].partition(" ")[0] not in _SILENT_TYPES and not row["calculation"]


def _sections(workbook: Workbook, settings: ToolSettings) -> Iterator[Section]:
    reader = _Reader(columns=workbook.columns("survey"), settings=settings)
    graded, others = count(1), iter(_LETTERS)
    for draft in _drafts(workbook):
        yield reader.section(draft, str(next(graded)) if draft.is_graded else next(others, "?"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Reads rows as people see them, in the form's first language."""

    columns: tuple[str, ...]
    settings: ToolSettings

    def section(self, draft: _Draft, number: str) -> Section:
        numbered = [(f"{number}.{place}", row) for place, row in enumerate(draft.asked, start=1)]
        name = draft.group["name"]
        return Section(
            id=name,
            number=number,
            title=self._text(draft.group, "label"),
            items=tuple(self._item(row, at, name) for at, row in numbered if criterion_scale(row) is not None),
            questions=tuple(self._question(row, at, name) for at, row in numbered if criterion_scale(row) is None),
        )

    def _item(self, row: Row, number: str, section: str) -> Item:
        scale = criterion_scale(row) or ""
        return Item(
            id=row["name"],
            number=number,
            title=row[SHORT_COLUMN],
            question=self._text(row, "label"),
            hint=self._text(row, "hint"),
            guidance=with_line_ends(self._text(row, "guidance_hint")),
            section=section,
            scale=scale,
            required=row["required"] not in {"", "no", "false", "false()"},
            parts=item_parts(self.settings.scales[scale], self.settings.parts),
        )

    def _question(self, row: Row, number: str, section: str) -> Question:
        label = self._text(row, "label")
        return Question(
            id=row["name"], number=number, title=row[SHORT_COLUMN] or label, question=label, section=section
        )

    def _text(self, row: Row, column: str) -> str:
        return row[default_column(self.columns, column)]
