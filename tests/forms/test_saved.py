"""Answers that were saved come back whatever their order, and what fits nowhere is named."""

import random
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from iowscp_desktop.forms import Form, Saved, Session
from tests.forms.conftest import begin, form_of, xform

Fresh = Callable[..., Session]

FORM = """
| type             | name   | label  | calculation   | relevant       | default | repeat_count |
| integer          | n      | N      |               |                | 1       |              |
| text             | why    | Why    |               | ${n} > 5       |         |              |
| calculate        | double |        | ${n} * 2      |                |         |              |
| integer          | guess  | Guess  | ${n} + 1      |                |         |              |
| begin_repeat     | person | Person |               |                |         |              |
| text             | name   | Name   |               |                |         |              |
| calculate        | place  |        | position(..)  |                |         |              |
| end_repeat       |        |        |               |                |         |              |
| begin_repeat     | row    | Row    |               |                |         | ${n}         |
| text             | q      | Q      |               |                |         |              |
| end_repeat       |        |        |               |                |         |              |
| date             | day    | Day    |               |                | today() |              |
"""


def shown(session: Session) -> list[tuple[str, str, bool]]:
    return [
        (state.ref, state.value, state.relevant) for state in session.state() if not state.ref.startswith("/data/meta")
    ]


def test_a_session_goes_on_where_it_was_left() -> None:
    form = form_of(FORM)
    session = begin(form)
    session.set("/data/n", "3")
    session.add_repeat("/data/person", instance="b")
    session.add_repeat("/data/person", instance="a", at=1)
    session.set("/data/person[1]/name", "Ana")
    session.set("/data/row[3]/q", "third")
    session.set("/data/guess", "40")

    again = begin(form, session.answers())

    assert shown(again) == shown(session)
    assert again.problems == ()


@given(st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_the_order_of_saved_answers_means_nothing(chance: random.Random) -> None:
    form = _form()
    session = begin(form)
    session.set("/data/n", "7")
    session.set("/data/why", "because")
    session.add_repeat("/data/person", instance="x")
    session.set("/data/person[2]/name", "Bo")
    session.set("/data/row[6]/q", "six")
    saved = session.answers()
    values = list(saved.values.items())
    repeats = list(saved.repeats.items())
    chance.shuffle(values)
    chance.shuffle(repeats)

    again = begin(form, Saved(values=dict(values), repeats=dict(repeats)))

    assert shown(again) == shown(session)


_FORMS: list[Form] = []


def _form() -> Form:
    if not _FORMS:
        _FORMS.append(form_of(FORM))
    return _FORMS[0]


def test_counted_instances_need_not_be_saved() -> None:
    answers = Saved(values={("/data/n", ()): "4", ("/data/row/q", ("count-3",)): "third"})

    session = begin(form_of(FORM), answers)

    assert session.node("/data/row[3]/q").value == "third"
    assert session.node("/data/row[4]/q").value == ""


def test_an_answer_hidden_by_a_count_waits_for_it() -> None:
    answers = Saved(values={("/data/n", ()): "1", ("/data/row/q", ("count-3",)): "third"})
    session = begin(form_of(FORM), answers)
    assert session.hidden_instances("/data/row") == ("count-2", "count-3")

    session.set("/data/n", "3")

    assert session.node("/data/row[3]/q").value == "third"


def test_what_fits_nowhere_is_named_and_raises_nothing() -> None:
    answers = Saved(
        values={
            ("/data/gone", ()): "1",
            ("/data/person/name", ("nobody",)): "Ana",
            ("/data/n", ("too", "many")): "1",
            ("/data/why", ()): "kept",
            ("/data/day", ()): "not a day",
        },
        repeats={("/data/lost", ()): ("a",)},
    )

    session = begin(form_of(FORM), answers)

    assert set(session.problems) == {
        ("/data/lost", ()),
        ("/data/gone", ()),
        ("/data/person/name", ("nobody",)),
        ("/data/n", ("too", "many")),
        ("/data/day", ()),
    }
    assert session.node("/data/why").value == "kept"


def test_first_values_are_not_minted_again() -> None:
    form = form_of(FORM)
    assert begin(form).node("/data/day").value == "2026-01-31"

    assert begin(form, Saved()).node("/data/day").value == ""
    assert begin(form, Saved(first=True)).node("/data/day").value == "2026-01-31"
    kept = Saved(values={("/data/day", ()): "2020-01-01"}, first=True)
    assert begin(form, kept).node("/data/day").value == "2020-01-01"


def test_a_saved_answer_to_a_visible_calculation_stands_until_its_inputs_change() -> None:
    session = begin(form_of(FORM), Saved(values={("/data/guess", ()): "40"}))
    assert session.node("/data/guess").value == "40"

    session.set("/data/n", "2")

    assert session.node("/data/guess").value == "3"


def nested() -> Form:
    """A counted repeat whose every instance begins with one part."""
    return xform(
        "<n/><row jr:template=''><q/><part><p/></part></row>",
        '<bind nodeset="/data/n" type="int"/>',
        '<input ref="/data/n"/><repeat nodeset="/data/row" jr:count="/data/n"><input ref="/data/row/q"/>'
        '<repeat nodeset="/data/row/part"><input ref="/data/row/part/p"/></repeat></repeat>',
    )


def test_repeats_inside_counted_instances_come_back_although_those_are_not_saved() -> None:
    form = nested()
    session = begin(form)
    session.set("/data/n", "2")
    session.add_repeat("/data/row[2]/part", instance="mine")
    session.set("/data/row[2]/part[2]/p", "inside")
    saved = session.answers()
    without = {key: ids for key, ids in saved.repeats.items() if key[0] != "/data/row"}

    again = begin(form, Saved(values=saved.values, repeats=without))

    assert again.problems == ()
    assert shown(again) == shown(session)


def test_an_emptied_repeat_inside_a_counted_instance_stays_empty() -> None:
    answers = Saved(values={("/data/n", ()): "2"}, repeats={("/data/row/part", ("count-2",)): ()})

    session = begin(nested(), answers)

    assert [state.ref for state in session.state() if state.kind == "repeat"] == [
        "/data/row[1]",
        "/data/row[1]/part[1]",
        "/data/row[2]",
    ]


def acting(count: str) -> Form:
    return xform(
        "<n/><who/><seen/><row jr:template=''><x/><t/><u/></row>",
        '<bind nodeset="/data/n" type="int"/>',
        '<input ref="/data/n"/>'
        '<input ref="/data/who"><setvalue event="xforms-value-changed" ref="/data/seen" value="concat(../who, \'!\')"/>'
        f'</input><repeat nodeset="/data/row"{count}>'
        '<setvalue event="odk-new-repeat" ref="/data/row/t" value="concat(\'new for \', /data/who)"/>'
        '<setvalue event="odk-new-repeat" ref="/data/row/u" value="\'given\'"/>'
        '<input ref="/data/row/x"/><input ref="/data/row/u"/></repeat>',
    )


def test_what_actions_gave_comes_back_when_only_answers_of_people_were_kept() -> None:
    kept = {("/data/who", ()): "Ana", ("/data/row/u", ("b",)): "changed"}
    answers = Saved(values=kept, repeats={("/data/row", ()): ("a", "b")}, first=True)

    session = begin(acting(""), answers)

    assert [session.node(f"/data/row[{number}]/{name}").value for number in (1, 2) for name in "tu"] == [
        "new for Ana",
        "given",
        "new for Ana",
        "changed",
    ]
    assert session.node("/data/seen").value == "Ana!"


def test_what_actions_gave_to_counted_instances_comes_back_too() -> None:
    kept = {("/data/n", ()): "2", ("/data/who", ()): "Ana", ("/data/row/x", ("count-1",)): "answered"}

    session = begin(acting(' jr:count="/data/n"'), Saved(values=kept, first=True))

    assert [session.node(f"/data/row[{number}]/t").value for number in (1, 2)] == ["new for Ana", "new for Ana"]


def test_actions_of_what_was_not_there_when_it_was_saved_run_once() -> None:
    form = xform(
        "<n/><total/><row jr:template=''><x>5</x><t/></row>",
        '<bind nodeset="/data/total" calculate="sum(/data/row/x)"/>',
        '<input ref="/data/n"/><repeat nodeset="/data/row" jr:count="/data/n">'
        '<setvalue event="odk-new-repeat" ref="/data/row/t" value="/data/total"/><input ref="/data/row/x"/></repeat>',
    )

    session = begin(form, Saved(values={("/data/n", ()): "2"}, first=True))

    assert [session.node(f"/data/row[{number}]/t").value for number in (1, 2)] == ["0", "5"]


def test_actions_do_not_run_again_when_everything_was_kept() -> None:
    form = acting("")
    session = begin(form)
    session.add_repeat("/data/row", instance="a")
    session.set("/data/row[1]/u", "")
    session.set("/data/who", "Ana")

    again = begin(form, session.answers())

    assert shown(again) == shown(session)
    assert again.node("/data/row[1]/t").value == "new for "
    assert again.node("/data/row[1]/u").value == ""
