"""Receipts: the team tells an organisation that its return arrived, and what it read in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from iowscp_desktop.app import exchange
from iowscp_desktop.app.devices import directory_members
from iowscp_desktop.app.exchange import Progress, no_progress
from iowscp_desktop.app.identities import recipients_of
from iowscp_desktop.app.merging import Incoming, merge
from iowscp_desktop.app.rounds import team_of
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.crypto import fingerprint
from iowscp_desktop.domain.clock import from_stored
from iowscp_desktop.domain.events import ReceiptIssued, ResponseAssigned
from iowscp_desktop.domain.ids import ResponseId, SpaceId, response_space


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """One receipt that was issued."""

    number: str
    response_id: ResponseId
    organisation: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What came of taking files in."""

    files: tuple[Incoming, ...]
    """The files that were tried; those left alone after a stop are not among them."""
    receipts: tuple[Receipt, ...]
    changes: Changes


def take_in(
    ws: Workspace,
    incoming: Sequence[Incoming],
    progress: Progress = no_progress,
    *,
    is_stopped: Callable[[], bool] = lambda: False,
    opens_revoked: bool = False,
) -> TakenIn:
    """Merge the files of a preview one after the other; each return is given its receipt in the same transaction.

    Args:
        is_stopped: Asked before each file; what was taken in by then stays, and has its receipts.
        opens_revoked: As for `merging.preview`.
    """
    before = {held.event.number for held in ws.standing(ReceiptIssued)}

    def also(connection: sa.Connection, done: Incoming, changes: Changes) -> Changes:
        issued = Changes()
        for space, receipt in _due(ws, done, changes):
            issued |= ws.append_in(connection, space, receipt)
        return issued

    files, changes = merge(ws, incoming, progress, is_stopped=is_stopped, also=also, opens_revoked=opens_revoked)
    return TakenIn(files=files, receipts=_issued_since(ws, before), changes=changes)


def _issued_since(ws: Workspace, before: set[str]) -> tuple[Receipt, ...]:
    names = {held.space: held.event for held in ws.standing(ResponseAssigned)}
    found = [
        Receipt(
            number=held.event.number,
            response_id=names[held.space].response_id,
            organisation=names[held.space].organisation_name,
        )
        for held in ws.standing(ReceiptIssued)
        if held.event.number not in before and held.space in names
    ]
    return tuple(sorted(found, key=lambda receipt: receipt.number))


def issue_receipts(ws: Workspace, merged: Incoming, changes: Changes) -> Changes:
    """Number a return that was merged, in each response it brought something for."""
    team_of(ws)
    issued = Changes()
    for space, receipt in _due(ws, merged, changes):
        if not ws.standing(ReceiptIssued, space=space, bundle=receipt.bundle):
            issued |= ws.append(space, receipt)
    return issued


def _due(ws: Workspace, merged: Incoming, changes: Changes) -> list[tuple[SpaceId, ReceiptIssued]]:
    """Return the receipts that a return is due. On each of the team's laptops one return gets the same receipt."""
    if merged.refused is not None or merged.type != "return" or not merged.new:
        return []
    return [
        (
            response_space(response_id),
            ReceiptIssued(
                number=_number(ws, merged.digest, response_id),
                bundle=merged.digest,
                entries=merged.new + merged.known,
            ),
        )
        for response_id in sorted(changes.responses)
    ]


def _number(ws: Workspace, bundle: str, response_id: ResponseId) -> str:
    sign = fingerprint(f"receipt|{bundle}|{response_id}".encode())
    return f"R{from_stored(ws.now()).year}-{sign[:9]}"


def send_receipt(ws: Workspace, response_id: ResponseId, folder: Path) -> Path:
    """Seal what the team has written in a response to the organisation's devices."""
    team_of(ws)
    space = response_space(response_id)
    assigned = ws.one(ResponseAssigned, space=space)
    parcel = exchange.Parcel(
        type="receipt",
        spaces=[space],
        recipients=recipients_of(ws, assigned.organisation_id),
        members=directory_members(ws, assigned.organisation_id),
        reader=assigned.organisation_id,
        with_evidence=False,
    )
    return exchange.send(ws, parcel, folder)
