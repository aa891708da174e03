"""Bundles in: what a file would bring (a trial that is rolled back), and taking it in for good.

Both run the same code over the same file, so the preview is what would really happen. A file is taken in
wholly or not at all.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import sqlalchemy as sa

from iowscp_desktop.app.exchange import ATTACHMENT, Progress, bundle_line, no_progress
from iowscp_desktop.app.workspace import Changes, Workspace, signature_fits
from iowscp_desktop.bundles import (
    BUNDLE_SUFFIX,
    Certificate,
    Enrolment,
    Manifest,
    Member,
    MemberContent,
    OpenBundle,
    check_certificate,
    check_enrolment,
    invitation_of,
    make_certificate,
    open_bundle,
)
from iowscp_desktop.crypto import VerifyKey
from iowscp_desktop.domain.events import (
    DeviceEnrolled,
    EditionChanged,
    EvidenceAttached,
    InvitationIssued,
    OrganisationAdded,
    PanellistAsked,
    ResponseAssigned,
)
from iowscp_desktop.domain.grants import MAY_SEND, Role, refusal
from iowscp_desktop.domain.ids import (
    DeviceId,
    EntryId,
    InvitationId,
    OrganisationId,
    PersonId,
    ResponseId,
    SpaceId,
    response_space,
)
from iowscp_desktop.domain.journal import Entry, StreamRange, decode_range
from iowscp_desktop.errors import (
    AppError,
    BundleMalformed,
    InvitationUsed,
    JournalDamaged,
    SignatureFalse,
    SignerNotAllowed,
    UnknownInvitation,
    UnknownSigner,
)
from iowscp_desktop.store import Taken, seal_signatures

MOST_ENTRIES_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One file: what it would bring, or why it was refused."""

    path: Path
    sha256: str = ""
    type: str = ""
    sender: str = field(default="", repr=False)
    """The organisation's or the panel member's name, as the team knows it; here, the partnership's for its files."""
    digest: str = ""
    new: int = 0
    known: int = 0
    quarantined: int = 0
    forked: int = 0
    evidence: int = 0
    clashes: frozenset[tuple[SpaceId, str]] = frozenset()
    """Registers that would be in conflict after this file and were not before."""
    merged_before: bool = False
    refused: AppError | None = None

    @property
    def brings_nothing(self) -> bool:
        """Everything in it is known already."""
        return self.refused is None and self.new == 0


def _never() -> bool:
    return False


class _Trial(Exception):
    """Ends a preview: everything that was written is rolled back."""


def _roll_back_if(*, trial: bool) -> None:
    if trial:
        raise _Trial


def bundles_in(chosen: Sequence[Path]) -> tuple[Path, ...]:
    """Return the files that were chosen, each once: a folder stands for the bundles that lie in it."""
    found: dict[Path, None] = {}
    for path in chosen:
        if path.is_dir():
            found |= dict.fromkeys(sorted(path.glob(f"*{BUNDLE_SUFFIX}")))
        else:
            found[path] = None
    return tuple(found)


def preview(ws: Workspace, paths: Sequence[Path], progress: Progress = no_progress) -> tuple[Incoming, ...]:
    """Return what each file would bring by itself, and change nothing."""
    found: list[Incoming] = []
    for number, path in enumerate(paths, start=1):
        found.append(_try(ws, path))
        progress(number, len(paths))
    return tuple(found)


def merge(
    ws: Workspace,
    incoming: Sequence[Incoming],
    progress: Progress = no_progress,
    *,
    is_stopped: Callable[[], bool] = _never,
) -> tuple[tuple[Incoming, ...], Changes]:
    """Take in the files of a preview, each wholly or not at all; what was refused stays refused.

    Args:
        is_stopped: Asked before each file; True leaves that file and the rest of them alone.

    Returns:
        What each file brought, and what changed. Files that were left alone are not among them.
    """
    done: list[Incoming] = []
    changes = Changes()
    for number, each in enumerate(incoming, start=1):
        if is_stopped():
            break
        if each.refused is None:
            taking = _Taking(ws, each.path, expected=each.sha256)
            try:
                result = taking.for_good()
            except AppError as error:
                result = Incoming(path=each.path, refused=error)
            else:
                changes |= taking.changes
            done.append(result)
        else:
            done.append(each)
        progress(number, len(incoming))
    return tuple(done), changes


def _try(ws: Workspace, path: Path) -> Incoming:
    taking = _Taking(ws, path, expected=None)
    try:
        return taking.as_trial()
    except AppError as error:
        return Incoming(path=path, refused=error)


@dataclass(slots=True)
class _Brought:
    new: int = 0
    changed: list[tuple[SpaceId, Entry]] = field(default_factory=list[tuple[SpaceId, Entry]])
    """The new entries that count; what is in quarantine changes nothing."""
    known: int = 0
    quarantined: int = 0
    forked: int = 0
    evidence: int = 0


class _Taking:
    """One file on its way in."""

    def __init__(self, ws: Workspace, path: Path, *, expected: str | None) -> None:
        self._ws = ws
        self._path = path
        self._expected = expected
        self._enrolment: Enrolment | None = None
        self._sender: Certificate | None = None
        self._certificates: dict[str, Certificate] = {}
        self.changes = Changes()

    def for_good(self) -> Incoming:
        """Take the file in."""
        result = self._run(keep=True)
        self._enrol()
        return result

    def as_trial(self) -> Incoming:
        """Find out what the file would bring."""
        return self._run(keep=False)

    def _run(self, *, keep: bool) -> Incoming:
        ws = self._ws
        identities = [ws.keys.identity, *([] if ws.team is None else [ws.team.identity])]
        before = {line.digest for line in ws.store.local.bundles() if line.direction == "in"}
        result: Incoming | None = None
        with open_bundle(
            self._path, identities=identities, trust=self._trust, expected_sha256=self._expected
        ) as bundle:
            try:
                with ws.store.journal.merging() as connection:
                    result = self._take(connection, bundle, before)
                    _roll_back_if(trial=not keep)
            except _Trial:
                pass
        if result is None:
            raise BundleMalformed("it ends too soon")
        return replace(result, sender=self._sender_name())

    def _take(self, connection: sa.Connection, bundle: OpenBundle, before: set[str]) -> Incoming:
        brought = take_members(connection, self._ws, bundle, self._certified)
        clashes = frozenset(_clashes(connection, brought.changed))
        sha256 = bundle.finish()
        line = bundle_line(self._ws, bundle.manifest, direction="in", space="")
        self._ws.store.local.log_bundle(connection, line)
        self.changes = Changes(registers=frozenset((space, entry.header.register) for space, entry in brought.changed))
        return Incoming(
            path=self._path,
            sha256=sha256,
            type=bundle.manifest.type,
            digest=bundle.digest,
            new=brought.new,
            known=brought.known,
            quarantined=brought.quarantined,
            forked=brought.forked,
            evidence=brought.evidence,
            clashes=clashes,
            merged_before=bundle.digest in before,
        )

    def _sender_name(self) -> str:
        """Return whose file this is, in the words people know them by."""
        ws = self._ws
        if self._sender is None:
            assigned = ws.standing(ResponseAssigned)
            return assigned[0].event.partnership_name if assigned else ""
        holder = self._sender.holder
        if self._sender.role == Role.PANEL:
            asked = ws.standing(PanellistAsked, space=ws.space, person_id=PersonId(holder))
            return asked[0].event.name if asked else ""
        known = ws.standing(OrganisationAdded, space=ws.space, organisation_id=OrganisationId(holder))
        return known[0].event.name if known else ""

    # --- who sends, who wrote ----------------------------------------------------------------

    def _trust(self, manifest: Manifest, enrolment: bytes | None) -> VerifyKey:
        ws = self._ws
        if ws.team is None:
            if manifest.signer != ws.about.team_key:
                raise UnknownSigner
            if manifest.type not in MAY_SEND[Role.TEAM]:
                raise SignerNotAllowed(manifest.type)
            return VerifyKey.from_hex(manifest.signer)
        known = ws.store.local.certificate(DeviceId(manifest.signer))
        if known is not None:
            self._sender = check_certificate(known, ws.team.signing.verify_key)
        elif enrolment is not None:
            self._sender = self._introduced(manifest, enrolment)
        else:
            raise UnknownSigner
        if manifest.type not in MAY_SEND[Role(self._sender.role)]:
            raise SignerNotAllowed(manifest.type)
        return VerifyKey.from_hex(manifest.signer)

    def _introduced(self, manifest: Manifest, content: bytes) -> Certificate:
        """Return the certificate that a device which answers our invitation will get."""
        ws = self._ws
        team = ws.team
        issued = ws.standing(InvitationIssued, space=ws.space, invitation_id=invitation_of(content))
        if not issued or team is None:
            raise UnknownInvitation
        invitation = issued[0].event
        enrolment = check_enrolment(content, bytes.fromhex(invitation.secret), team=team.signing.verify_key)
        if enrolment.device != manifest.signer:
            raise UnknownSigner
        if ws.standing(DeviceEnrolled, space=ws.space, invitation_id=invitation.invitation_id):
            raise InvitationUsed
        self._enrolment = enrolment
        return Certificate(
            project=ws.about.project,
            device=enrolment.device,
            recipient=enrolment.recipient,
            holder=invitation.holder,
            role=invitation.role,
            issued=ws.now(),
            invitation=invitation.invitation_id,
        )

    def _certified(self, connection: sa.Connection, device: DeviceId, carried: Sequence[bytes]) -> Certificate:
        """Return whose device wrote a stream: known here, just introduced, or vouched for by the team."""
        if device in self._certificates:
            return self._certificates[device]
        ws = self._ws
        team_key = VerifyKey.from_hex(ws.about.team_key)
        if self._sender is not None and self._sender.device == device:
            found = self._sender
        else:
            known = ws.store.local.certificate(device, connection)
            offers = carried if known is None else (known,)
            matching = [c for c in (check_certificate(each, team_key) for each in offers) if c.device == device]
            if not matching:
                raise UnknownSigner
            found = matching[0]
        self._certificates[device] = found
        return found

    def _enrol(self) -> None:
        """Certify a device that answered our invitation in this bundle."""
        ws = self._ws
        if self._enrolment is None or self._sender is None or ws.team is None:
            return
        certificate = make_certificate(self._sender, ws.team.signing)
        with ws.store.database.writing() as connection:
            ws.store.local.keep_certificate(connection, DeviceId(self._sender.device), certificate)
        self.changes |= ws.append(
            ws.space,
            DeviceEnrolled(
                device_id=DeviceId(self._sender.device),
                invitation_id=InvitationId(self._enrolment.invitation),
                holder=self._sender.holder,
                role=self._sender.role,
                recipient=self._sender.recipient,
                certificate=certificate.decode(),
            ),
        )


Certified = Callable[[sa.Connection, DeviceId, Sequence[bytes]], Certificate]


def take_members(connection: sa.Connection, ws: Workspace, bundle: OpenBundle, certified: Certified) -> _Brought:
    """Take every member of an open bundle into the store, inside the caller's transaction."""
    brought = _Brought()
    carried: list[bytes] = []
    pieces: list[StreamRange] = []
    wanted: set[str] = set()
    seen: set[str] = set()
    for member, content in bundle.members():
        match member.kind:
            case "certificate":
                carried.append(content.whole())
            case "entries":
                pieces.append(_piece(member, content))
            case "tool" | "attachment":
                if pieces:
                    wanted |= _take_pieces(connection, ws, bundle, pieces, (carried, certified, brought))
                    pieces = []
                if member.sha256 in wanted and member.sha256 not in seen:
                    ws.store.blobs.add_in(connection, content)
                    seen.add(member.sha256)
                    brought.evidence += member.kind == ATTACHMENT
            case _:
                continue  # the enrolment, read before; or a kind that a newer program adds and we need not know
    if pieces:
        _take_pieces(connection, ws, bundle, pieces, (carried, certified, brought))
    for each in carried:
        certificate = check_certificate(each, VerifyKey.from_hex(ws.about.team_key))
        ws.store.local.keep_certificate(connection, DeviceId(certificate.device), each)
    return brought


def _piece(member: Member, content: MemberContent) -> StreamRange:
    if member.size > MOST_ENTRIES_BYTES:
        raise BundleMalformed("a list of entries is too long")
    try:
        return decode_range(content.whole())
    except JournalDamaged as error:
        raise BundleMalformed("a list of entries does not hold together") from error


def _take_pieces(
    connection: sa.Connection,
    ws: Workspace,
    bundle: OpenBundle,
    pieces: list[StreamRange],
    how: tuple[list[bytes], Certified, _Brought],
) -> set[str]:
    """Check seals, chains and grants; return the digests of the bytes that these entries name.

    What the team wrote comes first: its assignments say which response is whose.
    """
    carried, certified, brought = how
    if not all(signature_fits(*signed) for signed in seal_signatures(pieces)):
        raise SignatureFalse
    authors = {piece.stream.device: certified(connection, piece.stream.device, carried) for piece in pieces}
    named: set[str] = set()
    for piece in sorted(pieces, key=lambda piece: authors[piece.stream.device].role != Role.TEAM):
        author = authors[piece.stream.device]
        refuse = _grant_check(connection, author, piece.stream.space)
        try:
            taken = ws.store.journal.take(connection, piece, bundle=bundle.digest, refuse=refuse)
        except JournalDamaged as error:
            raise BundleMalformed("its entries do not fit together") from error
        _count(brought, piece, taken)
        named |= {event.sha256 for entry in piece.entries if isinstance(event := entry.event, EvidenceAttached)}
        named |= {
            event.package
            for entry in piece.entries
            if isinstance(event := entry.event, ResponseAssigned | EditionChanged)
        }
    return named


def _grant_check(connection: sa.Connection, author: Certificate, space: SpaceId) -> Callable[[Entry], str | None]:
    def organisation_of(response: ResponseId) -> OrganisationId | None:
        found = connection.exec_driver_sql(
            "SELECT organisation_id FROM standing_response_assigned WHERE in_space=?", (response_space(response),)
        ).scalar()
        return None if found is None else OrganisationId(found)

    return lambda entry: refusal(author.role, author.holder, space, entry.header, organisation_of=organisation_of)


def _count(brought: _Brought, piece: StreamRange, taken: Taken) -> None:
    counted: set[EntryId] = set(taken.new) - set(taken.quarantined)
    brought.new += len(taken.new)
    brought.changed += [(piece.stream.space, entry) for entry in piece.entries if entry.id in counted]
    brought.known += taken.known
    brought.quarantined += len(taken.quarantined)
    brought.forked += len(taken.forked)


def _clashes(connection: sa.Connection, new: Iterable[tuple[SpaceId, Entry]]) -> Iterator[tuple[SpaceId, str]]:
    """Yield the registers that new entries left with two heads which differ."""
    for space, register in {(space, entry.header.register) for space, entry in new}:
        heads = connection.exec_driver_sql(
            "SELECT e.payload FROM head h JOIN space s ON s.no=h.space"
            " JOIN entry e ON e.stream=h.stream AND e.seq=h.seq WHERE s.id=? AND h.register=?",
            (space, register),
        ).all()
        if len({payload for (payload,) in heads}) > 1:
            yield space, register
