"""What a screen, a report or a script sees of one node. Cheap parts are there; the rest is worked out when read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from iowscp_desktop.forms.choices import Choice
from iowscp_desktop.forms.definition import Definition
from iowscp_desktop.forms.look import Look
from iowscp_desktop.forms.tree import instance_ids, ref_of
from iowscp_desktop.forms.xpath.answers import AnswerNode

NodeKind = Literal["group", "range", "repeat", "question", "value"]
"""`range`: a repeat as a whole, also when it has no instance; `repeat`: one instance; `value`: asked of nobody."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class NodeState:
    """One node as it was when asked for. Two asked-for states are the same object if nothing changed between.

    `path` and `instances` identify the node for good; `ref` has positions and changes when instances come and go.
    """

    ref: str
    path: str
    instances: tuple[str, ...]
    kind: NodeKind
    type: str
    control: str
    appearance: str
    value: str = field(repr=False)
    relevant: bool
    fixed: bool = False
    """Of a range: its instances are the form's own business, nobody may add or remove one."""
    settings: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    look: Look = field(repr=False)
    node: AnswerNode = field(repr=False)

    @property
    def readonly(self) -> bool:
        """Whether it may only be read."""
        return self.look.readonly(self.node)

    @property
    def required(self) -> bool:
        """Whether an answer must be given."""
        return self.look.required(self.node)

    @property
    def constraint_valid(self) -> bool:
        """Whether the answer keeps the constraint."""
        return self.look.constraint_valid(self.node)

    @property
    def required_valid(self) -> bool:
        """Whether an answer is there if there must be one."""
        return self.look.required_valid(self.node)

    @property
    def offered(self) -> bool:
        """Whether what is chosen is still offered: a filter may have taken it away since."""
        return self.look.offered(self.node)

    @property
    def valid(self) -> bool:
        """Whether nothing is wrong with the answer."""
        return self.required_valid and self.constraint_valid and self.offered

    @property
    def label(self) -> str:
        """What is asked, in the session's language; Markdown."""
        return self.look.words(self.node, "label", self.look.aspects(self.node).label)

    @property
    def hint(self) -> str:
        """The hint below the label."""
        return self.look.words(self.node, "hint", self.look.aspects(self.node).hint)

    @property
    def guidance(self) -> str:
        """What good looks like: the guidance hint."""
        return self.look.words(self.node, "guidance", self.look.aspects(self.node).guidance)

    @property
    def constraint_message(self) -> str:
        """What the form says when the constraint is not kept."""
        return self.look.words(self.node, "constraint_message", self.look.aspects(self.node).constraint_message)

    @property
    def required_message(self) -> str:
        """What the form says when an answer is missing."""
        return self.look.words(self.node, "required_message", self.look.aspects(self.node).required_message)

    @property
    def media(self) -> dict[str, str]:
        """Pictures and sounds that go with the label: kind and file."""
        wordings = self.look.aspects(self.node).media
        return {form: self.look.words(self.node, form, wording) for form, wording in wordings.items()}

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The choices offered now, (value, label) each."""
        return self.look.choices(self.node)


def state_of(node: AnswerNode, look: Look) -> NodeState:
    """The state of a node; the same object as long as nothing about it changed."""
    kept = node.kept.get("state")
    if isinstance(kept, NodeState):
        return kept
    place = node.shape
    assert isinstance(place, Definition)  # noqa: S101 - every place of a form is a definition
    kind = _kind(place)
    part = place.body or (place.repeat_body if place.repeats else place.group)
    made = NodeState(
        ref=ref_of(node),
        path=place.path,
        instances=instance_ids(node),
        kind=kind,
        type=place.bind.type if kind in {"question", "value"} else "",
        control=_control(place),
        appearance=part.appearance if part else "",
        value=node.value if kind in {"question", "value"} else "",
        relevant=node.relevant,
        settings=part.settings if part else {},
        look=look,
        node=node,
    )
    return node.keep("state", made)


def range_of(repeat: Definition, parent: AnswerNode, look: Look) -> NodeState:
    """The state of a repeat as a whole."""
    name = f"range {repeat.index}"
    kept = parent.kept.get(name)
    if isinstance(kept, NodeState):
        return kept
    phantom = AnswerNode(repeat, parent)
    above = ref_of(parent).rstrip("/")
    body = repeat.repeat_body
    made = NodeState(
        ref=f"{above}/{repeat.shown}",
        path=repeat.path,
        instances=instance_ids(parent),
        kind="range",
        type="",
        control="repeat",
        appearance=body.appearance if body else "",
        value="",
        relevant=parent.relevant,
        fixed=body is not None and (body.fixed or bool(body.count)),
        settings=body.settings if body else {},
        look=look,
        node=phantom,
    )
    return parent.keep(name, made)


def _kind(place: Definition) -> NodeKind:
    if place.repeats:
        return "repeat"
    if not place.is_leaf or (place.group is not None and place.body is None):
        return "group"
    return "question" if place.body is not None else "value"


def _control(place: Definition) -> str:
    if place.body is None:
        return ""
    is_note = place.body.control == "input" and place.bind.readonly.replace(" ", "") == "true()"
    return "note" if is_note and not place.bind.calculate else place.body.control
