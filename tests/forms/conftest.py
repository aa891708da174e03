"""Forms written as people write them, and sessions in a world that holds still."""

import itertools
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest

from iowscp_desktop.forms import Form, Saved, Session, compile_workbook, load_form, read_workbook

MOMENT = datetime(2026, 1, 31, 9, 30, tzinfo=UTC)
HEAD = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"'
    ' xmlns:jr="http://openrosa.org/javarosa" xmlns:odk="http://www.opendatakit.org/xforms"'
    ' xmlns:orx="http://openrosa.org/xforms"><h:head><h:title>Test</h:title><model>'
)


def table(survey: str, choices: str = "", settings: str = "") -> str:
    """A form as Markdown, from the rows below the headings."""
    parts = [f"## survey\n{survey}"]
    parts += [f"## choices\n| list_name | name | label | group |\n{choices}"] if choices else []
    parts += [f"## settings\n{settings}"] if settings else []
    return "\n".join(parts)


def form_of(survey: str, choices: str = "", settings: str = "", media: Mapping[str, str] | None = None) -> Form:
    source = table(survey, choices, settings).encode()
    compiled = compile_workbook(read_workbook(source, name="test.md"))
    return load_form(compiled.xml, media={**compiled.media, **(media or {})})


def xform(instance: str, binds: str = "", body: str = "", more: str = "") -> Form:
    """A form written directly as XML: `instance` is what is inside <data>."""
    return load_form(
        f"{HEAD}{more}<instance><data id='test'>{instance}</data></instance>{binds}</model></h:head>"
        f"<h:body>{body}</h:body></h:html>"
    )


def begin(form: Form, answers: Saved | None = None, *, preload: Mapping[str, str] | None = None) -> Session:
    numbers = itertools.count(1)
    return form.start(
        clock=lambda: MOMENT,
        zone=ZoneInfo("Europe/London"),
        random=Random(7),
        new_uuid=lambda: f"id-{next(numbers)}",
        preload=preload,
        answers=answers,
    )


@pytest.fixture
def fresh() -> Callable[..., Session]:
    """A new session of a form written as Markdown."""
    return lambda *sheets, **more: begin(form_of(*sheets, **more))
