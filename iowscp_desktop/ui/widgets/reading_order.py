"""The order in which Tab goes through a window: that of its layouts, whenever and however its parts were made.

Qt's own order is that of making: a tile, row or banner that is made later would come last, wherever it stands.
"""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLayout, QScrollArea, QWidget


def stops_in(top: QWidget) -> list[QWidget]:
    """Return what Tab stops at, in reading order; and what has the focus now, even if Tab would not stop there."""
    focus = QApplication.focusWidget()
    return [widget for widget in _walk(top) if widget is focus or _takes_tab(widget)]


def step(top: QWidget, *, forward: bool) -> bool:
    """Move the focus to the next stop, round the end; say whether there is one."""
    stops = stops_in(top)
    if not stops:
        return False
    focus = QApplication.focusWidget()
    if focus in stops:
        target = stops[(stops.index(focus) + (1 if forward else -1)) % len(stops)]
    else:
        target = stops[0 if forward else -1]
    target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    _reveal(target)
    return True


def _takes_tab(widget: QWidget) -> bool:
    return widget.isEnabled() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _walk(widget: QWidget) -> Iterator[QWidget]:
    """Yield what can be seen: a widget, what its layout holds in order, then what lies upon it."""
    if not widget.isVisible():
        return
    yield widget
    layout = widget.layout()
    inside = list(_held(layout)) if layout is not None else []
    seen = set(inside)
    others = (child for child in widget.children() if isinstance(child, QWidget) and child not in seen)
    for child in (*inside, *(other for other in others if not other.isWindow())):
        yield from _walk(child)


def _held(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if isinstance(item, QLayout):
            yield from _held(item)
        elif item is not None and (held := item.widget()) is not None:
            yield held


def _reveal(widget: QWidget) -> None:
    """Scroll until it shows, in every area that it lies in."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget)
        parent = parent.parentWidget()
