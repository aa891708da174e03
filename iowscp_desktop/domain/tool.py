"""An audit tool: its sections, numbered questions and scales, who answers and who signs. Variety is data, not code.

`read_tool` → `ToolPackage` → `compile_tool` → `Tool` (what people see) and `CompiledForm` (what the engine runs).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, count, product
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
from iowscp_desktop.domain.tool_outline import Branch, ids_of, outline
from iowscp_desktop.domain.tool_package import ToolPackage, files_in, open_package, plain_tool, read_tool
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
from iowscp_desktop.forms import CompiledForm, Row, Workbook, compile_workbook, plain_text, read_form

__all__ = [
    "ACTION_PARTS",
    "Cadence",
    "CompiledForm",
    "Entry",
    "Grid",
    "GuidanceEdition",
    "Item",
    "Lineage",
    "Part",
    "Question",
    "Repeat",
    "ReturnRules",
    "Section",
    "Signer",
    "Tool",
    "ToolPackage",
    "ToolSettings",
    "compile_tool",
    "describe_tool",
    "expand",
    "files_in",
    "open_package",
    "plain_tool",
    "read_tool",
]

_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LOOSE: Final = "part-"
"""How the id of a section begins that the form itself does not have."""


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
class Grid:
    """Several questions with the same choices, shown as one table."""

    id: str
    number: str
    title: str
    question: str
    section: str
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """Questions that are asked about each of several things: how many is for people, or the form, to say."""

    id: str
    number: str
    title: str
    question: str
    section: str
    inside: tuple[str, ...]
    """Everything in it that has a name: groups, questions and further repeats."""


Entry = Item | Question | Grid | Repeat
"""One line of the question list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One top-level group of the form. Sections with graded items are numbered, the others lettered."""

    id: str
    number: str
    title: str
    items: tuple[Item, ...]
    questions: tuple[Question | Grid | Repeat, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
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
    anonymous: bool
    """Many people answer it on one laptop, without their names."""
    paths: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    """Where everything with a name stands in the form: its id, and the names from the outermost group down."""
    repeats: frozenset[str] = frozenset()
    """The ids of all that repeats, files of items among them."""
    _items_by_name: Mapping[str, Item] = field(init=False, repr=False, compare=False)
    _entries_by_name: Mapping[str, Entry] = field(init=False, repr=False, compare=False)
    _outer_first: tuple[tuple[str, str], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_name = {name: item for item in self.items for name in part_names(item.id)}
        object.__setattr__(self, "_items_by_name", by_name)
        entries: dict[str, Entry] = dict(by_name)
        for section in self.sections:
            for each in section.questions:
                entries |= dict.fromkeys(_names(each), each)
        object.__setattr__(self, "_entries_by_name", entries)
        outer_first = sorted(((name, self.paths[name]) for name in self.repeats), key=lambda pair: pair[1].count("/"))
        object.__setattr__(self, "_outer_first", tuple(outer_first))

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

    def entry_of(self, name: str) -> Entry | None:
        """The line of the question list that a question belongs to; None for notes, sections and the like."""
        return self._entries_by_name.get(name)

    def repeats_around(self, name: str) -> tuple[str, ...]:
        """The repeats something lies in, outermost first, without itself."""
        path = self.paths.get(name, "")
        return tuple(id_ for id_, outer in self._outer_first if path.startswith(f"{outer}/"))

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
    tool = describe_tool(package)
    if package.is_xform:
        return tool, read_form(package.files[package.settings.form], name=package.settings.form)
    return tool, compile_workbook(expand(package.workbook(), package.settings))


def describe_tool(package: ToolPackage) -> Tool:
    """Read what a tool asks, without making its form: for a form that was compiled before.

    Raises:
        ToolRowWrong, ToolSettingWrong, FormError: As `compile_tool`.
    """
    workbook = package.workbook()
    expanded = expand(workbook, package.settings)
    ids = ids_of(expanded)
    repeats = {ids[each.path] for top in outline(expanded) for each in top.walk() if each.kind == "repeat"}
    return replace(_describe(package, workbook, ids), repeats=frozenset(repeats))


def _names(entry: Question | Grid | Repeat) -> tuple[str, ...]:
    if isinstance(entry, Repeat):
        return (entry.id, *entry.inside)
    return (entry.id, *entry.asked) if isinstance(entry, Grid) else (entry.id,)


def _describe(package: ToolPackage, workbook: Workbook, ids: Mapping[str, str]) -> Tool:
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
        sections=tuple(_sections(workbook, settings, ids)),
        lineage=settings.lineage,
        returns=settings.returns,
        anonymous=settings.anonymous,
        paths={name: path for path, name in ids.items()},
    )
    for step in settings.lineage:
        if step.item and tool.item(step.item) is None:
            raise ToolSettingWrong("lineage", f"the form has no item called “{step.item}”")
    return tool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """What one section is made of: the group around it, if the form has one, and what it asks."""

    id: str
    group: Row | None
    asked: tuple[Branch, ...]

    @property
    def is_graded(self) -> bool:
        return any(criterion_scale(branch.row) is not None for branch in self.asked)


def _drafts(workbook: Workbook, settings: ToolSettings) -> Iterator[_Draft]:
    """Each top-level group or repeat is a section. In a form without scales, what stands outside them is one too."""
    loose: list[Branch] = []
    parts = count(1)
    for branch in outline(workbook):
        if branch.kind == "asked" and settings.scales:
            name = branch.row["name"]
            raise ToolRowWrong(branch.row.number, f"“{name}” stands in no section; put it inside a group")
        if branch.kind == "asked":
            loose.append(branch)
            continue
        asked = tuple(branch.asks())
        if asked and loose:
            yield _Draft(id=f"{_LOOSE}{next(parts)}", group=None, asked=tuple(loose))
            loose = []
        if asked:  # a group of calculations, or of words alone, is no section
            yield _Draft(id=branch.row["name"], group=branch.row, asked=asked)
    if loose:
        yield _Draft(id=f"{_LOOSE}{next(parts)}", group=None, asked=tuple(loose))


def _sections(workbook: Workbook, settings: ToolSettings, ids: Mapping[str, str]) -> Iterator[Section]:
    reader = _Reader(columns=workbook.columns("survey"), settings=settings, ids=ids)
    graded, others = count(1), _letters()
    for draft in _drafts(workbook, settings):
        yield reader.section(draft, str(next(graded)) if draft.is_graded else next(others))


def _letters() -> Iterator[str]:
    """A to Z, then AA, AB and so on."""
    return map("".join, chain.from_iterable(product(_LETTERS, repeat=length) for length in count(1)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Reads rows as people see them, in the form's first language."""

    columns: tuple[str, ...]
    settings: ToolSettings
    ids: Mapping[str, str]

    def section(self, draft: _Draft, number: str) -> Section:
        numbered = [(f"{number}.{place}", branch) for place, branch in enumerate(draft.asked, start=1)]
        title = self.settings.title if draft.group is None else self._text(draft.group, "label")
        return Section(
            id=draft.id,
            number=number,
            title=title or draft.id,
            items=tuple(
                self._item(branch.row, at, draft.id)
                for at, branch in numbered
                if criterion_scale(branch.row) is not None
            ),
            questions=tuple(
                self._question(branch, at, draft.id) for at, branch in numbered if criterion_scale(branch.row) is None
            ),
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

    def _question(self, branch: Branch, number: str, section: str) -> Question | Grid | Repeat:
        row = branch.row
        label = plain_text(self._text(row, "label")) or row["name"]
        id_, title = self.ids[branch.path], row[SHORT_COLUMN] or label
        if branch.kind == "repeat":
            inside = tuple(self.ids[each.path] for inner in branch.inside for each in inner.walk())
            return Repeat(id=id_, number=number, title=title, question=label, section=section, inside=inside)
        if branch.kind == "group":
            asked = tuple(self.ids[each.path] for each in branch.grid_rows)
            return Grid(id=id_, number=number, title=title, question=label, section=section, asked=asked)
        return Question(id=id_, number=number, title=title, question=label, section=section)

    def _text(self, row: Row, column: str) -> str:
        return row[default_column(self.columns, column)]
