"""The invented answers for the demonstration: they fit their forms and name nobody."""

import json
from collections import Counter
from functools import cache
from typing import cast

import pytest

from iowscp_desktop.domain.shipped import shipped
from iowscp_desktop.domain.tool import Part, expand
from tests.forms_shipped.conftest import compiled, package_of

SAMPLES = ("s175-oakfield-primary", "s175-elm-grove-academy", "s11-island-youth-service")


@cache
def answers(sample: str) -> tuple[tuple[str, str], ...]:
    raw = json.loads(shipped("resources", "samples", f"{sample}.json").read_text(encoding="utf-8"))
    return tuple((name, value) for name, value in raw)


@cache
def survey(sample: str) -> dict[str, tuple[str, str]]:
    """The type and choice list of each question of the sample's form."""
    package = package_of(sample.partition("-")[0])
    rows = expand(package.workbook(), package.settings).rows("survey")
    return {row["name"]: (row["type"].split()[0], row["type"].partition(" ")[2]) for row in rows if row["name"]}


def choices(sample: str, list_name: str) -> set[str]:
    package = package_of(sample.partition("-")[0])
    rows = expand(package.workbook(), package.settings).rows("choices")
    return {row["name"] for row in rows if row["list_name"] == list_name}


@pytest.fixture(params=SAMPLES)
def sample(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_every_file_of_answers_is_tested_here() -> None:
    files = {path.stem for path in shipped("resources", "samples").glob("*.json")}

    assert files == {*SAMPLES, "evidence"}


def test_answers_are_to_questions_of_the_form_each_once_and_in_its_order(sample: str) -> None:
    order = list(survey(sample))
    places = [order.index(name) for name, _ in answers(sample)]

    assert places == sorted(set(places))


def test_chosen_answers_are_on_offer_and_numbers_are_numbers(sample: str) -> None:
    for name, value in answers(sample):
        kind, list_name = survey(sample)[name]
        if kind.startswith("select"):
            assert set(value.split()) <= choices(sample, list_name), name
        if kind == "integer":
            assert value.isdecimal(), name


def test_every_item_is_graded_and_has_the_parts_its_grade_calls_for(sample: str) -> None:
    given = dict(answers(sample))
    tool, _ = compiled(sample.partition("-")[0])

    for item in tool.items:
        scale, grade = tool.scale_of(item), given[item.id]
        wanted = {Part.NA_REASON} if scale.is_not_applicable(grade) else {Part.EVIDENCE}
        wanted |= {Part.NEXT, Part.OWNER, Part.DUE} if scale.is_gap(grade) else set()
        has = {part for part in Part if f"{item.id}_{part}" in given}
        assert has - {Part.IMPACT} == wanted, item.id


def test_the_mix_of_grades_is_believable() -> None:
    given = dict(answers("s175-oakfield-primary"))
    grades = Counter(given[item.id] for item in compiled("s175")[0].items)

    assert grades == {"met": 57, "partly": 11, "not": 4, "na": 2}


def test_the_two_schools_answer_differently() -> None:
    oakfield, elm = (dict(answers(name)) for name in SAMPLES[:2])

    assert len([name for name in oakfield if name in elm and oakfield[name] == elm[name]]) < len(oakfield) * 0.4


def test_every_organisation_is_plainly_invented(sample: str) -> None:
    name = next(value for question, value in answers(sample) if question in {"setting_name", "front_agency"})

    assert name.endswith("(invented)")


def test_evidence_is_small_invented_and_belongs_to_an_item() -> None:
    listed = cast(
        "dict[str, list[list[str]]]",
        json.loads(shipped("resources", "samples", "evidence.json").read_text(encoding="utf-8")),
    )

    for sample, pairs in listed.items():
        tool, _ = compiled(sample.partition("-")[0])
        for item, name in pairs:
            assert tool.item(item) is not None
            assert 0 < shipped("resources", "samples", "evidence", name).stat().st_size < 30_000
    assert set(listed) == set(SAMPLES)
