"""Receipts: the team tells an organisation that its return arrived, and what it read in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from iowscp_desktop.app import exchange
from iowscp_desktop.app.exchange import Progress, no_progress
from iowscp_desktop.app.merging import Incoming, merge
from iowscp_desktop.app.rounds import team_of
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.clock import from_stored
from iowscp_desktop.domain.events import DeviceEnrolled, ReceiptIssued, ResponseAssigned
from iowscp_desktop.domain.ids import ResponseId, response_space


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
) -> TakenIn:
    """Merge the files of a preview one after the other, and issue each return its receipt at once.

    Args:
        is_stopped: Asked before each file; what was taken in by then stays, and has its receipts.
    """
    files: list[Incoming] = []
    changes = Changes()
    before = {held.event.number for held in ws.standing(ReceiptIssued)}
    for place, each in enumerate(incoming, start=1):
        if is_stopped():
            break
        (done,), brought = merge(ws, (each,))
        files.append(done)
        changes |= brought | issue_receipts(ws, done, brought)
        progress(place, len(incoming))
    return TakenIn(files=tuple(files), receipts=_issued_since(ws, before), changes=changes)


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
    if merged.refused is not None or merged.type != "return" or not merged.new:
        return issued
    for response_id in sorted(changes.responses):
        year = from_stored(ws.now()).year
        number = f"R{year}-{len(ws.standing(ReceiptIssued)) + 1:04d}"
        receipt = ReceiptIssued(number=number, bundle=merged.digest, entries=merged.new)
        issued |= ws.append(response_space(response_id), receipt)
    return issued


def send_receipt(ws: Workspace, response_id: ResponseId, folder: Path) -> Path:
    """Seal what the team has written in a response to the organisation's devices."""
    team_of(ws)
    space = response_space(response_id)
    assigned = ws.one(ResponseAssigned, space=space)
    recipients = [
        held.event.recipient for held in ws.standing(DeviceEnrolled, space=ws.space, holder=assigned.organisation_id)
    ]
    parcel = exchange.Parcel(type="receipt", spaces=[space], recipients=recipients, with_evidence=False)
    return exchange.send(ws, parcel, folder)
