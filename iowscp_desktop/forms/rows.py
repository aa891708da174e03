"""Responses as tables: one row a response, and for every repeat a table with one row an instance. Plain data."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from iowscp_desktop.forms.definition import Definition
from iowscp_desktop.forms.form import Form
from iowscp_desktop.forms.session import Session
from iowscp_desktop.forms.state import NodeState

KEY: Final = "key"
PARENT: Final = "parent"
_NUMBERS: Final = frozenset({"int", "integer", "decimal"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: `columns` names them, `numeric` says which hold numbers, `rows` are texts in the same order."""

    name: str
    columns: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...] = field(repr=False)


def tables(form: Form, responses: Iterable[tuple[str, Session]]) -> tuple[Table, ...]:
    """Put responses into tables, as they read now: relevant answers and results, nothing else.

    The first table has one row a response; `key` is its name. Each other table is a repeat's; `key` names the
    instance and `parent` the row of the table above that it belongs to. A question's column is its path within
    its table, such as `group/question`.

    Args:
        form: The form of all of them.
        responses: Each response's name, and its session.
    """
    owners = [form.places.root, *(place for place in form.places.every if place.repeats)]
    columns = {owner.path: tuple(_leaves(owner)) for owner in owners}
    rows: dict[str, list[tuple[str, ...]]] = {owner.path: [] for owner in owners}
    for name, session in responses:
        _add_response(name, session, columns, rows)
    return tuple(_table(form, owner, columns[owner.path], rows[owner.path]) for owner in owners)


def _table(form: Form, owner: Definition, leaves: Sequence[Definition], rows: list[tuple[str, ...]]) -> Table:
    keys = (KEY,) if owner is form.places.root else (KEY, PARENT)
    names = tuple(leaf.path.removeprefix(f"{owner.path}/") or leaf.shown for leaf in leaves)
    numeric = tuple(leaf.bind.type in _NUMBERS for leaf in leaves)
    name = owner.path.removeprefix(f"{form.places.root.path}/") if keys[1:] else form.id or owner.shown
    return Table(name=name, columns=keys + names, numeric=(False,) * len(keys) + numeric, rows=tuple(rows))


def _leaves(owner: Definition) -> Iterator[Definition]:
    """The questions and results of a table: what is below its owner but in no other repeat; notes say nothing."""
    if owner.is_leaf:
        yield owner  # a repeat that is itself the question
    stack = list(owner.children.values())[::-1]
    while stack:
        place = stack.pop()
        if not isinstance(place, Definition) or place.repeats or place.is_attribute:
            continue
        if place.is_leaf and not _is_note(place):
            yield place
        stack.extend(list(place.children.values())[::-1])


def _is_note(place: Definition) -> bool:
    if place.body is None:
        return place.group is not None
    silent = place.body.control == "input" and place.bind.readonly.replace(" ", "") == "true()"
    return silent and not place.bind.calculate


def _add_response(
    name: str,
    session: Session,
    columns: Mapping[str, Sequence[Definition]],
    rows: Mapping[str, list[tuple[str, ...]]],
) -> None:
    root = session.form.places.root.path
    depths = {path: path.count("/") for path in columns}
    values: dict[str, dict[str, str]] = {name: {}}
    owners: list[tuple[str, str, tuple[str, ...]]] = [(root, name, ())]
    around: list[tuple[int, str]] = [(depths[root], name)]
    for state in session.state():
        if not state.relevant or state.kind == "range":
            continue
        while around[-1][0] >= state.path.count("/"):
            around.pop()
        if state.kind == "repeat":
            key = f"{name}{state.ref.removeprefix(root)}"
            owners.append((state.path, key, (around[-1][1],)))
            values[key] = {state.path: state.node.value}
            around.append((depths[state.path], key))
        elif _holds(state):
            values[around[-1][1]][state.path] = state.value
    for path, key, parents in owners:
        rows[path].append((key, *parents, *(values[key].get(leaf.path, "") for leaf in columns[path])))


def _holds(state: NodeState) -> bool:
    return state.kind in {"question", "value"} and bool(state.value)
