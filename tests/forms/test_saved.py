"""Answers that were saved come back whatever their order, and what fits nowhere is named."""

import random
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from iowscp_desktop.forms import Form, Saved, Session
from tests.forms.conftest import begin, form_of

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
