"""Small enough to be read: files, classes, nesting. Statements and arguments are counted by the linter."""

import tomllib

from tests.house.rules import MODULES, ROOT, deep_functions, large_classes, shown

DRAWERS = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "base", "core", "misc", "lib"}
TESTS = sorted((ROOT / "tests").rglob("*.py"))


def test_no_file_grows_past_500_lines() -> None:
    lengths = {shown(path): len(path.read_text("utf-8").splitlines()) for path in [*MODULES, *TESTS]}

    assert {name: length for name, length in lengths.items() if length > 500} == {}
    assert len(lengths) > 100


def test_no_class_has_more_than_15_public_methods() -> None:
    found = {shown(path): large_classes(path.read_text("utf-8"), 15) for path in MODULES}

    assert {name: classes for name, classes in found.items() if classes} == {}


def test_a_large_class_would_be_found() -> None:
    deeds = "\n".join(f"    def deed_{number}(self): ..." for number in range(3))
    spared = "    def _own(self): ...\n    @override\n    def paintEvent(self): ..."
    spared += "\n    @staticmethod\n    def files(): ..."

    assert large_classes(f"class Large:\n{deeds}\n{spared}", 2) == ["Large has 3"]
    assert large_classes(f"class Large:\n{deeds}\n{spared}", 3) == []


def test_nothing_stands_more_than_three_blocks_deep() -> None:
    found = {shown(path): deep_functions(path.read_text("utf-8"), 3) for path in MODULES}

    assert {name: functions for name, functions in found.items() if functions} == {}


def test_a_deep_block_would_be_found() -> None:
    deep = "def dig():\n for a in b:\n  if a:\n   with a:\n    while a: ..."
    chain = "def choose():\n if a: ...\n elif b: ...\n elif c: ...\n elif d: ...\n else: ..."

    assert deep_functions(deep, 3) == ["dig goes 4 deep"]
    assert deep_functions(deep, 4) == []
    assert deep_functions(chain, 1) == []


def test_functions_are_held_to_40_statements_and_6_arguments_by_the_linter() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]["lint"]

    assert settings["pylint"]["max-statements"] <= 40
    assert settings["pylint"]["max-args"] <= 6
    assert "PL" in settings["select"]
    assert not {"PLR0913", "PLR0915"} & set(settings["ignore"])


def test_there_is_no_drawer_for_odds_and_ends() -> None:
    assert [shown(path) for path in [*MODULES, *TESTS] if {path.stem, path.parent.name} & DRAWERS] == []
    assert [path.name for path in MODULES if path.stem == "merge"], "the search sees names"
