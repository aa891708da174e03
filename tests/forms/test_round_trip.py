"""A response goes out as a submission and as tables, and comes back the same."""

import csv
import io
import random

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iowscp_desktop.errors import FormUnreadable
from iowscp_desktop.forms import Form, Session, Table, csv_file, read_submission, tables, xlsx_file
from tests.forms.conftest import begin, form_of, xform

FORM = """
| type              | name   | label  | calculation   | relevant       | default | repeat_count |
| integer           | n      | N      |               |                | 2       |              |
| text              | why    | Why    |               | ${n} > 5       | because |              |
| calculate         | double |        | ${n} * 2      |                |         |              |
| integer           | guess  | Guess  | ${n} + 1      |                |         |              |
| begin_group       | g      | G      |               | ${n} != 3      |         |              |
| text              | inner  | I      |               |                | here    |              |
| note              | said   | Read   |               |                |         |              |
| end_group         |        |        |               |                |         |              |
| begin_repeat      | person | Person |               |                |         |              |
| text              | name   | Name   |               |                | nobody  |              |
| calculate         | place  |        | position(..)  |                |         |              |
| begin_repeat      | pet    | Pet    |               |                |         |              |
| text              | kind   | Kind   |               |                |         |              |
| decimal           | age    | Age    |               | ${kind} != ''  |         |              |
| end_repeat        |        |        |               |                |         |              |
| end_repeat        |        |        |               |                |         |              |
| begin_repeat      | row    | Row    |               |                |         | ${n}         |
| text              | q      | Q      |               |                |         |              |
| end_repeat        |        |        |               |                |         |              |
| date              | day    | Day    |               |                | today() |              |
"""
_FORMS: list[Form] = []
TEXTS = ["", "Ana", "=1+1", "-5", "<&\"'>", " two  spaces ", "line\nline", "a\rb", "\x00\x0b", "\ud800", "é 🙂", "7"]


def the_form() -> Form:
    if not _FORMS:
        _FORMS.append(form_of(FORM))
    return _FORMS[0]


def visible(session: Session) -> list[tuple[str, str]]:
    return [(state.ref, state.value) for state in session.state() if state.relevant]


def wander(session: Session, chance: random.Random, steps: int) -> None:
    """Answer, add and remove at random."""
    for _ in range(steps):
        states = session.state()
        ranges = [state for state in states if state.kind == "range" and not state.fixed]
        instances = [s for s in states if s.kind == "repeat" and s.path.startswith("/data/person")]
        match chance.randrange(6):
            case 0:
                session.add_repeat(chance.choice(ranges).ref)
            case 1 if instances:
                session.remove_repeat(chance.choice(instances).ref)
            case 2:
                session.set("/data/n", str(chance.randrange(8)))
            case _:
                session.set(chance.choice([s for s in states if s.kind == "question"]).ref, chance.choice(TEXTS))


@given(st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_a_submission_reads_back_as_the_same_response(chance: random.Random) -> None:
    session = begin(the_form())
    wander(session, chance, 12)
    xml = session.export_xml()

    read = read_submission(the_form(), xml)
    again = begin(the_form(), read.saved)

    assert read.problems == ()
    assert (read.form_id, again.problems) == ("test", ())
    assert again.export_xml() == xml
    assert [ref for ref, _ in visible(again)] == [ref for ref, _ in visible(session)]


@given(st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_saved_answers_read_back_as_the_same_response(chance: random.Random) -> None:
    session = begin(the_form())
    wander(session, chance, 12)

    again = begin(the_form(), session.answers())

    assert again.problems == ()
    assert visible(again) == visible(session)
    assert again.answers() == session.answers()


def test_a_cleared_default_stays_cleared() -> None:
    session = begin(the_form())
    session.set("/data/n", "")
    session.set("/data/person[1]/name", "")

    again = begin(the_form(), session.answers())

    assert again.node("/data/n").value == ""
    assert again.node("/data/person[1]/name").value == ""


def test_what_xml_cannot_hold_is_no_part_of_an_answer() -> None:
    session = begin(the_form())
    session.set("/data/g/inner", "a\x00\x1b\ud800\ufffeb")

    assert session.node("/data/g/inner").value == "ab"
    assert "<inner>ab</inner>" in session.export_xml()


def test_a_submission_of_another_form_names_what_fits_nowhere() -> None:
    form = xform("<a/><g><b/></g>", body="<input ref='/data/a'/><input ref='/data/g/b'/>")

    read = read_submission(form, '<data id="other" version="3"><a>1</a><g><c/><b>2</b></g><a>2</a><x><y/></x></data>')

    assert (read.form_id, read.version) == ("other", "3")
    assert read.saved.values == {("/data/a", ()): "1", ("/data/g/b", ()): "2"}
    assert set(read.problems) == {"/data/a", "/data/g/c", "/data/x"}


def test_attributes_and_foreign_namespaces_come_back() -> None:
    form = xform('<a note="old"/><orx:meta><orx:instanceID/></orx:meta>', body="<input ref='/data/a'/>")
    session = begin(form)
    session.set("/data/a", "x")

    read = read_submission(form, session.export_xml().replace("old", "new"))
    again = begin(form, read.saved)

    assert read.problems == ()
    assert read.saved.values["/data/a/@note", ()] == "new"
    assert 'note="new"' in again.export_xml()


@pytest.mark.parametrize("xml", ["", "<data", "<other/>", "<!DOCTYPE data [<!ENTITY a 'b'>]><data>&a;</data>"])
def test_what_is_no_submission_is_refused(xml: str) -> None:
    with pytest.raises(FormUnreadable):
        read_submission(the_form(), xml)


# --- tables --------------------------------------------------------------------------------------


def answered() -> Session:
    session = begin(the_form())
    session.set("/data/n", "1")
    session.set("/data/g/inner", "=cmd|' /C calc'!A0")
    session.set("/data/person[1]/name", "Ana")
    session.set("/data/person[1]/pet[1]/kind", "cat")
    session.set("/data/person[1]/pet[1]/age", "-2.5")
    session.add_repeat("/data/person")
    session.set("/data/row[1]/q", "first")
    return session


def test_a_response_is_one_row_and_each_repeat_a_table() -> None:
    found = {table.name: table for table in tables(the_form(), [("r1", answered()), ("r2", begin(the_form()))])}

    assert list(found) == ["test", "person", "person/pet", "row"]
    assert found["test"].columns == ("key", "n", "why", "double", "guess", "g/inner", "day", "meta/instanceID")
    assert found["test"].rows[0][:6] == ("r1", "1", "", "2", "2", "=cmd|' /C calc'!A0")
    assert found["person"].columns == ("key", "parent", "name", "place")
    assert found["person"].rows == (
        ("r1/person[1]", "r1", "Ana", "1"),
        ("r1/person[2]", "r1", "nobody", "2"),
        ("r2/person[1]", "r2", "nobody", "1"),
    )
    assert found["person/pet"].rows[0] == ("r1/person[1]/pet[1]", "r1/person[1]", "cat", "-2.5")
    assert found["row"].rows[0] == ("r1/row[1]", "r1", "first")
    assert len(found["row"].rows) == 1 + 2


def test_what_is_not_relevant_is_in_no_table() -> None:
    session = answered()
    session.set("/data/n", "3")

    main = tables(the_form(), [("r1", session)])[0]

    assert main.rows[0][main.columns.index("g/inner")] == ""


def test_a_csv_holds_no_formula_and_keeps_its_numbers() -> None:
    table = Table(
        name="t",
        columns=("key", "a"),
        numeric=(False, False),
        rows=(
            ("1", "=1+1"),
            ("2", "-5"),
            ("3", "+44 1983"),
            ("4", "@x"),
            ("5", "\t=1"),
            ("6", "plain\nlines"),
            ("7", " =1"),
        ),
    )

    rows = list(csv.reader(io.StringIO(csv_file(table).decode("utf-8-sig"), newline="")))

    assert [row[1] for row in rows] == ["a", "'=1+1", "-5", "'+44 1983", "'@x", "'\t=1", "plain\nlines", "' =1"]


def test_a_workbook_holds_texts_and_numbers_and_no_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_file(tables(the_form(), [("r1", answered())]))))

    main, pets = book["test"], book["person_pet"]
    assert main["F2"].value == "=cmd|' /C calc'!A0"
    assert main["F2"].data_type == "s"
    assert (main["B2"].value, main["B2"].data_type) == (1, "n")
    assert pets["D2"].value == -2.5
    assert book.sheetnames == ["test", "person", "person_pet", "row"]


def test_a_workbook_takes_what_spreadsheets_cannot_hold() -> None:
    names = ["a/b" * 20, "a/b" * 20, "A_B" * 20, ""]
    rows = (("x" * 40_000,), ("\x00bad\x1b",), ("12345678901234567890",))
    made = [Table(name=name, columns=("c",), numeric=(True,), rows=rows) for name in names]

    book = openpyxl.load_workbook(io.BytesIO(xlsx_file(made)))

    assert len({title.casefold() for title in book.sheetnames}) == 4
    assert all(len(title) <= 31 for title in book.sheetnames)
    cells = [book.worksheets[0][f"A{number}"].value for number in (2, 3, 4)]
    assert (len(cells[0]), cells[0][-3:]) == (32_767, "[…]"[-3:])
    assert cells[1:] == ["bad", "12345678901234567890"]
