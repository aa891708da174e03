"""Files under a question: a card each, and a tile to drop more on. Dropping is never the only way."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from iowscp_desktop import text
from iowscp_desktop.ui.theme import (
    Icon,
    KeyboardRing,
    Role,
    Type,
    colour,
    font,
    paint_box,
    paint_icon,
    paint_ring,
    px,
)
from iowscp_desktop.ui.widgets.buttons import Button, IconButton, Kind
from iowscp_desktop.ui.widgets.labels import Label
from iowscp_desktop.ui.widgets.layouts import Column, Flow, Row
from iowscp_desktop.ui.widgets.pressing import Pressable

_WIDTH, _HEIGHT, _PREVIEW = 156, 126, 70  # lengths of the design
_LINE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_CENTRED = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFile:
    """One file as a card shows it."""

    id: str
    name: str = field(repr=False)
    about: str  # such as "PDF · 412 KB"
    icon: Icon = Icon.FILE_TEXT
    preview: bytes = field(default=b"", repr=False)  # a picture, PNG or JPEG; empty: the icon is drawn large


class EvidenceCard(Pressable, QAbstractButton):
    """A file: press to look at it, Delete or the cross to take it away."""

    remove_requested = Signal(str)

    def __init__(self, file: EvidenceFile) -> None:
        super().__init__()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.remove_button = IconButton(Icon.X, "", Kind.OVERLAY)
        self.remove_button.setParent(self)
        self.remove_button.clicked.connect(lambda: self.remove_requested.emit(self.file.id))
        self.show_file(file)

    def show_file(self, file: EvidenceFile) -> None:
        """Show another file."""
        self.file = file
        self._picture = QImage.fromData(file.preview) if file.preview else QImage()
        self.setAccessibleName(text.Widgets.evidence_file(file.name, file.about))
        self.setToolTip(file.name)
        self.remove_button.show_name(text.Widgets.remove_file(file.name))
        self.update()

    def show_fixed(self, *, is_fixed: bool) -> None:
        """A fixed file can be looked at but not taken away."""
        self.remove_button.setVisible(not is_fixed)

    def rethemed(self) -> None:
        """Take on the text size in force."""
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        return QSize(px(_WIDTH), px(_HEIGHT))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.remove_button.adjustSize()
        self.remove_button.move(self.width() - self.remove_button.width() - px(5), px(5))

    @override
    def keyPressEvent(self, e: QKeyEvent) -> None:
        if e.key() == Qt.Key.Key_Delete and not self.remove_button.isHidden():
            self.remove_requested.emit(self.file.id)
        else:
            super().keyPressEvent(e)

    @override
    def paintEvent(self, e: QPaintEvent) -> None:
        with QPainter(self) as painter:
            rect = QRectF(self.rect())
            paint_box(painter, rect, back=Role.SURFACE, line=None, radius=10)
            self._paint_preview(painter, QRectF(0, 0, self.width(), px(_PREVIEW)))
            line = Role.PRIMARY if self.underMouse() else Role.LINE
            paint_box(painter, rect, back=None, line=line, radius=10)
            painter.setPen(colour(Role.LINE))
            painter.drawLine(1, px(_PREVIEW), self.width() - 2, px(_PREVIEW))
            self._paint_words(painter)
            if self.is_ringed():
                paint_ring(painter, rect, px(10))

    def _paint_preview(self, painter: QPainter, area: QRectF) -> None:
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), px(10), px(10))
        painter.setClipPath(shape)
        painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
        painter.fillRect(area, colour(Role.SUNKEN))
        if self._picture.isNull():
            side = px(32)
            place = QRectF(area.center().x() - side / 2, area.center().y() - side / 2, side, side)
            paint_icon(painter, self.file.icon, Role.INK_3, place)
        else:
            part = QRectF(0, 0, self._picture.width(), self._picture.width() * area.height() / area.width())
            painter.drawImage(area, self._picture, part.intersected(QRectF(self._picture.rect())))
        painter.restore()

    def _paint_words(self, painter: QPainter) -> None:
        left, wide, line = px(10), self.width() - px(20), px(22)
        painter.setFont(font(Type.SMALL_STRONG))
        painter.setPen(colour(Role.INK))
        name = painter.fontMetrics().elidedText(self.file.name, Qt.TextElideMode.ElideMiddle, wide)
        painter.drawText(QRectF(left, px(_PREVIEW + 6), wide, line), _LINE, name)
        side = px(14)
        paint_icon(painter, self.file.icon, Role.INK_3, QRectF(left, px(_PREVIEW + 32), side, side))
        painter.setFont(font(Type.CAPTION))
        painter.setPen(colour(Role.INK_2))
        place = QRectF(left + px(19), px(_PREVIEW + 28), wide - px(19), line)
        about = painter.fontMetrics().elidedText(self.file.about, Qt.TextElideMode.ElideRight, int(place.width()))
        painter.drawText(place, _LINE, about)


class DropTile(KeyboardRing, QAbstractButton):
    """A button to choose files with, that files can also be dropped on."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(text.Widgets.add_evidence)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._is_over = False

    def show_over(self, *, is_over: bool) -> None:
        """Light up while files hover above."""
        self._is_over = is_over
        self.update()

    def rethemed(self) -> None:
        """Take on the text size in force."""
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        return QSize(px(_WIDTH + 28), px(_HEIGHT))

    @override
    def keyPressEvent(self, e: QKeyEvent) -> None:
        if e.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(e)

    @override
    def paintEvent(self, e: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            pen = QPen(colour(Role.PRIMARY if self._is_over else Role.LINE_2), 1.4)
            pen.setDashPattern([4, 3])
            painter.setPen(pen)
            painter.setBrush(colour(Role.PRIMARY_TINT if self._is_over else Role.SUNKEN))
            painter.drawRoundedRect(rect, px(10), px(10))
            side = px(26)
            upload = QRectF((self.width() - side) / 2, px(18), side, side)
            paint_icon(painter, Icon.UPLOAD, Role.PRIMARY_TEXT, upload)
            painter.setFont(font(Type.SMALL_STRONG))
            painter.setPen(colour(Role.INK))
            painter.drawText(QRectF(px(6), px(50), self.width() - px(12), px(24)), _CENTRED, text.Widgets.drop_files)
            painter.setFont(font(Type.CAPTION))
            painter.setPen(colour(Role.INK_2))
            painter.drawText(QRectF(px(6), px(73), self.width() - px(12), px(50)), _CENTRED, text.Widgets.or_choose)
            if self.is_ringed():
                paint_ring(painter, QRectF(self.rect()), px(10))


class EvidenceStrip(QWidget):
    """The files of one answer. It changes nothing itself: it tells what a person wants."""

    files_offered = Signal(list)  # of Path: dropped or pasted
    picture_offered = Signal(QImage)  # pasted
    choose_requested = Signal()
    open_requested = Signal(str)
    remove_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._cards: dict[str, EvidenceCard] = {}
        self._count = Label("", Type.MUTED)
        self._paste = Button(text.Widgets.paste, Kind.QUIET, icon=Icon.CLIPBOARD_PASTE, small=True)
        self._drop = DropTile()
        self._flow = Flow(gap=10)
        self._flow.addWidget(self._drop)
        self.setLayout(
            Column(Row(Label(text.Widgets.evidence, Type.STRONG), self._count, None, self._paste), self._flow)
        )
        self.setAccessibleName(text.Widgets.evidence)
        self.setAcceptDrops(True)
        self._drop.clicked.connect(self.choose_requested)
        self._paste.clicked.connect(self.paste)
        self.show_files(())

    def show_files(self, files: Sequence[EvidenceFile], *, is_fixed: bool = False) -> None:
        """Show the files of an answer. `is_fixed`: none can be added or taken away any more."""
        wanted = {file.id for file in files}
        for id_ in [id_ for id_ in self._cards if id_ not in wanted]:
            card = self._cards.pop(id_)
            self._flow.removeWidget(card)
            card.hide()
            card.deleteLater()
        for file in files:
            if file.id not in self._cards:
                self._cards[file.id] = self._new_card(file)
            card = self._cards[file.id]
            if card.file != file:
                card.show_file(file)
            card.show_fixed(is_fixed=is_fixed)
            self._flow.removeWidget(card)  # and back in, so that their order is the files' order
            self._flow.addWidget(card)
        self._flow.removeWidget(self._drop)
        self._flow.addWidget(self._drop)
        self._drop.setVisible(not is_fixed)
        self._paste.setVisible(not is_fixed)
        self.setAcceptDrops(not is_fixed)
        self._count.setText(text.Widgets.files(len(files)))
        self._order_focus()

    def paste(self) -> None:
        """Offer what lies on the clipboard: files, or else a picture."""
        self._offer(QGuiApplication.clipboard().mimeData())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste) and self.acceptDrops():
            self.paste()
        else:
            super().keyPressEvent(event)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if files_in(event.mimeData()) or event.mimeData().hasImage():
            event.acceptProposedAction()
            self._drop.show_over(is_over=True)

    @override
    def dragLeaveEvent(self, event: QEvent) -> None:
        self._drop.show_over(is_over=False)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self._drop.show_over(is_over=False)
        self._offer(event.mimeData())
        event.acceptProposedAction()

    def _new_card(self, file: EvidenceFile) -> EvidenceCard:
        card = EvidenceCard(file)
        card.clicked.connect(lambda: self.open_requested.emit(card.file.id))
        card.remove_requested.connect(self.remove_requested)
        return card

    def _offer(self, mime: QMimeData) -> None:
        files = files_in(mime)
        if files:
            self.files_offered.emit(list(files))
        elif mime.hasImage():
            self.picture_offered.emit(QImage(mime.imageData()))

    def _order_focus(self) -> None:
        """Tab goes through the cards in the order they are seen, then to the tile."""
        before: QWidget = self._paste
        for card in self._cards.values():
            QWidget.setTabOrder(before, card)
            QWidget.setTabOrder(card, card.remove_button)
            before = card.remove_button
        QWidget.setTabOrder(before, self._drop)


def files_in(mime: QMimeData) -> tuple[Path, ...]:
    """Return the files of this computer that are being dropped or pasted; addresses on the web are left out."""
    return tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
