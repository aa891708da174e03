"""One open workspace: who writes, on which device, into which file; every deed goes through its `append`."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec
import sqlalchemy as sa
from typing_extensions import override

from iowscp_desktop.crypto import (
    PRODUCTION,
    SPOKEN,
    BadKey,
    Cost,
    Identity,
    SignatureWrong,
    SigningKey,
    VerifyKey,
    random_bytes,
)
from iowscp_desktop.domain.audit_log import AuditDeed
from iowscp_desktop.domain.clock import Clock, as_stored
from iowscp_desktop.domain.events import Event, PersonIntroduced
from iowscp_desktop.domain.grants import Role
from iowscp_desktop.domain.ids import (
    DeviceId,
    PersonId,
    ProjectId,
    Register,
    ResponseId,
    Sha256,
    SpaceId,
    response_of,
    team_space,
)
from iowscp_desktop.errors import NotYours, StoreError
from iowscp_desktop.store import Held, Store, Verified, Writer, verify
from iowscp_desktop.store.high_water import Noticed
from iowscp_desktop.store.keyring_slot import SecretStore
from iowscp_desktop.store.locked_notes import State, begin_notes

SEAL_CONTEXT = "seal/v0"

E = TypeVar("E", bound=Event)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a deed, a merge or an undo changed: where to look again."""

    registers: frozenset[tuple[SpaceId, Register]] = frozenset()

    @property
    def spaces(self) -> frozenset[SpaceId]:
        """The spaces in which something changed."""
        return frozenset(space for space, _ in self.registers)

    @property
    def responses(self) -> frozenset[ResponseId]:
        """The responses in which something changed."""
        return frozenset(response for space in self.spaces if (response := response_of(space)) is not None)

    def __or__(self, other: "Changes") -> "Changes":
        return Changes(registers=self.registers | other.registers) if other.registers else self


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who works in this workspace."""

    id: PersonId
    name: str
    role: str

    @override
    def __repr__(self) -> str:
        return f"Person({self.id})"


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What this workspace is: whose, in which project."""

    role: Role
    project: ProjectId
    holder: str
    """The organisation's id, the panel member's person id, or the project for the team."""
    team_key: str
    """The team's verify key in hex, pinned by the invitation's spoken code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceKeys:
    """What this device signs and opens with."""

    signing: SigningKey
    identity: Identity

    @property
    def device(self) -> DeviceId:
        """The device's name: its public signing key."""
        return DeviceId(self.signing.verify_key.hex)


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamKeys:
    """The team's one identity, which its laptops share."""

    signing: SigningKey
    identity: Identity


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a workspace needs of the world, so that tests can hand in their own."""

    clock: Clock
    new_id: Callable[[], str]
    code_cost: Cost = SPOKEN
    """What one guess at an invitation's code costs."""
    passphrase_cost: Cost = PRODUCTION
    """What one guess at a new workspace's passphrase costs."""
    keyring: SecretStore | None = None
    """This computer's password store; None where nothing is to be kept there."""
    marks: Path | None = None
    """Where high-water marks lie, outside every workspace; None keeps none."""


class Workspace:
    """An unlocked workspace. It holds no screens and decides nothing: it writes, seals and answers."""

    def __init__(
        self, store: Store, *, about: About, keys: DeviceKeys, team: TeamKeys | None, world: Surroundings
    ) -> None:
        self.store = store
        self.about = about
        self.keys = keys
        self.team = team
        self.world = world
        self.space = team_space(about.project)
        """The team's own space in this project."""
        self.signed_in: PersonId | None = None
        """The id of who is using the workspace now, if anybody is."""
        self._person: Person | None = None
        self._introduced: set[SpaceId] = set()
        self._closed = False
        self.noticed: Noticed | None = None
        """That it was rolled back, copied, restored or saved from damage: told once, after opening."""
        self.on_mark: Callable[[], None] = _nothing
        """Called when what was written so far must not be rolled back unnoticed: after a seal, and at closing."""

    # --- who ---------------------------------------------------------------------------------

    @property
    def person(self) -> Person:
        """Who is using the workspace now."""
        if self._person is None:
            raise NotYours
        return self._person

    def people(self) -> tuple[Person, ...]:
        """Return everybody who has worked here, in the order they came."""
        value = self.store.local.value("people")
        return () if value is None else msgspec.json.decode(value, type=tuple[Person, ...])

    def sign_in(self, person: Person) -> None:
        """Go on as this person; new people are remembered."""
        known = self.people()
        others = tuple(each for each in known if each.id != person.id)
        if self._person is not None or known[-1:] != (person,):  # who opens it again and goes on is no news
            with self.store.database.writing() as connection:
                self.store.local.keep_in(connection, people=msgspec.json.encode((*others, person)))
                self.store.audit.append_in(connection, AuditDeed.SIGNED_IN, at=self.now(), who=person.id)
        self.store.journal.close_field()
        self._person, self.signed_in = person, person.id
        self._introduced = set()

    # --- writing -----------------------------------------------------------------------------

    def append(self, space: SpaceId, *events: Event, visit: str | None = None) -> Changes:
        """Write events down. `visit` names one stay in one field, whose newest entry may be rewritten."""
        whole = (*self._introduction(space), *events)
        self.store.journal.append(self._writer(), space, whole, visit=visit)
        self._introduced.add(space)
        return _changes(space, whole)

    def append_checked(self, space: SpaceId, check: Callable[[sa.Connection], None], *events: Event) -> Changes:
        """Do as `append` after a last look in the same transaction; what `check` raises leaves all as it was.

        A job may take a file in between what a person was shown and what they decide.
        """
        whole = (*self._introduction(space), *events)
        writer = self._writer()
        with self.store.database.writing() as connection:
            check(connection)
            self.store.journal.append_in(connection, writer, space, whole)
        self._introduced.add(space)
        return _changes(space, whole)

    def append_in(self, connection: sa.Connection, space: SpaceId, *events: Event) -> Changes:
        """Do as `append` inside a transaction that writes more, and that may still be rolled back."""
        whole = (*self._introduction(space), *events)
        self.store.journal.append_in(connection, self._writer(), space, whole)
        return _changes(space, whole)

    def append_with_blob(
        self, space: SpaceId, chunks: Iterable[bytes], event_for: Callable[[Sha256, int], Event]
    ) -> Changes:
        """Keep bytes and write the event that names them: both or neither."""
        introduction = self._introduction(space)
        with self.store.database.writing() as connection:
            digest, size = self.store.blobs.add_in(connection, chunks)
            whole = (*introduction, event_for(digest, size))
            self.store.journal.append_in(connection, self._writer(), space, whole)
        self._introduced.add(space)
        return _changes(space, whole)

    def append_from(
        self, space: SpaceId, deed: Callable[[sa.Connection], Sequence[Event]], *, visit: str | None = None
    ) -> Changes:
        """Do something in the file and write down the events that tell of it: both or neither.

        What `deed` raises leaves all as it was. `visit` is as for `append`.
        """
        introduction = self._introduction(space)
        writer = self._writer()
        with self.store.database.writing() as connection:
            whole = (*introduction, *deed(connection))
            self.store.journal.append_in(connection, writer, space, whole, visit=visit)
        self._introduced.add(space)
        return _changes(space, whole)

    def seal(self, space: SpaceId) -> None:
        """Sign what this device wrote in a space since the last time."""
        self.store.journal.seal(
            self.keys.device, space, lambda message: self.keys.signing.sign(message, context=SEAL_CONTEXT).hex()
        )
        self.on_mark()

    def leave_field(self) -> None:
        """The person left the field they were typing in: what is there is history from now on."""
        self.store.journal.close_field()

    # --- asking ------------------------------------------------------------------------------

    def standing(self, kind: type[E], *, space: SpaceId | None = None, **equals: object) -> tuple[Held[E], ...]:
        """Return the events of a kind that hold their registers; several in one register are a conflict."""
        return self.store.journal.standing(kind, space=space, **equals)

    def one(self, kind: type[E], *, space: SpaceId | None = None, **equals: object) -> E:
        """Return the one event of a kind that holds; where two stand, the same one on every computer.

        No clock decides: whoever's is wrong would have the last word. Where people must choose, ask for all.

        Raises:
            NotYours: There is none here.
        """
        held = self.standing(kind, space=space, **equals)
        if not held:
            raise NotYours
        return max(held, key=lambda each: each.id).event

    def now(self) -> str:
        """Return the moment as the journal writes it."""
        return as_stored(self.world.clock())

    def verify(self) -> Verified:
        """Prove the whole workspace: chains, seals, blobs, tables."""
        return verify(self.store.database, signature_fits)

    def close(self, *, locked: bool = False) -> None:
        """Lock: write down that it was, close the file and drop the keys. Closed twice is closed once.

        Args:
            locked: Somebody locked it, or it locked itself: this computer's memory alone is not to open it again.
        """
        if self._closed:
            return
        self._closed = True
        with suppress(StoreError):  # a full disk keeps nobody from locking
            self._leave_notes(locked=locked)
            self.on_mark()
        self.store.close()

    # --- inside ------------------------------------------------------------------------------

    def _leave_notes(self, *, locked: bool) -> None:
        database, at = self.store.database, self.now()
        with suppress(StoreError), database.writing() as connection:  # the notes are the more important
            self.store.audit.append_in(connection, AuditDeed.LOCKED, at=at, who=self.signed_in or "")
        db_id = self.store.local.value("db_id")
        if database.path is not None and db_id is not None:
            after = self.store.audit.end()[1]
            state = State.LOCKED if locked else State.CLOSED
            begin_notes(database.path, db_id=db_id.decode(), at=at, after=after, state=state)

    def _writer(self) -> Writer:
        return Writer(
            device=self.keys.device,
            author=self.person.id,
            at=self.now(),
            new_epoch=self.world.new_id,
            new_salt=random_bytes,
        )

    def _introduction(self, space: SpaceId) -> tuple[Event, ...]:
        """Say who writes, the first time they write in a space."""
        if space in self._introduced:
            return ()
        who = self.person
        introduced = PersonIntroduced(person_id=who.id, name=who.name, role=who.role)
        known = self.standing(PersonIntroduced, space=space, person_id=who.id)
        return () if introduced in [held.event for held in known] else (introduced,)


def signature_fits(device: DeviceId, message: bytes, signature: str) -> bool:
    """Tell whether a device's seal holds."""
    try:
        VerifyKey.from_hex(device).verify(bytes.fromhex(signature), message, context=SEAL_CONTEXT)
    except (BadKey, SignatureWrong, ValueError):
        return False
    return True


def _nothing() -> None:
    """Without a place for marks there is nothing to mark."""


def _changes(space: SpaceId, events: Iterable[Event]) -> Changes:
    return Changes(registers=frozenset((space, event.register) for event in events))
