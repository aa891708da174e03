"""What the screens about computers show and do, for the team and for everybody else. No Qt."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path
from typing import Protocol, TypeVar

from iowscp_desktop.app import devices, handover, invitations, joining, responses
from iowscp_desktop.app.codes import CodeState, typed_code
from iowscp_desktop.app.invitations import Invited
from iowscp_desktop.app.rounds import team_changes
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.grants import Role
from iowscp_desktop.domain.ids import DeviceId, InvitationId
from iowscp_desktop.text.devices import Devices as Words
from iowscp_desktop.ui.jobs import Job, Runner, Ticket
from iowscp_desktop.ui.widgets.dates import write_moment

T = TypeVar("T")


class State(Enum):
    """How a computer stands; in this order a table sorts them."""

    NEW = auto()
    CONFIRMED = auto()
    REVOKED = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceRow:
    """One computer."""

    id: DeviceId
    holder: str
    name: str = field(repr=False)
    sign: str
    since: str
    state: State
    is_own: bool
    """The very laptop at which this is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRow:
    """One invitation that nobody has answered."""

    id: InvitationId
    name: str = field(repr=False)
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """An invitation that was just written."""

    name: str = field(repr=False)
    code: str = field(repr=False)
    path: Path
    expires: str


class TeamView(Protocol):
    """What the team's screen can show."""

    def show_devices(self, rows: Sequence[DeviceRow], *, doubled: bool) -> None:
        """Show the computers; `doubled` raises the alarm that two answered one code."""
        ...

    def show_waiting(self, rows: Sequence[WaitingRow]) -> None:
        """Show the invitations that nobody has answered."""
        ...

    def show_invitation(self, code: Code) -> None:
        """Show a code, once."""
        ...

    def show_working(self, *, working: bool) -> None:
        """Say that a file is being written."""
        ...

    def show_note(self, words: str) -> None:
        """Say what was done."""
        ...


class TeamDevicesPresenter:
    """Lists computers and invitations; does what is asked with them."""

    def __init__(self, ws: Workspace, view: TeamView, *, runner: Runner, tell: Callable[[Changes], None]) -> None:
        self._ws, self._view, self._runner, self._tell = ws, view, runner, tell

    def start(self) -> None:
        """Show what there is."""
        self._look()

    def on_changed(self, _changes: Changes) -> None:
        """A merge let somebody in, or a deed was done."""
        self._look()

    def on_confirm(self, device_id: DeviceId) -> None:
        """The sign was read out and is the same."""
        self._tell(devices.confirm(self._ws, device_id))
        self._view.show_note(Words.confirmed_note)

    def on_revoke(self, device_id: DeviceId, why: str) -> None:
        """Trust a computer no longer."""
        self._tell(devices.revoke(self._ws, device_id, why))
        self._view.show_note(Words.revoked_note)

    def on_directory(self, holder: str, folder: Path) -> None:
        """Tell a holder's other computers who is trusted no longer."""
        self._file(lambda: devices.send_directory(self._ws, holder, folder))

    def on_reissue(self, invitation_id: InvitationId, name: str, folder: Path) -> None:
        """Make an invitation anew, and show its code."""
        self._code(name, lambda: invitations.reissue(self._ws, invitation_id, folder))

    def on_replace(self, device_id: DeviceId, name: str, folder: Path) -> None:
        """Invite a computer in place of one that was lost, and show the code."""
        self._code(name, lambda: invitations.invite_in_place(self._ws, device_id, folder))

    def on_take_back(self, row: WaitingRow) -> None:
        """Take an invitation back."""
        self._tell(invitations.cancel(self._ws, row.id))
        self._view.show_note(Words.taken_back_team if row.name == Words.the_team else Words.taken_back_note)

    def on_add_laptop(self, folder: Path) -> None:
        """Hand the team to one more laptop, and show the code."""
        self._code(Words.new_laptop, lambda: invitations.invite_team_laptop(self._ws, folder))

    def on_team_file(self, folder: Path) -> None:
        """Make a file for the team's other laptops."""
        self._file(lambda: handover.send_to_team_laptops(self._ws, folder))

    def on_change_keys(self, *, lost: bool) -> None:
        """Give the team new keys."""

        def changed(changes: Changes) -> None:
            self._tell(changes)
            self._view.show_note(Words.keys_note)

        self._work(lambda _ticket: devices.change_team_keys(self._ws, lost=lost), changed)

    # --- inside ------------------------------------------------------------------------------

    def _look(self) -> None:
        rows = tuple(self._row(line) for line in devices.devices(self._ws))
        self._view.show_devices(rows, doubled=bool(devices.doubly_answered(self._ws)))
        self._view.show_waiting(
            [
                WaitingRow(id=each.invitation_id, name=each.name or Words.the_team, until=write_moment(each.expires))
                for each in devices.waiting(self._ws)
            ]
        )

    def _row(self, line: devices.DeviceLine) -> DeviceRow:
        is_own = line.device_id == self._ws.keys.device
        team = Words.this_laptop if is_own else Words.the_team
        state = State.REVOKED if line.revoked else State.CONFIRMED if line.confirmed else State.NEW
        return DeviceRow(
            id=line.device_id,
            holder=line.holder,
            name=team if line.role is Role.TEAM else line.name,
            sign=line.sign,
            since=write_moment(line.since),
            state=state,
            is_own=is_own,
        )

    def _file(self, write: Callable[[], Path]) -> None:
        def made(path: Path) -> None:
            self._view.show_note(Words.made(path.name, str(path.parent)))

        self._work(lambda _ticket: write(), made)

    def _code(self, name: str, write: Callable[[], Invited]) -> None:
        def invited(made: Invited) -> None:
            self._tell(team_changes(self._ws))
            self._view.show_invitation(
                Code(name=name, code=made.code, path=made.path, expires=write_moment(made.expires))
            )

        self._work(lambda _ticket: write(), invited)

    def _work(self, work: Callable[[Ticket], T], on_done: Callable[[T], None]) -> None:
        def done(result: T) -> None:
            self._view.show_working(working=False)
            on_done(result)

        def failed(error: Exception) -> None:
            self._view.show_working(working=False)
            raise error

        self._view.show_working(working=True)
        self._runner.run(Job(work=work, on_done=done, on_error=failed))


# --- everybody else ------------------------------------------------------------------------------


class OwnView(Protocol):
    """What the screen of a school's or panel member's computer can show."""

    def show_sign(self, sign: str) -> None:
        """Show this computer's sign."""
        ...

    def show_file(self, name: str) -> None:
        """Show which invitation was chosen."""
        ...

    def show_wrong(self, *, file: str, code: str) -> None:
        """Say what is missing."""
        ...

    def show_working(self, words: str) -> None:
        """Say that something takes a while; empty when it is over."""
        ...

    def show_note(self, words: str) -> None:
        """Say what was done."""
        ...


class OwnDevicePresenter:
    """One computer: its sign, a further invitation, and handing over to another of the same organisation."""

    def __init__(self, ws: Workspace, view: OwnView, *, runner: Runner, tell: Callable[[Changes], None]) -> None:
        self._ws, self._view, self._runner, self._tell = ws, view, runner, tell
        self._path: Path | None = None

    def start(self) -> None:
        """Show the sign."""
        self._view.show_sign(joining.own_fingerprint(self._ws))

    def on_file(self, path: Path) -> None:
        """An invitation was chosen, or dropped on the window."""
        self._path = path
        self._view.show_file(path.name)
        self._view.show_wrong(file="", code="")

    def on_open(self, typed: str) -> None:
        """Open the invitation with its code."""
        path, code = self._path, typed_code(typed)
        self._view.show_wrong(
            file="" if path is not None else Words.no_file,
            code="" if code.state is CodeState.READY else Words.bad_code,
        )
        if path is None or code.state is not CodeState.READY:
            return

        def opened(changes: Changes) -> None:
            self._path = None
            self._view.show_file("")
            self._tell(changes)
            self._view.show_note(Words.accepted)

        self._work(Words.opening, lambda _ticket: joining.accept(self._ws, path, code.groups), opened)

    def on_hand_over(self, folder: Path) -> None:
        """Make a file for another computer of the organisation; one for each audit or survey."""

        def write(ticket: Ticket) -> tuple[Path, ...]:
            found: list[Path] = []
            for response_id in responses.asked(self._ws):
                ticket.check()
                found.append(handover.hand_over(self._ws, response_id, folder))
            return tuple(found)

        def made(paths: tuple[Path, ...]) -> None:
            if len(paths) == 1:
                self._view.show_note(Words.made(paths[0].name, str(folder)))
            else:
                self._view.show_note(Words.made_many(len(paths), str(folder)))

        self._work(Words.working, write, made)

    def _work(self, words: str, work: Callable[[Ticket], T], on_done: Callable[[T], None]) -> None:
        def done(result: T) -> None:
            self._view.show_working("")
            on_done(result)

        def failed(error: Exception) -> None:
            self._view.show_working("")
            raise error

        self._view.show_working(words)
        self._runner.run(Job(work=work, on_done=done, on_error=failed))
