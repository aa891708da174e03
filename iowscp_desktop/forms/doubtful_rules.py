"""Rules that work, but perhaps not as their author thinks: patterns, several answers for one, choices nobody offers."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from iowscp_desktop.errors import FormError
from iowscp_desktop.forms.definition import Definition
from iowscp_desktop.forms.finding import Finding
from iowscp_desktop.forms.form import Form
from iowscp_desktop.forms.graph import crosses
from iowscp_desktop.forms.survey import NOWHERE, Survey
from iowscp_desktop.forms.workbook import Workbook
from iowscp_desktop.forms.xform import absolute
from iowscp_desktop.forms.xpath.compile import compile_tree
from iowscp_desktop.forms.xpath.functions import taken_by
from iowscp_desktop.forms.xpath.parser import parse
from iowscp_desktop.forms.xpath.scope import Read, Scope
from iowscp_desktop.forms.xpath.syntax import Binary, Call, Expression, Filter, Negate, Path, Text

Wanted = Literal["one", "any"]
"""Whether an expression must give one value, or may give nodes to somebody who takes any number of them."""

_LIST_TYPE: Final = re.compile(r"^(?:select_one|select_multiple|rank|select one|select multiple)\s+(?:from\s+)?(\S+)")
_ONE_EACH: Final = frozenset({"+", "-", "*", "div", "mod"})


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule as it is written: of which place, which, and what must come of it."""

    place: Definition
    column: str
    source: str
    wanted: Wanted


def doubtful_rules(form: Form, survey: Survey, workbook: Workbook) -> Iterator[Finding]:
    """Everything doubtful in a form's rules."""
    offered = _offered(survey, workbook)
    for rule in _rules(form):
        try:
            tree = parse(rule.source)
        except FormError:
            continue  # what cannot be read has been said already
        doubts = _Doubts(form.scope(rule.place), offered)
        for code, what, do in dict.fromkeys(doubts.of(tree, rule.wanted)):
            spot = survey.spot(rule.place.path, rule.column)
            said = what if spot is not NOWHERE else f"{rule.place.path}: {what}"
            column = spot.column or rule.column
            yield Finding(
                sheet=spot.sheet, row=spot.row, column=column, severity="warning", code=code, what=said, do=do
            )


def _rules(form: Form) -> Iterator[_Rule]:
    for place in form.places.every:
        bind = place.bind
        written: list[tuple[str, str, Wanted]] = [
            ("relevant", bind.relevant, "any"),
            ("calculate", bind.calculate, "one"),
            ("constraint", bind.constraint, "any"),
            ("required", bind.required, "any"),
            ("readonly", bind.readonly, "any"),
            ("count", place.repeat_body.count if place.repeat_body is not None else "", "one"),
        ]
        if place.body is not None and place.body.itemset is not None:
            written.append(("choices", place.body.itemset.nodeset, "any"))
        yield from (_Rule(place, column, source, wanted) for column, source, wanted in written if source)
    for action in form.xform.actions:
        target = form.places.find(absolute(action.ref, action.trigger))
        if action.value and target is not None:
            yield _Rule(target, "setvalue", action.value, "one")


def _offered(survey: Survey, workbook: Workbook) -> Mapping[str, frozenset[str]]:
    """For each question whose choices are all written in the spreadsheet: what may be chosen."""
    lists: dict[str, set[str]] = {}
    for row in workbook.rows("choices"):
        lists.setdefault(row["list_name"] or row["list name"], set()).add(row["name"])
    found: dict[str, frozenset[str]] = {}
    for path, row in survey.rows.items():
        match = _LIST_TYPE.match(row["type"].strip())
        if match and match[1] in lists:
            found[path] = frozenset({*lists[match[1]], *({"other"} if "or_other" in row["type"] else ())})
    return found


Doubt = tuple[str, str, str]
"""Code, what is doubtful, what to do."""


class _Doubts:
    """Walks over one rule's tree. It nests no deeper than the parser allows."""

    def __init__(self, scope: Scope, offered: Mapping[str, frozenset[str]]) -> None:
        self._scope = scope
        self._offered = offered

    def of(self, tree: Expression, wanted: Wanted) -> Iterator[Doubt]:
        """Every doubt about an expression."""
        match tree:
            case Path() | Filter():
                if wanted == "one":
                    yield from self._several(tree)
            case Negate(operand):
                yield from self.of(operand, "one")
            case Binary(symbol):
                yield from self._binary(symbol, tree)
            case Call(name, arguments):
                yield from self._call(name, arguments, wanted)
            case _:
                pass

    def _binary(self, symbol: str, tree: Binary) -> Iterator[Doubt]:
        inner: Wanted = "one" if symbol in _ONE_EACH else "any"
        at: Expression = tree
        while isinstance(at, Binary) and at.operator == symbol:  # long sums lean to the left
            yield from self.of(at.right, inner)
            at = at.left
        yield from self.of(at, inner)
        if symbol in {"=", "!="}:
            yield from self._unoffered(tree.left, tree.right)
            yield from self._unoffered(tree.right, tree.left)

    def _call(self, name: str, arguments: tuple[Expression, ...], wanted: Wanted) -> Iterator[Doubt]:
        for argument, one in zip(arguments, taken_by(name, len(arguments)), strict=False):
            yield from self.of(argument, wanted if one is None else "one" if one else "any")
        if name == "selected" and len(arguments) == 2:
            yield from self._unoffered(arguments[0], arguments[1])
        if name == "regex" and len(arguments) == 2 and isinstance(arguments[1], Text):
            yield from _pattern(arguments[1].value)

    def _several(self, tree: Path | Filter) -> Iterator[Doubt]:
        if any(step.predicates for step in tree.steps) or (isinstance(tree, Filter) and tree.predicates):
            return  # a predicate may well leave one
        reads: dict[Read, None] = {}
        shapes = compile_tree(tree, replace(self._scope, reads=reads)).shapes
        reached = [read.shape for read in reads if read.shape in shapes and crosses(read)]
        if reached:
            what = f"It wants one answer to “{reached[0].shown}”, but a repeat may hold several. The first is taken."
            do = "Use sum(), join(), count() or indexed-repeat(), or move this rule into the repeat."
            yield "several-answers", what, do

    def _unoffered(self, question: Expression, value: Expression) -> Iterator[Doubt]:
        if not isinstance(question, Path) or not isinstance(value, Text) or not value.value.strip():
            return
        shapes = compile_tree(question, replace(self._scope, reads=dict[Read, None]())).shapes
        known = [self._offered[shape.path] for shape in shapes if shape.path in self._offered]
        if len(known) == len(shapes) == 1 and value.value.strip() not in known[0]:
            shown = next(iter(shapes)).shown
            what = f"It compares “{shown}” with “{value.value}”, which is none of its choices."
            yield "no-such-choice", what, "Correct the name of the choice, or add it to the list."


def _pattern(pattern: str) -> Iterable[Doubt]:
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        what = f"The pattern “{pattern}” in regex() is not one that can be used, so no answer fits it."
        return [("bad-pattern", what, "Correct the pattern.")]
    if pattern.startswith("^") and pattern.endswith("$"):
        return []
    what = f"The pattern “{pattern}” in regex() must fit the whole answer here; other programs may look for a part."
    return [("loose-pattern", what, "Begin it with ^ and end it with $, so that every program reads it alike.")]
