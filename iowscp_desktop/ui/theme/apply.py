"""Puts a theme in force over the whole application."""

from functools import partial
from string import Template
from typing import ClassVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from iowscp_desktop.ui.theme.current import LARGEST_SCALE, SMALLEST_SCALE, Theme, put_in_force, px, tokens
from iowscp_desktop.ui.theme.tokens import CONTRAST, DARK, LIGHT, Role, Scheme, Tokens, from_palette
from iowscp_desktop.ui.theme.typefaces import Type, font, load_typeface

_PALETTE = {
    QPalette.ColorRole.Window: Role.APP,
    QPalette.ColorRole.WindowText: Role.INK,
    QPalette.ColorRole.Base: Role.SURFACE,
    QPalette.ColorRole.AlternateBase: Role.SUNKEN,
    QPalette.ColorRole.Text: Role.INK,
    QPalette.ColorRole.Button: Role.SURFACE,
    QPalette.ColorRole.ButtonText: Role.INK,
    QPalette.ColorRole.BrightText: Role.ON_PRIMARY,
    QPalette.ColorRole.Highlight: Role.PRIMARY,
    QPalette.ColorRole.HighlightedText: Role.ON_PRIMARY,
    QPalette.ColorRole.PlaceholderText: Role.INK_3,
    QPalette.ColorRole.ToolTipBase: Role.INK,
    QPalette.ColorRole.ToolTipText: Role.SURFACE,
    QPalette.ColorRole.Link: Role.PRIMARY_TEXT,
    QPalette.ColorRole.LinkVisited: Role.PRIMARY_TEXT,
    QPalette.ColorRole.Accent: Role.PRIMARY,
    QPalette.ColorRole.Light: Role.SURFACE,
    QPalette.ColorRole.Midlight: Role.LINE,
    QPalette.ColorRole.Mid: Role.LINE_2,
    QPalette.ColorRole.Dark: Role.LINE_2,
    QPalette.ColorRole.Shadow: Role.LINE_2,
}
_SHEET = Template(
    """
QLineEdit, QPlainTextEdit, QTextEdit {
  background: $surface; color: $ink; border: ${border}px solid $line2; border-radius: ${radius}px;
  padding: ${pad_y}px ${pad_x}px; placeholder-text-color: $ink3;
  selection-background-color: $primary; selection-color: $on_primary; }
QLineEdit { min-height: ${line}px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus {
  border: ${focus}px solid $primary; padding: ${pad_y_focus}px ${pad_x_focus}px; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"] { border-color: $red; }
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled,
QLineEdit:read-only, QPlainTextEdit:read-only, QTextEdit:read-only {
  background: $sunken; border-color: $line2; color: $ink2; }
QScrollArea, QScrollArea > QWidget > QWidget#scroll_body { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: ${bar}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${bar}px; margin: 0; }
QScrollBar::handle { background: $line2; border-radius: ${bar_radius}px; margin: ${bar_margin}px; }
QScrollBar::handle:vertical { min-height: ${bar_min}px; }
QScrollBar::handle:horizontal { min-width: ${bar_min}px; }
QScrollBar::handle:hover { background: $ink2; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QListView, QTableView { background: transparent; border: none; outline: 0; }
QComboBox QAbstractItemView { background: $surface; color: $ink; border: ${border}px solid $line2; outline: 0;
  selection-background-color: $primary; selection-color: $on_primary; }
QHeaderView::section { background: $sunken; color: $ink2; border: none; border-bottom: 1px solid $line;
  padding: ${pad_y}px; }
QTableCornerButton::section { background: $surface; border: none; }
QToolTip { background: $ink; color: $surface; border: none; padding: ${pad_y}px ${pad_x}px; }
"""
)


class _Following:
    """What to apply again when the computer's own scheme changes."""

    scale: ClassVar[float | None] = None
    connected: ClassVar[set[int]] = set()


def apply_theme(app: QApplication, scheme: Scheme, scale: float = 1.0) -> None:
    """Put a scheme and a text size in force and repaint every window.

    Args:
        scheme: `MATCH` follows the computer's own setting, contrast themes included, and keeps following.
        scale: Text size, 1.0 to 2.0; whatever lies outside is brought inside.
    """
    _follow(app, scale if scheme is Scheme.MATCH else None)
    _load_typeface_once(app)
    bounded = min(max(scale, SMALLEST_SCALE), LARGEST_SCALE)
    put_in_force(Theme(tokens=tokens_for(scheme), scale=bounded))
    if app.style().objectName() != "fusion" and not app.styleSheet():
        app.setStyle("Fusion")
    app.setFont(font(Type.BODY))
    app.setPalette(palette())
    app.setStyleSheet(_sheet())
    for top in app.topLevelWidgets():
        refresh(top)


def tokens_for(scheme: Scheme) -> Tokens:
    """Return the tokens that a scheme means on this computer, now."""
    match scheme:
        case Scheme.LIGHT:
            return LIGHT
        case Scheme.DARK:
            return DARK
        case Scheme.CONTRAST:
            return CONTRAST
        case Scheme.MATCH:
            hints = QGuiApplication.styleHints()
            if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
                return from_palette(QGuiApplication.palette())
            return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT


def palette() -> QPalette:
    """Return Qt's palette for the theme in force."""
    made = QPalette()
    for qt_role, role in _PALETTE.items():
        made.setColor(qt_role, tokens().colour(role))
    for qt_role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, qt_role, tokens().colour(Role.INK_3))
    return made


def refresh(top: QWidget) -> None:
    """Let a window and everything in it take on the theme in force: sizes, fonts, then paint."""
    for child in (top, *top.findChildren(QObject)):
        rethemed = getattr(child, "rethemed", None)
        if rethemed is not None:
            rethemed()
        if isinstance(child, QWidget):
            child.updateGeometry()
            child.update()


def _sheet() -> str:
    now = tokens()
    names = {
        "surface": Role.SURFACE, "sunken": Role.SUNKEN, "ink": Role.INK, "ink2": Role.INK_2,
        "ink3": Role.INK_3, "line": Role.LINE, "line2": Role.LINE_2,
        "primary": Role.PRIMARY, "on_primary": Role.ON_PRIMARY, "red": Role.RED,
    }  # fmt: skip
    border = round(now.border)
    lengths = {
        "border": border, "focus": border + 1, "radius": px(8), "pad_y": px(8), "pad_x": px(10),
        "pad_y_focus": px(8) - 1, "pad_x_focus": px(10) - 1, "line": px(21),
        "bar": px(12), "bar_radius": px(2), "bar_margin": px(4), "bar_min": px(40),
    }  # fmt: skip
    hues = {name: now.colours[role] for name, role in names.items()}
    return _SHEET.substitute(hues, **lengths)


def _load_typeface_once(app: QApplication) -> None:
    if not app.property("typeface_loaded"):
        load_typeface()
        app.setProperty("typeface_loaded", "yes")


def _follow(app: QApplication, scale: float | None) -> None:
    _Following.scale = scale
    if scale is not None and id(app) not in _Following.connected:
        _Following.connected.add(id(app))
        app.styleHints().colorSchemeChanged.connect(partial(_apply_again, app))


def _apply_again(app: QApplication, _scheme: Qt.ColorScheme) -> None:
    if _Following.scale is not None:
        apply_theme(app, Scheme.MATCH, _Following.scale)
