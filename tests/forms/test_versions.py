"""Moving a response to another version of its form is said beforehand, answer by answer."""

from iowscp_desktop.forms import Dropped, Lost, Session, compare_versions
from tests.forms.conftest import begin, form_of

OLD = """
| type         | name   | label | calculation  |
| text         | a      | A     |              |
| text         | b      | B     |              |
| integer      | gone   | G     |              |
| text         | number | N     |              |
| text         | single | S     |              |
| begin_group  | g      | G     |              |
| text         | inner  | I     |              |
| text         | other  | O     |              |
| end_group    |        |       |              |
| begin_repeat | r      | R     |              |
| text         | q      | Q     |              |
| end_repeat   |        |       |              |
| calculate    | c      |       | concat(${a}, 'x') |
"""
NEW = """
| type         | name   | label |
| text         | a      | A     |
| text         | bee    | B     |
| integer      | number | N     |
| begin_group  | h      | H     |
| text         | inner  | I     |
| text         | moved  | O     |
| end_group    |        |       |
| begin_repeat | s      | R     |
| text         | q      | Q     |
| text         | single | S     |
| end_repeat   |        |       |
| text         | extra  | E     |
"""
LINEAGE = {"/data/b": "/data/bee", "/data/g": "/data/h", "/data/g/other": "/data/h/moved", "/data/r": "/data/s"}
RENAMED = {**LINEAGE, "/data/single": "/data/s/single"}


def answered(number: str) -> Session:
    session = begin(form_of(OLD))
    for name, value in {"a": "1", "b": "2", "gone": "3", "number": number, "single": "5"}.items():
        session.set(f"/data/{name}", value)
    session.set("/data/g/inner", "6")
    session.set("/data/g/other", "7")
    session.add_repeat("/data/r", instance="second")
    session.set("/data/r[2]/q", "8")
    return session


def test_each_answer_is_kept_renamed_or_dropped_with_a_reason() -> None:
    session = answered("many")

    moved = compare_versions(session.form, form_of(NEW), session.answers(), RENAMED)

    assert moved.kept == (("/data/a", ()),)
    assert moved.renamed == (
        (("/data/b", ()), ("/data/bee", ())),
        (("/data/g/inner", ()), ("/data/h/inner", ())),
        (("/data/g/other", ()), ("/data/h/moved", ())),
        (("/data/r/q", ("second",)), ("/data/s/q", ("second",))),
    )
    assert moved.dropped == (
        Dropped(key=("/data/gone", ()), why=Lost.NO_QUESTION),
        Dropped(key=("/data/number", ()), why=Lost.OTHER_KIND),
        Dropped(key=("/data/single", ()), why=Lost.OTHER_REPEAT),
    )
    assert moved.added == ("/data/extra",)


def test_the_new_version_opens_with_what_went_along() -> None:
    session = answered("4")
    new = form_of(NEW)

    opened = begin(new, compare_versions(session.form, new, session.answers(), RENAMED).saved)

    assert opened.problems == ()
    values = {state.ref: state.value for state in opened.state() if state.value and "meta" not in state.ref}
    assert values == {
        "/data/a": "1",
        "/data/bee": "2",
        "/data/number": "4",
        "/data/h/inner": "6",
        "/data/h/moved": "7",
        "/data/s[2]/q": "8",
    }
    ids = [state.instances for state in opened.state() if state.kind == "repeat"]
    assert ids == [("default-1",), ("second",)]


def test_the_same_version_takes_everything() -> None:
    session = answered("4")

    moved = compare_versions(session.form, form_of(OLD), session.answers(), {})

    assert (moved.dropped, moved.renamed, moved.added) == ((), (), ())
    assert moved.saved == session.answers()
