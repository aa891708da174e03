"""Self, panel and agreed grades, side by side. None is computed from another; rules here only compare."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from iowscp_desktop.domain.ids import PersonId, QuestionId
from iowscp_desktop.domain.scale import Scale

REASON_FROM = 2
"""Points between the lowest and the highest grade from which an agreement needs a reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One item as the school, each panel member, and the panel together see it."""

    question_id: QuestionId
    own: str
    """The organisation's own grade; empty when not answered."""
    by_judge: Mapping[PersonId, str]
    agreed: str
    spread: int
    """Steps on the scale between the lowest and the highest panel grade; 0 with fewer than two on the scale."""
    remarks: Mapping[PersonId, str] = field(default_factory=dict[PersonId, str], repr=False)
    """What decided it for each panel member who wrote that down."""
    reason: str = field(default="", repr=False)
    """Why the panel agreed on what it did."""

    @property
    def differs(self) -> bool:
        """The panel's members do not all say the same."""
        return len(set(self.by_judge.values())) > 1

    @property
    def needs_reason(self) -> bool:
        """An agreement must say why."""
        return self.spread >= REASON_FROM


def spread(scale: Scale, points: Sequence[str]) -> int:
    """Return the steps between the lowest and the highest of these points; "not applicable" has no place there."""
    places = [place for place, point in enumerate(scale.points) if point.value in points]
    return max(places) - min(places) if places else 0


def is_on(scale: Scale, point: str) -> bool:
    """Tell whether a grade may be given on this scale, "not applicable" included where the scale has it."""
    return scale.point(point) is not None
