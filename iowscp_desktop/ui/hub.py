"""One signal tells every screen that something changed. It carries what a deed returned and knows nothing of it."""

from collections.abc import Callable
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import QMetaObject, QObject, Signal

Changes = TypeVar("Changes")


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
        """Call back on every change until `owner` (the page) is destroyed."""
        connection = self._wire.changed.connect(callback)
        owner.destroyed.connect(partial(self._forget, connection))

    def _forget(self, connection: QMetaObject.Connection, _gone: QObject | None = None) -> None:
        QObject.disconnect(connection)
