"""Any XLSForm as a tool: what repeats, what is a table, what stands outside every group."""

import pytest

from iowscp_desktop.domain.tool import Entry, Grid, Question, Repeat, Tool, compile_tool, open_package, plain_tool
from iowscp_desktop.errors import FormUnreadable, NotAForm
from iowscp_desktop.forms import load_form

FORM = """\
| survey | | | | | |
| | type | name | label | appearance | disabled |
| | text | who | Who? | | |
| | begin_group | place | Place | | |
| | text | name | **Name** | | |
| | text | gone | Gone | | yes |
| | begin_repeat | room | Rooms | | |
| | text | name | Name | | |
| | begin_repeat | bed | Beds | | |
| | text | colour | Colour | | |
| | end_repeat | | | | |
| | end_repeat | | | | |
| | begin_group | table | Table | table-list | |
| | select_one yn | clean | Clean? | | |
| | select_one yn | warm | Warm? | | |
| | end_group | | | | |
| | begin_group | table2 | Table | field-list | |
| | select_one yn | head | | label | |
| | select_one yn | dry | Dry? | list-nolabel | |
| | select_one yn | light | Light? | list-nolabel | |
| | end_group | | | | |
| | end_group | | | | |
| | select_one yn or_other | last | Last? | | |
| choices | | | |
| | list_name | name | label |
| | yn | yes | Yes |
| | yn | no | No |
| settings | | |
| | form_title | form_id |
| | A plain form | Plain Form 1 |
"""


def tool(form: str = FORM) -> Tool:
    return compile_tool(plain_tool("some form.md", form.encode()))[0]


def test_what_stands_outside_every_group_is_a_section_of_its_own() -> None:
    sections = [(section.number, section.title) for section in tool().sections]

    assert sections == [("A", "A plain form"), ("B", "Place"), ("C", "A plain form")]


def test_what_repeats_and_what_is_a_table_is_one_line_each() -> None:
    entries = [(entry.number, entry.id, type(entry)) for section in tool().sections for entry in section.entries]

    assert entries == [
        ("A.1", "who", Question),
        ("B.1", "place/name", Question),
        ("B.2", "room", Repeat),
        ("B.3", "table", Grid),
        ("B.4", "table2", Grid),
        ("C.1", "last", Question),
        ("C.2", "last_other", Question),
    ]


def test_names_that_are_not_unique_are_told_apart_by_where_they_stand() -> None:
    made = tool()

    assert made.paths["place/name"] == "place/name"
    assert made.paths["place/room/name"] == "place/room/name"
    assert made.paths["colour"] == "place/room/bed/colour"


def test_everything_in_a_repeat_belongs_to_its_line() -> None:
    made = tool()

    room = made.entry_of("room")

    assert isinstance(room, Repeat)
    assert room.inside == ("place/room/name", "bed", "colour")
    assert made.entry_of("colour") is room
    assert made.entry_of("place") is None


def test_a_question_knows_the_repeats_it_lies_in() -> None:
    made = tool()

    assert made.repeats_around("colour") == ("room", "bed")
    assert made.repeats_around("bed") == ("room",)
    assert made.repeats_around("place/name") == made.repeats_around("nothing") == ()


def test_a_table_names_its_rows_and_not_its_heading() -> None:
    made = tool()

    first, second = made.entry_of("clean"), made.entry_of("dry")

    assert isinstance(first, Grid)
    assert isinstance(second, Grid)
    assert (first.asked, second.asked) == (("clean", "warm"), ("dry", "light"))
    assert made.entry_of("head") is None


def test_titles_are_read_without_markup() -> None:
    assert tool().sections[1].questions[0].title == "Name"


def test_the_settings_come_from_the_form() -> None:
    package = plain_tool("some form.md", FORM.encode())

    assert (package.settings.id, package.settings.title, package.settings.edition) == (
        "plain-form-1",
        "A plain form",
        "1",
    )
    assert [signer.role for signer in package.settings.signers] == ["lead"]
    assert open_package(package.canonical()) == package


@pytest.mark.parametrize("id_", ["", "1", "Ä", 'a "quoted" \\ id', "x" * 80])
def test_whatever_a_form_is_called_it_gets_an_id(id_: str) -> None:
    form = FORM.replace("Plain Form 1", id_ or "9")

    assert plain_tool("ф.md", form.encode()).settings.id


def test_twenty_seven_sections_have_letters_of_their_own() -> None:
    groups = "".join(
        f"| | begin_group | g{place} | G | | |\n| | text | t{place} | T | | |\n| | end_group | | | | |\n"
        for place in range(26)
    )

    sections = tool(FORM.replace("| | select_one yn or_other", f"{groups}| | select_one yn or_other")).sections

    assert [section.number for section in sections[24:]] == ["Y", "Z", "AA", "AB", "AC"]


def test_what_is_no_form_is_no_tool() -> None:
    with pytest.raises(NotAForm):
        plain_tool("letter.xlsx", b"Dear all")


def lines(tool: Tool) -> list[tuple[str, str, type[Entry]]]:
    return [(entry.number, entry.id, type(entry)) for section in tool.sections for entry in section.entries]


def test_an_xform_asks_what_its_spreadsheet_asks_and_runs_as_it_is_written() -> None:
    from_sheet, compiled = compile_tool(plain_tool("a.md", FORM.encode()))

    from_xml, as_written = compile_tool(plain_tool("a.xml", compiled.xml.encode()))

    assert lines(from_xml) == lines(from_sheet)
    assert [section.title for section in from_xml.sections] == [section.title for section in from_sheet.sections]
    asked = [entry_id for _number, entry_id, _kind in lines(from_xml)]
    assert [from_xml.paths[entry_id] for entry_id in asked] == [from_sheet.paths[entry_id] for entry_id in asked]
    assert (from_xml.id, from_xml.title, from_xml.repeats) == (from_sheet.id, from_sheet.title, from_sheet.repeats)
    assert load_form(as_written.xml).id == load_form(compiled.xml).id


def test_what_is_written_as_xml_but_is_no_form_is_refused() -> None:
    with pytest.raises(FormUnreadable):
        plain_tool("a.xml", b"<h:html xmlns:h='http://www.w3.org/1999/xhtml'><h:head/></h:html>")


def test_lists_that_a_form_looks_things_up_in_travel_with_it() -> None:
    form = FORM.replace("select_one yn or_other | last", "select_one_from_file schools.csv | last")
    package = plain_tool("a.md", form.encode(), {"schools.csv": b"\xef\xbb\xbfname,label\no,Oakfield\n"})

    opened = open_package(package.canonical())

    assert opened.media == {"schools.csv": "name,label\no,Oakfield\n"}
    running = load_form(compile_tool(opened)[1].xml, media=opened.media)
    assert [finding.code for finding in running.findings if finding.code == "missing-file"] == []
    without = load_form(compile_tool(opened)[1].xml)
    assert [finding.code for finding in without.findings if finding.code == "missing-file"] == ["missing-file"]
