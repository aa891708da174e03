"""What came back on an audit, as the first page shows it. No Qt."""

from dataclasses import dataclass, field

from iowscp_desktop.app import feedback
from iowscp_desktop.app.filling import Filling
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.text.feedback import Feedback as Words
from iowscp_desktop.ui.widgets.dates import write_moment


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackState:
    """What came back, ready to be drawn."""

    came: str
    agreed: tuple[tuple[str, str], ...] = field(repr=False)
    """Each item, and the grade that was agreed with the reason where one was given."""
    changed_since: bool


def feedback_state(ws: Workspace, filling: Filling) -> FeedbackState | None:
    """Look whether feedback on an audit has come."""
    came = feedback.feedback(ws, filling.response_id)
    if came is None:
        return None
    lines: list[tuple[str, str]] = []
    for line in came.agreed:
        item = filling.tool.item(line.question_id)
        scale = None if item is None else filling.tool.scale_of(item)
        point = None if scale is None else scale.point(line.point)
        words = line.point if point is None else point.label
        lines.append((line.question_id if item is None else item.title, Words.agreed(words, line.reason)))
    return FeedbackState(came=write_moment(came.at), agreed=tuple(lines), changed_since=came.changed_since)
