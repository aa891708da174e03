"""What happens to records themselves: what was erased. Written by whoever holds them."""

from typing_extensions import override

from iowscp_desktop.domain.erasure import ErasureId, Span
from iowscp_desktop.domain.event import Event
from iowscp_desktop.domain.ids import Register, SpaceId, Whole


class EntriesErased(Event, frozen=True, kw_only=True):
    """A person destroyed the content of entries for good. It says which and why, never what they said."""

    erasure_id: ErasureId
    space: SpaceId
    """Where the entries are. The team writes this in its own space, everybody else in that very space."""
    what: str
    """What people call it: the audit, the round and the school or agency."""
    spans: tuple[Span, ...]
    entries: Whole
    """How many of them had their content here."""
    files: Whole
    file_bytes: Whole
    why: str
    reason: str
    who: str
    """The name, because the introduction of whoever did it may have gone with the rest."""

    @property
    @override
    def register(self) -> Register:
        return Register(f"erasure/{self.erasure_id}")
