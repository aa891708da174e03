"""What something that was set aside is about, and what it says, in the words of the audit it belongs to."""

from iowscp_desktop.app.tools import package_of, tool_and_form
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.events import AnswerRecorded, ScoreGiven
from iowscp_desktop.domain.ids import QuestionId, ResponseId, SpaceId, response_of, response_space
from iowscp_desktop.domain.tool import Tool
from iowscp_desktop.errors import AppError

_SAID = ("name", "title", "role", "value", "reason", "remark")
"""The fields of other events that people wrote, or that say something to them."""


class AsideWords:
    """Looks each audit up once."""

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws
        self._tools: dict[ResponseId, Tool | None] = {}

    def subject(self, space: SpaceId, event: object) -> str:
        """Return the standard or question that an event is about; empty where it is about something else."""
        question_id = _question_of(event)
        tool = self._tool(space, event)
        if question_id is None or tool is None:
            return question_id or ""
        entry = tool.entry_of(question_id)
        return question_id if entry is None else "  ".join(part for part in (entry.number, entry.title) if part)

    def says(self, space: SpaceId, event: object) -> str:
        """Return what an event says, as far as it is words; a grade by its own word."""
        match event:
            case AnswerRecorded(question_id=question_id, value=value):
                return self._grade(space, event, question_id, value or "")
            case ScoreGiven(question_id=question_id, point=point, remark=remark):
                grade = self._grade(space, event, question_id, point)
                return f"{grade}. {remark}" if remark else grade
            case _:
                said = (getattr(event, name, "") for name in _SAID)
                return " · ".join(words for words in said if isinstance(words, str) and words)

    # --- inside ------------------------------------------------------------------------------

    def _grade(self, space: SpaceId, event: object, question_id: QuestionId, value: str) -> str:
        tool = self._tool(space, event)
        item = None if tool is None else tool.item(question_id)
        point = None if tool is None or item is None else tool.scale_of(item).point(value)
        return value if point is None else point.label

    def _tool(self, space: SpaceId, event: object) -> Tool | None:
        response_id = event.response_id if isinstance(event, ScoreGiven) else response_of(space)
        if response_id is None:
            return None
        if response_id not in self._tools:
            self._tools[response_id] = self._looked_up(response_id)
        return self._tools[response_id]

    def _looked_up(self, response_id: ResponseId) -> Tool | None:
        """Return a response's audit; None where none is known, as what was set aside may name anything."""
        try:
            return tool_and_form(self._ws, package_of(self._ws, response_space(response_id)))[0]
        except AppError:
            return None


def _question_of(event: object) -> QuestionId | None:
    found: object = getattr(event, "question_id", None)
    return QuestionId(found) if isinstance(found, str) else None
