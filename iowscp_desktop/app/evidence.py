"""Looking at attached files: a small picture of one, a copy where the person wants it. They are opened nowhere else."""

import os
import tempfile
import warnings
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image, UnidentifiedImageError

from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.events import EvidenceAttached
from iowscp_desktop.domain.ids import AttachmentId, ResponseId, response_space
from iowscp_desktop.errors import FileUnwritable

MOST_PICTURE_BYTES: Final = 12 * 1024 * 1024
MOST_PIXELS: Final = 40_000_000
"""Larger pictures get an icon: a few bytes can ask for gigabytes of memory."""

_FORMATS: Final = {"image/png": "PNG", "image/jpeg": "JPEG"}


def content_of(ws: Workspace, response_id: ResponseId, attachment_id: AttachmentId) -> bytes:
    """Return the bytes of an attached file.

    Raises:
        NotYours: There is no such file.
        AttachmentMissing: Its bytes did not come with it.
    """
    attached = ws.one(EvidenceAttached, space=response_space(response_id), attachment_id=attachment_id)
    return ws.store.blobs.read(attached.sha256)


def save_copy(ws: Workspace, response_id: ResponseId, attachment_id: AttachmentId, path: Path) -> Path:
    """Write a copy of an attached file, whole or not at all. The copy is not encrypted any more.

    Raises:
        NotYours, AttachmentMissing: As `content_of`.
        FileUnwritable: The folder did not take it.
    """
    content = content_of(ws, response_id, attachment_id)
    try:
        handle, partial = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    except OSError as error:
        raise FileUnwritable from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(partial).replace(path)
    except OSError as error:
        Path(partial).unlink(missing_ok=True)
        raise FileUnwritable from error
    return path


def small_picture(content: bytes, media_type: str, *, side: int) -> bytes:
    """Return a picture as a PNG that fits into a square of `side` pixels; nothing when it is better not decoded."""
    kind = _FORMATS.get(media_type)
    if kind is None or len(content) > MOST_PICTURE_BYTES:
        return b""
    try:
        with warnings.catch_warnings(), Image.open(BytesIO(content), formats=(kind,)) as image:
            warnings.simplefilter("ignore")  # Pillow warns of what is refused below
            if image.width * image.height > MOST_PIXELS:
                return b""
            image.draft("RGB", (side * 2, side * 2))
            image.thumbnail((side, side))
            made = BytesIO()
            image.convert("RGB").save(made, "PNG")
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError):
        return b""  # damaged, or not what its name says: an icon will do
    return made.getvalue()
