from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from iowscp_desktop import text
from iowscp_desktop.app.settings import Settings
from iowscp_desktop.ui.settings import Levers, SettingsPage, open_settings
from tests.ui.conftest import Show


def opened(show: Show, *, alone: bool = False) -> tuple[SettingsPage, list[object]]:
    moved: list[object] = []
    levers = Levers(
        on_changed=moved.append,
        on_lock=lambda: moved.append("lock"),
        on_someone_else=None if alone else lambda: moved.append("someone else"),
    )
    page = open_settings(Settings(), levers)
    show(page, 1000, 900)
    return page, moved


def test_every_setting_is_drawn_with_its_value_in_words(show: Show) -> None:
    page, _ = opened(show)

    assert [combo.currentText() for combo in page.combos.values()] == ["As on this computer", "100 %", "10 minutes"]
    assert set(page.combos) == set(text.Settings.labels) == set(text.Settings.hints)


def test_what_is_chosen_by_key_is_told_with_the_rest_as_it_was(show: Show) -> None:
    page, moved = opened(show)

    QTest.keyClick(page.combos["text_size"], Qt.Key.Key_Down)
    page.show_settings(Settings(text_size=125))
    QTest.keyClick(page.combos["scheme"], Qt.Key.Key_End)

    assert moved == [Settings(text_size=125), Settings(scheme="contrast", text_size=125)]


def test_showing_settings_tells_nothing(show: Show) -> None:
    page, moved = opened(show)

    page.show_settings(Settings(scheme="dark", lock_after=30))

    assert moved == []


def test_the_buttons_lock_and_ask_who_is_there(show: Show) -> None:
    page, moved = opened(show)

    QTest.keyClick(page.someone_else, Qt.Key.Key_Return)
    QTest.keyClick(page.lock, Qt.Key.Key_Return)

    assert moved == ["someone else", "lock"]


def test_who_works_alone_is_not_asked(show: Show) -> None:
    page, _ = opened(show, alone=True)

    assert not page.someone_else.isVisible()
    assert page.lock.isVisible()
