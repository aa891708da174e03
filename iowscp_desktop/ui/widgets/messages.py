"""Things that are said without being asked: banners, and the summary of what is still wrong."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from iowscp_desktop import text
from iowscp_desktop.ui.theme import Icon, Role, Tone, Type
from iowscp_desktop.ui.widgets.buttons import Button, IconButton, Kind
from iowscp_desktop.ui.widgets.labels import Label, Picture
from iowscp_desktop.ui.widgets.layouts import Column, Margins, Row
from iowscp_desktop.ui.widgets.surfaces import Card, show_or_hide


class Weight(Enum):
    """How grave a message is: its tone and its icon."""

    DONE = (Tone.GREEN, Icon.CIRCLE_CHECK_BIG)
    NOTE = (Tone.BLUE, Icon.INFO)
    WARNING = (Tone.AMBER, Icon.TRIANGLE_ALERT)
    PROBLEM = (Tone.RED, Icon.OCTAGON_ALERT)

    @property
    def tone(self) -> Tone:
        """The colour."""
        return self.value[0]

    @property
    def icon(self) -> Icon:
        """The icon."""
        return self.value[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What a banner says."""

    weight: Weight
    words: str
    remedy: str = ""
    code: str = ""
    offer: str = ""  # the words of a button, if there is something to do at once
    on_offer: Callable[[], None] | None = None


class Banner(Card):
    """A message that stays until it is closed. It takes no focus and stops nothing."""

    closed = Signal()

    def __init__(self, message: Message) -> None:
        tone = message.weight.tone
        super().__init__(back=tone.tint, line=tone.solid, edge=tone)
        self.message = message
        self.setAccessibleName(message.words)
        self.setAccessibleDescription(" ".join(part for part in (message.remedy, _code(message)) if part))
        words = Column(Label(message.words, Type.STRONG, role=tone.ink, wrap=True), gap=2)
        if message.remedy:
            words.add(Label(message.remedy, Type.BODY, wrap=True))
        if message.code:
            code = Label(_code(message), Type.SMALL, role=Role.INK_2)
            code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.add(code)
        row = Row(Picture(message.weight.icon, tone.ink, 22), gap=12, margins=(20, 12, 12, 12))
        row.add(words, 1)
        if message.on_offer is not None:
            offer = Button(message.offer)
            offer.clicked.connect(message.on_offer)
            row.add(offer)
        self.close_button = IconButton(Icon.X, text.Notices.dismiss)
        self.close_button.clicked.connect(self.closed)
        row.add(self.close_button)
        row.setAlignment(self.close_button, Qt.AlignmentFlag.AlignTop)
        self.setLayout(row)


class BannerStack(QWidget):
    """The banners of a window, newest on top. The same message is not shown twice."""

    def __init__(self, *, margins: Margins = (24, 12, 24, 0)) -> None:
        super().__init__()
        self.setAccessibleName(text.Shell.banners)
        self._column = Column(gap=8, margins=margins)
        self.setLayout(self._column)
        self._banners: list[Banner] = []
        self.hide()

    @property
    def banners(self) -> tuple[Banner, ...]:
        """What is shown, oldest first."""
        return tuple(self._banners)

    def say(self, message: Message) -> Banner:
        """Show a message."""
        for banner in self._banners:
            if banner.message == message:
                return banner
        banner = Banner(message)
        banner.closed.connect(lambda: self.take(banner))
        self._banners.append(banner)
        self._column.insertWidget(0, banner)
        show_or_hide(self, shown=True)
        return banner

    def take(self, banner: Banner) -> None:
        """Take one away."""
        if banner in self._banners:
            self._banners.remove(banner)
            self._column.removeWidget(banner)
            banner.hide()
            banner.deleteLater()
        self.setVisible(bool(self._banners))

    def take_newest(self) -> bool:
        """Take the newest away; say whether there was one."""
        if not self._banners:
            return False
        self.take(self._banners[-1])
        return True


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right, and where."""

    key: str
    words: str


class ErrorSummary(Card):
    """Everything that is still wrong, each a link to its place."""

    followed = Signal(str)

    def __init__(self) -> None:
        super().__init__(back=Role.SURFACE, line=Role.RED, edge=Tone.RED)
        self._heading = Label("", Type.H2, wrap=True)
        self._links = Column(gap=2)
        top = Row(Picture(Icon.OCTAGON_ALERT, Role.RED_INK, 24), gap=10)
        top.add(self._heading, 1)
        below = Row(gap=0, margins=(28, 0, 0, 0))
        below.add(self._links, 1)
        self.setLayout(Column(top, below, gap=6, margins=(24, 18, 20, 18)))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # focus is put here after a failed check, and it is read out

    def show_problems(self, heading: str, problems: Sequence[Problem]) -> None:
        """Show what is wrong; nothing wrong hides it."""
        self._heading.setText(heading)
        self.setAccessibleName(heading)
        while (item := self._links.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        for problem in problems:
            link = Button(problem.words, Kind.PROBLEM_LINK)
            link.clicked.connect(lambda _checked=False, key=problem.key: self.followed.emit(key))
            self._links.add(link)
            self._links.setAlignment(link, Qt.AlignmentFlag.AlignLeft)
        show_or_hide(self, shown=bool(problems))


def _code(message: Message) -> str:
    return text.Notices.code(message.code) if message.code else ""
