"""What the conflict screen shows and does: one matter after another, until none is left."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from iowscp_desktop import text
from iowscp_desktop.app.matters import Matter, decide, open_matters
from iowscp_desktop.app.two_finals import TwoFinals, ask_for_one, two_finals, work_with
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.ids import QuestionId, ResponseId
from iowscp_desktop.errors import NothingToSettle, NotYours
from iowscp_desktop.ui.conflict.states import Item, MatterState, parts_of, state_of
from iowscp_desktop.ui.jobs import Looking, Runner

_FEW = 3
"""Responses that are looked at again one by one; of more, everything is."""


class ConflictView(Protocol):
    """What the presenter asks of the page."""

    def show_looking(self) -> None:
        """Show that what waits is being looked for."""
        ...

    def show_matter(self, matter: MatterState) -> None:
        """Show what is to be decided."""
        ...

    def show_nothing(self) -> None:
        """Say that nothing is left to decide."""
        ...

    def show_reason_missing(self) -> None:
        """Say that this needs a reason, and go there."""
        ...

    def tell(self, words: str) -> None:
        """Have something read out."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What was found, and the matter that is to be shown of it."""

    items: tuple[Item, ...]
    at: int
    state: MatterState | None = field(repr=False)


class ConflictPresenter:
    """Decides nothing by itself: it shows matters and passes on what a person decided.

    There may be thousands, and each opens a form: it looks off the window's thread. Until that has ended, what is
    shown is what it was, and what a person decides is decided about what is shown.
    """

    def __init__(
        self,
        ws: Workspace,
        view: ConflictView,
        *,
        runner: Runner,
        response_id: ResponseId | None,
        tell: Callable[[Changes], None],
    ) -> None:
        self._ws, self._view, self._tell = ws, view, tell
        self._looking = Looking(runner)
        self._response_id = response_id
        self._seen = _Seen(items=(), at=0, state=None)
        self._at, self._wanted = 0, ""  # where to go, and the key of what is there; the one that comes next otherwise
        self._stale: frozenset[ResponseId] | None = None  # what changed since it was looked at; None: everything
        self._is_decided = False

    def start(self) -> None:
        """Look, and show the first matter."""
        self._look()
        if self._looking.is_looking:
            self._view.show_looking()

    def on_changed(self, changes: Changes) -> None:
        """Look again: settled here, elsewhere, or by a merge."""
        if changes.responses:
            stale = None if self._stale is None else self._stale | changes.responses
            self._stale = None if stale is None or len(stale) > _FEW else stale
            self._look()

    def on_kept(self, key: str, reason: str = "") -> None:
        """Keep one version whole."""
        match self._item:
            case TwoFinals() as finals:
                self._decide(lambda: work_with(self._ws, finals, key, reason), reason, text.Conflict.counted)
            case Matter() as matter:
                side = next(side for side in matter.sides if side.key == key)
                self._settle(matter, {part: side.values.get(part, "") for part in parts_of(matter)}, reason)

    def on_combined(self, values: Mapping[QuestionId, str], reason: str = "") -> None:
        """Keep an answer that a person put together."""
        matter = self._item
        if isinstance(matter, Matter):
            self._settle(matter, {part: values.get(part, "").strip() for part in parts_of(matter)}, reason)

    def on_ask(self, reason: str) -> None:
        """Ask for one new signature under what was declared complete twice."""
        finals = self._item
        if isinstance(finals, TwoFinals):
            self._decide(lambda: ask_for_one(self._ws, finals, reason), reason, text.Conflict.asked)

    def on_compare(self) -> None:
        """Go to the first answer in which the revisions at hand differ."""
        response_id, items = self._item.response_id, self._seen.items
        answers = (
            place for place, each in enumerate(items) if isinstance(each, Matter) and each.response_id == response_id
        )
        self._go_to(next(answers, self._at))

    def on_next(self) -> None:
        """Leave this one for later."""
        self._go_to(self._at + 1)

    def on_previous(self) -> None:
        """Go back to the one before."""
        self._go_to(self._at - 1)

    # --- inside ------------------------------------------------------------------------------

    def _go_to(self, place: int) -> None:
        items = self._seen.items
        if items:
            self._at = place % len(items)
            self._wanted = items[self._at].key
            self._look()

    def _look(self) -> None:
        """Look at what changed, and at the matter that is to be shown."""
        items, stale, at, wanted = self._seen.items, self._stale, self._at, self._wanted

        def look() -> _Seen:
            now = _looked_again(self._ws, self._response_id, items, stale)
            keys = [each.key for each in now]
            place = keys.index(wanted) if wanted in keys else min(at, max(0, len(keys) - 1))
            return _Seen(items=now, at=place, state=state_of(self._ws, now, place) if now else None)

        self._looking.again(look, self._show)

    def _show(self, seen: _Seen) -> None:
        before, self._seen = self._seen, seen
        self._stale, self._is_decided = frozenset(), False
        self._at, self._wanted = seen.at, seen.items[seen.at].key if seen.items else ""
        if seen.state is None:
            self._view.show_nothing()
        elif seen.state != before.state:
            self._view.show_matter(seen.state)

    @property
    def _item(self) -> Item:
        """What is shown."""
        if not self._seen.items:
            raise NotYours
        return self._seen.items[self._seen.at]

    def _settle(self, matter: Matter, values: Mapping[QuestionId, str], reason: str) -> None:
        said = text.Conflict.read if matter.signed else text.Conflict.settled
        self._decide(lambda: decide(self._ws, matter, values, reason), reason, said)

    def _decide(self, deed: Callable[[], Changes], reason: str, said: str) -> None:
        state = self._seen.state
        if self._is_decided:  # a second Enter, before the next one is there
            return
        if state is not None and state.needs_reason and not reason.strip():
            self._view.show_reason_missing()
            return
        try:
            changes = deed()
        except NothingToSettle:
            self._stale = None
            self._look()
            self._view.tell(text.Conflict.was_settled)
            return
        self._is_decided = True
        self._view.tell(said)
        self._tell(changes)


def _looked_again(
    ws: Workspace, response_id: ResponseId | None, items: tuple[Item, ...], stale: frozenset[ResponseId] | None
) -> tuple[Item, ...]:
    """Return what waits now. A decision changes one response: the hundreds of others are as they were."""
    if stale is None:
        return _waiting(ws, response_id)
    mine = [each for each in stale if response_id in (None, each)]
    others = (each for each in items if each.response_id not in stale)
    return _in_order((*others, *(found for each in mine for found in _waiting(ws, each)))) if stale else items


def _waiting(ws: Workspace, response_id: ResponseId | None) -> tuple[Item, ...]:
    """Return what waits, by school and agency: before its answers, that it was declared complete twice."""
    return _in_order((*two_finals(ws, response_id), *open_matters(ws, response_id)))


def _in_order(items: Sequence[Item]) -> tuple[Item, ...]:
    def place(item: Item) -> tuple[str, ResponseId, bool]:
        return item.organisation, item.response_id, isinstance(item, Matter)

    return tuple(sorted(items, key=place))
