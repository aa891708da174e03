"""The four tools that come with the program: whole, marked as templates, and with ids that last."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from iowscp_desktop.domain.scale import Scale
from iowscp_desktop.domain.shipped import shipped
from iowscp_desktop.domain.tool import Part, expand, open_package
from iowscp_desktop.forms import errors_in
from tests.forms_shipped.conftest import TOOL_IDS, compiled, package_of

IDS = tomllib.loads((Path(__file__).parent / "item_ids.toml").read_text(encoding="utf-8"))


def test_every_folder_of_forms_is_a_tool_tested_here() -> None:
    assert {path.name for path in shipped("forms").iterdir() if path.is_dir()} == set(TOOL_IDS)


def test_a_tool_has_the_name_of_its_folder(tool_id: str) -> None:
    tool, _ = compiled(tool_id)

    assert tool.id == tool_id
    assert f'id="{tool_id}"' in compiled(tool_id)[1].xml


def test_a_tool_compiles_without_a_finding(tool_id: str) -> None:
    _, form = compiled(tool_id)

    assert errors_in(form.findings) == ()
    assert form.findings == ()


def test_a_tool_travels_and_arrives_the_same(tool_id: str) -> None:
    package = package_of(tool_id)

    assert open_package(package.canonical()).digest == package.digest


def test_expansion_leaves_only_plain_xlsform(tool_id: str) -> None:
    package = package_of(tool_id)

    expanded = expand(package.workbook(), package.settings)

    assert {row["type"].split()[0] for row in expanded.rows("survey")}.isdisjoint({"criterion", "block"})
    assert "short" not in expanded.columns("survey")


@pytest.mark.parametrize(
    ("tool_id", "graded_sections", "items"),
    [("s175", 12, 74), ("s11", 12, 12), ("language-schools", 9, 9), ("case-audit", 7, 7)],
)
def test_a_tool_has_the_sections_and_items_it_should(tool_id: str, graded_sections: int, items: int) -> None:
    tool, _ = compiled(tool_id)

    assert len([section for section in tool.sections if section.items]) == graded_sections
    assert len(tool.items) == items
    assert all(item.required for item in tool.items)


@pytest.mark.parametrize(
    ("tool_id", "roles"),
    [
        ("s175", ["dsl", "head", "chair"]),
        ("s11", ["author", "senior"]),
        ("language-schools", ["dsl", "principal"]),
        ("case-audit", ["auditor", "manager"]),
    ],
)
def test_a_tool_says_who_signs_and_in_what_order(tool_id: str, roles: list[str]) -> None:
    assert [signer.role for signer in compiled(tool_id)[0].signers] == roles


def test_a_tool_says_on_its_face_that_it_is_a_starter_template(tool_id: str) -> None:
    tool, form = compiled(tool_id)

    assert tool.starter_notice.startswith("Starter template.")
    assert "Replace" in tool.starter_notice
    assert "This is a starter template." in form.xml


def test_a_tool_says_that_nobody_is_to_be_named(tool_id: str) -> None:
    tool, form = compiled(tool_id)

    assert "name" in tool.privacy_notice.lower()
    assert "privacy_note" in form.xml


def test_every_item_has_a_short_title_a_question_and_guidance_in_points(tool_id: str) -> None:
    for item in compiled(tool_id)[0].items:
        assert 8 <= len(item.title) <= 56, item.id
        assert item.question.endswith("?"), item.id
        points = item.guidance.splitlines()
        assert len(points) >= 3, item.id
        assert all(point.startswith("• ") and point.endswith((".", "?”")) for point in points), item.id


def test_no_two_items_have_the_same_title_or_question(tool_id: str) -> None:
    items = compiled(tool_id)[0].items

    for texts in ([item.title for item in items], [item.question for item in items]):
        assert [text for text, times in Counter(texts).items() if times > 1] == []


def test_no_id_is_lost_without_lineage_and_every_id_is_on_the_list(tool_id: str) -> None:
    tool, _ = compiled(tool_id)
    replaced = {old for step in tool.lineage for old in step.replaces}
    now = {
        "items": {item.id for item in tool.items},
        "questions": {question.id for section in tool.sections for question in section.questions},
    }

    for kind, ids in now.items():
        listed = set(IDS[tool_id][kind])
        assert listed - ids - replaced == set()
        assert ids - listed == set()


def test_scales_of_the_same_id_and_version_are_the_same_scale() -> None:
    seen: dict[tuple[str, int], Scale] = {}

    for tool_id in TOOL_IDS:
        for scale in compiled(tool_id)[0].scales.values():
            assert seen.setdefault((scale.id, scale.version), scale) == scale


def test_every_scale_lets_people_say_that_it_does_not_apply_and_asks_why(tool_id: str) -> None:
    tool, _ = compiled(tool_id)

    for item in tool.items:
        rule = tool.scale_of(item).not_applicable
        assert rule is not None
        assert rule.reason_required
        assert Part.NA_REASON in item.parts


def test_the_school_tool_grades_as_the_tiles_say() -> None:
    tiles = compiled("s175")[0].scales["met"].tiles

    assert [(tile.label, tile.descriptor, tile.symbol.value) for tile in tiles] == [
        ("Met", "In place for all", "tick"),
        ("Partly met", "In place for some", "triangle"),
        ("Not met", "Not in place yet", "octagon"),
        ("Not applicable", "Explain why below", "ring"),
    ]


def test_the_local_block_is_a_file_of_its_own_and_its_ids_carry_its_year() -> None:
    package = package_of("s175")

    assert dict(package.settings.blocks) == {"local_priorities": "local-2026.md"}
    (local,) = [section for section in compiled("s175")[0].sections if section.id == "local_2026"]
    assert all(item.id.startswith("loc26_") for item in local.items)


def test_case_audits_take_no_files() -> None:
    tool, form = compiled("case-audit")

    assert all(Part.FILES not in item.parts for item in tool.items)
    assert "<upload" not in form.xml


def test_only_checked_dates_of_guidance_are_given(tool_id: str) -> None:
    dated = [(edition.name, edition.edition) for edition in compiled(tool_id)[0].guidance if edition.starts]

    assert set(dated) <= {("Keeping children safe in education", "2025")}
