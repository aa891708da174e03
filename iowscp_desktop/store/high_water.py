"""The high-water mark: how far this device has written, kept outside the workspace and signed by the device.

A workspace file cannot tell that it was rolled back: an old copy of it is as well sealed as the new one was. So the
mark lies in the user's own folder, one for each device, and opening compares the two.
"""

import hashlib
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec

from iowscp_desktop.domain.ids import DeviceId
from iowscp_desktop.domain.journal import entry_hash
from iowscp_desktop.store.database import Database
from iowscp_desktop.store.disk import plain_refusals, write_whole

Ends = Mapping[str, tuple[int, str]]
"""The number and the hash of the last entry of each of the device's streams."""

_MOST_PLACES: Final = 26  # as many as there are letters for drives

_encode = msgspec.json.Encoder(order="sorted").encode


class Noticed(StrEnum):
    """Why a workspace begins a new epoch. A value is kept for ever: it is in people's audit logs."""

    ROLLED_BACK = "rolled-back"
    """Something that this device wrote is not in the file any more, or is another thing there."""
    COPIED = "copied"
    """The file came from another computer, another user or another folder."""
    LOG_LOST = "log-lost"
    """It was not closed in order, and the log of its last moments is gone."""
    RESTORED = "restored"
    SALVAGED = "salvaged"


class _Mark(msgspec.Struct, frozen=True, kw_only=True):
    format: Literal["iowscp-mark"] = "iowscp-mark"
    v: Literal[1] = 1
    device: str
    place: Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{64}\Z")]
    ends: dict[str, tuple[int, str]]
    places: tuple[str, ...] = ()
    """Where else it has been, and people were told: a stick is now one drive and now another."""
    signature: str = ""

    @property
    def message(self) -> bytes:
        """What is signed: the places only where there are any, as marks that are older than they are have none."""
        said = msgspec.structs.asdict(msgspec.structs.replace(self, signature=""))
        return _encode({name: value for name, value in said.items() if name != "places" or value})

    @property
    def content(self) -> bytes:
        """What the file holds."""
        return _encode({**msgspec.json.decode(self.message), "signature": self.signature})


class HighWater:
    """One device's mark."""

    def __init__(
        self, folder: Path, device: DeviceId, sign: Callable[[bytes], str], fits: Callable[[bytes, str], bool]
    ) -> None:
        self._path = folder / f"{hashlib.sha256(device.encode()).hexdigest()[:32]}.json"
        self._device, self._sign, self._fits = device, sign, fits

    def compare(self, database: Database, *, was_marked: bool) -> Noticed | None:
        """Return what a workspace has gone through since it was marked; None when it simply goes on.

        A place where it has been before is no news, so that a stick under another letter is told of once. Two copies
        in two such places are told apart all the same: whichever is opened second lacks what the other one wrote.

        Args:
            was_marked: It has had a mark before: then one that is missing was made on another computer.
        """
        mark = self._read()
        if mark is None:
            return Noticed.COPIED if was_marked else None
        now, over = self._ends_in(database), _closed(database)
        for stream, (last, link) in mark.ends.items():
            here = now.get(stream, (0, ""))[0]
            if here < last and stream in over:
                continue  # a new epoch cut it off after this mark, as when somebody else opened the workspace since
            if here < last or _hash_at(database, stream, last) != link:
                return Noticed.ROLLED_BACK
        return None if _place(database) in {mark.place, *mark.places} else Noticed.COPIED

    def write(self, database: Database) -> None:
        """Mark how far the file goes now.

        Raises:
            CannotWrite: The disk does not take it.
        """
        place, before = _place(database), self._read()
        been = () if before is None else dict.fromkeys((before.place, *before.places))
        places = tuple(each for each in been if each != place)[:_MOST_PLACES]
        mark = _Mark(device=self._device, place=place, ends=dict(self._ends_in(database)), places=places)
        signed = msgspec.structs.replace(mark, signature=self._sign(mark.message))
        with plain_refusals():
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(self._path, signed.content)

    def _read(self) -> _Mark | None:
        """Return the mark; one that somebody changed is as good as none."""
        try:
            mark = msgspec.json.decode(self._path.read_bytes(), type=_Mark)
        except (OSError, msgspec.MsgspecError, UnicodeError):
            return None
        fits = mark.device == self._device and self._fits(mark.message, mark.signature)
        return mark if fits else None

    def _ends_in(self, database: Database) -> Ends:
        with database.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT id, last, head FROM stream WHERE device=? AND last>0", (self._device,)
            ).all()
        return {str(stream): (int(last), str(link)) for stream, last, link in rows}


def _closed(database: Database) -> frozenset[str]:
    """Return the streams that nobody writes on any more: they ended with an epoch, or others wrote them."""
    with database.reading() as connection:
        return frozenset(connection.exec_driver_sql("SELECT id FROM stream WHERE ours=0").scalars())


def _hash_at(database: Database, stream: str, seq: int) -> str | None:
    with database.reading() as connection:
        header = connection.exec_driver_sql(
            "SELECT e.header FROM entry e JOIN stream t ON t.no=e.stream WHERE t.id=? AND e.seq=?", (stream, seq)
        ).scalar()
    return None if header is None else entry_hash(bytes(header))


def _place(database: Database) -> str:
    """Return where a file lies, so that it can be compared and not read."""
    if database.path is None:
        raise ValueError("only a file lies somewhere")
    return hashlib.sha256(str(database.path.resolve()).encode()).hexdigest()
