"""Another edition: compares, and moves when a person says so. Plain Python."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from iowscp_desktop.app import editions
from iowscp_desktop.app.editions import Comparison, Edition
from iowscp_desktop.app.filling import open_filling
from iowscp_desktop.app.late_answers import LateAnswer, late_answers, settle_late
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.ids import ResponseId, Sha256
from iowscp_desktop.ui.jobs import Job, Runner


class EditionsView(Protocol):
    """What the presenter asks of the page."""

    def show_comparing(self) -> None:
        """Show that it takes a moment."""
        ...

    def show_moving(self) -> None:
        """Show that the answers are being moved."""
        ...

    def show_editions(self, offered: Sequence[Edition], current: Sha256) -> None:
        """Show which editions are here, and which one is compared."""
        ...

    def show_comparison(self, comparison: Comparison) -> None:
        """Show what would become of the answers."""
        ...

    def show_late(self, late: Sequence[LateAnswer]) -> None:
        """Show what came under the names of the earlier edition; nothing when nothing did."""
        ...

    def say_settled(self, *, taken: bool) -> None:
        """Say that late answers were taken over, or left."""
        ...

    def show_moved(self, edition: str) -> None:
        """Say that it was done, and lead back."""
        ...

    def show_nothing(self) -> None:
        """There is no other edition here any more: lead back."""
        ...


class EditionsPresenter:
    """Compares one response with an edition at a time."""

    def __init__(
        self,
        ws: Workspace,
        view: EditionsView,
        *,
        runner: Runner,
        tell: Callable[[Changes], None],
        response_id: ResponseId,
    ) -> None:
        self._ws, self._view, self._runner, self._tell = ws, view, runner, tell
        self._response_id = response_id
        self._package: Sha256 | None = None
        self._shown: Comparison | None = None

    def start(self) -> None:
        """Compare with the newest edition."""
        filling = open_filling(self._ws, self._response_id)
        self._view.show_late(late_answers(self._ws, filling))
        offered = editions.editions(self._ws, self._response_id)
        if not offered:
            self._view.show_nothing()
            return
        if self._package not in {each.package for each in offered}:
            self._package = offered[0].package
        self._view.show_editions(offered, self._package or offered[0].package)
        self._compare()

    def on_chosen(self, package: str) -> None:
        """Compare with another edition."""
        self._package = Sha256(package)
        self._compare()

    def on_move(self) -> None:
        """Move, as it was compared."""
        comparison = self._shown
        if comparison is None:
            return
        self._shown = None  # what is told now is our own deed
        self._view.show_moving()
        self._runner.run(
            Job(
                work=lambda _ticket: editions.move(self._ws, comparison),
                on_done=partial(self._moved, comparison.after.edition),
                on_error=self._not_moved,
            )
        )

    def on_late(self, *, take: bool) -> None:
        """Take late answers over, or leave them."""
        self._tell(settle_late(self._ws, self._response_id, take=take))
        self._view.say_settled(taken=take)

    def on_changed(self, changes: Changes) -> None:
        """Look again: other answers would be compared."""
        if self._shown is not None and self._response_id in changes.responses:
            self.start()

    def _moved(self, edition: str, changes: Changes) -> None:
        self._tell(changes)
        self._view.show_moved(edition)

    def _not_moved(self, error: Exception) -> None:
        self.start()
        raise error

    def _compare(self) -> None:
        package = self._package
        if package is None:
            return
        self._shown = None
        self._view.show_comparing()
        self._runner.run(
            Job(
                work=lambda _ticket: editions.compare(self._ws, self._response_id, package),
                on_done=self._compared,
            )
        )

    def _compared(self, comparison: Comparison) -> None:
        if comparison.after.package == self._package:
            self._shown = comparison
            self._view.show_comparison(comparison)
