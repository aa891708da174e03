"""Our engine, asked the same way as its peers; it also says what a person could do next."""

import itertools
from datetime import UTC, datetime
from random import Random
from typing import Any, Final
from zoneinfo import ZoneInfo

from iowscp_desktop.forms import Form, NodeState, Session, load_form
from tests.conformance.peers.engines import ZONE, LoadedForm, Operation, Row
from tests.conformance.random_expressions import CLOCKS, DAYS, MOMENTS, POINTS, SHAPES, TRACES, WORDS

TYPED: Final = {
    "int": tuple(map(str, range(-3, 10))),
    "decimal": ("0.5", "-1.25", "7", "3.75"),
    "date": DAYS,
    "dateTime": MOMENTS,
    "time": CLOCKS,
    "geopoint": POINTS,
    "geoshape": SHAPES,
    "geotrace": TRACES,
}


def start(form: LoadedForm) -> Session:
    """A session that sees today's clock, as the peers do."""
    return begin(load_form(form.xml, media=form.media))


def begin(form: Form) -> Session:
    """The same for a form that is loaded already."""
    numbers = itertools.count(1)
    moment = datetime.now(UTC)  # noqa: TID251 - the peers cannot be given another day
    return form.start(
        clock=lambda: moment,
        zone=ZoneInfo(ZONE),
        random=Random(1),
        new_uuid=lambda: f"00000000-0000-4000-8000-{next(numbers):012d}",
    )


def perform(session: Session, operation: Operation) -> None:
    """Do one thing."""
    match operation["op"]:
        case "set":
            session.set(operation["ref"], operation["value"])
        case "add_repeat":
            session.add_repeat(operation["ref"])
        case "remove_repeat":
            session.remove_repeat(operation["ref"])
        case "set_language":
            session.set_language(operation["lang"])
        case unknown:
            raise ValueError(unknown)


def rows(session: Session) -> list[Row]:
    """Every node that is there now."""
    return [_row(state) for state in session.state() if state.kind != "range"]


def _row(state: NodeState) -> Row:
    row: dict[str, Any] = {"ref": state.ref, "path": state.path, "relevant": state.relevant}
    if state.kind in {"group", "repeat"}:
        return row
    row["value"] = state.value
    row["constraint_valid"] = state.constraint_valid
    if state.kind == "question":
        row |= {"readonly": state.readonly, "required": state.required, "label": state.label}
        if state.control in {"select", "select1", "rank"}:
            row["choices"] = [list(choice) for choice in state.choices]
    return row


def operations(session: Session, languages: tuple[str, ...], random: Random) -> list[Operation]:
    """One thing a person could do for every question, repeat and language there is."""
    found = [{"op": "set_language", "lang": language} for language in languages if language != session.language]
    for state in session.state():
        if not state.relevant:
            continue
        match state.kind:
            case "question":
                value = _answer(state, random)
                if value is not None and value != state.value and not state.readonly:
                    found.append({"op": "set", "ref": state.ref, "value": value})
            case "range" if not state.fixed:
                found.append({"op": "add_repeat", "ref": state.ref})
            case "repeat" if not _is_fixed(session, state):
                found.append({"op": "remove_repeat", "ref": state.ref})
            case _:
                pass
    return found


def _is_fixed(session: Session, state: NodeState) -> bool:
    return session.node(state.ref.rpartition("[")[0]).fixed


def _answer(state: NodeState, random: Random) -> str | None:
    """An answer that fits; None where a peer would need more than a text."""
    if random.random() < 0.12:
        return ""
    values = list(dict.fromkeys(choice.value for choice in state.choices))
    match state.control, state.type:
        case (("upload" | "note"), _):
            return None
        case "select1", _:
            return random.choice(values) if values else None
        case "select", _:
            return " ".join(value for value in values if random.random() < 0.5)
        case "rank", _:
            return " ".join(random.sample(values, k=len(values)))
        case "trigger", _:
            return "OK"
        case "range", _:
            return str(2 * random.randint(0, 5))
        case _:
            return random.choice(TYPED.get(state.type, WORDS))
