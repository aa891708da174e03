"""Actions of an organisation: the team sets them, they go out, and how far they are comes home. Small, on purpose."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from iowscp_desktop.app import exchange
from iowscp_desktop.app.devices import directory_members
from iowscp_desktop.app.exchange import Parcel
from iowscp_desktop.app.identities import recipients_of
from iowscp_desktop.app.rounds import team_of
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.events import ActionProgressed, ActionSet, ResponseAssigned
from iowscp_desktop.domain.ids import (
    ActionId,
    OrganisationId,
    ResponseId,
    actions_space,
)
from iowscp_desktop.errors import NotYours

STATES = ("begun", "done", "stopped")


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLine:
    """One action, and how far it is."""

    action_id: ActionId
    organisation_id: OrganisationId
    title: str = field(repr=False)
    owner: str = field(repr=False)
    due: date | None
    question_id: str
    state: str
    """`begun`, `done`, `stopped`; empty while nobody has said anything."""
    note: str = field(repr=False)
    said: str
    """When that was said, as the journal writes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAction:
    """What is to be done."""

    title: str = field(repr=False)
    owner: str = field(default="", repr=False)
    due: date | None = None
    response_id: ResponseId | None = None
    question_id: str = ""


def set_actions(ws: Workspace, organisation_id: OrganisationId, wanted: Sequence[NewAction]) -> Changes:
    """Write down what an organisation and the team agreed to do."""
    team_of(ws)
    events = [
        ActionSet(
            action_id=ActionId(ws.world.new_id()),
            organisation_id=organisation_id,
            response_id=each.response_id,
            question_id=each.question_id,
            title=each.title.strip(),
            owner=each.owner.strip(),
            due=each.due.isoformat() if each.due else "",
        )
        for each in wanted
    ]
    return ws.append(actions_space(organisation_id), *events) if events else Changes()


def actions(ws: Workspace, organisation_id: OrganisationId | None = None) -> tuple[ActionLine, ...]:
    """Return actions, the next date first; without an organisation, those of all that are known here."""
    space = None if organisation_id is None else actions_space(organisation_id)
    progress = {  # by space too: nobody says how far another organisation's action is
        (held.space, held.event.action_id): held
        for held in sorted(ws.standing(ActionProgressed, space=space), key=lambda held: (held.at, held.id))
    }
    lines = {
        held.event.action_id: ActionLine(
            action_id=held.event.action_id,
            organisation_id=held.event.organisation_id,
            title=held.event.title,
            owner=held.event.owner,
            due=date.fromisoformat(held.event.due) if held.event.due else None,
            question_id=held.event.question_id,
            state="" if said is None else said.event.state,
            note="" if said is None else said.event.note,
            said="" if said is None else said.at,
        )
        for held in ws.standing(ActionSet, space=space)
        for said in (progress.get((held.space, held.event.action_id)),)
    }
    return tuple(sorted(lines.values(), key=lambda line: (line.due or date.max, line.title, line.action_id)))


def say_progress(ws: Workspace, action_id: ActionId, state: str, note: str = "") -> Changes:
    """Say how far an action is.

    Raises:
        NotYours: There is no such action here.
    """
    if state not in STATES:
        raise ValueError(state)
    found = ws.standing(ActionSet, action_id=action_id)
    if not found:
        raise NotYours
    return ws.append(found[0].space, ActionProgressed(action_id=action_id, state=state, note=note.strip()))


def send_plan(ws: Workspace, organisation_id: OrganisationId, folder: Path) -> Path:
    """Seal an organisation's actions to its devices.

    Raises:
        FileUnwritable: The folder cannot be written.
    """
    team_of(ws)
    parcel = Parcel(
        type="actions",
        spaces=[actions_space(organisation_id)],
        recipients=recipients_of(ws, organisation_id),
        members=directory_members(ws, organisation_id),
        reader=organisation_id,
    )
    return exchange.send(ws, parcel, folder)


def send_progress(ws: Workspace, folder: Path) -> Path:
    """Seal what was said about this organisation's actions to those who asked for its returns.

    Raises:
        NotYours: Nothing is asked here.
        FileUnwritable: The folder cannot be written.
    """
    assigned = ws.standing(ResponseAssigned)
    if not assigned or ws.team is not None:
        raise NotYours
    newest = max(assigned, key=lambda held: held.at).event
    parcel = Parcel(type="actions", spaces=[actions_space(newest.organisation_id)], recipients=newest.recipients)
    return exchange.send(ws, parcel, folder)
