"""What things lie on: cards, panes, dividing lines and the area that scrolls."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QSizePolicy, QWidget
from typing_extensions import override

from iowscp_desktop.ui.theme import Role, Tone, colour, paint_box, px, tokens

PANE = "pane"
"""The dynamic property of widgets that F6 goes through."""


def first_stop(pane: QWidget) -> QWidget | None:
    """Return the first thing in a pane that Tab would stop at."""
    for child in pane.findChildren(QWidget):
        takes_tab = bool(child.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if takes_tab and child.isVisible() and child.isEnabled():
            return child
    return None


def show_or_hide(widget: QWidget, *, shown: bool) -> None:
    """Show or hide a part of something; a part that is in nothing yet will show with what it is put into.

    Qt would make such a part a window of its own.
    """
    if shown and widget.isWindow():
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)  # noqa: FBT003 - Qt's own "off"
    else:
        widget.setVisible(shown)


class Card(QFrame):
    """A rounded box."""

    def __init__(
        self,
        layout: QLayout | None = None,
        *,
        back: Role = Role.SURFACE,
        line: Role | None = Role.LINE,
        edge: Tone | None = None,
    ) -> None:
        super().__init__()
        self._back, self._line, self._edge = back, line, edge
        if layout is not None:
            self.setLayout(layout)

    def show_look(self, back: Role, line: Role | None, edge: Tone | None = None) -> None:
        """Change its colours; `edge` paints a thick left side."""
        self._back, self._line, self._edge = back, line, edge
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            rect = QRectF(self.rect())
            line = self._line
            if line is None and not tokens().tinted:  # a tint alone would be invisible
                line = Role.LINE_2
            inside = paint_box(painter, rect, back=self._back, line=line, radius=12)
            if self._edge:
                shape = QPainterPath()
                shape.addRoundedRect(inside, px(12), px(12))
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setClipRect(QRectF(0, 0, px(5), self.height()))
                painter.fillPath(shape, colour(self._edge.solid))


class Pane(QWidget):
    """A flat area of the window with thin lines at some of its edges ("t", "r", "b", "l")."""

    def __init__(self, layout: QLayout | None = None, *, back: Role = Role.SURFACE, edges: str = "") -> None:
        super().__init__()
        self._back, self._edges = back, edges
        if layout is not None:
            self.setLayout(layout)

    def show_edges(self, edges: str) -> None:
        """Change which edges have a line."""
        self._edges = edges
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            width, height = self.width(), self.height()
            painter.fillRect(self.rect(), colour(self._back))
            places = {
                "t": (0, 0, width, 1),
                "r": (width - 1, 0, 1, height),
                "b": (0, height - 1, width, 1),
                "l": (0, 0, 1, height),
            }
            for edge in self._edges:
                painter.fillRect(*places[edge], colour(Role.LINE))


class Divider(QWidget):
    """A thin line across."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), colour(Role.LINE))


class ScrollPane(QScrollArea):
    """Scrolls one widget up and down; sideways only when text size leaves no other way."""

    def __init__(self, body: QWidget) -> None:
        super().__init__()
        body.setObjectName("scroll_body")  # the style sheet keeps it see-through by this name
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(body)
        self._fit_height()

    def reveal(self, widget: QWidget) -> None:
        """Scroll until a widget shows, clear of whatever lies along the edges."""
        self.ensureWidgetVisible(widget, 0, px(80))

    @override
    def resizeEvent(self, arg__1: QResizeEvent) -> None:
        self._fit_height()
        super().resizeEvent(arg__1)

    def _fit_height(self) -> None:
        """Let the body be as high as its wrapped words need at the width it has.

        Its least height is that of its narrowest width, which would leave empty space below.
        """
        body = self.widget()
        layout = body.layout() if body is not None else None
        if body is not None and layout is not None:
            body.setMinimumHeight(1 if layout.hasHeightForWidth() else 0)
