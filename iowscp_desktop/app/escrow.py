"""The partnership's spare key: made once, kept offline by two people, used when all else of a workspace is lost."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from iowscp_desktop.app.audit_log import AuditDeed, record
from iowscp_desktop.app.keys import renew_database_key
from iowscp_desktop.app.recovery import Sheet
from iowscp_desktop.app.rounds import partnership, team_of
from iowscp_desktop.app.unlocking import DATABASE, Way, noting_failure, open_unlocked
from iowscp_desktop.app.workspace import Changes, Surroundings, Workspace
from iowscp_desktop.crypto import Identity, fingerprint, new_passphrase
from iowscp_desktop.domain.clock import LOCAL_ZONE
from iowscp_desktop.domain.events import PartnershipNamed
from iowscp_desktop.domain.ids import DeviceId
from iowscp_desktop.errors import FileUnwritable, NotEscrowed
from iowscp_desktop.reports.key_sheets import SpareKeySheet, spare_key_sheet
from iowscp_desktop.reports.render import save_pdf
from iowscp_desktop.store import keys
from iowscp_desktop.store.key_file import read_escrow_part
from iowscp_desktop.store.restoring import finish_restoring
from iowscp_desktop.store.spare_key import SUFFIX, make_spare_key, open_spare_key, read_spare_key


@dataclass(frozen=True, slots=True, kw_only=True)
class SpareKey:
    """A spare key that was just made: the file for one person's keeping, the words for another's."""

    recipient: str
    words: str = field(repr=False)
    """The five words that open the file: on paper, never beside it."""
    content: bytes = field(repr=False)

    @property
    def number(self) -> str:
        """By which this spare key is told from another, on the file's name and on the sheet."""
        return number_of(self.recipient)


def new_spare_key(world: Surroundings) -> SpareKey:
    """Make a spare key. Slow on purpose: in a job. It opens nothing until a workspace names it."""
    identity, words = Identity.generate(), new_passphrase()
    content = make_spare_key(world.new_id(), identity, words, cost=world.passphrase_cost)
    return SpareKey(recipient=identity.recipient.text, words=words, content=content)


def number_of(recipient: str) -> str:
    """Return the short number of a spare key."""
    return fingerprint(recipient.encode("ascii"))[:9]


def file_name(spare: SpareKey) -> str:
    """Return what the file is called, unless somebody says otherwise."""
    return f"spare-key-{spare.number}{SUFFIX}"


def save_spare_key(spare: SpareKey, path: Path) -> Path:
    """Write the file of a spare key, and read it back: a stick that does not keep it would be found out too late.

    Raises:
        FileUnwritable: The place does not take it.
    """
    path = path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)
    try:
        with path.open("wb") as stream:
            stream.write(spare.content)
        kept = path.read_bytes()
    except OSError as error:
        raise FileUnwritable from error
    if kept != spare.content:
        raise FileUnwritable
    return path


def save_words(spare: SpareKey, path: Path, *, partnership_name: str, at: datetime) -> Path:
    """Write the sheet with the words of a spare key as a PDF, to be printed and kept away from the file.

    Raises:
        ReportError: It cannot be written there.
    """
    made = at.astimezone(LOCAL_ZONE).date()
    sheet = SpareKeySheet(number=spare.number, words=spare.words, partnership=partnership_name, made=made)
    save_pdf(spare_key_sheet(sheet), path, at=at)
    return path


def use_for_partnership(ws: Workspace, spare: SpareKey) -> Changes:
    """Let every invitation from now on carry this spare key. This workspace takes it from `keys.accept_spare_key`.

    Raises:
        NotYours: This is not the team's workspace.
    """
    team_of(ws)
    changes = ws.append(ws.space, PartnershipNamed(name=partnership(ws), escrow=(spare.recipient,)))
    record(ws, AuditDeed.ESCROW_MADE, key=spare.number)
    return changes


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLocks:
    """What is to open a workspace after the spare key opened it."""

    passphrase: str = field(repr=False)
    sheet: Sheet


def lay_key_file(ws: Workspace, device: DeviceId, folder: Path, file: Path, words: str) -> None:
    """Lay a key file beside a workspace that has lost its own, from what came with that device's last return.

    Only the spare key opens it; `open_with_spare_key` then makes the other ways in anew.

    Raises:
        SpareKeyUnusable, WrongSparePassphrase: The spare key file does not open.
        NotEscrowed: Nothing of that device is here that the spare key opens.
        KeyFileExists: There is a key file; it is left alone.
        KeysError: The disk does not take it.
    """
    kept = ws.store.local.value(f"escrow/{device}")
    if kept is None:
        raise NotEscrowed
    identity = open_spare_key(read_spare_key(file), words)
    keys.lay_key_file(folder / DATABASE, read_escrow_part(kept), identity)
    record(ws, AuditDeed.ESCROW_USED, key=number_of(identity.recipient.text), device=device)


def try_spare_key(folder: Path, file: Path, words: str, world: Surroundings) -> None:
    """See whether a spare key opens a workspace. Nothing is opened or changed; a failure is noted beside it.

    Slow: in a job.

    Raises:
        SpareKeyUnusable, WrongSparePassphrase: The spare key file does not open.
        NotEscrowed: It opens, but not this workspace.
        KeysError: The key file cannot be read.
    """
    identity = open_spare_key(read_spare_key(file), words)
    with noting_failure(folder, Way.ESCROW, world):
        keys.unlock_with_escrow(folder / DATABASE, identity)


def open_with_spare_key(folder: Path, file: Path, words: str, new: NewLocks, world: Surroundings) -> Workspace:
    """Open a workspace with the spare key, give it a new passphrase and recovery sheet, and change its key.

    It is written down in the workspace itself that the spare key was used. Slow: in a job.

    Raises:
        SpareKeyUnusable, WrongSparePassphrase: The spare key file does not open; nothing was touched.
        NotEscrowed: It opens, but not this workspace.
        StoreError: The workspace does not open, or the disk does not take the change; then it is as it was.
    """
    identity = open_spare_key(read_spare_key(file), words)
    finish_restoring(folder / DATABASE)
    with noting_failure(folder, Way.ESCROW, world):
        unlocked = keys.unlock_with_escrow(folder / DATABASE, identity)
    ws, settled = open_unlocked(folder, unlocked, world, Way.ESCROW)
    try:
        record(ws, AuditDeed.ESCROW_USED, key=number_of(identity.recipient.text))
        renew_database_key(ws, settled, new.passphrase, new.sheet)
    except BaseException:
        ws.close()
        raise
    return ws
