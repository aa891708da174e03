"""What the first run does: from a file and a code, or a partnership's name, to a workspace. Draws nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from pathlib import Path
from typing import Protocol

from iowscp_desktop.app import opening
from iowscp_desktop.app.codes import CodeState, TypedCode, typed_code
from iowscp_desktop.app.opening import NewWorkspace, Offer
from iowscp_desktop.app.passphrases import Judged, Strength, judge, strength, suggestion
from iowscp_desktop.app.recovery import Sheet
from iowscp_desktop.app.workspace import Surroundings, Workspace
from iowscp_desktop.domain.grants import Role
from iowscp_desktop.errors import (
    AppError,
    CodeTypo,
    KeyringAbsent,
    KeyringLocked,
    KeyringSilent,
    KeysError,
    StoreError,
    WrongCode,
)
from iowscp_desktop.ui.jobs import Job, Runner, Ticket
from iowscp_desktop.ui.key_desks import SheetDesk, SpareDesk


class Step(Enum):
    """Where a person is."""

    DOORS = auto()
    FILE = auto()
    CODE = auto()
    ASKED = auto()
    WHO = auto()
    TEAM = auto()
    SAFE = auto()
    SHEET = auto()
    SPARE = auto()


class Place(Enum):
    """A field that something can be wrong with."""

    FILE = auto()
    CODE = auto()
    NAME = auto()
    ROLE = auto()
    PARTNERSHIP = auto()
    TEAM_NAME = auto()
    PASSPHRASE = auto()
    AGAIN = auto()


class Wrong(Enum):
    """What can be wrong with a field before anything is tried."""

    MISSING = auto()
    CODE_SLIP = auto()
    CODE_WRONG = auto()
    TOO_EASY = auto()
    DIFFERS = auto()


class Busy(Enum):
    """What takes a while."""

    OPENING = auto()
    SPARE = auto()
    CREATING = auto()


BY_INVITATION = (Step.FILE, Step.CODE, Step.ASKED, Step.WHO, Step.SAFE, Step.SHEET)
FOR_THE_TEAM = (Step.TEAM, Step.SAFE, Step.SHEET, Step.SPARE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passphrase:
    """How it is to be locked."""

    chosen: str = field(repr=False)
    again: str = field(repr=False)
    remember: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """Where keys are put on paper."""

    sheet: SheetDesk
    spare: SpareDesk


class FirstRunView(Protocol):
    """What the page can show."""

    def show_step(self, step: Step, way: Sequence[Step]) -> None:
        """Show a step of a way; the doors belong to none."""
        ...

    def show_file(self, name: str) -> None:
        """Show which file was chosen."""
        ...

    def show_code(self, code: TypedCode) -> None:
        """Show how the code is read."""
        ...

    def show_offer(self, offer: Offer) -> None:
        """Show what is asked."""
        ...

    def show_strength(self, judged: Judged | None) -> None:
        """Show how hard the passphrase is to guess; None says nothing of it."""
        ...

    def show_suggestion(self, passphrase: str) -> None:
        """Put a made-up passphrase in, readable."""
        ...

    def show_can_remember(self, *, can: bool | None) -> None:
        """Offer to remember; None while it is being found out."""
        ...

    def show_last_sheet(self, *, last: bool) -> None:
        """Say on the recovery sheet whether the workspace is made after it."""
        ...

    def show_wrong(self, place: Place, wrong: Wrong) -> None:
        """Mark a field and put the focus there."""
        ...

    def show_refused(self, place: Place, error: AppError) -> None:
        """Mark a field with an error's own words."""
        ...

    def show_nothing_wrong(self) -> None:
        """Take all marks away."""
        ...

    def show_busy(self, busy: Busy | None) -> None:
        """Say what takes a while, and let nothing be pressed meanwhile; None: go on."""
        ...


class FirstRunPresenter:
    """Leads through the steps. Holds what was chosen so far; the page keeps what was typed."""

    def __init__(
        self,
        view: FirstRunView,
        paper: Paper,
        *,
        folder: Path,
        world: Surroundings,
        runner: Runner,
        on_opened: Callable[[Workspace], None],
    ) -> None:
        self._view, self._paper = view, paper
        self._folder, self._world, self._runner = folder, world, runner
        self._on_opened = on_opened
        self._step = Step.DOORS
        self._path: Path | None = None
        self._code = ""
        self._offer: Offer | None = None
        self._name, self._role, self._partnership = "", "", ""
        self._can_remember: bool | None = None
        self._busy = False
        self._passphrase: Passphrase | None = None
        self._sheet: Sheet | None = None

    def start(self) -> None:
        """Show the two doors."""
        self._go(Step.DOORS)

    # --- what a person does ------------------------------------------------------------------

    def on_door(self, *, team: bool) -> None:
        """They have an invitation, or begin a team's workspace."""
        if team:
            self._offer = None
        self._go(Step.TEAM if team else Step.FILE)

    def on_file(self, path: Path) -> None:
        """They chose or dropped a file, at whatever step."""
        if self._busy or self._step not in {Step.DOORS, Step.FILE, Step.CODE}:
            return
        self._go(Step.FILE)
        try:
            opening.require_invitation(path)
        except AppError as error:
            self._view.show_refused(Place.FILE, error)
            return
        self._path = path
        self._view.show_file(path.name)
        self._go(Step.CODE)

    def on_code_edited(self, typed: str) -> None:
        """They are typing the code."""
        self._code = typed
        self._view.show_code(typed_code(typed))

    def on_passphrase(self, typed: str | None) -> None:
        """They are typing a passphrase; None: they want one made up."""
        if typed is None:
            typed = suggestion()
            self._view.show_suggestion(typed)
        self._view.show_strength(judge(typed, self._names()) if typed else None)

    def on_back(self) -> None:
        """They want the step before."""
        way = self._way()
        at = way.index(self._step) if self._step in way else 0
        self._go(way[at - 1] if at else Step.DOORS)

    def on_file_done(self) -> None:
        """Go on from the file."""
        if self._path is None:
            self._view.show_wrong(Place.FILE, Wrong.MISSING)
        else:
            self._go(Step.CODE)

    def on_code_done(self) -> None:
        """Go on from the code: try it."""
        self._view.show_nothing_wrong()
        read, path = typed_code(self._code), self._path
        if path is None:
            self._go(Step.FILE)
        elif not self._code.strip():
            self._view.show_wrong(Place.CODE, Wrong.MISSING)
        elif read.state is not CodeState.READY:
            self._view.show_wrong(Place.CODE, Wrong.CODE_SLIP)
        else:

            def look(_ticket: Ticket) -> Offer:
                return opening.look(path, read.groups, self._world)

            self._show_busy(Busy.OPENING)
            self._runner.run(Job(work=look, on_done=self._offered, on_error=self._not_offered))

    def on_accepted(self) -> None:
        """It is for them."""
        self._go(Step.WHO)

    def on_who_done(self, name: str, role: str) -> None:
        """They said who they are."""
        self._view.show_nothing_wrong()
        if not name.strip():
            self._view.show_wrong(Place.NAME, Wrong.MISSING)
        elif not role.strip():
            self._view.show_wrong(Place.ROLE, Wrong.MISSING)
        else:
            self._name, self._role = name.strip(), role.strip()
            self._go(Step.SAFE)

    def on_team_done(self, partnership: str, name: str, role: str) -> None:
        """They said which partnership, and who they are."""
        self._view.show_nothing_wrong()
        if not partnership.strip():
            self._view.show_wrong(Place.PARTNERSHIP, Wrong.MISSING)
        elif not name.strip():
            self._view.show_wrong(Place.TEAM_NAME, Wrong.MISSING)
        else:
            self._partnership, self._name, self._role = partnership.strip(), name.strip(), role
            self._go(Step.SAFE)

    def on_safe_done(self, passphrase: Passphrase) -> None:
        """They chose how it is locked: make the workspace."""
        self._view.show_nothing_wrong()
        if not passphrase.chosen:
            self._view.show_wrong(Place.PASSPHRASE, Wrong.MISSING)
        elif strength(passphrase.chosen, self._names()) is Strength.TOO_EASY:
            self._view.show_wrong(Place.PASSPHRASE, Wrong.TOO_EASY)
        elif passphrase.chosen != passphrase.again:
            self._view.show_wrong(Place.AGAIN, Wrong.DIFFERS)
        else:
            self._passphrase = passphrase
            if self._can_remember is None:  # the job that asks would keep every other waiting
                self.on_not_waiting()
            self._view.show_last_sheet(last=self._offer is not None)
            self._paper.sheet.begin(self._offer.organisation if self._offer is not None else self._partnership)
            self._go(Step.SHEET)

    def on_not_waiting(self) -> None:
        """They do not want to wait for the password store."""
        if self._world.keyring is not None:
            self._world.keyring.give_up()

    def on_sheet_done(self, first: str, second: str) -> None:
        """They typed two groups from the paper."""
        if self._busy:
            return
        self._sheet = self._paper.sheet.written_down(first, second)
        if self._sheet is None:
            return
        if self._offer is not None:
            self._create(())
            return
        self._show_busy(Busy.SPARE)
        self._paper.spare.begin(self._partnership, self._spare_made)

    def on_spare_done(self, *, apart: bool, later: bool = False) -> None:
        """They say that file and words are with two people, or that they will see to it another day."""
        if self._busy:
            return
        spare = None if later else self._paper.spare.handed_out(apart=apart)
        if spare is not None or later:
            self._create(() if spare is None else (spare.recipient,))

    # --- inside ------------------------------------------------------------------------------

    def _way(self) -> Sequence[Step]:
        return FOR_THE_TEAM if self._step in FOR_THE_TEAM and self._offer is None else BY_INVITATION

    def _names(self) -> Sequence[str]:
        """Return what anybody would try first as a passphrase here."""
        asked = () if self._offer is None else (self._offer.organisation, self._offer.partnership)
        return (*asked, self._partnership, self._name)

    def _spare_made(self) -> None:
        self._show_busy(None)
        self._go(Step.SPARE)

    def _go(self, step: Step) -> None:
        self._step = step
        self._view.show_nothing_wrong()
        self._view.show_step(step, () if step is Step.DOORS else self._way())
        if step is Step.SAFE and self._can_remember is None:
            self._view.show_can_remember(can=None)
            self._runner.run(Job(work=lambda _ticket: opening.can_remember(self._world), on_done=self._remembering))

    def _remembering(self, can: bool) -> None:  # noqa: FBT001 - a job's result comes by position
        self._can_remember = can
        self._view.show_can_remember(can=can)

    def _offered(self, offer: Offer) -> None:
        self._show_busy(None)
        self._offer = offer
        self._view.show_offer(offer)
        self._go(Step.ASKED)

    def _not_offered(self, error: Exception) -> None:
        self._show_busy(None)
        match error:
            case WrongCode():
                self._view.show_wrong(Place.CODE, Wrong.CODE_WRONG)
            case CodeTypo():
                self._view.show_wrong(Place.CODE, Wrong.CODE_SLIP)
            case AppError():  # the file itself: expired, damaged, too new
                self._go(Step.FILE)
                self._view.show_refused(Place.FILE, error)
            case _:
                raise error

    def _create(self, spare: tuple[str, ...]) -> None:
        offer, path, code = self._offer, self._path, typed_code(self._code).groups
        passphrase, sheet = self._passphrase, self._sheet
        if passphrase is None or sheet is None:
            self._go(Step.SAFE)
            return

        def create(_ticket: Ticket) -> Workspace:
            locks = opening.locks(self._world, passphrase.chosen, sheet.recovery, remember=passphrase.remember)
            new = NewWorkspace(
                folder=self._folder,
                locks=replace(locks, escrow=spare),
                name=self._name,
                role=self._role if offer is None or offer.role is not Role.PANEL else Role.PANEL.value,
            )
            if offer is not None and path is not None:
                return opening.join(new, path, code, self._world)
            return opening.start_team(new, self._partnership, self._world)

        self._show_busy(Busy.CREATING)
        self._runner.run(Job(work=create, on_done=self._created, on_error=self._not_created))

    def _created(self, ws: Workspace) -> None:
        self._show_busy(None)
        self._on_opened(ws)

    def _not_created(self, error: Exception) -> None:
        self._show_busy(None)
        match error:
            case KeyringAbsent() | KeyringLocked() | KeyringSilent():
                self._remembering(can=False)
                self._go(Step.SAFE)
                self._view.show_refused(Place.PASSPHRASE, error)
            case KeysError() | StoreError():
                self._go(Step.SAFE)
                self._view.show_refused(Place.PASSPHRASE, error)
            case AppError():
                self._not_offered(error)
            case _:
                raise error

    def _show_busy(self, busy: Busy | None) -> None:
        self._busy = busy is not None
        self._view.show_busy(busy)
