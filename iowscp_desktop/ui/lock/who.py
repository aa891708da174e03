"""Who is at the keyboard, when several people use one computer."""

from collections.abc import Callable, Sequence
from typing import Protocol

from iowscp_desktop.app import opening
from iowscp_desktop.app.workspace import Person, Workspace


class WhoView(Protocol):
    """What the question can show."""

    def show_people(self, people: Sequence[Person]) -> None:
        """Show who has worked here, the last one first."""
        ...

    def show_missing(self, *, name: bool, role: bool) -> None:
        """Mark what is still to be written."""
        ...


class WhoPresenter:
    """Signs a person in."""

    def __init__(self, ws: Workspace, view: WhoView, on_chosen: Callable[[], None]) -> None:
        self._ws, self._view, self._on_chosen = ws, view, on_chosen

    def start(self) -> None:
        """Show who has worked here."""
        self._view.show_people(tuple(reversed(self._ws.people())))

    def on_person(self, person: Person) -> None:
        """Somebody who worked here before."""
        self._ws.sign_in(person)
        self._on_chosen()

    def on_someone_else(self, name: str, role: str) -> None:
        """Somebody new."""
        if not name.strip() or not role.strip():
            self._view.show_missing(name=not name.strip(), role=not role.strip())
            return
        opening.introduce(self._ws, name, role)
        self._on_chosen()
