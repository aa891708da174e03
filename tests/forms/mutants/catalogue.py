"""The mistakes: each takes a few words out of one module of the engine and puts others there."""

from dataclasses import dataclass

SESSION, REPEATS = "tests/forms/test_session.py", "tests/forms/test_repeats.py"
EXPRESSIONS, PATHS = "tests/forms/test_expressions.py", "tests/forms/test_paths.py"
FOUND = "tests/conformance/test_found_differences.py"
CUT_OFF, SAVED = "tests/forms/test_cut_off.py", "tests/forms/test_round_trip.py"

_ACTIONS = '        run_actions(self.form, [node], {"odk-new-repeat"}, self._recompute)\n'


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """One mistake: in `module`, `right` becomes `wrong`; `tests` are those that must notice."""

    name: str
    module: str
    right: str
    wrong: str
    tests: str


MUTANTS = (
    Mutant(
        name="relevance is not inherited",
        module="iowscp_desktop.forms.recompute",
        right="relevant = at.own_relevant and at.above.relevant",
        wrong="relevant = at.own_relevant",
        tests=SESSION,
    ),
    Mutant(
        name="no cut-off where nothing changed",
        module="iowscp_desktop.forms.recompute",
        right="        if node.value == text:\n            return False\n",
        wrong="",
        tests=CUT_OFF,
    ),
    Mutant(
        name="positions stay after a removal",
        module="iowscp_desktop.forms.recompute",
        right="        self._changed_around(node.shape, node.above)\n",
        wrong="",
        tests=REPEATS,
    ),
    Mutant(
        name="new-repeat actions after recompute",
        module="iowscp_desktop.forms.session",
        right=f"{_ACTIONS}        self._recompute.refresh",
        wrong=f"        self._settle()\n{_ACTIONS}        self._recompute.refresh",
        tests=REPEATS,
    ),
    Mutant(
        name="what is not relevant is read",
        module="iowscp_desktop.forms.xpath.answers",
        right='self.reads = self.value if relevant else ""',
        wrong="self.reads = self.value",
        tests=SESSION,
    ),
    Mutant(
        name="required although not relevant",
        module="iowscp_desktop.forms.look",
        right="return bool(node.value) or not node.relevant or not",
        wrong="return bool(node.value) or not",
        tests=SESSION,
    ),
    Mutant(
        name="a constraint on nothing",
        module="iowscp_desktop.forms.look",
        right="if run is None or not node.relevant or not node.value:",
        wrong="if run is None or not node.relevant:",
        tests=SESSION,
    ),
    Mutant(
        name="indexed-repeat counts from zero",
        module="iowscp_desktop.forms.xpath.indexed_repeat",
        right="kids[int(number) - 1]",
        wrong="kids[int(number) % len(kids)]",
        tests=REPEATS,
    ),
    Mutant(
        name="halves are rounded to even",
        module="iowscp_desktop.forms.xpath.number_functions",
        right="float(math.floor(number + 0.5))",
        wrong="float(round(number))",
        tests=EXPRESSIONS,
    ),
    Mutant(
        name="a pattern may fit a part",
        module="iowscp_desktop.forms.xpath.patterns",
        right="compiled.fullmatch(text)",
        wrong="compiled.search(text)",
        tests=EXPRESSIONS,
    ),
    Mutant(
        name="current() in a choice filter is the choice",
        module="iowscp_desktop.forms.xpath.paths",
        right="Context(context.env, node, context.current, place, size)",
        wrong="Context(context.env, node, node, place, size)",
        tests=REPEATS,
    ),
    Mutant(
        name="a shrunken count deletes",
        module="iowscp_desktop.forms.recompute",
        right="            hidden.insert(0, gone)\n",
        wrong="",
        tests=REPEATS,
    ),
    Mutant(
        name="a cleared default comes back",
        module="iowscp_desktop.forms.session",
        right="(node.value or node.shape.index in kept_empty)",
        wrong="node.value",
        tests=SAVED,
    ),
    Mutant(
        name="actions of a new instance before its relevance",
        module="iowscp_desktop.forms.session",
        right="        self._recompute.settle_relevance(node)\n",
        wrong="",
        tests=FOUND,
    ),
    Mutant(
        name="another language changes what rules decided",
        module="iowscp_desktop.forms.session",
        right="self._recompute.retranslate(self._document)",
        wrong="self._recompute.touch_all_below(self._document)",
        tests=FOUND,
    ),
    Mutant(
        name="what actions gave is lost when only answers are kept",
        module="iowscp_desktop.forms.session",
        right="        self._catch_up(missed, kept)\n",
        wrong="",
        tests="tests/forms/test_saved.py",
    ),
    Mutant(
        name="a text in a calculation is not followed",
        module="iowscp_desktop.forms.xpath.special_functions",
        right="scope.text_reads(arguments[0].value)",
        wrong="()",
        tests=FOUND,
    ),
    Mutant(
        name="a place in a repeat is one too far",
        module="iowscp_desktop.forms.xpath.places",
        right="return nodes[: max(0, math.floor(sought))]",
        wrong="return nodes[: max(0, math.floor(sought) + 1)]",
        tests=PATHS,
    ),
    Mutant(
        name="a pattern may end before the text does",
        module="iowscp_desktop.forms.xpath.patterns",
        right="if not at or (last in at and not whole) or",
        wrong="if not at or last in at or",
        tests="tests/forms/test_patterns.py",
    ),
)
