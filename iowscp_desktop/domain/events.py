"""What can happen: past-tense facts, a closed union. Consequences (scores, overdue) are computed, never written.

Each class is one kind in the journal. Its wire form is a JSON object whose `kind` is the class name in
kebab-case; `v` is raised when a field changes its meaning and old versions are upcast on read. `register`
names the one thing the event gives a value to. Kinds and field names are a data format: never renamed.
What the team keeps to itself is in `team_events`, what it answers to an organisation in `follow_up_events`.
"""

from typing_extensions import override

from iowscp_desktop.domain.event import Event, NotYetKnown, kind_of
from iowscp_desktop.domain.follow_up_events import ActionProgressed, ActionSet, FeedbackGiven
from iowscp_desktop.domain.ids import (
    AttachmentId,
    InstanceId,
    OrganisationId,
    PersonId,
    QuestionId,
    Register,
    ResponseId,
    RoundId,
    Sha256,
    Whole,
)
from iowscp_desktop.domain.record_events import EntriesErased
from iowscp_desktop.domain.survey_events import SurveyAnswered
from iowscp_desktop.domain.team_events import (
    AsideSettled,
    DeviceConfirmed,
    DeviceEnrolled,
    DeviceRevoked,
    FileDeclined,
    HolderKeyMade,
    InvitationAnswered,
    InvitationCancelled,
    InvitationIssued,
    OrganisationAdded,
    PanellistAsked,
    PartnershipNamed,
    RootChanged,
    RoundOpened,
    ScoreAgreed,
    StoryKept,
    ToolAdopted,
)


def _inside(instances: tuple[InstanceId, ...]) -> str:
    return "@" + ".".join(instances) if instances else ""


# --- one response --------------------------------------------------------------------------------


class ResponseAssigned(Event, frozen=True, kw_only=True):
    """The team asked an organisation for one response with one edition of a tool."""

    response_id: ResponseId
    tool_id: str
    edition: str
    package: Sha256
    title: str
    round_id: RoundId
    round_title: str
    organisation_id: OrganisationId
    organisation_name: str
    due: str
    partnership_name: str
    recipients: tuple[str, ...]
    """age recipients of everybody the return is sealed to; Section 11 may name several partnerships."""
    escrow: tuple[str, ...] = ()
    """age recipients of the partnership's spare key, which opens a workspace that began with this."""

    @property
    @override
    def register(self) -> Register:
        return Register("assignment")


class EditionChanged(Event, frozen=True, kw_only=True):
    """A person moved a response to another edition of its tool. Until somebody does, a draft stays on its own."""

    package: Sha256
    """The files of the edition: the hash of what the form was made from."""
    edition: str
    before: Sha256
    """The edition it was moved from."""
    form: Sha256
    """The compiled form, as it was made on the computer where this was decided."""
    engine: str
    seen: tuple[tuple[str, int], ...] = ()
    """The entries whose words went along under another name: what comes later under an old name did not."""

    @property
    @override
    def register(self) -> Register:
        return Register("form/edition")


class PersonIntroduced(Event, frozen=True, kw_only=True):
    """A person who writes here said who they are."""

    person_id: PersonId
    name: str
    role: str

    @property
    @override
    def register(self) -> Register:
        return Register(f"person/{self.person_id}")


class AnswerRecorded(Event, frozen=True, kw_only=True):
    """A person gave, changed or cleared one answer."""

    question_id: QuestionId
    instances: tuple[InstanceId, ...] = ()
    value: str | None
    """The answer as XForms text; None clears it."""

    @property
    @override
    def register(self) -> Register:
        return Register(f"answer/{self.question_id}{_inside(self.instances)}")


class WordsConsidered(Event, frozen=True, kw_only=True):
    """A person looked at an answer that seemed to point at somebody, and let its words stand."""

    question_id: QuestionId
    instances: tuple[InstanceId, ...] = ()
    wording: tuple[str, int]
    """The entry that wrote the answer: stream and number. What was considered is read there, never copied."""

    @property
    @override
    def register(self) -> Register:
        return Register(f"considered/{self.question_id}{_inside(self.instances)}")


class RepeatAdded(Event, frozen=True, kw_only=True):
    """A person added one more of something that repeats."""

    repeat_id: QuestionId
    within: tuple[InstanceId, ...] = ()
    instance: InstanceId

    @property
    @override
    def register(self) -> Register:
        return Register(f"repeat/{self.repeat_id}{_inside((*self.within, self.instance))}")


class RepeatRemoved(Event, frozen=True, kw_only=True):
    """A person took one away. Answers in it that they had not seen (`seen`) make this a conflict."""

    repeat_id: QuestionId
    within: tuple[InstanceId, ...] = ()
    instance: InstanceId
    seen: tuple[tuple[str, int], ...] = ()

    @property
    @override
    def register(self) -> Register:
        return Register(f"repeat/{self.repeat_id}{_inside((*self.within, self.instance))}")


class RepeatOrdered(Event, frozen=True, kw_only=True):
    """A person put the instances of a repeat in order."""

    repeat_id: QuestionId
    within: tuple[InstanceId, ...] = ()
    order: tuple[InstanceId, ...]

    @property
    @override
    def register(self) -> Register:
        return Register(f"order/{self.repeat_id}{_inside(self.within)}")


class EvidenceAttached(Event, frozen=True, kw_only=True):
    """A person attached a file to a question. The bytes travel and are stored apart, by their digest."""

    attachment_id: AttachmentId
    question_id: QuestionId
    instances: tuple[InstanceId, ...] = ()
    name: str
    media_type: str
    size: Whole
    sha256: Sha256

    @property
    @override
    def register(self) -> Register:
        return Register(f"evidence/{self.attachment_id}")


class EvidenceDetached(Event, frozen=True, kw_only=True):
    """A person took a file away from a question."""

    attachment_id: AttachmentId

    @property
    @override
    def register(self) -> Register:
        return Register(f"evidence/{self.attachment_id}")


class ResponseFinalised(Event, frozen=True, kw_only=True):
    """A person declared the response complete: revision `number` is the set of heads with this digest."""

    number: Whole
    digest: Sha256
    heads: Whole
    moment: str
    zone: str
    computed: dict[str, str] = {}  # noqa: RUF012 - a Struct makes a new one each time
    """Values of calculations, by path, as they stood: nobody recomputes `today()` later."""
    package: Sha256 | None = None
    """The edition that was answered."""
    form: Sha256 | None = None
    """The compiled form it was answered with, and the engine that had compiled it."""
    engine: str = ""

    @property
    @override
    def register(self) -> Register:
        return Register("revision")


class ResponseReopened(Event, frozen=True, kw_only=True):
    """A person opened a finalised response again; what follows is revision `number` + 1."""

    number: Whole
    reason: str

    @property
    @override
    def register(self) -> Register:
        return Register("revision")


class SignedOff(Event, frozen=True, kw_only=True):
    """A person signed one revision in one role."""

    role: str
    name: str
    number: Whole
    digest: Sha256
    own_device: bool
    """True when it was typed on the signer's own device, False on somebody else's."""

    @property
    @override
    def register(self) -> Register:
        return Register(f"signature/{self.number}/{self.role}")


class ReadingRecorded(Event, frozen=True, kw_only=True):
    """The team recorded how it reads an answer that the organisation signed in two versions."""

    target: Register
    value: str | None
    reason: str
    cites: tuple[tuple[str, int], ...]

    @property
    @override
    def register(self) -> Register:
        return Register(f"reading/{self.target}")


class ReceiptIssued(Event, frozen=True, kw_only=True):
    """The team told the organisation that a return arrived."""

    number: str
    bundle: str
    entries: Whole
    revision: Whole = 0

    @property
    @override
    def register(self) -> Register:
        return Register(f"receipt/{self.bundle}")


# --- one panel member's scores -------------------------------------------------------------------


class ScoringAsked(Event, frozen=True, kw_only=True):
    """The team asked a panel member to score these responses alone."""

    round_id: RoundId
    round_title: str
    partnership_name: str
    person_id: PersonId
    name: str
    responses: tuple[ResponseId, ...]
    recipients: tuple[str, ...]
    escrow: tuple[str, ...] = ()

    @property
    @override
    def register(self) -> Register:
        return Register("asked")


class ScoreGiven(Event, frozen=True, kw_only=True):
    """A panel member judged one item of one revision."""

    judge: PersonId
    response_id: ResponseId
    question_id: QuestionId
    point: str
    remark: str = ""
    revision: Sha256 | None = None

    @property
    @override
    def register(self) -> Register:
        return Register(f"score/{self.judge}/{self.response_id}/{self.question_id}")


class ScoringFinished(Event, frozen=True, kw_only=True):
    """A panel member is done with one response."""

    judge: PersonId
    response_id: ResponseId

    @property
    @override
    def register(self) -> Register:
        return Register(f"finished/{self.judge}/{self.response_id}")


Known = (
    ResponseAssigned
    | EditionChanged
    | PersonIntroduced
    | AnswerRecorded
    | WordsConsidered
    | RepeatAdded
    | RepeatRemoved
    | RepeatOrdered
    | EvidenceAttached
    | EvidenceDetached
    | ResponseFinalised
    | ResponseReopened
    | SignedOff
    | ReadingRecorded
    | ReceiptIssued
    | ScoringAsked
    | ScoreGiven
    | ScoringFinished
    | PartnershipNamed
    | OrganisationAdded
    | ToolAdopted
    | RoundOpened
    | InvitationIssued
    | DeviceEnrolled
    | PanellistAsked
    | ScoreAgreed
    | EntriesErased
    | HolderKeyMade
    | InvitationCancelled
    | InvitationAnswered
    | DeviceConfirmed
    | DeviceRevoked
    | RootChanged
    | FeedbackGiven
    | ActionSet
    | ActionProgressed
    | SurveyAnswered
    | AsideSettled
    | FileDeclined
    | StoryKept
)
"""Every kind this program writes."""


_NAMING = (EvidenceAttached, FeedbackGiven, ResponseAssigned, EditionChanged, ToolAdopted)

NAMING_KINDS = frozenset(kind_of(kind.__name__) for kind in _NAMING)
"""The kinds of events that name files."""


def files_named(event: Known | NotYetKnown | None) -> frozenset[Sha256]:
    """Return the digests of the files that an event names: they travel with it."""
    if isinstance(event, EvidenceAttached):
        return frozenset({event.sha256})
    if isinstance(event, FeedbackGiven):
        return frozenset({event.letter})
    if isinstance(event, ResponseAssigned | EditionChanged | ToolAdopted):
        return frozenset({event.package})
    return frozenset()


KINDS: dict[str, type[Event]] = {kind_of(kind.__name__): kind for kind in Known.__args__}

__all__ = [
    "KINDS",
    "NAMING_KINDS",
    "ActionProgressed",
    "ActionSet",
    "AnswerRecorded",
    "AsideSettled",
    "DeviceConfirmed",
    "DeviceEnrolled",
    "DeviceRevoked",
    "EditionChanged",
    "EntriesErased",
    "Event",
    "EvidenceAttached",
    "EvidenceDetached",
    "FeedbackGiven",
    "FileDeclined",
    "HolderKeyMade",
    "InvitationAnswered",
    "InvitationCancelled",
    "InvitationIssued",
    "Known",
    "NotYetKnown",
    "OrganisationAdded",
    "PanellistAsked",
    "PartnershipNamed",
    "PersonIntroduced",
    "ReadingRecorded",
    "ReceiptIssued",
    "RepeatAdded",
    "RepeatOrdered",
    "RepeatRemoved",
    "ResponseAssigned",
    "ResponseFinalised",
    "ResponseReopened",
    "RootChanged",
    "RoundOpened",
    "ScoreAgreed",
    "ScoreGiven",
    "ScoringAsked",
    "ScoringFinished",
    "SignedOff",
    "StoryKept",
    "SurveyAnswered",
    "ToolAdopted",
    "WordsConsidered",
    "files_named",
    "kind_of",
]
