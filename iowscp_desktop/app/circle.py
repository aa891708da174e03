"""What is known of devices and names before files come: read once for all of them, and again when it changes."""

from collections.abc import Mapping
from functools import cached_property

from iowscp_desktop.app.identities import identities, trusted_keys
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.bundles import Certificate, Manifest
from iowscp_desktop.crypto import Identity, VerifyKey
from iowscp_desktop.domain.events import DeviceRevoked
from iowscp_desktop.domain.grants import Role
from iowscp_desktop.domain.ids import DeviceId
from iowscp_desktop.store.local import FILE, RANGE


class Circle:
    """Keys that files are opened with, keys that count as the team's, and who is called what."""

    def __init__(self, ws: Workspace, *, opens_revoked: bool = False) -> None:
        self._ws = ws
        self.opens_revoked = opens_revoked
        """Whether a file is opened that a computer carries which is trusted no longer; its words lie aside."""
        self._names: dict[tuple[str, str], str] = {}
        self._noted: dict[tuple[str, str], int] = {}

    def renewed(self) -> "Circle":
        """Return what is known of devices and names now; what is remembered of files does not change with it."""
        new = Circle(self._ws, opens_revoked=self.opens_revoked)
        new.__dict__ |= {
            name: self.__dict__[name] for name in ("files", "lists", "_newest", "_noted") if name in self.__dict__
        }
        return new

    def opened_by(self, manifest: Manifest) -> None:
        """Try first, from now on, the keys that this file names: the next one is most often sealed to the same."""
        named = set(manifest.to)
        self.identities.sort(key=lambda identity: identity.recipient.text not in named)

    def note(self, manifest: Manifest) -> None:
        """Remember the number of a file that was taken in."""
        sort = (manifest.signer, manifest.type)
        self._noted[sort] = max(manifest.number, self._noted.get(sort, 0))

    def has_newer(self, manifest: Manifest) -> bool:
        """Tell whether a later file of the same signer and type was taken in."""
        sort = (manifest.signer, manifest.type)
        return max(self._newest.get(sort, 0), self._noted.get(sort, 0)) > manifest.number

    @cached_property
    def identities(self) -> list[Identity]:
        """Everything that files for this workspace may be sealed to."""
        return identities(self._ws)

    @cached_property
    def team_keys(self) -> tuple[VerifyKey, ...]:
        """The keys whose word counts as the team's, the one in force first."""
        return trusted_keys(self._ws)

    @cached_property
    def certificates(self) -> Mapping[DeviceId, bytes]:
        """The certificates of all devices that are known here."""
        return self._ws.store.local.certificates()

    @cached_property
    def revoked(self) -> frozenset[DeviceId]:
        """The devices that the team trusts no longer; read where the team takes files in."""
        return frozenset(held.event.device_id for held in self._ws.standing(DeviceRevoked, space=self._ws.space))

    def shuts_out(self, device: DeviceId, sort: str) -> bool:
        """Tell whether what a device carries is not even opened. Of sheets that are nobody's, none could lie aside."""
        return device in self.revoked and (sort == "survey" or not self.opens_revoked)

    @cached_property
    def files(self) -> set[str]:
        """The digests of the files that were taken in; whoever takes one in adds it."""
        return {name.removeprefix(FILE) for name in self._ws.store.local.names(FILE)}

    @cached_property
    def lists(self) -> frozenset[str]:
        """The digests of the lists of entries that were wholly taken in."""
        return frozenset(name.removeprefix(RANGE) for name in self._ws.store.local.names(RANGE))

    @cached_property
    def _newest(self) -> Mapping[tuple[str, str], int]:
        """The highest number of each signer's files of each type, before this circle noted any."""
        return self._ws.store.local.newest_numbers()

    def name_of(self, sender: Certificate | None) -> str:
        """Return whose device this is, in the words people know them by; None is the team's."""
        key = ("", "") if sender is None else (sender.role, sender.holder)
        if key not in self._names:
            self._names[key] = self._partnership() if sender is None else self._holder(sender)
        return self._names[key]

    def _partnership(self) -> str:
        return self._first("SELECT partnership_name FROM standing_response_assigned WHERE ?=''", "")

    def _holder(self, sender: Certificate) -> str:
        if sender.role == Role.PANEL:
            return self._first("SELECT name FROM standing_panellist_asked WHERE person_id=?", sender.holder)
        return self._organisations.get(sender.holder) or self._first(
            "SELECT name FROM standing_organisation_added WHERE organisation_id=?1 UNION ALL"
            " SELECT organisation_name FROM standing_response_assigned WHERE organisation_id=?1",
            sender.holder,
        )

    @cached_property
    def _organisations(self) -> Mapping[str, str]:
        """Every organisation's name: asked one by one, each costs a walk past all of them."""
        with self._ws.store.database.reading() as connection:
            return {
                organisation: name
                for table, column in (("response_assigned", "organisation_name"), ("organisation_added", "name"))
                for organisation, name in reversed(
                    connection.exec_driver_sql(
                        f"SELECT organisation_id, {column} FROM standing_{table}"  # noqa: S608 - named here
                    ).all()
                )
            }

    def _first(self, query: str, value: str) -> str:
        with self._ws.store.database.reading() as connection:
            return connection.exec_driver_sql(query + " LIMIT 1", (value,)).scalar() or ""
