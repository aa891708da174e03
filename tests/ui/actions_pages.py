"""The actions of a team and of a school, filled with invented states: for the walks of every page, and to look at."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QWidget

from iowscp_desktop.domain.ids import ActionId, OrganisationId
from iowscp_desktop.text.actions import Actions as Words
from iowscp_desktop.ui.actions import OwnActionsPage, TeamActionsPage
from iowscp_desktop.ui.actions.presenter import ActionRow, Wrong
from iowscp_desktop.ui.choosing import FileRequest

SCHOOLS = (("1", "Elm Grove Academy (invented)"), ("2", "Oakfield Primary School (invented)"))


def _row(key: str, title: str, due: date | None, state: str, **more: str) -> ActionRow:
    whose = more.get("whose", "2")
    return ActionRow(
        action_id=ActionId(key),
        organisation_id=OrganisationId(whose),
        organisation=dict(SCHOOLS)[whose],
        title=title,
        owner=more.get("owner", ""),
        due=due,
        late=due is not None and due < date(2026, 11, 23) and state != "done",
        state=state,
        note=more.get("note", ""),
        known=whose == "2",
    )


ROWS = (
    _row("a", "Check the signed leaflet before a badge is given", date(2026, 11, 2), "begun", owner="Office manager",
         note="Begun at both receptions"),
    _row("b", "Train the governors", date(2027, 1, 15), "", owner="Head"),
    _row("c", "Put the policy on the website", date(2026, 12, 1), "done", whose="1", note="There since Monday"),
    _row("d", "Look at the rota again", None, "stopped", owner="DSL", note="The new rota makes it needless"),
)  # fmt: skip


def _never(_request: FileRequest, _on_chosen: Callable[[tuple[Path, ...]], None]) -> None:
    """A person who closes the dialog without choosing."""


def team() -> QWidget:
    page = TeamActionsPage(_never)
    page.show_organisations(SCHOOLS)
    page.show_actions(ROWS)
    page.show_note(Words.plan_saved(SCHOOLS[1][1], "audit-7k2m9x4q.iowbundle", "/media/team/STICK"))
    return page


def team_none() -> QWidget:
    page = TeamActionsPage(_never)
    page.show_organisations(SCHOOLS)
    page.show_actions(())
    page.show_wrong((Wrong.ORGANISATION, Wrong.ACTION, Wrong.DUE))
    return page


def own() -> QWidget:
    page = OwnActionsPage(_never)
    page.show_actions(tuple(row for row in ROWS if row.organisation_id == "2"))
    return page


def own_unsaid() -> QWidget:
    page = OwnActionsPage(_never)
    page.show_actions((ROWS[1],))
    page.show_wrong((Wrong.STATE,))
    return page


def own_none() -> QWidget:
    page = OwnActionsPage(_never)
    page.show_actions(())
    return page


ACTIONS_PAGES: dict[str, Callable[[], QWidget]] = {
    "actions of all": team,
    "actions of all: none": team_none,
    "actions of a school": own,
    "actions of a school: nothing said": own_unsaid,
    "actions of a school: none": own_none,
}
