"""Loads an XForm: definitions, closures, dependencies, words. After this nothing in a form is text to be parsed."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, TypeVar

from iowscp_desktop.errors import ExpressionUnreadable, GoesInCircles, UnknownFunction
from iowscp_desktop.forms.choices import ChoiceList, PickedChoices, WrittenChoices
from iowscp_desktop.forms.definition import Definition, Definitions
from iowscp_desktop.forms.finding import Finding
from iowscp_desktop.forms.form import Action, Aspects, Form, FormPart
from iowscp_desktop.forms.graph import Aspect, Rule, build_graph
from iowscp_desktop.forms.secondary import (
    EXTERNAL_CHOICES,
    LAST_SAVED,
    Media,
    blank_instance,
    file_name,
    read_attachment,
    read_external_choices,
    read_instance,
)
from iowscp_desktop.forms.undisturbed import nothing_collected
from iowscp_desktop.forms.words import GUIDANCE, Wordsmith, read_texts
from iowscp_desktop.forms.xform import BodyPart, Itemset, SetValue, XForm, absolute, read_xform
from iowscp_desktop.forms.xpath.compile import compile_text, compile_tree
from iowscp_desktop.forms.xpath.expressions import Compiled, constant
from iowscp_desktop.forms.xpath.nodes import TreeNode
from iowscp_desktop.forms.xpath.parser import parse
from iowscp_desktop.forms.xpath.scope import Read, Scope
from iowscp_desktop.forms.xpath.syntax import Call, Expression, Filter, Text

T = TypeVar("T")


class Trouble(NamedTuple):
    """A rule that cannot be used: whose (a path, or only a name), which, and why."""

    path: str
    rule: str
    error: ExpressionUnreadable | UnknownFunction | GoesInCircles


def load_form(xml: str, *, media: Media | None = None) -> Form:
    """Load a compiled form.

    Args:
        xml: The XForm.
        media: The files it needs, by name.

    Raises:
        FormUnreadable: It is no XForm, or an attached file is damaged.
        ExpressionUnreadable: A rule is not XPath; the message names the question.
        UnknownFunction: A rule calls a function that does not exist.
        GoesInCircles: Rules depend on each other.
    """
    with nothing_collected():
        return _Loader(read_xform(xml), media or {}, None).form()


def look_into(xml: str, *, media: Media | None = None) -> tuple[Form | None, tuple[Trouble, ...]]:
    """Load a compiled form as far as it can be loaded, to say all that is wrong with it.

    Returns:
        The form without the rules that cannot be understood, None when they go in circles; and what is wrong. A
        form with troubles is good for being looked at, never for being answered.

    Raises:
        FormUnreadable: It is no XForm, or an attached file is damaged.
    """
    troubles: list[Trouble] = []
    try:
        with nothing_collected():
            form = _Loader(read_xform(xml), media or {}, troubles).form()
    except GoesInCircles as error:
        return None, (*troubles, Trouble(error.questions[0], "", error))
    return form, tuple(troubles)


class _Loader:
    """Carries what is being learnt about a form from one step of loading to the next."""

    def __init__(self, xform: XForm, media: Media, troubles: list[Trouble] | None) -> None:
        self._xform = xform
        self._media = media
        self._troubles = troubles
        """Where rules that cannot be understood are put down; None refuses the form."""
        self._places = Definitions(xform)
        self._findings: list[Finding] = []
        self._texts = read_texts(xform.itext)
        self._wordsmith = Wordsmith(self._texts)
        self._reads: dict[int, dict[Read, None]] = {}
        self._open_texts: list[str] = []
        """The texts that are being looked through for answers: one that comes again says itself."""
        self._stable_choices: dict[Itemset, PickedChoices] = {}
        self._known: dict[str, Compiled | None] = {}
        self._choice_reads: dict[str, tuple[Read, ...]] = {}
        self._aspects = [Aspects() for _place in self._places.every]
        root_id = str(xform.instance.get("id") or "")
        self._shared = frozenset({xform.instance_id, root_id, self._places.root.name}) - {"", *xform.secondary}

    def form(self) -> Form:
        """The whole form, in the order in which one thing needs the other."""
        for path in self._places.bind_all():
            self._note("no-such-place", f"A rule or question points to “{path}”, which is not in the form's data.")
        for name in dict.fromkeys(self._xform.other_actions):
            self._note("unsupported", f"The action “{name}” does nothing in this program.")
        instances = self._instances()
        for place in self._places.every:
            self._load_choices(place, instances)
        rules = [rule for place in self._places.every for rule in self._rules(place)]
        for place in self._places.every:
            self._load_aspects(place)
        lazy = [(self._places.every[index], reads) for index, reads in self._reads.items()]
        graph = build_graph(self._places.every, rules, lazy)
        actions = tuple(found for action in self._xform.actions if (found := self._action(action)) is not None)
        return Form(
            id=str(self._xform.instance.get("id") or ""),
            title=self._xform.title,
            version=str(self._xform.instance.get("version") or ""),
            languages=self._texts.languages,
            default_language=self._texts.default,
            tree=tuple(_part(part) for part in self._xform.body),
            findings=tuple(self._findings),
            xform=self._xform,
            places=self._places,
            graph=graph,
            aspects=tuple(self._aspects),
            actions=actions,
            triggers=frozenset((action.trigger or self._places.root).index for action in actions),
            texts=self._texts,
            wordsmith=self._wordsmith,
            instances=instances,
            scope=self._scope,
        )

    def _note(self, code: str, what: str) -> None:
        do = "Ask the form's author to correct this."
        self._findings.append(Finding(sheet="", row=0, column="", severity="warning", code=code, what=what, do=do))

    # --- compiling ---------------------------------------------------------------------------

    def _scope(self, place: Definition, reads: dict[Read, None] | None = None) -> Scope:
        return Scope(
            document=self._places.document,
            origin=place,
            here=frozenset({place}),
            prefixes=self._xform.prefixes,
            own=self._xform.own,
            reads={} if reads is None else reads,
            placed=True,
            shared=self._shared,
            known=self._known,
            choice_reads=lambda path: self._reads_of_choices(path, place),
            text_reads=lambda text_id: self._reads_of_text(text_id, place),
        )

    def _compiled(self, source: str, place: Definition, column: str, reads: dict[Read, None]) -> Compiled:
        made = self._placed(lambda: compile_text(source, self._scope(place, reads)), place, column)
        return made or constant("text", "")

    def _placed(self, make: Callable[[], T], place: Definition, column: str) -> T | None:
        """What is made; when it cannot be, None where troubles are put down."""
        try:
            return make()
        except (ExpressionUnreadable, UnknownFunction) as error:
            if self._troubles is not None:
                self._troubles.append(Trouble(place.path, column, error))
                return None
            raise error.at(f"{place.path}, {column}") from error

    def _lazily(self, place: Definition) -> dict[Read, None]:
        return self._reads.setdefault(place.index, {})

    # --- rules -------------------------------------------------------------------------------

    def _rules(self, place: Definition) -> Iterable[Rule]:
        bind = place.bind
        if bind.relevant:
            yield self._rule(bind.relevant, place, "relevant")
        if bind.calculate and not place.is_leaf:
            self._note("calculated-group", f"“{place.path}” is a group, so its calculation does nothing.")
        elif bind.calculate:
            yield self._rule(bind.calculate, place, "calculate")
        if place.repeat_body is not None and place.repeat_body.count:
            yield self._rule(place.repeat_body.count, place, "count")

    def _rule(self, source: str, place: Definition, aspect: Aspect) -> Rule:
        reads: dict[Read, None] = {}
        compiled = self._compiled(source, place, aspect, reads)
        run = {"relevant": compiled.truth(), "calculate": compiled.text, "count": compiled.number()}[aspect]
        return Rule(place, aspect, run, tuple(reads))

    def _load_aspects(self, place: Definition) -> None:
        bind, part = place.bind, place.body or place.repeat_body or place.group
        asked = bind.readonly or bind.required or bind.constraint
        if part is None and not (asked or bind.constraint_message or bind.required_message):
            return  # as most calculations: nobody looks at them
        aspects, reads = self._aspects[place.index], self._lazily(place)
        if bind.readonly:
            aspects.readonly = self._compiled(bind.readonly, place, "readonly", reads).truth()
        if bind.required:
            aspects.required = self._compiled(bind.required, place, "required", reads).truth()
        if bind.constraint:
            aspects.constraint = self._compiled(bind.constraint, place, "constraint", reads).truth()
        scope = self._scope(place, reads)
        self._placed(lambda: self._load_words(place, aspects, scope), place, "label")
        if not reads:
            del self._reads[place.index]

    def _load_words(self, place: Definition, aspects: Aspects, scope: Scope) -> None:
        bind, smith = place.bind, self._wordsmith
        aspects.constraint_message = smith.message(bind.constraint_message, scope)
        aspects.required_message = smith.message(bind.required_message, scope)
        part = place.body or place.repeat_body or place.group
        if part is None:
            return
        if part is place.repeat_body and part.label is None and place.group is not None:
            part = place.group
        aspects.label = smith.label(part.label, scope)
        aspects.hint = smith.label(part.hint, scope)
        aspects.guidance = smith.label(part.hint, scope, GUIDANCE)
        aspects.media = smith.media(part.label, scope)

    # --- choices -----------------------------------------------------------------------------

    def _load_choices(self, place: Definition, instances: Mapping[str, TreeNode]) -> None:
        part = place.body
        if part is None or (part.itemset is None and not part.items):
            return
        reads = self._lazily(place)
        own: dict[Read, None] = {}
        scope = self._scope(place, own)
        self._aspects[place.index].choices = self._placed(
            lambda: self._choices(part, scope, instances), place, "choices"
        )
        reads.update(own)
        self._choice_reads[place.path] = tuple(own)

    def _choices(self, part: BodyPart, scope: Scope, instances: Mapping[str, TreeNode]) -> ChoiceList:
        if part.itemset is not None:
            return self._picked(part.itemset, scope, instances)
        items = tuple((item.value, self._wordsmith.label(item.label, scope)) for item in part.items)
        return WrittenChoices(items, stable=not scope.reads)

    def _picked(self, itemset: Itemset, scope: Scope, instances: Mapping[str, TreeNode]) -> PickedChoices:
        if itemset.external and EXTERNAL_CHOICES not in self._media:
            self._note("missing-file", f"The form needs a file called “{EXTERNAL_CHOICES}”.")
        if itemset in self._stable_choices:
            return self._stable_choices[itemset]
        tree = parse(itemset.nodeset)
        nodes = compile_tree(tree, scope)
        inside = scope.inside(nodes.shapes, self._places.document)
        label = compile_text(itemset.label, inside).text if itemset.label else None
        if itemset.label.startswith("jr:itext("):
            self._read_outputs(tree, scope, instances)
        value = compile_text(itemset.value, inside).text
        made = PickedChoices(
            nodes.nodes(), value, label, stable=not scope.reads and not _is_random(tree), translated=itemset.external
        )
        if made.stable:
            self._stable_choices[itemset] = made
        return made

    def _read_outputs(self, tree: Expression, scope: Scope, instances: Mapping[str, TreeNode]) -> None:
        """Labels of choices may have answers put into them: then the select depends on those answers."""
        source = tree.source if isinstance(tree, Filter) else tree
        if not (isinstance(source, Call) and source.name == "instance" and isinstance(source.arguments[0], Text)):
            return
        top = instances.get(source.arguments[0].value)
        if top is None or not self._texts.with_outputs:
            return
        said = {node.string() for node in top.below() if node.name == "itextId"}
        for text_id in sorted(said & self._texts.with_outputs):
            self._wordsmith.text(text_id, scope)

    def _reads_of_choices(self, path: str, reader: Definition) -> Iterable[Read]:
        """What jr:choice-name() depends on: all that the choices depend on, wherever the two of them are."""
        asked = self._places.find(path if path.startswith("/") else absolute(path, reader.path))
        reads = self._choice_reads.get(asked.path, ()) if asked is not None else ()
        return [read._replace(pivot=read.pivot.shares_with(reader)) for read in reads]

    def _reads_of_text(self, text_id: str, reader: Definition) -> Iterable[Read]:
        """What jr:itext() depends on: the answers that are put into the text."""
        if text_id not in self._texts.with_outputs:
            return ()
        if text_id in self._open_texts:
            raise GoesInCircles([*self._open_texts[self._open_texts.index(text_id) :], text_id])
        reads: dict[Read, None] = {}
        self._open_texts.append(text_id)
        try:
            self._wordsmith.text(text_id, self._scope(reader, reads))
        finally:
            self._open_texts.pop()
        return reads

    # --- instances and actions ---------------------------------------------------------------

    def _instances(self) -> dict[str, TreeNode]:
        found: dict[str, TreeNode] = {}
        for name, element in self._xform.secondary.items():
            tree = read_instance(element, self._xform.own, self._media)
            source = str(element.get("src") or "")
            if tree is None and source != LAST_SAVED:
                self._note("missing-file", f"The form needs a file called “{file_name(source)}”.")
            found[name] = tree or blank_instance()
        for name, content in self._media.items():
            stem, _, kind = name.rpartition(".")
            if kind == "csv" and stem not in found and "/" not in stem:
                text = content if isinstance(content, str) else content.decode("utf-8-sig", errors="replace")
                found[stem] = read_attachment(name, text, self._xform.own)
        for name, tree in read_external_choices(self._media, self._xform.own).items():
            found.setdefault(name, tree)
        return found

    def _action(self, action: SetValue) -> Action | None:
        trigger = self._places.find(action.trigger) if action.trigger else None
        here = trigger or self._places.root
        ref = action.ref if trigger is not None or action.ref.startswith("/") else absolute(action.ref, here.path)
        nodes = self._compiled(ref, here, "setvalue", {})
        shapes = [shape for shape in nodes.shapes if isinstance(shape, Definition)]
        if len(shapes) != 1:
            self._note("no-such-place", f"An action points to “{action.ref}”, which is not in the form's data.")
            return None
        target = shapes[0]
        # an action's value is worked out where its target is (XForms 1.1, action-setvalue)
        worked_out = self._compiled(action.value, target, "setvalue", {}) if action.value else None
        value = worked_out or constant("text", action.text)
        return Action(action.events, trigger, target, nodes, value)


def _is_random(tree: Expression) -> bool:
    """Whether choices come in another order for each question."""
    source = tree.source if isinstance(tree, Filter) else tree
    return isinstance(source, Call) and source.name == "randomize"


def _part(part: BodyPart) -> FormPart:
    kind = part.control if part.control in {"group", "repeat"} else "question"
    inside = tuple(_part(inner) for inner in part.parts)
    return FormPart(kind, part.ref, part.control, part.appearance, dict(part.settings), inside)
