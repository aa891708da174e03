"""The settings, drawn from their declaration; each takes effect when it is chosen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial

from PySide6.QtWidgets import QWidget

from iowscp_desktop import text
from iowscp_desktop.app.settings import Settings, options_of
from iowscp_desktop.ui.theme import Icon, Type
from iowscp_desktop.ui.widgets.buttons import Button
from iowscp_desktop.ui.widgets.centred import Centred
from iowscp_desktop.ui.widgets.choices import Combo
from iowscp_desktop.ui.widgets.fields import Field
from iowscp_desktop.ui.widgets.labels import Label
from iowscp_desktop.ui.widgets.layouts import Column, Row
from iowscp_desktop.ui.widgets.pages import PageTitle
from iowscp_desktop.ui.widgets.surfaces import PANE, Card, show_or_hide

Words = text.Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the settings that has a screen of its own: what it is for, and what opens it."""

    title: str
    about: str
    button: str
    icon: Icon
    on_open: Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Levers:
    """What the settings screen moves."""

    on_changed: Callable[[Settings], None]
    on_lock: Callable[[], None]
    on_someone_else: Callable[[], None] | None
    """None where only one person works, as in a panel."""
    sections: Sequence[Section] = ()
    """What has a screen of its own, in this order."""


class SettingsPage(QWidget):
    """A drop-down for each setting."""

    def __init__(self, settings: Settings, levers: Levers) -> None:
        super().__init__()
        self._settings, self._levers = settings, levers
        self.combos = {each.name: _combo(each.name) for each in fields(Settings)}
        drawn: list[QWidget] = []
        for name, combo in self.combos.items():
            combo.chosen.connect(partial(self._on_chosen, name))
            drawn.append(Field(Words.labels[name], combo, hint=Words.hints[name]))
        self.someone_else = Button(Words.someone_else, icon=Icon.USERS)
        self.lock = Button(Words.lock, icon=Icon.LOCK)
        self.lock.clicked.connect(levers.on_lock)
        if levers.on_someone_else is not None:
            self.someone_else.clicked.connect(levers.on_someone_else)
        looks = Card(Column(*drawn, gap=18, margins=(26, 20, 24, 22)))
        people = _card(Words.people, Words.someone_else_about, self.someone_else)
        show_or_hide(people, shown=levers.on_someone_else is not None)
        locking = _card(Words.lock_title, Words.lock_about, self.lock)
        self.sections = tuple(Button(each.button, icon=each.icon) for each in levers.sections)
        doors: list[QWidget] = []
        for section, button in zip(levers.sections, self.sections, strict=True):
            button.clicked.connect(section.on_open)
            doors.append(_card(section.title, section.about, button))
        column = Column(PageTitle(Words.title, Words.about), 4, looks, people, locking, *doors, None, gap=14)
        body = Centred(column, width=700, margins=(32, 22, 28, 22))
        body.setProperty(PANE, "yes")
        whole = Column(gap=0)
        whole.add(body, 1)
        self.setLayout(whole)
        self.show_settings(settings)

    def show_settings(self, settings: Settings) -> None:
        """Show what is set."""
        self._settings = settings
        for name, combo in self.combos.items():
            combo.show_value(str(getattr(settings, name)))

    def _on_chosen(self, name: str, chosen: str) -> None:
        value = next(each for each in options_of(name) if str(each) == chosen)
        self._levers.on_changed(_with(self._settings, name, value))


def _with(settings: Settings, name: str, value: str | int) -> Settings:
    changed: dict[str, str | int] = {name: value}
    return replace(settings, **changed)  # type: ignore[arg-type]  # the name decides which of the two it is


def _combo(name: str) -> Combo:
    return Combo(Words.labels[name], [(str(value), Words.value(name, value)) for value in options_of(name)])


def _card(title: str, about: str, button: Button) -> Card:
    return Card(
        Column(
            Label(title, Type.H2),
            Label(about, Type.MUTED, wrap=True),
            Row(button, None),
            gap=10,
            margins=(26, 18, 24, 20),
        )
    )
