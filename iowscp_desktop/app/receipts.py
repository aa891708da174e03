"""Receipts: the team tells an organisation that its return arrived, and what it read in it."""

from pathlib import Path

from iowscp_desktop.app import exchange
from iowscp_desktop.app.merging import Incoming
from iowscp_desktop.app.rounds import team_of
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.clock import from_stored
from iowscp_desktop.domain.events import DeviceEnrolled, ReceiptIssued, ResponseAssigned
from iowscp_desktop.domain.ids import ResponseId, response_space


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
