"""A loaded form: everything that is known before anyone answers. It never changes and may be shared by sessions."""

import random as randomness
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from iowscp_desktop.forms.choices import ChoiceList
from iowscp_desktop.forms.definition import Definition, Definitions
from iowscp_desktop.forms.finding import Finding
from iowscp_desktop.forms.graph import Graph
from iowscp_desktop.forms.saved import Saved
from iowscp_desktop.forms.secondary import LAST_SAVED, read_last_saved
from iowscp_desktop.forms.undisturbed import nothing_collected
from iowscp_desktop.forms.words import Texts, Wording, Wordsmith
from iowscp_desktop.forms.xform import XForm
from iowscp_desktop.forms.xpath.expressions import Compiled, TruthRun
from iowscp_desktop.forms.xpath.nodes import TreeNode
from iowscp_desktop.forms.xpath.scope import Scope

if TYPE_CHECKING:
    from iowscp_desktop.forms.session import Session


@dataclass(slots=True)
class Aspects:
    """What is worked out about a place only when somebody looks."""

    readonly: TruthRun | None = None
    required: TruthRun | None = None
    constraint: TruthRun | None = None
    label: Wording | None = None
    hint: Wording | None = None
    guidance: Wording | None = None
    constraint_message: Wording | None = None
    required_message: Wording | None = None
    media: Mapping[str, Wording] = field(default_factory=dict[str, Wording])
    choices: ChoiceList | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """A setvalue, compiled: `target` gives the nodes, `value` the text, both from the place it hangs on."""

    events: frozenset[str]
    trigger: Definition | None
    target: Definition
    nodes: Compiled
    value: Compiled


@dataclass(frozen=True, slots=True)
class FormPart:
    """The form as a person sees it: groups, repeats and questions, in the order of the body."""

    kind: str
    path: str
    control: str
    appearance: str
    settings: Mapping[str, str]
    parts: tuple["FormPart", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form that can be answered. Make one with `load_form`."""

    id: str
    title: str
    version: str
    languages: tuple[str, ...]
    default_language: str
    tree: tuple[FormPart, ...]
    findings: tuple[Finding, ...]
    xform: XForm = field(repr=False)
    places: Definitions = field(repr=False)
    graph: Graph = field(repr=False)
    aspects: tuple[Aspects, ...] = field(repr=False)
    actions: tuple[Action, ...] = field(repr=False)
    triggers: frozenset[int] = field(repr=False)
    """The indexes of the places on which an action hangs."""
    texts: Texts = field(repr=False)
    wordsmith: Wordsmith = field(repr=False)
    instances: Mapping[str, TreeNode] = field(repr=False)
    scope: Callable[[Definition], Scope] = field(repr=False)

    def with_last_saved(self, xml: str) -> "Form":
        """The same form for somebody whose last response, as a submission, `${last-saved#…}` refers to.

        Raises:
            FormUnreadable: It is no XML.
        """
        tree = read_last_saved(xml, self.xform.own)
        names = [name for name, made in self.xform.secondary.items() if made.get("src") == LAST_SAVED]
        return replace(self, instances={**self.instances, **dict.fromkeys(names, tree)}) if names else self

    def start(
        self,
        *,
        clock: Callable[[], datetime],
        zone: tzinfo,
        random: randomness.Random,
        new_uuid: Callable[[], str],
        preload: Mapping[str, str] | None = None,
        answers: Saved | None = None,
    ) -> "Session":
        """Begin to answer, or go on from saved answers.

        Args:
            clock: Says the moment, aware; asked once now, and again when the form is finalised.
            zone: The zone that now(), today() and dates without a zone are in.
            random: Where random(), uuid(n) and randomize() get their chance from.
            new_uuid: Makes an identifier for uuid() and for repeat instances without one.
            preload: What `jr:preload` properties hold, such as deviceid and username.
            answers: What was answered before; None for a new response.
        """
        from iowscp_desktop.forms.session import Session, World  # noqa: PLC0415 - sessions know forms too

        world = World(clock=clock, zone=zone, random=random, new_uuid=new_uuid, preload=preload or {})
        with nothing_collected():
            return Session(self, world, answers)
