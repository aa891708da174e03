"""Type sizes, weights and the shipped typeface."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtGui import QFont, QFontDatabase

from iowscp_desktop.domain.shipped import shipped
from iowscp_desktop.ui.theme.current import px
from iowscp_desktop.ui.theme.tokens import Role

FAMILY = "Source Sans 3"
_FACES = ("Regular", "Medium", "SemiBold", "Bold")


@dataclass(frozen=True, slots=True)
class _Style:
    size: float
    weight: QFont.Weight
    role: Role
    spacing: float = 0.0  # extra pixels between letters


class Type(Enum):
    """The kinds of text, each with a size, a weight and a colour role."""

    H1 = _Style(30, QFont.Weight.Bold, Role.INK, -0.2)
    H2 = _Style(20, QFont.Weight.DemiBold, Role.INK)
    QUESTION = _Style(22.5, QFont.Weight.DemiBold, Role.INK, -0.1)
    METRIC = _Style(36, QFont.Weight.Bold, Role.INK, -0.3)
    LEAD = _Style(17.5, QFont.Weight.Normal, Role.INK_2)
    BODY = _Style(16, QFont.Weight.Normal, Role.INK)
    STRONG = _Style(16, QFont.Weight.DemiBold, Role.INK)
    MUTED = _Style(16, QFont.Weight.Normal, Role.INK_2)
    SMALL = _Style(14.5, QFont.Weight.Normal, Role.INK_2)
    SMALL_STRONG = _Style(14.5, QFont.Weight.DemiBold, Role.INK)
    CAPTION = _Style(13, QFont.Weight.Medium, Role.INK_3)
    OVERLINE = _Style(13, QFont.Weight.DemiBold, Role.INK_3, 0.4)

    @property
    def role(self) -> Role:
        """The colour role this text has unless told otherwise."""
        return self.value.role


def font(kind: Type = Type.BODY, weight: QFont.Weight | None = None) -> QFont:
    """Return the font of a kind of text at the text size in force."""
    style = kind.value
    made = QFont(FAMILY)
    made.setPixelSize(max(1, px(style.size)))
    made.setWeight(weight or style.weight)
    if style.spacing:
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, style.spacing)
    return made


def load_typeface() -> None:
    """Make the shipped typeface known to Qt; without it a bare computer draws boxes."""
    for face in _FACES:
        QFontDatabase.addApplicationFont(str(shipped("resources", "fonts", f"SourceSans3-{face}.ttf")))
