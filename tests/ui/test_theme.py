import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontInfo, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from iowscp_desktop.domain import scale as domain_scale
from iowscp_desktop.domain.scale import Point
from iowscp_desktop.domain.shipped import shipped
from iowscp_desktop.ui.theme import (
    Icon,
    Mark,
    Role,
    Scheme,
    Symbol,
    Tone,
    Type,
    apply_theme,
    colour,
    font,
    mark_of,
    paint_mark,
    px,
    scale,
    tokens,
)
from iowscp_desktop.ui.theme.tokens import CONTRAST, DARK, LIGHT
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.fields import Field, LineEdit, TextArea
from iowscp_desktop.ui.widgets.labels import Label
from iowscp_desktop.ui.widgets.layouts import Column
from iowscp_desktop.ui.widgets.surfaces import Card
from tests.ui.colour_science import contrast
from tests.ui.conftest import Show


def colours_of(widget: QWidget) -> dict[str, int]:
    image = widget.grab().toImage()
    found: dict[str, int] = {}
    for y in range(image.height()):
        for x in range(image.width()):
            name = image.pixelColor(x, y).name()
            found[name] = found.get(name, 0) + 1
    return found


def most_used(widget: QWidget) -> str:
    found = colours_of(widget)
    return max(found, key=lambda name: found[name])


def strongest_contrast(widget: QWidget) -> float:
    """The contrast between the background of a painted widget and what is painted strongest on it."""
    back = most_used(widget)
    return max(contrast(name, back) for name in colours_of(widget))


@pytest.mark.parametrize(
    ("scheme", "expected"), [(Scheme.DARK, DARK), (Scheme.CONTRAST, CONTRAST), (Scheme.LIGHT, LIGHT)]
)
def test_a_new_scheme_repaints_what_is_on_screen(
    qapp: QApplication, show: Show, scheme: Scheme, expected: object
) -> None:
    card = Card(Column(Label("Words", Type.BODY), margins=(20, 20, 20, 20)))
    apply_theme(qapp, Scheme.LIGHT if scheme is Scheme.DARK else Scheme.DARK)
    show(card, 120, 80)
    before = most_used(card)

    apply_theme(qapp, scheme)

    assert tokens() is expected
    assert most_used(card) != before
    assert most_used(card) == colour(Role.SURFACE).name()


def test_larger_text_makes_everything_larger_and_back_again(qapp: QApplication, show: Show) -> None:
    button, label = Button("Go on"), Label("Words", Type.H1)
    body = QWidget()
    body.setLayout(Column(button, label, 10, gap=8, margins=(4, 4, 4, 4)))
    show(body)
    small = (button.sizeHint(), label.sizeHint(), body.sizeHint())

    apply_theme(qapp, Scheme.LIGHT, 2.0)
    large = (button.sizeHint(), label.sizeHint(), body.sizeHint())
    apply_theme(qapp, Scheme.LIGHT, 1.0)

    assert all(after.height() >= 1.9 * before.height() for before, after in zip(small, large, strict=True))
    assert (button.sizeHint(), label.sizeHint(), body.sizeHint()) == small


@pytest.mark.parametrize(("asked", "given"), [(0.2, 1.0), (1.5, 1.5), (9.0, 2.0)])
def test_text_size_stays_between_100_and_200_per_cent(qapp: QApplication, asked: float, given: float) -> None:
    apply_theme(qapp, Scheme.LIGHT, asked)

    assert scale() == given
    assert px(10) == round(10 * given)


def test_match_follows_the_computers_own_scheme(qapp: QApplication) -> None:
    apply_theme(qapp, Scheme.MATCH)

    assert tokens() is LIGHT or tokens() is DARK


def test_a_change_of_the_computers_scheme_is_followed_only_while_asked_to(qapp: QApplication) -> None:
    apply_theme(qapp, Scheme.MATCH, 1.5)
    apply_theme(qapp, Scheme.CONTRAST, 1.5)

    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    kept = tokens()
    apply_theme(qapp, Scheme.MATCH, 2.0)
    apply_theme_again = tokens()
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)

    assert kept is CONTRAST
    assert tokens() is apply_theme_again
    assert scale() == 2.0


def test_the_shipped_typeface_is_the_one_drawn(qapp: QApplication) -> None:
    assert QFontInfo(font(Type.BODY)).family() == "Source Sans 3"
    assert QFontInfo(font(Type.H1)).bold()


def test_every_icon_has_its_drawing_and_every_drawing_its_icon() -> None:
    drawings = {path.stem for path in shipped("resources", "icons").glob("*.svg")}

    assert drawings == {icon.value for icon in Icon}


@pytest.mark.parametrize("folder", ["icons", "fonts"])
def test_the_licences_travel_with_what_they_cover(folder: str) -> None:
    licences = [
        path for path in shipped("resources", folder).glob("*.txt") if "licen" in path.read_text("utf-8").lower()
    ]

    assert licences


def drawn(mark: Mark) -> QImage:
    image = QImage(48, 48, QImage.Format.Format_ARGB32)
    image.fill(QColor("white"))
    with QPainter(image) as painter:
        paint_mark(painter, mark, QRectF(4, 4, 40, 40))
    return image.convertToFormat(QImage.Format.Format_Mono)


def test_no_two_symbols_look_alike_without_colour(qapp: QApplication) -> None:
    shapes = [drawn(Mark(symbol, Tone.PURPLE)) for symbol in Symbol]

    differing = [
        sum(one.pixel(x, y) != other.pixel(x, y) for x in range(48) for y in range(48))
        for place, one in enumerate(shapes)
        for other in shapes[place + 1 :]
    ]

    assert min(differing) > 100


@pytest.mark.parametrize("symbol", domain_scale.Symbol)
@pytest.mark.parametrize("hue", domain_scale.Colour)
def test_every_point_of_a_scale_can_be_drawn(symbol: domain_scale.Symbol, hue: domain_scale.Colour) -> None:
    mark = mark_of(Point(value="x", label="X", symbol=symbol, colour=hue))

    assert (mark.symbol.value, mark.tone.value) == (symbol.value, hue.value)


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK, Scheme.CONTRAST])
def test_what_is_painted_keeps_the_promised_contrast(qapp: QApplication, show: Show, scheme: Scheme) -> None:
    apply_theme(qapp, scheme, 2.0)  # large letters have whole pixels of their colour
    empty, disabled, area = LineEdit("Name", hint="MMMMMMM"), LineEdit("Name"), TextArea("Area")
    disabled.setText("MMMMMMM")
    disabled.setEnabled(False)
    area.setPlaceholderText("MMMMMMM")
    buttons = [Button("MMMMM", kind) for kind in Kind]
    body = QWidget()
    other = LineEdit("Has the focus")
    body.setLayout(Column(empty, disabled, area, *buttons, other))
    show(body)
    other.setFocus()

    measured = {
        type(widget).__name__ + str(at): _inner_contrast(widget)
        for at, widget in enumerate((empty, disabled, area, *buttons))
    }

    assert {name: ratio for name, ratio in measured.items() if ratio < 4.5} == {}


def _inner_contrast(widget: QWidget) -> float:
    """Leave the border out: it has a contrast of its own."""
    inside = widget.rect().adjusted(8, 8, -8, -8)
    image = widget.grab(inside).toImage()
    names: dict[str, int] = {}
    for y in range(image.height()):
        for x in range(image.width()):
            name = image.pixelColor(x, y).name()
            names[name] = names.get(name, 0) + 1
    back = max(names, key=lambda name: names[name])
    return max(contrast(name, back) for name in names)


def test_a_disabled_field_does_not_look_like_one_to_write_in(show: Show) -> None:
    usable, closed = LineEdit("A"), LineEdit("B")
    for field in (usable, closed):
        field.setText("MMMM")
    closed.setEnabled(False)
    body = QWidget()
    body.setLayout(Column(usable, closed))
    show(body)

    assert most_used(usable) == colour(Role.SURFACE).name()
    assert most_used(closed) == colour(Role.SUNKEN).name()


def test_a_wrong_answer_gets_a_red_border_and_its_reason(show: Show) -> None:
    line = LineEdit("Number")
    field = Field("Number", line)
    show(field, 300, 120)
    assert colour(Role.RED).name() not in colours_of(line)

    field.show_problem("Write a whole number.")

    assert colour(Role.RED).name() in colours_of(line)
    assert line.accessibleDescription() == "Write a whole number."
