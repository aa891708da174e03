"""What was done last, how to take it back, and when it was saved. Plain Python."""

from collections.abc import Callable
from dataclasses import dataclass, field

from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.clock import LOCAL_ZONE
from iowscp_desktop.ui.fill.states import FillView

Tell = Callable[[Changes], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One thing that was done, and its opposite."""

    what: str
    entry_id: str
    opposite: Callable[[], Changes] = field(repr=False)


class Deeds:
    """Remembers the last deed and tells everybody of each."""

    def __init__(self, ws: Workspace, view: FillView, tell: Tell) -> None:
        self._ws, self._view, self._tell = ws, view, tell
        self._last: Deed | None = None

    def did(self, deed: Deed) -> None:
        """Remember a deed, so that it can be taken back."""
        self._last = deed
        self._view.show_undo(deed.what)

    def take_last(self) -> Deed | None:
        """Return the last deed and forget it: it is taken back once."""
        last, self._last = self._last, None
        self._view.show_undo("")
        return last

    def wrote(self, changes: Changes) -> None:
        """Say that something is safely written."""
        self._tell(changes)
        self._view.show_saved(f"{self._ws.world.clock().astimezone(LOCAL_ZONE):%H:%M}")

    def failed(self) -> None:
        """Say that something could not be written."""
        self._view.show_saved("", failed=True)
