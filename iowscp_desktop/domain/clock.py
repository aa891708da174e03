"""The one home of the clock: aware UTC for what is stored, a zone for what is shown and computed."""

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]

LOCAL_ZONE = ZoneInfo("Europe/London")
"""The partnership's zone; deadlines and `today()` are read in it."""


_STORED_LENGTH = len("2026-11-23T14:12:13.042Z")


def system_clock() -> datetime:
    """Return now, aware, in UTC."""
    return datetime.now(UTC)


def as_stored(moment: datetime) -> str:
    """Return a moment as it stands in the journal: UTC, milliseconds, `2026-11-23T14:12:13.042Z`.

    Raises:
        ValueError: The moment is naive; its zone would have to be guessed.
    """
    if moment.tzinfo is None:
        raise ValueError("a stored moment must be aware")
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def require_stored(text: str) -> None:
    """Check a moment that came from elsewhere, so that nothing that shows it can fail.

    Raises:
        ValueError: It is not what `as_stored` writes, or lies before computers.
    """
    if len(text) != _STORED_LENGTH or not text.endswith("Z") or text < "1970":
        raise ValueError("not a moment as the journal writes it")
    datetime.fromisoformat(text)


def from_stored(text: str) -> datetime:
    """Return the moment that `as_stored` wrote."""
    return datetime.fromisoformat(text)
