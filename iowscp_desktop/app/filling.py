"""One response being filled in: the tool's questions with their answers, kept in step with the journal.

`open_filling` reads the journal once; after each deed, merge or undo `refresh` looks at what changed and says
which entries of the list look different now. Nothing here writes.
"""

import random
import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from iowscp_desktop.app import conflicts, repeats
from iowscp_desktop.app.cards import Answers, Around, Asking, Cards, Key
from iowscp_desktop.app.entries import (
    CardState,
    EntryState,
    EvidenceLine,
    FieldState,
    GroupState,
    PartState,
    Problem,
    RepeatState,
    SectionState,
    Status,
    is_whole,
    repeat_status,
    status_of,
)
from iowscp_desktop.app.last_look import entries_in
from iowscp_desktop.app.tools import KeptForm, kept_form, package_of, tool_and_form
from iowscp_desktop.app.two_finals import counting
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.clock import LOCAL_ZONE, from_stored
from iowscp_desktop.domain.events import (
    AnswerRecorded,
    EvidenceAttached,
    ResponseAssigned,
    ResponseFinalised,
)
from iowscp_desktop.domain.ids import InstanceId, ResponseId, Sha256, SpaceId, response_space
from iowscp_desktop.domain.tool import (
    Entry,
    Grid,
    Item,
    Part,
    Question,
    Repeat,
)
from iowscp_desktop.forms import Form, NodeState, Saved, Session, plain_text

__all__ = [
    "CardState",
    "EntryState",
    "EvidenceLine",
    "FieldState",
    "Filling",
    "GroupState",
    "PartState",
    "Problem",
    "RepeatState",
    "SectionState",
    "Status",
    "Task",
    "open_filling",
]

_POSITION: Final = re.compile(r"\[\d+\]")
_OWN_ID: Final = "/meta/instanceID"  # made anew at each opening, and shown to nobody

Place = tuple[str, tuple[str, ...]]
"""A path in the form, and the instances it lies in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What the team asked for."""

    response_id: ResponseId
    organisation: str = field(repr=False)
    title: str
    round_title: str
    partnership: str
    due: date


class Filling:
    """A response with its form running. Holds what was read, never what is to be written."""

    def __init__(self, ws: Workspace, response_id: ResponseId, *, is_reading: bool = False) -> None:
        self._ws = ws
        self.is_reading = is_reading
        """Somebody else's answers: they are looked at and never changed."""
        self.response_id = response_id
        self.space: SpaceId = response_space(response_id)
        assigned = ws.one(ResponseAssigned, space=self.space)
        self.task = Task(
            response_id=response_id,
            organisation=assigned.organisation_name,
            title=assigned.title,
            round_title=assigned.round_title,
            partnership=assigned.partnership_name,
            due=date.fromisoformat(assigned.due),
        )
        self._take_edition(package_of(ws, self.space))

    # --- what stands -------------------------------------------------------------------------

    @property
    def is_locked(self) -> bool:
        """The response is finalised: to change an answer it must be opened again. What is only read stays as it is."""
        return self.is_reading or bool(self._ws.standing(ResponseFinalised, space=self.space))

    def sections(self) -> tuple[SectionState, ...]:
        """Return every section with its entries, in the tool's order."""
        return tuple(
            SectionState(
                id=section.id,
                number=section.number,
                title=section.title,
                entries=tuple(self.entry(entry.id) for entry in section.entries),
            )
            for section in self.tool.sections
        )

    def entry(self, entry_id: str) -> EntryState:
        """Return one entry as it stands. Kept until `refresh` says that it changed."""
        if entry_id not in self._states:
            self._states[entry_id] = self._state(self._entries[entry_id])
        return self._states[entry_id]

    def problems(self) -> tuple[EntryState, ...]:
        """Return the entries that keep the response from being complete, in the tool's order."""
        return tuple(entry for section in self.sections() for entry in section.asked if entry.is_open)

    def refresh(self, changes: Changes) -> frozenset[str]:
        """Look again at what changed, and return the ids of the entries that look different now."""
        registers = [register for space, register in changes.registers if space == self.space]
        self.entries = self._count()
        before = dict(self._states)
        self._touched.clear()
        if self._has_moved(changes):
            self._take_edition(package_of(self._ws, self.space))
            return frozenset(before) | frozenset(self._entries)
        if any(register.startswith(("repeat/", "order/", "reading/")) for register in registers):
            self._start()
        elif any(register.startswith("answer/") for register in registers):
            self._take_answers()
        if any(register.startswith("evidence/") for register in registers):
            self._take_evidence()
        changed = {id_ for id_ in self._touched if id_ not in before}
        for id_, state in before.items():
            if self.entry(id_) == state:
                self._states[id_] = state  # what looks the same stays the same
            else:
                changed.add(id_)
        return frozenset(changed)

    def _has_moved(self, changes: Changes) -> bool:
        """Tell whether it is answered with another edition now: somebody moved it, or where it was moved to arrived."""
        named = any(register.startswith(("form/", "tool/")) for _space, register in changes.registers)
        return named and package_of(self._ws, self.space) != self.package

    @property
    def kept(self) -> KeptForm:
        """Which form is running, by its hashes and the engine that compiled it."""
        return kept_form(self._ws, self.package)

    def saved(self) -> Saved:
        """Return what stands answered, with all there is of what repeats: for another edition of the form."""
        values: dict[tuple[str, tuple[str, ...]], str] = {
            (self._asking.path_of(name), around): value
            for (name, around), value in self._values.items()
            if value and self._asking.knows(name)
        }
        return Saved(values=values, repeats=self._session.answers().repeats)

    def field(self, name: str, around: Around = ()) -> FieldState | None:
        """Return one thing to answer; None where there is none, or where the one it lay in was taken away."""
        here = self._asking.knows(name) and self._session.find(self._asking.path_of(name), around) is not None
        return self._cards.field(name, self.tool.part_of(name), around) if here else None

    def run_form(self, form: Form, answers: Saved) -> Session:
        """Start this form, or another edition of it.

        A finalised response is read at the moment it was finalised: today() stays what it was.
        """
        finalised = counting(self._ws, self.space)
        moment = from_stored(finalised[-1].moment) if finalised else None
        # The form shuffles choices and mints uuids only for itself: neither is journalled, so a fixed seed will do.
        return form.start(
            clock=self._ws.world.clock if moment is None else lambda: moment,
            zone=LOCAL_ZONE,
            random=random.Random(self.response_id),  # noqa: S311 - order of choices, not a secret
            new_uuid=self._ws.world.new_id,
            answers=answers,
        )

    def computed(self) -> dict[str, str]:
        """Return what the form itself calculated or filled in, by path (and instances), as it stands now."""
        answered = self._placed(self._values)
        return {
            _place(node): node.value
            for node in self._session.state()
            if node.value and (node.kind == "value" or (node.path, node.instances) not in answered)
        }

    # --- inside ------------------------------------------------------------------------------

    def _take_edition(self, package: Sha256) -> None:
        """Begin anew with an edition of the tool."""
        self.package = package
        self.tool, self.form = tool_and_form(self._ws, package)
        self._asking = Asking(self.tool, self.form)
        self._start()

    def _start(self) -> None:
        """Run the form over everything that is answered, in one go: order of typing means nothing."""
        self.entries = self._count()
        """How many entries there were when it was last looked at: another number means that something is new."""
        self._entries: dict[str, Entry] = {
            entry.id: entry for section in self.tool.sections for entry in section.entries
        }
        standing = self._standing()
        self._values: dict[Key, str] = {key: values[-1] for key, values in standing.items()}
        self._conflicting = _differing(standing)
        self._repeated = repeats.standing_instances(self._ws, self.space, self.tool)
        whole: dict[tuple[str, tuple[str, ...]], str] = {
            (self._asking.path_of(name), around): value
            for (name, around), value in self._values.items()
            if self._asking.knows(name) and is_whole(self._asking.type_of(name), value)
        }
        saved = Saved(values=whole, repeats=self._instances(), first=True)
        self._session = self.run_form(self.form, saved)
        given = self._given_when_signed(whole)
        if given:
            self._session = self.run_form(self.form, replace(saved, values=given | whole))
        self._cards = Cards(self._asking, self._session, self._answers)
        self._leads = _leads(self._session.state(), self._asking, self._entries)
        self._states: dict[str, EntryState] = {}
        self._touched: set[str] = set()
        self._evidence: dict[Key, tuple[EvidenceLine, ...]] = {}
        self._take_evidence()

    def _given_when_signed(self, answered: Mapping[Place, str]) -> dict[Place, str]:
        """Return what the form had filled in when the response was declared complete, if it would differ now.

        It is not journalled, so that two laptops never differ over it; but the time at which a form was opened, or a
        number drawn by lot, must not become another under a signature. A response that is opened again is worked out
        anew: it is another revision, and is signed anew.
        """
        finalised = counting(self._ws, self.space)
        if not finalised or finalised[-1].package not in {None, self.package}:
            return {}
        frozen = finalised[-1].computed
        found: dict[Place, str] = {}
        differs = False
        for node in self._session.state():
            value, place = frozen.get(_place(node), ""), (node.path, node.instances)
            if value and place not in answered:
                found[place] = value
                differs = differs or (value != node.value and not node.path.endswith(_OWN_ID))
        return found if differs else {}

    def _placed(self, keys: Iterable[Key]) -> frozenset[Place]:
        """Return where in the form things are asked; what this edition does not ask is left out."""
        return frozenset((self._asking.path_of(name), around) for name, around in keys if self._asking.knows(name))

    def _count(self) -> int:
        with self._ws.store.database.reading() as connection:
            return entries_in(connection, self.space)

    def _instances(self) -> dict[tuple[str, tuple[str, ...]], tuple[str, ...]]:
        """Return what there is of everything that repeats and that people changed. What lies outside comes first.

        The form says which instances it makes by itself, and an instance may bring some of what repeats in it.
        """
        found: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = {}
        for repeat_id in self._asking.repeats:
            if repeat_id not in self._repeated.touched or self._asking.is_fixed(repeat_id):
                continue
            path = self._asking.path_of(repeat_id)
            own = self.run_form(self.form, Saved(repeats=found, first=True)).answers().repeats
            for (each, within), instances in own.items():
                if each == path:
                    around = tuple(InstanceId(one) for one in within)
                    made = tuple(InstanceId(one) for one in instances)
                    found[path, within] = self._repeated.arranged(repeat_id, around, made)
        return found

    def _answers(self) -> Answers:
        return Answers(values=self._values, files=self._evidence, contested=self._repeated.contested)

    def _standing(self) -> dict[Key, list[str]]:
        """Return what stands for each question: several values where people differ and the team has no reading."""
        standing: dict[Key, list[str]] = {}
        keys: dict[str, Key] = {}
        for held in self._ws.standing(AnswerRecorded, space=self.space):
            key = (held.event.question_id, held.event.instances)
            keys[held.event.register] = key
            standing.setdefault(key, []).append(held.event.value or "")
        for target, value in conflicts.readings(self._ws, self.space).items():
            standing[keys[target]] = [value or ""]
        return standing

    def _take_answers(self) -> None:
        standing = self._standing()
        now = {key: values[-1] for key, values in standing.items()}
        written = {key for key in now.keys() | self._values.keys() if now.get(key, "") != self._values.get(key, "")}
        touched: set[str] = set()
        kept = self._placed(now) if self.form.triggers else frozenset[Place]()  # as it will be at the next opening
        for name, around in sorted(key for key in written if self._asking.knows(key[0])):
            node = self._session.find(self._asking.path_of(name), around)
            if node is None:
                continue
            value = now.get((name, around), "")
            touched |= self._session.set(node.ref, value if is_whole(node.type, value) else "", kept=kept)
        conflicting = _differing(standing)
        self._cards.forget()
        if touched:  # an answer may decide how many there are of something, and what is gone is not named
            for repeat_id in self._asking.repeats:
                self._states.pop(repeat_id, None)
        self._forget_paths({_POSITION.sub("", ref) for ref in touched})
        self._forget(name for name, _around in written | (conflicting ^ self._conflicting))
        self._values, self._conflicting = now, conflicting

    def _take_evidence(self) -> None:
        lines: dict[Key, list[EvidenceLine]] = {}
        for held in self._ws.standing(EvidenceAttached, space=self.space):
            event = held.event
            lines.setdefault((event.question_id, event.instances), []).append(
                EvidenceLine(
                    id=event.attachment_id,
                    name=event.name,
                    media_type=event.media_type,
                    size=event.size,
                    sha256=event.sha256,
                    is_here=self._ws.store.blobs.has(event.sha256),
                )
            )
        now = {key: tuple(found) for key, found in lines.items()}
        self._forget(key[0] for key in now.keys() | self._evidence.keys() if now.get(key) != self._evidence.get(key))
        self._evidence = now

    def _forget(self, names: Iterable[str]) -> None:
        for name in names:
            entry = self.tool.entry_of(name)
            if entry is not None:
                self._states.pop(entry.id, None)
                self._touched.add(entry.id)

    def _forget_paths(self, paths: Iterable[str]) -> None:
        for path in paths:
            name = self._asking.id_of(path)
            if name is None:
                continue
            if self.tool.entry_of(name) is not None:
                self._forget((name,))
            else:  # a note or a group
                self._forget(entry_id for entry_id, leads in self._leads.items() if path in leads)

    def _words_before(self, entry_id: str) -> tuple[str, ...]:
        nodes = (self._session.find(path, ()) for path in self._leads.get(entry_id, ()))
        return tuple(node.label for node in nodes if node is not None and node.relevant and node.label)

    def _state(self, entry: Entry) -> EntryState:
        match entry:
            case Item():
                return self._item_state(entry)
            case Question():
                return self._question_state(entry)
            case Grid():
                return self._grid_state(entry)
            case Repeat():
                return self._repeat_state(entry)

    def _item_state(self, item: Item) -> EntryState:
        grade = self._cards.field(item.id, None)
        parts = [(part, item.part_name(part)) for part in item.parts if part is not Part.FILES]
        fields = tuple(self._cards.field(name, part) for part, name in parts if name is not None)
        scale = self.tool.scale_of(item)
        names = {item.id, *(name for _, name in parts)}
        return EntryState(
            id=item.id,
            number=item.number,
            title=item.title,
            question=item.question,
            hint=item.hint,
            guidance=item.guidance,
            leads=self._words_before(item.id),
            section_id=item.section,
            scale=scale,
            grade=grade,
            fields=fields,
            evidence=self._evidence.get((item.id, ()), ()),
            takes_files=Part.FILES in item.parts,
            relevant=grade.relevant,
            status=status_of(grade, fields, scale),
            conflicting=any(name in names for name, _around in self._conflicting),
        )

    def _question_state(self, question: Question) -> EntryState:
        only = self._cards.field(question.id, None)
        made = self._plain_state(question, (only,), self._cards.node(question.id))
        return replace(made, status=status_of(None, (only,), None), relevant=only.relevant, hint=plain_text(only.hint))

    def _grid_state(self, grid: Grid) -> EntryState:
        fields = tuple(self._cards.field(name, None) for name in grid.asked)
        made = self._plain_state(grid, fields, self._cards.node(grid.id))
        relevant = any(each.relevant for each in fields)
        return replace(made, status=status_of(None, fields, None), relevant=relevant, is_grid=True)

    def _repeat_state(self, repeat: Repeat) -> EntryState:
        state = self._cards.repeat(repeat.id, repeat.title)
        made = self._plain_state(repeat, state.fields, None)
        return replace(
            made,
            status=repeat_status(state),
            relevant=state.relevant,
            repeat=state,
            conflicting=made.conflicting or state.is_contested,
        )

    def _plain_state(
        self, entry: Question | Grid | Repeat, fields: tuple[FieldState, ...], node: NodeState | None
    ) -> EntryState:
        """Return what all plain entries have in common."""
        markup = node.label if node is not None else ""
        question = plain_text(markup) or entry.question
        keys = {(each.question_id, each.instances) for each in fields}
        return EntryState(
            id=entry.id,
            number=entry.number,
            title=entry.title,
            question=question,
            hint="",
            guidance=node.guidance if node is not None else "",
            leads=self._words_before(entry.id),
            section_id=entry.section,
            scale=None,
            grade=None,
            fields=fields,
            evidence=tuple(each.file for each in fields if each.file is not None),
            takes_files=False,
            relevant=True,
            status=Status.NOT_STARTED,
            conflicting=any(key in self._conflicting for key in keys),
            markup=markup if markup != question else "",
        )


def _place(node: NodeState) -> str:
    return "@".join((node.path, ".".join(node.instances))) if node.instances else node.path


def _differing(standing: Mapping[Key, list[str]]) -> frozenset[Key]:
    return frozenset(key for key, values in standing.items() if len(set(values)) > 1)


def open_filling(ws: Workspace, response_id: ResponseId, *, is_reading: bool = False) -> Filling:
    """Open a response for filling in, or for reading alone.

    Raises:
        NotYours: It is not in this workspace.
        AttachmentMissing: Its tool did not arrive with it.
    """
    return Filling(ws, response_id, is_reading=is_reading)


def _leads(nodes: Iterable[NodeState], asking: Asking, entries: Container[str]) -> dict[str, tuple[str, ...]]:
    """Return what stands before each question: the groups inside its section with their notes, then its own notes."""
    groups: dict[str, list[str]] = {}
    notes: list[str] = []
    found: dict[str, tuple[str, ...]] = {}
    for node in nodes:
        above, _, name = node.path.rpartition("/")
        id_ = asking.id_of(node.path)
        if node.instances and node.kind != "range":
            continue
        if id_ is not None and id_ in entries and id_ not in found:
            around = [path for outer, paths in groups.items() if node.path.startswith(f"{outer}/") for path in paths]
            found[id_] = tuple(path for path in (*around, *notes) if not path.endswith(f"/{name}_item"))
            notes = []
        elif node.kind == "group" and above.count("/") == 1:
            notes = []  # a section begins
        elif node.kind == "group":
            groups[node.path] = [node.path]
        elif asking.id_of(above) in found:
            continue  # the heading of a table
        elif node.control == "note":
            groups.get(above, notes).append(node.path)
    return found
