"""The shipped tools as somebody fills them in: what appears, what is refused, when the form stops."""

import pytest

from tests.forms_shipped.person import Person
from tests.forms_shipped.test_samples import SAMPLES, answers

TOLD = {
    "safety_who": "Duty social worker, children’s social care",
    "safety_on": "2026-11-23",
    "safety_at": "10:30",
    "safety_done": "They will visit today. I told our safeguarding lead.",
}


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_invented_answers_leave_nothing_to_mend(sample: str) -> None:
    person = Person(sample.partition("-")[0])

    person.answers(**dict(answers(sample)))

    assert person.to_mend() == []
    assert [name for name, _ in answers(sample) if not person.sees(name).relevant] == []


def test_an_empty_audit_has_every_item_to_mend() -> None:
    missing = set(Person("s175").to_mend())

    assert {"cul_heard", "rec_central_record", "loc26_learning", "setting_name"} <= missing
    assert not {name for name in missing if name.endswith(("_evidence", "_next", "_na_reason"))}


@pytest.mark.parametrize(
    ("grade", "asked"),
    [
        ("", [False, False, False, False, False, True]),
        ("met", [True, True, False, False, False, True]),
        ("partly", [True, True, True, True, False, True]),
        ("not", [True, True, True, True, False, True]),
        ("na", [False, False, False, False, True, False]),
    ],
)
def test_the_grade_decides_what_is_asked_next(grade: str, asked: list[bool]) -> None:
    person = Person("s175").answers(cul_heard=grade)

    parts = [f"cul_heard_{part}" for part in ("evidence", "impact", "next", "due", "na_reason", "files")]

    assert person.is_asked(*parts) == asked


def test_not_applicable_needs_a_reason() -> None:
    person = Person("s175").answers(att_alternative="na")
    assert "att_alternative_na_reason" in person.to_mend()

    person.answers(att_alternative_na_reason="No child was taught elsewhere.")

    assert "att_alternative_na_reason" not in person.to_mend()


def test_an_action_written_for_a_gap_is_kept_when_the_grade_changes_and_changes_back() -> None:
    person = Person("s175").answers(cul_heard="not", cul_heard_next="Ask every class.", cul_heard_owner="DSL")

    person.answers(cul_heard="met")
    assert person.is_asked("cul_heard_next") == [False]
    person.answers(cul_heard="partly")

    assert person.sees("cul_heard_next").value == "Ask every class."


def test_more_staff_cannot_be_trained_than_there_are() -> None:
    person = Person("s175").answers(setting_staff="40", setting_staff_trained="41")

    assert "setting_staff_trained" in person.to_mend()
    assert "setting_staff_trained" not in person.answers(setting_staff_trained="40").to_mend()


def test_a_training_date_cannot_be_still_to_come() -> None:
    person = Person("s175").answers(setting_dsl_trained="2026-11-24")

    assert "setting_dsl_trained" in person.to_mend()
    assert "setting_dsl_trained" not in person.answers(setting_dsl_trained="2026-11-23").to_mend()


def test_an_audit_may_be_sent_before_the_governors_meet() -> None:
    person = Person("s175").answers(plan_presented="booked")

    assert person.is_asked("plan_presented_on", "plan_minute", "plan_agreed") == [True, False, False]
    assert person.answers(plan_presented="yes").is_asked("plan_minute", "plan_agreed") == [True, True]


def test_the_review_comes_after_the_meeting() -> None:
    person = Person("s175").answers(plan_presented="yes", plan_presented_on="2026-11-19", plan_review_on="2026-11-18")

    assert "plan_review_on" in person.to_mend()
    assert "plan_review_on" not in person.answers(plan_review_on="2027-03-18").to_mend()


@pytest.mark.parametrize(("days", "asked"), [("", False), ("0", False), ("27", False), ("28", True), ("365", True)])
def test_the_private_fostering_block_appears_at_28_days(days: str, asked: bool) -> None:  # noqa: FBT001 a truth table
    person = Person("language-schools").answers(profile_longest_stay=days)

    assert person.is_asked("fostering_block", "fostering_count", "fostering_register") == [asked] * 3
    assert person.is_asked("lan_fostering_item") == [True]


def test_late_notices_ask_why() -> None:
    person = Person("language-schools").answers(profile_longest_stay="30", fostering_count="2", fostering_told="2")

    assert person.answers(fostering_in_time="2").is_asked("fostering_late") == [False]
    assert person.answers(fostering_in_time="1").is_asked("fostering_late") == [True]
    assert "fostering_told" in person.answers(fostering_told="3").to_mend()


@pytest.mark.parametrize("code", ["MA26-03/C2", "MA26-11/C12", "XX00-00/C0"])
def test_a_case_code_is_taken(code: str) -> None:
    assert "case_code" not in Person("case-audit").answers(case_code=code).to_mend()


@pytest.mark.parametrize(
    "name",
    [
        *("Anna", "Anna Smith", "A.S.", "03/04/2015", "2015-04-03", "943 476 5919", "9434765919"),
        *("MA26-03", "ma26-03/c2", "MA26-03/C2 Anna", "MA26-03/C123"),
    ],
)
def test_what_looks_like_a_person_is_no_case_code(name: str) -> None:
    assert "case_code" in Person("case-audit").answers(case_code=name).to_mend()


@pytest.mark.parametrize(
    ("words", "is_refused"),
    [
        ("The health visitor wrote down each visit.", False),
        ("The last visit was on 3/4/2026.\nNo one was at home.", False),
        ("Visited 12 times in 2026.", False),
        ("Seen at clinic.\nNHS 943 476 5919 on the letter.", True),
        ("NHS number 9434765919", True),
        ("The child was born on 3/4/2015.", True),
        ("DOB: 03.04.15", True),
    ],
)
def test_free_text_refuses_numbers_that_belong_to_a_person(words: str, is_refused: bool) -> None:  # noqa: FBT001 a truth table
    person = Person("case-audit").answers(safety_now="no", case_history="good", case_history_evidence=words)

    assert ("case_history_evidence" in person.to_mend()) is is_refused


LATER = ("dom_history", "case_history_item", "case_voice", "case_day", "dom_impact", "views", "view_learning")


@pytest.mark.parametrize("worry", ["yes", "unsure"])
def test_a_worry_for_the_childs_safety_stops_the_form_until_it_says_who_was_told_and_when(worry: str) -> None:
    person = Person("case-audit").answers(safety_now="no", case_voice="good")
    assert all(person.is_asked(*LATER))

    person.answers(safety_now=worry)

    assert not any(person.is_asked(*LATER))
    assert person.is_asked("safety_now", *TOLD) == [True] * 5
    assert {"safety_who", "safety_on", "safety_at", "safety_done"} <= set(person.to_mend())
    for name, value in TOLD.items():
        assert not any(person.is_asked(*LATER)), name
        person.answers(**{name: value})
    assert all(person.is_asked(*LATER))
    assert person.sees("case_voice").value == "good"


@pytest.mark.parametrize(
    ("name", "value"), [("safety_on", "2026-11-24"), ("safety_at", "half past ten"), ("safety_at", "25:00")]
)
def test_a_time_that_cannot_be_does_not_open_the_form_again(name: str, value: str) -> None:
    person = Person("case-audit").answers(safety_now="yes", **TOLD)

    person.answers(**{name: value})

    assert not any(person.is_asked(*LATER))
    assert name in person.to_mend()


def test_the_form_is_open_while_the_safety_question_waits_but_cannot_be_finished() -> None:
    person = Person("case-audit")

    assert all(person.is_asked(*LATER))
    assert "safety_now" in person.to_mend()
