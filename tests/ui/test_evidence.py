from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from iowscp_desktop.ui.widgets.evidence import EvidenceCard, EvidenceStrip, files_in
from tests.ui.conftest import Show
from tests.ui.invented import files


@pytest.fixture
def strip(show: Show) -> EvidenceStrip:
    made = show(EvidenceStrip(), 700, 200)
    assert isinstance(made, EvidenceStrip)
    made.show_files(files())
    QApplication.processEvents()
    return made


def cards(strip: EvidenceStrip) -> list[EvidenceCard]:
    return [card for card in strip.findChildren(EvidenceCard) if card.isVisible()]


def mime_of(*addresses: str) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl(address) for address in addresses])
    return mime


def drop(strip: EvidenceStrip, mime: QMimeData) -> None:
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(strip, QDragEnterEvent(QPoint(5, 5), copy, mime, left, none))
    QApplication.sendEvent(strip, QDropEvent(QPointF(5, 5), copy, mime, left, none))


def test_dropped_files_are_offered_and_web_addresses_are_not(strip: EvidenceStrip) -> None:
    offered: list[list[Path]] = []
    strip.files_offered.connect(offered.append)

    drop(strip, mime_of("file:///tmp/a.pdf", "https://example.org/b.pdf", "file:///tmp/c%20d.png"))

    assert offered == [[Path("/tmp/a.pdf"), Path("/tmp/c d.png")]]  # noqa: S108 - names, never opened


def test_a_web_address_alone_is_not_taken(strip: EvidenceStrip) -> None:
    offered: list[list[Path]] = []
    strip.files_offered.connect(offered.append)

    drop(strip, mime_of("https://example.org/b.pdf"))

    assert offered == []
    assert files_in(mime_of("https://example.org/b.pdf")) == ()


def test_a_pasted_picture_is_offered(strip: EvidenceStrip) -> None:
    offered: list[QImage] = []
    strip.picture_offered.connect(offered.append)
    picture = QImage(4, 4, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    QApplication.clipboard().setImage(picture)
    cards(strip)[0].setFocus()

    QTest.keyClick(cards(strip)[0], Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    assert [image.size() for image in offered] == [picture.size()]
    QApplication.clipboard().clear()


def test_the_tile_is_a_button_so_that_nobody_has_to_drag(strip: EvidenceStrip) -> None:
    asked: list[bool] = []
    strip.choose_requested.connect(lambda: asked.append(True))
    strip._drop.setFocus()

    QTest.keyClick(strip._drop, Qt.Key.Key_Return)
    QTest.mouseClick(strip._drop, Qt.MouseButton.LeftButton)

    assert asked == [True, True]


def test_enter_looks_at_a_file_and_delete_takes_it_away(strip: EvidenceStrip) -> None:
    told: list[str] = []
    strip.open_requested.connect(lambda id_: told.append(f"open {id_}"))
    strip.remove_requested.connect(lambda id_: told.append(f"remove {id_}"))

    QTest.keyClick(cards(strip)[0], Qt.Key.Key_Return)
    QTest.keyClick(cards(strip)[1], Qt.Key.Key_Delete)
    QTest.mouseClick(cards(strip)[2].remove_button, Qt.MouseButton.LeftButton)

    assert told == ["open a", "remove b", "remove c"]


def test_a_card_says_which_file_it_is(strip: EvidenceStrip) -> None:
    card = cards(strip)[0]

    assert card.accessibleName() == "Evidence: Induction policy 2026.pdf, PDF · 412 KB"
    assert card.remove_button.accessibleName() == "Remove Induction policy 2026.pdf"


def test_cards_stay_the_same_widgets_while_files_come_and_go(strip: EvidenceStrip) -> None:
    before = {card.file.id: card for card in cards(strip)}

    strip.show_files(files()[1:])

    assert [card.file.id for card in cards(strip)] == ["b", "c"]
    assert all(before[card.file.id] is card for card in cards(strip))


def test_a_signed_answers_files_can_only_be_looked_at(strip: EvidenceStrip) -> None:
    told: list[str] = []
    strip.remove_requested.connect(told.append)

    strip.show_files(files(), is_fixed=True)
    QTest.keyClick(cards(strip)[0], Qt.Key.Key_Delete)

    assert told == []
    assert not strip._drop.isVisible()
    assert not strip.acceptDrops()


def test_file_names_are_not_in_what_a_log_would_print() -> None:
    assert "Induction" not in repr(files()[0])
