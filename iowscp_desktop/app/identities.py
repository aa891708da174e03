"""What this workspace opens files with, and to whom it seals them: its own keys, its holder's, the team's."""

from collections.abc import Iterable, Sequence
from contextlib import suppress

import msgspec
import sqlalchemy as sa

from iowscp_desktop.app.workspace import Changes, TeamKeys, Workspace
from iowscp_desktop.bundles import (
    HolderKeys,
    Root,
    Roots,
    TeamSecrets,
    begin_roots,
    check_certificate,
    check_roots,
    read_holder_keys,
    write_handed,
)
from iowscp_desktop.crypto import Identity, SigningKey, VerifyKey
from iowscp_desktop.domain.events import DeviceEnrolled, DeviceRevoked, HolderKeyMade, RootChanged
from iowscp_desktop.errors import CertificateFalse, NotYours


def identities(ws: Workspace) -> list[Identity]:
    """Return everything that files for this workspace may be sealed to."""
    found = [ws.keys.identity]
    if ws.team is not None:
        shared = ws.standing(HolderKeyMade, space=ws.space, holder_id=ws.about.project)
        found += [ws.team.identity, *_former(ws), *(Identity.from_text(held.event.identity) for held in shared)]
    keys = holder_keys(ws)
    if keys is not None:
        found += [Identity.from_text(text) for text in keys.identities]
    return found


def holder_keys(ws: Workspace) -> HolderKeys | None:
    """Return the keys that the devices of this workspace's holder share, or None before any came."""
    content = ws.store.local.value("holder_keys")
    return None if content is None else read_holder_keys(content)


def keep_holder_keys(ws: Workspace, connection: sa.Connection, new: HolderKeys, *, is_newest: bool) -> None:
    """Keep keys that came from the team beside those that are there: older files still open.

    What is handed over is sealed to the first of them, so keys of an older file do not come before it: somebody who
    is trusted no longer may have those.
    """
    known = holder_keys(ws)
    before = () if known is None else known.identities
    if before and (new.identities[0] in before) != (before[0] in new.identities):
        is_newest = before[0] in new.identities  # a list that has the other's first key was made knowing of that
    every = (*new.identities, *before) if is_newest else (*before, *new.identities)
    whole = HolderKeys(holder=new.holder, identities=tuple(dict.fromkeys(every)))
    ws.store.local.keep_in(connection, holder_keys=write_handed(whole))


# --- the team's keys -----------------------------------------------------------------------------


def roots_of(ws: Workspace) -> Roots:
    """Return the team's keys as this workspace knows them, the first one first.

    Raises:
        NotYours: This workspace has seen no change of keys, and is not the team's, so it knows one key and no list.
    """
    content = roots_bytes(ws)
    if content is None:
        raise NotYours
    return check_roots(content, pinned=VerifyKey.from_hex(ws.about.team_key), project=ws.about.project)


def roots_bytes(ws: Workspace) -> bytes | None:
    """Return the list of the team's keys as it travels; a team that never changed its key has one of one key."""
    known = ws.store.local.value("roots")
    if known is not None or ws.team is None:
        return known
    first = Root(
        project=ws.about.project,
        number=1,
        key=ws.team.signing.verify_key.hex,
        recipient=ws.team.identity.recipient.text,
        trusts_former=False,
    )
    return begin_roots(first)


def trusted_keys(ws: Workspace) -> tuple[VerifyKey, ...]:
    """Return the keys of the team whose word counts here, the one in force first."""
    if roots_bytes(ws) is None:
        return (VerifyKey.from_hex(ws.about.team_key),)
    return roots_of(ws).trusted


def adopt_team(ws: Workspace, secrets: TeamSecrets) -> None:
    """Go on with the team's newest keys; files sealed to the ones before still open."""
    keys = team_keys(secrets)
    ws.store.local.keep(
        team_signing=keys.signing.to_bytes(),
        team_identity=keys.identity.to_text().encode(),
        team_former="\n".join(secrets.identities[1:]).encode(),
        roots=secrets.roots.encode(),
    )
    ws.team = keys
    pin(ws, keys.signing.verify_key)


def adopt_newest(ws: Workspace) -> None:
    """Go on with the newest keys that the team's journal names, where these are not in use yet."""
    changed = ws.standing(RootChanged, space=ws.space)
    newest = max(changed, key=lambda held: (held.event.number, held.id), default=None)
    if newest is None or ws.team is None or newest.event.signing == ws.team.signing.to_bytes().hex():
        return
    event, before = newest.event, team_secrets(ws).identities
    every = tuple(dict.fromkeys((event.identity, *before)))
    adopt_team(ws, TeamSecrets(signing=event.signing, identities=every, roots=event.steps))


def adopt_certificates(ws: Workspace) -> None:
    """Go on with the certificates that the team's journal names; what is not trusted any more is forgotten."""
    certified = {held.event.device_id: held.event.certificate for held in ws.standing(DeviceEnrolled, space=ws.space)}
    with ws.store.database.writing() as connection:
        for device, certificate in certified.items():
            ws.store.local.keep_certificate(connection, device, certificate.encode())
    forget_certificates(ws, trusted_keys(ws))


def forget_certificates(ws: Workspace, trusted: Sequence[VerifyKey]) -> None:
    """Forget the certificates that none of these keys has signed: somebody had a key that counts no longer."""
    false = [device for device, each in ws.store.local.certificates().items() if not _is_signed(each, trusted)]
    if false:
        with ws.store.database.writing() as connection:
            for device in false:
                ws.store.local.forget_certificate(connection, device)


def _is_signed(certificate: bytes, trusted: Sequence[VerifyKey]) -> bool:
    for key in trusted:
        with suppress(CertificateFalse):
            check_certificate(certificate, key)
            return True
    return False


def team_keys(secrets: TeamSecrets) -> TeamKeys:
    """Return the team's keys as they were handed over."""
    signing = SigningKey.from_bytes(bytes.fromhex(secrets.signing))
    return TeamKeys(signing=signing, identity=Identity.from_text(secrets.identities[0]))


def team_secrets(ws: Workspace) -> TeamSecrets:
    """Return the team's one identity, to be handed to another of its laptops.

    Raises:
        NotYours: This is not a team workspace.
    """
    roots = roots_bytes(ws)
    if ws.team is None or roots is None:
        raise NotYours
    return TeamSecrets(
        signing=ws.team.signing.to_bytes().hex(),
        identities=(ws.team.identity.to_text(), *(each.to_text() for each in _former(ws))),
        roots=roots.decode(),
    )


def pin(ws: Workspace, key: VerifyKey) -> None:
    """Trust this key as the team's from now on."""
    ws.about = msgspec.structs.replace(ws.about, team_key=key.hex)
    ws.store.local.keep(about=msgspec.json.encode(ws.about))


def _former(ws: Workspace) -> list[Identity]:
    """Return what files to the team were sealed to before it changed its keys, the newest first."""
    content = ws.store.local.value("team_former") or b""
    return [Identity.from_text(text) for text in content.decode().split()]


# --- to whom ------------------------------------------------------------------------------------


def in_force(ws: Workspace, recipients: Iterable[str]) -> tuple[str, ...]:
    """Return recipients with the team's present key in the place of any that it had before."""
    if roots_bytes(ws) is None:
        return tuple(recipients)
    roots = roots_of(ws).all
    before = {root.recipient for root in roots}
    return tuple(dict.fromkeys(roots[-1].recipient if each in before else each for each in recipients))


def recipients_of(ws: Workspace, holder: str) -> tuple[str, ...]:
    """Return what the team seals to for one organisation or panel member: its shared key, and its trusted devices."""
    revoked = {held.event.device_id for held in ws.standing(DeviceRevoked, space=ws.space)}
    devices = ws.standing(DeviceEnrolled, space=ws.space, holder=holder)
    shared = ws.standing(HolderKeyMade, space=ws.space, holder_id=holder)
    found = [held.event.recipient for held in shared]
    found += [held.event.recipient for held in devices if held.event.device_id not in revoked]
    return tuple(sorted(set(found)))


def shared_key(ws: Workspace, holder: str) -> HolderKeys:
    """Return the key that all devices of a holder open files with; the team makes it when it is first needed."""
    known = ws.standing(HolderKeyMade, space=ws.space, holder_id=holder)
    if not known:
        new_shared_key(ws, holder)
        known = ws.standing(HolderKeyMade, space=ws.space, holder_id=holder)
    newest = sorted(known, key=lambda held: (-held.event.number, held.event.identity))
    return HolderKeys(holder=holder, identities=tuple(held.event.identity for held in newest))


def new_shared_key(ws: Workspace, holder: str) -> None:
    """Make a holder a fresh shared key: what is sealed from now on, only those open who get it."""
    known = ws.standing(HolderKeyMade, space=ws.space, holder_id=holder)
    ws.append(ws.space, _fresh_key(holder, 1 + max((held.event.number for held in known), default=0)))


def agree_on_keys(ws: Workspace, connection: sa.Connection) -> Changes:
    """Make a fresh shared key where two laptops of the team each made one, and one of them trusts a device no more.

    The other may have given its key to that very device. Called inside the transaction in which they met.
    """
    rows = connection.exec_driver_sql(
        "SELECT k.holder_id, max(k.number) FROM standing_holder_key_made k WHERE k.in_space=?1 AND EXISTS ("
        "SELECT 1 FROM standing_device_revoked r JOIN standing_device_enrolled d ON d.device_id=r.device_id"
        " WHERE d.holder=k.holder_id AND r.in_space=?1 AND d.in_space=?1) GROUP BY k.holder_id HAVING count(*)>1",
        (ws.space,),
    ).all()
    keys = [_fresh_key(holder, number + 1) for holder, number in rows]
    return ws.append_in(connection, ws.space, *keys) if keys else Changes()


def _fresh_key(holder: str, number: int) -> HolderKeyMade:
    identity = Identity.generate()
    return HolderKeyMade(
        holder_id=holder, number=number, identity=identity.to_text(), recipient=identity.recipient.text
    )
