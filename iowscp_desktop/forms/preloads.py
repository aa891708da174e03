"""jr:preload: what a form asks to be filled in by the program, at the start or when it is finished."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Protocol

from iowscp_desktop.forms.casting import cast_text
from iowscp_desktop.forms.definition import Definition
from iowscp_desktop.forms.saved import Key
from iowscp_desktop.forms.tree import key_of
from iowscp_desktop.forms.xpath.answers import AnswerNode
from iowscp_desktop.forms.xpath.dates import moment_text


class Outside(Protocol):
    """What preloads take from the world."""

    @property
    def preload(self) -> Mapping[str, str]:
        """Properties by name."""
        ...

    @property
    def new_uuid(self) -> Callable[[], str]:
        """Makes identifiers."""
        ...


def preload(
    document: AnswerNode,
    places: Iterable[Definition],
    outside: Outside,
    moment: datetime,
    *,
    given: Mapping[Key, str],
    end: bool = False,
) -> None:
    """Fill in every preload of the start, or of the end. What is `given` already stays."""
    now = [place for place in places if (place.bind.preload_parameter == "end") is end]
    for place in now:
        for node in document.reached(place.lineage()[1:]):
            if not given or key_of(node) not in given:
                _fill(node, place, outside, moment)


def _fill(node: AnswerNode, place: Definition, outside: Outside, moment: datetime) -> None:
    text = _text(place.bind.preload, place.bind.preload_parameter, outside, moment)
    if text is not None:
        node.give(cast_text(place.bind.type, text, moment.tzinfo) if moment.tzinfo else text)
        node.kept.clear()


def _text(kind: str, parameter: str, outside: Outside, moment: datetime) -> str | None:
    match kind, parameter:
        case "uid", _:
            return f"uuid:{outside.new_uuid()}"
        case "timestamp", _:
            return moment_text(moment)
        case "date", "today":
            return moment.date().isoformat()
        case "property", name:
            return outside.preload.get(name)
        case _:
            return None
