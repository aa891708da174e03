"""Colours by role, for each scheme. Painters ask for a role, never for a hue; tests assert contrast."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum, auto

from PySide6.QtGui import QColor, QPalette


class Scheme(StrEnum):
    """What a person may choose in the settings."""

    MATCH = "match"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class Role(Enum):
    """What a colour is for."""

    APP = auto()  # behind everything
    SURFACE = auto()  # cards, fields, panes
    SUNKEN = auto()  # quiet areas inside a surface
    HOVER = auto()
    INK = auto()
    INK_2 = auto()
    INK_3 = auto()
    LINE = auto()  # decoration only
    LINE_2 = auto()  # the border of a control: 3:1 on its surroundings
    RAIL = auto()
    RAIL_INK = auto()
    RAIL_INK_2 = auto()
    RAIL_SELECTED = auto()
    PRIMARY = auto()
    PRIMARY_HOVER = auto()
    ON_PRIMARY = auto()
    PRIMARY_TINT = auto()
    PRIMARY_TEXT = auto()
    FOCUS = auto()
    FOCUS_HALO = auto()
    ON_HALO = auto()
    ON_TONE = auto()  # the glyph inside a filled symbol
    GREEN = auto()
    GREEN_TINT = auto()
    GREEN_INK = auto()
    AMBER = auto()
    AMBER_TINT = auto()
    AMBER_INK = auto()
    RED = auto()
    RED_TINT = auto()
    RED_INK = auto()
    GREY = auto()
    GREY_TINT = auto()
    GREY_INK = auto()
    PURPLE = auto()
    PURPLE_TINT = auto()
    PURPLE_INK = auto()


class Tone(StrEnum):
    """What a scale, tag or banner calls a colour."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    GREY = "grey"
    BLUE = "blue"
    PURPLE = "purple"

    @property
    def solid(self) -> Role:
        """The role that fills symbols and bars."""
        return _TONES[self][0]

    @property
    def tint(self) -> Role:
        """The role that fills the background of a tag or panel."""
        return _TONES[self][1]

    @property
    def ink(self) -> Role:
        """The role of text on the tint."""
        return _TONES[self][2]


_TONES = {
    Tone.GREEN: (Role.GREEN, Role.GREEN_TINT, Role.GREEN_INK),
    Tone.AMBER: (Role.AMBER, Role.AMBER_TINT, Role.AMBER_INK),
    Tone.RED: (Role.RED, Role.RED_TINT, Role.RED_INK),
    Tone.GREY: (Role.GREY, Role.GREY_TINT, Role.GREY_INK),
    Tone.BLUE: (Role.PRIMARY, Role.PRIMARY_TINT, Role.PRIMARY_TEXT),
    Tone.PURPLE: (Role.PURPLE, Role.PURPLE_TINT, Role.PURPLE_INK),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """The colours of one scheme, and how thick its lines are."""

    dark: bool
    colours: Mapping[Role, str]
    border: float = 1.0
    tinted: bool = True  # False: no meaning and no area is carried by a tint; borders do it

    def colour(self, role: Role) -> QColor:
        """Return the colour of a role."""
        return QColor(self.colours[role])


def _from_table(table: str) -> dict[Role, str]:
    """Read 'ROLE #RRGGBB' pairs."""
    words = table.split()
    return {Role[name]: value for name, value in zip(words[::2], words[1::2], strict=True)}


LIGHT = Tokens(
    dark=False,
    colours=_from_table(
        """
        APP #F2F4F7  SURFACE #FFFFFF  SUNKEN #F7F9FB  HOVER #EDF2F8
        INK #14213A  INK_2 #44526A  INK_3 #5C6980  LINE #DCE2EA  LINE_2 #78869C
        RAIL #12263F  RAIL_INK #E8EEF6  RAIL_INK_2 #A9B8CC  RAIL_SELECTED #25436A
        PRIMARY #1B56A5  PRIMARY_HOVER #164787  ON_PRIMARY #FFFFFF  PRIMARY_TINT #E7F0FB  PRIMARY_TEXT #174B91
        FOCUS #14213A  FOCUS_HALO #FFCC33  ON_HALO #14213A  ON_TONE #FFFFFF
        GREEN #127A6E  GREEN_TINT #E1F3EF  GREEN_INK #0B5A51
        AMBER #C77200  AMBER_TINT #FFF2DA  AMBER_INK #7A4100
        RED #A61B1B  RED_TINT #FDEBE9  RED_INK #8A1616
        GREY #5C6980  GREY_TINT #EBEFF4  GREY_INK #3F4C62
        PURPLE #5B3FA0  PURPLE_TINT #EFEAFA  PURPLE_INK #46308A
        """
    ),
)

DARK = Tokens(
    dark=True,
    colours=_from_table(
        """
        APP #0E1624  SURFACE #162133  SUNKEN #111B2B  HOVER #1F2E47
        INK #EDF2F9  INK_2 #B9C5D6  INK_3 #9AA9BE  LINE #2B3A52  LINE_2 #7687A0
        RAIL #0A111C  RAIL_INK #E8EEF6  RAIL_INK_2 #A9B8CC  RAIL_SELECTED #1F3A60
        PRIMARY #6FA8F5  PRIMARY_HOVER #8BB9F8  ON_PRIMARY #0B1626  PRIMARY_TINT #1C3354  PRIMARY_TEXT #9CC4FA
        FOCUS #0B1626  FOCUS_HALO #FFCC33  ON_HALO #14213A  ON_TONE #0B1626
        GREEN #5BD0A8  GREEN_TINT #12352A  GREEN_INK #93E3C8
        AMBER #F5B53D  AMBER_TINT #3A2A10  AMBER_INK #FFD48A
        RED #F0655C  RED_TINT #431E20  RED_INK #FFB4AD
        GREY #9AA9BE  GREY_TINT #253349  GREY_INK #C6D0DE
        PURPLE #B49BF0  PURPLE_TINT #2C2450  PURPLE_INK #D3C4FA
        """
    ),
)

CONTRAST = Tokens(
    dark=True,
    border=2.0,
    tinted=False,
    colours=_from_table(
        """
        APP #000000  SURFACE #000000  SUNKEN #000000  HOVER #22304A
        INK #FFFFFF  INK_2 #FFFFFF  INK_3 #E4E8EE  LINE #8A94A3  LINE_2 #FFFFFF
        RAIL #000000  RAIL_INK #FFFFFF  RAIL_INK_2 #FFFFFF  RAIL_SELECTED #14418A
        PRIMARY #7CC8FF  PRIMARY_HOVER #A8DBFF  ON_PRIMARY #000000  PRIMARY_TINT #0B2A55  PRIMARY_TEXT #A8DBFF
        FOCUS #000000  FOCUS_HALO #FFE14D  ON_HALO #000000  ON_TONE #000000
        GREEN #7CF5C4  GREEN_TINT #000000  GREEN_INK #7CF5C4
        AMBER #FFD21A  AMBER_TINT #000000  AMBER_INK #FFD21A
        RED #FF6B6B  RED_TINT #000000  RED_INK #FF8F8F
        GREY #E4E8EE  GREY_TINT #000000  GREY_INK #FFFFFF
        PURPLE #DDB8FF  PURPLE_TINT #000000  PURPLE_INK #DDB8FF
        """
    ),
)


def from_palette(palette: QPalette) -> Tokens:
    """Return tokens made of the computer's own contrast colours, for people who chose them there.

    Such a palette holds a handful of colours and promises contrast between them only; so every tone
    becomes the text colour (symbols and words carry the meaning) and every tint the background.
    """

    def own(role: QPalette.ColorRole) -> str:
        return palette.color(role).name()

    back, ink = own(QPalette.ColorRole.Window), own(QPalette.ColorRole.WindowText)
    chosen, on_chosen = own(QPalette.ColorRole.Highlight), own(QPalette.ColorRole.HighlightedText)
    link = own(QPalette.ColorRole.Link)
    backs = [Role.APP, Role.SURFACE, Role.SUNKEN, Role.HOVER, Role.RAIL, Role.RAIL_SELECTED]
    backs += [Role.PRIMARY_TINT, Role.ON_TONE]
    colours = dict.fromkeys(Role, ink)
    colours |= dict.fromkeys(backs, back)
    colours |= {tone.tint: back for tone in Tone}
    colours |= dict.fromkeys((Role.PRIMARY, Role.PRIMARY_HOVER), chosen)
    colours |= {Role.ON_PRIMARY: on_chosen, Role.PRIMARY_TEXT: link}
    colours |= {Role.FOCUS: back, Role.FOCUS_HALO: ink, Role.ON_HALO: back}
    dark = QColor(back).lightness() < QColor(ink).lightness()
    return Tokens(dark=dark, border=2.0, tinted=False, colours=colours)
