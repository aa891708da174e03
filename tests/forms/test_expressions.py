"""Expressions, by themselves: what they are worth, and what is refused."""

import math
from datetime import UTC, datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iowscp_desktop.errors import ExpressionUnreadable, FormError, UnknownFunction
from iowscp_desktop.forms.xpath.compile import compile_text
from iowscp_desktop.forms.xpath.expressions import Context, Environment
from iowscp_desktop.forms.xpath.nodes import TreeNode
from iowscp_desktop.forms.xpath.parser import MOST_DEPTH
from iowscp_desktop.forms.xpath.scope import Scope
from iowscp_desktop.forms.xpath.values import Value, plain_number, text_of_number
from tests.forms.conftest import begin, form_of

LONDON = ZoneInfo("Europe/London")


def worth(expression: str, *, zone: str = "Europe/London") -> Value:
    document = TreeNode("", None, "document")
    env = Environment(
        document,
        moment=datetime(2026, 7, 1, 23, 30, tzinfo=UTC),
        zone=ZoneInfo(zone),
        random=Random(1),
    )
    return compile_text(expression, Scope()).run(Context(env, document, document))


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("1 + 2 * 3", 7.0),
        ("(1 + 2) * 3", 9.0),
        ("10 div 4", 2.5),
        ("-7 mod 3", -1.0),
        ("2div1", 2.0),
        ("1 - -1", 2.0),
        ("1 < 2 and 2 < 3 or false()", True),
        ("'a' = 'a'", True),
        ("'1' = 1", True),
        ("'a' < 'b'", False),
        ("true() = 'x'", True),
        ("concat('a', 1, true())", "a1true"),
        ("string-length('Ünï')", 3.0),
        ("substring('12345', 2, 3)", "234"),
        ("substr('hello', 1, 3)", "el"),
        ("substr('hello', -2)", "lo"),
        ("substring-before('a/b', '/')", "a"),
        ("substring-after('a/b', '/')", "b"),
        ("translate('bar', 'abc', 'AB')", "BAr"),
        ("normalize-space('  a   b ')", "a b"),
        ("contains('safe', 'af')", True),
        ("starts-with('safe', 'sa')", True),
        ("ends-with('safe', 'fe')", True),
        ("selected('a b c', 'b')", True),
        ("selected('ab c', 'b')", False),
        ("selected-at('a b c', 1)", "b"),
        ("count-selected(' a  b ')", 2.0),
        ("join(', ', 'a', 'b')", "a, b"),
        ("coalesce('', 'b')", "b"),
        ("if(1 = 1, 'yes', 'no')", "yes"),
        ("int(-2.9)", -2.0),
        ("floor(-2.1)", -3.0),
        ("ceiling(2.1)", 3.0),
        ("abs(-3)", 3.0),
        ("pow(2, 10)", 1024.0),
        ("sqrt(9)", 3.0),
        ("min(3, 1, 2)", 1.0),
        ("max(3, 1, 2)", 3.0),
        ("checklist(1, 2, true(), false(), true())", True),
        ("weighted-checklist(3, 5, true(), 2, true(), 2)", True),
        ("boolean-from-string('1')", True),
        ("boolean-from-string('yes')", False),
        ("number('')", math.nan),
        ("number('1e3')", math.nan),
        ("1 div 0", math.inf),
        ("digest('a', 'MD5', 'hex')", "0cc175b9c0f1b6a831c399e269772661"),
        ("digest('a', 'SHA-256')", "ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs="),
        ("base64-decode('w6k=')", "é"),
        ("string(0.1 + 0.2)", "0.30000000000000004"),
        ("string(1 div 3000000)", "0.00000033333333333333335"),
        ("string(100000000000000000000000)", "100000000000000000000000"),
        ("string(-0)", "0"),
        ("format-date('2026-01-05', '%e %b %Y, %a')", "5 Jan 2026, Mon"),
        ("format-date-time('2026-01-05T14:03:09.250', '%H:%M:%S.%3')", "14:03:09.250"),
        ("date('2026-01-05T14:03:09')", "2026-01-05"),
        ("date(0)", "1970-01-01"),
        ("date('2026-02-30')", ""),
        ("decimal-time('12:00:00')", 0.5),
        ("area('0 0;0 1')", 0.0),
        ("distance('0 0;0 90')", 10018696.05),
        ("geofence('0.5 0.5', '0 0;0 1;1 1;1 0;0 0')", True),
        ("position()", 1.0),
        ("last()", 1.0),
        ("not(false())", True),
        ("boolean('')", False),
        ("string(true())", "true"),
        ("pi()", math.pi),
        ("uuid(5) = ''", False),
    ],
)
def test_an_expression_is_worth_what_the_specification_says(expression: str, result: Value) -> None:
    found = worth(expression)

    assert found == result or (isinstance(found, float) and isinstance(result, float) and math.isnan(found))


def test_decision_1_the_text_false_is_true_and_dates_are_days_in_operators() -> None:
    assert worth("boolean('false')") is True
    assert worth("'2026-01-03' - '2026-01-01'") == 2.0
    assert worth("'2026-01-03' > '2026-01-01'") is True
    assert worth("number('1970-01-03')", zone="UTC") == 2.0


def test_decision_2_a_pattern_must_match_the_whole_value() -> None:
    assert worth("regex('1234', '[0-9]{3}')") is False
    assert worth("regex('123', '[0-9]{3}')") is True
    assert worth("regex('x', '[')") is False


def test_decision_3_halves_go_up_without_places_and_away_from_zero_with_them() -> None:
    assert [worth(f"round({number})") for number in ("2.5", "-2.5", "-2.51")] == [3.0, -2.0, -3.0]
    assert worth("round(-1.475, 2)") == -1.48
    assert worth("round(2.15, 1)") == 2.2
    assert worth("round(1234, -2)") == 1200.0


def test_decision_11_now_and_today_are_those_of_the_sessions_zone() -> None:
    assert worth("today()") == "2026-07-02"  # half past eleven at night in UTC is tomorrow in summer London
    assert worth("now()") == "2026-07-02T00:30:00.000+01:00"
    assert worth("today()", zone="America/Phoenix") == "2026-07-01"


def test_and_or_and_if_look_no_further_than_they_must() -> None:
    scope = Scope(unknown=[])
    compiled = compile_text("if(true() or nobody-knows(), 'a', nobody-knows())", scope)
    document = TreeNode("", None, "document")
    env = Environment(document, moment=datetime(2026, 1, 1, tzinfo=UTC), zone=UTC, random=Random(1))

    assert compiled.run(Context(env, document, document)) == "a"


@pytest.mark.parametrize(
    "expression",
    ["", "1 +", "(1", "a[", "'open", "a b", "1 = = 2", "/a/", "#", "a::b::c", "selected('a')", "true(1)", "if(1, 2)"],
)
def test_what_is_not_xpath_is_refused_with_a_reason(expression: str) -> None:
    with pytest.raises(ExpressionUnreadable):
        compile_text(expression, Scope())


def test_an_unknown_function_is_named() -> None:
    with pytest.raises(UnknownFunction, match="frobnicate"):
        compile_text("1 + frobnicate(2)", Scope())


def test_long_sums_cost_no_stack() -> None:
    assert worth(" + ".join(["1"] * 5000)) == 5000.0
    assert worth(" and ".join(["true()"] * 5000)) is True


def test_brackets_may_nest_deeply_but_not_without_end() -> None:
    deep = MOST_DEPTH - 2
    assert worth("(" * deep + "1" + ")" * deep) == 1.0
    assert worth("if(true(), " * (deep // 2) + "1" + ", 0)" * (deep // 2)) == 1.0
    with pytest.raises(ExpressionUnreadable, match="deep"):
        worth("(" * 10_000 + "1" + ")" * 10_000)
    with pytest.raises(ExpressionUnreadable):
        worth("-" * 10_000 + "1")
    with pytest.raises(ExpressionUnreadable):
        worth("=".join(["1"] * 10_000))


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_written_and_read_again_is_the_same_number(number: float) -> None:
    written = text_of_number(number)

    assert "e" not in written.lower()
    assert plain_number(written) == number


@given(st.text(alphabet="ab1/[]()'\"=<>+-*.,:$@ \n", max_size=40))
def test_whatever_is_typed_parses_or_is_refused(expression: str) -> None:
    try:
        compile_text(expression, Scope())
    except FormError:
        return


def test_a_summer_day_is_shown_by_summer_clocks_in_a_session_that_began_in_winter() -> None:
    form = form_of("""
| type | name | label | calculation |
| calculate | said | | format-date-time('2025-07-01T23:59:00.000+01:00', '%H.%M') |
| calculate | local | | format-date-time('2025-07-01T08:00:00.000', '%H.%M') |
| calculate | written | | date-time('2025-07-01T23:59:00.000+01:00') |
| calculate | day | | format-date('2025-07-01', '%d %H') |
| calculate | later | | date(decimal-date-time('2025-03-25') + 14) |
""")
    session = begin(form)

    shown = {name: session.node(f"/data/{name}").value for name in ("said", "local", "written", "day", "later")}

    assert shown == {
        "said": "23.59",
        "local": "08.00",
        "written": "2025-07-01T23:59:00.000+01:00",
        "day": "01 00",
        "later": "2025-04-08",
    }
