"""Expressions by grammar, by mutation and by noise, for the XPath parser, compiler and closures."""

from datetime import UTC, datetime
from random import Random

from iowscp_desktop.forms import Form
from iowscp_desktop.forms.xpath.compile import compile_text
from iowscp_desktop.forms.xpath.expressions import Context
from iowscp_desktop.forms.xpath.functions import FUNCTION_NAMES
from iowscp_desktop.forms.xpath.lexer import tokens
from iowscp_desktop.forms.xpath.parser import parse
from tests.forms.conftest import begin, form_of
from tests.forms.fuzz.running import Target

MOMENT = datetime(2026, 1, 31, 9, 30, tzinfo=UTC)
NAMES = sorted(FUNCTION_NAMES)
LEAVES = [
    "1",
    "0",
    ".5",
    "1.",
    "-0",
    "1e5",
    "'a'",
    '"b"',
    "''",
    "'2026-01-31'",
    "'2026-02-30T25:61'",
    "'NaN'",
    "'x y z'",
    "/data/a",
    "/data/r/n",
    "../n",
    ".",
    "..",
    "//n",
    "*",
    "@*",
    "/",
    "current()/../a",
    "/data/r[2]/n",
    "none",
    "instance('l')/root/item[name = 'x']/label",
    "instance('nowhere')/x",
    "node()",
    "text()",
    "last()",
    "now()",
    "'[a-z'",
    "'(a+)+$'",
    "'%Y-%m-%d %H:%M:%S %3 %a %q'",
    "'MD5'",
    "'-'",
    "99999999999999999999",
    "0.000000001",
]
OPERATORS = [
    "+",
    "-",
    "*",
    " div ",
    " mod ",
    "=",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    " and ",
    " or ",
    "|",
    "/",
    "//",
    "::",
    ",",
]
AXES = ["child", "parent", "self", "ancestor", "descendant-or-self", "following", "preceding-sibling", "attribute"]
NOISE = "()[]{}'\"/.*@$:,|<>=!+- \t\n\x00·é🙂\ud800abdivmodandor0123456789"
SURVEY = """
| type         | name | label | calculation |
| text         | a    | A     |             |
| select_one l | s    | S     |             |
| begin_repeat | r    | R     |             |
| integer      | n    | N     |             |
| end_repeat   |      |       |             |
"""


def expression(chance: Random, depth: int = 0) -> str:
    """A random expression that mostly follows the grammar."""
    if depth > 6 or chance.random() < 0.25:
        return chance.choice(LEAVES)
    inner = [expression(chance, depth + 1) for _ in range(chance.randrange(1, 4))]
    match chance.randrange(8):
        case 0 | 1:
            return f"{inner[0]}{chance.choice(OPERATORS)}{inner[-1]}"
        case 2 | 3 | 4:
            return f"{chance.choice(NAMES)}({', '.join(inner)})"
        case 5:
            return f"({inner[0]})[{inner[-1]}]"
        case 6:
            return f"{chance.choice(AXES)}::{chance.choice(['n', '*', 'node()', 'a'])}[{inner[0]}]"
        case _:
            return f"-{inner[0]}"


def mutated(chance: Random, text: str) -> str:
    """The same with some letters, or pieces, changed."""
    for _ in range(chance.randrange(1, 5)):
        place = chance.randrange(len(text) + 1)
        match chance.randrange(5):
            case 0:
                text = text[:place] + chance.choice(NOISE) + text[place:]
            case 1:
                text = text[:place] + text[place + 1 :]
            case 2:
                text = text[:place] + text[max(0, place - chance.randrange(9)) :]
            case 3:
                text = text[:place] + chance.choice(LEAVES) + text[place:]
            case _:
                text = text[: place // 2] + text[place:]
    return text


def make(chance: Random) -> bytes:
    """One case."""
    match chance.randrange(12):
        case 0:
            text = "".join(chance.choice(NOISE) for _ in range(chance.randrange(200)))
        case 1:
            text = chance.choice(["(", "-", "a[", "not(", "1+", "a/", "..//", "if(1,"]) * chance.randrange(1, 3_000)
        case 2:
            text = chance.choice([" or ", "+", "=", "|", " div "]).join(
                [chance.choice(LEAVES)] * chance.randrange(1_500)
            )
        case 3 | 4 | 5 | 6:
            text = mutated(chance, expression(chance))
        case _:
            text = expression(chance)
    return text.encode("utf-8", errors="surrogatepass")


_FORMS: list[Form] = []


def the_form() -> Form:
    if not _FORMS:
        _FORMS.append(form_of(SURVEY, "| l | x | X | |\n| l | y | Y | |"))
    return _FORMS[0]


def feed(case: bytes) -> None:
    """Parse it; compile it for a question inside a repeat and one outside; run it and all its conversions."""
    text = case.decode("utf-8", errors="surrogatepass")
    tokens(text)
    parse(text)
    form = the_form()
    session = begin(form)
    session.add_repeat("/data/r")
    session.set("/data/r[2]/n", "2")
    for path, ref in (("/data/a", "/data/a"), ("/data/r/n", "/data/r[2]/n")):
        place = form.places.find(path)
        assert place is not None
        compiled = compile_text(text, form.scope(place))
        node = session.node(ref).node
        context = Context(session._env, node, node)
        compiled.text(context)
        compiled.number()(context)
        compiled.truth()(context)


def valid() -> bool:
    place = the_form().places.find("/data/a")
    assert place is not None
    session = begin(the_form())
    node = session.node("/data/a").node
    compiled = compile_text("concat(1 + 1, 'a')", the_form().scope(place))
    return compiled.text(Context(session._env, node, node)) == "2a"


EXPRESSIONS = Target("expressions", make, feed, valid)
