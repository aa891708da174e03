"""What the team answers to an organisation: feedback, actions; and what is done about them."""

from typing_extensions import override

from iowscp_desktop.domain.event import Event
from iowscp_desktop.domain.ids import ActionId, OrganisationId, Register, ResponseId, Sha256


class FeedbackGiven(Event, frozen=True, kw_only=True):
    """The team told an organisation what the panel agreed, and sent the letter."""

    response_id: ResponseId
    revision: Sha256
    """Which answers were scored."""
    agreed: tuple[tuple[str, str, str], ...]
    """Of each item: its id, the agreed point, and the reason where it differs."""
    letter: Sha256
    letter_size: int
    signatory: str

    @property
    @override
    def register(self) -> Register:
        return Register(f"feedback/{self.response_id}")


class ActionSet(Event, frozen=True, kw_only=True):
    """The team and an organisation agreed that something is to be done, by whom and when."""

    action_id: ActionId
    organisation_id: OrganisationId
    response_id: ResponseId | None = None
    question_id: str = ""
    """The item it follows from; empty when it follows from none."""
    title: str
    owner: str = ""
    due: str = ""

    @property
    @override
    def register(self) -> Register:
        return Register(f"action/{self.action_id}")


class ActionProgressed(Event, frozen=True, kw_only=True):
    """Somebody of the organisation said how far an action is."""

    action_id: ActionId
    state: str
    """`begun`, `done` or `stopped`."""
    note: str = ""

    @property
    @override
    def register(self) -> Register:
        return Register(f"progress/{self.action_id}")
