"""Making the file that goes to the partnership: a return or a panel member's scores. No Qt."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path
from typing import Protocol

from iowscp_desktop.app import panel, partial, responses
from iowscp_desktop.app.filling import open_filling
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.ids import ResponseId
from iowscp_desktop.errors import AppError
from iowscp_desktop.text.export import Export
from iowscp_desktop.ui.jobs import Job, Runner, Ticket
from iowscp_desktop.ui.jobs import Progress as Done


class Kind(Enum):
    """What the file holds."""

    RETURN = auto()
    SCORES = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportState:
    """What is to be sent, and how it stands."""

    kind: Kind
    organisation: str = field(default="", repr=False)
    title: str = ""
    round_title: str = ""
    unsigned: tuple[str, ...] = ()
    """Who has not signed the return."""
    changed: bool = False
    """Answers changed after they were signed."""
    unscored: int = 0
    sent: str = ""
    """When a file was made last, as the journal writes it; empty if never."""
    receipt: str = ""
    sections: tuple[tuple[str, str], ...] = ()
    """What the return consists of: ids, and the words for them."""
    part: tuple[str, ...] | None = None
    """Ids of the sections that go into the file; None for everything."""

    @property
    def is_whole(self) -> bool:
        """Nothing is missing."""
        return not self.unsigned and not self.changed and not self.unscored


class Sending(Protocol):
    """What can be sent from here."""

    def state(self) -> ExportState | None:
        """Look how it stands; None when there is nothing to send."""
        ...

    def send(self, folder: Path, ticket: Ticket) -> Path:
        """Make the file."""
        ...


class ReturnSending:
    """An organisation's return."""

    def __init__(self, ws: Workspace, response_id: ResponseId | None = None) -> None:
        self._ws = ws
        self.response_id = response_id
        self.part: tuple[str, ...] | None = None

    def state(self) -> ExportState | None:
        """Look at the return, or at the one that is due next."""
        tasks = responses.tasks(self._ws)
        if not tasks:
            return None
        line = next((each for each in tasks if each.response_id == self.response_id), tasks[0])
        self.response_id = line.response_id
        tool = open_filling(self._ws, line.response_id).tool
        standing = responses.revision(self._ws, line.response_id, tool)
        return ExportState(
            kind=Kind.RETURN,
            organisation=line.organisation,
            title=line.title,
            round_title=line.round_title,
            unsigned=tuple(each.signer.label for each in standing.signatures if not each.is_signed),
            changed=standing.changed_since,
            sent=line.sent,
            receipt=line.receipt,
            sections=tuple((each.id, Export.section(each.number, each.title)) for each in tool.sections),
            part=self.part,
        )

    def send(self, folder: Path, ticket: Ticket) -> Path:
        """Seal the return, or the sections that were chosen."""
        if self.response_id is None:
            raise ValueError("nothing was looked at yet")
        if self.part is not None:
            return partial.send_part(self._ws, self.response_id, self.part, folder, _told(ticket))
        return responses.send_return(self._ws, self.response_id, folder, _told(ticket))


class ScoresSending:
    """A panel member's scores."""

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws

    def state(self) -> ExportState | None:
        """Look at all that this member scores."""
        allocations = panel.allocations(self._ws)
        if not allocations:
            return None
        return ExportState(
            kind=Kind.SCORES,
            organisation=", ".join(each.organisation for each in allocations),
            title=allocations[0].title,
            round_title=allocations[0].round_title,
            unscored=sum(each.items - each.scored for each in allocations),
            sent=panel.scores_sent(self._ws),
        )

    def send(self, folder: Path, ticket: Ticket) -> Path:
        """Seal the scores."""
        ticket.check()
        return panel.send_scores(self._ws, folder)


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeFile:
    """The file that was made."""

    path: Path
    size: int
    part: tuple[str, ...] = ()
    """The sections in it; nothing where it holds everything."""


class ExportView(Protocol):
    """What the export screen can show."""

    def show_nothing(self) -> None:
        """There is nothing to send."""
        ...

    def show_state(self, state: ExportState) -> None:
        """Show what is to be sent, and how it stands."""
        ...

    def show_no_section(self) -> None:
        """Say that no section was chosen."""
        ...

    def show_folder(self, folder: Path) -> None:
        """Show where the file will go."""
        ...

    def show_making(self, *, making: bool) -> None:
        """Say that the file is being made."""
        ...

    def show_progress(self, done: int, total: int) -> None:
        """Say how far it is, in bytes."""
        ...

    def show_made(self, made: MadeFile) -> None:
        """Say where the file is and what to do with it."""
        ...

    def show_refused(self, error: AppError) -> None:
        """Say why there is no file."""
        ...


class ExportPresenter:
    """Makes the file. Holds where it goes."""

    def __init__(self, view: ExportView, sending: Sending, runner: Runner, folder: Path) -> None:
        self._view, self._sending, self._runner, self._folder = view, sending, runner, folder
        self._ticket: Ticket | None = None

    def start(self) -> None:
        """Show how it stands."""
        self._view.show_folder(self._folder)
        self.on_shown()

    def go_to(self, response_id: ResponseId) -> None:
        """Another of the returns."""
        if isinstance(self._sending, ReturnSending):
            self._sending.response_id, self._sending.part = response_id, None
        self.on_shown()

    def on_part(self, part: tuple[str, ...] | None) -> None:
        """Only these sections go into the file, or everything."""
        if isinstance(self._sending, ReturnSending):
            self._sending.part = part
        self.on_shown()

    def on_folder(self, folder: Path) -> None:
        """The file goes somewhere else."""
        self._folder = folder
        self._view.show_folder(folder)

    def on_make(self) -> None:
        """Make the file."""
        folder, state = self._folder, self._sending.state()
        if state is None:
            return
        if state.part == ():
            self._view.show_no_section()
            return
        part = tuple(words for key, words in state.sections if key in (state.part or ()))

        def make(ticket: Ticket) -> MadeFile:
            path = self._sending.send(folder, ticket)
            return MadeFile(path=path, size=path.stat().st_size, part=part)

        self._view.show_making(making=True)
        self._ticket = self._runner.run(
            Job(
                work=make,
                on_done=self._made,
                on_error=self._not_made,
                on_progress=self._told,
                on_cancelled=lambda: self._view.show_making(making=False),
            )
        )

    def on_cancel(self) -> None:
        """Stop making it."""
        if self._ticket is not None:
            self._ticket.cancel()

    def on_changed(self, _changes: Changes) -> None:
        """Something changed here, on another page, or by a merge."""
        self.on_shown()

    def on_shown(self) -> None:
        """Look again."""
        state = self._sending.state()
        if state is None:
            self._view.show_nothing()
        else:
            self._view.show_state(state)

    def _told(self, done: Done) -> None:
        self._view.show_progress(done.done, done.total)

    def _made(self, made: MadeFile) -> None:
        self._view.show_making(making=False)
        self.on_shown()
        self._view.show_made(made)

    def _not_made(self, error: Exception) -> None:
        self._view.show_making(making=False)
        if not isinstance(error, AppError):
            raise error
        self._view.show_refused(error)


def _told(ticket: Ticket) -> Callable[[int, int], None]:
    def told(done: int, total: int) -> None:
        ticket.check()
        ticket.report(done, total)

    return told
