"""What two independent engines did with the same forms and answers, ours does too, but for what is listed."""

import gzip
import importlib.util
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from iowscp_desktop.forms import compile_workbook, load_form, read_workbook
from tests.conformance.adapter import Engine
from tests.forms.conftest import begin

ROOT = Path(__file__).parents[2]
CASES = ROOT.parent / "shared" / "conformance"
DEVIATIONS = tomllib.loads((Path(__file__).parent / "deviations.toml").read_text(encoding="utf-8"))["deviation"]

pytestmark = pytest.mark.skipif(
    not (CASES / "score.py").exists(),
    reason=f"THE RECORDED CASES ARE NOT HERE ({CASES}): conformance is not being checked",
)


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", CASES / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def recorded(part: str) -> Iterator[dict[str, Any]]:
    with gzip.open(CASES / f"{part}.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from (case for line in lines if "expr" in (case := json.loads(line)) or "form" in case)


def failures(part: str) -> dict[str, object]:
    """Every case that does not come out as recorded, by its name."""
    run = getattr(scorer(), part)
    found: dict[str, object] = {}
    for case in recorded(part):
        try:
            why = run(Engine, case)
        except Exception as error:  # noqa: BLE001 - a crash is a failed case, with its reason
            why = repr(error)
        if why:
            found[f"{part}/{case.get('id') or case.get('file')}"] = why
    return found


def expected(part: str) -> set[str]:
    return {each["case"] for each in DEVIATIONS if each["case"].startswith(f"{part}/")}


@pytest.mark.parametrize("part", ["scenario", "real", "xpath"])
def test_every_recorded_case_comes_out_the_same_but_for_the_listed_ones(part: str) -> None:
    found = failures(part)

    assert {name: why for name, why in found.items() if name not in expected(part)} == {}
    assert expected(part) - set(found) == set(), "these pass now: take them off the list"


def test_every_deviation_has_a_reason() -> None:
    assert all(len(each["reason"]) > 20 for each in DEVIATIONS)
    assert not expected("scenario") | expected("real")


@pytest.mark.parametrize("path", sorted((CASES / "realforms").glob("*")), ids=lambda path: path.name)
def test_real_spreadsheets_import_as_their_authors_left_them(path: Path) -> None:
    compiled = compile_workbook(read_workbook(path.read_bytes(), name=path.name))

    session = begin(load_form(compiled.xml, media={"itemsets.csv": compiled.itemsets}))

    assert any(state.kind == "question" and state.label for state in session.state())
