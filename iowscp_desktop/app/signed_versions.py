"""Every version of a response that was ever declared complete: who signed it, and what became of it, and why.

Nothing here decides: what counts is what `two_finals` says. What was opened again or chosen against stays.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from enum import StrEnum

from iowscp_desktop.app.history import Asked
from iowscp_desktop.app.people import People
from iowscp_desktop.app.two_finals import Signed, counting, key_of
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.events import (
    Event,
    NotYetKnown,
    ReadingRecorded,
    ResponseFinalised,
    ResponseReopened,
    SignedOff,
)
from iowscp_desktop.domain.ids import EntryId, SpaceId
from iowscp_desktop.domain.journal import Entry
from iowscp_desktop.store.entries import entry_of


class Became(StrEnum):
    """What became of a version."""

    COUNTS = "counts"
    WAITS = "waits"
    """Another one stands beside it, and nobody has chosen."""
    NOT_CHOSEN = "not-chosen"
    """The team works with another one that stands beside it."""
    OPENED_AGAIN = "opened-again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why somebody chose a version, or opened it again."""

    is_choice: bool
    is_in_force: bool
    """False for a choice made before something else came, which asks for another."""
    who: str = field(repr=False)
    """'' for somebody whose name is not here."""
    at: str
    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedVersion:
    """One version that was declared complete."""

    number: int
    who: str = field(repr=False)
    """Who declared it complete; '' for somebody whose name is not here."""
    at: str
    signed: tuple[Signed, ...]
    became: Became
    reasons: tuple[Reason, ...]


def signed_versions(ws: Workspace, filling: Asked) -> tuple[SignedVersion, ...]:
    """Return the versions of a response, the first one first.

    One that was opened again before it was sent is told only where it was signed: its words never left.
    """
    entries = _entries(ws, filling.space)
    declared: dict[str, list[_Written]] = defaultdict(list)
    for each in entries:
        if isinstance(event := each.event, ResponseFinalised):
            declared[key_of(event.number, event.digest)].append(each)
    standing = {key for key, same in declared.items() if any(each.is_head for each in same)}
    in_force = {key_of(event.number, event.digest) for event in counting(ws, filling.space)}
    people = People(ws)

    def who(each: _Written) -> str:
        return people.name(filling.space, each.id.stream, each.author)

    labels = {signer.role: signer.label for signer in filling.tool.signers}
    found = [
        SignedVersion(
            number=int(key.partition("/")[0]),
            who=who(same[0]),
            at=same[0].at,
            signed=_signed(entries, key, labels),
            became=_became(key, standing, in_force),
            reasons=tuple(
                _reasons(
                    entries,
                    key,
                    {each.id for each in same},
                    who,
                    is_chosen=len(standing) > 1 and in_force == {key},
                )
            ),
        )
        for key, same in declared.items()
    ]
    return tuple(sorted(found, key=lambda version: (version.number, version.at)))


def worth_telling(versions: Sequence[SignedVersion]) -> bool:
    """Tell whether there is more than one version that was signed once, and counts."""
    return len(versions) > 1 or any(version.became is not Became.COUNTS for version in versions)


# --- inside --------------------------------------------------------------------------------------

_ENTRIES = """
SELECT t.id, e.header, e.salt, e.payload, EXISTS (
    SELECT 1 FROM head h WHERE h.space=e.space AND h.register=e.register AND h.stream=e.stream AND h.seq=e.seq
)
FROM entry e JOIN stream t ON t.no=e.stream JOIN space s ON s.no=e.space
LEFT JOIN quarantine q ON q.stream=e.stream AND q.seq=e.seq
WHERE s.id=? AND q.stream IS NULL AND e.payload IS NOT NULL AND (
    e.register IN ('revision','reading/revision') OR e.register LIKE 'signature/%'
)
ORDER BY e.at, t.id, e.seq
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Written:
    id: EntryId
    event: Event | NotYetKnown | None = field(repr=False)
    at: str
    author: str
    replaces: tuple[EntryId, ...]
    is_head: bool


def _entries(ws: Workspace, space: SpaceId) -> list[_Written]:
    with ws.store.database.reading() as connection:
        rows = connection.exec_driver_sql(_ENTRIES, (space,)).all()
    return [_written(entry_of(row[:4]), is_head=bool(row[4])) for row in rows]


def _written(entry: Entry, *, is_head: bool) -> _Written:
    return _Written(
        id=entry.id,
        event=entry.event,
        at=entry.header.at,
        author=entry.header.author,
        replaces=entry.replaces,
        is_head=is_head,
    )


def _signed(entries: Sequence[_Written], key: str, labels: Mapping[str, str]) -> tuple[Signed, ...]:
    return tuple(
        Signed(label=labels.get(event.role, event.role), name=event.name, at=each.at)
        for each in entries
        if isinstance(event := each.event, SignedOff) and key_of(event.number, event.digest) == key
    )


def _became(key: str, standing: Set[str], in_force: Set[str]) -> Became:
    if key not in standing:
        return Became.OPENED_AGAIN
    if key not in in_force:
        return Became.NOT_CHOSEN
    return Became.COUNTS if in_force == {key} else Became.WAITS


def _reasons(
    entries: Sequence[_Written], key: str, same: Set[EntryId], who: Callable[[_Written], str], *, is_chosen: bool
) -> Iterator[Reason]:
    for each in entries:
        match each.event:
            case ReadingRecorded(value=value, reason=reason) if value == key:
                yield Reason(
                    is_choice=True, is_in_force=is_chosen and each.is_head, who=who(each), at=each.at, reason=reason
                )
            case ResponseReopened(reason=reason) if not same.isdisjoint(each.replaces):
                yield Reason(is_choice=False, is_in_force=True, who=who(each), at=each.at, reason=reason)
            case _:
                pass
