"""A later edition of the small tool: one item renamed, one question gone, one item new, one grade no longer offered."""

from collections.abc import Mapping

from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.events import ToolAdopted
from iowscp_desktop.domain.ids import Sha256
from iowscp_desktop.domain.tool import read_tool

_STAFF = "| | integer | staff | Staff | How many staff are there? | | | |\n"
_LISTENED = "\n| | criterion met | listened | Parents are heard | Are parents heard? | yes | | |"
_LINEAGE = """
[[lineage]]
item = "trusted"
replaces = ["adult"]
edition = "2026"
note = "Now about every adult."
"""


def newer(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files of the edition 2027."""
    form, settings = files["form.md"].decode(), files["tool.toml"].decode()
    changes = {
        _STAFF: "",
        "| criterion met | adult | A trusted adult |": "| criterion met | trusted | Trusted adults |",
        "| yes | ${staff} > 50 | |": f"| yes | | |{_LISTENED}",
    }
    for before, after in changes.items():
        assert before in form
        form = form.replace(before, after)
    partly = next(line for line in settings.splitlines() if '"partly"' in line)
    settings = settings.replace(partly + "\n", "").replace('edition = "2026"', 'edition = "2027"') + _LINEAGE
    return {**files, "form.md": form.encode(), "tool.toml": settings.encode()}


def arrive(ws: Workspace, files: Mapping[str, bytes]) -> Sha256:
    """Let an edition arrive in a workspace."""
    package = read_tool(files)
    content = package.canonical()

    def adopted(digest: Sha256, _size: int) -> ToolAdopted:
        settings = package.settings
        return ToolAdopted(package=digest, tool_id=settings.id, edition=settings.edition, title=settings.title)

    ws.append_with_blob(ws.space, [content], adopted)
    return Sha256(package.digest)
