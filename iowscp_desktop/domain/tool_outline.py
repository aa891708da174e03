"""The survey sheet as a tree: groups, what repeats in them, and what is asked. It judges nothing but the nesting."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from iowscp_desktop.forms import Row, Workbook

_BEGIN: Final = re.compile(r"begin[ _](group|repeat)\b", re.IGNORECASE)
_END: Final = re.compile(r"end[ _](group|repeat)\b", re.IGNORECASE)
_OTHER: Final = re.compile(r"\bor[ _](specify[ _])?other$", re.IGNORECASE)
_SILENT_TYPES: Final = frozenset(
    {"note", "calculate", "hidden", "start", "end", "today", "deviceid", "username", "phonenumber", "audit"}
    | {"simserial", "subscriberid", "xml-external", "csv-external", "imei", "email", "uri", "start-geopoint"}
    | {"background-audio", "include"}
)
_NO = frozenset({"", "no", "false", "false()"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A group, a repeat or a question, where it stands."""

    row: Row
    path: str
    """The names from the outermost group down to this one, with `/` between."""
    kind: str
    """`group`, `repeat`, `asked`, or `told` for what nobody answers."""
    inside: tuple["Branch", ...] = ()

    @property
    def is_grid(self) -> bool:
        """Whether this is a group of choices that share their answers, to be shown as a table."""
        return self.kind == "group" and len(self.grid_rows) > 1

    @property
    def grid_rows(self) -> tuple["Branch", ...]:
        """The questions of a table; none when it is no table."""
        rows = tuple(branch for branch in self.inside if branch.kind == "asked")
        is_marked = _has(self.row, "table-list") or all(_has(each.row, "list-nolabel") for each in rows)
        same = len({each.row["type"].lower() for each in rows}) == 1
        selects = all(each.row["type"].lower().startswith("select") for each in rows)
        plain = all(each.kind in {"asked", "told"} for each in self.inside)
        return rows if is_marked and same and selects and plain else ()

    def asks(self) -> Iterator["Branch"]:
        """Everything at or below this that people answer; what repeats and what is a table is one thing."""
        if self.kind in {"asked", "repeat"} or self.is_grid:
            yield self
            return
        for inner in self.inside:
            yield from inner.asks()

    def walk(self) -> Iterator["Branch"]:
        """This and everything below it."""
        yield self
        for inner in self.inside:
            yield from inner.walk()


def outline(workbook: Workbook) -> tuple[Branch, ...]:
    """Return what stands at the top level of the survey sheet, each with everything in it."""
    open_: list[tuple[Row, str, str, list[Branch]]] = []
    top: list[Branch] = []
    for row in workbook.rows("survey"):
        if _is_disabled(row):
            continue
        here, above = (open_[-1][3], f"{open_[-1][1]}/") if open_ else (top, "")
        begins = _BEGIN.match(row["type"])
        if begins:
            open_.append((row, above + row["name"], begins[1].lower(), []))
        elif _END.match(row["type"]):
            if open_:
                group, path, kind, inside = open_.pop()
                (open_[-1][3] if open_ else top).append(_branch(group, path, kind, inside))
        elif row["name"]:
            here.append(_branch(row, above + row["name"], "asked" if _is_asked(row) else "told", []))
            if _OTHER.search(row["type"]):  # compiling adds a question for what is not in the list
                other = row.with_cells(name=f"{row['name']}_other", type="text", short="", required="", appearance="")
                here.append(_branch(other, f"{above}{other['name']}", "asked", []))
    return tuple(top)


def ids_of(workbook: Workbook) -> dict[str, str]:
    """Return what each named row is called, by its path: its name, or its path where two have the same name."""
    paths = [branch.path for top in outline(workbook) for branch in top.walk()]
    names = Counter(path.rpartition("/")[2] for path in paths)
    return {path: name if names[name := path.rpartition("/")[2]] == 1 else path for path in paths}


def _branch(row: Row, path: str, kind: str, inside: list[Branch]) -> Branch:
    return Branch(row=row, path=path, kind=kind, inside=tuple(inside))


def _is_asked(row: Row) -> bool:
    """Whether a row is a question put to people. A list that only heads a table is none."""
    is_heading = row["appearance"].split() == ["label"]
    return row["type"].partition(" ")[0].lower() not in _SILENT_TYPES and not row["calculation"] and not is_heading


def _is_disabled(row: Row) -> bool:
    return row["disabled"].strip().lower() not in _NO


def _has(row: Row, appearance: str) -> bool:
    return appearance in row["appearance"].lower().split()
