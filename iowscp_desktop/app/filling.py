"""One response being filled in: the tool's questions with their answers, kept in step with the journal.

`open_filling` reads the journal once; after each deed, merge or undo `refresh` looks at what changed and says
which entries of the list look different now. Nothing here writes.
"""

import random
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from iowscp_desktop.app import conflicts
from iowscp_desktop.app.entries import (
    EntryState,
    EvidenceLine,
    FieldState,
    Problem,
    SectionState,
    Status,
    is_whole,
    problem_of,
    status_of,
)
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.clock import LOCAL_ZONE, from_stored
from iowscp_desktop.domain.events import (
    AnswerRecorded,
    EvidenceAttached,
    ResponseAssigned,
    ResponseFinalised,
)
from iowscp_desktop.domain.ids import QuestionId, ResponseId, Sha256, SpaceId, response_space
from iowscp_desktop.domain.tool import Item, Part, Question, Tool, compile_tool, open_package
from iowscp_desktop.forms import Form, NodeState, Saved, Session, load_form

__all__ = [
    "EntryState",
    "EvidenceLine",
    "FieldState",
    "Filling",
    "Problem",
    "SectionState",
    "Status",
    "Task",
    "open_filling",
    "tool_and_form",
]


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

    def __init__(self, ws: Workspace, response_id: ResponseId) -> None:
        self._ws = ws
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
        self.package = assigned.package
        self.tool, self.form = tool_and_form(ws, assigned.package)
        self._start()

    # --- what stands -------------------------------------------------------------------------

    @property
    def is_locked(self) -> bool:
        """The response is finalised: to change an answer it must be opened again."""
        return bool(self._ws.standing(ResponseFinalised, space=self.space))

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
        before = dict(self._states)
        self._touched.clear()
        if any(register.startswith(("repeat/", "order/", "reading/")) for register in registers):
            self._start()
        elif any(register.startswith("answer/") for register in registers):
            self._take_answers()
        if any(register.startswith("evidence/") for register in registers):
            self._take_evidence()
        return frozenset(
            id_ for id_ in self._touched | before.keys() if id_ not in before or self.entry(id_) != before[id_]
        )

    def computed(self) -> dict[str, str]:
        """Return the values that the form calculated, by path, as they stand now."""
        return {node.path: node.value for node in self._session.state() if node.kind == "value" and node.value}

    # --- inside ------------------------------------------------------------------------------

    def _start(self) -> None:
        """Run the form over everything that is answered, in one go: order of typing means nothing."""
        blank = self._run({})
        self._refs = {node.path.rsplit("/", 1)[-1]: node.ref for node in blank.state()}
        self._entries: dict[str, Item | Question] = {
            entry.id: entry for section in self.tool.sections for entry in section.entries
        }
        standing = self._standing()
        self._values = {name: values[-1] for name, values in standing.items()}
        self._conflicting = _differing(standing)
        self._session = self._run(
            {
                blank.node(self._refs[name]).path: value
                for name, value in self._values.items()
                if name in self._refs and is_whole(blank.node(self._refs[name]), value)
            }
        )
        self._leads = _leads(self._session.state(), self._entries)
        self._states: dict[str, EntryState] = {}
        self._touched: set[str] = set()
        self._evidence: dict[str, tuple[EvidenceLine, ...]] = {}
        self._take_evidence()

    def _run(self, answers: Mapping[str, str]) -> Session:
        """Start the form. A finalised response is read at the moment it was finalised: today() stays what it was."""
        finalised = self._ws.standing(ResponseFinalised, space=self.space)
        moment = from_stored(finalised[-1].event.moment) if finalised else None
        # The form shuffles choices and mints uuids only for itself: neither is journalled, so a fixed seed will do.
        return self.form.start(
            clock=self._ws.world.clock if moment is None else lambda: moment,
            zone=LOCAL_ZONE,
            random=random.Random(self.response_id),  # noqa: S311 - order of choices, not a secret
            new_uuid=self._ws.world.new_id,
            answers=Saved(values={(path, ()): value for path, value in answers.items()}, first=True),
        )

    def _standing(self) -> dict[str, list[str]]:
        """Return what stands for each question: several values where people differ and the team has no reading."""
        standing: dict[str, list[str]] = {}
        for held in self._ws.standing(AnswerRecorded, space=self.space):
            standing.setdefault(held.event.question_id, []).append(held.event.value or "")
        for target, value in conflicts.readings(self._ws, self.space).items():
            standing[target.removeprefix("answer/")] = [value or ""]
        return standing

    def _take_answers(self) -> None:
        standing = self._standing()
        now = {name: values[-1] for name, values in standing.items()}
        written = {name for name in now.keys() | self._values.keys() if now.get(name, "") != self._values.get(name, "")}
        touched: set[str] = set()
        for name in sorted(written & self._refs.keys()):
            ref, value = self._refs[name], now.get(name, "")
            touched |= self._session.set(ref, value if is_whole(self._session.node(ref), value) else "")
        conflicting = _differing(standing)
        names = {ref.rsplit("/", 1)[-1].partition("[")[0] for ref in touched}
        self._forget(names | written | (conflicting ^ self._conflicting))
        self._values, self._conflicting = now, conflicting

    def _take_evidence(self) -> None:
        lines: dict[str, list[EvidenceLine]] = {}
        for held in self._ws.standing(EvidenceAttached, space=self.space):
            event = held.event
            lines.setdefault(event.question_id, []).append(
                EvidenceLine(
                    id=event.attachment_id,
                    name=event.name,
                    media_type=event.media_type,
                    size=event.size,
                    sha256=event.sha256,
                    is_here=self._ws.store.blobs.has(event.sha256),
                )
            )
        now = {name: tuple(found) for name, found in lines.items()}
        self._forget(name for name in now.keys() | self._evidence.keys() if now.get(name) != self._evidence.get(name))
        self._evidence = now

    def _forget(self, names: Iterable[str]) -> None:
        for name in names:
            item = self.tool.item_of(name)
            if item is not None:
                self._forget_entry(item.id)
            elif name in self._entries:
                self._forget_entry(name)
            else:  # a note or a group
                self._forget_led_by(name)

    def _forget_led_by(self, name: str) -> None:
        ref = self._refs.get(name)
        for entry_id in [entry_id for entry_id, refs in self._leads.items() if ref in refs]:
            self._forget_entry(entry_id)

    def _forget_entry(self, entry_id: str) -> None:
        self._states.pop(entry_id, None)
        self._touched.add(entry_id)

    def _words_before(self, entry_id: str) -> tuple[str, ...]:
        nodes = (self._session.node(ref) for ref in self._leads.get(entry_id, ()))
        return tuple(node.label for node in nodes if node.relevant and node.label)

    def _state(self, entry: Item | Question) -> EntryState:
        match entry:
            case Item():
                return self._item_state(entry)
            case Question():
                return self._question_state(entry)

    def _item_state(self, item: Item) -> EntryState:
        grade = self._field(item.id, None)
        parts = [(part, item.part_name(part)) for part in item.parts if part is not Part.FILES]
        fields = tuple(self._field(name, part) for part, name in parts if name is not None)
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
            evidence=self._evidence.get(item.id, ()),
            takes_files=Part.FILES in item.parts,
            relevant=grade.relevant,
            status=status_of(grade, fields, scale),
            conflicting=bool(names & self._conflicting),
        )

    def _question_state(self, question: Question) -> EntryState:
        only = self._field(question.id, None)
        return EntryState(
            id=question.id,
            number=question.number,
            title=question.title,
            question=question.question,
            hint=only.hint,
            guidance=self._session.node(self._refs[question.id]).guidance,
            leads=self._words_before(question.id),
            section_id=question.section,
            scale=None,
            grade=None,
            fields=(only,),
            evidence=(),
            takes_files=False,
            relevant=only.relevant,
            status=status_of(None, (only,), None),
            conflicting=question.id in self._conflicting,
        )

    def _field(self, name: str, part: Part | None) -> FieldState:
        node = self._session.node(self._refs[name])
        written = self._values.get(name, "")
        problem = problem_of(node, written)
        message = {
            None: "",
            Problem.REQUIRED: node.required_message,
            Problem.RULE: node.constraint_message,
            Problem.KIND: "",
        }[problem]
        return FieldState(
            question_id=QuestionId(name),
            type=node.type,
            control=node.control,
            appearance=node.appearance,
            label=node.label,
            hint=node.hint,
            value=written if problem is Problem.KIND else node.value,
            choices=tuple((choice.value, choice.label) for choice in node.choices),
            relevant=node.relevant,
            readonly=node.readonly,
            required=node.required,
            problem=problem,
            message=message,
            part=part,
        )


def _differing(standing: Mapping[str, list[str]]) -> frozenset[str]:
    return frozenset(name for name, values in standing.items() if len(set(values)) > 1)


def open_filling(ws: Workspace, response_id: ResponseId) -> Filling:
    """Open a response for reading and filling in.

    Raises:
        NotYours: It is not in this workspace.
        AttachmentMissing: Its tool did not arrive with it.
    """
    return Filling(ws, response_id)


@lru_cache(maxsize=8)
def _compiled(package: bytes) -> tuple[Tool, Form]:
    tool, compiled = compile_tool(open_package(package))
    return tool, load_form(compiled.xml)


def tool_and_form(ws: Workspace, package: Sha256) -> tuple[Tool, Form]:
    """Return a tool that came with an assignment, compiled; quick the second time."""
    return _compiled(ws.store.blobs.read(package))


def _leads(nodes: Iterable[NodeState], entries: Container[str]) -> dict[str, tuple[str, ...]]:
    """Return what stands before each question: the groups inside its section with their notes, then its own notes."""
    groups: dict[str, list[str]] = {}
    notes: list[str] = []
    found: dict[str, tuple[str, ...]] = {}
    for node in nodes:
        above, _, name = node.path.rpartition("/")
        if node.kind == "group" and above.count("/") == 1:
            notes = []  # a section begins
        elif node.kind == "group":
            groups[node.path] = [node.ref]
        elif node.control == "note":
            groups.get(above, notes).append(node.ref)
        elif name in entries:
            around = [ref for path, refs in groups.items() if node.path.startswith(f"{path}/") for ref in refs]
            found[name] = tuple(ref for ref in (*around, *notes) if not ref.endswith(f"/{name}_item"))
            notes = []
    return found
