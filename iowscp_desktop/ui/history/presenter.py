"""What the history of a question shows: each wording beside the one before it. Plain Python."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from iowscp_desktop.app import answers
from iowscp_desktop.app.filling import EntryState, FieldState, open_filling
from iowscp_desktop.app.history import Did, Standing, Step, earlier, history_of
from iowscp_desktop.app.signed_versions import signed_versions
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.grants import Role
from iowscp_desktop.domain.ids import ResponseId
from iowscp_desktop.text.history import History as Words
from iowscp_desktop.ui.widgets.dates import read_date, write_date, write_moment
from iowscp_desktop.ui.widgets.differences import Run, compare
from iowscp_desktop.ui.widgets.signed_versions import VersionState, version_states

AT_FIRST: Final = 30
"""How many wordings are drawn before somebody asks for the rest."""

_WRITTEN: Final = {Did.ANSWERED, Did.CLEARED, Did.SETTLED}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepState:
    """One wording, ready to be drawn."""

    key: str
    title: str
    who: str = field(repr=False)
    when: str
    wording: Sequence[Run] = field(repr=False)
    standing: Standing
    can_use: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryState:
    """All that the page shows."""

    number: str
    question: str
    steps: tuple[StepState, ...]
    more: int
    """Wordings that are not drawn yet."""
    versions: tuple[VersionState, ...] = ()
    """Every version of the return that was signed, where there is more to tell than one that counts."""


class HistoryView(Protocol):
    """What the presenter asks of the page."""

    def show_history(self, state: HistoryState) -> None:
        """Show the wordings."""
        ...

    def tell(self, words: str) -> None:
        """Have something read out."""
        ...


class HistoryPresenter:
    """Looks, and writes an earlier wording down again when asked."""

    def __init__(
        self,
        ws: Workspace,
        view: HistoryView,
        *,
        response_id: ResponseId,
        entry_id: str,
        tell: Callable[[Changes], None],
    ) -> None:
        self._ws, self._view, self._tell = ws, view, tell
        self._response_id, self._entry_id = response_id, entry_id
        self._filling = open_filling(ws, response_id)
        self._steps: Mapping[str, Step] = {}
        self._most = AT_FIRST

    def start(self) -> None:
        """Look."""
        self._look()

    def on_more(self) -> None:
        """Show the next ones too."""
        self._most += AT_FIRST
        self._look()

    def on_use(self, key: str) -> None:
        """Answer once more with an earlier wording.

        Raises:
            ResponseLocked: The response was signed meanwhile.
        """
        step = self._steps[key]
        changes = answers.record_answer(
            self._ws, self._response_id, step.question_id, step.value, instances=step.instances
        )
        self._tell(changes)
        self._view.tell(Words.used)

    def on_changed(self, changes: Changes) -> None:
        """Look again."""
        if self._response_id in changes.responses:
            self._filling.refresh(changes)
            self._look()

    # --- inside ------------------------------------------------------------------------------

    def _look(self) -> None:
        filling = self._filling
        entry = filling.entry(self._entry_id)
        steps = history_of(self._ws, filling, self._entry_id)
        self._steps = {_key(step): step for step in steps}
        drawn = steps[: self._most]
        is_fixed = filling.is_locked or self._ws.about.role is not Role.ORGANISATION  # nobody else writes answers
        self._view.show_history(
            HistoryState(
                number=entry.number,
                question=entry.question or entry.title,
                steps=tuple(_state(step, steps, entry, is_fixed=is_fixed) for step in drawn),
                more=len(steps) - len(drawn),
                versions=version_states(signed_versions(self._ws, filling)),
            )
        )


def _key(step: Step) -> str:
    return f"{step.id.stream}/{step.id.seq}"


def _state(step: Step, steps: tuple[Step, ...], entry: EntryState, *, is_fixed: bool) -> StepState:
    asked = _field(entry, step)
    label = asked.label if asked is not None and entry.grade is not None else ""
    return StepState(
        key=_key(step),
        title=Words.named(Words.what[step.did], label),
        who=step.who or Words.nobody,
        when=write_moment(step.at),
        wording=_wording(step, steps, entry),
        standing=step.standing,
        can_use=not is_fixed
        and step.standing is Standing.REPLACED
        and step.did in _WRITTEN
        and asked is not None
        and asked.control != "upload",
    )


def _wording(step: Step, steps: tuple[Step, ...], entry: EntryState) -> tuple[Run, ...]:
    match step.standing:
        case Standing.ERASED:
            return (Run(Words.erased, differs=False),)
        case Standing.ELSEWHERE:
            return (Run(Words.elsewhere, differs=False),)
        case Standing.STANDS | Standing.CONTESTED | Standing.REPLACED:
            now = _said(step, entry)
    if step.reason:
        return (Run("\n".join(part for part in (now, Words.because(step.reason)) if part), differs=False),)
    before = earlier(steps, step)
    if before is None or step.did not in _WRITTEN or before.standing in {Standing.ERASED, Standing.ELSEWHERE}:
        return (Run(now, differs=False),) if now else ()
    return compare(_said(before, entry), now)[1]


def _said(step: Step, entry: EntryState) -> str:
    """Return what was answered, in the words people know it by."""
    if step.did in _WRITTEN and not step.value:
        return Words.nothing
    asked = _field(entry, step)
    if asked is None or step.did not in _WRITTEN | {Did.READ}:
        return step.value
    if entry.scale is not None and entry.grade is not None and asked.question_id == entry.grade.question_id:
        point = entry.scale.point(step.value)
        return step.value if point is None else point.label
    labels = dict(asked.choices)
    if labels:
        return ", ".join(labels.get(one, one) for one in ([step.value] if step.value in labels else step.value.split()))
    day = read_date(step.value) if asked.type == "date" else None
    return write_date(day) if day else step.value


def _field(entry: EntryState, step: Step) -> FieldState | None:
    every = entry.fields if entry.grade is None else (entry.grade, *entry.fields)
    return next((each for each in every if each.question_id == step.question_id), None)
