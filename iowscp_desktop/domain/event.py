"""What every event is: a frozen past-tense fact that says which register of its space it gives a value to."""

import re

import msgspec
from typing_extensions import override

from iowscp_desktop.domain.ids import Register, Whole


def kind_of(name: str) -> str:
    """Return a class name as the journal writes it: `AnswerRecorded` is `answer-recorded`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


class Event(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag=kind_of, omit_defaults=True):
    """Something that happened. Its repr names the kind alone: what people wrote never reaches a log."""

    v: Whole = 1

    @override
    def __repr__(self) -> str:
        return f"<{kind_of(type(self).__name__)}>"

    @property
    def register(self) -> Register:
        """The register this event gives a value to, inside its space."""
        raise NotImplementedError


class NotYetKnown(msgspec.Struct, frozen=True, kw_only=True):
    """An event of a kind that a newer program wrote. It is kept, travels on, and waits for an update."""

    kind: str
    v: int = 1

    @override
    def __repr__(self) -> str:
        return f"<not yet known: {self.kind}>"
