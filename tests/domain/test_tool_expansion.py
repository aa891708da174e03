"""Criterion rows become plain XLSForm that any program can open."""

from dataclasses import replace

import pytest
from pyxform.xls2xform import convert

from iowscp_desktop.domain.tool import Part, expand, read_tool
from iowscp_desktop.domain.tool_expansion import part_names
from iowscp_desktop.errors import ToolRowWrong
from iowscp_desktop.forms import Row, Workbook
from tests.domain.tool_sample import FORM, SETTINGS, mini_files


def expanded(settings: str = SETTINGS, form: str = FORM) -> Workbook:
    package = read_tool(mini_files(settings=settings, form=form))
    return expand(package.workbook(), package.settings)


def row(workbook: Workbook, name: str) -> Row:
    (found,) = [row for row in workbook.rows("survey") if row["name"] == name]
    return found


def test_an_item_becomes_a_group_a_grade_and_its_parts_in_order() -> None:
    names = [row["name"] or row["type"] for row in expanded().rows("survey")]

    start = names.index("induction_item")
    assert names[start : start + 12] == [
        "induction_item",
        "induction",
        "induction_evidence",
        "induction_impact",
        "induction_next",
        "induction_owner",
        "induction_due",
        "induction_na_reason",
        "induction_files",
        "induction_file",
        "end_repeat",
        "end_group",
    ]


def test_the_group_takes_question_and_relevance_and_the_grade_takes_the_rest() -> None:
    group, grade = row(expanded(), "induction_item"), row(expanded(), "induction")

    assert (group["label"], group["relevant"]) == ("Is everyone inducted?", "${staff} > 0")
    assert (grade["label"], grade["hint"], grade["required"]) == ("How well?", "All staff", "yes")
    assert grade["type"] == "select_one scale_met"
    assert grade["relevant"] == ""


def test_each_bullet_of_the_guidance_gets_a_line() -> None:
    assert row(expanded(), "induction")["guidance_hint"] == "• One.\n• Two."


@pytest.mark.parametrize(
    ("part", "relevant", "required"),
    [
        ("evidence", "${induction} != '' and ${induction} != 'na'", "yes"),
        ("impact", "${induction} != '' and ${induction} != 'na'", ""),
        ("next", "${induction} = 'not'", "yes"),
        ("owner", "${induction} = 'not'", ""),
        ("due", "${induction} = 'not'", ""),
        ("na_reason", "${induction} = 'na'", "yes"),
        ("files", "${induction} != 'na'", ""),
    ],
)
def test_parts_are_asked_when_the_grade_calls_for_them(part: str, relevant: str, required: str) -> None:
    found = row(expanded(), f"induction_{part}")

    assert (found["relevant"], found["required"]) == (relevant, required)


def test_the_choices_come_from_the_scale_once() -> None:
    choices = [(row["name"], row["label"]) for row in expanded().rows("choices") if row["list_name"] == "scale_met"]

    assert choices == [("met", "Met"), ("not", "Not met"), ("na", "Not applicable")]


def test_the_short_title_is_not_left_behind() -> None:
    assert "short" not in expanded().columns("survey")


def test_parts_that_the_tool_leaves_out_are_not_asked() -> None:
    fewer = SETTINGS.replace('"impact", "next", "owner", "due", "files"', '"next"')

    names = {row["name"] for row in expanded(settings=fewer).rows("survey")}

    assert names & {f"induction_{part}" for part in Part} == {
        "induction_evidence",
        "induction_next",
        "induction_na_reason",
    }


def test_a_scale_without_gaps_asks_for_no_action_and_one_without_na_for_no_reason() -> None:
    package = read_tool(mini_files())
    scale = package.settings.scales["met"]
    points = tuple(replace(point, is_gap=False) for point in scale.points)
    plain = replace(package.settings, scales={"met": replace(scale, points=points, not_applicable=None)})

    names = {row["name"] for row in expand(package.workbook(), plain).rows("survey")}

    assert names & {f"induction_{part}" for part in Part} == {
        "induction_evidence",
        "induction_impact",
        "induction_files",
    }


def test_a_rule_for_free_text_is_put_on_every_long_answer() -> None:
    ruled = SETTINGS + "constraint = \"string-length(.) < 9\"\nconstraint_message = 'Too long.'\n"

    survey = expanded(settings=ruled)

    bound = [row["name"] for row in survey.rows("survey") if row["constraint"] and "induction" in row["name"]]
    assert bound == ["induction_evidence", "induction_impact", "induction_next", "induction_na_reason"]


def test_a_form_in_two_languages_gets_labels_in_both() -> None:
    both = FORM.replace("| label |", "| label::English (en) |", 1).replace("| hint |", "| label::Français (fr) |", 1)

    grade = row(expanded(form=both), "induction")

    assert grade["label::English (en)"] == grade["label::Français (fr)"] == "How well?"


def test_the_expanded_workbook_is_plain_xlsform_that_pyxform_compiles_unchanged() -> None:
    workbook = expanded()
    sheets = {sheet: [dict(row.cells) for row in workbook.rows(sheet)] for sheet in workbook.sheets}

    made = convert(sheets, validate=False)

    assert '<bind nodeset="/data/training/induction_item/induction_next"' in made.xform
    assert not [row for row in workbook.rows("survey") if row["type"].startswith(("criterion", "block"))]


def test_expanding_twice_changes_nothing() -> None:
    package = read_tool(mini_files())
    once = expand(package.workbook(), package.settings)

    assert expand(once, package.settings).fingerprint() == once.fingerprint()


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("criterion met | induction", "criterion gold | induction", "row 9: the settings have no scale called “gold”"),
        ("criterion met | induction", "criterion | induction", "no scale called “”"),
        ("criterion met | induction", "criterion met | Induction", "cannot be an item’s name"),
        ("criterion met | induction", "criterion met | go_due", "cannot be an item’s name"),
        ("| Induction |", "| |", "“induction” has no short title"),
        ("text | training_more", "text | induction_next", "two questions called “induction_next”"),
        ("text | training_more", "text | staff", "two questions called “staff”"),
    ],
)
def test_a_wrong_criterion_row_is_named_with_its_row(old: str, new: str, what: str) -> None:
    assert old in FORM

    with pytest.raises(ToolRowWrong, match=what):
        expanded(form=FORM.replace(old, new, 1))


def test_a_choice_list_cannot_have_the_name_of_a_scale() -> None:
    form = FORM + "| choices | | | |\n| | list_name | name | label |\n| | scale_met | a | A |\n"

    with pytest.raises(ToolRowWrong, match="the name of a scale’s list"):
        expanded(form=form)


def test_every_name_of_an_item_is_known() -> None:
    names = {row["name"] for row in expanded().rows("survey") if row["name"].startswith("induction")}

    assert names == set(part_names("induction"))
