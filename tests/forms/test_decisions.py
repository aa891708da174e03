"""The eleven decisions where engines differ, and ours about names of days: what no other test here says by number."""

import ast
import re
from collections.abc import Callable
from pathlib import Path

from iowscp_desktop.forms import Session
from tests.forms.conftest import begin, form_of

Fresh = Callable[..., Session]
DECISIONS = range(1, 13)
HERE = Path(__file__).parent


def worth(expression: str) -> str:
    return (
        begin(form_of(f"| type | name | label | calculation |\n| calculate | c | | {expression} |"))
        .node("/data/c")
        .value
    )


def test_every_decision_is_named_by_a_test() -> None:
    named: set[int] = set()
    for path in HERE.glob("test_*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            found = re.match(r"test_decision_(\d+)_", node.name) if isinstance(node, ast.FunctionDef) else None
            named |= {int(found[1])} if found else set()

    assert named == set(DECISIONS)


def test_decision_3_no_number_is_written_with_an_exponent() -> None:
    assert worth("pow(10, 21)") == "1000000000000000000000"
    assert worth("1 div 10000000") == "0.0000001"


def test_decision_4_relevance_is_inherited_and_what_has_none_is_left_out_of_exports() -> None:
    session = begin(
        form_of("""
| type        | name   | label | relevant   | calculation |
| text        | show   | Show  |            |             |
| begin_group | box    | Box   | ${show}='y'|             |
| text        | inside | In    |            |             |
| end_group   |        |       |            |             |
| calculate   | copy   |       |            | concat('[', ${inside}, ']') |
""")
    )
    session.set("/data/show", "y")
    session.set("/data/box/inside", "kept")

    session.set("/data/show", "n")

    assert not session.node("/data/box/inside").relevant
    assert session.node("/data/copy").value == "[]"
    assert "kept" not in session.export_xml()
    assert session.answers().values["/data/box/inside", ()] == "kept"


def test_decision_8_selected_at_and_substr_count_from_zero() -> None:
    assert worth("selected-at('a b c', 0)") == "a"
    assert worth("substr('abc', 0, 1)") == "a"


def test_decision_9_a_dash_that_the_compiler_wrote_is_a_missing_translation(fresh: Fresh) -> None:
    session = fresh(
        "| type | name | label::English (en) | label::Polski (pl) | hint::Polski (pl) |\n"
        "| text | a | Name | - | Wpisz |\n",
        settings="| default_language |\n| English (en) |",
    )

    session.set_language("Polski (pl)")

    assert session.node("/data/a").label == "Name"


def test_decision_11_the_offset_of_the_day_the_session_opened_is_stored_with_every_moment(fresh: Fresh) -> None:
    session = fresh("| type | name | label | calculation |\n| calculate | at | | now() |\n| start | start | | |")

    assert session.node("/data/at").value == "2026-01-31T09:30:00.000+00:00"
    assert session.node("/data/start").value.endswith("+00:00")


def test_decision_12_names_of_days_and_months_are_english_in_every_language(fresh: Fresh) -> None:
    session = fresh(
        "| type | name | label::English (en) | label::Français (fr) | calculation |\n"
        "| date | day | Day | Jour | |\n| calculate | said | | | format-date(${day}, '%a %e %b') |",
    )
    session.set_language("Français (fr)")

    session.set("/data/day", "2025-07-08")

    assert session.node("/data/said").value == "Tue 8 Jul"
