"""Finding where somebody is mentioned: whole words, any case, any accent, initials."""

import pytest

from iowscp_desktop.domain.person_search import Sought, ways_to_write


def found(text: str, *ways: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in Sought(ways).hits(text)]


@pytest.mark.parametrize(
    ("text", "way", "expected"),
    [
        ("Amber Quill said so.", "Amber Quill", ["Amber Quill"]),
        ("AMBER QUILL, amber quill", "Amber Quill", ["AMBER QUILL", "amber quill"]),
        ("Quill, Amber (Year 5)", "quill amber", ["Quill, Amber"]),
        ("Amber’s mother; Amber's aunt", "amber", ["Amber", "Amber"]),
        ("Amberley School", "Amber", []),
        ("the ambers", "amber", []),
        ("Zoë and Zoe", "zoe", ["Zoë", "Zoe"]),
        ("A.Q. met A. Q. and AQ", "AQ", ["AQ"]),
        ("A.Q. met A. Q. and AQ", "A Q", ["A.Q", "A. Q", "AQ"]),
        ("Anne-Marie O’Neil, Anne Marie ONeil", "Anne Marie O'Neil", ["Anne-Marie O’Neil", "Anne Marie ONeil"]),
        ("letter_Amber_Quill_2026.pdf", "Amber Quill", ["Amber_Quill"]),
        ("letter Amber_Quill 2026.pdf", "Amber Quill", ["Amber_Quill"]),
        ("Straße", "strasse", ["Straße"]),
        ("Amber\nQuill", "Amber Quill", ["Amber\nQuill"]),
        ("nothing", "Amber", []),
        ("", "Amber", []),
    ],
)
def test_a_name_is_found_as_people_write_it(text: str, way: str, expected: list[str]) -> None:
    assert found(text, way) == expected


def test_several_ways_that_overlap_are_one_mention() -> None:
    assert found("Amber Quill and Amber", "Amber", "Quill", "Amber Quill") == ["Amber Quill", "Amber"]


@pytest.mark.parametrize("way", ["", " ", "A", "-", ".", "é"])
def test_too_little_to_look_for_finds_nothing(way: str) -> None:
    assert Sought([way]).is_empty
    assert found("A name - é.", way) == []


def test_what_looks_like_a_pattern_is_only_words() -> None:
    assert found("aab", "a*b") == []
    assert found("abc", "a.c") == []


def test_other_ways_to_write_a_name_are_offered() -> None:
    assert ways_to_write("Amber Rose Quill") == (
        "Amber Rose Quill",
        "Quill, Amber",
        "Amber Quill",
        "A Quill",
        "Amber Q",
        "Amber",
        "Quill",
        "ARQ",
    )
    assert ways_to_write("Amber") == ("Amber",)
    assert ways_to_write("12 !") == ()


def test_every_way_that_is_offered_finds_itself() -> None:
    for way in ways_to_write("Zoë O’Neil-Smith"):
        assert found(f"It was {way}, today.", way) == [way]
