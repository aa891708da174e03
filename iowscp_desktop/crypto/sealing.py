"""Sealing to people: age files (X25519), written and opened as streams, never whole in memory or on disk."""

import io
import queue
import re
import threading
from collections.abc import Sequence
from types import TracebackType
from typing import Any, BinaryIO, Final, Protocol, Self

import pyrage  # type: ignore[import-untyped]  # it publishes no types; nothing of it leaves this module
from typing_extensions import override

from iowscp_desktop.crypto.faults import BadKey, NoMatchingIdentity, StreamBroken

AGE_MAGIC: Final = b"age-encryption.org/v1\n"
MOST_HEADER_BYTES: Final = 64 * 1024
MOST_STANZAS: Final = 32

_age: Any = pyrage
_CHUNK_BYTES = 256 * 1024
_CHUNKS_AHEAD = 8
_STANZA = re.compile(rb"^-> ", re.MULTILINE)


class Source(Protocol):
    """Something to read bytes from, from its start to its end."""

    def read(self, size: int, /) -> bytes: ...  # noqa: D102 - as every file has it


class Sink(Protocol):
    """Something to write bytes to."""

    def write(self, chunk: bytes, /) -> int: ...  # noqa: D102 - as every file has it


class Recipient:
    """Whom a file can be sealed to: a public age key, written `age1…`."""

    __slots__ = ("native", "text")

    def __init__(self, text: str) -> None:
        try:
            self.native: Any = _age.x25519.Recipient.from_str(text)
        except _age.RecipientError as error:
            raise BadKey("not an age recipient") from error
        self.text: str = str(self.native)

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Recipient) and self.text == other.text

    @override
    def __hash__(self) -> int:
        return hash(self.text)

    @override
    def __repr__(self) -> str:
        return f"Recipient({self.text!r})"


class Identity:
    """A secret age key, which opens what was sealed to its recipient."""

    __slots__ = ("native", "recipient")

    def __init__(self, text: str) -> None:
        try:
            self.native: Any = _age.x25519.Identity.from_str(text)
        except _age.IdentityError as error:
            raise BadKey("not an age identity") from error
        self.recipient = Recipient(str(self.native.to_public()))

    @classmethod
    def generate(cls) -> Self:
        """Return a fresh identity. Its randomness is age's own."""
        return cls(str(_age.x25519.Identity.generate()))

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Return the identity that `to_text` wrote.

        Raises:
            BadKey: Not an age X25519 identity.
        """
        return cls(text)

    def to_text(self) -> str:
        """Return the secret, `AGE-SECRET-KEY-1…`: it belongs in encrypted storage only."""
        return str(self.native)

    @override
    def __repr__(self) -> str:
        return f"Identity(for {self.recipient.text[:12]}…)"


def seal(source: Source, sink: Sink, recipients: Sequence[Recipient]) -> None:
    """Write everything that `source` gives to `sink`, sealed to each of `recipients`.

    Raises:
        ValueError: Nobody to seal to.
        Exception: What `source` or `sink` raised; the sink then holds the useless beginning of a file.
    """
    if not recipients:
        raise ValueError("a file is sealed to at least one recipient")
    watched = _Watched(source, sink)
    try:
        _age.encrypt_io(watched, watched, [recipient.native for recipient in recipients])
    except (_age.EncryptError, OSError):
        watched.raise_first_error()  # age turns what a reader raises into text; the cause is worth more
        raise


def unseal(source: Source, sink: Sink, identities: Sequence[Identity]) -> None:
    """Write what was sealed to one of `identities` to `sink`, in order, each chunk authenticated.

    What reached the sink before an error is genuine but is not the whole: it must be thrown away. After its
    first error the sink is not called again.

    Raises:
        NoMatchingIdentity: It is sealed to others.
        StreamBroken: It is damaged, cut short, or no age file.
        Exception: What `source` or `sink` raised.
    """
    watched = _Watched(_checked_header(source), sink)
    try:
        _age.decrypt_io(watched, watched, [identity.native for identity in identities])
    except (_age.DecryptError, OSError) as error:
        watched.raise_first_error()
        if str(error) == "No matching keys found":
            raise NoMatchingIdentity from error
        raise StreamBroken(str(error)) from error


class Unsealing:
    """A sealed stream that is read bit by bit, while a thread of its own opens it. Use it in a `with`.

    The plain bytes exist in memory only, and at most a few chunks of them at a time.

    Args:
        at_once: The source is small: it is opened whole on entering, which spares the thread.
    """

    def __init__(self, source: Source, identities: Sequence[Identity], *, at_once: bool = False) -> None:
        self._chunks: queue.Queue[bytes | BaseException | None] = queue.Queue(0 if at_once else _CHUNKS_AHEAD)
        self._at_once = at_once
        self._left = b""
        self._at = 0
        self._end: BaseException | None = None
        self._ended = False
        self._stopped = threading.Event()
        self._gathered: list[bytes] = []
        self._gathered_bytes = 0
        self._thread = threading.Thread(target=self._work, args=(source, identities), name="unsealing", daemon=True)

    def __enter__(self) -> Self:
        if self._at_once:
            self._thread.run()
        else:
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        self._stopped.set()
        while self._thread.is_alive():  # the thread may wait for room: make some until it has noticed
            self._drop_one()
            self._thread.join(0.005)

    def read(self, size: int) -> bytes:
        """Return up to `size` plain bytes; fewer only at the end of the stream, and then none for ever.

        Raises:
            NoMatchingIdentity: The stream is sealed to others.
            StreamBroken: It is damaged or cut short here.
        """
        if len(self._left) - self._at >= size:
            self._at += size
            return self._left[self._at - size : self._at]
        parts = [self._left[self._at :]]
        missing = size - len(parts[0])
        self._left, self._at = b"", 0
        while missing > 0 and (chunk := self._next_chunk()):
            parts.append(chunk[:missing])
            if len(chunk) > missing:
                self._left, self._at = chunk, missing
            missing -= min(missing, len(chunk))
        return b"".join(parts)

    def write(self, chunk: bytes) -> int:
        """Take one opened chunk; called by the opening thread only."""
        if self._stopped.is_set():
            raise _StoppedEarly
        self._gathered.append(bytes(chunk))
        self._gathered_bytes += len(chunk)
        if self._gathered_bytes >= _CHUNK_BYTES:
            self._pass_on()
        return len(chunk)

    def _work(self, source: Source, identities: Sequence[Identity]) -> None:
        """Open the stream to its end; whatever goes wrong is handed to the reader, after what went well."""
        try:
            unseal(source, self, identities)
            self._pass_on()
            self._chunks.put(None)
        except BaseException as error:  # noqa: BLE001 - it is raised again, in the reading thread
            self._pass_on()
            self._chunks.put(error)

    def _pass_on(self) -> None:
        if self._gathered:
            self._chunks.put(b"".join(self._gathered))
            self._gathered, self._gathered_bytes = [], 0

    def _next_chunk(self) -> bytes:
        """Return the next chunk, or nothing at the end."""
        if self._end is not None:
            raise self._end
        if self._ended:
            return b""
        taken = self._chunks.get()
        if isinstance(taken, bytes):
            return taken
        self._ended = True
        if taken is not None:
            self._end = taken
            raise taken
        return b""

    def _drop_one(self) -> None:
        try:
            self._chunks.get_nowait()
        except queue.Empty:
            return


class _StoppedEarly(Exception):
    """The reader left before the end."""


class _Watched:
    """A source and a sink for age, which remembers the first error of either and works no more after it."""

    def __init__(self, source: Source, sink: Sink) -> None:
        self._source = source
        self._sink = sink
        self._first: BaseException | None = None

    def read(self, size: int = -1) -> bytes:
        """Read on, unless something failed before."""
        self.raise_first_error()
        try:
            return self._source.read(size)
        except BaseException as error:
            self._first = error
            raise

    def write(self, chunk: bytes) -> int:
        """Write on, unless something failed before: age tries again after an error."""
        self.raise_first_error()
        try:
            return self._sink.write(chunk)
        except BaseException as error:
            self._first = error
            raise

    def flush(self) -> None:
        """Do nothing: whoever opened the sink flushes it."""

    def raise_first_error(self) -> None:
        """Raise what went wrong first in the source or the sink, if anything did."""
        if self._first is not None:
            raise self._first


class _Rejoined:
    """The bytes already looked at, then the rest of their source."""

    def __init__(self, start: bytes, rest: Source) -> None:
        self._start = io.BytesIO(start)
        self._rest = rest

    def read(self, size: int) -> bytes:
        """Read from the start while it lasts."""
        return self._start.read(size) or self._rest.read(size)


def _checked_header(source: Source) -> Source:
    """Look at an age header before age does: binary, complete, and of a bounded number of stanzas."""
    start = b""
    while (end := start.find(b"\n--- ")) < 0 and len(start) < MOST_HEADER_BYTES:
        more = source.read(8192)
        if not more:
            break
        start += more
        if not start.startswith(AGE_MAGIC[: len(start)]):
            break
    if not start.startswith(AGE_MAGIC) or end < 0:
        raise StreamBroken("no complete age header")
    if len(_STANZA.findall(start[:end])) > MOST_STANZAS:
        raise StreamBroken("too many recipients in the age header")
    return _Rejoined(start, source)


def sealed_size(header_bytes: int, plain_bytes: int) -> int:
    """Return how long an age file is: its header, a nonce, and chunks of 64 KiB with 16 bytes more each."""
    chunks = max(1, -(-plain_bytes // 65536))
    return header_bytes + 16 + plain_bytes + 16 * chunks


def header_size(source: BinaryIO) -> int:
    """Return how long the age header of a file is, last line included. The file is read from its start."""
    start = source.read(MOST_HEADER_BYTES)
    end = start.find(b"\n--- ")
    line = start.find(b"\n", end + 1)
    if end < 0 or line < 0:
        raise StreamBroken("no complete age header")
    return line + 1
