"""Whatever is done to whatever form: what was recomputed bit by bit is what recomputing everything gives."""

import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from iowscp_desktop.errors import GoesInCircles, NoSuchQuestion
from iowscp_desktop.forms import Form, Session, described
from tests.forms.conftest import begin, form_of


class Author:
    """Writes a random form: groups, repeats, rules that look at earlier questions, counts, filters, outputs."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.rows: list[str] = []
        self.names: list[str] = []
        self.repeats: list[str] = []
        self.counter = 0

    def name(self, letter: str) -> str:
        self.counter += 1
        return f"{letter}{self.counter}"

    def reference(self) -> str:
        return f"${{{self.chance.choice(self.names)}}}" if self.names else "1"

    def number(self) -> str:
        options = [
            "{a} + 1",
            "coalesce({a}, 0) * 2",
            "{a} - {b}",
            "count-non-empty({a})",
            "string-length({a})",
            "if({a} = '', 0, number({a}))",
            "sum({a})",
            "max({a}, 0)",
            "number(selected({a}, '1'))",
            "join('-', {a})",
            "round({a} div 3, 1)",
            "coalesce({a}, {b})",
        ]
        if self.repeats:
            options += ["count({r})", "indexed-repeat({i}, {r}, 2)", "count({r}[position() > 1])"]
        repeat = self.chance.choice(self.repeats) if self.repeats else ""
        inside = [name for name in self.names if name.endswith(f"_{repeat}")] or self.names or ["x"]
        return self.chance.choice(options).format(
            a=self.reference(), b=self.reference(), r=f"${{{repeat}}}", i=f"${{{self.chance.choice(inside)}}}"
        )

    def truth(self) -> str:
        options = [
            "{a} != ''",
            "{a} > 1",
            "{a} = '1'",
            "not({a} = {b})",
            "selected({a}, '1')",
            "{a} < {b} or {a} = ''",
            "string-length({a}) > 1",
        ]
        return self.chance.choice(options).format(a=self.reference(), b=self.reference())

    def maybe(self, text: str) -> str:
        return text if self.chance.random() < 0.4 else ""

    def question(self, suffix: str) -> None:
        kind = self.chance.choice(["integer", "text", "select_one l", "select_multiple l", "calculate", "calculate"])
        name = self.name("q") + suffix
        label = "" if kind == "calculate" else f"{name} {self.maybe(self.reference())}"
        calculation = self.number() if kind == "calculate" else ""
        cells = [
            kind,
            name,
            label,
            self.maybe(self.truth()),
            self.maybe(". != 3 or " + self.truth()),
            self.maybe(self.truth()),
            calculation,
            self.maybe(f"group = {self.reference()}") if "select" in kind else "",
            "",
        ]
        self.rows.append("| " + " | ".join(cells) + " |")
        self.names.append(name)

    def block(self, depth: int, suffix: str = "") -> None:
        for _ in range(self.chance.randint(2, 4)):
            kind = self.chance.random()
            if depth and kind < 0.2:
                name = self.name("g") + suffix
                self.rows.append(f"| begin_group | {name} | G | {self.maybe(self.truth())} | | | | | |")
                self.block(depth - 1, suffix)
                self.rows.append("| end_group | | | | | | | | |")
            elif depth and kind < 0.4:
                name = self.name("r")
                count = self.maybe(self.reference() if self.chance.random() < 0.5 else "2")
                self.rows.append(f"| begin_repeat | {name} | R | {self.maybe(self.truth())} | | | | | {count} |")
                self.block(depth - 1, f"{suffix}_{name}")
                self.rows.append("| end_repeat | | | | | | | | |")
                self.repeats.append(name)
            else:
                self.question(suffix)

    def form(self) -> Form:
        self.block(2)
        self.block(2)
        heading = (
            "| type | name | label | relevant | constraint | required | calculation | choice_filter | repeat_count |"
        )
        choices = "\n".join(f"| l | {number} | {number} | {number % 2} |" for number in range(4))
        return form_of("\n".join([heading, *self.rows]), choices)


def seen(session: Session) -> list[dict[str, Any]]:
    return [{**described(state), "label": state.label, "offered": state.offered} for state in session.state()]


def do_something(session: Session, chance: random.Random) -> None:
    states = session.state()
    ranges = [state for state in states if state.kind == "range" and not state.fixed]
    if ranges and chance.random() < 0.2:
        session.add_repeat(chance.choice(ranges).ref, at=chance.randint(1, 3))
        return
    fixed = {state.path for state in states if state.kind == "range" and state.fixed}
    instances = [state for state in states if state.kind == "repeat" and state.path not in fixed]
    if instances and chance.random() < 0.15:
        session.remove_repeat(chance.choice(instances).ref)
        return
    questions = [state for state in states if state.kind == "question"]
    if questions:
        session.set(chance.choice(questions).ref, chance.choice(["", "0", "1", "2", "3", "1 2"]))


@given(st.integers(min_value=0, max_value=1_000_000))
@settings(max_examples=60, deadline=None)
def test_bit_by_bit_is_the_same_as_all_at_once(seed: int) -> None:
    chance = random.Random(seed)
    try:
        form = Author(chance).form()
    except GoesInCircles:
        return
    session = begin(form)
    for _ in range(12):
        do_something(session, chance)
        incremental = seen(session)

        session.recompute_all()

        assert seen(session) == incremental
    saved = session.answers()
    again = begin(form, saved)
    for state in session.state():
        if state.kind == "question":
            assert again.node(state.ref).relevant == state.relevant


@given(st.text(max_size=30))
def test_no_reference_breaks_a_session(ref: str) -> None:
    session = begin(_SMALL)
    try:
        session.set(ref, "1")
    except NoSuchQuestion:
        return


_SMALL = form_of("| type | name | label |\n| text | a | A |")
