"""What happened to a workspace as a whole: which deeds are written down, and the chain that holds the lines together.

The journal says what people answered; this says who came in, what left, and what was done to the keys. It holds
ids, codes and counts, never a name and never anything that somebody wrote.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final, NewType

import msgspec

AuditLink = NewType("AuditLink", str)
"""The digest of a line and of everything before it, in hex."""

BEGINNING: Final = AuditLink("")
"""What the first line follows."""

_CONTEXT = b"uk.iowscp.desktop/audit-line/v1\0"
_ID = re.compile(r"\A[A-Za-z0-9_.:/@+=-]{0,200}\Z")
"""What an id looks like: nothing in it can be a sentence, or a name with a space."""


class AuditDeed(StrEnum):
    """What is written down. A value is kept for ever: it is in the lines of people's workspaces."""

    CREATED = "created"
    OPENED = "opened"
    """`way`: passphrase, keyring, recovery or escrow."""
    LOCKED = "locked"
    UNLOCK_FAILED = "unlock-failed"
    """`way`. Noted beside the workspace while it was locked, and written here at the next unlocking."""
    NOTES_BROKEN = "notes-broken"
    """The notes of failed attempts, which lie outside the encrypted file, had been changed."""
    SIGNED_IN = "signed-in"

    EXPORTED = "exported"
    """`bundle`, `type`; or `report` for what was printed."""
    TAKEN_IN = "taken-in"
    SUBJECT_ACCESS = "subject-access"
    ERASED = "erased"

    BACKED_UP = "backed-up"
    RESTORED = "restored"
    SALVAGED = "salvaged"
    COPY_NOTICED = "copy-noticed"
    MIGRATED = "migrated"
    CHECKED = "checked"

    PASSPHRASE_CHANGED = "passphrase-changed"  # noqa: S105 - the name of a deed
    RECOVERY_RENEWED = "recovery-renewed"
    REMEMBERED = "remembered"
    FORGOTTEN = "forgotten"
    KEY_ROTATED = "key-rotated"
    ESCROW_MADE = "escrow-made"
    ESCROW_ADDED = "escrow-added"
    ESCROW_USED = "escrow-used"

    DEVICE_ADDED = "device-added"
    DEVICE_REVOKED = "device-revoked"


class AuditLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=False):
    """One thing that happened."""

    no: int
    """From 1, without a gap."""
    at: str
    deed: str
    """A value of `AuditDeed`; a later program may know more of them."""
    who: str = ""
    """The id of the person who was signed in; empty while nobody was."""
    ids: Mapping[str, str] = {}


_encode = msgspec.json.Encoder(order="sorted").encode


def line_bytes(line: AuditLine) -> bytes:
    """Return a line as it is kept and hashed.

    Raises:
        ValueError: Something in it is no id. What people wrote does not belong here, so this is a bug.
    """
    for value in (line.who, *line.ids.keys(), *line.ids.values()):
        if not _ID.match(value):
            raise ValueError("the audit log holds ids, codes and counts")
    return _encode(line)


def read_line(stored: bytes) -> AuditLine:
    """Return a line from its bytes.

    Raises:
        ValueError: They are none.
    """
    return msgspec.json.decode(stored, type=AuditLine)


def link_of(before: AuditLink, stored: bytes) -> AuditLink:
    """Return the link of a line that follows another."""
    return AuditLink(hashlib.sha256(_CONTEXT + before.encode("ascii") + b"\0" + stored).hexdigest())


def broken_at(lines: Iterable[tuple[bytes, AuditLink]]) -> int | None:
    """Return the number of the first line that does not follow the one before it, or None when all do."""
    before = BEGINNING
    for no, (stored, link) in enumerate(lines, start=1):
        try:
            fits = read_line(stored).no == no
        except ValueError:
            fits = False
        if not fits or link_of(before, stored) != link:
            return no
        before = link
    return None
