"""A session keeps every rule of its form true after each answer."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from random import Random
from zoneinfo import ZoneInfo

import pytest

from iowscp_desktop.errors import GoesInCircles, NoSuchQuestion, UnknownFunction
from iowscp_desktop.forms import Session
from tests.forms.conftest import begin, form_of, xform

Fresh = Callable[..., Session]

GATE = """
| type               | name   | label         | relevant        | required | constraint | calculation |
| select_one yn      | gate   | Open?         |                 |          |            |             |
| begin_group        | inner  | Inner         | ${gate} = 'yes' |          |            |             |
| integer            | number | How many?     |                 | yes      | . < 10     |             |
| text               | why    | Why?          | ${number} > 3   |          |            |             |
| end_group          |        |               |                 |          |            |             |
| calculate          | double |               |                 |          |            | ${number} * 2 |
| note               | shown  | Twice ${double} |               |          |            |             |
"""
YN = "| yn | yes | Yes | |\n| yn | no | No | |"


def test_a_group_that_is_not_relevant_hides_all_in_it(fresh: Fresh) -> None:
    session = fresh(GATE, YN)
    assert not session.node("/data/inner/number").relevant

    session.set("/data/gate", "yes")

    assert session.node("/data/inner/number").relevant
    assert not session.node("/data/inner/why").relevant


def test_decision_4_what_is_not_relevant_keeps_its_value_and_reads_as_empty(fresh: Fresh) -> None:
    session = fresh(GATE, YN)
    session.set("/data/gate", "yes")
    session.set("/data/inner/number", "4")
    assert session.node("/data/double").value == "8"

    session.set("/data/gate", "no")

    assert session.node("/data/inner/number").value == "4"
    assert session.node("/data/double").value == ""
    assert "<number>" not in session.export_xml()
    session.set("/data/gate", "yes")
    assert session.node("/data/double").value == "8"


def test_decision_9_constraint_and_required_are_for_what_is_relevant(fresh: Fresh) -> None:
    session = fresh(GATE, YN)
    number = "/data/inner/number"
    assert session.node(number).required_valid

    session.set("/data/gate", "yes")
    assert not session.node(number).required_valid
    assert session.node(number).constraint_valid, "nothing keeps every constraint"

    session.set(number, "11")
    assert session.node(number).required_valid
    assert not session.node(number).constraint_valid
    assert not session.node(number).valid


def test_an_answer_tells_which_nodes_may_look_different(fresh: Fresh) -> None:
    session = fresh(GATE, YN)
    session.set("/data/gate", "yes")

    changed = session.set("/data/inner/number", "4")

    assert changed == {"/data/inner/number", "/data/inner/why", "/data/double", "/data/shown"}
    assert session.set("/data/inner/number", "4") == frozenset()


def test_states_stay_the_same_objects_until_something_changes(fresh: Fresh) -> None:
    session = fresh(GATE, YN)
    before = {state.ref: state for state in session.state()}

    changed = session.set("/data/gate", "yes")

    for state in session.state():
        assert (state is before[state.ref]) is (state.ref not in changed)


def test_labels_take_in_answers(fresh: Fresh) -> None:
    session = fresh(GATE, YN)
    session.set("/data/gate", "yes")
    session.set("/data/inner/number", "3")

    assert session.node("/data/shown").label == "Twice 6"


def test_a_chain_of_calculations_is_worked_out_in_order(fresh: Fresh) -> None:
    session = fresh("""
| type      | name | label | calculation |
| integer   | a    | A     |             |
| calculate | d    |       | ${c} + 1    |
| calculate | c    |       | ${b} + 1    |
| calculate | b    |       | ${a} + 1    |
""")

    session.set("/data/a", "1")

    assert [session.node(f"/data/{name}").value for name in "bcd"] == ["2", "3", "4"]


def test_decision_7_a_visible_calculation_recalculates_when_its_inputs_change(fresh: Fresh) -> None:
    session = fresh("""
| type    | name | label | calculation |
| integer | a    | A     |             |
| integer | b    | B     | ${a} * 2    |
| integer | c    | C     |             |
""")
    session.set("/data/a", "1")
    session.set("/data/b", "99")
    session.set("/data/c", "5")
    assert session.node("/data/b").value == "99"

    session.set("/data/a", "2")

    assert session.node("/data/b").value == "4"


def test_decision_7_with_a_trigger_it_is_a_setvalue(fresh: Fresh) -> None:
    session = fresh("""
| type      | name | label | calculation       | trigger |
| text      | a    | A     |                   |         |
| text      | other | O    |                   |         |
| dateTime  | at   | At    | concat(${other}, '2026-01-01T10:00:00') | ${a} |
""")
    session.set("/data/other", "")
    assert session.node("/data/at").value == ""

    session.set("/data/a", "x")

    assert session.node("/data/at").value == "2026-01-01T10:00:00"


def test_decision_5_a_choice_that_is_no_longer_offered_is_marked_and_stays(fresh: Fresh) -> None:
    session = fresh(
        """
| type          | name   | label  | choice_filter      |
| select_one ar | area   | Area   |                    |
| select_one sc | school | School | group = ${area}    |
""",
        "| ar | n | North | |\n| ar | s | South | |\n| sc | oak | Oakfield | n |\n| sc | elm | Elm Grove | s |",
    )
    session.set("/data/area", "n")
    assert session.node("/data/school").choices == (("oak", "Oakfield"),)
    session.set("/data/school", "oak")
    assert session.node("/data/school").offered

    session.set("/data/area", "s")

    assert session.node("/data/school").value == "oak"
    assert not session.node("/data/school").offered
    assert not session.node("/data/school").valid


def test_decision_6_of_several_nodes_the_first_is_meant() -> None:
    session = begin(
        xform(
            "<rep><q>a</q></rep><rep><q>b</q></rep><first/>",
            '<bind nodeset="/data/first" calculate="concat(string(/data/rep/q), &quot;!&quot;)"/>',
            '<repeat nodeset="/data/rep"><input ref="/data/rep/q"/></repeat>',
        )
    )

    assert session.node("/data/first").value == "a!"


def test_decision_9_a_missing_translation_falls_back_to_the_default_language(fresh: Fresh) -> None:
    session = fresh(
        """
| type | name | label::English (en) | label::Polski (pl) |
| text | a    | Name               | Imię               |
| text | b    | Age                |                    |
""",
        "",
        "| default_language |\n| English (en) |",
    )
    assert session.language == "English (en)"

    changed = session.set_language("Polski (pl)")

    assert "/data/a" in changed
    assert session.node("/data/a").label == "Imię"
    assert session.node("/data/b").label == "Age"


def test_decision_10_rules_that_go_round_in_a_circle_are_refused_with_their_names() -> None:
    with pytest.raises(GoesInCircles, match=r"a → .*b → .*a|b → .*a → .*b"):
        form_of("""
| type      | name | label | calculation |
| calculate | a    |       | ${b} + 1    |
| calculate | b    |       | ${a} + 1    |
""")


def test_a_rule_may_not_decide_over_what_it_reads() -> None:
    with pytest.raises(GoesInCircles, match="box"):
        form_of("""
| type        | name   | label | relevant        |
| begin_group | box    | Box   | ${inside} = '1' |
| text        | inside | In    |                 |
| end_group   |        |       |                 |
""")


def test_a_constraint_may_read_its_own_answer(fresh: Fresh) -> None:
    session = fresh("| type | name | label | constraint |\n| text | a | A | regex(., '[a-z]+') |")

    session.set("/data/a", "A")

    assert not session.node("/data/a").constraint_valid


def test_an_unknown_function_stops_the_form_and_names_the_question() -> None:
    with pytest.raises(UnknownFunction, match=r"/data/b.*frobnicate"):
        form_of("| type | name | label | calculation |\n| calculate | b | | frobnicate(1) |")


def test_a_reference_that_leads_nowhere_is_refused(fresh: Fresh) -> None:
    session = fresh("| type | name | label |\n| text | a | A |")

    for ref in ("/data/b", "/data", "nonsense", "", "/data/a[2]", "/data/a/b", "/data/a[x]"):
        with pytest.raises(NoSuchQuestion):
            session.set(ref, "1")


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("integer", "12", "12"),
        ("integer", "12.7", "12"),
        ("integer", "twelve", ""),
        ("integer", "99999999999", ""),
        ("decimal", "1.50", "1.50"),
        ("decimal", "1,5", ""),
        ("date", "2026-02-28", "2026-02-28"),
        ("date", "2026-02-30", ""),
        ("time", "14:30:00", "14:30:00"),
        ("time", "25:00:00", ""),
        ("dateTime", "2026-02-28T10:00:00", "2026-02-28T10:00:00"),
        ("dateTime", "yesterday", ""),
        ("geopoint", "50.7 -1.3", "50.7 -1.3 0.0 0.0"),
        ("geopoint", "91 0", ""),
        ("text", " as it is ", " as it is "),
    ],
)
def test_an_answer_is_a_value_of_its_type_or_nothing(fresh: Fresh, kind: str, given: str, kept: str) -> None:
    session = fresh(f"| type | name | label |\n| {kind} | a | A |")

    session.set("/data/a", given)

    assert session.node("/data/a").value == kept


def test_once_random_and_uuid_stay_as_they_first_came(fresh: Fresh) -> None:
    session = fresh("""
| type      | name | label | calculation       |
| text      | a    | A     |                   |
| calculate | r    |       | once(concat(${a}, random())) |
| calculate | u    |       | once(uuid())      |
""")
    before = [session.node(f"/data/{name}").value for name in "ru"]

    session.set("/data/a", "x")

    assert [session.node(f"/data/{name}").value for name in "ru"] == before
    assert all(before)


def test_defaults_static_and_dynamic_are_there_from_the_start(fresh: Fresh) -> None:
    session = fresh("""
| type    | name  | label | default |
| text    | fixed | F     | hello   |
| date    | day   | D     | today() |
| integer | sum   | S     | 1 + 2   |
""")

    assert [session.node(f"/data/{name}").value for name in ("fixed", "day", "sum")] == ["hello", "2026-01-31", "3"]


def test_preloads_come_from_the_world() -> None:
    form = form_of("""
| type     | name     | label |
| start    | start    |       |
| end      | end      |       |
| today    | today    |       |
| deviceid | deviceid |       |
| username | username |       |
""")
    session = begin(form, preload={"deviceid": "laptop-7"})

    assert session.node("/data/start").value == "2026-01-31T09:30:00.000+00:00"
    assert session.node("/data/today").value == "2026-01-31"
    assert session.node("/data/deviceid").value == "laptop-7"
    assert session.node("/data/username").value == ""
    assert session.node("/data/end").value == ""
    assert "<end>2026-01-31T09:30:00.000+00:00</end>" in session.finalise()


def test_decision_11_days_between_dates_are_whole_whatever_clocks_do_between_them() -> None:
    form = form_of("""
| type      | name | label | calculation       |
| date      | from | From  |                   |
| date      | to   | To    |                   |
| calculate | days |       | ${to} - ${from}   |
| calculate | week |       | date(${to} + 7)   |
""")
    for month in (1, 7):
        session = form.start(
            clock=partial(datetime, 2026, month, 15, 12, tzinfo=UTC),
            zone=ZoneInfo("Europe/London"),
            random=Random(1),
            new_uuid=str,
        )
        session.set("/data/from", "2026-03-15")
        session.set("/data/to", "2026-04-12")

        assert session.node("/data/days").value == "28"
        assert session.node("/data/week").value == "2026-04-19"


def test_a_calculated_number_of_days_becomes_a_date_where_one_is_wanted(fresh: Fresh) -> None:
    session = fresh("| type | name | label | calculation |\n| date | due | Due | today() + 7 |")

    assert session.node("/data/due").value == "2026-02-07"


def test_choice_names_and_pulldata_look_things_up() -> None:
    form = form_of(
        """
| type          | name  | label | calculation |
| select_one ar | area  | Area  |             |
| calculate     | said  |       | jr:choice-name(${area}, '${area}') |
| calculate     | phone |       | pulldata('people', 'phone', 'area', ${area}) |
""",
        "| ar | n | North | |\n| ar | s | South | |",
        media={"people.csv": "area,phone\nn,0123\ns,0456\n"},
    )
    session = begin(form)

    session.set("/data/area", "s")

    assert session.node("/data/said").value == "South"
    assert session.node("/data/phone").value == "0456"


def test_readonly_is_inherited() -> None:
    session = begin(
        xform(
            "<g><q/></g>",
            '<bind nodeset="/data/g" readonly="true()"/>',
            '<input ref="/data/g/q"><label>Q</label></input>',
        )
    )

    assert session.node("/data/g/q").readonly


def test_the_submission_holds_an_instance_id_and_escapes_its_texts(fresh: Fresh) -> None:
    session = fresh("| type | name | label |\n| text | a | A |")
    session.set("/data/a", "<b>&")

    sent = session.export_xml()

    assert "<a>&lt;b&gt;&amp;</a>" in sent
    assert "<instanceID>uuid:id-1</instanceID>" in sent


def test_guidance_and_messages_are_there_to_be_shown(fresh: Fresh) -> None:
    session = fresh("""
| type | name | label | hint | guidance_hint | constraint | constraint_message | required | required_message |
| integer | a | A | h | What good looks like | . > 1 | Too small | yes | Needed |
""")
    state = session.node("/data/a")

    assert (state.label, state.hint, state.guidance) == ("A", "h", "What good looks like")
    assert (state.constraint_message, state.required_message) == ("Too small", "Needed")
    assert (state.kind, state.type, state.control) == ("question", "int", "input")


def test_decision_4_one_of_several_texts_to_join_keeps_its_place_when_it_is_not_relevant(fresh: Fresh) -> None:
    session = fresh("""
| type         | name | label | relevant | calculation                     |
| text         | x    | X     | false()  |                                 |
| text         | y    | Y     |          |                                 |
| calculate    | both |       |          | join(', ', ${x}, ${y})          |
| calculate    | one  |       |          | join(', ', ${x})                |
""")

    session.set("/data/y", "5")

    assert session.node("/data/both").value == ", 5"
    assert session.node("/data/one").value == ""
