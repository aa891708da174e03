"""The theme in force, asked for at paint time. Only `apply_theme` changes it."""

from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtGui import QColor

from iowscp_desktop.ui.theme.tokens import LIGHT, Role, Tokens

SMALLEST_SCALE, LARGEST_SCALE = 1.0, 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A scheme's tokens at one text size."""

    tokens: Tokens
    scale: float = 1.0


class _InForce:
    """A process has one screen look; this is its only holder."""

    theme: ClassVar[Theme] = Theme(tokens=LIGHT)


def put_in_force(theme: Theme) -> None:
    """Replace the theme. Does not repaint: that is `apply_theme`."""
    _InForce.theme = theme


def tokens() -> Tokens:
    """Return the tokens in force."""
    return _InForce.theme.tokens


def scale() -> float:
    """Return the text size in force, 1.0 to 2.0."""
    return _InForce.theme.scale


def colour(role: Role) -> QColor:
    """Return the colour of a role in the theme in force."""
    return _InForce.theme.tokens.colour(role)


def px(length: float) -> int:
    """Return a length of the design, given in pixels at 100 %, in pixels at the text size in force."""
    return int(length * _InForce.theme.scale + 0.5)
