"""Anonymous answers on a shared laptop. Each is written by a key of its own, which is thrown away at once.

Nothing that travels tells two people apart: no author, the day alone, no chain from one submission to the next, and
an order that follows random keys. Few at a time are not sent: who came last would be known.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec

from iowscp_desktop.app import exchange
from iowscp_desktop.app.exchange import Parcel
from iowscp_desktop.app.rounds import team_of
from iowscp_desktop.app.workspace import SEAL_CONTEXT, Workspace
from iowscp_desktop.bundles import GuestPass, make_guest_pass
from iowscp_desktop.crypto import SigningKey, random_bytes
from iowscp_desktop.domain.events import ResponseAssigned, SurveyAnswered
from iowscp_desktop.domain.grants import Role
from iowscp_desktop.domain.ids import DeviceId, ResponseId, SpaceId, anonymous_space, response_space
from iowscp_desktop.domain.survey_events import ANONYMOUS, MIDNIGHT
from iowscp_desktop.errors import NotYours, TooFewToHide
from iowscp_desktop.store import Writer

FEWEST: Final = 5
"""Submissions that are sent together, at least."""


def submit(ws: Workspace, response_id: ResponseId, answers: Mapping[str, str]) -> None:
    """Keep one person's answers; who it was is written nowhere.

    Raises:
        NotYours: No such survey is asked here.
    """
    if ws.about.role is not Role.ORGANISATION:
        raise NotYours
    ws.one(ResponseAssigned, space=response_space(response_id))
    space, guest = anonymous_space(response_id), SigningKey.generate()
    device = DeviceId(guest.verify_key.hex)
    written = SurveyAnswered(response_id=response_id, submission_id=device[:32], answers=dict(answers))
    body = GuestPass(project=ws.about.project, space=space, host=ws.keys.device, guest=device)
    writer = Writer(
        device=device,
        author=ANONYMOUS,
        at=ws.now()[:10] + MIDNIGHT,
        new_epoch=lambda: random_bytes(16).hex(),
        new_salt=random_bytes,
    )
    with ws.store.database.writing() as connection:
        ws.store.journal.append_in(connection, writer, space, [written])
        values = {f"guest/{device}": make_guest_pass(body, ws.keys.signing), f"guest-key/{device}": guest.to_bytes()}
        ws.store.local.keep_in(connection, **values)
    _seal(ws, space, device)


def send_submissions(ws: Workspace, response_id: ResponseId, folder: Path) -> Path:
    """Seal all submissions to those who asked, once enough have come since the last time.

    Raises:
        TooFewToHide: So few are new that whose they are could be guessed.
        FileUnwritable: The folder cannot be written.
    """
    space = anonymous_space(response_id)
    assigned = ws.one(ResponseAssigned, space=response_space(response_id))
    here = {held.event.submission_id for held in ws.standing(SurveyAnswered, space=space)}
    content = ws.store.local.value(f"sent/{space}")
    sent = set(msgspec.json.decode(content, type=list[str])) if content else set[str]()
    if len(here - sent) < FEWEST:
        raise TooFewToHide(fewest=FEWEST)
    for device in ws.store.journal.devices_in(space):
        _seal(ws, space, device)  # what was written just before the power failed
    parcel = Parcel(type="survey", spaces=[space], recipients=assigned.recipients, with_evidence=False)
    path = exchange.send(ws, parcel, folder)
    ws.store.local.keep(**{f"sent/{space}": msgspec.json.encode(sorted(here))})
    return path


def submissions(ws: Workspace, response_id: ResponseId) -> tuple[Mapping[str, str], ...]:
    """Return what people answered, in an order that means nothing.

    Raises:
        NotYours: The laptop it was answered on does not show it.
    """
    team_of(ws)
    found = {
        held.event.submission_id: held.event.answers for held in ws.standing(SurveyAnswered, response_id=response_id)
    }
    return tuple(found[submission] for submission in sorted(found))


def _seal(ws: Workspace, space: SpaceId, device: DeviceId) -> None:
    """Sign a submission with the key that wrote it, and throw the key away."""
    kept = ws.store.local.value(f"guest-key/{device}")
    if not kept:
        return
    guest = SigningKey.from_bytes(kept)
    ws.store.journal.seal(device, space, lambda message: guest.sign(message, context=SEAL_CONTEXT).hex())
    ws.store.local.keep(**{f"guest-key/{device}": b""})
