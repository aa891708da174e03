"""What a form's author is told: every mistake at once, each with its place, and what is only doubtful."""

import io

import openpyxl
import pytest

from iowscp_desktop.errors import FormUnreadable, SpreadsheetTooLarge
from iowscp_desktop.forms import Checked, check_form, compile_workbook, errors_in, load_form, read_form, read_workbook
from tests.forms.conftest import HEAD, begin, table


def checked(survey: str, choices: str = "", settings: str = "") -> Checked:
    return check_form(table(survey.strip(), choices, settings).encode(), name="test.md")


def places(outcome: Checked) -> list[tuple[str, int, str]]:
    return [(finding.code, finding.row, finding.column) for finding in outcome.findings]


def test_a_good_form_comes_back_ready_and_without_findings() -> None:
    outcome = checked("| type | name | label |\n| text | a | A |")

    assert outcome.findings == ()
    assert outcome.form is not None
    assert begin(outcome.form).node("/data/a").label == "A"


def test_all_mistakes_are_told_at_once() -> None:
    outcome = checked(
        """
| type         | name | label | relevant     | calculation | constraint |
| telepathy    | a    | A     |              |             |            |
| text         | b    |       | ${nope} = 1  |             |            |
| text         | c    | C     | ${other} = 1 |             |            |
| text         | 1d   | D     |              |             |            |
| text         | e    | E     | ${1d} = 'x'  | summ(1)     | 1 +        |
| text         | e    | E     |              |             |            |
| end_group    |      |       |              |             |            |
| begin_repeat | r    | R     |              |             |            |
| text         | q    | Q     |              |             |            |
"""
    )

    assert outcome.form is None
    assert places(outcome) == [
        ("unknown-type", 3, "type"),
        ("no-such-question", 4, "relevant"),
        ("no-label", 4, "label"),
        ("no-such-question", 5, "relevant"),
        ("bad-name", 6, "name"),
        ("unknown-function", 7, "calculation"),
        ("unreadable-rule", 7, "constraint"),
        ("two-names", 8, "name"),
        ("end-without-begin", 9, "type"),
        ("begin-without-end", 10, "type"),
    ]
    assert all(finding.severity == "error" and finding.what and finding.do for finding in outcome.findings)


def test_compiling_refuses_with_all_mistakes() -> None:
    outcome = checked("| type | name | label | relevant |\n| text | a | A | ${x} = 1 |\n| text | b | B | ${y} = 1 |")

    assert [(one.code, one.row) for one in outcome.findings] == [("no-such-question", 3), ("no-such-question", 4)]


@pytest.mark.parametrize(
    ("function", "told"),
    [("summ(1)", "“sum()”"), ("add-date(., 1)", "Community Health"), ("rank-index(1, ${b})", "SurveyCTO")],
)
def test_an_unknown_function_is_explained(function: str, told: str) -> None:
    outcome = checked(f"| type | name | label | calculation |\n| text | b | B | |\n| calculate | a | | {function} |")

    assert places(outcome) == [("unknown-function", 4, "calculation")]
    assert told in outcome.findings[0].do


def test_a_circle_is_told_with_its_questions() -> None:
    outcome = checked("| type | name | calculation |\n| calculate | one | ${two} |\n| calculate | two | ${one} |")

    assert [finding.code for finding in outcome.findings] == ["circle"]
    assert "one → two" in outcome.findings[0].what
    assert outcome.findings[0].row == 3


def test_decision_2_a_loose_pattern_is_doubted() -> None:
    outcome = checked("""
| type | name | label | constraint              |
| text | a    | A     | regex(., '[a-z]+')      |
| text | b    | B     | regex(., '^[a-z]+$')    |
| text | c    | C     | regex(., '[a-z') or 1=1 |
""")

    assert places(outcome) == [("loose-pattern", 3, "constraint"), ("bad-pattern", 5, "constraint")]
    assert outcome.form is not None


def test_decision_6_several_answers_where_one_is_wanted_are_doubted() -> None:
    outcome = checked("""
| type         | name  | label | calculation                        | relevant   |
| begin_repeat | r     | R     |                                    |            |
| integer      | n     | N     |                                    |            |
| calculate    | twice |       | ${n} * 2                           |            |
| end_repeat   |       |       |                                    |            |
| calculate    | bad   |       | ${n} + 1                           |            |
| calculate    | worse |       | concat('x', string(${n}))          |            |
| calculate    | good  |       | sum(${n}) + count(${r})            |            |
| calculate    | one   |       | indexed-repeat(${n}, ${r}, 1)      |            |
| calculate    | first |       | if(true(), ${n}, 0)                |            |
| text         | any   | A     |                                    | ${n} > 3   |
""")

    assert places(outcome) == [
        ("several-answers", 7, "calculation"),
        ("several-answers", 8, "calculation"),
        ("several-answers", 11, "calculation"),
    ]
    assert "“n”" in outcome.findings[0].what


def test_a_choice_that_is_not_in_the_list_is_doubted() -> None:
    outcome = checked(
        """
| type              | name | label | relevant                               |
| select_one l      | a    | A     |                                        |
| select_multiple l | m    | M     | ${a} = 'yes' or ${a} = ''              |
| text              | b    | B     | ${a} = 'yse' or selected(${m}, 'on')   |
""",
        "| l | yes | Yes | |\n| l | no | No | |",
    )

    assert places(outcome) == [("no-such-choice", 5, "relevant")]


def test_what_this_program_does_not_do_is_told_before_first_use() -> None:
    outcome = checked(
        """
| type             | name | label | appearance      |
| audit            | audit |      |                 |
| geopoint         | g    | G     |                 |
| select_one l     | s    | S     | search('towns') |
| background-audio | v    |       |                 |
""",
        "| l | a | A | |",
        "| public_key | submission_url |\n| MIIB | https://example.org |",
    )

    assert {(code, row, column) for code, row, column in places(outcome)} == {
        ("not-done", 3, "type"),
        ("not-done", 4, "type"),
        ("not-done", 5, "appearance"),
        ("not-done", 6, "type"),
        ("not-done", 12, "public_key"),
        ("not-done", 12, "submission_url"),
        ("unsupported", 0, ""),
    }
    assert not errors_in(outcome.findings)


def test_a_missing_translation_is_told_cell_by_cell() -> None:
    outcome = checked("""
| type  | name | label::English (en) | label::Cymraeg (cy) | hint::English (en) |
| text  | a    | A                   | A                   | Think              |
| text  | b    | B                   |                     |                    |
| start | s    | S                   |                     |                    |
""")

    assert places(outcome) == [("missing-translation", 4, "label::Cymraeg (cy)")]
    assert "Cymraeg" in outcome.findings[0].what


def test_very_many_missing_translations_are_counted_in_the_end() -> None:
    rows = "\n".join(f"| text | a{number} | A | |" for number in range(30))

    outcome = checked(f"| type | name | label::English (en) | label::Cymraeg (cy) |\n| text | z | Z | Z |\n{rows}")

    assert len(outcome.findings) == 21
    assert "10 more" in outcome.findings[-1].what


def test_names_and_labels_that_people_would_mix_up_are_doubted() -> None:
    outcome = checked(
        """
| type              | name | label |
| begin_group       | g    | G     |
| text              | a    | A     |
| end_group         |      |       |
| text              | a    | A     |
| text              | Who  | W     |
| begin_group       | h    | H     |
| text              | who  | W     |
| end_group         |      |       |
| select_multiple l | m    | M     |
""",
        "| l | x | Same | |\n| l | y | same | |\n| l | a b | Two | |\n| k | x | Same | |",
    )

    assert places(outcome) == [
        ("same-name", 6, "name"),
        ("nearly-same-name", 9, "name"),
        ("same-label", 15, "label"),
        ("space-in-choice", 16, "name"),
    ]


def test_a_missing_file_is_told_at_the_row_that_asks_for_it() -> None:
    outcome = checked("| type | name | label |\n| select_one_from_file towns.csv | a | A |")

    assert places(outcome) == [("missing-file", 3, "type")]


XFORM = (
    f"{HEAD}<instance><data id='t'><a/></data></instance><bind nodeset='/data/a' type='string' {{rule}}/></model>"
    "</h:head><h:body><input ref='/data/a'><label>A</label></input></h:body></h:html>"
)


def test_an_xform_is_taken_as_it_is_written() -> None:
    compiled = read_form(XFORM.format(rule="").encode("utf-16"), name="form.xml")

    assert begin(load_form(compiled.xml)).node("/data/a").label == "A"
    assert len(compiled.source_hash) == 64


def test_a_spreadsheet_is_read_by_the_same_door() -> None:
    source = table("| type | name | label |\n| text | a | A |").encode()

    assert read_form(source, name="a.md") == compile_workbook(read_workbook(source, name="a.md"))


def test_an_xform_is_looked_over_too() -> None:
    outcome = check_form(XFORM.format(rule='relevant="nought()" constraint="regex(., \'a\')"').encode(), name="x.xml")

    assert [(one.code, one.column, one.severity) for one in outcome.findings] == [
        ("unknown-function", "relevant", "error"),
        ("loose-pattern", "constraint", "warning"),
    ]
    assert outcome.findings[0].what.startswith("/data/a: ")


@pytest.mark.parametrize(
    "source",
    [
        b"<a/>",
        b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
        b"<!DOCTYPE a SYSTEM 'http://example.org/a.dtd'><a/>",
        b"<h:html",
        b"\xff\xfe<\x00a\x00/\x00>\x00",
    ],
)
def test_xml_that_is_no_xform_or_reaches_out_is_refused(source: bytes) -> None:
    with pytest.raises(FormUnreadable):
        check_form(source, name="x.xml")


def test_an_enormous_xform_is_refused_unread() -> None:
    with pytest.raises(SpreadsheetTooLarge):
        read_form(b"<a>" + b"x" * 21_000_000 + b"</a>", name="x.xml")


def test_a_spreadsheet_with_a_form_in_every_cell_type_is_looked_over() -> None:
    book = openpyxl.Workbook()
    book.active.title = "survey"
    for row in (["type", "name", "label"], ["text", "a", "A"], ["mystery", "b", "B"]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)

    outcome = check_form(out.getvalue(), name="x.xlsx")

    assert places(outcome) == [("unknown-type", 3, "type")]
