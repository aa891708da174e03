"""Part of a return: some sections now, the rest later. What is not shown travels as bare commitments.

The chain of what was written stays whole, so the part is proved like a whole return, and the rest fits into it when
it comes: nothing has to be sent twice, and nothing can be exchanged meanwhile.
"""

from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path

from iowscp_desktop.app import exchange
from iowscp_desktop.app.exchange import Parcel, Progress, no_progress
from iowscp_desktop.app.filling import open_filling
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.events import (
    AnswerRecorded,
    EditionChanged,
    EvidenceAttached,
    EvidenceDetached,
    PersonIntroduced,
    RepeatAdded,
    RepeatOrdered,
    RepeatRemoved,
    ResponseAssigned,
)
from iowscp_desktop.domain.grants import Role
from iowscp_desktop.domain.ids import ResponseId, response_space
from iowscp_desktop.domain.journal import Entry, StreamRange, bare
from iowscp_desktop.domain.tool import Tool
from iowscp_desktop.errors import NotYours


def send_part(
    ws: Workspace,
    response_id: ResponseId,
    sections: Collection[str],
    folder: Path,
    progress: Progress = no_progress,
) -> Path:
    """Seal the answers and evidence of some sections to those who asked for the return.

    Args:
        sections: Ids of the tool's sections. What was answered elsewhere is not in the file; that something was, is.

    Raises:
        NotYours: Only who answers sends, and only sections that the tool has.
        FileUnwritable: The folder cannot be written.
    """
    if ws.about.role is not Role.ORGANISATION:
        raise NotYours
    ws.leave_field()
    tool = open_filling(ws, response_id).tool
    if not sections or not set(sections) <= {section.id for section in tool.sections}:
        raise NotYours
    space = response_space(response_id)
    wanted = _questions(tool, sections)
    files = {
        held.event.attachment_id
        for held in ws.standing(EvidenceAttached, space=space)
        if _entry_id(tool, held.event.question_id) in wanted
    }

    def shows(entry: Entry) -> bool:
        event = entry.event
        match event:
            case AnswerRecorded(question_id=name):
                return _entry_id(tool, name) in wanted
            case RepeatAdded(repeat_id=name) | RepeatRemoved(repeat_id=name) | RepeatOrdered(repeat_id=name):
                return _entry_id(tool, name) in wanted
            case EvidenceAttached(attachment_id=file) | EvidenceDetached(attachment_id=file):
                return file in files
            case _:
                return isinstance(event, PersonIntroduced | ResponseAssigned | EditionChanged)

    parcel = Parcel(
        type="return",
        spaces=[space],
        recipients=ws.one(ResponseAssigned, space=space).recipients,
        about=tuple(sorted(sections)),
        shown=lambda piece: _shown(piece, shows),
    )
    return exchange.send(ws, parcel, folder, progress)


def _shown(piece: StreamRange, shows: Callable[[Entry], bool]) -> StreamRange:
    entries = tuple(entry if shows(entry) else bare(entry) for entry in piece.entries)
    return replace(piece, entries=entries)


def _questions(tool: Tool, sections: Collection[str]) -> frozenset[str]:
    return frozenset(entry.id for section in tool.sections if section.id in sections for entry in section.entries)


def _entry_id(tool: Tool, name: str) -> str:
    entry = tool.entry_of(name)
    return name if entry is None else entry.id
