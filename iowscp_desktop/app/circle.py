"""What is known of devices and names before files come: read once for all of them, and again when it changes."""

from functools import cached_property

from iowscp_desktop.app.identities import identities, trusted_keys
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.bundles import Certificate
from iowscp_desktop.crypto import Identity, VerifyKey
from iowscp_desktop.domain.events import OrganisationAdded, PanellistAsked, ResponseAssigned
from iowscp_desktop.domain.grants import Role
from iowscp_desktop.domain.ids import OrganisationId, PersonId


class Circle:
    """Keys that files are opened with, keys that count as the team's, and who is called what."""

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws
        self._names: dict[tuple[str, str], str] = {}

    @cached_property
    def identities(self) -> list[Identity]:
        """Everything that files for this workspace may be sealed to."""
        return identities(self._ws)

    @cached_property
    def team_keys(self) -> tuple[VerifyKey, ...]:
        """The keys whose word counts as the team's, the one in force first."""
        return trusted_keys(self._ws)

    def name_of(self, sender: Certificate | None) -> str:
        """Return whose device this is, in the words people know them by; None is the team's."""
        key = ("", "") if sender is None else (sender.role, sender.holder)
        if key not in self._names:
            self._names[key] = self._partnership() if sender is None else self._holder(sender)
        return self._names[key]

    def _partnership(self) -> str:
        assigned = self._ws.standing(ResponseAssigned)
        return assigned[0].event.partnership_name if assigned else ""

    def _holder(self, sender: Certificate) -> str:
        ws, holder = self._ws, sender.holder
        if sender.role == Role.PANEL:
            asked = ws.standing(PanellistAsked, space=ws.space, person_id=PersonId(holder))
            return asked[0].event.name if asked else ""
        known = ws.standing(OrganisationAdded, space=ws.space, organisation_id=OrganisationId(holder))
        if known:
            return known[0].event.name
        own = ws.standing(ResponseAssigned, organisation_id=OrganisationId(holder))
        return own[0].event.organisation_name if own else ""
