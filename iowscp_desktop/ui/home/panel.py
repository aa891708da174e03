"""Home of a panel member: which returns to score, and how far each is."""

from collections.abc import Sequence
from typing import Protocol

from iowscp_desktop.app import panel
from iowscp_desktop.app.panel import Allocation
from iowscp_desktop.app.workspace import Changes, Workspace


class PanelView(Protocol):
    """What the panel's home screen can show."""

    def show_allocations(self, allocations: Sequence[Allocation]) -> None:
        """Show what there is to score."""
        ...


class PanelHomePresenter:
    """Looks; writes nothing."""

    def __init__(self, ws: Workspace, view: PanelView) -> None:
        self._ws, self._view = ws, view

    def start(self) -> None:
        """Show what there is to score."""
        self._look()

    def on_changed(self, _changes: Changes) -> None:
        """A score was given, or something came."""
        self._look()

    def _look(self) -> None:
        self._view.show_allocations(panel.allocations(self._ws))
