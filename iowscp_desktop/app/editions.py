"""Another edition of a tool: whether one is here, what it would make of the answers, and moving them there.

A draft stays on its edition until a person moves it. Moving is written down like any answer: what the new edition
calls otherwise is answered again under its new name with the same words, what it no longer asks stays in the history.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial

import msgspec
import sqlalchemy as sa

from iowscp_desktop.app.conflicts import open_conflicts
from iowscp_desktop.app.entries import FieldState
from iowscp_desktop.app.filling import open_filling
from iowscp_desktop.app.last_look import entries_in, require_open
from iowscp_desktop.app.late_answers import names_seen
from iowscp_desktop.app.tools import kept_form, package_of, tool_and_form
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.editions import edition_order, renamed
from iowscp_desktop.domain.events import (
    AnswerRecorded,
    EditionChanged,
    Event,
    EvidenceAttached,
    ResponseAssigned,
    ToolAdopted,
)
from iowscp_desktop.domain.grants import Role
from iowscp_desktop.domain.ids import InstanceId, QuestionId, Register, ResponseId, Sha256, SpaceId, response_space
from iowscp_desktop.domain.tool import Part, Tool
from iowscp_desktop.errors import ComparisonOutdated, DecideFirst, NotYours, ResponseLocked
from iowscp_desktop.forms import Dropped, Form, Lost, compare_versions, plain_text
from iowscp_desktop.forms import Key as Path

Around = tuple[InstanceId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """An edition of a tool that is here."""

    package: Sha256
    edition: str
    title: str
    is_newer: bool
    """It came after the one that is answered, and nobody has moved away from it."""


class Why(StrEnum):
    """Why an answer stays behind."""

    NOT_ASKED = "not-asked"
    OTHER_KIND = "other-kind"
    """It is no such value as is asked for now."""
    OTHER_REPEAT = "other-repeat"
    """It is asked once where it was asked several times, or the other way round."""
    TAKEN = "taken"
    """Two questions became one, and the other's answer has its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLine:
    """One answer in a comparison, as people know it."""

    question_id: QuestionId
    instances: Around
    number: str
    title: str
    part: Part | None
    asked: str
    """What this very answer was asked by, where the question has several."""
    words: str = field(repr=False)
    """The answer: what was written, the label of what was chosen, the name of a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenamedLine:
    """A question that the new edition calls otherwise, and whose answers go along."""

    before: str
    before_title: str
    after: str
    after_title: str
    note: str
    """What the tool says about it."""
    answers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DroppedLine:
    """An answer that stays behind."""

    answer: AnswerLine
    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What moving a response to another edition would do."""

    response_id: ResponseId
    before: Edition
    after: Edition
    kept: int
    """Answers that stay as they are."""
    renamed: tuple[RenamedLine, ...]
    dropped: tuple[DroppedLine, ...]
    asked_again: tuple[AnswerLine, ...]
    """Answers that go along, but are none of the choices that the new edition offers."""
    added: tuple[tuple[str, str], ...]
    """Number and title of what only the new edition asks."""
    is_locked: bool
    """It is finalised, and stays as it is."""
    undecided: int
    """Questions that were answered in two ways: to be decided before."""
    digest: int = 0
    """Tells one set of answers from another."""


def editions(ws: Workspace, response_id: ResponseId) -> tuple[Edition, ...]:
    """Return the other editions of a response's tool that are here, the newest first."""
    space = response_space(response_id)
    assigned = ws.one(ResponseAssigned, space=space)
    here = package_of(ws, space)
    adopted = {
        held.event.package: held
        for held in sorted(ws.standing(ToolAdopted), key=lambda held: (held.at, held.id))
        if held.event.tool_id == assigned.tool_id and ws.store.blobs.has(held.event.package)
    }
    since = adopted[here].at if here in adopted else ""
    left = _left(ws, space)
    current = _edition(ws, here)
    found = [
        (
            held.at,
            Edition(
                package=package,
                edition=held.event.edition,
                title=held.event.title,
                is_newer=package not in left
                and (edition_order(held.event.edition), held.at) > (edition_order(current.edition), since),
            ),
        )
        for package, held in adopted.items()
    ]
    known = {edition.package for _at, edition in found}
    found += [("", _edition(ws, package)) for package in sorted({assigned.package, *left} - known)]
    others = [(edition_order(each.edition), at, each) for at, each in found if each.package != here]
    return tuple(each for _order, _at, each in sorted(others, key=lambda each: each[:2], reverse=True))


def compare(ws: Workspace, response_id: ResponseId, package: Sha256) -> Comparison:
    """Say what becomes of every answer in another edition. Takes a second for one that was never opened here.

    Raises:
        NotYours: It is no edition of the response's tool.
    """
    return _Comparing(ws, response_id, package).comparison()


def move(ws: Workspace, comparison: Comparison) -> Changes:
    """Move a response to another edition, as it was compared. One can move back.

    Raises:
        NotYours: Only who answers moves, and only to an edition of the same tool.
        ResponseLocked: The response is finalised.
        DecideFirst: Two people's answers differ.
        ComparisonOutdated: What was compared is not what stands now.
    """
    if ws.about.role is not Role.ORGANISATION:
        raise NotYours
    ws.leave_field()
    comparing = _Comparing(ws, comparison.response_id, comparison.after.package)
    if comparing.filling.is_locked:
        raise ResponseLocked
    now = comparing.comparison()
    if now.undecided:
        raise DecideFirst(undecided=now.undecided)
    if now != comparison:
        raise ComparisonOutdated
    kept = kept_form(ws, comparison.after.package)
    moved = EditionChanged(
        package=kept.package,
        edition=comparison.after.edition,
        before=comparison.before.package,
        form=kept.form,
        engine=kept.engine,
        seen=comparing.seen(),
    )
    space = comparing.filling.space
    return ws.append_checked(
        space, partial(_require_as_compared, space=space, entries=now.digest), *comparing.deeds(), moved
    )


def _require_as_compared(connection: sa.Connection, *, space: SpaceId, entries: int) -> None:
    require_open(connection, space)
    if entries_in(connection, space) != entries:
        raise ComparisonOutdated


def _left(ws: Workspace, space: SpaceId) -> set[Sha256]:
    """Return the editions that somebody moved away from."""
    history = ws.store.journal.history(space, Register("form/edition"))
    named = {entry.event.before for entry in history if isinstance(entry.event, EditionChanged)}
    return {package for package in named if ws.store.blobs.has(package)}


def _edition(ws: Workspace, package: Sha256) -> Edition:
    return _as_edition(tool_and_form(ws, package)[0], package)


class _Comparing:
    """One response, its edition and another."""

    def __init__(self, ws: Workspace, response_id: ResponseId, package: Sha256) -> None:
        self._ws, self._package = ws, package
        self.filling = open_filling(ws, response_id)
        self._old, self._new = self.filling.tool, tool_and_form(ws, package)[0]
        if self._new.id != self._old.id or package == self.filling.package:
            raise NotYours
        self._form = tool_and_form(ws, package)[1]
        space = self.filling.space
        self._files = tuple(held.event for held in ws.standing(EvidenceAttached, space=space))
        self._saved = self.filling.saved()
        self._old_ids, self._new_ids = _ids(self._old, self.filling.form), _ids(self._new, self._form)
        self._names, self._beaten = self._new_names()
        self._moved = compare_versions(self.filling.form, self._form, self._saved, self._new_paths())

    def comparison(self) -> Comparison:
        """Return what moving would do."""
        with self._ws.store.database.reading() as connection:
            entries = entries_in(connection, self.filling.space)
        changed = [key for key, _new in self._moved.renamed if self._name(key) in self._names]
        return Comparison(
            response_id=self.filling.response_id,
            before=_as_edition(self._old, self.filling.package),
            after=_as_edition(self._new, self._package),
            kept=len(self._moved.kept) + len(self._moved.renamed) - len(changed) + self._kept_files(),
            renamed=tuple(self._renamed([self._name(key) for key in changed])),
            dropped=(*map(self._dropped, self._moved.dropped), *self._dropped_files()),
            asked_again=tuple(self._asked_again()),
            added=tuple(_added(self._old, self._new, self._names)),
            is_locked=self.filling.is_locked,
            undecided=len(open_conflicts(self._ws, self.filling.response_id)),
            digest=entries,
        )

    def deeds(self) -> Iterator[Event]:
        """Yield what is to be written beside the move: the same words under their new names."""
        standing = {
            (held.event.question_id, held.event.instances): held.event.value
            for held in self._ws.standing(AnswerRecorded, space=self.filling.space)
        }
        left = {(self._name(each.key), each.key[1]) for each in self._moved.dropped}
        for before, after in self._names.items():
            around = {place for name, place in standing if name in {before, after}}
            for place in sorted(around):
                value = standing.get((QuestionId(before), place)) or None
                same = (standing.get((QuestionId(after), place)) or None) == value
                if not same and (before, place) not in left:
                    yield AnswerRecorded(question_id=QuestionId(after), instances=place, value=value)
        for file in self._files:
            if file.question_id in self._names:
                yield msgspec.structs.replace(file, question_id=QuestionId(self._names[file.question_id]))

    def seen(self) -> tuple[tuple[str, int], ...]:
        """Return the entries that go along under another name, or have no place because another's has it."""
        held = self._ws.standing(AnswerRecorded, space=self.filling.space)
        return names_seen(iter(held), {**self._names, **dict.fromkeys(self._beaten, "")})

    # --- inside ------------------------------------------------------------------------------

    def _new_names(self) -> tuple[Mapping[str, str], frozenset[str]]:
        """Return new names by old ones, and the old names whose place in the new edition is another's.

        Where several items became one, the one of that name has the place, else the first that is answered.
        """
        names = renamed(self._old, self._new)
        answered = {self._name(key) for key, value in self._saved.values.items() if value}
        answered |= {str(file.question_id) for file in self._files}
        begun = {item.id for name in answered if (item := self._old.item_of(name)) is not None}
        rivals: dict[str, list[str]] = {}
        for before, after in names.items():
            if self._old.item(before) is not None:
                rivals.setdefault(after, [after] if self._old.item(after) else []).append(before)
        winners = {next((each for each in several if each in begun), several[0]) for several in rivals.values()}
        beaten = {before for before in names if _item_id(self._old, before) not in winners}
        return {before: after for before, after in names.items() if before not in beaten}, frozenset(beaten)

    def _new_paths(self) -> Mapping[str, str]:
        """Return where everything of the old edition stands in the new one; what is beaten stands nowhere."""
        there = {name: path for path, name in self._new_ids.items()}
        return {
            path: "" if name in self._beaten else there[self._names.get(name, name)]
            for path, name in self._old_ids.items()
            if name in self._beaten or self._names.get(name, name) in there
        }

    def _name(self, key: Path) -> str:
        return self._old_ids.get(key[0], "")

    def _renamed(self, answered: Iterable[str]) -> Iterator[RenamedLine]:
        counts = Counter(_item_id(self._old, name) for name in answered)
        counts.update(str(file.question_id) for file in self._files if file.question_id in self._names)
        notes = {step.item: step.note for tool in (self._old, self._new) for step in tool.lineage}
        for item in self._old.items:
            after = self._new.item(self._names.get(item.id, ""))
            if after is not None and counts[item.id]:
                yield RenamedLine(
                    before=item.number,
                    before_title=item.title,
                    after=after.number,
                    after_title=after.title,
                    note=notes.get(after.id, ""),
                    answers=counts[item.id],
                )

    def _dropped(self, dropped: Dropped) -> DroppedLine:
        name = self._name(dropped.key)
        why = Why.TAKEN if name in self._beaten else _WHYS[dropped.why]
        return DroppedLine(answer=self._line(name, dropped.key[1]), why=why)

    def _dropped_files(self) -> Iterator[DroppedLine]:
        for file in self._files:
            if self._is_left(file) and not self._is_answer(file):
                line = self._line(str(file.question_id), file.instances)
                why = Why.TAKEN if file.question_id in self._beaten else Why.NOT_ASKED
                yield DroppedLine(answer=replace(line, part=Part.FILES, words=file.name), why=why)

    def _kept_files(self) -> int:
        named = (file for file in self._files if file.question_id not in self._names and not self._is_answer(file))
        return sum(not self._is_left(file) for file in named)

    def _is_left(self, file: EvidenceAttached) -> bool:
        """Tell whether the new edition has no place for a file."""
        name = str(file.question_id)
        return name in self._beaten or self._names.get(name, name) not in self._new.paths

    def _is_answer(self, file: EvidenceAttached) -> bool:
        """Tell whether a file is an answer by itself, and counted as that."""
        found = self.filling.field(file.question_id, file.instances)
        return found is not None and found.control == "upload"

    def _asked_again(self) -> Iterator[AnswerLine]:
        session = self.filling.run_form(self._form, replace(self._moved.saved, first=True))
        for old, new in (*((key, key) for key in self._moved.kept), *self._moved.renamed):
            node = session.find(*new)
            if node is not None and node.relevant and not node.offered:
                yield self._line(self._name(old), old[1])

    def _line(self, name: str, around: tuple[str, ...]) -> AnswerLine:
        instances = tuple(InstanceId(each) for each in around)
        entry, found = self._old.entry_of(name), self.filling.field(name, instances)
        number, title = ("", name) if entry is None else (entry.number, entry.title)
        return AnswerLine(
            question_id=QuestionId(name),
            instances=instances,
            number=number,
            title=title,
            part=self._old.part_of(name),
            asked="" if found is None or entry is None or entry.id == name else plain_text(found.label),
            words="" if found is None else _words(found),
        )


_WHYS = {
    Lost.NO_QUESTION: Why.NOT_ASKED,
    Lost.OTHER_KIND: Why.OTHER_KIND,
    Lost.OTHER_REPEAT: Why.OTHER_REPEAT,
}


def _ids(tool: Tool, form: Form) -> Mapping[str, str]:
    """Return the ids of everything in a form by path."""
    root = form.places.root.path
    return {f"{root}/{path}": name for name, path in tool.paths.items()}


def _item_id(tool: Tool, name: str) -> str:
    item = tool.item_of(name)
    return name if item is None else item.id


def _words(found: FieldState) -> str:
    """Return an answer as it is read: the words of what was chosen, or what was written."""
    labels = dict(found.choices)
    chosen = found.value.split() if found.control in {"select", "rank"} else [found.value]
    return ", ".join(labels.get(value, value) for value in chosen)


def _as_edition(tool: Tool, package: Sha256) -> Edition:
    return Edition(package=package, edition=tool.edition, title=tool.title, is_newer=False)


def _added(old: Tool, new: Tool, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what is asked now and was not before."""
    known = {*old.paths, *names.values()}
    for section in new.sections:
        for entry in section.entries:
            if entry.id not in known:
                yield entry.number, entry.title
