"""Two of the team's laptops may stop trusting a device at different points. When they meet, the later one holds."""

from collections.abc import Mapping

import msgspec
import sqlalchemy as sa

from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.events import DeviceRevoked
from iowscp_desktop.domain.ids import DeviceId

_Last = tuple[tuple[str, int], ...]


def agree(ws: Workspace, connection: sa.Connection) -> Changes:
    """Say how far this laptop had taken each revoked device at its word.

    Called with what another of the team's laptops brought in the same transaction.
    """
    changes = Changes()
    rows = connection.exec_driver_sql(
        "SELECT device_id, reason, last FROM standing_device_revoked WHERE in_space=?", (ws.space,)
    ).all()
    for device in sorted({row.device_id for row in rows}):
        standing = [row for row in rows if row.device_id == device]
        known: dict[str, int] = {}
        for row in standing:
            for stream, last in msgspec.json.decode(row.last, type=_Last):
                known[stream] = max(last, known.get(stream, 0))
        counted = _counted(connection, DeviceId(device))
        later = {stream: max(last, known.get(stream, 0)) for stream, last in counted.items()}
        if any(last > known.get(stream, 0) for stream, last in later.items()):
            whole = tuple(sorted((known | later).items()))
            revoked = DeviceRevoked(device_id=DeviceId(device), reason=standing[0].reason, last=whole)
            changes |= ws.append_in(connection, ws.space, revoked)
    return changes


def cuts_of(connection: sa.Connection, ws: Workspace, device: DeviceId) -> Mapping[str, int] | None:
    """Return up to where the streams of a device count that the team trusts no longer; None while it is trusted."""
    rows = connection.exec_driver_sql(
        "SELECT last FROM standing_device_revoked WHERE in_space=? AND device_id=?", (ws.space, device)
    ).all()
    cuts: dict[str, int] = {}
    for (last,) in rows:
        for stream, number in msgspec.json.decode(last, type=_Last):
            cuts[stream] = max(number, cuts.get(stream, 0))  # two of the team's laptops may have decided it
    return cuts if rows else None


def _counted(connection: sa.Connection, device: DeviceId) -> Mapping[str, int]:
    """Return the last number up to which all of a stream counts here, for each stream of a device.

    What the team let in one by one after that counts too, but takes nothing else along.
    """
    rows = connection.exec_driver_sql(
        "SELECT t.id, coalesce(min(q.seq)-1, t.last) AS until FROM stream t"
        " LEFT JOIN quarantine q ON q.stream=t.no AND q.reason='revoked'"
        " WHERE t.device=? GROUP BY t.id HAVING until>0",
        (device,),
    )
    return {str(stream): int(last) for stream, last in rows.all()}
