"""The directory of a holder's devices: the team says who is trusted no longer, and a laptop forgets none of it.

Trust that was taken away is never given back to the same key. So what any directory of the team has said stays said,
whichever file comes first or last, and an old one brought along undoes nothing.
"""

from collections import defaultdict

import msgspec

from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.bundles import Directory, Revoked
from iowscp_desktop.domain.events import (
    DeviceEnrolled,
    DeviceRevoked,
    InvitationAnswered,
    InvitationCancelled,
    InvitationIssued,
)
from iowscp_desktop.domain.ids import DeviceId, InvitationId

_COUNTED = ("device-revoked", "device-enrolled", "root-changed", "invitation-cancelled", "holder-key-made")


def directory_of(ws: Workspace, holder: str) -> Directory:
    """Return what the devices of a holder must know of each other, as the team knows it now."""
    let_in = ws.standing(DeviceEnrolled, space=ws.space, holder=holder)
    own = {held.event.device_id for held in let_in}
    last: dict[DeviceId, dict[str, int]] = defaultdict(dict)
    for held in ws.standing(DeviceRevoked, space=ws.space):
        if held.event.device_id in own:
            _raise(last[held.event.device_id], dict(held.event.last))
    used = {held.event.invitation_id for held in let_in if held.event.device_id in last}
    answered = ws.standing(InvitationAnswered, space=ws.space)
    used |= {held.event.invitation_id for held in answered if held.event.device_id in last}
    return Directory(
        project=ws.about.project,
        holder=holder,
        number=_number(ws),
        issued=ws.now(),
        revoked=tuple(Revoked(device=device, last=last[device]) for device in sorted(last)),
        # Whoever has a device that is revoked can answer its invitation again, with a key of another name.
        cancelled=tuple(sorted({*cancelled_of(ws, holder), *used})),
    )


def cancelled_of(ws: Workspace, holder: str) -> tuple[InvitationId, ...]:
    """Return the invitations of a holder that were taken back."""
    cancelled = {held.event.invitation_id for held in ws.standing(InvitationCancelled, space=ws.space)}
    own = {held.event.invitation_id for held in ws.standing(InvitationIssued, space=ws.space, holder=holder)}
    return tuple(sorted(cancelled & own))


def kept_directory(ws: Workspace) -> Directory | None:
    """Return all that directories which came here have said, or None."""
    content = ws.store.local.value("directory")
    return None if content is None else msgspec.json.decode(content, type=Directory)


def both(one: Directory | None, other: Directory | None) -> Directory | None:
    """Return what two directories of one holder say together."""
    if one is None or other is None:
        return one or other
    last: dict[str, dict[str, int]] = defaultdict(dict)
    for revoked in (*one.revoked, *other.revoked):
        _raise(last[revoked.device], revoked.last)
    newer = max(one, other, key=lambda each: (each.number, each.issued))
    return msgspec.structs.replace(
        newer,
        revoked=tuple(Revoked(device=device, last=last[device]) for device in sorted(last)),
        cancelled=tuple(sorted({*one.cancelled, *other.cancelled})),
    )


def brings_newest(new: Directory | None, known: Directory | None) -> bool:
    """Tell whether the keys that came with a directory come before those that are here.

    Two laptops of the team count on by themselves, so a number alone does not say it: whoever knows of more that was
    taken back has the later keys, and who was shut out does not have those.
    """
    if known is None or new is None:
        return known is None
    if _taken_back(new) != _taken_back(known):
        return _taken_back(new) > _taken_back(known)
    return new.number >= known.number


def _taken_back(directory: Directory) -> frozenset[str]:
    return frozenset({*(each.device for each in directory.revoked), *directory.cancelled})


def _raise(known: dict[str, int], more: dict[str, int]) -> None:
    for stream, last in more.items():
        known[stream] = max(last, known.get(stream, 0))


def _number(ws: Workspace) -> int:
    """Count what was ever written about devices and keys: it grows, also where two laptops of the team meet."""
    with ws.store.database.reading() as connection:
        return int(
            connection.exec_driver_sql(
                "SELECT count(*) FROM entry e JOIN space s ON s.no=e.space"
                " LEFT JOIN quarantine q ON q.stream=e.stream AND q.seq=e.seq"
                " WHERE s.id=? AND q.stream IS NULL AND e.kind IN (SELECT value FROM json_each(?))",
                (ws.space, msgspec.json.encode(_COUNTED).decode()),
            ).scalar_one()
        )
