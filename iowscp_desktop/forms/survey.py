"""Where in a survey sheet a place of the form, or one of its rules, is written."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from iowscp_desktop.forms.workbook import Row, Workbook

_COLUMNS: Final[dict[str, Sequence[str]]] = {
    "relevant": ("relevant", "relevance", "bind::relevant"),
    "calculate": ("calculation", "calculate", "bind::calculate"),
    "constraint": ("constraint", "bind::constraint"),
    "required": ("required", "bind::required"),
    "readonly": ("read_only", "readonly", "read only", "bind::readonly"),
    "count": ("repeat_count", "repeat count", "jr:count", "count"),
    "choices": ("choice_filter", "choice filter", "type"),
    "label": ("label", "hint", "guidance_hint", "constraint_message", "required_message"),
    "setvalue": ("calculation", "default", "calculate", "trigger"),
}
"""What a rule of a form may be headed with in a spreadsheet."""


class Spot(NamedTuple):
    """A cell as people point to it."""

    sheet: str
    row: int
    column: str


NOWHERE: Final = Spot("", 0, "")


def kind_of(row: Row) -> str:
    """A row's type in one spelling: begin_group for "Begin group"; without the list of a select."""
    words = row["type"].strip().lower().split()
    if len(words) > 1 and words[0] in {"begin", "end"}:
        return f"{words[0]}_{words[1]}"
    if len(words) > 1 and words[0] == "select":
        return f"select_{words[1]}"
    return words[0] if words else ""


def cell_of(row: Row, rule: str) -> str:
    """The heading under which a row writes a rule; '' when it has no such cell."""
    headings = {heading.lower().replace(" ", ""): heading for heading in row.cells}
    for name in _COLUMNS.get(rule, (rule,)):
        plain = name.replace(" ", "")
        found = headings.get(plain) or next((headings[each] for each in headings if each.startswith(f"{plain}::")), "")
        if found:
            return found
    return ""


class Survey:
    """The rows of a survey sheet by the paths of their places in the form."""

    def __init__(self, workbook: Workbook, root: str) -> None:
        self.rows: dict[str, Row] = {}
        for path, row in _by_path(workbook.rows("survey"), root):
            self.rows.setdefault(path, row)
        self._last_name = {path.rpartition("/")[2]: path for path in reversed(self.rows)}

    def spot(self, path: str, rule: str = "") -> Spot:
        """The cell that a place's rule is written in; the place's name without a rule; `NOWHERE` if it is not here."""
        row = self.rows.get(path)
        if row is None:
            return NOWHERE
        return Spot("survey", row.number, (cell_of(row, rule) or "type") if rule else "name")

    def named(self, name: str) -> Spot:
        """The first question of a name."""
        return self.spot(self._last_name.get(name, ""))


def _by_path(rows: Sequence[Row], root: str) -> Iterator[tuple[str, Row]]:
    within = [f"/{root}"]
    for row in rows:
        kind = kind_of(row)
        if kind.startswith("end_"):
            if len(within) > 1:
                within.pop()
            continue
        path = f"{within[-1]}/{row['name']}"
        if row["name"]:
            yield path, row
        if kind.startswith("begin_"):
            within.append(path)
