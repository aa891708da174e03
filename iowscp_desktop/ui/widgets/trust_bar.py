"""The strip at the bottom that always says: saved, offline, encrypted, and who is at the keyboard."""

from enum import Enum, auto

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from iowscp_desktop import text
from iowscp_desktop.ui.theme import Icon, Role, Type, px, scale
from iowscp_desktop.ui.widgets.labels import Label, Picture
from iowscp_desktop.ui.widgets.layouts import Row
from iowscp_desktop.ui.widgets.surfaces import Pane

_ROOMY, _TIGHT, _LEAST = 1100, 760, 520  # widths of the design


class Saved(Enum):
    """Where typing has got to."""

    NOTHING_YET = auto()
    SAVED = auto()
    SAVING = auto()
    FAILED = auto()


class TrustBar(Pane):
    """Trust cues. As room shrinks, sentences become short, then only icons with tips remain."""

    def __init__(self) -> None:
        super().__init__(back=Role.SURFACE, edges="t")
        self._saved_icon = Picture(Icon.CHECK, Role.GREEN_INK, 16)
        self._saved, self._time = Label("", Type.SMALL), Label("", Type.SMALL, role=Role.INK_3)
        self._offline, self._encrypted = Label("", Type.SMALL), Label(text.Shell.encrypted, Type.SMALL)
        self._person = Label("", Type.SMALL)
        wifi, lock = Picture(Icon.WIFI_OFF, Role.INK_2, 16), Picture(Icon.LOCK, Role.INK_2, 15)
        wifi.setToolTip(text.Shell.offline)
        lock.setToolTip(text.Shell.encrypted)
        cues: tuple[QWidget | int, ...] = (wifi, self._offline, 6, lock, self._encrypted, 6, self._person)
        row = Row(self._saved_icon, self._saved, self._time, None, *cues, gap=8, margins=(20, 4, 20, 4))
        self.setLayout(row)
        self.setAccessibleName(text.Shell.status)
        self.show_saved(Saved.NOTHING_YET)
        self.rethemed()

    def show_saved(self, state: Saved, time: str = "") -> None:
        """Say where typing has got to; `time` is when it was last saved."""
        words, icon, role = {
            Saved.NOTHING_YET: (text.Shell.not_saved_yet, Icon.CHECK, Role.INK_3),
            Saved.SAVED: (text.Shell.saved, Icon.CHECK, Role.GREEN_INK),
            Saved.SAVING: (text.Shell.saving, Icon.ELLIPSIS, Role.INK_2),
            Saved.FAILED: (text.Shell.not_saved, Icon.OCTAGON_ALERT, Role.RED_INK),
        }[state]
        self._saved.setText(words)
        self._saved.setAccessibleName(text.Shell.saved_at(time) if state is Saved.SAVED and time else words)
        self._saved.show_role(Role.RED_INK if state is Saved.FAILED else Role.INK_2)
        self._saved_icon.show_icon(icon, role)
        self._time.setText(time if state is Saved.SAVED else "")

    def show_person(self, name: str) -> None:
        """Say who is at the keyboard; '' says nobody."""
        self._person.setText(text.Shell.signed_in(name) if name else "")

    def rethemed(self) -> None:
        """Take on the text size in force."""
        self.setMinimumHeight(px(34))
        self._fit()

    @override
    def minimumSizeHint(self) -> QSize:
        """Ask for the room of the shortest form, whatever is shown just now."""
        return QSize(px(_LEAST), super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = self.width() / scale()
        self._offline.setText(text.Shell.offline if width >= _ROOMY else text.Shell.offline_short)
        self._offline.setVisible(width >= _TIGHT)
        self._encrypted.setVisible(width >= _TIGHT)
