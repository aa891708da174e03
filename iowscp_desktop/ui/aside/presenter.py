"""Lists what was set aside, and does what the team decides about it. Plain Python."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from iowscp_desktop.app import quarantine
from iowscp_desktop.app.merging import Incoming
from iowscp_desktop.app.quarantine import Item, Sort
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.errors import NothingToSettle
from iowscp_desktop.text.aside import Aside as Words
from iowscp_desktop.ui.jobs import Job, Looking, Runner
from iowscp_desktop.ui.widgets.dates import write_moment

MOST_SHOWN = 50
"""Cards that are drawn at once; the rest come up as these are decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardState:
    """One thing that was set aside, as it is shown."""

    key: str
    sort: str
    title: str = field(repr=False)
    why: str
    subject: str
    """The question or thing it is about."""
    says: str = field(repr=False)
    stands: str = field(repr=False)
    decided: str = field(repr=False)
    """What was decided before; empty while it waits."""
    let_in: str
    """What the button says that lets it in; empty where it cannot be."""
    leave: str
    """What the button says that leaves it; empty once that was decided."""
    is_file: bool = False
    """It is a whole file: trying it again needs no reason."""


class AsideView(Protocol):
    """What the presenter asks of the page."""

    def show_cards(self, cards: tuple[CardState, ...], more: int) -> None:
        """Show what was set aside."""
        ...

    def show_note(self, words: str) -> None:
        """Say what was done."""
        ...

    def show_reason_missing(self, key: str) -> None:
        """Say that a reason is needed, and go there."""
        ...


class AsidePresenter:
    """Holds what is shown."""

    def __init__(self, ws: Workspace, view: AsideView, *, runner: Runner, tell: Callable[[Changes], None]) -> None:
        self._ws, self._view, self._runner, self._tell = ws, view, runner, tell
        self._looking = Looking(runner)
        self._items: dict[str, Item] = {}
        self._shown: tuple[tuple[CardState, ...], int] | None = None
        self._note = ""

    def start(self) -> None:
        """Look, away from the window, at what there is, and show it."""
        self._looking.again(lambda: quarantine.set_aside(self._ws), self._show)

    def on_changed(self, _changes: Changes) -> None:
        """Something came, or was decided on another page."""
        self.start()

    def on_let_in(self, key: str, reason: str) -> None:
        """Let it count; a file is opened again."""
        item = self._items.get(key)
        if item is None:
            return
        if item.sort is Sort.FILE:
            self._runner.run(Job(work=lambda _ticket: quarantine.try_again(self._ws, item), on_done=self._tried))
            return
        if not reason.strip():
            self._view.show_reason_missing(key)
            return
        self._settle(lambda: quarantine.let_count(self._ws, item, reason), Words.released_note)

    def on_leave(self, key: str, reason: str) -> None:
        """Leave it where it is, with a reason."""
        item = self._items.get(key)
        if item is None:
            return
        if not reason.strip():
            self._view.show_reason_missing(key)
            return
        self._settle(lambda: quarantine.leave_aside(self._ws, item, reason), Words.left_note)

    # --- inside ------------------------------------------------------------------------------

    def _show(self, found: tuple[Item, ...]) -> None:
        """Draw the cards where they are others than before: whoever writes a reason meanwhile goes on writing."""
        self._items = {item.key: item for item in found}
        seen = (tuple(_card(item) for item in found[:MOST_SHOWN]), max(0, len(found) - MOST_SHOWN))
        if seen != self._shown:
            self._shown = seen
            self._view.show_cards(*seen)
        if self._note:
            self._view.show_note(self._note)
            self._note = ""

    def _settle(self, deed: Callable[[], Changes], words: str) -> None:
        try:
            changes = deed()
        except NothingToSettle:
            self._say(Words.gone)
            return
        self._tell(changes)
        self._say(words)

    def _tried(self, result: tuple[Incoming, Changes]) -> None:
        done, changes = result
        self._tell(changes)
        refused = done.refused
        self._say(Words.taken_note if refused is None else f"{refused.message} {refused.remedy}")

    def _say(self, words: str) -> None:
        """Say what was done as soon as the list is as it is now."""
        self._note = words
        self.start()


def _why(item: Item) -> str:
    if item.sort is Sort.FILE:
        return Words.why_files.get(item.because, Words.why_file)
    return Words.why.get(item.because, Words.why_other)


def _card(item: Item) -> CardState:
    is_file = item.sort is Sort.FILE
    settled = item.settled
    when = write_moment(item.at)
    return CardState(
        key=item.key,
        sort=Words.sorts[item.sort],
        title=Words.of(Words.file, "", when) if is_file else Words.of(item.who, item.organisation, when),
        why=_why(item),
        subject=item.subject or Words.things.get(item.kind, Words.thing if item.kind else ""),
        says=item.words or Words.no_words,
        stands=item.held,
        decided=""
        if settled is None
        else Words.settled(settled.who, write_moment(settled.at), settled.reason, released=settled.is_released),
        let_in=(Words.again if is_file else Words.release) if item.may_release else "",
        leave="" if settled is not None else Words.decline if is_file else Words.leave,
        is_file=is_file,
    )
