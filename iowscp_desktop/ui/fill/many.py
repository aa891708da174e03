"""What repeats: adding, removing, moving, and taking that back. Plain Python."""

from functools import partial

from iowscp_desktop.app import repeats
from iowscp_desktop.app.filling import Filling, RepeatState
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.ids import InstanceId
from iowscp_desktop.text import Fill
from iowscp_desktop.ui.fill.deeds import Deed, Deeds
from iowscp_desktop.ui.fill.presenter import FillPresenter
from iowscp_desktop.ui.fill.states import FillView


class RepeatPresenter:
    """Writes down how many there are of something, and in which order."""

    def __init__(
        self, ws: Workspace, view: FillView, *, filling: Filling, questions: FillPresenter, deeds: Deeds
    ) -> None:
        self._ws, self._view, self._filling = ws, view, filling
        self._questions, self._deeds = questions, deeds

    def on_added(self, repeat: RepeatState) -> None:
        """Add one more, and go there."""
        self._before()
        new = InstanceId(self._ws.world.new_id())
        changes = self._add(repeat, new)
        self._did(Fill.undo_card_added(repeat.title), changes, repeat, partial(self._remove, repeat, new))
        self._view.go_to_card(repeat, new)

    def on_removed(self, repeat: RepeatState, instance: InstanceId) -> None:
        """Take one away; its answers come back when that is undone."""
        self._before()
        card = next(card for card in repeat.cards if card.instance == instance)
        words = Fill.card(repeat.title, card.number, card.words)
        changes = self._remove(repeat, instance)
        self._did(Fill.undo_card_removed(words), changes, repeat, partial(self._add, repeat, instance))
        others = [each for each in repeat.cards if each.instance != instance]
        self._view.go_to_card(
            repeat, others[min(card.number - 1, len(others) - 1)].instance if others else InstanceId("")
        )
        self._view.say(Fill.card_removed(words))

    def on_moved(self, repeat: RepeatState, instance: InstanceId, step: int) -> None:
        """Move one up (-1) or down (1)."""
        before = [card.instance for card in repeat.cards]
        place = before.index(instance)
        if not 0 <= place + step < len(before):
            return
        self._before()
        order = list(before)
        order[place], order[place + step] = order[place + step], order[place]
        changes = self._order(repeat, order)
        self._did(Fill.undo_card_moved(repeat.title), changes, repeat, partial(self._order, repeat, before))
        self._view.go_to_card(repeat, instance, button="up" if step < 0 else "down")

    def on_kept(self, repeat: RepeatState, instance: InstanceId) -> None:
        """Keep one that somebody had taken away while somebody else wrote in it."""
        self._before()
        self._deeds.wrote(self._add(repeat, instance))
        self._view.go_to_card(repeat, instance)

    def _before(self) -> None:
        """What is being typed is written first: the card it is typed in may go."""
        self._view.flush()
        self._questions.on_left()

    def _did(self, what: str, changes: Changes, repeat: RepeatState, opposite: "partial[Changes]") -> None:
        entry = self._filling.tool.entry_of(repeat.repeat_id)
        entry_id = self._questions.entry_id if entry is None else entry.id
        self._deeds.did(Deed(what=what, entry_id=entry_id, opposite=opposite))
        self._deeds.wrote(changes)

    def _add(self, repeat: RepeatState, instance: InstanceId) -> Changes:
        response_id = self._filling.response_id
        return repeats.add_instance(self._ws, response_id, repeat.repeat_id, within=repeat.within, instance=instance)

    def _remove(self, repeat: RepeatState, instance: InstanceId) -> Changes:
        return repeats.remove_instance(
            self._ws, self._filling, repeat.repeat_id, within=repeat.within, instance=instance
        )

    def _order(self, repeat: RepeatState, order: list[InstanceId]) -> Changes:
        return repeats.order_instances(
            self._ws, self._filling.response_id, repeat.repeat_id, order, within=repeat.within
        )
