"""Writing answers and evidence down. An answer that breaks the form's rules is kept; the filling reports it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Final

from iowscp_desktop.app.pictures import is_picture, without_metadata
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.events import AnswerRecorded, EvidenceAttached, EvidenceDetached, ResponseFinalised
from iowscp_desktop.domain.ids import AttachmentId, InstanceId, QuestionId, Register, ResponseId, Sha256, response_space
from iowscp_desktop.errors import (
    AttachmentEmpty,
    AttachmentKindRefused,
    AttachmentsFull,
    AttachmentTooLarge,
    FileNotReadable,
    NotYours,
    ResponseLocked,
)

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
    _require_open(ws, response_id)
    event = AnswerRecorded(question_id=question_id, instances=instances, value=value or None)
    return ws.append(response_space(response_id), event, visit=visit)


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
    _require_open(ws, response_id)
    space = response_space(response_id)
    already = sum(held.event.size for held in ws.standing(EvidenceAttached, space=space))
    if already + len(evidence.content) > MOST_RESPONSE_BYTES:
        raise AttachmentsFull(limit=MOST_RESPONSE_BYTES)
    attachment_id = AttachmentId(ws.world.new_id())

    def event_for(digest: Sha256, size: int) -> EvidenceAttached:
        return EvidenceAttached(
            attachment_id=attachment_id,
            question_id=question_id,
            instances=instances,
            name=evidence.name,
            media_type=evidence.media_type,
            size=size,
            sha256=digest,
        )

    return ws.append_with_blob(space, [evidence.content], event_for)


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
    _require_open(ws, response_id)
    space = response_space(response_id)
    before = [
        held.event.attachment_id
        for held in ws.standing(EvidenceAttached, space=space, question_id=question_id)
        if held.event.instances == instances
    ]
    changes = Changes()
    if evidence is not None:
        changes |= attach_evidence(ws, response_id, question_id, evidence, instances=instances)
    value = None if evidence is None else evidence.name
    return changes | ws.append(
        space,
        *(EvidenceDetached(attachment_id=attachment_id) for attachment_id in before),
        AnswerRecorded(question_id=question_id, instances=instances, value=value),
    )


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
    changes = answer_with_file(ws, response_id, question_id, None, instances=instances)
    changes |= put_back(ws, response_id, attachment_id)
    space = response_space(response_id)
    name = ws.one(EvidenceAttached, space=space, attachment_id=attachment_id).name
    return changes | ws.append(space, AnswerRecorded(question_id=question_id, instances=instances, value=name))


def detach(ws: Workspace, response_id: ResponseId, attachment_id: AttachmentId) -> Changes:
    """Take a file away from its question; the history keeps that it was there."""
    _require_open(ws, response_id)
    space = response_space(response_id)
    if not ws.standing(EvidenceAttached, space=space, attachment_id=attachment_id):
        raise NotYours
    return ws.append(space, EvidenceDetached(attachment_id=attachment_id))


def put_back(ws: Workspace, response_id: ResponseId, attachment_id: AttachmentId) -> Changes:
    """Put a file back that was taken away: its bytes never left the workspace.

    Raises:
        NotYours: There never was such a file.
        ResponseLocked: The response is finalised.
    """
    _require_open(ws, response_id)
    space = response_space(response_id)
    history = ws.store.journal.history(space, Register(f"evidence/{attachment_id}"))
    attached = [entry.event for entry in history if isinstance(entry.event, EvidenceAttached)]
    if not attached:
        raise NotYours
    return ws.append(space, attached[-1])


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


def _require_open(ws: Workspace, response_id: ResponseId) -> None:
    if ws.standing(ResponseFinalised, space=response_space(response_id)):
        raise ResponseLocked
