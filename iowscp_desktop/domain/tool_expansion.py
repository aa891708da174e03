"""Turns each `criterion` row into the plain XLSForm rows it stands for. The outcome opens in any XLSForm program."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from iowscp_desktop.domain.scale import Scale
from iowscp_desktop.domain.tool_settings import (
    ACTION_PARTS,
    FREE_TEXT_PARTS,
    Part,
    Parts,
    ToolSettings,
    is_item_id,
)
from iowscp_desktop.errors import ToolRowWrong
from iowscp_desktop.forms import Row, Workbook

SHORT_COLUMN: Final = "short"
"""The column of a question's short title, for lists. Plain XLSForm does not know it, so expansion takes it away."""

_BULLET: Final = "•"


def criterion_scale(row: Row) -> str | None:
    """The scale a survey row is graded on; None when it is not a criterion row."""
    kind, _, scale = row["type"].partition(" ")
    return scale.strip() if kind == "criterion" else None


def default_column(columns: tuple[str, ...], wanted: str) -> str:
    """The column that holds a text in the form's first language: `label`, or the first of `label::…`."""
    return next((column for column in columns if column == wanted or column.startswith(f"{wanted}::")), wanted)


def part_name(item: str, part: Part) -> str:
    """The name of the question that asks for one part of an item; for files, of the repeat around them."""
    return f"{item}_{part.value}"


def part_names(item: str) -> Mapping[str, Part | None]:
    """Every name an item's questions can have, and which part each is; None for the group and the grade."""
    own: dict[str, Part | None] = {f"{item}_item": None, item: None}
    return own | {part_name(item, part): part for part in Part} | {f"{item}_file": Part.FILES}


def item_parts(scale: Scale, parts: Parts) -> tuple[Part, ...]:
    """The parts an item on this scale has, in the order they are asked."""
    wanted = set(parts.include)
    if scale.not_applicable is not None and scale.not_applicable.reason_required:
        wanted.add(Part.NA_REASON)
    if not scale.gaps:
        wanted -= set(ACTION_PARTS)
    return tuple(part for part in Part if part in wanted)


def expand(workbook: Workbook, settings: ToolSettings) -> Workbook:
    """Replace every criterion row by its group, grade and parts, and add the scales to the choices.

    Raises:
        ToolRowWrong: A criterion row names no scale of the settings, its name cannot be an item's id, a question of
            the same name exists, or it has no short title; or a choice list has the name of a scale.
    """
    columns = workbook.columns("survey")
    labels = tuple(column for column in columns if column == "label" or column.startswith("label::")) or ("label",)
    survey: list[Row] = []
    used: list[str] = []
    for row in workbook.rows("survey"):
        scale_name = criterion_scale(row)
        if scale_name is None:
            survey.append(_plain(row))
            continue
        _check(row, scale_name, settings)
        if scale_name not in used:
            used.append(scale_name)
        writer = _Writer(row=row, scale=scale_name, settings=settings, labels=labels)
        survey += writer.rows()
    if settings.scales:  # in a plain form they may be equal where they stand in different groups
        _refuse_double_names(survey)
    choices = [*workbook.rows("choices"), *_choices(workbook, settings, used)]
    expanded = workbook.with_sheet("survey", survey)
    return expanded.with_sheet("choices", choices) if choices else expanded


def list_name(scale_name: str) -> str:
    """The choice list a scale becomes."""
    return f"scale_{scale_name}"


def _check(row: Row, scale_name: str, settings: ToolSettings) -> None:
    if scale_name not in settings.scales:
        raise ToolRowWrong(row.number, f"the settings have no scale called “{scale_name}”")
    if not is_item_id(row["name"]):
        raise ToolRowWrong(
            row.number,
            f"“{row['name']}” cannot be an item’s name; use lower-case letters, digits and _, "
            "and do not end it like one of an item’s parts",
        )
    if not row[SHORT_COLUMN]:
        raise ToolRowWrong(row.number, f"“{row['name']}” has no short title; fill in the column “{SHORT_COLUMN}”")


def _refuse_double_names(survey: list[Row]) -> None:
    seen: set[str] = set()
    for row in survey:
        name = row["name"]
        if not name or row["type"].replace(" ", "_").startswith("end_"):
            continue
        if name in seen:
            raise ToolRowWrong(row.number, f"there are two questions called “{name}”; give one another name")
        seen.add(name)


def with_line_ends(guidance: str) -> str:
    """Put each bullet of a guidance text on a line of its own: a cell of a Markdown table cannot hold line ends."""
    return guidance.replace(f" {_BULLET} ", f"\n{_BULLET} ")


def _plain(row: Row) -> Row:
    return _with_bullets({column: text for column, text in row.cells.items() if column != SHORT_COLUMN}, row.number)


def _with_bullets(cells: Mapping[str, str], number: int) -> Row:
    return Row(
        number=number,
        cells={
            column: with_line_ends(text) if column.startswith("guidance_hint") else text
            for column, text in cells.items()
        },
    )


def _choices(workbook: Workbook, settings: ToolSettings, used: list[str]) -> Iterator[Row]:
    taken = {row["list_name"]: row.number for row in workbook.rows("choices")}
    columns = tuple(column for column in workbook.columns("choices") if column.startswith("label")) or ("label",)
    number = max((row.number for row in workbook.rows("choices")), default=1)
    for name in used:
        if list_name(name) in taken:
            raise ToolRowWrong(
                taken[list_name(name)], f"the choice list “{list_name(name)}” has the name of a scale’s list"
            )
        for tile in settings.scales[name].tiles:
            number += 1
            cells = {"list_name": list_name(name), "name": tile.value}
            yield Row(number=number, cells=cells | dict.fromkeys(columns, tile.label))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Writer:
    """Writes the rows of one item."""

    row: Row
    scale: str
    settings: ToolSettings
    labels: tuple[str, ...]

    def rows(self) -> Iterator[Row]:
        item = self.row["name"]
        own = {column: text for column, text in self.row.cells.items() if column != SHORT_COLUMN}
        for_group = {column: own.pop(column) for column in (*self.labels, "relevant") if column in own}
        scale = self.settings.scales[self.scale]
        yield self._row({"type": "begin_group", "name": f"{item}_item", "appearance": "field-list"} | for_group)
        yield self._row(own | {"type": f"select_one {list_name(self.scale)}", "name": item} | self._label(scale.prompt))
        for part in item_parts(scale, self.settings.parts):
            yield from self._part(item, part)
        yield self._row({"type": "end_group"})

    def _part(self, item: str, part: Part) -> Iterator[Row]:
        parts = self.settings.parts
        cells = {"name": part_name(item, part), "relevant": self._relevant(item, part)}
        cells |= self._label(parts.label(part))
        if part is Part.FILES:
            yield self._row(cells | {"type": "begin_repeat"})
            yield self._row({"type": "file", "name": f"{item}_file"} | self._label(parts.file_label))
            yield self._row({"type": "end_repeat"})
            return
        cells["type"] = "date" if part is Part.DUE else "text"
        cells["hint"] = parts.hints.get(part, "")
        if part in parts.required or part is Part.NA_REASON:
            cells["required"] = "yes"
        if part in FREE_TEXT_PARTS:
            cells |= {"appearance": "multiline"}
            cells |= {"constraint": parts.constraint, "constraint_message": parts.constraint_message}
        yield self._row(cells)

    def _relevant(self, item: str, part: Part) -> str:
        """When a part is asked. Parts follow the grade: gaps ask for an action, "not applicable" for a reason."""
        scale = self.settings.scales[self.scale]
        grade = f"${{{item}}}"
        rule = scale.not_applicable
        if part in ACTION_PARTS:
            return " or ".join(f"{grade} = '{point.value}'" for point in scale.gaps)
        if part is Part.NA_REASON:
            return f"{grade} = '{rule.point.value}'" if rule else "false()"
        applies = [f"{grade} != '{rule.point.value}'"] if rule else []
        if part is Part.FILES:  # a file may be dropped before the grade is chosen
            return " and ".join(applies)
        return " and ".join([f"{grade} != ''", *applies])

    def _label(self, words: str) -> dict[str, str]:
        return dict.fromkeys(self.labels, words)

    def _row(self, cells: Mapping[str, str]) -> Row:
        return _with_bullets({column: text for column, text in cells.items() if text}, self.row.number)
