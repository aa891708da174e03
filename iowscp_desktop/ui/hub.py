"""One signal tells every screen that something changed. It carries what a deed returned and knows nothing of it.

A page that lies behind another is told when it comes to the front, once, of everything that changed meanwhile: nobody
waits for counts that nobody sees.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, Generic, Protocol, Self, TypeVar

from PySide6.QtCore import QEvent, QMetaObject, QObject, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override


class _Joined(Protocol):
    """What several deeds changed is of the same kind as what one did."""

    def __or__(self, other: Any, /) -> Self: ...  # noqa: ANN401 - of the same class, which a protocol cannot say


Changes = TypeVar("Changes", bound=_Joined)


class _Wire(QObject):
    changed = Signal(object)


class Hub(Generic[Changes]):
    """Carries changes from whoever did a deed to everyone who shows it."""

    def __init__(self) -> None:
        self._wire = _Wire()

    def tell(self, changes: Changes) -> None:
        """Announce changes, after they are safely written."""
        self._wire.changed.emit(changes)

    def listen(self, owner: QObject, callback: Callable[[Changes], None]) -> None:
        """Call back on every change until `owner` (the page) is destroyed; a hidden page when it is shown again."""
        wanted = _WhenSeen(owner, callback).heard if isinstance(owner, QWidget) else callback
        connection = self._wire.changed.connect(wanted)
        owner.destroyed.connect(partial(self._forget, connection))

    def _forget(self, connection: QMetaObject.Connection, _gone: QObject | None = None) -> None:
        QObject.disconnect(connection)


class _WhenSeen(QObject, Generic[Changes]):
    """Passes changes on to a page that is seen, and keeps them while it is not. It lives as long as the page."""

    def __init__(self, page: QWidget, callback: Callable[[Changes], None]) -> None:
        super().__init__(page)
        self._page, self._callback = page, callback
        self._kept: Changes | None = None

    def heard(self, changes: Changes) -> None:
        """Pass changes on, now or later."""
        is_behind = not self._page.isVisible() and self._page.window().isVisible()
        if not is_behind:
            self._callback(changes)
            return
        if self._kept is None:
            self._page.installEventFilter(self)
        self._kept = changes if self._kept is None else self._kept | changes

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and self._kept is not None:
            self._page.removeEventFilter(self)
            kept, self._kept = self._kept, None
            self._callback(kept)
        return False
