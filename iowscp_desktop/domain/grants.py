"""What a device may write: by its role, for its holder, in which space. Merge asks for every entry.

A grant belongs to an organisation, or to a person in a role, and lasts beyond one invitation: it follows from
the device's certificate and from what the team assigned, so nothing else has to be kept in step.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum

from iowscp_desktop.domain.events import KINDS
from iowscp_desktop.domain.ids import (
    OrganisationId,
    ResponseId,
    SpaceId,
    actions_space,
    anonymous_of,
    panel_of,
    response_of,
)
from iowscp_desktop.domain.journal import Entry, Header
from iowscp_desktop.domain.survey_events import ANONYMOUS, MIDNIGHT


class Role(StrEnum):
    """Whose device it is."""

    TEAM = "team"
    ORGANISATION = "organisation"
    PANEL = "panel"


_ANSWERING = {
    "edition-changed": "form",
    "person-introduced": "person",
    "answer-recorded": "answer",
    "words-considered": "considered",
    "repeat-added": "repeat",
    "repeat-removed": "repeat",
    "repeat-ordered": "order",
    "evidence-attached": "evidence",
    "evidence-detached": "evidence",
    "response-finalised": "revision",
    "response-reopened": "revision",
    "signed-off": "signature",
    "entries-erased": "erasure",
}
_SCORING = {
    "person-introduced": "person",
    "score-given": "score",
    "scoring-finished": "finished",
    "entries-erased": "erasure",
}
_OF_A_JUDGE = {"score", "finished"}
GUEST = "guest"
"""The role of a key that wrote one anonymous submission. No device has it."""

REVOKED = "revoked"
"""Why something lies aside that a device wrote after it was trusted no longer."""

UNKNOWN_ROLE = "unknown-role"
"""Why something lies aside of which nobody knows who wrote it."""

NOBODY = "nobody"
"""The role of a device that was not let in: it may write nothing."""

_SUBMITTING = {"survey-answered": "submission"}
_ACTING = {"person-introduced": "person", "action-progressed": "progress"}
_OUTSIDE_THE_TEAM = _ANSWERING | _SCORING | _SUBMITTING | _ACTING
# Kinds, and the sort of register each gives a value to: where the payload was withheld, nothing else holds the two
# together, and a header alone must not replace what the team wrote.

MAY_SEND = {
    Role.TEAM: frozenset(
        {"assignment", "panel-pack", "feedback", "actions", "receipt", "tool-update", "directory", "team"}
    ),
    Role.ORGANISATION: frozenset({"return", "actions", "survey", "handover"}),
    Role.PANEL: frozenset({"scores"}),
}
"""Which types of bundle a role may carry."""


def refusal(
    role: str,
    holder: str,
    space: SpaceId,
    header: Header,
    *,
    organisation_of: Callable[[ResponseId], OrganisationId | None],
    last: int | None = None,
) -> str | None:
    """Return why an entry is outside its author's grant, as a stable word, or None when it is inside.

    Args:
        last: The last number that counts of this stream, where its device was revoked; None where it was not.

    Returns:
        `revoked`, `newer-kind` (an update may let it in), `other-space`, `other-kind`, `other-register`,
        `other-judge`, `not-anonymous` or `unknown-role`.
    """
    if last is not None and header.seq > last:
        return REVOKED
    if role == Role.TEAM:
        return None
    if header.kind not in KINDS:
        return "newer-kind"
    match role:
        case Role.ORGANISATION:
            response = response_of(space)
            if response is not None:
                return _outside(header, _ANSWERING) if organisation_of(response) == holder else "other-space"
            return _outside(header, _ACTING) if space == actions_space(OrganisationId(holder)) else "other-space"
        case Role.PANEL:
            panel = panel_of(space)
            return "other-space" if panel is None or panel[1] != holder else _outside_panel(header, holder)
        case "guest":
            survey = anonymous_of(space)
            return "other-space" if survey is None or organisation_of(survey) != holder else _outside_survey(header)
        case _:
            return UNKNOWN_ROLE


_DECIDED_BY_SORT = frozenset({Role.TEAM, Role.ORGANISATION})
"""Roles of which `refusal` says the same of all entries of one kind and sort of register in one stream."""


def refusing(
    role: str,
    holder: str,
    space: SpaceId,
    *,
    organisation_of: Callable[[ResponseId], OrganisationId | None],
    last: int | None = None,
) -> Callable[[Entry], str | None]:
    """Return `refusal` for the entries of one stream, asked no more often than its answer can differ."""

    def refused(entry: Entry) -> str | None:
        return refusal(role, holder, space, entry.header, organisation_of=organisation_of, last=last)

    decided: dict[str, tuple[str, str | None]] = {}

    def by_sort(entry: Entry) -> str | None:
        kind, register = entry.header.kind, entry.header.register
        before = decided.get(kind)
        if before is not None and register.startswith(before[0]):
            return before[1]
        sort, slash, _rest = register.partition("/")
        reason = refused(entry)
        if slash:
            decided[kind] = (sort + slash, reason)
        return reason

    return by_sort if last is None and role in _DECIDED_BY_SORT else refused


def may_be_let_in(header: Header) -> bool:
    """Tell whether the team can let an entry count that was outside its writer's grant.

    What the team alone writes stays out whoever asks: a receipt, an assignment, the word on a device. So does a
    header that speaks of another register than its kind gives a value to, and a kind that nobody here knows yet.
    """
    return _OUTSIDE_THE_TEAM.get(header.kind) == header.register.partition("/")[0]


def _outside_panel(header: Header, holder: str) -> str | None:
    sort, _, rest = header.register.partition("/")
    is_others = sort in _OF_A_JUDGE and rest.partition("/")[0] != holder
    return _outside(header, _SCORING) or ("other-judge" if is_others else None)


def _outside_survey(header: Header) -> str | None:
    """One submission, with nothing about it that tells one person from another."""
    is_hidden = header.author == ANONYMOUS and header.at.endswith(MIDNIGHT) and header.seq == 1
    return _outside(header, _SUBMITTING) if is_hidden else "not-anonymous"


def _outside(header: Header, kinds: Mapping[str, str]) -> str | None:
    if header.kind not in kinds:
        return "other-kind"
    return None if header.register.partition("/")[0] == kinds[header.kind] else "other-register"
