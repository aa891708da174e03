from itertools import combinations

import pytest
from PySide6.QtGui import QColor, QPalette

from iowscp_desktop.ui.theme.tokens import CONTRAST, DARK, LIGHT, Role, Tokens, Tone, from_palette
from tests.ui.colour_science import BLINDNESS, contrast, difference

SCHEMES = pytest.mark.parametrize("tokens", [LIGHT, DARK, CONTRAST], ids=["light", "dark", "contrast"])
_BACKS = (Role.APP, Role.SURFACE, Role.SUNKEN)
TEXT = [
    *((ink, back) for ink in (Role.INK, Role.INK_2, Role.INK_3, Role.PRIMARY_TEXT, Role.RED_INK) for back in _BACKS),
    *((ink, Role.HOVER) for ink in (Role.INK, Role.INK_2, Role.PRIMARY_TEXT)),
    *((tone.ink, tone.tint) for tone in Tone),
    *((Role.INK, tone.tint) for tone in Tone),
    *((Role.INK_2, tone.tint) for tone in Tone),
    (Role.GREEN_INK, Role.SURFACE),
    (Role.INK_3, Role.GREY_TINT),
    (Role.INK_3, Role.PRIMARY_TINT),
    (Role.RAIL_INK, Role.RAIL),
    (Role.RAIL_INK_2, Role.RAIL),
    (Role.RAIL_INK, Role.RAIL_SELECTED),
    (Role.ON_PRIMARY, Role.PRIMARY),
    (Role.ON_PRIMARY, Role.PRIMARY_HOVER),
    (Role.ON_HALO, Role.FOCUS_HALO),
    (Role.SURFACE, Role.INK),
]
SHAPES = [
    *((tone.solid, back) for tone in Tone for back in (Role.SURFACE, Role.APP, tone.tint)),
    *((Role.ON_TONE, tone.solid) for tone in Tone),
    *((Role.LINE_2, back) for back in _BACKS),
    (Role.FOCUS_HALO, Role.RAIL),
    (Role.FOCUS_HALO, Role.FOCUS),
]


@SCHEMES
@pytest.mark.parametrize(("ink", "back"), TEXT, ids=lambda role: role.name)
def test_every_text_can_be_read_on_every_background_it_is_put_on(tokens: Tokens, ink: Role, back: Role) -> None:
    assert contrast(tokens.colours[ink], tokens.colours[back]) >= 4.5


@SCHEMES
@pytest.mark.parametrize(("shape", "back"), SHAPES, ids=lambda role: role.name)
def test_every_symbol_and_border_stands_out_from_what_is_around_it(tokens: Tokens, shape: Role, back: Role) -> None:
    assert contrast(tokens.colours[shape], tokens.colours[back]) >= 3


@SCHEMES
@pytest.mark.parametrize("back", [*_BACKS, Role.PRIMARY_TINT, Role.AMBER_TINT, Role.RAIL, Role.PRIMARY])
def test_one_half_of_the_focus_ring_shows_on_any_background(tokens: Tokens, back: Role) -> None:
    halves = (tokens.colours[Role.FOCUS], tokens.colours[Role.FOCUS_HALO])

    assert max(contrast(half, tokens.colours[back]) for half in halves) >= 3


@SCHEMES
@pytest.mark.parametrize("blindness", BLINDNESS)
def test_green_amber_and_red_stay_apart_for_people_who_see_colours_differently(tokens: Tokens, blindness: str) -> None:
    graded = [tokens.colours[role] for role in (Role.GREEN, Role.AMBER, Role.RED)]

    assert min(difference(one, other, blindness) for one, other in combinations(graded, 2)) >= 25.5


def test_high_contrast_text_reaches_seven_to_one() -> None:
    weak = [(ink, back) for ink, back in TEXT if contrast(CONTRAST.colours[ink], CONTRAST.colours[back]) < 7]

    assert weak == []


@SCHEMES
def test_every_scheme_has_every_colour(tokens: Tokens) -> None:
    assert set(tokens.colours) == set(Role)


def test_the_computers_own_contrast_colours_are_used_alone() -> None:
    palette = QPalette()
    own = {
        QPalette.ColorRole.Window: "#000000",
        QPalette.ColorRole.WindowText: "#ffff00",
        QPalette.ColorRole.Highlight: "#00ff00",
        QPalette.ColorRole.HighlightedText: "#000000",
        QPalette.ColorRole.Link: "#00ffff",
    }
    for role, hue in own.items():
        palette.setColor(role, QColor(hue))

    tokens = from_palette(palette)

    assert set(tokens.colours.values()) <= set(own.values())
    assert tokens.dark
    assert all(contrast(tokens.colours[ink], tokens.colours[back]) >= 4.5 for ink, back in TEXT)
