"""What is asked as a running form has it: one field, or all the cards of what repeats. Reads the form, nothing else."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from iowscp_desktop.app.entries import (
    CardState,
    EvidenceLine,
    FieldState,
    GroupState,
    PartState,
    Problem,
    RepeatState,
    problem_of,
)
from iowscp_desktop.domain.ids import InstanceId, QuestionId
from iowscp_desktop.domain.tool import Part, Tool
from iowscp_desktop.forms import Form, FormPart, NodeState, Session, plain_text

_TABLE_TITLE: Final = "/generated_table_list_label"

Around = tuple[InstanceId, ...]
Key = tuple[str, Around]
"""A question's id, and the instances it lies in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What was answered, apart from the form: words as they were written, files, and what is contested."""

    values: Mapping[Key, str]
    files: Mapping[Key, tuple[EvidenceLine, ...]]
    contested: frozenset[tuple[QuestionId, Around, InstanceId]]


class Asking:
    """The parts of one form, by id."""

    def __init__(self, tool: Tool, form: Form) -> None:
        self.root = form.places.root.path
        self._tool, self._form = tool, form
        self._ids = {f"{self.root}/{path}": name for name, path in tool.paths.items()}
        self.parts = {part.path: part for part in _every(form.tree) if part.path}
        self.repeats: tuple[QuestionId, ...] = tuple(
            QuestionId(self._ids[part.path])
            for part in sorted(self.parts.values(), key=lambda part: part.path.count("/"))
            if part.kind == "repeat" and part.path in self._ids and tool.item_of(self._ids[part.path]) is None
        )
        """What repeats, outer ones first; the files of items are no such thing."""

    def path_of(self, name: str) -> str:
        """Return where something stands in the form."""
        return f"{self.root}/{self._tool.paths[name]}"

    def knows(self, name: str) -> bool:
        """Tell whether the form has such a question."""
        return name in self._tool.paths and self._form.places.find(self.path_of(name)) is not None

    def id_of(self, path: str) -> str | None:
        """Return the id of what stands at a path; None for what has none."""
        return self._ids.get(path)

    def type_of(self, name: str) -> str:
        """Return what kind of value a question takes."""
        place = self._form.places.find(self.path_of(name))
        return "" if place is None else place.bind.type

    def is_fixed(self, repeat_id: str) -> bool:
        """Tell whether the form itself says how many there are."""
        place = self._form.places.find(self.path_of(repeat_id))
        body = None if place is None else place.repeat_body
        return body is not None and (body.fixed or bool(body.count))


class Cards:
    """Makes the states of fields and cards from a session."""

    def __init__(self, asking: Asking, session: Session, answers: Callable[[], Answers]) -> None:
        self._asking, self._session, self._answers = asking, session, answers
        self._instances: Mapping[tuple[str, tuple[str, ...]], tuple[str, ...]] | None = None

    def forget(self) -> None:
        """The form may have other instances now."""
        self._instances = None

    def field(self, name: str, part: Part | None, around: Around = ()) -> FieldState:
        """Return one thing to answer.

        Raises:
            KeyError: The form has no such question there. The tool was made from the form, so this is a bug.
        """
        node = self._session.find(self._asking.path_of(name), around)
        if node is None:
            raise KeyError(name)
        return self._field(node, name, part)

    def node(self, name: str) -> NodeState | None:
        """Return the state of a question, group or note that lies in no repeat."""
        return self._session.find(self._asking.path_of(name), ())

    def repeat(self, name: str, title: str, within: Around = ()) -> RepeatState:
        """Return what repeats, with every card."""
        path = self._asking.path_of(name)
        contested = self._answers().contested
        cards: list[CardState] = []
        for number, one in enumerate(self._of(path, within), start=1):
            instance = InstanceId(one)
            node = self._session.find(path, (*within, instance))
            parts = tuple(self._inside(self._asking.parts[path], (*within, instance)))
            label = "" if node is None else plain_text(node.label)
            cards.append(
                CardState(
                    instance=instance,
                    number=number,
                    words=_words(parts) or (label if label != title else ""),
                    parts=parts,
                    relevant=node is not None and node.relevant,
                    contested=(QuestionId(name), within, instance) in contested,
                )
            )
        above = self._session.find(path.rpartition("/")[0], within)
        return RepeatState(
            repeat_id=QuestionId(name),
            within=within,
            title=title,
            cards=tuple(cards),
            is_fixed=self._asking.is_fixed(name),
            relevant=(above is None or above.relevant) and (not cards or any(card.relevant for card in cards)),
        )

    def _of(self, path: str, within: Around) -> tuple[str, ...]:
        if self._instances is None:
            self._instances = self._session.answers().repeats
        return self._instances.get((path, within), ())

    def _inside(self, part: FormPart, around: Around) -> Iterator[PartState]:
        for inner in part.parts:
            name = self._asking.id_of(inner.path) if inner.path else None
            if inner.kind == "repeat" and name is not None:
                node = self._session.find(inner.path.rpartition("/")[0], around)
                label = self._title(inner, around) or name
                yield replace(self.repeat(name, label, around), relevant=node is None or node.relevant)
            elif inner.kind == "question":
                node = self._session.find(inner.path, around)
                if node is not None and name is not None:
                    yield self._field(node, name, None)
            elif inner.kind == "group" and inner.path in {each.path for each in inner.parts}:
                yield from self._inside(inner, around)  # what XForms puts around a repeat, for its words
            elif inner.kind == "group":
                yield self._group(inner, around)

    def _group(self, part: FormPart, around: Around) -> GroupState:
        node = self._session.find(part.path, around) if part.path else None
        titled = (part, *(each for each in part.parts if _TABLE_TITLE in each.path))  # pyxform moves a table's words
        titles = (self._session.find(each.path, around) for each in titled if each.path)
        parts = tuple(self._inside(part, around))
        return GroupState(
            title=next((words for each in titles if each is not None and (words := plain_text(each.label))), ""),
            parts=parts,
            is_grid=_is_table(parts),
            relevant=node is None or node.relevant,
        )

    def _title(self, part: FormPart, around: Around) -> str:
        """A repeat's words stand at the group around it, or at its instances."""
        found = self._of(part.path, around)
        node = self._session.find(part.path, (*around, found[0])) if found else None
        return "" if node is None else plain_text(node.label)

    def _field(self, node: NodeState, name: str, part: Part | None) -> FieldState:
        answers = self._answers()
        around = tuple(InstanceId(each) for each in node.instances)
        written = answers.values.get((name, around), "")
        problem = problem_of(node, written)
        message = {
            None: "",
            Problem.REQUIRED: node.required_message,
            Problem.RULE: node.constraint_message,
            Problem.KIND: "",
        }[problem]
        files = answers.files.get((name, around), ()) if node.control == "upload" else ()
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
            instances=around,
            settings=node.settings,
            file=next((line for line in reversed(files) if line.name == node.value), None),
        )


def _every(parts: tuple[FormPart, ...]) -> Iterator[FormPart]:
    for part in parts:
        yield part
        yield from _every(part.parts)


def _is_table(parts: tuple[PartState, ...]) -> bool:
    """Tell whether a form means these questions as a table: the choices are written once, above all of them."""
    rows = [part for part in parts if isinstance(part, FieldState) and part.control.startswith("select")]
    marked = all("list-nolabel" in row.appearance for row in rows)
    alike = len({(row.control, row.choices) for row in rows}) == 1
    return len(rows) == len(parts) > 1 and marked and alike


def _words(parts: tuple[PartState, ...]) -> str:
    """Return the first answer that says something: words, or the words of a choice."""
    for part in parts:
        if isinstance(part, GroupState):
            found = _words(part.parts)
            if found:
                return found
            continue
        if isinstance(part, RepeatState) or not part.value or part.control in {"note", "upload"}:
            continue
        return dict(part.choices).get(part.value, part.value)
    return ""
