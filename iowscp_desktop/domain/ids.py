"""Names for things: ids that cannot be swapped, and the one home of random ids."""

import hashlib
import uuid
from typing import Annotated, NamedTuple, NewType

import msgspec

OrganisationId = NewType("OrganisationId", str)
PersonId = NewType("PersonId", str)
ProjectId = NewType("ProjectId", str)
RoundId = NewType("RoundId", str)
ResponseId = NewType("ResponseId", str)
InvitationId = NewType("InvitationId", str)
AttachmentId = NewType("AttachmentId", str)
QuestionId = NewType("QuestionId", str)
InstanceId = NewType("InstanceId", str)
ActionId = NewType("ActionId", str)

DeviceId = NewType("DeviceId", str)
"""A device is its signing key: the 32-byte Ed25519 public key in hex, so a seal proves who made it."""

SpaceId = NewType("SpaceId", str)
"""The unit of sharing, grant and retention; made by the functions below, never by hand."""

StreamId = NewType("StreamId", str)
"""First 16 bytes, in hex, of the hash that begins a stream's chain."""

Register = NewType("Register", str)
"""One thing that has one value, or a conflict, inside a space: `answer/dsl_named`."""

Sha256 = NewType("Sha256", str)
"""A SHA-256 digest in hex."""


Whole = Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]
"""A count or number that came from elsewhere: every JSON reader and every database holds it."""

Place = Annotated[int, msgspec.Meta(ge=1, le=2**53 - 1)]
"""An entry's number in its stream."""


class EntryId(NamedTuple):
    """Where an entry stands: its stream and its number there, from 1."""

    stream: StreamId
    seq: int


def new_id() -> str:
    """Return a fresh random id, 32 hex characters."""
    return uuid.uuid4().hex


def response_space(response_id: ResponseId) -> SpaceId:
    """Return the space that holds one response."""
    return SpaceId(f"response/{response_id}")


def panel_space(round_id: RoundId, member: PersonId) -> SpaceId:
    """Return the space that holds one panel member's scores in one round."""
    return SpaceId(f"panel/{round_id}/{member}")


def team_space(project_id: ProjectId) -> SpaceId:
    """Return the partnership team's own space."""
    return SpaceId(f"team/{project_id}")


def feedback_space(response_id: ResponseId) -> SpaceId:
    """Return the space in which the team answers one response. It is apart: panel packs do not hold it."""
    return SpaceId(f"feedback/{response_id}")


def anonymous_space(response_id: ResponseId) -> SpaceId:
    """Return the space of what people answer to a survey without their names."""
    return SpaceId(f"anonymous/{response_id}")


def anonymous_of(space: SpaceId) -> ResponseId | None:
    """Return whose survey a space holds, or None when it holds something else."""
    sort, _, rest = space.partition("/")
    return ResponseId(rest) if sort == "anonymous" else None


def actions_space(organisation_id: OrganisationId) -> SpaceId:
    """Return the space of one organisation's actions."""
    return SpaceId(f"actions/{organisation_id}")


def same_response(project_id: ProjectId, round_id: RoundId, organisation_id: OrganisationId) -> ResponseId:
    """Return the id of an organisation's response in a round: the same on each of the team's laptops."""
    seed = f"response|{project_id}|{round_id}|{organisation_id}"
    return ResponseId(hashlib.sha256(seed.encode()).hexdigest()[:32])


def response_of(space: SpaceId) -> ResponseId | None:
    """Return whose response a space holds, or None when it holds something else."""
    sort, _, rest = space.partition("/")
    return ResponseId(rest) if sort == "response" else None


def panel_of(space: SpaceId) -> tuple[RoundId, PersonId] | None:
    """Return the round and the judge of a panel member's space, or None."""
    parts = space.split("/")
    return (RoundId(parts[1]), PersonId(parts[2])) if parts[0] == "panel" and len(parts) == 3 else None
