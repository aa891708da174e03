"""Taking back what was done last, by its opposite: another entry. Nothing is deleted, and the history shows both.

The journal itself says what was last, so it can still be taken back after the page was closed or the program locked.
Signing, declaring complete and erasing are not taken back: they have their own ways, or none.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

import sqlalchemy as sa

from iowscp_desktop.app import repeats
from iowscp_desktop.app.history import Asked, Did
from iowscp_desktop.app.last_look import require_open
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.events import (
    AnswerRecorded,
    Event,
    EvidenceAttached,
    EvidenceDetached,
    RepeatAdded,
    RepeatOrdered,
    RepeatRemoved,
    ResponseFinalised,
)
from iowscp_desktop.domain.ids import EntryId, QuestionId, Register, SpaceId
from iowscp_desktop.domain.journal import Entry
from iowscp_desktop.errors import NothingToUndo
from iowscp_desktop.store.entries import entry_of


@dataclass(frozen=True, slots=True, kw_only=True)
class LastDeed:
    """What this person did last on this computer, if it can be taken back."""

    id: EntryId
    register: Register
    question_id: QuestionId
    did: Did
    name: str = field(repr=False)
    """The name of the file; '' where it is about none."""
    opposite: Event = field(repr=False)


def last_deed(ws: Workspace, filling: Asked) -> LastDeed | None:
    """Return what can be taken back, or None: nothing was done, it was replaced meanwhile, or it is final.

    What was itself a taking back can be taken back too, and then stands as it did.
    """
    if ws.standing(ResponseFinalised, space=filling.space):
        return None
    newest = _newest(ws, filling.space)
    if newest is None or not _holds_alone(ws, filling.space, newest) or _is_file_answer(ws, filling.space, newest):
        return None
    history = {entry.id: entry for entry in ws.store.journal.history(filling.space, newest.header.register)}
    found = _opposite(newest, history)
    if found is None:
        return None
    question_id, did, opposite = found
    attached = (entry.event for entry in (newest, *history.values()))
    name = next((event.name for event in attached if isinstance(event, EvidenceAttached)), "")
    return LastDeed(
        id=newest.id, register=newest.header.register, question_id=question_id, did=did, name=name, opposite=opposite
    )


def undo(ws: Workspace, filling: Asked, deed: LastDeed) -> Changes:
    """Take back what was done last.

    Raises:
        NothingToUndo: Something else has been done to it meanwhile.
        ResponseLocked: The response is finalised.
    """
    ws.leave_field()
    opposite = deed.opposite
    if isinstance(opposite, RepeatRemoved):  # what was written in it meanwhile is named as seen, at this moment
        return repeats.remove_instance(
            ws, filling, opposite.repeat_id, within=opposite.within, instance=opposite.instance
        )
    return ws.append_checked(filling.space, partial(_require_last, space=filling.space, deed=deed), opposite)


def _require_last(connection: sa.Connection, *, space: SpaceId, deed: LastDeed) -> None:
    require_open(connection, space=space)
    if _heads(connection, space, deed.register) != [deed.id]:
        raise NothingToUndo


def _newest(ws: Workspace, space: SpaceId) -> Entry | None:
    """Return what this person wrote last here with this device."""
    with ws.store.database.reading() as connection:
        row = connection.exec_driver_sql(_NEWEST, (space, ws.keys.device, ws.person.id)).first()
    return None if row is None else entry_of(row)


_NEWEST = """
SELECT t.id, e.header, e.salt, e.payload FROM entry e JOIN stream t ON t.no=e.stream
WHERE e.stream IN (SELECT no FROM stream WHERE space=(SELECT no FROM space WHERE id=?) AND device=?)
AND e.author=? AND e.kind NOT IN ('person-introduced', 'words-considered') ORDER BY e.stream DESC, e.seq DESC LIMIT 1
"""


def _holds_alone(ws: Workspace, space: SpaceId, entry: Entry) -> bool:
    with ws.store.database.reading() as connection:
        return _heads(connection, space, entry.header.register) == [entry.id]


def _heads(connection: sa.Connection, space: SpaceId, register: Register) -> list[EntryId]:
    rows = connection.exec_driver_sql(
        "SELECT t.id, h.seq FROM head h JOIN stream t ON t.no=h.stream JOIN space s ON s.no=h.space"
        " WHERE s.id=? AND h.register=?",
        (space, register),
    ).all()
    return [EntryId(stream, seq) for stream, seq in rows]


def _opposite(newest: Entry, history: Mapping[EntryId, Entry]) -> tuple[QuestionId, Did, Event] | None:
    if len(newest.replaces) > 1 or any(id_ not in history or history[id_].event is None for id_ in newest.replaces):
        return None  # it settled a difference, which is decided anew; or what stood there is not here any more
    was = next((history[id_].event for id_ in newest.replaces), None)
    match newest.event, was:
        case AnswerRecorded(question_id=question, instances=instances), AnswerRecorded() | None:
            value = None if was is None else was.value
            return question, Did.ANSWERED, AnswerRecorded(question_id=question, instances=instances, value=value)
        case EvidenceAttached(question_id=question, attachment_id=attachment), _:
            return question, Did.ATTACHED, EvidenceDetached(attachment_id=attachment)
        case EvidenceDetached(), EvidenceAttached(question_id=question):
            return question, Did.DETACHED, was
        case RepeatAdded(repeat_id=repeat, within=within, instance=instance), _:
            return repeat, Did.ADDED, RepeatRemoved(repeat_id=repeat, within=within, instance=instance)
        case RepeatRemoved(repeat_id=repeat, within=within, instance=instance), _:
            return repeat, Did.REMOVED, RepeatAdded(repeat_id=repeat, within=within, instance=instance)
        case RepeatOrdered(repeat_id=repeat), RepeatOrdered():
            return repeat, Did.ORDERED, was
        case _:
            return None


def _is_file_answer(ws: Workspace, space: SpaceId, entry: Entry) -> bool:
    """Tell whether an answer is a file's name: then file and name go together, by `answers.answer_with_file`."""
    event = entry.event
    if not isinstance(event, AnswerRecorded):
        return False
    attached = ws.standing(EvidenceAttached, space=space, question_id=event.question_id)
    return event.value in {held.event.name for held in attached}
