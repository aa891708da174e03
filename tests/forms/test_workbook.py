"""Spreadsheets, as people and attackers send them."""

import io
import random
import time
import zipfile

import openpyxl
import pytest

from iowscp_desktop.errors import FormDoesNotCompile, FormError, NotAForm, SpreadsheetTooLarge, SpreadsheetUnsafe
from iowscp_desktop.forms import Workbook, compile_workbook, errors_in, load_form, read_workbook
from tests.forms.conftest import table

ROWS: list[list[object]] = [["type", "name", "label"], ["text", "a", "Name | of"], [], ["integer", "b", "Age"]]


def xlsx(sheets: dict[str, list[list[object]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


MARKDOWN = b"""# A form about people
## survey
| type | name | label |
| ---- | :--: | ----: |
| text | a | Name \\| of |

| integer | b | Age |
"""
PYXFORM_MARKDOWN = b"""
| survey | | | |
| | type | name | label |
| | text | a | Name \\| of |
| | integer | b | Age |
| choices | | | |
| | list_name | name | label |
| | x | 1 | One |
"""
CSV = b"survey,,,\n,type,name,label\n,text,a,Name | of\n,integer,b,Age\n"
PLAIN_CSV = b"type,name,label\ntext,a,Name | of\ninteger,b,Age\n"


@pytest.mark.parametrize(
    "source", [xlsx({"survey": list(ROWS)}), MARKDOWN, PYXFORM_MARKDOWN, CSV, PLAIN_CSV, b"\xef\xbb\xbf" + PLAIN_CSV]
)
def test_a_form_is_read_whatever_it_is_called(source: bytes) -> None:
    workbook = read_workbook(source, name="form.pdf")

    assert [dict(row.cells) for row in workbook.rows("survey")] == [
        {"type": "text", "name": "a", "label": "Name | of"},
        {"type": "integer", "name": "b", "label": "Age"},
    ]


def test_rows_keep_the_numbers_a_person_sees() -> None:
    assert [row.number for row in read_workbook(xlsx({"survey": list(ROWS)}), name="x").rows("survey")] == [2, 4]
    assert [row.number for row in read_workbook(MARKDOWN, name="x").rows("survey")] == [5, 7]


def test_cells_read_as_people_wrote_them() -> None:
    source = xlsx({"Survey ": [["type", "name", "label", "default"], ["integer", "a", 1.0, True]]})

    assert read_workbook(source, name="x").rows("survey")[0].cells == {
        "type": "integer",
        "name": "a",
        "label": "1",
        "default": "TRUE",
    }


def test_two_columns_of_one_name_are_noticed() -> None:
    workbook = read_workbook(b"type,name,label,label\ntext,a,A,B\n", name="x")

    assert workbook.rows("survey")[0]["label"] == "A"
    assert [finding.code for finding in workbook.findings] == ["two-columns"]


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"   \n",
        b"hello",
        b"%PDF-1.7 nothing",
        b"<html></html>",
        b"PK\x03\x04 not a zip at all",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
        b"\x00\x01\x02",
        b"name,label\na,b\n",
        b"type,name\n",
        b"| a |\n",
        xlsx({"other": [["a"]], "more": [["b"]]}),
        xlsx({"survey": []}),
    ],
)
def test_what_is_no_form_is_refused_in_plain_words(source: bytes) -> None:
    with pytest.raises(NotAForm) as caught:
        read_workbook(source, name="x")

    assert caught.value.code == "F101"
    assert caught.value.remedy


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_zip_bomb_is_refused_unopened() -> None:
    bomb = zipped({"xl/workbook.xml": b"\x20" * 120_000_000})

    with pytest.raises(SpreadsheetTooLarge):
        read_workbook(bomb, name="x")


def test_a_billion_laughs_are_refused() -> None:
    laughs = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">' + b"".join(
        b'<!ENTITY a%d "&a%s;&a%s;">'
        % (n, str(n - 1).encode() if n > 1 else b"", str(n - 1).encode() if n > 1 else b"")
        for n in range(1, 40)
    )
    good = zipfile.ZipFile(io.BytesIO(xlsx({"survey": list(ROWS)})))
    parts = {name: good.read(name) for name in good.namelist()}
    parts["xl/workbook.xml"] = laughs + b"]>" + parts["xl/workbook.xml"]

    with pytest.raises(SpreadsheetUnsafe):
        read_workbook(zipped(parts), name="x")


def test_a_monstrous_cell_is_refused() -> None:
    with pytest.raises(SpreadsheetTooLarge):
        read_workbook(b"type,name,label\ntext,a," + b"x" * 19_000_000 + b"\n", name="x")
    with pytest.raises(SpreadsheetTooLarge):
        read_workbook(b"| type | name |\n| text | " + b"x" * 19_000_000 + b" |\n", name="x")
    with pytest.raises(SpreadsheetTooLarge):
        read_workbook(b"x" * 21_000_000, name="x")


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(SpreadsheetTooLarge):
        read_workbook(b"type,name,label\n" + b"text,a,A\n" * 60_000, name="x")


def test_formulas_stay_texts() -> None:
    workbook = read_workbook(b"type,name,label\ntext,a,\"=cmd|' /C calc'!A0\"\n", name="x")

    assert workbook.rows("survey")[0]["label"] == "=cmd|' /C calc'!A0"
    assert load_form(compile_workbook(workbook).xml).title


def test_damaged_files_get_a_message_and_never_a_traceback() -> None:
    chance = random.Random(1)
    good = xlsx({"survey": list(ROWS), "choices": [["list_name", "name"], ["a", "b"]]})
    said: list[str] = []
    start = time.monotonic()
    for _ in range(60):
        bad = bytearray(good)
        for _ in range(8):
            bad[chance.randrange(len(bad))] = chance.randrange(256)
        try:
            compile_workbook(read_workbook(bytes(bad[: chance.randrange(100, len(bad) + 1)]), name="x"))
        except FormError as error:
            said.append(error.message)
    assert all(said)
    assert time.monotonic() - start < 20


def book(survey: str, choices: str = "", settings: str = "") -> Workbook:
    return read_workbook(table(survey, choices, settings).encode(), name="test.md")


def test_an_unknown_name_is_reported_where_it_stands() -> None:
    with pytest.raises(FormDoesNotCompile) as caught:
        compile_workbook(book("| type | name | label | relevant |\n| text | a | A | |\n| text | b | B | ${c} = 1 |"))

    finding = caught.value.findings[0]
    assert (finding.sheet, finding.row, finding.column, finding.code) == ("survey", 4, "relevant", "no-such-question")
    assert "“c”" in finding.what
    assert "${" in finding.do
    assert finding.where == "survey sheet, row 4, column “relevant”"


@pytest.mark.parametrize(
    ("survey", "code"),
    [
        ("| type | name | label |\n| begin_group | g | G |\n| text | a | A |", "begin-without-end"),
        ("| type | name | label |\n| text | a | A |\n| end_group | | |", "end-without-begin"),
        ("| type | name | label |\n| telepathy | a | A |", "unknown-type"),
        ("| type | name | label |\n| text | a | A |\n| text | a | B |", "two-names"),
        ("| type | name | label |\n| text | 1a | A |", "bad-name"),
        ("| type | name | label |\n| | a | A |\n| text | b | B |", "no-type"),
        ("| type | name | label | relevant |\n| text | a | A | ${a |", "bad-reference"),
    ],
)
def test_mistakes_are_said_in_plain_words(survey: str, code: str) -> None:
    with pytest.raises(FormDoesNotCompile) as caught:
        compile_workbook(book(survey))

    assert [finding.code for finding in caught.value.findings] == [code]
    assert "pyxform" not in caught.value.message.lower()


def test_groups_nested_out_of_all_sense_are_refused() -> None:
    rows = "\n".join(f"| begin_group | g{number} | G |" for number in range(10_000))

    with pytest.raises(FormDoesNotCompile, match="deep"):
        compile_workbook(book(f"| type | name | label |\n{rows}"))


def test_twin_choices_are_allowed_and_said() -> None:
    compiled = compile_workbook(
        book("| type | name | label |\n| select_one l | a | A |", "| l | 1 | One | |\n| l | 1 | Uno | |")
    )

    assert [finding.code for finding in compiled.findings] == ["two-choices"]
    assert not errors_in(compiled.findings)


def test_a_missing_list_gets_a_place_holder_and_an_error() -> None:
    compiled = compile_workbook(
        book("| type | name | label |\n| select_one lost | a | A |\n| select one from lost | b | B |")
    )

    assert {finding.code for finding in errors_in(compiled.findings)} == {"no-choice-list"}
    assert load_form(compiled.xml).title == "test"


def test_a_group_called_meta_is_renamed_with_all_that_refers_to_it() -> None:
    compiled = compile_workbook(
        book("""
| type        | name | label | relevant |
| begin_group | meta | M     |          |
| text        | a    | A     |          |
| end_group   |      |       |          |
| text        | b    | B     | count-non-empty(${meta}/*) > 0 |
""")
    )

    assert [finding.code for finding in compiled.findings] == ["reserved-name"]
    assert "/data/meta_2/a" in compiled.xml


def test_a_column_that_the_compiler_cannot_bear_is_left_out() -> None:
    compiled = compile_workbook(book("| type | name | label | instance::tag |\n| text | a | A | x |"))

    assert [finding.code for finding in compiled.findings] == ["unusable-column"]


def test_the_fingerprint_says_whether_the_form_is_the_same() -> None:
    one = read_workbook(MARKDOWN, name="a.md")
    same = read_workbook(xlsx({"survey": list(ROWS)}), name="b.xlsx")
    other = read_workbook(MARKDOWN.replace(b"Age", b"age"), name="a.md")

    assert one.fingerprint() == same.fingerprint() == compile_workbook(one).source_hash
    assert one.fingerprint() != other.fingerprint()
