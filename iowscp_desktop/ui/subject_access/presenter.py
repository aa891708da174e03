"""Looking for a person, going through what is found, saving it or erasing it. Plain Python."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from iowscp_desktop.app import erasure, subject_access
from iowscp_desktop.app.erasure import Part
from iowscp_desktop.app.subject_access import Chosen, Mention
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.erasure import Why
from iowscp_desktop.domain.ids import EntryId, SpaceId
from iowscp_desktop.domain.person_search import Sought, ways_to_write
from iowscp_desktop.text.records import kind
from iowscp_desktop.text.subject_access import SubjectAccess as Words
from iowscp_desktop.ui.jobs import Job, Runner
from iowscp_desktop.ui.widgets.dates import write_moment

AT_ONCE: Final = 20
"""How many places are drawn before somebody asks for more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceState:
    """One place where the person is mentioned."""

    key: str
    number: int
    title: str = field(repr=False)
    about: str = field(repr=False)
    stands: bool
    words: str = field(repr=False)
    has_file: bool
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What a person decided of one place."""

    words: str = field(repr=False)
    with_file: bool


class SubjectAccessView(Protocol):
    """What the presenter asks of the page."""

    def show_ways(self, ways: Sequence[str]) -> None:
        """Show other ways to write the name."""
        ...

    def show_names_missing(self) -> None:
        """Say that there is nothing to look for."""
        ...

    def show_searching(self) -> None:
        """Say that it is being looked for."""
        ...

    def show_places(self, places: Sequence[PlaceState], total: int) -> None:
        """Show the first of what was found."""
        ...

    def add_places(self, places: Sequence[PlaceState]) -> None:
        """Show more of it; what was decided of the others stays."""
        ...

    def show_failed(self) -> None:
        """Let the person try again."""
        ...

    def show_saved(self, place: Path) -> None:
        """Say where it was saved."""
        ...

    def show_erased(self) -> None:
        """Say that it was erased."""
        ...


class SubjectAccessPresenter:
    """Gives nothing out, and erases nothing, that was not ticked."""

    def __init__(
        self, ws: Workspace, view: SubjectAccessView, *, runner: Runner, tell: Callable[[Changes], None]
    ) -> None:
        self._ws, self._view, self._runner, self._tell = ws, view, runner, tell
        self._mentions: Mapping[str, Mention] = {}
        self._ways: tuple[str, ...] = ()
        self._places: list[PlaceState] = []
        self._drawn = 0

    def on_suggest(self, name: str) -> None:
        """Offer other ways to write a name."""
        self._view.show_ways(ways_to_write(name)[1:])

    def on_search(self, name: str, ways: str) -> None:
        """Look for every way."""
        self._ways = tuple(dict.fromkeys(way.strip() for way in (name, *ways.splitlines()) if way.strip()))
        if Sought(self._ways).is_empty:
            self._view.show_names_missing()
            return
        self._search()

    def on_more(self) -> None:
        """Show the next ones."""
        self._view.add_places(self._places[self._drawn : self._drawn + AT_ONCE])
        self._drawn += AT_ONCE

    def on_save(self, decided: Mapping[str, Decided], folder: Path) -> None:
        """Save what was ticked for the person."""
        chosen = [
            Chosen(mention=self._mentions[key], words=each.words, with_file=each.with_file)
            for key, each in decided.items()
        ]
        self._runner.run(
            Job(
                work=lambda _ticket: subject_access.export(self._ws, self._ways, chosen, folder),
                on_done=self._view.show_saved,
                on_error=self._failed,
            )
        )

    def on_erase(self, keys: Sequence[str], reason: str) -> None:
        """Erase what was ticked, audit by audit."""
        by_space: dict[SpaceId, list[EntryId]] = {}
        for key in keys:
            by_space.setdefault(self._mentions[key].space, []).append(self._mentions[key].id)

        def work(_ticket: object) -> Changes:
            changes = Changes()
            for space, ids in by_space.items():
                planned = erasure.plan(self._ws, space, Part.CHOSEN, ids)
                changes |= erasure.erase(self._ws, planned, Why.ASKED, reason)[1]
            return changes

        self._view.show_searching()
        self._runner.run(Job(work=work, on_done=self._erased, on_error=self._failed))

    # --- inside ------------------------------------------------------------------------------

    def _search(self) -> None:
        self._view.show_searching()
        self._runner.run(
            Job(
                work=lambda _ticket: subject_access.search(self._ws, self._ways),
                on_done=self._show,
                on_error=self._failed,
            )
        )

    def _show(self, mentions: tuple[Mention, ...]) -> None:
        self._mentions = {mention.key: mention for mention in mentions}
        self._places = [_place(number, each) for number, each in enumerate(mentions, start=1)]
        self._drawn = AT_ONCE
        self._view.show_places(self._places[:AT_ONCE], len(self._places))

    def _erased(self, changes: Changes) -> None:
        self._tell(changes)
        self._search()
        self._view.show_erased()

    def _failed(self, error: Exception) -> None:
        self._view.show_failed()
        raise error


def _place(number: int, mention: Mention) -> PlaceState:
    title = " · ".join(part for part in (mention.what, mention.question or kind(mention.kind)) if part)
    return PlaceState(
        key=mention.key,
        number=number,
        title=title,
        about=Words.by(mention.role, write_moment(mention.at)),
        stands=mention.stands,
        words=mention.words,
        has_file=mention.file is not None,
        note="" if mention.hits else Words.in_text,
    )
