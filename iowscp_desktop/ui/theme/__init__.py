"""The look: colours by role, type, icons, grade symbols, and the one function that puts them in force."""

from iowscp_desktop.ui.theme.apply import apply_theme, refresh
from iowscp_desktop.ui.theme.current import colour, px, scale, tokens
from iowscp_desktop.ui.theme.icons import Icon, paint_icon, pixmap, qicon
from iowscp_desktop.ui.theme.marks import NOT_APPLICABLE, UNANSWERED, Mark, Symbol, mark_of, paint_mark
from iowscp_desktop.ui.theme.painting import KeyboardRing, paint_box, paint_ring
from iowscp_desktop.ui.theme.tokens import Role, Scheme, Tone
from iowscp_desktop.ui.theme.typefaces import Type, font

__all__ = [
    "NOT_APPLICABLE",
    "UNANSWERED",
    "Icon",
    "KeyboardRing",
    "Mark",
    "Role",
    "Scheme",
    "Symbol",
    "Tone",
    "Type",
    "apply_theme",
    "colour",
    "font",
    "mark_of",
    "paint_box",
    "paint_icon",
    "paint_mark",
    "paint_ring",
    "pixmap",
    "px",
    "qicon",
    "refresh",
    "scale",
    "tokens",
]
