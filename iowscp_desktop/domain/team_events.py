"""What the team writes in its own space: whom it knows, what it asks, and whom it lets in. It never leaves the team."""

from typing_extensions import override

from iowscp_desktop.domain.event import Event
from iowscp_desktop.domain.ids import (
    DeviceId,
    InvitationId,
    OrganisationId,
    PersonId,
    Place,
    QuestionId,
    Register,
    ResponseId,
    RoundId,
    Sha256,
    StreamId,
    Whole,
)


class PartnershipNamed(Event, frozen=True, kw_only=True):
    """The team named its partnership, and the spare key that opens the workspaces it invites people to."""

    name: str
    escrow: tuple[str, ...] = ()
    """age recipients; the identity behind them lies offline."""

    @property
    @override
    def register(self) -> Register:
        return Register("partnership")


class OrganisationAdded(Event, frozen=True, kw_only=True):
    """The team added a school or agency."""

    organisation_id: OrganisationId
    name: str
    sort: str

    @property
    @override
    def register(self) -> Register:
        return Register(f"organisation/{self.organisation_id}")


class ToolAdopted(Event, frozen=True, kw_only=True):
    """The team took an edition of a tool into use; its files are kept by digest."""

    package: Sha256
    tool_id: str
    edition: str
    title: str

    @property
    @override
    def register(self) -> Register:
        return Register(f"tool/{self.package}")


class RoundOpened(Event, frozen=True, kw_only=True):
    """The team opened a round: one tool, many organisations, one date."""

    round_id: RoundId
    title: str
    package: Sha256
    due: str

    @property
    @override
    def register(self) -> Register:
        return Register(f"round/{self.round_id}")


class InvitationIssued(Event, frozen=True, kw_only=True):
    """The team invited one device of an organisation, or a panel member. One code, one device."""

    invitation_id: InvitationId
    holder: str
    """An organisation's id, or a panel member's person id."""
    role: str
    response_id: ResponseId | None = None
    round_id: RoundId | None = None
    expires: str
    secret: str
    """Hex; proves that the answer comes from who opened the file. Shared by the team's laptops."""

    @property
    @override
    def register(self) -> Register:
        return Register(f"invitation/{self.invitation_id}")


class DeviceEnrolled(Event, frozen=True, kw_only=True):
    """The team accepted a device's answer to an invitation and certified it."""

    device_id: DeviceId
    invitation_id: InvitationId
    holder: str
    role: str
    recipient: str
    certificate: str

    @property
    @override
    def register(self) -> Register:
        return Register(f"device/{self.device_id}")


class PanellistAsked(Event, frozen=True, kw_only=True):
    """The team allocated one response to one panel member."""

    round_id: RoundId
    response_id: ResponseId
    person_id: PersonId
    name: str

    @property
    @override
    def register(self) -> Register:
        return Register(f"allocation/{self.round_id}/{self.response_id}/{self.person_id}")


class ScoreAgreed(Event, frozen=True, kw_only=True):
    """The panel agreed one item. It stands beside self and panel scores and overwrites none of them."""

    response_id: ResponseId
    question_id: QuestionId
    point: str
    reason: str = ""
    cites: tuple[tuple[str, int], ...] = ()

    @property
    @override
    def register(self) -> Register:
        return Register(f"agreed/{self.response_id}/{self.question_id}")


# --- devices, keys, and who is no longer trusted -------------------------------------------------


class HolderKeyMade(Event, frozen=True, kw_only=True):
    """The team made a key that all devices of one organisation or panel member open files with."""

    holder_id: str
    number: Whole
    identity: str
    """The secret: it travels sealed, in invitations and directories, to devices of the holder alone."""
    recipient: str

    @property
    @override
    def register(self) -> Register:
        return Register(f"key/{self.holder_id}")


class InvitationCancelled(Event, frozen=True, kw_only=True):
    """The team took an invitation back: whoever answers it now is not let in."""

    invitation_id: InvitationId

    @property
    @override
    def register(self) -> Register:
        return Register(f"cancelled/{self.invitation_id}")


class InvitationAnswered(Event, frozen=True, kw_only=True):
    """A device that was known already opened one more invitation."""

    invitation_id: InvitationId
    device_id: DeviceId

    @property
    @override
    def register(self) -> Register:
        return Register(f"answered/{self.invitation_id}")


class DeviceConfirmed(Event, frozen=True, kw_only=True):
    """The team heard a device's sign read out over the telephone, and it was the same."""

    device_id: DeviceId

    @property
    @override
    def register(self) -> Register:
        return Register(f"confirmed/{self.device_id}")


class DeviceRevoked(Event, frozen=True, kw_only=True):
    """The team trusts a device no longer. What it wrote after these numbers does not count; no clock decides."""

    device_id: DeviceId
    reason: str
    last: tuple[tuple[str, int], ...]
    """The last number accepted of each of its streams."""

    @property
    @override
    def register(self) -> Register:
        return Register(f"revoked/{self.device_id}")


class RootChanged(Event, frozen=True, kw_only=True):
    """The team changed its own keys. Old and new key have both signed the step from one to the other."""

    number: Whole
    signing: str
    """The new secret key, in hex: the team's laptops share it."""
    identity: str
    steps: str
    """Every step since the first key, as it travels."""

    @property
    @override
    def register(self) -> Register:
        return Register("root")


class AsideSettled(Event, frozen=True, kw_only=True):
    """The team looked at an entry that was set aside, and lets it count from now on, or leaves it where it is.

    What was let in once stays in: two of the team's laptops that decide differently come to the same.
    """

    stream_id: StreamId
    entry_seq: Place
    entry_id: Sha256
    """The entry's hash: where two stories go by one number, this is which."""
    is_released: bool
    reason: str

    @property
    @override
    def register(self) -> Register:
        return Register(f"aside/{self.stream_id}/{self.entry_seq}/{self.entry_id[:16]}")


class StoryKept(Event, frozen=True, kw_only=True):
    """A stream parted here: a device was copied, and both went on. The story that had come first goes on.

    It is written down when the other story comes, so all the team's laptops come to the same. Of two that are named
    where one stream parts, `domain.merge.story` says which it is.
    """

    stream_id: StreamId
    entry_seq: Place
    entry_id: Sha256
    """The hash of the first entry after the parting."""

    @property
    @override
    def register(self) -> Register:
        return Register(f"story/{self.stream_id}/{self.entry_seq}/{self.entry_id[:16]}")


class FileDeclined(Event, frozen=True, kw_only=True):
    """The team looked at a file that nobody known here sent, and will not take it in."""

    file_id: Sha256
    reason: str

    @property
    @override
    def register(self) -> Register:
        return Register(f"declined/{self.file_id}")
