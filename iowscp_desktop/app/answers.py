"""Writing answers and evidence down. An answer that breaks the form's rules is kept; the filling reports it."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePath
from typing import Final

import sqlalchemy as sa

from iowscp_desktop.app.last_look import require_open
from iowscp_desktop.app.pictures import is_picture, without_metadata
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.events import AnswerRecorded, Event, EvidenceAttached, EvidenceDetached
from iowscp_desktop.domain.ids import (
    AttachmentId,
    InstanceId,
    QuestionId,
    Register,
    ResponseId,
    Sha256,
    SpaceId,
    response_space,
)
from iowscp_desktop.errors import (
    AttachmentEmpty,
    AttachmentKindRefused,
    AttachmentsFull,
    AttachmentTooLarge,
    FileNotReadable,
    NotYours,
)
from iowscp_desktop.store.blobs import CHUNK

MOST_FILE_BYTES: Final = 25 * 1024 * 1024
MOST_RESPONSE_BYTES: Final = 500 * 1024 * 1024
MOST_NAME: Final = 120

Kinds = Mapping[str, tuple[str, tuple[bytes, ...]]]

KINDS: Final[Kinds] = {
    ".pdf": ("application/pdf", (b"%PDF-",)),
    ".png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    ".jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", (b"PK\x03\x04",)),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (b"PK\x03\x04",)),
    ".pptx": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", (b"PK\x03\x04",)),
    ".odt": ("application/vnd.oasis.opendocument.text", (b"PK\x03\x04",)),
    ".doc": ("application/msword", (b"\xd0\xcf\x11\xe0",)),
    ".xls": ("application/vnd.ms-excel", (b"\xd0\xcf\x11\xe0",)),
    ".eml": ("message/rfc822", ()),
    ".txt": ("text/plain", ()),
    ".csv": ("text/csv", ()),
}
"""What is taken as evidence: the ending, its media type, and how such a file begins (nothing: it is text)."""

SOUNDS: Final[Kinds] = {
    ".mp3": ("audio/mpeg", (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")),
    ".wav": ("audio/wav", (b"RIFF",)),
    ".ogg": ("audio/ogg", (b"OggS",)),
    ".m4a": ("audio/mp4", (b"\x00\x00\x00",)),
    ".mp4": ("video/mp4", (b"\x00\x00\x00",)),
    ".webm": ("video/webm", (b"\x1aE\xdf\xa3",)),
}
"""What is taken besides where a form asks for a recording."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A file that was read and found fit to be attached."""

    name: str = field(repr=False)
    media_type: str
    content: bytes = field(repr=False)


def record_answer(
    ws: Workspace,
    response_id: ResponseId,
    question_id: QuestionId,
    value: str | None,
    *,
    instances: tuple[InstanceId, ...] = (),
    visit: str | None = None,
) -> Changes:
    """Write down one answer, as XForms text; None or nothing clears it.

    Args:
        visit: Names one stay in one field: while it lasts, half-typed text is rewritten, not piled up.

    Raises:
        ResponseLocked: The response is finalised.
    """
    space = response_space(response_id)
    event = AnswerRecorded(question_id=question_id, instances=instances, value=value or None)

    def deed(connection: sa.Connection) -> Sequence[Event]:
        require_open(connection, space)
        return (event,)

    return ws.append_from(space, deed, visit=visit)


def attach(ws: Workspace, response_id: ResponseId, question_id: QuestionId, path: Path) -> Changes:
    """Attach a file to a question: its bytes are copied into the workspace, the file itself is left alone.

    Raises:
        FileNotReadable, AttachmentTooLarge, AttachmentEmpty, AttachmentKindRefused, AttachmentsFull: As named.
        ResponseLocked: The response is finalised.
    """
    return attach_evidence(ws, response_id, question_id, read_evidence(path))


def attach_evidence(
    ws: Workspace,
    response_id: ResponseId,
    question_id: QuestionId,
    evidence: Evidence,
    *,
    instances: tuple[InstanceId, ...] = (),
) -> Changes:
    """Attach what `read_evidence` found fit, or a picture that was pasted."""
    space = response_space(response_id)
    keep = _Keeping(ws, space, (question_id, instances), evidence)
    return ws.append_from(space, lambda connection: (keep.in_transaction(connection),))


def answer_with_file(
    ws: Workspace,
    response_id: ResponseId,
    question_id: QuestionId,
    evidence: Evidence | None,
    *,
    instances: tuple[InstanceId, ...] = (),
) -> Changes:
    """Answer a question with a file, in place of the one that may be there; None takes it away.

    The answer is the file's name, as forms have it; the file is an attachment of the question.

    Raises:
        AttachmentsFull, ResponseLocked: As `attach_evidence`.
    """
    space = response_space(response_id)
    place = (question_id, instances)
    before = tuple(_detached(ws, space, place))
    if evidence is None:
        return _write(ws, space, *before, _named(place, None))
    keep = _Keeping(ws, space, place, evidence)
    after = _named(place, evidence.name)
    return ws.append_from(space, lambda connection: (*before, keep.in_transaction(connection), after))


def answer_again_with(
    ws: Workspace,
    response_id: ResponseId,
    question_id: QuestionId,
    attachment_id: AttachmentId,
    *,
    instances: tuple[InstanceId, ...] = (),
) -> Changes:
    """Answer a question once more with a file that was its answer before: what is there now makes way for it.

    Raises:
        NotYours: There never was such a file.
        ResponseLocked: The response is finalised.
    """
    space = response_space(response_id)
    place = (question_id, instances)
    before = _once_attached(ws, space, attachment_id)
    return _write(ws, space, *_detached(ws, space, place), before, _named(place, before.name))


def detach(ws: Workspace, response_id: ResponseId, attachment_id: AttachmentId) -> Changes:
    """Take a file away from its question; the history keeps that it was there."""
    space = response_space(response_id)
    if not ws.standing(EvidenceAttached, space=space, attachment_id=attachment_id):
        raise NotYours
    return _write(ws, space, EvidenceDetached(attachment_id=attachment_id))


def put_back(ws: Workspace, response_id: ResponseId, attachment_id: AttachmentId) -> Changes:
    """Put a file back that was taken away: its bytes never left the workspace.

    Raises:
        NotYours: There never was such a file.
        ResponseLocked: The response is finalised.
    """
    space = response_space(response_id)
    return _write(ws, space, _once_attached(ws, space, attachment_id))


def pasted_picture(name: str, content: bytes) -> Evidence:
    """Check a picture that was pasted, as `read_evidence` checks a file.

    Raises:
        AttachmentTooLarge, AttachmentEmpty, AttachmentKindRefused, PictureUnreadable, PictureTooLarge: As named.
    """
    if not content:
        raise AttachmentEmpty
    if len(content) > MOST_FILE_BYTES:
        raise AttachmentTooLarge(size=len(content), limit=MOST_FILE_BYTES)
    return _evidence(name, _media_type(Path(name), content), content)


def kinds_for(media_type: str) -> Kinds:
    """Return what is taken where a form asks for a kind of file: `image/*`, `audio/*`, or anything that is evidence."""
    wanted = media_type.partition("/")[0]
    if wanted in {"audio", "video"}:
        return {ending: kind for ending, kind in SOUNDS.items() if kind[0].startswith(f"{wanted}/")}
    if wanted == "image":
        return {ending: kind for ending, kind in KINDS.items() if kind[0].startswith("image/")}
    return KINDS


def read_evidence(path: Path, kinds: Kinds = KINDS) -> Evidence:
    """Read a file somebody chose, and check that it may be evidence: its size, its ending, how it begins.

    A photo loses what the camera wrote into it.

    Args:
        kinds: What is taken here; the documents, pictures and sheets of `KINDS` by default.

    Raises:
        FileNotReadable, AttachmentTooLarge, AttachmentEmpty, AttachmentKindRefused, PictureUnreadable,
            PictureTooLarge: As named.
    """
    try:
        if not path.is_file():
            raise FileNotReadable
        size = path.stat().st_size
        if size > MOST_FILE_BYTES:
            raise AttachmentTooLarge(size=size, limit=MOST_FILE_BYTES)
        content = path.read_bytes()
    except OSError as error:
        raise FileNotReadable from error
    if not content:
        raise AttachmentEmpty
    if len(content) > MOST_FILE_BYTES:  # it grew while it was read
        raise AttachmentTooLarge(size=len(content), limit=MOST_FILE_BYTES)
    return _evidence(path.name, _media_type(path, content, kinds), content)


def _evidence(name: str, media_type: str, content: bytes) -> Evidence:
    if is_picture(media_type):
        content = without_metadata(content, media_type)
    return Evidence(name=safe_name(name), media_type=media_type, content=content)


def safe_name(name: str) -> str:
    """Return a file name that is only a name: no folders, no control characters, no reversed text, 120 at most."""
    plain = PurePath(name.replace("\\", "/")).name
    kept = "".join(character for character in plain if character.isprintable() and character not in '<>:"|?*').strip(
        ". "
    )
    stem, dot, ending = kept.rpartition(".")
    if len(kept) > MOST_NAME and dot:
        kept = stem[: MOST_NAME - len(ending) - 1] + dot + ending
    return kept[:MOST_NAME] or "file"


def _media_type(path: Path, content: bytes, kinds: Kinds = KINDS) -> str:
    known = kinds.get(path.suffix.lower())
    if known is None:
        raise AttachmentKindRefused
    media_type, beginnings = known
    fits = content.startswith(beginnings) if beginnings else b"\0" not in content[:4096]
    if not fits:
        raise AttachmentKindRefused
    return media_type


_Place = tuple[QuestionId, tuple[InstanceId, ...]]


def _write(ws: Workspace, space: SpaceId, *events: Event) -> Changes:
    return ws.append_checked(space, partial(require_open, space=space), *events)


class _Keeping:
    """A file on its way into a response: looked at and laid by before, named together with its event.

    Its bytes go in by many short transactions, so that whoever types meanwhile waits for none of them.
    """

    def __init__(self, ws: Workspace, space: SpaceId, place: _Place, evidence: Evidence) -> None:
        already = sum(held.event.size for held in ws.standing(EvidenceAttached, space=space))
        if already + len(evidence.content) > MOST_RESPONSE_BYTES:
            raise AttachmentsFull(limit=MOST_RESPONSE_BYTES)
        self._ws, self._space, self._place, self._evidence = ws, space, place, evidence
        content = evidence.content
        self._sha256 = Sha256(hashlib.sha256(content).hexdigest())
        ws.store.blobs.lay_by(self._sha256, (content[at : at + CHUNK] for at in range(0, len(content), CHUNK)))

    def in_transaction(self, connection: sa.Connection) -> EvidenceAttached:
        """Let the bytes be seen, and return the event that names them."""
        require_open(connection, self._space)
        sha256, size = self._sha256, len(self._evidence.content)
        self._ws.store.blobs.name(connection, sha256, size)
        return EvidenceAttached(
            attachment_id=AttachmentId(self._ws.world.new_id()),
            question_id=self._place[0],
            instances=self._place[1],
            name=self._evidence.name,
            media_type=self._evidence.media_type,
            size=size,
            sha256=sha256,
        )


def _detached(ws: Workspace, space: SpaceId, place: _Place) -> Iterator[EvidenceDetached]:
    for held in ws.standing(EvidenceAttached, space=space, question_id=place[0]):
        if held.event.instances == place[1]:
            yield EvidenceDetached(attachment_id=held.event.attachment_id)


def _named(place: _Place, name: str | None) -> AnswerRecorded:
    return AnswerRecorded(question_id=place[0], instances=place[1], value=name)


def _once_attached(ws: Workspace, space: SpaceId, attachment_id: AttachmentId) -> EvidenceAttached:
    history = ws.store.journal.history(space, Register(f"evidence/{attachment_id}"))
    attached = [entry.event for entry in history if isinstance(entry.event, EvidenceAttached)]
    if not attached:
        raise NotYours
    return attached[-1]
