"""The choices a select offers: written out, or picked from nodes by a path that may depend on answers."""

from dataclasses import dataclass
from typing import NamedTuple

from iowscp_desktop.forms.words import Wording
from iowscp_desktop.forms.xpath.expressions import Context, NodesRun, TextRun
from iowscp_desktop.forms.xpath.nodes import Node


class Choice(NamedTuple):
    """One choice: what is stored and what is shown."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class WrittenChoices:
    """Choices written into the form, each with its wording."""

    items: tuple[tuple[str, Wording | None], ...]
    stable: bool
    """Whether no answer changes what is offered or how it reads."""

    def offered(self, context: Context, language: str) -> tuple[Choice, ...]:
        """The choices, as they read in a language."""
        return tuple(
            Choice(value, wording.text(context, language) if wording else value) for value, wording in self.items
        )


@dataclass(frozen=True, slots=True)
class PickedChoices:
    """Choices that are nodes: of a list in the form, of an attached table, or of a repeat's answers."""

    nodes: NodesRun
    value: TextRun
    label: TextRun | None
    stable: bool
    """Whether no answer changes what is offered or how it reads."""
    translated: bool = False
    """Whether a column such as `label::English (en)` says how a choice reads in that language."""

    def offered(self, context: Context, language: str) -> tuple[Choice, ...]:
        """The choices, as they read in a language."""
        found: list[Choice] = []
        for inner in self._each(context):
            value = self.value(inner)
            written = _in_language(inner.node, language) if self.translated else ""
            found.append(Choice(value, written or (self.label(inner).strip() if self.label else value)))
        return tuple(found)

    def _each(self, context: Context) -> list[Context]:
        return [Context(context.env, node, context.current) for node in self.nodes(context) if node.counts]


def _in_language(row: Node, language: str) -> str:
    """The label of a row of external choices in a language; '' when it has no such column."""
    return next((cell.string().strip() for cell in row.elements() if cell.name == f"label::{language}"), "")


ChoiceList = WrittenChoices | PickedChoices
