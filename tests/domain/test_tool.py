"""A tool as people see it: sections, numbers, items and who signs."""

import pytest

from iowscp_desktop.domain.tool import Item, Part, Tool, compile_tool, read_tool
from iowscp_desktop.errors import FormError, ToolRowWrong, ToolSettingWrong
from tests.domain.tool_sample import FORM, SETTINGS, mini_files


def tool(settings: str = SETTINGS, form: str = FORM) -> Tool:
    return compile_tool(read_tool(mini_files(settings=settings, form=form)))[0]


def test_graded_sections_are_numbered_and_the_others_lettered() -> None:
    assert [(section.number, section.title) for section in tool().sections] == [
        ("A", "Your setting"),
        ("1", "Training"),
        ("2", "Local"),
    ]


def test_questions_are_numbered_in_the_order_they_are_asked_and_notes_are_not() -> None:
    numbers = {entry.id: entry.number for section in tool().sections for entry in section.entries}

    assert numbers == {
        "setting_name": "A.1",
        "staff": "A.2",
        "induction": "1.1",
        "training_more": "1.2",
        "loc_learning": "2.1",
        "loc_often": "2.2",
    }


def test_ten_questions_stay_in_order() -> None:
    more = "".join(f"| | text | more_{place} | | More? | | | | |\n" for place in range(12))
    form = FORM.replace("| | text | training_more | | Anything else? | | | | |\n", more)

    numbers = [entry.number for entry in tool(form=form).sections[1].entries]

    assert numbers == [f"1.{place}" for place in range(1, 14)]


def test_an_item_carries_what_lists_and_panels_show() -> None:
    item = tool().item("induction")

    assert item == Item(
        id="induction",
        number="1.1",
        title="Induction",
        question="Is everyone inducted?",
        hint="All staff",
        guidance="• One.\n• Two.",
        section="training",
        scale="met",
        required=True,
        parts=tuple(Part),
    )


def test_an_item_is_found_by_any_of_its_questions() -> None:
    found = tool()

    for name in ("induction_item", "induction", "induction_due", "induction_files", "induction_file"):
        assert found.item_of(name) == found.item("induction")
    assert found.item("induction_due") is None
    assert found.item_of("staff") is None


def test_each_question_of_an_item_knows_its_part() -> None:
    found = tool()

    assert found.part_of("induction") is None
    assert found.part_of("induction_due") is Part.DUE
    assert found.part_of("induction_file") is Part.FILES
    assert found.part_of("staff") is None


def test_an_item_names_its_own_questions() -> None:
    item = tool(SETTINGS.replace(', "files"]', "]")).items[0]

    assert item.part_name(Part.DUE) == "induction_due"
    assert item.part_name(Part.FILES) is None
    assert item.file_name is None
    assert item.group_name == "induction_item"


def test_a_plain_question_without_a_short_title_shows_its_label() -> None:
    questions = tool().sections[0].questions

    assert [question.title for question in questions] == ["Name", "How many staff?"]


def test_signers_come_in_the_order_they_sign() -> None:
    assert [signer.role for signer in tool().signers] == ["lead", "head"]


def test_an_items_scale_is_the_settings_scale() -> None:
    found = tool()

    assert found.scale_of(found.items[0]).id == "met"


def test_a_section_is_found_by_its_id() -> None:
    found = tool()

    assert found.section("training") == found.sections[1]
    assert found.section("induction") is None


def test_the_digest_is_the_packages() -> None:
    package = read_tool(mini_files())

    assert compile_tool(package)[0].digest == package.digest


def test_the_compiled_form_holds_the_expanded_questions() -> None:
    form = compile_tool(read_tool(mini_files()))[1]

    assert 'nodeset="/data/local/loc_learning_item/loc_learning_na_reason"' in form.xml


def test_a_question_outside_every_section_is_refused() -> None:
    form = FORM.replace("| | block | extra", "| | text | stray | | Stray? | | | | |\n| | block | extra")

    with pytest.raises(ToolRowWrong, match="“stray” stands in no section"):
        tool(form=form)


def test_words_and_calculations_may_stand_outside_the_sections() -> None:
    form = FORM.replace("| | block | extra", "| | note | word | | Well done | | | | |\n| | block | extra")

    assert len(tool(form=form).sections) == 3


def test_lineage_must_name_an_item_of_the_form() -> None:
    said = SETTINGS + '\n[[lineage]]\nitem = "gone"\nreplaces = ["old"]\nedition = "0"\n'

    with pytest.raises(ToolSettingWrong, match="no item called “gone”"):
        tool(said)


def test_lineage_may_say_that_an_item_was_retired() -> None:
    said = SETTINGS + '\n[[lineage]]\nitem = ""\nreplaces = ["old"]\nedition = "0"\n'

    assert tool(said).lineage[0].replaces == ("old",)


def test_a_form_with_a_mistake_does_not_compile() -> None:
    with pytest.raises(FormError):
        tool(form=FORM.replace("${staff}", "${stuff}"))
