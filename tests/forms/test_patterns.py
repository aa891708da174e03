"""regex() agrees with Python's matcher, and answers at once where that one would not come back."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iowscp_desktop.forms.xpath import patterns
from iowscp_desktop.forms.xpath.patterns import fits

WITHOUT_END = [
    "^(a+)+$",
    "(a|aa)+",
    "(a|a)*b",
    "([a-z]+)*[0-9]",
    "(a?){40}a{40}",
    "(.*)*x",
    "((a*)*)*b",
    "(a{0,30}){0,30}b",
    "a*a*a*a*a*a*a*b",
    "(?=(a+)+b)a*",
    "((?=.*b)a)*",
    r"([\s\S]+)+\d",
    r"((a+)+)\1b",
    "(?:(?:a+)+|(?:a+)+)+b",
    "(?i)^([A-Z]+)*$",
]
LETTERS = st.sampled_from(["a", "b", "[ab]", "[^a]", ".", r"\d", r"\w", r"\b", "^", "$", r"\.", "é", r"\x61", "[]b]"])
PATTERNS = st.recursive(
    LETTERS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({'|'.join(parts)})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,2}", "{,2}", "*?", "{1,}"])).map(
            lambda pair: f"(?:{pair[0]}){pair[1]}"
        ),
        inner.map(lambda part: f"(?={part})"),
        inner.map(lambda part: f"(?!{part})"),
    ),
    max_leaves=6,
)


@pytest.mark.parametrize("pattern", WITHOUT_END)
def test_a_pattern_without_end_has_its_answer_at_once(pattern: str) -> None:
    assert not fits("a" * 5_000 + "!", pattern)


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("Ana Maria Smith", r"^([A-Za-z]+\s?)+$"),
        ("a" * 3_000, "^(a+)+$"),
        ("ANA", "(?i)^([a-z]+)*$"),
        ("x" * 9_999 + "7", r"([\s\S]+)+\d"),
        ("", "(a*)*"),
        ("ab" * 30, "((?=a)(a|ab)(b|))+"),
        ("aa", r"(a)\1"),
        ("naïve café", r"^([\w]+\s?)+$"),
    ],
)
def test_what_fits_such_a_pattern_is_still_found(text: str, pattern: str) -> None:
    assert fits(text, pattern)


@given(PATTERNS, st.text("ab1 .é\n", max_size=6))
def test_following_all_ways_agrees_with_going_back_and_trying_again(pattern: str, text: str) -> None:
    program = patterns._program(pattern)

    assert program is not None
    assert patterns._Walk(text).ends(program, 0, whole=True) == (re.fullmatch(pattern, text) is not None)
    assert fits(text, pattern) == (re.fullmatch(pattern, text) is not None)


@pytest.mark.parametrize("pattern", ["(", "[", "*", "a{2,1}", "(?P<x", "(" * 200 + ")" * 200, "(?x)(a+ )+b"])
def test_a_pattern_that_is_none_or_cannot_be_followed_fits_nothing(pattern: str) -> None:
    assert not fits("a" * 40, pattern)


def test_a_text_that_no_question_holds_fits_nothing() -> None:
    assert fits("a" * patterns.LONGEST_TEXT, "a*")
    assert not fits("a" * (patterns.LONGEST_TEXT + 1), "a*")


def test_following_all_ways_ends_after_so_many_steps() -> None:
    text = "a" * patterns.LONGEST_TEXT

    assert fits(text, "(a|b)*")
    assert not fits(text, "((a|b)*(a|b)*(a|b)*(a|b)*(a|b)*(a|b)*)*c")
