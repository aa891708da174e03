"""What is said in a survey that nobody signs: one event for each submission, and nothing that tells who gave it."""

from typing import Final

from typing_extensions import override

from iowscp_desktop.domain.event import Event
from iowscp_desktop.domain.ids import PersonId, Register, ResponseId

ANONYMOUS: Final = PersonId("anonymous")
"""Who wrote it, as far as the journal says."""

MIDNIGHT: Final = "T00:00:00.000Z"
"""How the moment of an anonymous entry ends: the day is kept, the hour is not."""


class SurveyAnswered(Event, frozen=True, kw_only=True):
    """Somebody gave their answers. All of them are in one entry, so that nothing has an order."""

    response_id: ResponseId
    submission_id: str
    answers: dict[str, str]

    @property
    @override
    def register(self) -> Register:
        return Register(f"submission/{self.submission_id}")
