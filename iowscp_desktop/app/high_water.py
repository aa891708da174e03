"""Notices at opening that a workspace was rolled back, copied, restored or saved from damage, and makes it safe."""

from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final

from iowscp_desktop.app.audit_log import AuditDeed, record
from iowscp_desktop.app.stories import writer_of
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.crypto import BadKey, SignatureWrong, VerifyKey
from iowscp_desktop.errors import CannotWrite
from iowscp_desktop.store.epochs import begin_epoch
from iowscp_desktop.store.high_water import HighWater, Noticed

MARK_CONTEXT: Final = "high-water/v1"
BEGIN_EPOCH: Final = "begin_epoch"
"""The local value of a file that was put in place of another: why it needs a new epoch."""
_MARKED: Final = "marked"


def check_in(ws: Workspace, *, was_open: bool = False) -> Noticed | None:
    """Compare a workspace that has just been opened with its mark; return what is to be told, once.

    Args:
        was_open: What lies beside it says that it was not closed in order. Then its log must have been there.

    If it may have gone on elsewhere, it goes on under new numbers: what it wrote before and what the other copy
    writes can never be taken for each other.
    """
    noticed = _noticed(ws, was_open=was_open)
    if noticed is not None:
        again = begin_epoch(ws.store.database, ws.store.journal, ws.keys.device, writer_of(ws))
        ws.store.local.forget(BEGIN_EPOCH)
        record(ws, AuditDeed.COPY_NOTICED, why=noticed.value, again=again)
    begin_marks(ws)
    return noticed


def begin_marks(ws: Workspace) -> None:
    """Mark a workspace now, and whenever it matters from now on."""
    ws.on_mark = partial(mark, ws)
    mark(ws)


def mark(ws: Workspace) -> None:
    """Mark how far this device has written: after each seal, before anything leaves, and at closing.

    A place for marks that cannot be written is no reason not to work: the next opening starts from the older mark.
    """
    high_water = _mark_of(ws)
    if high_water is None:
        return
    with suppress(CannotWrite):
        if ws.store.local.value(_MARKED) is None:
            ws.store.local.keep(**{_MARKED: b"1"})
        with ws.store.journal.merging():  # whoever types goes on in a new entry: what is marked is rewritten no more
            high_water.write(ws.store.database)


def _noticed(ws: Workspace, *, was_open: bool) -> Noticed | None:
    asked = ws.store.local.value(BEGIN_EPOCH)
    if asked is not None:
        return Noticed(asked.decode())
    high_water = _mark_of(ws)
    was_marked = ws.store.local.value(_MARKED) is not None
    found = None if high_water is None else high_water.compare(ws.store.database, was_marked=was_marked)
    return Noticed.LOG_LOST if found is None and was_open and not ws.store.had_log else found


def _mark_of(ws: Workspace) -> HighWater | None:
    folder: Path | None = ws.world.marks
    if folder is None or ws.store.database.path is None:
        return None
    key = ws.keys.signing

    def fits(message: bytes, signature: str) -> bool:
        try:
            VerifyKey.from_hex(ws.keys.device).verify(bytes.fromhex(signature), message, context=MARK_CONTEXT)
        except (BadKey, SignatureWrong, ValueError):
            return False
        return True

    return HighWater(folder, ws.keys.device, lambda message: key.sign(message, context=MARK_CONTEXT).hex(), fits)
