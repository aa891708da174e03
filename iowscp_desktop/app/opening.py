"""A workspace's beginning: the folder, its key file, its encrypted file, and what the device is."""

from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import msgspec
import platformdirs

from iowscp_desktop.app.audit_log import AuditDeed, record
from iowscp_desktop.app.high_water import begin_marks
from iowscp_desktop.app.identities import team_keys
from iowscp_desktop.app.joining import TEAM, answer, certify_own, keep_team, taken
from iowscp_desktop.app.settings import PROGRAM
from iowscp_desktop.app.unlocking import DATABASE, unlock_by_keyring, unlock_by_passphrase
from iowscp_desktop.app.workspace import About, DeviceKeys, Person, Surroundings, TeamKeys, Workspace
from iowscp_desktop.bundles import (
    FileKind,
    OpenBundle,
    OpenInvitation,
    TeamSecrets,
    open_invitation,
    peek,
    read_team_secrets,
)
from iowscp_desktop.crypto import Identity, SigningKey, random_bytes
from iowscp_desktop.domain.clock import system_clock
from iowscp_desktop.domain.events import PartnershipNamed, ResponseAssigned, ScoringAsked
from iowscp_desktop.domain.grants import Role
from iowscp_desktop.domain.ids import PersonId, ProjectId, new_id
from iowscp_desktop.domain.journal import decode_range
from iowscp_desktop.errors import (
    BundleMalformed,
    CannotWrite,
    KeyFileExists,
    KeysError,
    NotABundle,
    RecoverySheetMissing,
    WorkspaceExists,
)
from iowscp_desktop.store import Store
from iowscp_desktop.store.disk import force_folder, plain_refusals
from iowscp_desktop.store.instance import LOCK_SUFFIX, Hold
from iowscp_desktop.store.key_file import key_file_path
from iowscp_desktop.store.keyring_slot import SERVICE_ROOT, SystemKeyring
from iowscp_desktop.store.keys import (
    DATABASE_KEY_BYTES,
    Locks,
    Recovery,
    create_keys,
)
from iowscp_desktop.store.locked_notes import notes_path
from iowscp_desktop.store.restoring import is_decided

_BEGINNING: Final = "workspace.beginning"
"""Lies in the folder while a workspace is being begun."""

__all__ = [
    "DATABASE",
    "NewWorkspace",
    "Offer",
    "can_remember",
    "exists",
    "introduce",
    "join",
    "locks",
    "look",
    "require_invitation",
    "start_team",
    "this_computer",
    "unlock_by_keyring",
    "unlock_by_passphrase",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What an invitation asks, before anybody accepts it."""

    role: Role
    partnership: str
    organisation: str = field(repr=False)
    """The organisation's name, or the panel member's."""
    title: str
    round_title: str
    due: str
    escrow: tuple[str, ...] = ()
    """age recipients of the partnership's spare key, which will open the workspace too: said before it begins."""
    file_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWorkspace:
    """Where a new workspace is to lie, what opens it, and who begins."""

    folder: Path
    locks: Locks
    """With a recovery key that is on paper; the partnership's spare key is added from the invitation."""
    name: str = field(repr=False)
    role: str


def this_computer() -> Surroundings:
    """Return the real surroundings: the system's clock, random ids, the user's password store."""
    return Surroundings(clock=system_clock, new_id=new_id, keyring=SystemKeyring(), marks=marks_folder())


def marks_folder() -> Path:
    """Return where this user's high-water marks lie: on this computer, outside every workspace."""
    return platformdirs.user_state_path(PROGRAM, appauthor=False, roaming=False) / "marks"


def can_remember(world: Surroundings) -> bool:
    """Tell whether this computer's password store keeps what it is given: a secret is written, read and removed.

    It may ask the person first, and wait for them: in a job.
    """
    if world.keyring is None:
        return False
    name, secret = f"{SERVICE_ROOT}/probe/{random_bytes(8).hex()}", random_bytes(16)
    try:
        world.keyring.store(name, secret)
        kept = world.keyring.load(name) == secret
        world.keyring.forget(name)
    except KeysError:
        return False
    return kept


def locks(world: Surroundings, passphrase: str, recovery: Recovery, *, remember: bool) -> Locks:
    """Return what a new workspace is to be opened by: passphrase, recovery key, this computer's memory if wanted."""
    keyring = world.keyring if remember else None
    return Locks(passphrase=passphrase, recovery=recovery, keyring=keyring, cost=world.passphrase_cost)


def require_invitation(path: Path) -> None:
    """See by its first bytes whether a file can be an invitation, before anybody types a code for it.

    Raises:
        FileUnreadable: The disk gave up on it.
        NotABundle: It is something else.
    """
    if peek(path) is not FileKind.INVITATION:
        raise NotABundle("an invitation")


def exists(folder: Path) -> bool:
    """Tell whether there is a workspace in a folder; one whose beginning was cut off is none."""
    is_whole = (folder / DATABASE).exists() and not (folder / _BEGINNING).exists()
    return is_whole or is_decided(folder / DATABASE)


def start_team(new: NewWorkspace, partnership: str, world: Surroundings) -> Workspace:
    """Begin a partnership team's workspace: a new project with keys of its own.

    The spare key in `new.locks.escrow` becomes the partnership's: each invitation carries it from now on.

    Raises:
        WorkspaceExists: The folder holds one already.
        RecoverySheetMissing: No recovery key was written down for it.
        KeysError: The locks cannot be made.
    """
    keys = DeviceKeys(signing=SigningKey.generate(), identity=Identity.generate())
    team = TeamKeys(signing=SigningKey.generate(), identity=Identity.generate())
    project = ProjectId(world.new_id())
    about = About(role=Role.TEAM, project=project, holder=project, team_key=team.signing.verify_key.hex)
    ws = _create(new, about, keys, team, world)
    with _wholly(ws.store, new.folder):
        with ws.store.database.writing() as connection:
            certify_own(ws, connection)
        ws.append(ws.space, PartnershipNamed(name=partnership.strip(), escrow=new.locks.escrow))
        _has_begun(new.folder)
    return ws


def look(path: Path, code: str, world: Surroundings) -> Offer:
    """Open an invitation and say what it asks; nothing is kept.

    Raises:
        BundleError: A wrong code, a typing mistake, a damaged or expired file: each by its name.
    """
    with open_invitation(path, code=code, now=world.clock()) as invitation:
        offer, _about, _secrets = _read_offer(invitation)
        return offer


def join(new: NewWorkspace, path: Path, code: str, world: Surroundings) -> Workspace:
    """Begin a workspace from an invitation. The answer to it rides in every bundle until it is received.

    Raises:
        BundleError: As `look`.
        WorkspaceExists, KeysError: As `start_team`.
    """
    with open_invitation(path, code=code, now=world.clock()) as invitation:
        offer, about, secrets = _read_offer(invitation)
    new = replace(new, locks=replace(new.locks, escrow=offer.escrow))
    keys = DeviceKeys(signing=SigningKey.generate(), identity=Identity.generate())
    team = None if secrets is None else team_keys(secrets)
    ws = _create(new, about, keys, team, world, person_id=PersonId(about.holder) if about.role == Role.PANEL else None)
    with _wholly(ws.store, new.folder):
        with (
            open_invitation(path, code=code, now=world.clock(), expected_sha256=offer.file_sha256) as invitation,
            taken(ws, invitation) as (connection, acquaintance),
        ):
            if secrets is None:
                answer(ws, connection, invitation, acquaintance)
            else:
                certify_own(ws, connection, invitation.invitation)
        if secrets is not None:
            keep_team(ws, secrets)
        _has_begun(new.folder)
    return ws


def introduce(ws: Workspace, name: str, role: str) -> Person:
    """Let somebody new work here from now on."""
    person = Person(id=PersonId(ws.world.new_id()), name=name.strip(), role=role.strip())
    ws.sign_in(person)
    return person


# --- inside --------------------------------------------------------------------------------------


def _create(
    new: NewWorkspace,
    about: About,
    keys: DeviceKeys,
    team: TeamKeys | None,
    world: Surroundings,
    person_id: PersonId | None = None,
) -> Workspace:
    if exists(new.folder):
        raise WorkspaceExists
    if new.locks.recovery is None:
        raise RecoverySheetMissing
    try:
        new.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise CannotWrite from error
    database_key, db_id = random_bytes(DATABASE_KEY_BYTES), world.new_id()
    hold = Hold(new.folder / DATABASE)
    try:
        _begin(new.folder)
        with _wholly(None, new.folder):
            create_keys(new.folder / DATABASE, db_id=db_id, database_key=database_key, locks=new.locks)
            store = Store.create(new.folder / DATABASE, database_key)
    finally:
        hold.release()
    with _wholly(store, new.folder):
        values = {
            "db_id": db_id.encode(),
            "about": msgspec.json.encode(about),
            "device_signing": keys.signing.to_bytes(),
            "device_identity": keys.identity.to_text().encode(),
        }
        if team is not None:
            values |= {"team_signing": team.signing.to_bytes(), "team_identity": team.identity.to_text().encode()}
        store.local.keep(**values)
        ws = Workspace(store, about=about, keys=keys, team=team, world=world)
        record(ws, AuditDeed.CREATED)
        ws.sign_in(Person(id=person_id or PersonId(world.new_id()), name=new.name.strip(), role=new.role.strip()))
    begin_marks(ws)
    return ws


@contextmanager
def _wholly(store: Store | None, folder: Path) -> Generator[None]:
    """Take a workspace away again that does not come to be: half of one could neither be opened nor begun anew."""
    try:
        yield
    except BaseException:
        if store is not None:
            store.close()
        with suppress(OSError):  # what went wrong first is what is told
            _take_away(folder)
        raise


def _begin(folder: Path) -> None:
    """Write down that a workspace is being begun, after taking away what a power cut left of an earlier attempt.

    Raises:
        KeyFileExists: A key file lies there, which some workspace may still need.
        CannotWrite: The disk does not take it.
    """
    with plain_refusals():
        if (folder / _BEGINNING).exists():
            _take_away(folder)
        if key_file_path(folder / DATABASE).exists():
            raise KeyFileExists
        (folder / _BEGINNING).touch(mode=0o600)
        force_folder(folder)


def _has_begun(folder: Path) -> None:
    """Write down that it is whole. From then on nobody takes it away.

    Raises:
        CannotWrite: The disk does not take it.
    """
    with plain_refusals():
        (folder / _BEGINNING).unlink()
        force_folder(folder)


def _take_away(folder: Path) -> None:
    """Take away what there is of a workspace that never came to be; last of all the note that says so."""
    parts = [path for path in folder.glob(f"{DATABASE}*") if path.suffix != LOCK_SUFFIX]  # the lock may be ours
    for path in (*parts, key_file_path(folder / DATABASE), notes_path(folder / DATABASE), folder / _BEGINNING):
        path.unlink(missing_ok=True)


def _read_offer(invitation: OpenInvitation) -> tuple[Offer, About, TeamSecrets | None]:
    """Return what an invitation asks, after all of it has been proved."""
    bundle = invitation.bundle
    assigned, asked, named, secrets = _events(bundle)
    sha256 = bundle.finish()
    team_key = invitation.team.hex
    project = ProjectId(bundle.manifest.project)
    if secrets is not None:
        partnership = named[-1].name if named else ""
        offer = Offer(
            role=Role.TEAM,
            partnership=partnership,
            organisation=partnership,
            title="",
            round_title="",
            due="",
            file_sha256=sha256,
        )
        return offer, About(role=Role.TEAM, project=project, holder=project, team_key=team_key), secrets
    if asked:
        first = asked[0]
        offer = Offer(
            role=Role.PANEL,
            partnership=first.partnership_name,
            organisation=first.name,
            title=assigned[0].title if assigned else "",
            round_title=first.round_title,
            due=assigned[0].due if assigned else "",
            escrow=first.escrow,
            file_sha256=sha256,
        )
        return offer, About(role=Role.PANEL, project=project, holder=first.person_id, team_key=team_key), None
    if not assigned:
        raise BundleMalformed("it asks for nothing")
    task = assigned[0]
    offer = Offer(
        role=Role.ORGANISATION,
        partnership=task.partnership_name,
        organisation=task.organisation_name,
        title=task.title,
        round_title=task.round_title,
        due=task.due,
        escrow=task.escrow,
        file_sha256=sha256,
    )
    about = About(role=Role.ORGANISATION, project=project, holder=task.organisation_id, team_key=team_key)
    return offer, about, None


def _events(
    bundle: OpenBundle,
) -> tuple[list[ResponseAssigned], list[ScoringAsked], list[PartnershipNamed], TeamSecrets | None]:
    assigned: list[ResponseAssigned] = []
    asked: list[ScoringAsked] = []
    named: list[PartnershipNamed] = []
    secrets: TeamSecrets | None = None
    for member, content in bundle.members():
        if member.kind == TEAM:
            secrets = read_team_secrets(content.whole())
        if member.kind != "entries":
            continue
        for entry in decode_range(content.whole()).entries:
            match entry.event:
                case ResponseAssigned() as event:
                    assigned.append(event)
                case ScoringAsked() as event:
                    asked.append(event)
                case PartnershipNamed() as event:
                    named.append(event)
                case _:
                    continue
    return assigned, asked, named, secrets
