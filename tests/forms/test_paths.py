"""Paths over documents: every axis, predicates, unions, order; and kinds that only show at run time."""

from datetime import UTC, datetime
from random import Random

import pytest

from iowscp_desktop.forms.xml import read_xml
from iowscp_desktop.forms.xpath.compile import compile_text
from iowscp_desktop.forms.xpath.expressions import Compiled, Context, Environment
from iowscp_desktop.forms.xpath.nodes import TreeNode, in_document_order, tree_of
from iowscp_desktop.forms.xpath.scope import Scope
from tests.forms.conftest import begin, form_of, xform

XML = """<r a="1"><x n="1">one</x><y><x n="2">two</x><z/></y><x n="3">three</x><!-- said --><w>4</w></r>"""


def document() -> TreeNode:
    top = TreeNode("", None, "document")
    top.add(tree_of(read_xml(XML), frozenset({""}), top))
    return top


def evaluated(expression: str) -> tuple[Compiled, Context]:
    top = document()
    env = Environment(top, moment=datetime(2026, 1, 1, tzinfo=UTC), zone=UTC, random=Random(1))
    inner = top.elements()[0].elements()[1].elements()[0]  # the x that says two
    return compile_text(expression, Scope()), Context(env, inner, inner)


@pytest.mark.parametrize(
    ("path", "texts"),
    [
        ("/r/x", ["one", "three"]),
        ("//x", ["one", "two", "three"]),
        ("/r/*", ["one", "two", "three", "4"]),
        (".", ["two"]),
        ("..", ["two"]),
        ("../z", [""]),
        ("../../x[2]", ["three"]),
        ("../../x[last()]", ["three"]),
        ("../../x[@n = 3]", ["three"]),
        ("../../x[. = 'one'] | ../../w", ["one", "4"]),
        ("../../w | ../../x[1]", ["one", "4"]),
        ("ancestor::r/@a", ["1"]),
        ("ancestor-or-self::*[1]/@n", ["2"]),
        ("ancestor-or-self::x", ["two"]),
        ("following-sibling::*", [""]),
        ("../following-sibling::x", ["three"]),
        ("../preceding-sibling::x", ["one"]),
        ("../../x[2]/preceding-sibling::*[1]/x", ["two"]),
        ("following::x", ["three"]),
        ("preceding::x", ["one"]),
        ("/r/descendant::x[2]", ["two"]),
        ("self::x", ["two"]),
        ("self::y", []),
        ("parent::y/child::x", ["two"]),
        ("@n", ["2"]),
        ("@*", ["2"]),
        ("attribute::n/..", ["two"]),
        ("/r/comment()", [" said "]),
        ("text()", ["two"]),
        ("(//x)[2]", ["two"]),
        ("//x[2]", ["three"]),
        ("/r/nothing", []),
        ("namespace::*", []),
        ("/r/x[if(@n = 1, 1, 2)]", ["one", "three"]),
        ("/r/x[position() = 1]", ["one"]),
        ("current()/../z", [""]),
    ],
)
def test_a_path_finds_these_nodes_in_document_order(path: str, texts: list[str]) -> None:
    compiled, context = evaluated(path)

    assert [node.string() for node in compiled.nodes()(context)] == texts


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("//x = 'two'", True),
        ("//x != 'two'", True),
        ("//nothing = ''", False),
        ("//nothing = false()", True),
        ("//x/@n > 2", True),
        ("2 < //x/@n", True),
        ("//x/@n = 3", True),
        ("//x/@n = //w", False),
        ("if(true(), //x, 'a') = 'three'", True),
        ("if(true(), 1, 'a') = '1'", True),
        ("if(true(), //x/@n, 'a') > 2", True),
        ("if(true(), true(), 'a') = 'x'", True),
        ("if(true(), //w, 1) = 4", True),
        ("count(//x)", 3.0),
        ("sum(//x/@n)", 6.0),
        ("max(//x/@n)", 3.0),
        ("join('-', //x)", "one-two-three"),
        ("name(..)", "y"),
        ("local-name(@n)", "n"),
        ("namespace-uri(..)", ""),
        ("string()", "two"),
        ("number(@n)", 2.0),
        ("position(..)", 1.0),
        ("position(../../x[2])", 2.0),
        ("boolean(//nothing)", False),
        ("string-length()", 3.0),
        ("once('x')", "two"),
        ("count(randomize(//x))", 3.0),
        ("coalesce(//nothing, ../z, 'last')", "last"),
        ("time('2026-01-01T10:20:30')", "10:20:30.000+00:00"),
        ("time('10:20:30')", "10:20:30"),
        ("time('late')", ""),
        ("format-date-time('10:20:30', '%H.%M')", "10.20"),
        ("exp10(2)", 100.0),
        ("log(0) < 0", True),
        ("pow(0, -1) > 1", True),
        ("exp(100000) > 1", True),
    ],
)
def test_an_expression_over_nodes_is_worth_this(expression: str, result: object) -> None:
    compiled, context = evaluated(expression)

    assert compiled.run(context) == result


def test_nodes_are_put_in_document_order_each_once() -> None:
    top = document()
    nodes = list(top.below())

    assert in_document_order([*reversed(nodes), *nodes]) == nodes


@pytest.mark.parametrize("path", ["/..", "/../n", "/data/../..", "../../../../a"])
def test_nothing_is_above_the_document(path: str) -> None:
    form = form_of(
        f"| type | name | calculation |\n| calculate | a | count({path}) |\n| calculate | b | string({path}) |"
    )
    session = begin(form)

    assert session.node("/data/a").value in {"0", "1"}
    assert session.node("/data/b").value == ""


SIDES = [
    "2",
    "0",
    "-1",
    "2.5",
    "99",
    "1 div 0",
    "-1 div 0",
    "0 div 0",
    "position(current()/..)",
    "count(/data/row) - 1",
]


@pytest.mark.parametrize("sign", ["=", "<", "<=", ">", ">="])
@pytest.mark.parametrize("side", SIDES)
def test_a_predicate_that_asks_for_a_place_keeps_what_looking_at_every_node_would(sign: str, side: str) -> None:
    turned = {"=": "=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}[sign]
    written = {
        "quick": f"/data/row[position() {sign} {side}]",
        "turned": f"/data/row[{side} {turned} position()]",
        "slow": f"/data/row[(position() {sign} {side}) and true()]",
    }
    binds = "".join(
        f"<bind nodeset='/data/row/{name}' calculate=\"join('', {path.replace('<', '&lt;')}/x)\"/>"
        for name, path in written.items()
    )
    rows = "".join(f"<row><x>{letter}</x><quick/><turned/><slow/></row>" for letter in "abcd")
    session = begin(xform(rows, binds, '<repeat nodeset="/data/row"><input ref="/data/row/x"/></repeat>'))

    for number in range(1, 5):
        slow = session.node(f"/data/row[{number}]/slow").value
        assert session.node(f"/data/row[{number}]/quick").value == slow
        assert session.node(f"/data/row[{number}]/turned").value == slow
