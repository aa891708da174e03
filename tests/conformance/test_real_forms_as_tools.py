"""Spreadsheets that others wrote, taken as tools and filled in as far as opening, one answer and one more of each."""

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from iowscp_desktop.domain.tool import Repeat, compile_tool, plain_tool
from iowscp_desktop.forms import load_form
from tests.conformance.test_recorded_cases import CASES

REAL = sorted(CASES.joinpath("realforms").glob("*.xls*"))


@pytest.mark.skipif(not REAL, reason="the recorded spreadsheets are not beside this checkout")
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_every_line_of_the_list_is_in_the_form(path: Path) -> None:
    tool, compiled = compile_tool(plain_tool(path.name, path.read_bytes()))
    form = load_form(compiled.xml)
    session = form.start(
        clock=lambda: datetime(2026, 1, 5, tzinfo=UTC), zone=UTC, random=random.Random(1), new_uuid=lambda: "new"
    )
    nodes = {node.path for node in session.state()}

    entries = [entry for section in tool.sections for entry in section.entries]

    assert len(entries) >= 10
    assert {f"{form.places.root.path}/{tool.paths[entry.id]}" for entry in entries} <= nodes
    for entry in entries:
        if isinstance(entry, Repeat):
            ref = f"{form.places.root.path}/{tool.paths[entry.id]}"
            assert session.node(ref).fixed or session.add_repeat(ref).instances[-1] == "new"
