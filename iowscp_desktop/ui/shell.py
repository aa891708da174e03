"""The window around every screen: rail, screens, messages, status, and the lock in front of it all."""

from collections.abc import Callable
from functools import partial
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget
from typing_extensions import override

from iowscp_desktop import text
from iowscp_desktop.ui.theme import Icon, Role
from iowscp_desktop.ui.widgets.evidence import files_in
from iowscp_desktop.ui.widgets.layouts import Column, Row
from iowscp_desktop.ui.widgets.messages import BannerStack
from iowscp_desktop.ui.widgets.rail import Rail
from iowscp_desktop.ui.widgets.reading_order import step
from iowscp_desktop.ui.widgets.surfaces import PANE, Pane, first_stop
from iowscp_desktop.ui.widgets.trust_bar import TrustBar


@runtime_checkable
class Screen(Protocol):
    """What a screen may do besides being a widget."""

    def on_shown(self) -> None:
        """It came to the front: look again if something changed meanwhile, and take the focus if it wants it."""
        ...


@runtime_checkable
class Typed(Protocol):
    """A screen in which something may be half typed."""

    def flush(self) -> None:
        """Save now what is being typed."""
        ...


class Shell(QMainWindow):
    """The main window. It knows keys and widgets, not what any screen is for."""

    screen_shown = Signal(str)
    files_dropped = Signal(list)  # of Path
    escaped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(text.Shell.product)
        self.setAcceptDrops(True)
        self.rail, self.banners, self.trust = Rail(), BannerStack(), TrustBar()
        self._screens: dict[str, QWidget] = {}
        self._may_close: Callable[[], bool] = _always
        self._stack, self._front = QStackedWidget(), QStackedWidget()
        self._work = Pane(back=Role.APP)
        right = Column(self.banners, gap=0)
        right.add(self._stack, 1)
        right.add(self.trust)
        whole = Row(self.rail, gap=0)
        whole.add(right, 1)
        self._work.setLayout(whole)
        self._front.addWidget(self._work)
        self.setCentralWidget(self._front)
        self.rail.chosen.connect(self.show_screen)
        self._add_keys()

    def add_screen(self, key: str, icon: Icon, label: str, widget: QWidget, *, at_bottom: bool = False) -> None:
        """Add a screen and its place on the rail. The first one added is shown."""
        self.rail.add_area(key, icon, label, at_bottom=at_bottom)
        self.add_inner_screen(key, widget)
        if len(self._screens) == 1:
            self.show_screen(key)

    def add_inner_screen(self, key: str, widget: QWidget) -> None:
        """Add or replace a screen that another one leads to; the rail does not name it."""
        old = self._screens.get(key)
        self._screens[key] = widget
        self._stack.addWidget(widget)
        if old is not None:
            was_shown = self._stack.currentWidget() is old
            self._stack.removeWidget(old)
            old.deleteLater()
            if was_shown:
                self.show_screen(key)

    def show_screen(self, key: str, *, area: str = "") -> None:
        """Bring a screen to the front.

        Args:
            area: The area of the rail it belongs to; its own if not given.
        """
        widget = self._screens[key]
        self._stack.setCurrentWidget(widget)
        named = area or key
        if named in {button.key for button in self.rail.buttons}:
            self.rail.show_current(named)
        if isinstance(widget, Screen):
            widget.on_shown()
        self._retitle()
        self.screen_shown.emit(key)

    @property
    def current_screen(self) -> str | None:
        """The key of the screen at the front."""
        shown = self._stack.currentWidget()
        return next((key for key, widget in self._screens.items() if widget is shown), None)

    def screen_of(self, key: str) -> QWidget | None:
        """Return the screen with a key, if there is one."""
        return self._screens.get(key)

    def flush_screens(self) -> None:
        """Let every screen save what is half typed."""
        for widget in self._screens.values():
            if isinstance(widget, Typed):
                widget.flush()

    def clear_screens(self) -> None:
        """Take every screen, its place on the rail and every message away: they may show case data."""
        self.rail.clear()
        for widget in self._screens.values():
            self._stack.removeWidget(widget)
            widget.deleteLater()
        self._screens.clear()
        while self.banners.take_newest():
            pass

    def lock(self, front: QWidget) -> None:
        """Put a widget, such as the lock screen, in front; what lies behind is neither drawn nor reached."""
        self.unlock()
        self._front.addWidget(front)
        self._front.setCurrentWidget(front)
        front.windowTitleChanged.connect(self._retitle)
        if isinstance(front, Screen):
            front.on_shown()
        self._retitle()

    def unlock(self) -> None:
        """Take the widget in front away."""
        self._front.setCurrentWidget(self._work)
        while self._front.count() > 1:
            if (gone := self._front.widget(1)) is not None:
                self._front.removeWidget(gone)
                gone.deleteLater()
        self._retitle()

    @property
    def is_locked(self) -> bool:
        """Whether something is in front of the screens."""
        return self._front.currentWidget() is not self._work

    def guard_close(self, may_close: Callable[[], bool]) -> None:
        """Ask this before the window closes; save there what is still being typed."""
        self._may_close = may_close

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        return step(self.centralWidget(), forward=next)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        event.setAccepted(self._may_close())

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if files_in(event.mimeData()) and not self.is_locked:
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self.files_dropped.emit(list(files_in(event.mimeData())))
        event.acceptProposedAction()

    def _retitle(self, _changed: str = "") -> None:
        """Name the window after what it shows: task bars and screen readers say it first."""
        shown = self._front.currentWidget() if self.is_locked else self._stack.currentWidget()
        own = shown.windowTitle() if self.is_locked or self._screens else ""
        area = next((button.text() for button in self.rail.buttons if button.is_current), "")
        words = own or ("" if self.is_locked else area)
        self.setWindowTitle(text.Shell.window(words))

    def _add_keys(self) -> None:
        keys: dict[str, Callable[[], None]] = {
            "F6": self._next_pane,
            "Shift+F6": self._previous_pane,
        }
        for sequence, deed in keys.items():
            QShortcut(QKeySequence(sequence), self, deed)
        for number in range(1, 8):
            QShortcut(QKeySequence(f"Ctrl+{number}"), self, partial(self._go_to_area, number - 1))

    def _go_to_area(self, place: int) -> None:
        buttons = self.rail.buttons
        if place < len(buttons) and not self.is_locked:
            self.show_screen(buttons[place].key)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes the newest message: where nothing nearer to the focus leaves by it.

        A shortcut of the window would make those of its pages ambiguous, and Qt then calls neither.
        """
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif not self.banners.take_newest():
            self.escaped.emit()

    def _next_pane(self) -> None:
        self._step_pane(1)

    def _previous_pane(self) -> None:
        self._step_pane(-1)

    def _step_pane(self, step: int) -> None:
        """Put the focus into the next pane that has something to use."""
        panes = [pane for pane in self._panes() if first_stop(pane) is not None]
        if not panes:
            return
        focus = QApplication.focusWidget()
        here = next((at for at, pane in enumerate(panes) if focus is not None and pane.isAncestorOf(focus)), None)
        at = (here + step) % len(panes) if here is not None else 0
        stop = first_stop(panes[at])
        if stop is not None:
            stop.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _panes(self) -> list[QWidget]:
        """Return what F6 goes through: the rail, then the panes of the screen, or all of it if it names none."""
        if self.is_locked:
            return [self._front.currentWidget()]
        shown = [self._stack.currentWidget()] if self._screens else []
        named = [pane for screen in shown for pane in screen.findChildren(QWidget) if pane.property(PANE)]
        inside = [pane for pane in named if pane.isVisible()] or shown
        banners = [self.banners] if self.banners.isVisible() else []
        return [self.rail, *banners, *inside]


def _always() -> bool:
    return True
