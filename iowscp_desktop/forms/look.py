"""Looking at a node: what is worked out only when asked for, and kept until something it depends on changes."""

from collections.abc import Callable
from typing import Final, TypeVar, cast

from iowscp_desktop.forms.choices import Choice
from iowscp_desktop.forms.definition import Definition
from iowscp_desktop.forms.form import Aspects, Form
from iowscp_desktop.forms.words import Wording
from iowscp_desktop.forms.xpath.answers import AnswerNode
from iowscp_desktop.forms.xpath.expressions import Context, Environment, TruthRun

T = TypeVar("T")
RULES: Final[tuple[str, ...]] = ("readonly", "required", "constraint")
"""What is kept of a node that rules have decided; everything else that is kept are words."""


class Look:
    """Answers questions about nodes of one session."""

    def __init__(self, form: Form, env: Environment) -> None:
        self._form = form
        self._env = env
        self.language = form.default_language
        self._stable: dict[tuple[int, str], tuple[Choice, ...]] = {}

    def aspects(self, node: AnswerNode) -> Aspects:
        """What the form says of a node's place."""
        return self._form.aspects[node.shape.index]

    def _kept(self, node: AnswerNode, name: str, make: Callable[[], T]) -> T:
        if name not in node.kept:
            return node.keep(name, make())
        return cast("T", node.kept[name])

    def _true(self, node: AnswerNode, name: str, run: TruthRun | None) -> bool:
        if run is None:
            return False
        return self._kept(node, name, lambda: run(Context(self._env, node, node)))

    def decide(self, node: AnswerNode) -> None:
        """Work out now what the rules of a node say, for a moment when what they read is about to change."""
        self.readonly(node)
        self.required(node)
        self.constraint_valid(node)

    def readonly(self, node: AnswerNode) -> bool:
        """Whether it may only be read. Inherited."""
        at: AnswerNode = node
        while at.parent is not None:
            if self._true(at, "readonly", self.aspects(at).readonly):
                return True
            at = at.above
        return False

    def required(self, node: AnswerNode) -> bool:
        """Whether an answer must be given."""
        return self._true(node, "required", self.aspects(node).required)

    def constraint_valid(self, node: AnswerNode) -> bool:
        """Whether the answer keeps the constraint. Nothing and what is not relevant always do."""
        run = self.aspects(node).constraint
        if run is None or not node.relevant or not node.value:
            return True
        return self._true(node, "constraint", run)

    def required_valid(self, node: AnswerNode) -> bool:
        """Whether an answer is there if there must be one."""
        return bool(node.value) or not node.relevant or not self.required(node)

    def choices(self, node: AnswerNode) -> tuple[Choice, ...]:
        """The choices offered now."""
        offered = self.aspects(node).choices
        if offered is None:
            return ()
        if offered.stable:
            shared = (id(offered), self.language)
            if shared not in self._stable:
                self._stable[shared] = offered.offered(Context(self._env, node, node), self.language)
            return self._stable[shared]
        context = Context(self._env, node, node)
        return self._kept(node, "choices", lambda: offered.offered(context, self.language))

    def offered(self, node: AnswerNode) -> bool:
        """Whether every choice that is chosen is (still) offered."""
        if self.aspects(node).choices is None or not node.value or not node.relevant:
            return True
        values = self._kept(node, "values", lambda: frozenset(choice.value for choice in self.choices(node)))
        body = cast("Definition", node.shape).body
        chosen = [node.value] if body is not None and body.control == "select1" else node.value.split()
        return all(value in values for value in chosen)

    def words(self, node: AnswerNode, name: str, wording: Wording | None) -> str:
        """A label, hint or message, as it reads now."""
        if wording is None:
            return ""
        context = Context(self._env, node, node)
        return self._kept(node, name, lambda: wording.text(context, self.language))
