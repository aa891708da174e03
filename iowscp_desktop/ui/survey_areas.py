"""Where surveys stand in the rail: from the moment one is asked, also while the program is open."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from iowscp_desktop.app import survey_sheets
from iowscp_desktop.app.workspace import Changes
from iowscp_desktop.domain.ids import ResponseId
from iowscp_desktop.text.survey import Survey
from iowscp_desktop.ui.inside import Area, Inside
from iowscp_desktop.ui.survey import SurveyResultsPage, open_survey, open_survey_results
from iowscp_desktop.ui.theme import Icon

SURVEY = "survey"


def survey_area(inside: Inside) -> tuple[Area, ...]:
    """Return the area of the surveys, where any is asked."""
    if not survey_sheets.surveys_asked(inside.ws):
        return ()

    def opened() -> QWidget:
        return open_survey(
            inside.ws,
            inside.hub,
            inside.runner,
            folder=inside.out_folder,
            show_folder=inside.show_folder,
            in_front=inside.shell.lock,
            on_end=inside.lock,
        )

    return (Area(key=SURVEY, icon=Icon.USERS, label=Survey.title, open=opened),)


def results_area(inside: Inside) -> tuple[Area, ...]:
    """Return the area of what came of surveys, where any was asked."""
    if not survey_sheets.surveys_asked(inside.ws):
        return ()
    opened = partial(open_survey_results, inside.ws, inside.hub, inside.runner, inside.choose, inside.show_folder)
    return (Area(key=SURVEY, icon=Icon.USERS, label=Survey.results_title, open=opened),)


def offer_surveys(inside: Inside, page: QWidget, area_of: Callable[[Inside], tuple[Area, ...]]) -> None:
    """Add the area of the surveys as soon as one is asked, as long as a page of this workspace is there."""

    def on_changed(changes: Changes) -> None:
        if any(register == "assignment" for _space, register in changes.registers):
            _add(inside, area_of)

    inside.hub.listen(page, on_changed)


def lead_to_surveys(inside: Inside) -> None:
    """Lead to where people answer without their names."""
    _add(inside, survey_area)
    inside.shell.show_screen(SURVEY)


def leads_to_survey(inside: Inside, response_id: ResponseId) -> bool:
    """Lead to the surveys instead, if it is one: an answer of somebody's by name must not get among the others."""
    is_survey = survey_sheets.is_survey(inside.ws, response_id)
    if is_survey:
        lead_to_surveys(inside)
    return is_survey


def leads_to_results(inside: Inside, response_id: ResponseId) -> bool:
    """Lead the team to what people answered instead, if it is a survey: nobody answered it by name."""
    is_survey = survey_sheets.is_survey(inside.ws, response_id)
    if is_survey:
        _add(inside, results_area)
        page = inside.shell.screen_of(SURVEY)
        if isinstance(page, SurveyResultsPage):
            page.go_to(response_id)
        inside.shell.show_screen(SURVEY)
    return is_survey


def _add(inside: Inside, area_of: Callable[[Inside], tuple[Area, ...]]) -> None:
    if inside.shell.screen_of(SURVEY) is None:
        for area in area_of(inside):
            inside.shell.add_screen(area.key, area.icon, area.label, area.open())
