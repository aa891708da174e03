"""The window of the program: first run, lock, and the screens of whoever has unlocked it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from iowscp_desktop import text
from iowscp_desktop.app import backups, opening, unlocking
from iowscp_desktop.app.settings import Loaded, Settings, options_of, save_settings
from iowscp_desktop.app.workspace import Changes, Surroundings, Workspace
from iowscp_desktop.domain.clock import LOCAL_ZONE
from iowscp_desktop.domain.grants import Role
from iowscp_desktop.errors import AppError, CannotWrite
from iowscp_desktop.ui.areas import Areas, areas_for
from iowscp_desktop.ui.backups import Desk, PuttingPage, open_backups
from iowscp_desktop.ui.choosing import Choose, chooser
from iowscp_desktop.ui.first_run import FirstRunPage, open_first_run
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.idle import IdleWatch
from iowscp_desktop.ui.inside import Inside
from iowscp_desktop.ui.jobs import AtOnce, Job, JobRunner
from iowscp_desktop.ui.lock import Patience, Threshold, open_lock, open_who
from iowscp_desktop.ui.notify import Notifier, show_before_window
from iowscp_desktop.ui.session_watch import SessionWatch
from iowscp_desktop.ui.settings import Levers, Section, SettingsPage, open_settings
from iowscp_desktop.ui.settings_sections import SETTINGS, settings_sections
from iowscp_desktop.ui.shell import Shell
from iowscp_desktop.ui.showing import ShowFolder, show_folder
from iowscp_desktop.ui.theme import Icon, Scheme, apply_theme
from iowscp_desktop.ui.widgets.messages import Message, Weight
from iowscp_desktop.ui.widgets.trust_bar import Saved

INVITATION_SUFFIX: Final = ".iowinvite"
DEFAULTS: Final = Loaded()
_SIZE, _LEAST = QSize(1440, 900), QSize(760, 560)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What the window needs of the world; tests and the demonstration hand in their own."""

    folder: Path
    """Where the workspace lies, or will lie."""
    world: Surroundings
    runner: JobRunner | AtOnce
    settings_file: Path
    out_folder: Path
    loaded: Loaded = DEFAULTS
    backs_up: bool = False
    """Make the day's backup, and one at closing, without being asked."""
    choose: Choose | None = None
    show_folder: ShowFolder = show_folder
    session: SessionWatch | None = None
    """Tells when the session is locked or the computer goes to sleep; None where nobody listens."""


class MainWindow(Shell):
    """A shell with somebody's workspace in it; or locked; or on its first run."""

    def __init__(self, setup: Setup) -> None:
        super().__init__()
        self._setup = setup
        self._settings = setup.loaded.settings
        self._choose = setup.choose or chooser(self, setup.out_folder)
        self.notifier = Notifier(self.banners)
        self._patience = Patience(setup.world.clock)
        self._ws: Workspace | None = None
        self._areas: Areas | None = None
        self._hub: Hub[Changes] = Hub()
        self._waiting: tuple[Path, ...] = ()
        self._told_unsaved = False
        self._idle = IdleWatch(self)
        self._idle.idle.connect(self._on_idle)
        self._hub.listen(self._idle, self._on_changed)
        if setup.session is not None:
            setup.session.left.connect(self.lock_now)
        self.files_dropped.connect(self.open_files)
        self.guard_close(self._leave)
        self.setMinimumSize(_LEAST)
        self.resize(_SIZE)
        self._add_window_keys()

    # --- beginning and ending ----------------------------------------------------------------

    def begin(self) -> None:
        """Open the first run, or the lock screen of the workspace that is there."""
        if opening.exists(self._setup.folder):
            failed = unlocking.failed_attempts(self._setup.folder)
            if failed is not None:
                self._patience.resume(*failed)
            # Closing and starting the program must not be a way around a lock.
            self._show_lock(by_memory=not unlocking.was_locked(self._setup.folder))
        else:
            first = open_first_run(
                self._setup.folder,
                self._setup.world,
                self._setup.runner,
                on_opened=self.take,
                choose=self._choose,
            )
            self.lock(first)

    def take(self, ws: Workspace) -> None:
        """Show the screens of a workspace that has just been opened, to the person who is signed in."""
        self._ws = ws
        inside = Inside(
            ws=ws,
            hub=self._hub,
            runner=self._setup.runner,
            shell=self,
            notifier=self.notifier,
            choose=self._choose,
            show_folder=self._setup.show_folder,
            out_folder=self._setup.out_folder,
            lock=self.lock_now,
        )
        self._areas = areas_for(inside)
        for area in self._areas.areas():
            self.add_screen(area.key, area.icon, area.label, area.open())
        self._add_settings(ws, settings_sections(inside, self._backups_desk(ws)))
        self.trust.show_person(text.Lock.person(ws.person.name, ws.person.role))
        self.trust.show_saved(Saved.NOTHING_YET)
        self.unlock()
        self._watch()
        if self._setup.loaded.unusable:
            words = text.Shell.settings_unusable(self._setup.loaded.unusable)
            self.notifier.say(Message(weight=Weight.NOTE, words=words))
        self._look_after(ws)
        waiting, self._waiting = self._waiting, ()
        self.open_files(waiting)

    @property
    def areas(self) -> Areas | None:
        """The areas of whoever has unlocked the workspace, and the ways between their screens."""
        return self._areas

    def lock_now(self, *, idle: bool = False) -> None:
        """Save what is half typed, close the workspace, and put the lock screen in front."""
        if self._ws is not None:
            self._close_workspace(locked=True)
            self._show_lock(by_memory=False, idle=idle)

    def change_person(self) -> None:
        """Ask who is working now."""
        ws = self._ws
        if ws is not None:
            self.flush_screens()
            self.clear_screens()
            self.lock(open_who(ws, partial(self.take, ws)))

    # --- while it is open --------------------------------------------------------------------

    def open_files(self, paths: Sequence[Path]) -> None:
        """Take files that were dropped, or that the program was opened with."""
        if not paths:
            return
        front = self.centralWidget().findChild(FirstRunPage)
        if front is not None and self.is_locked:
            front.offer_file(paths[0])
        elif self._ws is None or self._areas is None or self.is_locked:
            self._waiting = tuple(paths)
        else:
            invitations = [path for path in paths if path.suffix.lower() == INVITATION_SUFFIX]
            if invitations and not self._areas.take_invitation(invitations[0]):
                self.notifier.say(
                    Message(
                        weight=Weight.WARNING,
                        words=text.Shell.second_invitation,
                        remedy=text.Shell.second_invitation_remedy,
                    )
                )
            others = [path for path in paths if path not in invitations]
            if others:
                self._areas.take_files(others)

    def come_forward(self, files: Sequence[Path] = ()) -> None:
        """The program was started once more: come to the front, and take the files it was to open."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
        self.open_files(files)

    def put_settings(self, settings: Settings) -> None:
        """Put settings in force and keep them."""
        self._settings = settings
        app = QApplication.instance()
        if isinstance(app, QApplication):
            put_in_force(app, settings)
        page = self.screen_of(SETTINGS)
        if isinstance(page, SettingsPage):
            page.show_settings(settings)
        self._watch()
        save_settings(self._setup.settings_file, settings)

    def show_error(self, error: AppError) -> None:
        """Tell of an error: in the window, or above it while nothing else can be seen."""
        if isinstance(error, CannotWrite):
            self.trust.show_saved(Saved.FAILED)
        if self.is_locked:
            show_before_window(error)
        else:
            self.notifier.show_error(error)

    def show_bug(self, error: BaseException) -> None:
        """Tell that the program went wrong."""
        if self.is_locked:
            show_before_window(error)
        else:
            self.notifier.show_bug(error)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._watch()

    # --- inside ------------------------------------------------------------------------------

    def _show_lock(self, *, by_memory: bool, idle: bool = False) -> None:
        threshold = Threshold(
            folder=self._setup.folder,
            world=self._setup.world,
            runner=self._setup.runner,
            patience=self._patience,
            by_memory=by_memory,
            on_damaged=self._show_repair,
        )
        self.lock(open_lock(threshold, self._unlocked, idle=idle, choose=self._choose))

    def _unlocked(self, ws: Workspace, someone_else: bool) -> None:  # noqa: FBT001 - as the lock screen tells it
        if ws.about.role is not Role.PANEL and (someone_else or len(ws.people()) > 1):
            self._ws = ws
            self.lock(open_who(ws, partial(self.take, ws)))
            self._watch()
        else:
            self.take(ws)

    def _add_settings(self, ws: Workspace, sections: Sequence[Section]) -> None:
        alone = ws.about.role is Role.PANEL  # a panel member's scores are theirs alone
        levers = Levers(
            on_changed=self.put_settings,
            on_lock=self.lock_now,
            on_someone_else=None if alone else self.change_person,
            sections=sections,
        )
        page = open_settings(self._settings, levers)
        self.add_screen(SETTINGS, Icon.SETTINGS, text.Shell.settings, page, at_bottom=True)

    def _add_window_keys(self) -> None:
        QShortcut(QKeySequence("Ctrl+L"), self, self.lock_now)
        for sequence, step in (("Ctrl++", 1), ("Ctrl+=", 1), ("Ctrl+-", -1)):
            QShortcut(QKeySequence(sequence), self, partial(self._zoom, step))

    def _zoom(self, step: int) -> None:
        sizes = [size for size in options_of("text_size") if isinstance(size, int)]
        at = sizes.index(self._settings.text_size) + step
        if 0 <= at < len(sizes):
            self.put_settings(replace(self._settings, text_size=sizes[at]))

    def _on_changed(self, _changes: Changes) -> None:
        time = self._setup.world.clock().astimezone(LOCAL_ZONE)
        self.trust.show_saved(Saved.SAVED, f"{time:%H:%M}")
        self._told_unsaved = False

    def _watch(self) -> None:
        if self._ws is not None and self.isVisible():  # only then is there a window of the system's to watch
            self._idle.watch(self.windowHandle(), self._settings.lock_after)

    def _on_idle(self) -> None:
        self._watch()  # where the disk refuses what is half typed, it is tried again
        if not self._setup.runner.is_busy:  # a long export is not cut off because nobody touched a key
            self.lock_now(idle=True)

    def _leave(self) -> bool:
        if self._setup.world.keyring is not None:
            self._setup.world.keyring.give_up()  # a password store that does not answer keeps nobody here
        self._close_workspace(locked=False, backs_up=self._setup.backs_up)
        self._setup.runner.finish()
        return True

    def _close_workspace(self, *, locked: bool, backs_up: bool = False) -> None:
        if self._ws is None:
            return
        self._save_what_is_typed()
        self._idle.stop()
        ws, self._ws, self._areas = self._ws, None, None
        self._setup.runner.finish()
        self.clear_screens()
        self.trust.show_person("")
        ws.leave_field()
        if backs_up:
            self.hide()  # a large workspace takes a few seconds, and the person is done
            backups.back_up_at_closing(ws)
        ws.close(locked=locked)

    def _save_what_is_typed(self) -> None:
        """Save before closing. A disk that takes nothing stops it once, and is told; whoever insists may close."""
        try:
            self.flush_screens()
        except CannotWrite:
            if not self._told_unsaved:
                self._told_unsaved = True
                raise

    def _look_after(self, ws: Workspace) -> None:
        """Tell what was noticed of the workspace, once, and make the day's backup."""
        noticed, ws.noticed = ws.noticed, None
        if noticed is not None:
            words, remedy = text.Backups.noticed[noticed.value]
            self.notifier.say(Message(weight=Weight.WARNING, words=words, remedy=remedy))
        if self._setup.backs_up:
            self._setup.runner.run(Job(work=lambda _ticket: backups.back_up_daily(ws), on_done=_done))

    def _backups_desk(self, ws: Workspace | None) -> Desk:
        setup = self._setup
        return Desk(folder=setup.folder, world=setup.world, runner=setup.runner, ws=ws, put_in_place=self._put_in_place)

    def _show_repair(self) -> None:
        back = partial(self._show_lock, by_memory=False)
        self.lock(open_backups(self._backups_desk(None), self._choose, on_back=back))

    def _put_in_place(self, work: Callable[[], object]) -> None:
        """Close the workspace, let another file take its place, and ask for the passphrase again."""
        self._close_workspace(locked=True)
        self.lock(PuttingPage())

        def failed(error: Exception) -> None:
            self._show_lock(by_memory=False)
            raise error

        def done(_kept: object) -> None:
            self._show_lock(by_memory=False)

        self._setup.runner.run(Job(work=lambda _ticket: work(), on_done=done, on_error=failed))


def _done(_made: object) -> None:
    """A backup that was made by itself needs no words."""


def put_in_force(app: QApplication, settings: Settings) -> None:
    """Put the colours and the text size of the settings in force."""
    apply_theme(app, Scheme(settings.scheme), settings.text_size / 100)


def compose(ws: Workspace, setup: Setup) -> MainWindow:
    """Return the window of a workspace that is open: for tests and the demonstration, without an event loop."""
    window = MainWindow(setup)
    window.take(ws)
    return window
