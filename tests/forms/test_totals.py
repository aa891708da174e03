"""Sums over a repeat are kept, and brought up to date by what changes; rounding takes its short cut where it may."""

import math
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given
from hypothesis import strategies as st

from iowscp_desktop.forms import Session
from iowscp_desktop.forms.xpath import number_functions
from iowscp_desktop.forms.xpath.answers import AnswerNode
from tests.forms.conftest import begin, form_of, xform

LINES = """
| type         | name    | label | calculation       | relevant    | default |
| begin repeat | line    | Line  |                   |             |         |
| integer      | many    | Many  |                   |             | 2       |
| calculate    | product |       | ${many} * 10      | ${many} < 9 |         |
| end repeat   | line    |       |                   |             |         |
| calculate    | total   |       | sum(${product})   |             |         |
"""
NESTED = """
| type         | name  | label | calculation   |
| begin repeat | house | House |               |
| begin repeat | child | Child |               |
| integer      | age   | Age   |               |
| end repeat   | child |       |               |
| calculate    | here  |       | sum(${age})   |
| end repeat   | house |       |               |
| calculate    | all   |       | sum(${age})   |
"""


def lines(number: int) -> Session:
    session = begin(form_of(LINES))
    for _ in range(number - 1):
        session.add_repeat("/data/line")
    return session


def total(session: Session) -> str:
    return session.node("/data/total").value


def test_a_total_follows_each_answer_and_what_becomes_relevant() -> None:
    session = lines(3)

    said = [total(session)]
    for ref, value in (("/data/line[2]/many", "5"), ("/data/line[3]/many", "9"), ("/data/line[3]/many", "1")):
        session.set(ref, value)
        said.append(total(session))

    assert said == ["60", "90", "70", "80"]


def test_a_total_counts_instances_that_come_and_forgets_those_that_go() -> None:
    session = lines(2)

    session.add_repeat("/data/line", at=1)
    session.set("/data/line[1]/many", "7")
    with_three = total(session)
    session.remove_repeat("/data/line[2]")
    session.set("/data/line[2]/many", "1")

    assert (with_three, total(session)) == ("110", "80")


def test_a_total_over_repeats_in_repeats_follows_those_deep_inside() -> None:
    session = begin(form_of(NESTED))
    session.add_repeat("/data/house")
    for _ in range(2):
        session.add_repeat("/data/house[2]/child")

    for ref, value in (("[1]/child[1]", "3"), ("[2]/child[1]", "4"), ("[2]/child[2]", "5"), ("[2]/child[1]", "6")):
        session.set(f"/data/house{ref}/age", value)
    values = [session.node(f"/data/house[{place}]/here").value for place in (1, 2)]
    session.remove_repeat("/data/house[2]/child[1]")

    assert (values, session.node("/data/all").value) == (["3", "11"], "8")


def test_one_answer_does_not_make_a_total_read_every_instance() -> None:
    session = lines(30)
    session.set("/data/line[7]/many", "3")
    products = [session.node(f"/data/line[{place}]/product").node for place in range(1, 31)]
    for node in products:
        node.number = None  # as if nobody had read it yet

    session.set("/data/line[7]/many", "4")

    assert [place for place, node in enumerate(products, start=1) if node.number is not None] == [7]


def test_a_place_among_siblings_is_right_after_any_coming_and_going() -> None:
    body = "<group ref='/data/r'><repeat nodeset='/data/r'><input ref='/data/r/q'/></repeat></group>"
    form = xform("<r><q/></r>", body=body)
    session = begin(form)
    for at in (1, 2, 1, 3):
        session.add_repeat("/data/r", at=at)
    session.remove_repeat("/data/r[2]")

    nodes = [state.node for state in session.state() if state.kind == "repeat"]

    assert [node.position() for node in (*nodes[::-1], *nodes)] == [4, 3, 2, 1, 1, 2, 3, 4]
    assert all(isinstance(node, AnswerNode) for node in nodes)


@given(
    st.one_of(st.floats(-1e14, 1e14), st.integers(-(10**7), 10**7).map(lambda n: n / 1000)),
    st.integers(min_value=0, max_value=4),
)
def test_the_short_cut_of_rounding_rounds_like_decimals(number: float, places: int) -> None:
    step = Decimal(1).scaleb(-places)

    rounded = number_functions.NUMBER_FUNCTIONS["round"].act(number, float(places))

    decimal = float(Decimal(repr(number)).quantize(step, rounding=ROUND_HALF_UP))
    assert (rounded, math.copysign(1, rounded)) == (decimal, math.copysign(1, decimal))
