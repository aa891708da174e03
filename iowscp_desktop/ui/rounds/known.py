"""What is sealed to computers that are known: a further round, a newer edition, more to score. No Qt."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from iowscp_desktop import text
from iowscp_desktop.app import panel, rounds, tool_updates
from iowscp_desktop.app.rounds import ReturnLine
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.ids import PersonId, ResponseId, RoundId, Sha256
from iowscp_desktop.text.known import Known
from iowscp_desktop.ui.jobs import Job, Runner, Ticket


class Flow(StrEnum):
    """What is sent."""

    ASSIGNMENT = "assignment"
    EDITION = "edition"
    PACK = "pack"


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowState:
    """What can be sent, and to whom: pairs of an id and its words."""

    flow: Flow
    whats: tuple[tuple[str, str], ...]
    """Editions, or panel members; a further round is one thing, and leaves nothing to choose."""
    whom: tuple[tuple[str, str], ...] = field(repr=False)
    """The returns of schools, or what a panel member scores."""
    ticked: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SentFiles:
    """Files that were just made: whose each is, and its name."""

    flow: Flow
    folder: Path
    files: tuple[tuple[str, str], ...] = field(repr=False)


class KnownView(Protocol):
    """What is asked of the page."""

    def show_flow(self, state: FlowState) -> None:
        """Ask what goes to whom."""
        ...

    def show_flow_missing(self, *, what: bool, whom: bool) -> None:
        """Say what was not chosen."""
        ...

    def show_sent(self, sent: SentFiles) -> None:
        """Say which files there are, and what to do with them."""
        ...


Work = Callable[[str, Callable[[Ticket], SentFiles], Callable[[SentFiles], None]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What the round's own presenter lends."""

    round_at_hand: Callable[[], RoundId]
    is_in_front: Callable[[RoundId], bool]
    """It is still this round that is looked at, and nothing came in front of it."""
    leave: Callable[[], None]
    """Something comes in front of the round."""
    work: Work
    runner: Runner
    tell: Callable[[Changes], None]


class KnownPresenter:
    """Gathers who can be reached without a code, and makes their files."""

    def __init__(self, ws: Workspace, view: KnownView, around: Around) -> None:
        self._ws, self._view, self._around = ws, view, around

    def on_flow(self, flow: Flow, at_hand: ResponseId | None = None) -> None:
        """Ask what goes to whom; from a row, that row alone is ticked."""
        round_id = self._around.round_at_hand()

        def look(_ticket: Ticket) -> FlowState:
            whom = self._whom(flow, round_id)
            return FlowState(
                flow=flow,
                whats=self._whats(flow, round_id),
                whom=tuple((line.response_id, line.organisation) for line in whom),
                ticked=tuple(line.response_id for line in whom if _is_ticked(flow, line, at_hand)),
            )

        def seen(state: FlowState) -> None:
            if self._around.is_in_front(round_id):  # and nobody went elsewhere meanwhile
                self._around.leave()
                self._view.show_flow(state)

        self._around.runner.run(Job(work=look, on_done=seen, only_looks=True))

    def check(self, flow: Flow, what: str, whom: Sequence[str]) -> bool:
        """Tell whether everything was chosen, and say what was not; asked before a folder is chosen."""
        no_what = flow is not Flow.ASSIGNMENT and not what
        self._view.show_flow_missing(what=no_what, whom=not whom)
        return not no_what and bool(whom)

    def on_send(self, flow: Flow, what: str, whom: Sequence[str], folder: Path) -> None:
        """Make the files."""
        if not self.check(flow, what, whom):
            return
        round_id = self._around.round_at_hand()

        def make(ticket: Ticket) -> SentFiles:
            lines = [line for line in rounds.returns_of(self._ws, round_id) if line.response_id in whom]
            if flow is Flow.PACK:
                return self._pack(PersonId(what), lines, folder)
            return self._each(flow, what, lines, folder, ticket)

        self._around.work(Known.working[flow], make, self._made)

    # --- inside ------------------------------------------------------------------------------

    def _made(self, sent: SentFiles) -> None:
        self._around.tell(rounds.team_changes(self._ws))
        self._view.show_sent(sent)

    def _pack(self, person_id: PersonId, lines: Sequence[ReturnLine], folder: Path) -> SentFiles:
        round_id = self._around.round_at_hand()
        wanted = [line.response_id for line in lines]
        path = panel.send_pack(self._ws, round_id, person_id, wanted, folder)
        name = next(each.name for each in panel.known_members(self._ws, round_id) if each.person_id == person_id)
        return SentFiles(flow=Flow.PACK, folder=folder, files=((name, path.name),))

    def _each(self, flow: Flow, what: str, lines: Sequence[ReturnLine], folder: Path, ticket: Ticket) -> SentFiles:
        round_id = self._around.round_at_hand()
        if flow is Flow.EDITION:
            tool_updates.take_into_use(self._ws, Sha256(what))
        files: list[tuple[str, str]] = []
        for line in lines:
            ticket.report(len(files), len(lines))
            if flow is Flow.EDITION:
                path = tool_updates.send_tool_update(self._ws, line.response_id, Sha256(what), folder)
            else:
                path = tool_updates.send_assignment(self._ws, round_id, line.organisation_id, folder)
            files.append((line.organisation, path.name))
        return SentFiles(flow=flow, folder=folder, files=tuple(files))

    def _whats(self, flow: Flow, round_id: RoundId) -> tuple[tuple[str, str], ...]:
        match flow:
            case Flow.ASSIGNMENT:
                return ()
            case Flow.EDITION:
                offers = tool_updates.other_editions(self._ws, round_id)
                return tuple((offer.package, text.Rounds.edition(offer.title, offer.edition)) for offer in offers)
            case Flow.PACK:
                return tuple((each.person_id, each.name) for each in panel.known_members(self._ws, round_id))

    def _whom(self, flow: Flow, round_id: RoundId) -> list[ReturnLine]:
        lines = rounds.returns_of(self._ws, round_id)
        if flow is Flow.PACK:
            return [line for line in lines if line.receipt]
        known = tool_updates.known_holders(self._ws)
        lines = tuple(line for line in lines if line.organisation_id in known)
        return [line for line in lines if flow is Flow.EDITION or is_to_be_asked(line)]


def _is_ticked(flow: Flow, line: ReturnLine, at_hand: ResponseId | None) -> bool:
    """Tick the row that it was wanted from; from the round, whoever may still be at work."""
    if at_hand is not None:
        return line.response_id == at_hand
    return flow is not Flow.PACK and not line.finalised


def is_to_be_asked(line: ReturnLine) -> bool:
    """Tell whether nothing of an organisation has come in for this round: it may not even know of it."""
    return not line.joined and not line.receipt
