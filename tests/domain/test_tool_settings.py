"""`tool.toml`: what is read, and what a mistake in it is called."""

import re
from datetime import date

import pytest

from iowscp_desktop.domain.tool_settings import Part, Parts, is_item_id, read_settings
from iowscp_desktop.errors import ToolSettingsUnreadable, ToolSettingWrong
from tests.domain.tool_sample import SETTINGS


def test_settings_are_read_with_their_scales() -> None:
    settings = read_settings(SETTINGS.encode())

    assert settings.id == "mini"
    assert [point.value for point in settings.scales["met"].tiles] == ["met", "not", "na"]
    assert settings.parts.required == (Part.EVIDENCE, Part.NEXT)


def test_dates_of_guidance_are_dates() -> None:
    said = '\n[[guidance]]\nname = "KCSIE"\nedition = "2025"\nstarts = 2025-09-01\n'

    edition = read_settings((SETTINGS + said).encode()).guidance[0]

    assert (edition.starts, edition.ends) == (date(2025, 9, 1), None)


def test_a_file_that_is_not_toml_names_the_line() -> None:
    with pytest.raises(ToolSettingsUnreadable, match="line 2"):
        read_settings(b'id = "mini"\ntitle = Mini\n')


def test_bytes_that_are_not_text_are_unreadable() -> None:
    with pytest.raises(ToolSettingsUnreadable):
        read_settings(b"\xff\xfe\x00")


@pytest.mark.parametrize(
    ("old", "new", "where", "what"),
    [
        ('title = "Mini audit"\n', "", "", "missing required field `title`"),
        ('title = "Mini audit"', "title = 7", "title", "Expected `str`, got `int`"),
        ('id = "mini"', 'id = "Mini Audit"', "", "the id is lower-case"),
        ("every_months = 12", "every_months = 0", "cadence", "every 1 month or more"),
        ("every_months = 12", 'every_months = 12\nopen = "May"', "cadence.open", "no such setting"),
        ("order = 1", 'order = 1\nlable = "x"', "signers[2].lable", "no such setting"),
        ('summary = "A small one."', 'sumary = "x"\nsummary = "y"', "sumary", "no such setting"),
        ("order = 1", "order = 2", "", "a place in the order of their own"),
        ('"octagon"', '"square"', "scales", "square"),
        ('"octagon"', '"tick"', "scales", "same symbol"),
        ("number = 1}", "number = -1}", "scales", "best to worst"),
        ('"evidence", "next"]', '"evidence", "na_reason"]', "parts", "required but not included"),
        ('include = ["evidence"', 'include = ["na_reason"', "parts", "comes by itself"),
        ('required = ["evidence"', 'required = ["files"', "parts", "files cannot be required"),
        ("[scales.met]", '[scales."Met it"]', "", "the scale name"),
    ],
)
def test_a_wrong_setting_is_named_with_what_is_wrong(old: str, new: str, where: str, what: str) -> None:
    assert old in SETTINGS

    with pytest.raises(ToolSettingWrong, match=re.escape(what)) as caught:
        read_settings(SETTINGS.replace(old, new, 1).encode())

    assert where in caught.value.message


def test_guidance_cannot_end_before_it_starts() -> None:
    said = '\n[[guidance]]\nname = "A"\nedition = "1"\nstarts = 2025-09-01\nends = 2024-09-01\n'

    with pytest.raises(ToolSettingWrong, match="ends before it starts"):
        read_settings((SETTINGS + said).encode())


def test_lineage_names_what_was_replaced() -> None:
    said = '\n[[lineage]]\nitem = "induction"\nreplaces = []\nedition = "0"\n'

    with pytest.raises(ToolSettingWrong, match="at least one item"):
        read_settings((SETTINGS + said).encode())


def test_sub_questions_have_our_words_unless_the_tool_says_otherwise() -> None:
    parts = Parts(labels={Part.OWNER: "Who will lead?"})

    assert parts.label(Part.EVIDENCE) == "How do you know?"
    assert parts.label(Part.OWNER) == "Who will lead?"


@pytest.mark.parametrize(
    "name", ["Induction", "1st", "a", "x_evidence", "x_na_reason", "x_item", "x_file", "a-b", "é_1"]
)
def test_some_names_cannot_be_item_ids(name: str) -> None:
    assert not is_item_id(name)


def test_a_plain_snake_case_name_can_be_an_item_id() -> None:
    assert is_item_id("rec_central_record")
