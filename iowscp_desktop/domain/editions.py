"""Two editions of one tool: which is newer, and what the questions of one are called in the other."""

import re
from collections.abc import Iterator, Mapping

from iowscp_desktop.domain.tool import Tool
from iowscp_desktop.domain.tool_expansion import part_names

_DIGITS = re.compile(r"(\d+)")


def edition_order(edition: str) -> tuple[tuple[int, str], ...]:
    """Return what editions are sorted by, the oldest first: numbers in them count as numbers, so 10 comes after 9."""
    parts = _DIGITS.split(edition.casefold())
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts if part.strip())


def renamed(old: Tool, new: Tool) -> Mapping[str, str]:
    """Return what is called otherwise in another edition of a tool: new names by old ones, with all parts of an item.

    It holds both ways: the newer edition names what it took the place of, so one can go back too. Where an item
    takes the place of several, each of them is named, and who moves decides; where several take the place of one,
    the first of them has it.
    """
    found: dict[str, str] = {}
    for before, after in (*_steps(old, new), *((after, before) for before, after in _steps(new, old))):
        if before not in found:
            found |= dict(zip(part_names(before), part_names(after), strict=True))
    return {before: after for before, after in found.items() if before in old.paths and after in new.paths}


def _steps(old: Tool, new: Tool) -> Iterator[tuple[str, str]]:
    """Yield each item that is in one edition alone, with the item that the other says has its place."""
    for step in new.lineage:
        for before in step.replaces:
            if step.item and old.item(before) is not None and new.item(before) is None:
                yield before, step.item
