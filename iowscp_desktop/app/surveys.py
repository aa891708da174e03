"""Anonymous answers on a shared laptop. Each is written by a key of its own, which is thrown away at once.

Nothing that stays on the laptop or travels tells two people apart: no author, no chain from one sheet to the next,
an order that follows random keys, and one day for all, that on which they were gathered. Until then they wait in a
sealed file of their own. Few at a time are not gathered: who came last would be known.
"""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Final

import msgspec
import sqlalchemy as sa

from iowscp_desktop.app import exchange
from iowscp_desktop.app.exchange import Parcel
from iowscp_desktop.app.rounds import team_of
from iowscp_desktop.app.workspace import SEAL_CONTEXT, Workspace
from iowscp_desktop.bundles import GuestPass, make_guest_pass
from iowscp_desktop.crypto import Fault, SigningKey, random_bytes, seal, unseal
from iowscp_desktop.domain import anonymous
from iowscp_desktop.domain.events import ResponseAssigned, SurveyAnswered
from iowscp_desktop.domain.grants import Role
from iowscp_desktop.domain.ids import DeviceId, ResponseId, SpaceId, anonymous_space, response_space
from iowscp_desktop.domain.survey_events import ANONYMOUS, MIDNIGHT
from iowscp_desktop.errors import NotYours, SheetsUnreadable, TooFewToHide
from iowscp_desktop.store import Writer
from iowscp_desktop.store.waiting_sheets import WaitingSheets

FEWEST: Final = anonymous.FEWEST
"""Submissions that are sent together, at least."""

_ROUNDED = 16 * 1024  # bytes: the file grows in steps, so that its size does not tell how much the last person wrote


class _Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """The sheets that wait, in the order of numbers drawn by lot: not in the order in which they came."""

    batch: str
    """Drawn by lot when the first of them came: sheets of a batch that was gathered are not gathered again."""
    sheets: tuple[tuple[str, dict[str, str]], ...] = ()


def submit(ws: Workspace, response_id: ResponseId, answers: Mapping[str, str]) -> None:
    """Keep one person's answers; who it was is written nowhere.

    Raises:
        NotYours: No such survey is asked here.
        CannotWrite: The disk does not take it; what was handed in before is kept, these answers are not.
    """
    if ws.about.role is not Role.ORGANISATION:
        raise NotYours
    ws.one(ResponseAssigned, space=response_space(response_id))
    space = anonymous_space(response_id)
    sheet = (random_bytes(16).hex(), {question: answers[question] for question in sorted(answers)})
    with ws.store.database.writing() as connection:  # nothing is written there: nobody gathers meanwhile
        here = _waiting(ws, connection, space)
        _lay_by(ws, space, msgspec.structs.replace(here, sheets=tuple(sorted((*here.sheets, sheet)))))


def waiting(ws: Workspace, response_id: ResponseId) -> int:
    """Return how many sheets wait to be gathered."""
    space = anonymous_space(response_id)
    with ws.store.database.reading() as connection:
        return len(_waiting(ws, connection, space).sheets)


def gathered(ws: Workspace, response_id: ResponseId) -> int:
    """Return how many sheets were gathered here, or have come in."""
    return len(ws.standing(SurveyAnswered, space=anonymous_space(response_id)))


def send_submissions(ws: Workspace, response_id: ResponseId, folder: Path) -> Path:
    """Gather what waits, and seal all that was ever gathered to those who asked.

    Raises:
        TooFewToHide: So few wait that whose they are could be guessed. They go on waiting.
        FileUnwritable: The folder cannot be written; what was gathered can be sent again.
    """
    assigned = ws.one(ResponseAssigned, space=response_space(response_id))
    space = anonymous_space(response_id)
    _gather(ws, response_id)
    return _send(ws, space, assigned, folder)


def send_again(ws: Workspace, response_id: ResponseId, folder: Path) -> Path:
    """Seal what was gathered before once more, where a file was lost. What waits goes on waiting.

    Raises:
        TooFewToHide: Nothing was gathered yet.
    """
    assigned = ws.one(ResponseAssigned, space=response_space(response_id))
    if not gathered(ws, response_id):
        raise TooFewToHide(fewest=FEWEST)
    return _send(ws, anonymous_space(response_id), assigned, folder)


def submissions(ws: Workspace, response_id: ResponseId) -> tuple[Mapping[str, str], ...]:
    """Return what people answered, in an order that means nothing.

    Raises:
        NotYours: The laptop it was answered on does not show it.
    """
    team_of(ws)
    space = anonymous_space(response_id)  # what is written elsewhere speaks for no other survey
    found = {held.event.submission_id: held.event.answers for held in ws.standing(SurveyAnswered, space=space)}
    return tuple(found[submission] for submission in sorted(found))


# --- waiting -------------------------------------------------------------------------------------


def _waiting(ws: Workspace, connection: sa.Connection, space: SpaceId) -> _Waiting:
    """Return the sheets that wait; none where the power failed after they were gathered."""
    sealed = WaitingSheets(ws.store.database.path, space).read()
    opened = _Waiting(batch=random_bytes(16).hex()) if sealed is None else _opened(ws, sealed)
    name = f"gathered/{space}/{opened.batch}"
    is_gathered = connection.exec_driver_sql("SELECT 1 FROM local WHERE name=?", (name,)).first() is not None
    return _Waiting(batch=random_bytes(16).hex()) if is_gathered else opened


def _opened(ws: Workspace, sealed: bytes) -> _Waiting:
    plain = BytesIO()
    try:
        unseal(BytesIO(sealed), plain, [ws.keys.identity])
        return msgspec.json.decode(plain.getvalue(), type=_Waiting)
    except (Fault, msgspec.MsgspecError) as error:
        raise SheetsUnreadable from error


def _lay_by(ws: Workspace, space: SpaceId, sheets: _Waiting) -> None:
    content = msgspec.json.encode(sheets)
    padded = content + b" " * (-len(content) % _ROUNDED)
    sealed = BytesIO()
    seal(BytesIO(padded), sealed, [ws.keys.identity.recipient])
    WaitingSheets(ws.store.database.path, space).write(sealed.getvalue())


# --- gathering -----------------------------------------------------------------------------------


def _gather(ws: Workspace, response_id: ResponseId) -> None:
    """Write every sheet that waits into the journal: all at once, in the order of keys made now, with one day."""
    space = anonymous_space(response_id)
    at = ws.now()[:10] + MIDNIGHT
    with ws.store.database.writing() as connection:
        here = _waiting(ws, connection, space)
        if len(here.sheets) < FEWEST:
            raise TooFewToHide(fewest=FEWEST)
        guests = sorted((SigningKey.generate() for _ in here.sheets), key=lambda guest: guest.verify_key.hex)
        for guest, (_lot, answers) in zip(guests, here.sheets, strict=True):
            submission = guest.verify_key.hex[:32]
            sheet = SurveyAnswered(response_id=response_id, submission_id=submission, answers=answers)
            _write(ws, connection, sheet, guest, at)
        ws.store.local.keep_in(connection, **{f"gathered/{space}/{here.batch}": b"1"})
    WaitingSheets(ws.store.database.path, space).remove()


def _write(ws: Workspace, connection: sa.Connection, sheet: SurveyAnswered, guest: SigningKey, at: str) -> None:
    space, device = anonymous_space(sheet.response_id), DeviceId(guest.verify_key.hex)
    writer = Writer(
        device=device,
        author=ANONYMOUS,
        at=at,
        new_epoch=lambda: random_bytes(16).hex(),
        new_salt=random_bytes,
    )
    body = GuestPass(project=ws.about.project, space=space, host=ws.keys.device, guest=device)
    ws.store.journal.append_in(connection, writer, space, [sheet])
    values = {f"guest/{device}": make_guest_pass(body, ws.keys.signing), f"guest-key/{device}": guest.to_bytes()}
    ws.store.local.keep_in(connection, **values)


def _send(ws: Workspace, space: SpaceId, assigned: ResponseAssigned, folder: Path) -> Path:
    for device in ws.store.journal.devices_in(space):
        _seal(ws, space, device)  # also what was gathered just before the power failed
    parcel = Parcel(type="survey", spaces=[space], recipients=assigned.recipients, with_evidence=False)
    return exchange.send(ws, parcel, folder)


def _seal(ws: Workspace, space: SpaceId, device: DeviceId) -> None:
    """Sign a submission with the key that wrote it, and throw the key away."""
    kept = ws.store.local.value(f"guest-key/{device}")
    if not kept:
        return
    guest = SigningKey.from_bytes(kept)
    ws.store.journal.seal(device, space, lambda message: guest.sign(message, context=SEAL_CONTEXT).hex())
    ws.store.local.forget(f"guest-key/{device}")
