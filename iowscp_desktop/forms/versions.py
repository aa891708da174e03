"""Moving a response to another version of its form: what is kept, renamed or left behind. Nothing goes silently."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from iowscp_desktop.forms.casting import cast_text
from iowscp_desktop.forms.definition import Definition
from iowscp_desktop.forms.form import Form
from iowscp_desktop.forms.saved import Key, Saved


class Lost(StrEnum):
    """Why an answer cannot go along."""

    NO_QUESTION = "no-question"
    """The new version does not ask this."""
    OTHER_KIND = "other-kind"
    """It asks it, but the answer is no value of its new type."""
    OTHER_REPEAT = "other-repeat"
    """It asks it in a repeat where it was asked once, or the other way round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """An answer that stays behind, and why."""

    key: Key
    why: Lost


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What moving would do. Only questions are named; results are worked out anew."""

    kept: tuple[Key, ...]
    renamed: tuple[tuple[Key, Key], ...]
    dropped: tuple[Dropped, ...]
    added: tuple[str, ...]
    """The paths of questions that only the new version asks."""
    saved: Saved = field(repr=False)
    """The answers as the new version takes them."""


def compare_versions(old: Form, new: Form, answers: Saved, renamed: Mapping[str, str]) -> Moved:
    """Say what becomes of answers to one version of a form in another.

    Args:
        old: The version that was answered.
        new: The version to move to.
        answers: What was answered.
        renamed: New paths by old ones, of questions, groups or repeats; of a group all in it goes along.
    """
    move = _Move(old, new, renamed)
    for key, text in answers.values.items():
        move.answer(key, text)
    for key, ids in answers.repeats.items():
        move.repeat(key, ids)
    asked_before = {move.path(place.path) for place in old.places.every if place.is_question}
    added = [place.path for place in new.places.every if place.is_question and place.path not in asked_before]
    return Moved(
        kept=tuple(move.kept),
        renamed=tuple(move.renamed),
        dropped=tuple(move.dropped),
        added=tuple(added),
        saved=Saved(values=move.values, repeats=move.repeats),
    )


class _Move:
    """Gathers what becomes of each answer."""

    def __init__(self, old: Form, new: Form, renamed: Mapping[str, str]) -> None:
        self._old, self._new = old, new
        self._renamed = renamed
        self.kept: list[Key] = []
        self.renamed: list[tuple[Key, Key]] = []
        self.dropped: list[Dropped] = []
        self.values: dict[Key, str] = {}
        self.repeats: dict[Key, tuple[str, ...]] = {}

    def path(self, path: str) -> str:
        """Where a path of the old version is in the new one: the longest name that was changed decides."""
        above, below = path, ""
        while above:
            if above in self._renamed:
                return self._renamed[above] + below
            above, _, last = above.rpartition("/")
            below = f"/{last}{below}"
        root = self._old.places.root.path
        return self._new.places.root.path + path.removeprefix(root) if path.startswith(root) else path

    def answer(self, key: Key, text: str) -> None:
        """Move one answer."""
        path, instances = key
        asked = self._old.places.find(path)
        there = self._new.places.find(self.path(path))
        why = _lost(there, instances, text)
        counts = asked is None or asked.is_question
        if there is None or why is not None:
            if counts and text:
                self.dropped.append(Dropped(key=key, why=why or Lost.NO_QUESTION))
            return
        moved = (there.path, instances)
        self.values[moved] = text
        if not counts or not text:
            return
        if there.path == path:
            self.kept.append(key)
        else:
            self.renamed.append((key, moved))

    def repeat(self, key: Key, ids: tuple[str, ...]) -> None:
        """Move the instances of a repeat."""
        path, instances = key
        there = self._new.places.find(self.path(path))
        if there is not None and there.repeats and _repeats_around(there) == len(instances) + 1:
            self.repeats[there.path, instances] = ids


def _lost(there: Definition | None, instances: tuple[str, ...], text: str) -> Lost | None:
    """Why an answer cannot stand in a place; None when it can."""
    if there is None or not there.is_leaf:
        return Lost.NO_QUESTION
    if _repeats_around(there) != len(instances):
        return Lost.OTHER_REPEAT
    if text and not cast_text(there.bind.type, text):
        return Lost.OTHER_KIND
    return None


def _repeats_around(place: Definition) -> int:
    return sum(1 for shape in place.lineage() if shape.repeats)
