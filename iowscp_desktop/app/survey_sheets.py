"""One person's answers to a survey while they are being given: in memory alone, and gone with the object."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from iowscp_desktop.app import surveys
from iowscp_desktop.app.tools import package_of, tool_and_form
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.clock import LOCAL_ZONE
from iowscp_desktop.domain.events import ResponseAssigned
from iowscp_desktop.domain.grants import Role
from iowscp_desktop.domain.ids import ResponseId, Sha256, response_space
from iowscp_desktop.domain.survey_form import Kind, id_of, kind_of, questions_in
from iowscp_desktop.domain.tool import Tool, open_package
from iowscp_desktop.forms import Form, NodeState, Session, plain_text
from iowscp_desktop.forms.casting import cast_text

_NO_TIME: Final = datetime(2000, 1, 1, tzinfo=UTC)
_ANONYMOUS: Final[dict[Sha256, bool]] = {}
"""What the settings of a package say, by its digest: looked up once, as compiling every form would take too long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyLine:
    """A survey that is asked here."""

    response_id: ResponseId
    title: str
    round_title: str
    partnership: str
    organisation: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question, or a note between questions."""

    id: str
    kind: Kind
    label: str
    hint: str
    choices: tuple[tuple[str, str], ...]
    value: str = field(repr=False)
    relevant: bool
    required: bool
    problem: str
    """What the form says is wrong; empty where nothing is, or where nothing was said yet."""


def surveys_asked(ws: Workspace) -> tuple[SurveyLine, ...]:
    """Return the surveys of this workspace, by title. One whose tool is not here yet is left out."""
    found = [held.event for held in ws.standing(ResponseAssigned)]
    anonymous = {package for package in {each.package for each in found} if asks_no_names(ws, package)}
    lines = (
        SurveyLine(
            response_id=each.response_id,
            title=each.title,
            round_title=each.round_title,
            partnership=each.partnership_name,
            organisation=each.organisation_name,
        )
        for each in found
        if each.package in anonymous
    )
    return tuple(sorted(lines, key=lambda line: (line.title, line.organisation, line.response_id)))


def is_survey(ws: Workspace, response_id: ResponseId) -> bool:
    """Tell whether a response is answered by many people without their names."""
    assigned = ws.one(ResponseAssigned, space=response_space(response_id))
    return asks_no_names(ws, assigned.package)


def asks_no_names(ws: Workspace, package: Sha256) -> bool:
    """Tell whether a tool is answered without names; one that is not here yet is not known to be."""
    if package not in _ANONYMOUS and ws.store.blobs.has(package):
        _ANONYMOUS[package] = open_package(ws.store.blobs.read(package)).settings.anonymous
    return _ANONYMOUS.get(package, False)


def tool_of(ws: Workspace, response_id: ResponseId) -> tuple[Tool, Form]:
    """Return the tool of a survey, with its form."""
    return tool_and_form(ws, package_of(ws, response_space(response_id)))


def questions_of(ws: Workspace, response_id: ResponseId) -> tuple[Asked, ...]:
    """Return what a survey asks, with nothing answered.

    Raises:
        ToolNotAnonymous: It asks for something that gives people away.
    """
    return Sheet(ws, response_id).questions()


class Sheet:
    """What one person has answered so far. It is kept nowhere else; `hand_in` gives it to the others that wait."""

    def __init__(self, ws: Workspace, response_id: ResponseId) -> None:
        """Begin an empty one.

        Raises:
            ToolNotAnonymous: The survey asks for something that gives people away.
        """
        self._ws, self._response_id = ws, response_id
        self.tool, form = tool_of(ws, response_id)
        self._session = _begun(form, response_id, ws.world.clock)
        self._is_checked = False
        self._paths = {id_of(node): node.path for node in questions_in(self._session)}
        self._typed: dict[str, str] = {}
        blank = _begun(form, response_id, lambda: _NO_TIME)
        self._offered = {id_of(node): node.value for node in questions_in(blank)}

    def another(self) -> "Sheet":
        """Return an empty sheet of the same survey."""
        return Sheet(self._ws, self._response_id)

    def questions(self) -> tuple[Asked, ...]:
        """Return all questions and notes as they stand, those that are not asked just now too."""
        return tuple(self._question(node) for node in questions_in(self._session))

    def answer(self, question: str, value: str) -> tuple[Asked, ...]:
        """Answer one question, in memory; return all as they stand."""
        node = self._session.find(self._paths[question], ())
        self._typed[question] = "" if node is None else cast_text(node.type, value)
        self._session.set(self._paths[question], value)
        return self.questions()

    def is_begun(self) -> bool:
        """Whether anything is answered."""
        return any(each.value for each in self.questions())

    def hand_in(self) -> tuple[Asked, ...]:
        """Give the answers to the others that wait, and return nothing; or return what is still to be put right.

        Raises:
            CannotWrite: The disk does not take it. The answers are still here.
        """
        self._is_checked = True
        wrong = tuple(each for each in self.questions() if each.problem)
        if not wrong:
            given = {each.id: each.value for each in self.questions() if self._is_given(each)}
            if self._ws.about.role is Role.ORGANISATION and not given:
                return ()  # an empty sheet says nothing
            surveys.submit(self._ws, self._response_id, given)
        return wrong

    def _is_given(self, asked: Asked) -> bool:
        """Tell whether a person gave this answer, or left as it was what the form offers to everybody alike.

        What else a form fills in by itself, such as the time or a number drawn by lot, tells sheets apart.
        """
        if not asked.value or not asked.relevant or asked.kind is Kind.NOTE:
            return False
        return asked.value in {self._typed.get(asked.id, ""), self._offered[asked.id]}

    def _question(self, node: NodeState) -> Asked:
        kind = kind_of(node) or Kind.NOTE
        is_wrong = self._is_checked and node.relevant and kind is not Kind.NOTE and not node.valid
        words = (node.required_message if not node.required_valid else node.constraint_message) if is_wrong else ""
        return Asked(
            id=id_of(node),
            kind=kind,
            label=plain_text(node.label),
            hint=plain_text(node.hint),
            choices=tuple((choice.value, plain_text(choice.label)) for choice in node.choices),
            value=node.value,
            relevant=node.relevant,
            required=node.required,
            problem=(plain_text(words) or "?") if is_wrong else "",
        )


def _begun(form: Form, response_id: ResponseId, clock: Callable[[], datetime]) -> Session:
    return form.start(
        clock=clock,
        zone=LOCAL_ZONE,
        random=random.Random(response_id),  # noqa: S311 - order of choices, the same for everybody
        new_uuid=lambda: "",
        answers=None,
    )
