"""The choices a select offers: written out, or picked from nodes by a path that may depend on answers."""

from dataclasses import dataclass
from typing import NamedTuple

from iowscp_desktop.forms.words import Wording
from iowscp_desktop.forms.xpath.expressions import Context, NodesRun, TextRun


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

    def offered(self, context: Context, language: str) -> tuple[Choice, ...]:
        """The choices, as they read in the session's language."""
        del language
        found: list[Choice] = []
        for inner in self._each(context):
            value = self.value(inner)
            found.append(Choice(value, self.label(inner).strip() if self.label else value))
        return tuple(found)

    def _each(self, context: Context) -> list[Context]:
        return [Context(context.env, node, context.current) for node in self.nodes(context) if node.counts]


ChoiceList = WrittenChoices | PickedChoices
