"""What stands around the code: commands, records, and what must not be named."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.house.rules import ROOT

OUTSIDE = re.compile(r"\.\./shared|/work/|(?<![\w/])shared/[A-Z]")
MAY_LOOK_OUTSIDE = "tests/conformance/"
HEADINGS = ["## Context", "## Decision", "## Consequences", "## Alternatives"]
RECORDS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
COMMANDS = [
    "setup", "run", "demo", "fmt", "lint", "types", "arch", "test", "test-fast", "gui", "cov", "bench", "conformance",
    "faults", "build", "smoke", "pictures", "check", "clean", "help",
]  # fmt: skip


def tracked() -> list[Path]:
    if not (ROOT / ".git").exists():
        pytest.skip("NOT PROVED HERE: this is no git checkout")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_nothing_names_a_file_outside_the_project() -> None:
    found = [
        path.relative_to(ROOT).as_posix()
        for path in tracked()
        if not path.relative_to(ROOT).as_posix().startswith((MAY_LOOK_OUTSIDE, "tests/house/"))
        and OUTSIDE.search(path.read_text("utf-8", errors="ignore"))
    ]

    assert found == []


def test_a_name_from_outside_would_be_found() -> None:
    assert OUTSIDE.search("as ../shared/guide says")
    assert OUTSIDE.search("see shared/GUIDE.md")
    assert not OUTSIDE.search("a laptop shared by two people; shared/own")


def test_no_machine_of_ours_is_named_as_a_source_of_packages() -> None:
    lock = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))

    sources = {str(package["source"]) for package in lock["package"]}

    assert sources == {"{'registry': 'https://pypi.org/simple'}", "{'editable': '.'}"}


def _makefile() -> str:
    return (ROOT / "Makefile").read_text("utf-8")


def test_make_alone_lists_every_command_in_one_line_each() -> None:
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()

    declared = re.search(r"^\.PHONY:((?:.*\\\n)*.*)$", _makefile(), re.MULTILINE)
    assert declared is not None
    assert {line.split()[1] for line in listed} == set(declared[1].replace("\\\n", " ").split())
    assert all(len(line.split()) > 3 for line in listed)


def test_make_has_the_commands_that_are_promised() -> None:
    assert [command for command in COMMANDS if not re.search(rf"^{command}:", _makefile(), re.MULTILINE)] == []


def test_every_decision_record_has_the_four_headings_and_the_next_number() -> None:
    headings = {path.name: re.findall(r"^## .*$", path.read_text("utf-8"), re.MULTILINE) for path in RECORDS}

    assert {name: found for name, found in headings.items() if found != HEADINGS} == {}
    assert [int(name[:4]) for name in headings] == list(range(1, len(headings) + 1))
    assert len(headings) >= 10


def test_every_decision_record_is_half_a_page_or_a_little_more() -> None:
    words = {path.name: len(path.read_text("utf-8").split()) for path in RECORDS}

    assert {name: count for name, count in words.items() if not 100 <= count <= 420} == {}


def test_every_library_the_program_needs_is_in_a_decision_record() -> None:
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    names = [match[0] for each in needed if (match := re.match(r"[\w-]+", each)) is not None]
    recorded = " ".join(path.read_text("utf-8").lower() for path in RECORDS)

    assert [name for name in names if name not in recorded] == []
    assert len(names) > 10


def test_every_link_in_the_documents_leads_somewhere() -> None:
    pages = [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")]

    dead = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text("utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]

    assert dead == []


def test_every_place_the_architecture_names_is_there() -> None:
    named = re.findall(r"`([a-z_.]+/[a-z_./]*)`", (ROOT / "docs" / "architecture.md").read_text("utf-8"))

    missing = [place for place in named if not any((root / place).exists() for root in (ROOT, ROOT / "iowscp_desktop"))]

    assert missing == []
    assert len(named) > 20


def test_every_module_is_on_the_map_of_the_architecture() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    named = set(re.findall(r"[a-z_]+", page[page.index("**Where to look.**") : page.index("## The life of an answer")]))
    package = ROOT / "iowscp_desktop"
    floors = [
        path for floor in ("domain", "app", "store", "bundles", "crypto") for path in (package / floor).glob("*.py")
    ]
    screens = [path for path in (package / "ui").iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()]

    missing = [str(path.relative_to(package)) for path in floors + screens if path.stem not in named | {"__init__"}]

    assert missing == []
    assert len(floors) > 100
    assert "no_such_module" not in named


def test_files_that_stay_wholly_tested_are_files() -> None:
    listed = (ROOT / ".ci" / "wholly-tested.txt").read_text("utf-8").split()

    assert [name for name in listed if not (ROOT / name).is_file()] == []
    assert listed == sorted(set(listed))
    assert len(listed) >= 26
