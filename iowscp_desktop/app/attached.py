"""Whether a file that travelled as evidence is what its entry says. One that is not is set aside, bytes and all."""

from collections.abc import Callable, Iterator, Mapping

from iowscp_desktop.app.answers import KINDS, MOST_FILE_BYTES, SOUNDS, safe_name
from iowscp_desktop.bundles import MemberContent
from iowscp_desktop.domain.events import EvidenceAttached
from iowscp_desktop.domain.journal import Entry

UNLIKE = "unlike-evidence"
"""The reason under which such an entry is set aside."""

_ENDINGS = {**KINDS, **SOUNDS}
_BEGINNING = 4096
_MACROS = b"vbaProject.bin"
"""What programs inside a document are stored as. A document that may hold them has another ending."""

Refuse = Callable[[Entry], str | None]


class Sniffed:
    """What was seen of a file while it went by: how it begins, and whether there is a program inside."""

    def __init__(self) -> None:
        self.beginning = b""
        self.has_macros = False

    def watched(self, content: MemberContent) -> MemberContent:
        """Return the same bytes, looked at as they are read."""
        return MemberContent(self._passing(content))

    def _passing(self, content: MemberContent) -> Iterator[bytes]:
        tail = b""
        for chunk in content:
            if len(self.beginning) < _BEGINNING:
                self.beginning = (self.beginning + chunk)[:_BEGINNING]
            self.has_macros = self.has_macros or _MACROS in tail + chunk
            tail = (tail + chunk)[-len(_MACROS) :]
            yield chunk


def unless_unlike(refuse: Refuse, sniffed: Mapping[str, Sniffed]) -> Refuse:
    """Return a check that also refuses evidence which is not what it is called.

    Args:
        sniffed: What was seen of the files that came along, by their digests.
    """

    def refused(entry: Entry) -> str | None:
        reason = refuse(entry)
        if reason is None and entry.header.kind == "evidence-attached":
            event = entry.event
            if isinstance(event, EvidenceAttached) and _is_unlike(event, sniffed.get(event.sha256)):
                return UNLIKE
        return reason

    return refused


def _is_unlike(event: EvidenceAttached, seen: Sniffed | None) -> bool:
    known = _ENDINGS.get("." + event.name.rpartition(".")[2].lower())
    if known is None or known[0] != event.media_type or event.size > MOST_FILE_BYTES:
        return True
    if safe_name(event.name) != event.name:
        return True
    if seen is None:
        return False  # its bytes did not come, or came before
    beginnings = known[1]
    fits = seen.beginning.startswith(beginnings) if beginnings else b"\0" not in seen.beginning
    return not fits or seen.has_macros
