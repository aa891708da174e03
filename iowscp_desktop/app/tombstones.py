"""Keeps what was erased erased when an older copy of the workspace takes its place.

A backup from before an erasure knows nothing of it. So the numbers of what was erased also lie in a small file beside
the workspace, `erased.json`, signed by this device. Putting a backup in place leaves that file alone, and opening the
workspace erases again what it names. It holds no content: random ids and numbers.
"""

from collections import defaultdict
from typing import Final, Literal

import msgspec
import sqlalchemy as sa

from iowscp_desktop.app import audit_log
from iowscp_desktop.app.audit_log import AuditDeed
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.crypto import BadKey, SignatureWrong, VerifyKey
from iowscp_desktop.domain.erasure import ErasureId, Span, Tombstone, Why, spans_of
from iowscp_desktop.domain.events import EntriesErased, ResponseAssigned
from iowscp_desktop.domain.grants import Role
from iowscp_desktop.domain.ids import SpaceId, anonymous_of, anonymous_space, response_of, response_space
from iowscp_desktop.store import Buried, bury, tombstones
from iowscp_desktop.store.disk import write_whole
from iowscp_desktop.store.erasing import REMEMBERED, come_back, left_in, remembered
from iowscp_desktop.store.waiting_sheets import WaitingSheets

FILE_NAME: Final = "erased.json"
ERASED_CONTEXT: Final = "erased/v1"
_MOST_BYTES: Final = 16 * 1024 * 1024


class _Signed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    v: Literal[1] = 1
    tombstones: tuple[Tombstone, ...]
    signature: str


def keep_outside(ws: Workspace) -> None:
    """Write beside the workspace what was erased in it; nothing for one that lies in memory.

    Raises:
        CannotWrite: The disk does not take it; it is written at the next opening.
    """
    path = ws.store.database.path
    if path is None:
        return
    with ws.store.database.reading() as connection:
        buried = tombstones(connection)
    if buried and buried != _outside(ws):
        signature = ws.keys.signing.sign(_message(buried), context=ERASED_CONTEXT).hex()
        write_whole(path.with_name(FILE_NAME), msgspec.json.encode(_Signed(tombstones=buried, signature=signature)))


def carry_over(ws: Workspace) -> int:
    """Erase again, in a workspace that has just been opened, what an older copy of it brought back.

    Returns:
        How many entries were erased again.
    """
    with ws.store.database.reading() as connection:
        known, back, told = frozenset(tombstones(connection)), come_back(connection), remembered(connection)
    missing: dict[SpaceId, list[Span]] = defaultdict(list)
    for tombstone in (*back, *(each for each in {*told, *_outside(ws)} if each not in known)):
        missing[tombstone.space].append(Span(tombstone.stream, tombstone.first, tombstone.last))
    again = sum(_erase_again(ws, space, tuple(spans)) for space, spans in missing.items())
    again += sum(_erase_rest(ws, space) for space in missing)
    if told:
        ws.store.local.forget(REMEMBERED)
    if rewrite_is_due(ws):
        rewrite_if_due(ws)
    keep_outside(ws)
    let_sheets_go(ws)
    return again


def let_sheets_go(ws: Workspace) -> None:
    """Take away what still waits for a survey that was erased as a whole: nobody can gather it any more.

    Raises:
        CannotWrite: The disk does not allow it; it is tried again at the next opening.
    """
    with ws.store.database.reading() as connection:
        spaces = {tombstone.space for tombstone in tombstones(connection)}
    if ws.store.database.path is None:
        return
    for response_id in filter(None, {response_of(space) or anonymous_of(space) for space in spaces}):
        if not ws.standing(ResponseAssigned, space=response_space(response_id)):
            WaitingSheets(ws.store.database.path, anonymous_space(response_id)).remove()


def rewrite_if_due(ws: Workspace) -> bool:
    """Write the file anew after an erasure, so that no freed part of it holds what was deleted; takes a while.

    Returns:
        False when it could not be done now: the disk is too full, or something is reading. It is tried again at the
        next opening; what was erased is out of reach of the program already.
    """
    if not rewrite_is_due(ws):
        return True
    ws.store.blobs.sweep()
    done = ws.store.database.rewrite()
    if done:
        ws.store.local.keep(rewrite_due=b"")
    return done


def rewrite_is_due(ws: Workspace) -> bool:
    """Tell whether freed parts of the file may still hold what was erased."""
    return bool(ws.store.local.value("rewrite_due"))


def home_of(ws: Workspace, space: SpaceId) -> SpaceId:
    """Return where the erasure of a space is written down.

    The team erases its copy alone, so it says so in its own space, which no school gets. A school says it in the
    response itself: its other laptops do the same, and the partnership learns of it.
    """
    return ws.space if ws.about.role is Role.TEAM else space


def _erase_again(ws: Workspace, space: SpaceId, spans: tuple[Span, ...]) -> int:
    buried = Buried()

    def deed(connection: sa.Connection) -> tuple[EntriesErased]:
        nonlocal buried
        buried = bury(connection, space, spans)
        ws.store.local.keep_in(connection, rewrite_due=b"1")
        audit_log.record_in(connection, ws, AuditDeed.ERASED, again=buried.entries, files=buried.files)
        event = EntriesErased(
            erasure_id=ErasureId(ws.world.new_id()),
            space=space,
            what="",
            spans=spans,
            entries=buried.entries,
            files=buried.files,
            file_bytes=buried.file_bytes,
            why=Why.AGAIN,
            reason="",
            who=ws.person.name,
        )
        return (event,)

    ws.append_from(home_of(ws, space), deed)
    return buried.entries


def _erase_rest(ws: Workspace, space: SpaceId) -> int:
    """Erase what an older copy has beyond what was erased, where that was a response as a whole.

    The copy that it was erased in may have been older still, so that its numbers do not name all of it. Nobody could
    reach what is left: without its assignment no screen shows the response any more.
    """
    response_id = response_of(space) or anonymous_of(space)
    if response_id is None or ws.standing(ResponseAssigned, space=response_space(response_id)):
        return 0
    with ws.store.database.reading() as connection:
        left = left_in(connection, space)
    return _erase_again(ws, space, spans_of(left)) if left else 0


def _outside(ws: Workspace) -> tuple[Tombstone, ...]:
    """Return what the file beside the workspace names; one that this device did not sign names nothing."""
    path = ws.store.database.path
    try:
        if path is None or (path := path.with_name(FILE_NAME)).stat().st_size > _MOST_BYTES:
            return ()
        signed = msgspec.json.decode(path.read_bytes(), type=_Signed)
        VerifyKey.from_hex(ws.keys.device).verify(
            bytes.fromhex(signed.signature), _message(signed.tombstones), context=ERASED_CONTEXT
        )
    except (OSError, ValueError, msgspec.DecodeError, BadKey, SignatureWrong):
        return ()
    return signed.tombstones


def _message(buried: tuple[Tombstone, ...]) -> bytes:
    return msgspec.json.encode(buried)
