"""The forms that engines are compared on, and the table that explains differences."""

from collections import Counter
from dataclasses import replace
from random import Random
from typing import Final

import pytest

from tests.conformance import ours
from tests.conformance.comparison import ABSENT, Difference, Outcome, Walk, explanations
from tests.conformance.found import agree, every_case
from tests.conformance.random_forms import random_form
from tests.conformance.report import LEAST, WANTED, too_rare

SOME: Final = 12


def test_the_same_seed_makes_the_same_form() -> None:
    first, again = random_form(1, 7), random_form(1, 7)

    assert first.xml == again.xml
    assert first.dependents == again.dependents


def test_another_number_or_seed_makes_another_form() -> None:
    assert len({random_form(1, 7).xml, random_form(1, 8).xml, random_form(2, 7).xml}) == 3


@pytest.mark.parametrize("number", range(SOME))
def test_a_random_form_can_be_filled_in(number: int) -> None:
    form = random_form(1, number)
    session = ours.start(form)
    random = Random(number)

    for _ in range(5):
        ours.perform(session, random.choice(ours.operations(session, form.languages, random)))

    assert {row["path"] for row in ours.rows(session)} <= {*form.rules, "/data/meta", "/data/meta/instanceID"}


def test_what_reads_an_answer_depends_on_it() -> None:
    form = random_form(1, 0)

    for path, rules in form.rules.items():
        for read in form.rules:
            if f"{read} " in f"{rules} ".replace(")", " ").replace(",", " ") and read != path and "count" not in rules:
                assert path in form.dependents[read]


def test_500_forms_have_everything_that_is_claimed_often_enough() -> None:
    features = Counter[str]()
    for number in range(500):
        features += random_form(1, number).features
    deeds = Outcome(deeds=Counter(dict.fromkeys(("set", "clear", "add_repeat", "remove_repeat"), LEAST)))

    rare = [name for name in too_rare(features, deeds) if name.endswith("()") or name in WANTED]

    assert rare == []


def test_explanations_have_names_of_their_own_and_say_why() -> None:
    known = explanations()

    assert len({entry.id for entry in known}) == len(known)
    assert all(entry.reason.endswith(".") and entry.decision for entry in known)


def test_each_explanation_names_one_peer_and_a_case_in_which_that_peer_departs_from_us() -> None:
    cases = {case.name: case for case in every_case()}

    unproved = [
        entry.id for entry in explanations() if agree(cases[entry.case].expected, cases[entry.case].peers[entry.peer])
    ]

    assert unproved == []


def test_an_explanation_may_ask_how_far_apart_two_values_lie() -> None:
    entry = next(entry for entry in explanations() if entry.id == "days across the clock change, rounded")

    def seen(theirs: str) -> Difference:
        return Difference(
            form=0,
            step=1,
            peer="web-forms",
            ref="/data/c",
            aspect="value",
            rules="calculation  int | calculate: date('2026-10-25') - date('2024-02-29')",
            ours="969",
            theirs=theirs,
            other="969",
        )

    assert [entry.fits(seen(theirs)) for theirs in ("968", "967", "", "x")] == [True, False, False, False]


def test_a_peer_that_is_known_to_be_mistaken_does_not_speak_against_us() -> None:
    outcome = Outcome()
    walk = Walk(random_form(1, 0), [], explanations(), outcome)
    walk._names = ["javarosa", "web-forms"]
    found = Difference(
        form=0,
        step=0,
        peer="javarosa",
        ref="/data/c",
        aspect="value",
        rules="calculation  int | calculate: if(weighted-checklist(-1, -1, true(), 1), date('2026-10-25') - ../q5, 0)",
        ours="969",
        theirs="0",
        other="968.9583333",
    )

    walk._note(found)
    walk._note(replace(found, other="7"))

    assert [difference.other for difference in outcome.unexplained] == ["7"]


def test_no_explanation_fits_a_difference_that_both_peers_agree_on_in_a_plain_question() -> None:
    both = [
        Difference(
            form=0,
            step=1,
            peer=peer,
            ref="/data/q1",
            aspect="value",
            rules="question input string",
            ours="a",
            theirs="b",
            other="b",
        )
        for peer in ("javarosa", "web-forms")
    ]

    assert [entry.id for entry in explanations() for difference in both if entry.fits(difference)] == []


def test_a_backed_explanation_needs_the_other_peer_on_our_side_while_it_takes_part() -> None:
    entry = next(entry for entry in explanations() if entry.id == "sum over blanks")

    def seen(other: str) -> Difference:
        return Difference(
            form=0,
            step=1,
            peer="javarosa",
            ref="/data/c",
            aspect="value",
            rules="calculation  int | calculate: sum(/data/r/x)",
            ours="",
            theirs="0",
            other=other,
        )

    assert [entry.fits(seen(other)) for other in ("", "0", ABSENT)] == [True, False, True]
