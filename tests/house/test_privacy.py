"""What people wrote, and what they are called, is in no log and no crash report."""

import dataclasses
import logging
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest

from iowscp_desktop.domain.clock import as_stored
from iowscp_desktop.domain.events import KINDS, Event, NotYetKnown
from iowscp_desktop.domain.ids import DeviceId, EntryId, PersonId, SpaceId, StreamId
from iowscp_desktop.domain.journal import Draft, Entry, EntryHash, Stream, StreamRange, write_entry
from iowscp_desktop.store.journal import Held
from tests.house.rules import MODULES, PERSONAL, PERSONAL_NEAR_STORE, ROOT, printed_fields, shown

MARKER = "Amber Quill lives with her aunt"
NEAR_STORE = ("app", "bundles", "crypto", "store")


def filled(kind: type[Event]) -> Event:
    """One event of a kind, with the marker wherever a text can stand but in ids, which logs may name."""
    values = {name: _value(name, hint) for name, hint in get_type_hints(kind).items() if name not in {"v", "register"}}
    return kind(**{name: value for name, value in values.items() if name in kind.__struct_fields__})


def _value(name: str, hint: Any) -> Any:
    if name.endswith("_id") or name in {"instance", "target", "bundle", "judge", "role", "package"}:
        return "id-1"  # these make up a register's name
    if name == "moment":
        return "2026-01-05T09:00:00.000Z"  # an event refuses anything that is no moment
    if get_origin(hint) is tuple:
        return () if name in {"instances", "within"} else tuple(_value("", each) for each in get_args(hint)[:1])
    if get_origin(hint) is dict:
        return {MARKER: MARKER}
    if get_origin(hint) is UnionType:
        return _value(name, get_args(hint)[0])
    kind = getattr(hint, "__supertype__", hint)
    return {bool: True, int: 1, str: MARKER}.get(kind, MARKER)


def wrapped(event: Event) -> list[object]:
    """The event in everything it is carried in."""
    stream = Stream(device=DeviceId("0" * 64), space=SpaceId("response/r1"), epoch="epoch")
    at, author = "2026-01-05T09:00:00.000Z", PersonId("p1")
    draft = Draft(
        stream=stream, seq=1, prev=EntryHash("0" * 64), at=at, author=author, event=event, replaces=(), salt=bytes(16)
    )
    entry = write_entry(draft)
    held = Held(id=EntryId(StreamId("s"), 1), space=stream.space, at=at, author=author, event=event)
    return [
        event,
        draft,
        entry,
        held,
        StreamRange(stream=stream, entries=(entry,), seals=()),
        [entry],
        {"entry": entry},
    ]


def spoken(thing: object, caplog: pytest.LogCaptureFixture) -> str:
    """Everything a log or a crash report could make of a thing."""
    caplog.clear()
    caplog.set_level(logging.DEBUG)
    logging.getLogger("house").info("seen: %s %r", thing, thing)
    return "\n".join([repr(thing), str(thing), f"{thing}", caplog.text])


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_event_shows_what_it_holds(kind: str, caplog: pytest.LogCaptureFixture) -> None:
    event = filled(KINDS[kind])

    assert [type(thing).__name__ for thing in wrapped(event) if MARKER in spoken(thing, caplog)] == []


def test_the_marker_is_in_the_events_and_would_be_found(caplog: pytest.LogCaptureFixture) -> None:
    @dataclasses.dataclass
    class Careless:
        value: str

    marked = [kind for kind in KINDS if MARKER in str(vars_of(filled(KINDS[kind])))]

    assert len(marked) > 15
    assert spoken(Careless(MARKER), caplog).count(MARKER) == 5


def vars_of(event: Event) -> dict[str, object]:
    return {name: getattr(event, name) for name in event.__struct_fields__}


def test_an_event_of_a_newer_program_shows_its_kind_alone(caplog: pytest.LogCaptureFixture) -> None:
    assert "future-kind" in spoken(NotYetKnown(kind="future-kind"), caplog)


def test_an_entry_still_says_where_it_stands() -> None:
    entry = next(thing for thing in wrapped(filled(KINDS["answer-recorded"])) if isinstance(thing, Entry))

    assert "answer/id-1" in repr(entry)
    assert as_stored.__name__ not in repr(entry)


def test_nothing_that_holds_personal_words_prints_them() -> None:
    found = {
        shown(path): printed_fields(
            path.read_text("utf-8"),
            PERSONAL_NEAR_STORE if path.relative_to(ROOT).parts[1] in NEAR_STORE else PERSONAL,
        )
        for path in MODULES
    }

    assert {name: fields for name, fields in found.items() if fields} == {}


def test_a_field_that_prints_personal_words_would_be_found() -> None:
    careless = "@dataclass(frozen=True)\nclass Line:\n    who: str\n    remark: str | None = None\n    count: int"
    careful = "@dataclass\nclass Line:\n    who: str = field(repr=False)\n    whom: str"

    assert printed_fields(careless, PERSONAL) == ["Line.who", "Line.remark"]
    assert printed_fields(careful, PERSONAL) == []
