"""What there is to compare, read away from the window's thread. No Qt."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from iowscp_desktop import text
from iowscp_desktop.app import panel
from iowscp_desktop.app.entries import EntryState
from iowscp_desktop.app.filling import Filling, open_filling
from iowscp_desktop.app.panel import Judge
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.ids import ResponseId
from iowscp_desktop.domain.scoring import Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What one look found. Without `entries` somebody's scores are missing."""

    title: str = field(repr=False)
    judges: tuple[Judge, ...] = ()
    entries: tuple[EntryState, ...] = field(default=(), repr=False)
    compared: Mapping[str, Comparison] = field(default_factory=dict[str, Comparison], repr=False)


class Looker:
    """Keeps the form that it opened, and after an agreement reads again what is agreed, and no more.

    `look` is called on whichever thread looks, one look at a time; what it keeps is touched by it alone.
    """

    def __init__(self, ws: Workspace, response_id: ResponseId) -> None:
        self._ws, self._response_id = ws, response_id
        self._changed: deque[Changes] = deque()
        self._kept: tuple[Filling, Seen] | None = None

    def note(self, changes: Changes) -> None:
        """Remember what changed until the next look."""
        self._changed.append(changes)

    def look(self) -> Seen:
        """Return what there is now."""
        changes = Changes()
        while self._changed:
            changes |= self._changed.popleft()
        kept, self._kept = self._kept, None  # first: where a look fails, the next one begins anew
        if kept is None:
            filling = open_filling(self._ws, self._response_id)
            seen = self._whole(filling)
        else:
            filling, before = kept
            filling.refresh(changes)
            seen = self._agreed_again(before) if before.compared and _only_agreed(changes) else self._whole(filling)
        self._kept = filling, seen
        return seen

    def _whole(self, filling: Filling) -> Seen:
        title = f"{text.Home.task_title(filling.task.title, filling.task.round_title)}  ·  {filling.task.organisation}"
        judges = panel.judges(self._ws, self._response_id)
        if not all(judge.finished for judge in judges):
            return Seen(title=title, judges=judges)
        compared = panel.compare(self._ws, self._response_id)
        return Seen(
            title=title,
            judges=judges,
            entries=panel.items_to_score(filling),
            compared={each.question_id: each for each in compared},
        )

    def _agreed_again(self, before: Seen) -> Seen:
        compared = panel.with_agreed(self._ws, self._response_id, before.compared.values())
        return replace(before, compared={each.question_id: each for each in compared})


def _only_agreed(changes: Changes) -> bool:
    return all(register.startswith("agreed/") for _space, register in changes.registers)
