"""A sheet to sign or draw on. A typed name does as well: nobody needs a steady hand or a mouse."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from iowscp_desktop import text
from iowscp_desktop.ui.theme import Role, Type, colour, font, paint_box, px
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.fields import Field, LineEdit
from iowscp_desktop.ui.widgets.layouts import Column, flowing
from iowscp_desktop.ui.widgets.surfaces import show_or_hide

_PICTURE = QSize(900, 300)  # pixels of what is kept, whatever size the sheet has on the screen
_PAPER, _INK = QColor("white"), QColor("black")


class Sheet(QWidget):
    """Takes lines from a mouse, a pen or a finger."""

    drawn = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[list[QPointF]] = []  # from 0 to 1 across the sheet
        self._is_fixed = False
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(text.Widgets.sheet)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.rethemed()

    def rethemed(self) -> None:
        """Take on the text size in force."""
        self.setFixedHeight(px(170))

    def clear(self) -> None:
        """Begin with an empty sheet."""
        self._lines = []
        self.update()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is drawn."""
        return not self._lines

    def picture(self) -> bytes:
        """Return what is drawn as PNG, black on white."""
        image = _blank()
        with QPainter(image) as painter:
            self._draw(painter, _PICTURE, _INK, 4)
        return _png(image)

    @override
    def sizeHint(self) -> QSize:
        return QSize(px(480), px(170))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._lines.append([self._place(event)])
        self.update()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._lines:
            self._lines[-1].append(self._place(event))
            self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.drawn.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint_box(painter, self.rect().toRectF(), back=Role.SURFACE, line=Role.LINE_2, radius=8)
            self._draw(painter, self.size(), colour(Role.INK), px(3))

    def _place(self, event: QMouseEvent) -> QPointF:
        at = event.position()
        return QPointF(at.x() / max(1, self.width()), at.y() / max(1, self.height()))

    def _draw(self, painter: QPainter, size: QSize, ink: QColor, width: float) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        for line in self._lines:
            points = [QPointF(point.x() * size.width(), point.y() * size.height()) for point in line]
            path = QPainterPath(points[0])
            for point in points[1:] or points:
                path.lineTo(point)
            painter.drawPath(path)


class DrawingPad(QWidget):
    """A sheet with its buttons; `made` tells a picture as PNG, once a person says it is done."""

    made = Signal(bytes)

    def __init__(self) -> None:
        super().__init__()
        self.sheet = Sheet()
        self.name = LineEdit(text.Widgets.type_your_name)
        self.done = Button(text.Widgets.use_drawing, small=True)
        self.again = Button(text.Widgets.clear_drawing, Kind.QUIET, small=True)
        self.use_name = Button(text.Widgets.use_name, small=True)
        self._named = QWidget()
        self._named.setLayout(Column(Field(text.Widgets.type_your_name, self.name), flowing(self.use_name), gap=6))
        self.setLayout(Column(self._named, self.sheet, flowing(self.done, self.again), gap=8))
        self.done.clicked.connect(self._on_done)
        self.again.clicked.connect(self._on_again)
        self.use_name.clicked.connect(self._on_name)
        self.name.returnPressed.connect(self._on_name)
        self.sheet.drawn.connect(self._show_buttons)
        self._show_buttons()

    def show_sort(self, *, is_signature: bool) -> None:
        """A signature can be typed; a sketch cannot."""
        show_or_hide(self._named, shown=is_signature)

    def clear(self) -> None:
        """Begin anew."""
        self.sheet.clear()
        self.name.show_text("")
        self._show_buttons()

    def _show_buttons(self) -> None:
        self.done.setEnabled(not self.sheet.is_empty)
        self.again.setEnabled(not self.sheet.is_empty)

    def _on_again(self) -> None:
        self.sheet.clear()
        self._show_buttons()

    def _on_done(self) -> None:
        self.made.emit(self.sheet.picture())

    def _on_name(self) -> None:
        if self.name.text().strip():
            self.made.emit(written_name(self.name.text().strip()))


def written_name(name: str) -> bytes:
    """Return a typed name as a picture, PNG."""
    image = _blank()
    letters = font(Type.QUESTION)
    letters.setItalic(True)
    letters.setPixelSize(max(20, min(120, int(1.6 * _PICTURE.width() / max(1, len(name))))))
    with QPainter(image) as painter:
        painter.setPen(_INK)
        painter.setFont(letters)
        painter.drawText(image.rect(), Qt.AlignmentFlag.AlignCenter, name)
    return _png(image)


def _blank() -> QImage:
    image = QImage(_PICTURE, QImage.Format.Format_RGB32)
    image.fill(_PAPER)
    return image


def _png(image: QImage) -> bytes:
    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants bytes, Qt takes either
    return bytes(store.data())
