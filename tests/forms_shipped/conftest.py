"""Every shipped tool, compiled once for all its tests."""

from functools import cache

import pytest

from iowscp_desktop.domain.shipped import shipped
from iowscp_desktop.domain.tool import CompiledForm, Tool, ToolPackage, compile_tool, files_in, read_tool

TOOL_IDS = ("s175", "s11", "language-schools", "case-audit")


@cache
def package_of(tool_id: str) -> ToolPackage:
    return read_tool(files_in(shipped("forms", tool_id)))


@cache
def compiled(tool_id: str) -> tuple[Tool, CompiledForm]:
    return compile_tool(package_of(tool_id))


@pytest.fixture(params=TOOL_IDS)
def tool_id(request: pytest.FixtureRequest) -> str:
    """Each shipped tool in turn."""
    return str(request.param)
