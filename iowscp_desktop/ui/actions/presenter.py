"""What is to be done, by whom, how far it is; setting, saying, sending. No Qt."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto
from pathlib import Path
from typing import Protocol

from iowscp_desktop.app import actions, rounds, tool_updates
from iowscp_desktop.app.actions import NewAction
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.clock import LOCAL_ZONE
from iowscp_desktop.domain.ids import ActionId, OrganisationId
from iowscp_desktop.text.actions import Actions as Words
from iowscp_desktop.ui.jobs import Job, Runner
from iowscp_desktop.ui.widgets.dates import read_date

Tell = Callable[[Changes], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRow:
    """One action in the list."""

    action_id: ActionId
    organisation_id: OrganisationId
    organisation: str = field(repr=False)
    title: str = field(repr=False)
    owner: str = field(repr=False)
    due: date | None
    late: bool
    state: str
    note: str = field(repr=False)
    known: bool = False
    """A computer of theirs is known: it can be sent."""


class Wrong(Enum):
    """What is missing."""

    ORGANISATION = auto()
    ACTION = auto()
    DUE = auto()
    STATE = auto()


class ActionsView(Protocol):
    """What both screens can show."""

    def show_actions(self, rows: Sequence[ActionRow]) -> None:
        """Show the list."""
        ...

    def show_wrong(self, wrong: Sequence[Wrong]) -> None:
        """Say what is missing."""
        ...

    def show_working(self, *, working: bool) -> None:
        """Say that a file is being made, or no longer."""
        ...

    def show_note(self, words: str) -> None:
        """Say what was done."""
        ...


class TeamActionsView(ActionsView, Protocol):
    """What the team's screen can show besides."""

    def show_organisations(self, organisations: Sequence[tuple[str, str]]) -> None:
        """Show for whom an action can be set."""
        ...

    def show_set(self) -> None:
        """An action was set: begin afresh."""
        ...


class _Sealing:
    """Makes one file, and says where it is."""

    def __init__(self, view: ActionsView, runner: Runner) -> None:
        self._view, self._runner = view, runner

    def make(self, work: Callable[[], Path], words: Callable[[Path], str]) -> None:
        def made(path: Path) -> None:
            self._view.show_working(working=False)
            self._view.show_note(words(path))

        def failed(error: Exception) -> None:
            self._view.show_working(working=False)
            self._view.show_note("")
            raise error

        self._view.show_working(working=True)
        self._runner.run(Job(work=lambda _ticket: work(), on_done=made, on_error=failed))


class TeamActionsPresenter:
    """The team: every action of every school, the next date first."""

    def __init__(self, ws: Workspace, view: TeamActionsView, *, runner: Runner, tell: Tell) -> None:
        self._ws, self._view, self._tell = ws, view, tell
        self._sealing = _Sealing(view, runner)

    def start(self) -> None:
        """Show what there is."""
        self._look()

    def on_changed(self, changes: Changes) -> None:
        """Look again: a merge brought something, or a deed was done."""
        if changes.spaces:
            self._look()

    def on_set(self, organisation_id: str, title: str, owner: str, due: str) -> None:
        """Write an action down."""
        day = read_date(due) if due.strip() else None
        checks = (
            (Wrong.ORGANISATION, not organisation_id),
            (Wrong.ACTION, not title.strip()),
            (Wrong.DUE, bool(due.strip()) and day is None),
        )
        wrong = [each for each, is_wrong in checks if is_wrong]
        self._view.show_wrong(wrong)
        if wrong:
            return
        holder = OrganisationId(organisation_id)
        self._tell(actions.set_actions(self._ws, holder, [NewAction(title=title, owner=owner, due=day)]))
        self._view.show_set()
        self._view.show_note(Words.was_set(self._names()[holder]))

    def on_send(self, organisation_id: OrganisationId, folder: Path) -> None:
        """Seal a school's actions for its computers."""
        name = self._names()[organisation_id]
        self._sealing.make(
            lambda: actions.send_plan(self._ws, organisation_id, folder),
            lambda path: Words.plan_saved(name, path.name, str(path.parent)),
        )

    def _look(self) -> None:
        names, known = self._names(), tool_updates.known_holders(self._ws)
        by_name = sorted(names.items(), key=lambda pair: pair[1].casefold())
        self._view.show_organisations([(str(key), name) for key, name in by_name])
        self._view.show_actions(_rows(self._ws, names, known))

    def _names(self) -> dict[OrganisationId, str]:
        return {each.id: each.name for each in rounds.organisations(self._ws)}


class OwnActionsPresenter:
    """A school or agency: its own actions, and how far they are."""

    def __init__(self, ws: Workspace, view: ActionsView, *, runner: Runner, tell: Tell) -> None:
        self._ws, self._view, self._tell = ws, view, tell
        self._sealing = _Sealing(view, runner)

    def start(self) -> None:
        """Show what there is."""
        self._look()

    def on_changed(self, changes: Changes) -> None:
        """Look again: a file came, or a deed was done."""
        if changes.spaces:
            self._look()

    def on_say(self, action_id: ActionId, state: str, note: str) -> None:
        """Say how far an action is."""
        self._view.show_wrong([] if state else [Wrong.STATE])
        if state:
            self._tell(actions.say_progress(self._ws, action_id, state, note))
            self._view.show_note(Words.saved)

    def on_send(self, folder: Path) -> None:
        """Seal what was said for the partnership."""
        self._sealing.make(
            lambda: actions.send_progress(self._ws, folder),
            lambda path: Words.progress_saved(path.name, str(path.parent)),
        )

    def _look(self) -> None:
        self._view.show_actions(_rows(self._ws, {}, frozenset()))


def _rows(ws: Workspace, names: dict[OrganisationId, str], known: frozenset[str]) -> tuple[ActionRow, ...]:
    today = ws.world.clock().astimezone(LOCAL_ZONE).date()
    return tuple(
        ActionRow(
            action_id=line.action_id,
            organisation_id=line.organisation_id,
            organisation=names.get(line.organisation_id, ""),
            title=line.title,
            owner=line.owner,
            due=line.due,
            late=line.due is not None and line.due < today and line.state not in {"done", "stopped"},
            state=line.state,
            note=line.note,
            known=line.organisation_id in known,
        )
        for line in actions.actions(ws)
    )
