"""A date: typed in any usual way, or picked from a calendar."""

from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QVBoxLayout, QWidget
from typing_extensions import override

from iowscp_desktop import text
from iowscp_desktop.ui.theme import Icon, px
from iowscp_desktop.ui.widgets.dates import read_date, write_date
from iowscp_desktop.ui.widgets.fields import LineEdit


class DateField(LineEdit):
    """One line for a date. `chosen` tells a date, or None for an emptied field; `not_understood` tells neither."""

    chosen = Signal(object)
    not_understood = Signal(str)

    def __init__(self, name: str) -> None:
        self._shown: date | None = None
        super().__init__(name, hint=text.Widgets.date_example)
        self._calendar = self.add_button(Icon.CALENDAR, text.Widgets.choose_date)
        self._calendar.clicked.connect(self._open_calendar)
        self.returnPressed.connect(self.settle)

    def show_date(self, day: date | None) -> None:
        """Show a date; None shows an empty field."""
        self._shown = day
        self.show_text(write_date(day) if day else "")

    def show_fixed(self, *, is_fixed: bool) -> None:
        """A fixed date can be read but not changed."""
        self.setReadOnly(is_fixed)
        self._calendar.setEnabled(not is_fixed)

    @override
    def rethemed(self) -> None:
        super().rethemed()
        self.setMinimumWidth(px(185))

    @override
    def focusOutEvent(self, arg__1: QFocusEvent) -> None:
        self.settle()
        super().focusOutEvent(arg__1)

    def settle(self) -> None:
        """Take what is written for an answer if it is one and says something new."""
        written = self.text().strip()
        day = read_date(written)
        if written and day is None:
            self.not_understood.emit(text.Widgets.date_not_understood)
        elif day != self._shown:
            self.show_date(day)
            self.chosen.emit(day)
        else:
            self.show_date(day)

    def _open_calendar(self) -> None:
        popup = CalendarPopup(self, self._shown)
        popup.picked.connect(self._on_picked)
        popup.move(self.mapToGlobal(QPoint(0, self.height())))
        popup.show()

    def _on_picked(self, day: date) -> None:
        self.setText(write_date(day))
        self.settle()


class CalendarPopup(QWidget):
    """A month to click in; goes away when something is picked or Escape is pressed."""

    picked = Signal(object)

    def __init__(self, parent: QWidget, shown: date | None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.calendar = QCalendarWidget()
        self.calendar.setAccessibleName(text.Widgets.choose_date)
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        if shown is not None:
            self.calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        self.calendar.activated.connect(self._on_activated)
        self.calendar.clicked.connect(self._on_activated)
        layout = QVBoxLayout(self)
        layout.addWidget(self.calendar)
        self.setFocusProxy(self.calendar)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _on_activated(self, day: QDate) -> None:
        self.picked.emit(date(day.year(), day.month(), day.day()))
        self.close()
