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
    """Each item that was graded otherwise than here, or with a reason, in the tool's order; and what was agreed."""
    same: int
    """Items on which the panel agreed with the answer here and said no more."""
    changed_since: bool


def feedback_state(ws: Workspace, filling: Filling) -> FeedbackState | None:
    """Look whether feedback on an audit has come."""
    came = feedback.feedback(ws, filling.response_id)
    if came is None:
        return None
    places = {item.id: place for place, item in enumerate(filling.tool.items)}
    lines: list[tuple[int, str, str]] = []
    for line in came.agreed:
        item = filling.tool.item(line.question_id)
        if item is None:  # the edition that is answered now does not ask it
            lines.append((len(places), line.question_id, Words.agreed(line.point, line.reason)))
        elif line.reason or filling.entry(item.id).point != line.point:
            point = filling.tool.scale_of(item).point(line.point)
            words = Words.agreed(line.point if point is None else point.label, line.reason)
            lines.append((places[item.id], item.title, words))
    agreed = tuple((title, words) for _place, title, words in sorted(lines))
    return FeedbackState(
        came=write_moment(came.at),
        agreed=agreed,
        same=len(came.agreed) - len(agreed),
        changed_since=came.changed_since,
    )
