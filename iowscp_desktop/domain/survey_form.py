"""What a survey without names may ask, question by question."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from enum import Enum, auto

from iowscp_desktop.domain.tool import ToolPackage, compile_tool
from iowscp_desktop.errors import ToolNotAnonymous
from iowscp_desktop.forms import NodeState, Session, load_form


class Kind(Enum):
    """How a question is answered. Dates, places, pictures and files are not asked for: they give people away."""

    ONE = auto()
    MANY = auto()
    WORDS = auto()
    NUMBER = auto()
    NOTE = auto()


_INPUTS = {"string": Kind.WORDS, "int": Kind.NUMBER, "decimal": Kind.NUMBER}
_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)


def questions_in(session: Session) -> Iterator[NodeState]:
    """Return all questions and notes, those that are not asked just now too.

    Raises:
        ToolNotAnonymous: One asks for something that gives people away, or has no end.
    """
    for node in session.state():
        if node.kind in ("range", "repeat") or (node.kind == "question" and kind_of(node) is None):
            raise ToolNotAnonymous(id_of(node))
        if node.kind == "question":
            yield node


def require_anonymous(package: ToolPackage) -> None:
    """Refuse a survey that the sheet cannot take, before anybody is asked; a tool answered by name is let through.

    Raises:
        ToolNotAnonymous: It asks for something that gives people away, or that has no end.
        ToolError, FormError: It cannot be read.
    """
    if not package.settings.anonymous:
        return
    _tool, compiled = compile_tool(package)
    session = load_form(compiled.xml, media={**package.media, **compiled.media}).start(
        clock=lambda: _NO_TIME,
        zone=UTC,
        random=random.Random(0),  # noqa: S311 - order of choices, in a sheet that nobody sees
        new_uuid=lambda: "",
        answers=None,
    )
    for _node in questions_in(session):
        continue


def id_of(node: NodeState) -> str:
    """Return by which name an answer is kept."""
    return node.path.rpartition("/")[2]


def kind_of(node: NodeState) -> Kind | None:
    """Return how a question is answered; None for one that a survey cannot ask."""
    if node.control == "note" or (node.readonly and node.control == "input"):
        return Kind.NOTE
    if node.control == "select1":
        return Kind.ONE
    if node.control == "select":
        return Kind.MANY
    return _INPUTS.get(node.type) if node.control == "input" else None
