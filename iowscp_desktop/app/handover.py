"""Between devices of one holder: a school's two laptops, the team's laptops. Nobody else can open these files."""

from pathlib import Path

from iowscp_desktop.app import exchange, identities
from iowscp_desktop.app.exchange import Parcel, Progress, no_progress
from iowscp_desktop.app.invitations import tools_of
from iowscp_desktop.app.rounds import team_of
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.crypto import Identity
from iowscp_desktop.domain.ids import ResponseId, Sha256, SpaceId, response_space
from iowscp_desktop.errors import NoOtherDevice


def hand_over(ws: Workspace, response_id: ResponseId, folder: Path, progress: Progress = no_progress) -> Path:
    """Seal a response to the other devices of the same organisation, whether the team knows them yet or not.

    Raises:
        NoOtherDevice: The invitation gave this device no key that others share.
        FileUnwritable: The folder cannot be written.
    """
    keys = identities.holder_keys(ws)
    if keys is None:
        raise NoOtherDevice
    spaces = [response_space(response_id)]
    parcel = Parcel(
        type="handover",
        spaces=spaces,
        recipients=[Identity.from_text(keys.identities[0]).recipient.text],
        tools=_tools_here(ws, spaces),
    )
    return exchange.send(ws, parcel, folder, progress)


def send_to_team_laptops(ws: Workspace, folder: Path, progress: Progress = no_progress) -> Path:
    """Seal all that the team knows to its other laptops: whoever takes it in knows the same afterwards.

    Raises:
        FileUnwritable: The folder cannot be written.
    """
    team_of(ws)
    spaces = ws.store.journal.spaces()
    parcel = Parcel(
        type="team",
        spaces=spaces,
        recipients=identities.recipients_of(ws, ws.about.project),
        tools=_tools_here(ws, spaces),
        reader=None,
    )
    return exchange.send(ws, parcel, folder, progress)


def _tools_here(ws: Workspace, spaces: list[SpaceId]) -> tuple[Sha256, ...]:
    return tuple(each for each in tools_of(ws, spaces) if ws.store.blobs.has(each))
