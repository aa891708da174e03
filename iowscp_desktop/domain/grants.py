"""What a device may write: by its role, for its holder, in which space. Merge asks for every entry.

A grant belongs to an organisation, or to a person in a role, and lasts beyond one invitation: it follows from
the device's certificate and from what the team assigned, so nothing else has to be kept in step.
"""

from collections.abc import Callable
from enum import StrEnum

from iowscp_desktop.domain.events import KINDS
from iowscp_desktop.domain.ids import OrganisationId, ResponseId, SpaceId, panel_of, response_of
from iowscp_desktop.domain.journal import Header


class Role(StrEnum):
    """Whose device it is."""

    TEAM = "team"
    ORGANISATION = "organisation"
    PANEL = "panel"


_ANSWERING = frozenset(
    {
        "person-introduced",
        "answer-recorded",
        "repeat-added",
        "repeat-removed",
        "repeat-ordered",
        "evidence-attached",
        "evidence-detached",
        "response-finalised",
        "response-reopened",
        "signed-off",
    }
)
_SCORING = frozenset({"person-introduced", "score-given", "scoring-finished"})

MAY_SEND = {
    Role.TEAM: frozenset({"panel-pack", "feedback", "receipt", "tool-update", "directory"}),
    Role.ORGANISATION: frozenset({"return", "handover"}),
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
) -> str | None:
    """Return why an entry is outside its author's grant, as a stable word, or None when it is inside.

    Returns:
        `newer-kind` (an update may let it in), `other-space`, `other-kind`, `other-judge` or `unknown-role`.
    """
    if role == Role.TEAM:
        return None
    if header.kind not in KINDS:
        return "newer-kind"
    match role:
        case Role.ORGANISATION:
            response = response_of(space)
            if response is None or organisation_of(response) != holder:
                return "other-space"
            return None if header.kind in _ANSWERING else "other-kind"
        case Role.PANEL:
            panel = panel_of(space)
            if panel is None or panel[1] != holder:
                return "other-space"
            if header.kind not in _SCORING:
                return "other-kind"
            judged = header.kind != "person-introduced"
            return "other-judge" if judged and header.register.split("/")[1] != holder else None
        case _:
            return "unknown-role"
