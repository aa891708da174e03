"""A session: one response being answered. It keeps every rule of the form true after each deed."""

import random as randomness
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone, tzinfo

from iowscp_desktop.errors import NoSuchQuestion, RepeatIsFixed
from iowscp_desktop.forms.actions import acting_repeats, run_actions, run_load_actions
from iowscp_desktop.forms.casting import cast_text
from iowscp_desktop.forms.definition import Definition, empty_seed
from iowscp_desktop.forms.form import Form
from iowscp_desktop.forms.look import Look
from iowscp_desktop.forms.preloads import preload
from iowscp_desktop.forms.recompute import Recompute
from iowscp_desktop.forms.restore import is_new, restore
from iowscp_desktop.forms.saved import Key, Saved
from iowscp_desktop.forms.state import NodeState, range_of, state_of
from iowscp_desktop.forms.submission import submission_xml
from iowscp_desktop.forms.surroundings import Surroundings
from iowscp_desktop.forms.tree import (
    find_by_key,
    find_node,
    find_repeat,
    instances_of,
    key_of,
    plant,
    plant_document,
    ref_of,
)
from iowscp_desktop.forms.xpath.answers import AnswerNode


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What is outside a session: time, place and chance."""

    clock: Callable[[], datetime]
    zone: tzinfo
    random: randomness.Random
    new_uuid: Callable[[], str]
    preload: Mapping[str, str] = field(default_factory=dict[str, str])


class Session:
    """One response to a form. Begin one with `form.start(…)`."""

    def __init__(self, form: Form, world: World, answers: Saved | None) -> None:
        self.form = form
        self._place = world.zone
        opened = world.clock().astimezone(world.zone)
        self.zone: tzinfo = timezone(opened.utcoffset() or timedelta())
        """The offset in force when the session was opened. It stays: days are 24 hours long whatever clocks do."""
        self.moment = opened.astimezone(self.zone)
        world = World(
            clock=world.clock, zone=self.zone, random=world.random, new_uuid=world.new_uuid, preload=world.preload
        )
        self._world = world
        self._document = plant_document(form.places)
        self._env = Surroundings(form, self._document, self.moment, world)
        self._env.local = self._place
        self._look = Look(form, self._env)
        self._env.look = self._look
        self._acting = acting_repeats(form)
        self._recompute = Recompute(form.graph, self._env, acting=self._acting)
        self.problems: tuple[Key, ...] = ()
        """Saved answers that fit nowhere in this form. They are kept by whoever keeps answers, not here."""
        self._begin(answers)

    def _begin(self, answers: Saved | None) -> None:
        first = answers is None or answers.first
        if answers is not None:
            self.problems = restore(self._document, self.form.places, answers, self._recompute)
        self._index_lone_nodes()
        if first:
            given = answers.values if answers else {}
            preload(self._document, self.form.places.preloaded, self._world, self.moment, given=given)
        missed = self._missed(answers) if answers is not None and first else []
        self._recompute.expect_all(self._document)
        self._settle()
        self._recompute.settled_by_hand.clear()
        events = {"odk-instance-load", "odk-instance-first-load"} if first else {"odk-instance-load"}
        kept = frozenset(answers.values) if answers is not None else frozenset[Key]()
        run_load_actions(self.form, self._document, events, self._recompute, kept=kept)
        self._settle()
        self._catch_up(missed, kept)
        self._recompute.taken()

    def _missed(self, answers: Saved) -> list[tuple[AnswerNode, str]]:
        """What people did of which only their answers were saved: the nodes, and the events that actions hang on."""
        missed: list[tuple[AnswerNode, str]] = []
        for node in self._root.everything():
            if node.shape.index in self._acting and is_new(node):
                missed.append((node, "odk-new-repeat"))
            elif node.shape.index in self.form.triggers and key_of(node) in answers.values:
                missed.append((node, "xforms-value-changed"))
        return missed

    def _catch_up(self, missed: list[tuple[AnswerNode, str]], kept: frozenset[Key]) -> None:
        """Let actions give again what they gave when people answered."""
        for node, event in missed:
            if node.alive:
                run_actions(self.form, [node], {event}, self._recompute, kept=kept)
                self._settle()

    def _index_lone_nodes(self) -> None:
        self._env.singles = [self._document] * len(self.form.places.every)
        stack = [self._document]
        while stack:
            node = stack.pop()
            self._env.singles[node.shape.index] = node
            stack.extend(slot for slot in node.slots if not isinstance(slot, list))

    @property
    def _root(self) -> AnswerNode:
        return self._env.singles[self.form.places.root.index]

    # --- deeds -------------------------------------------------------------------------------

    def set(self, ref: str, value: str, *, kept: frozenset[Key] = frozenset()) -> frozenset[str]:
        """Answer a question. A text that is no value of the question's type clears it, as '' does.

        Args:
            kept: Answers that no action overwrites.

        Returns:
            The references of all nodes that may look different now.

        Raises:
            NoSuchQuestion: There is no question at `ref`.
        """
        node = self._at(ref)
        place = node.shape
        if not isinstance(place, Definition) or not place.is_leaf or place.repeats:
            raise NoSuchQuestion(ref)
        if self._recompute.write(node, cast_text(place.bind.type, value, self.zone)):
            self._settle()
            if place.index in self.form.triggers:
                run_actions(self.form, [node], {"xforms-value-changed"}, self._recompute, kept=kept)
                self._settle()
        return self._changed()

    def _at(self, ref: str) -> AnswerNode:
        """The node at a reference; outside repeats without a search."""
        place = self.form.places.by_path.get(ref)
        if place is not None and not place.repeated:
            return self._env.singles[place.index]
        return find_node(self._document, ref)

    def add_repeat(self, ref: str, *, instance: str | None = None, at: int | None = None) -> NodeState:
        """Add an instance to a repeat.

        Args:
            ref: The repeat, or any instance of it.
            instance: The new instance's id; a fresh one by default.
            at: Its place counted from 1; after the last by default.

        Raises:
            NoSuchQuestion: There is no repeat at `ref`.
            RepeatIsFixed: The form itself decides how many there are.
        """
        repeat, parent = find_repeat(self._document, ref)
        self._refuse_fixed(repeat)
        node = plant(repeat.template or empty_seed(repeat), parent)
        node.instance = instance or self._world.new_uuid()
        last = len(instances_of(repeat, parent))
        position = last if at is None else max(0, min(at - 1, last))
        self._recompute.insert(repeat, node, position)
        self._welcome(node)
        self._settle()
        self._recompute.taken()
        return state_of(node, self._look)

    def remove_repeat(self, ref: str) -> frozenset[str]:
        """Remove an instance of a repeat.

        Raises:
            NoSuchQuestion: There is no such instance.
            RepeatIsFixed: The form itself decides how many there are.
        """
        node = find_node(self._document, ref)
        if not node.shape.repeats or not isinstance(node.shape, Definition):
            raise NoSuchQuestion(ref)
        self._refuse_fixed(node.shape)
        self._recompute.remove(node)
        self._settle()
        return self._changed()

    def _refuse_fixed(self, repeat: Definition) -> None:
        body = repeat.repeat_body
        if body is not None and (body.count or body.fixed):
            raise RepeatIsFixed(repeat.shown)

    def set_language(self, name: str) -> frozenset[str]:
        """Speak another of the form's languages. Answers and rules stay until what they depend on changes."""
        if name not in self.form.languages or name == self._look.language:
            return frozenset()
        for node in self._root.everything():
            self._look.decide(node)
        self._look.language = name
        self._recompute.retranslate(self._document)
        return self._changed()

    def recompute_all(self) -> frozenset[str]:
        """Forget all that was worked out and work it out again. It changes nothing, or there is a fault in here."""
        self._recompute.touch_all_below(self._document)
        self._recompute.expect_all(self._document)
        self._settle()
        return self._changed()

    def _settle(self) -> None:
        """Work everything out. Counted instances that have actions come one by one, as if a person added them."""
        self._recompute.settle()
        while (node := self._recompute.next_counted()) is not None:
            self._welcome(node)
            self._recompute.settle()

    def _welcome(self, node: AnswerNode) -> None:
        """Let the actions of a new instance have their say. They see what is relevant; calculations come after."""
        self._recompute.settle_relevance(node)
        run_actions(self.form, [node], {"odk-new-repeat"}, self._recompute)
        self._recompute.refresh(node)

    def _changed(self) -> frozenset[str]:
        return frozenset(
            [
                ref_of(node) if node.shape.repeated else node.shape.path
                for node in self._recompute.taken()
                if node.alive and node.parent is not None
            ]
        )

    # --- looking -----------------------------------------------------------------------------

    @property
    def language(self) -> str:
        """The language spoken now."""
        return self._look.language

    def state(self) -> tuple[NodeState, ...]:
        """Every node there is, in document order, a repeat as a whole before its instances."""
        return tuple(self._states(self._root))

    def _states(self, node: AnswerNode) -> Iterator[NodeState]:
        for shape in node.shape.children.values():
            slot = node.slots[shape.place]
            if isinstance(slot, list):
                if isinstance(shape, Definition):
                    yield range_of(shape, node, self._look)
                for instance in slot:
                    yield state_of(instance, self._look)
                    yield from self._states(instance)
            elif not shape.name.startswith("@"):
                yield state_of(slot, self._look)
                yield from self._states(slot)

    def node(self, ref: str) -> NodeState:
        """The state of one node; of a repeat as a whole when `ref` names it without a position.

        Raises:
            NoSuchQuestion: There is none.
        """
        if not ref.endswith("]"):
            try:
                repeat, parent = find_repeat(self._document, ref)
            except NoSuchQuestion:
                pass
            else:
                return range_of(repeat, parent, self._look)
        return state_of(find_node(self._document, ref), self._look)

    def find(self, path: str, instances: tuple[str, ...] = ()) -> NodeState | None:
        """The state of the node that a path and repeat instances identify; None when it is not there."""
        place = self.form.places.find(path)
        node = find_by_key(self._document, place, instances) if place is not None else None
        return None if node is None else state_of(node, self._look)

    def hidden_instances(self, ref: str) -> tuple[str, ...]:
        """The ids of the instances that a shrunken count hides. Their answers are kept and come back with it."""
        repeat, parent = find_repeat(self._document, ref)
        return tuple(node.instance for node in self._recompute.hidden(repeat, parent))

    def discard_hidden(self, ref: str) -> None:
        """Delete what a shrunken count hides, because a person agreed."""
        repeat, parent = find_repeat(self._document, ref)
        self._recompute.hidden(repeat, parent).clear()

    # --- leaving -----------------------------------------------------------------------------

    def answers(self) -> Saved:
        """Every text there is now, relevant or not, every default that was cleared, and each repeat's instances."""
        kept_empty = self.form.places.kept_empty
        values: dict[Key, str] = {}
        repeats: dict[Key, tuple[str, ...]] = {}
        for node in self._root.everything():
            if node.shape.is_leaf and not node.shape.repeats and (node.value or node.shape.index in kept_empty):
                values[key_of(node)] = node.value
            for shape in node.shape.children.values():
                slot = node.slots[shape.place]
                if isinstance(slot, list):
                    repeats[shape.path, key_of(node)[1]] = tuple(kid.instance for kid in slot)
        return Saved(values=values, repeats=repeats)

    def finalise(self) -> str:
        """Freeze the response: preloads of the end are put in. Returns the submission."""
        moment = self._world.clock().astimezone(self.zone)
        preload(self._document, self.form.places.preloaded, self._world, moment, given={}, end=True)
        return self.export_xml()

    def export_xml(self) -> str:
        """The submission: every relevant node, nothing else."""
        return submission_xml(self.form, self._root, self._world.new_uuid)
