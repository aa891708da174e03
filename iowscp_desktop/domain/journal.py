"""Entries, streams, chains and seals: what is stored is what is signed is what is sent.

A **stream** is one device writing in one space in one epoch; its entries are numbered from 1 and each names
the hash of the one before. The hash covers the header, and the header holds a **commitment** to salt and
payload, so a payload can be erased or withheld and the chain still verifies. Received bytes are kept as they
came and never written anew. Format v0.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NewType, cast

import msgspec
from typing_extensions import override

from iowscp_desktop.domain.clock import require_stored
from iowscp_desktop.domain.events import KINDS, Event, Known, NotYetKnown, ResponseFinalised
from iowscp_desktop.domain.ids import DeviceId, EntryId, PersonId, Place, Register, Sha256, SpaceId, StreamId, Whole
from iowscp_desktop.errors import JournalDamaged

EntryHash = NewType("EntryHash", str)

SALT_BYTES = 16
_STREAM_CONTEXT = b"uk.iowscp.desktop/stream/v0\0"
_ENTRY_CONTEXT = b"uk.iowscp.desktop/entry/v0\0"

_ENTRY_BEGUN = hashlib.sha256(_ENTRY_CONTEXT)
"""Begun once: to begin takes as long as all the rest."""

_encode = msgspec.json.Encoder(order="deterministic").encode
_encode_plain = msgspec.json.Encoder().encode


class Stream(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One device writing in one space, from the moment `epoch` (random) was drawn."""

    device: DeviceId
    space: SpaceId
    epoch: str

    @property
    def genesis(self) -> EntryHash:
        """What the first entry names as the one before it."""
        return EntryHash(hashlib.sha256(_STREAM_CONTEXT + _encode(self)).hexdigest())

    @property
    def id(self) -> StreamId:
        """The stream's short name in replaces-edges and tables."""
        return StreamId(self.genesis[:32])


class Header(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The part of an entry that is hashed, and that stays when a payload is erased."""

    seq: Place
    prev: EntryHash
    at: str
    author: PersonId
    kind: str
    register: Register
    replaces: tuple[tuple[StreamId, Place], ...]
    commitment: Sha256


class Entry(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One thing that happened. `salt` and `payload` are None where only the commitment travelled."""

    stream: StreamId
    header: Header
    header_bytes: bytes
    salt: bytes | None
    payload: bytes | None

    @override
    def __repr__(self) -> str:
        return f"<{self.header.kind} {self.header.register} {self.stream}/{self.header.seq}>"

    @property
    def id(self) -> EntryId:
        """Stream and number."""
        return EntryId(self.stream, self.header.seq)

    @property
    def hash(self) -> EntryHash:
        """The link that the next entry names."""
        return entry_hash(self.header_bytes)

    @property
    def replaces(self) -> tuple[EntryId, ...]:
        """The entries that held this register when the author wrote."""
        return tuple(EntryId(*edge) for edge in self.header.replaces)

    @property
    def event(self) -> Known | NotYetKnown | None:
        """What happened; None when the payload is erased or was withheld."""
        return None if self.payload is None else decode_event(self.payload)


def bare(entry: Entry) -> Entry:
    """Return an entry without its words: the commitment alone, and the chain still holds."""
    return msgspec.structs.replace(entry, salt=None, payload=None)


class Seal(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A device's signature under a range of its stream. It travels with the entries, whoever carries them."""

    first: Place
    last: Place
    head: EntryHash
    signature: str
    """Ed25519 by the stream's device over `seal_message`, hex."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamRange:
    """Entries `first` to `last` of one stream, without a hole, and the seals that cover them."""

    stream: Stream
    entries: tuple[Entry, ...]
    seals: tuple[Seal, ...]


def entry_hash(header_bytes: bytes) -> EntryHash:
    """Return the chain link of an entry."""
    seen = _ENTRY_BEGUN.copy()
    seen.update(header_bytes)
    return EntryHash(seen.hexdigest())


def entry_hashes(entries: Iterable[Entry]) -> tuple[EntryHash, ...]:
    """Return the chain links of entries, in their order."""
    links: list[str] = []
    for entry in entries:
        seen = _ENTRY_BEGUN.copy()
        seen.update(entry.header_bytes)
        links.append(seen.hexdigest())
    return cast("tuple[EntryHash, ...]", tuple(links))


def commitment(salt: bytes, payload: bytes) -> Sha256:
    """Return what the header holds in place of the payload."""
    return Sha256(hashlib.sha256(salt + payload).hexdigest())


def encode_event(event: Event) -> bytes:
    """Return an event's one and only bytes."""
    return _encode(event)


_decode_known: Callable[[bytes], Known] = msgspec.json.Decoder(Known).decode
_decode_unknown = msgspec.json.Decoder(NotYetKnown).decode


def decode_event(payload: bytes) -> Known | NotYetKnown:
    """Return what happened; a kind that a newer program wrote comes back as `NotYetKnown`.

    Raises:
        JournalDamaged: The bytes are no event at all.
    """
    try:
        return _decode_known(payload)
    except msgspec.ValidationError:
        try:
            unknown = _decode_unknown(payload)
        except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
            raise JournalDamaged("an entry does not say what happened") from error
        if unknown.kind in KINDS and unknown.v <= 1:
            raise JournalDamaged("an entry has the wrong fields for its kind") from None
        return unknown
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:  # the last: nested absurdly deep
        raise JournalDamaged("an entry is not readable") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is needed to write the next entry of a stream."""

    stream: Stream
    seq: int
    prev: EntryHash
    at: str
    author: PersonId
    event: Event = field(repr=False)
    replaces: Sequence[EntryId]
    salt: bytes = field(repr=False)


def write_entry(draft: Draft) -> Entry:
    """Return the entry for a draft."""
    payload = encode_event(draft.event)
    header = Header(
        seq=draft.seq,
        prev=draft.prev,
        at=draft.at,
        author=draft.author,
        kind=type(draft.event).__struct_config__.tag,  # type: ignore[arg-type] # every Event has a string tag
        register=draft.event.register,
        replaces=tuple(sorted(draft.replaces)),
        commitment=commitment(draft.salt, payload),
    )
    return Entry(stream=draft.stream.id, header=header, header_bytes=_encode(header), salt=draft.salt, payload=payload)


_decode_header = msgspec.json.Decoder(Header).decode


def read_entry(stream: StreamId, header_bytes: bytes, salt: bytes | None, payload: bytes | None) -> Entry:
    """Return a stored or received entry after checking that it is one.

    Raises:
        JournalDamaged: The header is not in its one written form, the payload is not what the header
            committed to, or the payload speaks of another kind or register than the header.
    """
    try:
        header = _decode_header(header_bytes)
    except (ValueError, RecursionError) as error:
        raise JournalDamaged("an entry's header is not readable") from error
    _require_moment(header.at)
    if _encode(header) != header_bytes:
        raise JournalDamaged("an entry's header is not in its one written form")
    if salt is not None and payload is not None:
        _check_content(header, salt, payload)
    elif salt is not None or payload is not None:
        raise JournalDamaged("an entry has half a payload")
    return Entry(stream=stream, header=header, header_bytes=header_bytes, salt=salt, payload=payload)


def _check_content(header: Header, salt: bytes, payload: bytes) -> None:
    if len(salt) != SALT_BYTES or commitment(salt, payload) != header.commitment:
        raise JournalDamaged("an entry's content was changed")
    event = decode_event(payload)
    _require_one_form(event, payload)
    if isinstance(event, NotYetKnown):
        if event.kind != header.kind:
            raise JournalDamaged("an entry's header names another kind")
    elif KINDS.get(header.kind) is not type(event) or event.register != header.register:
        raise JournalDamaged("an entry's header names another kind or register")
    elif isinstance(event, ResponseFinalised):
        _require_moment(event.moment)


def _require_one_form(event: Known | NotYetKnown, payload: bytes) -> None:
    """Refuse what two readers could read in two ways: a key that stands there twice, spaces, letters spelled out.

    What a newer program adds is not known here, so it is read as plain values and written again in the same order.
    """
    if not isinstance(event, NotYetKnown) and _encode(event) == payload:
        return
    try:
        if _encode_plain(msgspec.json.decode(payload)) == payload:
            return
    except (msgspec.MsgspecError, OverflowError, RecursionError) as error:
        raise JournalDamaged("what an entry says is not readable") from error
    raise JournalDamaged("what an entry says is not in its one written form")


def _require_moment(text: str) -> None:
    try:
        require_stored(text)
    except ValueError as error:
        raise JournalDamaged("an entry names a moment that is none") from error


def check_chain(
    stream: Stream, entries: Iterable[Entry], *, after: int = 0, link: EntryHash | None = None
) -> EntryHash:
    """Return the hash of the last entry after walking the chain.

    Args:
        after: The number of the entry before the first one given; 0 starts at the genesis.
        link: That entry's hash; None for the genesis.

    Raises:
        JournalDamaged: A number or a link does not fit.
    """
    prev, seq = link or stream.genesis, after
    for entry in entries:
        seq += 1
        if entry.stream != stream.id or entry.header.seq != seq:
            raise JournalDamaged("an entry is missing from a chain")
        if entry.header.prev != prev:
            raise JournalDamaged("a link of a chain does not fit")
        prev = entry.hash
    return prev


def seal_message(stream: Stream, first: int, last: int, head: EntryHash) -> bytes:
    """Return the bytes a device signs to seal a range; in the context `seal/v0`."""
    return _encode({"stream": stream, "first": first, "last": last, "head": head})


class _WireHead(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    stream: Stream
    first: Place
    count: Whole
    seals: tuple[Seal, ...]


_decode_wire_head = msgspec.json.Decoder(_WireHead).decode
_HEADER, _SALT, _PAYLOAD, _END = b'{"header":', b',"salt":"', b'","payload":', b"}"


def encode_range(piece: StreamRange) -> bytes:
    """Return a range as it travels: one JSON object a line, the stream and its seals first."""
    first = piece.entries[0].header.seq if piece.entries else 1
    head = _encode(_WireHead(stream=piece.stream, first=first, count=len(piece.entries), seals=piece.seals))
    return b"\n".join([head, *(_line_of(entry) for entry in piece.entries)])


def _line_of(entry: Entry) -> bytes:
    """Return the one line that an entry can travel as."""
    if entry.salt is None or entry.payload is None:
        return b"".join((_HEADER, entry.header_bytes, _END))
    return b"".join((_HEADER, entry.header_bytes, _SALT, entry.salt.hex().encode(), _PAYLOAD, entry.payload, _END))


class _WireEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    header: Header
    salt: str = ""
    payload: Known | None = None


_decode_lines: Callable[[bytes], list[_WireEntry]] = msgspec.json.Decoder(list[_WireEntry]).decode


def _of_lines(stream: StreamId, lines: list[bytes]) -> tuple[Entry, ...] | None:
    """Return the entries of lines, read all at once; None where one of them needs a closer look.

    What this takes, `_of_line` takes too, and alike: from what was read each line is written again, and must be the
    same, so nothing stands in it that was not read.
    """
    entries: list[Entry] = []
    encode, join = _encode, b"".join
    try:
        read = _decode_lines(b"[" + b",".join(lines) + b"]")
        for line, each in zip(lines, read, strict=True):
            header, event = each.header, each.payload
            require_stored(header.at)
            header_bytes, salt, payload = encode(header), None, None
            if event is None:
                again = join((_HEADER, header_bytes, _END))
            else:
                salt, payload = bytes.fromhex(each.salt), encode(event)
                again = join((_HEADER, header_bytes, _SALT, salt.hex().encode(), _PAYLOAD, payload, _END))
            if line != again or not (event is None or _speaks_of(header, salt or b"", payload or b"", event)):
                return None
            entries.append(Entry(stream=stream, header=header, header_bytes=header_bytes, salt=salt, payload=payload))
    except (ValueError, RecursionError):
        return None
    return tuple(entries)


def _speaks_of(header: Header, salt: bytes, payload: bytes, event: Known) -> bool:
    """Tell whether an event is what a header speaks of; `_check_content` says what is wrong where it is not."""
    return (
        hashlib.sha256(salt + payload).hexdigest() == header.commitment
        and KINDS.get(header.kind) is type(event)
        and event.register == header.register
        and len(salt) == SALT_BYTES
        and not isinstance(event, ResponseFinalised)  # names a moment of its own
    )


def _of_line(stream: StreamId, line: bytes) -> Entry:
    """Return the entry of a line that `_line_of` could have written; cut by its fixed parts, not parsed twice.

    A header in its one written form holds none of these parts: the quotes inside its texts are escaped. The numbers
    are the lengths of the parts and of a salt in hex.
    """
    if not line.startswith(_HEADER) or not line.endswith(_END):
        raise JournalDamaged("a list of entries is not written in the one way")
    mark = line.find(_SALT)
    if mark < 0:
        return read_entry(stream, line[len(_HEADER) : -1], None, None)
    header, digits, payload = line[len(_HEADER) : mark], line[mark + 9 : mark + 41], line[mark + 53 : -1]
    salt = bytes.fromhex(digits.decode())
    if (
        line[mark + 41 : mark + 53] != _PAYLOAD
        or salt.hex().encode() != digits  # no capitals, no spaces
        or not (payload.startswith(b"{") and payload.endswith(b"}"))  # nor around what happened
    ):
        raise JournalDamaged("a list of entries is not written in the one way")
    return read_entry(stream, header, salt, payload)


def stream_of(first_line: bytes) -> Stream:
    """Return which stream a range that travels is of, from its first line alone.

    Raises:
        JournalDamaged: The line is not readable.
    """
    try:
        return _decode_wire_head(first_line).stream
    except (ValueError, RecursionError) as error:
        raise JournalDamaged("a list of entries is not readable") from error


def decode_range(wire: bytes) -> StreamRange:
    """Return the range that `encode_range` wrote, each entry checked by itself; the chain is not walked here.

    Raises:
        JournalDamaged: A line is not readable, or an entry is not what its header says.
    """
    try:
        top, *lines = wire.split(b"\n")
        head = _decode_wire_head(top)
        if _encode(head) != top:  # one key twice: another reader could read another thing
            raise JournalDamaged("a list of entries is not written in the one way")
        stream_id = head.stream.id
        entries = _of_lines(stream_id, lines) or tuple(_of_line(stream_id, line) for line in lines)
    except (ValueError, RecursionError) as error:
        raise JournalDamaged("a list of entries is not readable") from error
    if len(entries) != head.count or (entries and entries[0].header.seq != head.first):
        raise JournalDamaged("a list of entries is not complete")
    return StreamRange(stream=head.stream, entries=entries, seals=head.seals)
