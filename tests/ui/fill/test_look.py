"""The page at every size people use: all of it named, reached by Tab, and in sight."""

import pytest
from PySide6.QtWidgets import QApplication

from iowscp_desktop.app import responses
from iowscp_desktop.app.filling import open_filling
from iowscp_desktop.ui.fill import FillPage
from iowscp_desktop.ui.shell import Shell
from iowscp_desktop.ui.theme import Scheme, apply_theme
from tests.ui.conftest import Show
from tests.ui.fill.conftest import Laptop
from tests.ui.walks import backwards, faults, in_window

SIZES = [(1440, 900, 1.0), (1366, 768, 1.0), (1024, 768, 1.0), (1366, 768, 1.5), (1366, 768, 2.0)]


@pytest.mark.parametrize(("width", "height", "scale"), SIZES)
@pytest.mark.parametrize("question", ["heard", "staff", "visit"])
def test_everything_is_named_large_enough_reached_and_in_sight(  # noqa: PLR0917 - sizes and questions
    qapp: QApplication, laptop: Laptop, show: Show, width: int, height: int, scale: float, question: str
) -> None:
    apply_theme(qapp, Scheme.LIGHT, scale)
    laptop.write(heard="partly", heard_evidence="A survey " * 40)

    window = show(in_window(laptop.fill(question)), width, height)

    assert isinstance(window, Shell)
    assert window.width() == width
    assert faults(window) == []


def test_choices_are_reached_too(long_laptop: Laptop, show: Show) -> None:
    page = long_laptop.fill("setting_type")
    window = show(in_window(page), 1366, 768)
    assert isinstance(window, Shell)
    one = faults(window)
    page.go_to("setting_ages")

    assert one == []
    assert faults(window) == []


def test_a_locked_page_is_read_by_tab_as_well(laptop: Laptop, show: Show) -> None:
    laptop.write(setting_name="Test", heard="met", heard_evidence="Seen", adult="met", adult_evidence="Asked")
    responses.finalise(laptop.ws, open_filling(laptop.ws, laptop.response_id))
    window = show(in_window(laptop.fill("heard")), 1366, 768)

    assert isinstance(window, Shell)
    assert faults(window) == []


def test_tab_goes_down_the_question(laptop: Laptop, show: Show) -> None:
    laptop.write(heard="partly")
    window = show(in_window(laptop.fill("heard")), 1440, 2000)

    assert isinstance(window, Shell)
    assert backwards(window) == []


def test_where_there_is_no_room_guidance_and_list_wait_behind_buttons(laptop: Laptop, show: Show) -> None:
    page = laptop.fill("heard")
    show(page, 1352, 800)
    assert isinstance(page, FillPage)
    wide = (page.board.guidance.isVisible(), page.board.list_pane.isVisible())
    page.resize(1000, 700)
    medium = (page.board.guidance.isVisible(), page.board.list_pane.isVisible())
    page.resize(700, 700)
    narrow = (page.board.guidance.isVisible(), page.board.list_pane.isVisible())
    page.board.panes.list_button.click()

    assert (wide, medium, narrow) == ((True, True), (False, True), (False, False))
    assert page.board.list_pane.isVisible()


def test_colours_change_without_a_new_page(qapp: QApplication, page: FillPage) -> None:
    light = page.grab().toImage()
    apply_theme(qapp, Scheme.DARK)
    dark = page.grab().toImage()
    apply_theme(qapp, Scheme.LIGHT)

    assert light.pixelColor(700, 400).lightness() > 200
    assert dark.pixelColor(700, 400).lightness() < 60
    assert page.grab().toImage() == light
