"""The tool a response answers, and its form as it was compiled first: a draft stays on both, whatever is updated.

What was compiled is kept on this computer with the name of the engine that did it. A later program loads that, and
compiles nothing again, so a form never changes under answers that were begun.
"""

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

import msgspec

from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.editions import edition_order
from iowscp_desktop.domain.events import EditionChanged, ResponseAssigned, ToolAdopted
from iowscp_desktop.domain.ids import Sha256, SpaceId
from iowscp_desktop.domain.tool import Tool, compile_tool, describe_tool, open_package
from iowscp_desktop.errors import AppError, CannotWrite
from iowscp_desktop.forms import CompiledForm, Form, load_form
from iowscp_desktop.store import Held


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptForm:
    """Which form a response is answered with."""

    package: Sha256
    """The hash of what it was made from."""
    form: Sha256
    """The hash of what was made: the compiled form."""
    engine: str
    """What made it."""


class _Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A compiled form as this computer keeps it."""

    engine: str
    source_hash: str
    xml: str
    itemsets: str = ""


def package_of(ws: Workspace, space: SpaceId) -> Sha256:
    """Return the edition that a response is answered with: the one that was asked for, or where it was moved to.

    Where two laptops moved it to different editions, the newer edition counts. An edition that has not arrived here,
    one of another tool, or one that the team never took into use, counts for nothing: the answers are read with the
    edition before.

    Raises:
        NotYours: There is no such response.
    """
    assigned = ws.one(ResponseAssigned, space=space)
    moved = sorted(ws.standing(EditionChanged, space=space), key=_latest, reverse=True)
    usable = (held.event.package for held in moved if _is_of(ws, held.event.package, assigned))
    return next(usable, assigned.package)


def packages_of(ws: Workspace, spaces: Iterable[SpaceId]) -> tuple[Sha256, ...]:
    """Return the editions that whoever reads these responses needs: what was asked for, and where they were moved.

    What an organisation names is believed only where it is an edition of the tool it was asked for: nobody gets other
    bytes of this workspace by naming their hash.
    """
    found: set[Sha256] = set()
    for space in spaces:
        for assigned in ws.standing(ResponseAssigned, space=space):
            found.add(assigned.event.package)
            moved = (held.event.package for held in ws.standing(EditionChanged, space=space))
            found |= {package for package in moved if _is_of(ws, package, assigned.event)}
    return tuple(sorted(found))


def tool_and_form(ws: Workspace, package: Sha256) -> tuple[Tool, Form]:
    """Return a tool that is here, with its form; quick the second time.

    Raises:
        AttachmentMissing: Its files are not here.
    """
    return _loaded(ws.store.blobs.read(package), _kept(ws, package))


def kept_form(ws: Workspace, package: Sha256) -> KeptForm:
    """Return by which names the form of a package is known.

    Raises:
        AttachmentMissing: The package is not here.
    """
    kept = _kept(ws, package)
    return KeptForm(package=package, form=_hash(kept), engine=kept.engine)


def _kept(ws: Workspace, package: Sha256) -> _Kept:
    """Return a form as it was compiled here the first time; the first time is now if there was none."""
    name = f"form/{package}"
    held = ws.store.local.value(name)
    if held is not None:
        return msgspec.json.decode(held, type=_Kept)
    kept = _compiled(ws.store.blobs.read(package))
    with suppress(CannotWrite):  # what cannot be kept on a full disk can still be read
        ws.store.local.keep(**{name: msgspec.json.encode(kept)})
    return kept


@lru_cache(maxsize=8)
def _compiled(package: bytes) -> _Kept:
    made = compile_tool(open_package(package))[1]
    return _Kept(engine=made.engine, source_hash=made.source_hash, xml=made.xml, itemsets=made.itemsets)


@lru_cache(maxsize=8)
def _loaded(package: bytes, kept: _Kept) -> tuple[Tool, Form]:
    compiled = CompiledForm(xml=kept.xml, source_hash=kept.source_hash, engine=kept.engine, itemsets=kept.itemsets)
    opened = open_package(package)
    return describe_tool(opened), load_form(compiled.xml, media={**opened.media, **compiled.media})


def _hash(kept: _Kept) -> Sha256:
    return Sha256(hashlib.sha256(msgspec.json.encode((kept.xml, kept.itemsets))).hexdigest())


def _is_of(ws: Workspace, package: Sha256, assigned: ResponseAssigned) -> bool:
    """Tell whether a response may be moved there: who answers does not choose what they are asked, the team does.

    Elsewhere nothing is here but what the team sent, or a laptop of the same organisation.
    """
    is_adopted = ws.team is None or package == assigned.package or bool(ws.standing(ToolAdopted, package=package))
    return is_adopted and ws.store.blobs.has(package) and _tool_id(ws.store.blobs.read(package)) == assigned.tool_id


@lru_cache(maxsize=64)
def _tool_id(package: bytes) -> str:
    """Return which tool some bytes are an edition of; '' when they are none, as a file of evidence is."""
    try:
        return open_package(package).settings.id
    except AppError:
        return ""


def _latest(held: Held[EditionChanged]) -> tuple[object, ...]:
    """Return what two moves are compared by: the editions, and no clock."""
    return edition_order(held.event.edition), held.id
