"""What the house forbids, as functions from source to findings, so that each can be shown to find something."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "iowscp_desktop"
MODULES = sorted(PACKAGE.rglob("*.py"))

_BLOCKS = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.Match, ast.AsyncFor, ast.AsyncWith)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_DOCUMENTED = (*_FUNCTIONS, ast.ClassDef, ast.Module)


def name_of(path: Path) -> str:
    """The dotted name of one of our modules."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


# --- sizes ---------------------------------------------------------------------------------------


def large_classes(source: str, most: int) -> list[str]:
    """Classes with more public methods of their own than may be.

    What Qt calls (`@override`) is Qt's, and a plural in `text` (`@staticmethod`) is a word, not a deed.
    """
    return [
        f"{node.name} has {len(public)}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ClassDef)
        and len(public := [each for each in node.body if isinstance(each, _FUNCTIONS) and _is_public(each)]) > most
    ]


def _is_public(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    marks = {getattr(mark, "attr", getattr(mark, "id", "")) for mark in function.decorator_list}
    return not function.name.startswith("_") and not {"override", "staticmethod"} & marks


def deep_functions(source: str, most: int) -> list[str]:
    """Functions whose blocks stand deeper in each other than may be; `elif` goes no deeper."""
    return [
        f"{node.name} goes {depth} deep"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, _FUNCTIONS) and (depth := _depth(node)) > most
    ]


def _depth(node: ast.AST, *, is_elif: bool = False) -> int:
    deepest = 0
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (*_FUNCTIONS, ast.ClassDef, ast.Lambda)):
            continue
        continued = isinstance(node, ast.If) and isinstance(child, ast.If) and node.orelse == [child]
        deepest = max(deepest, _depth(child, is_elif=continued))
    return deepest + (isinstance(node, _BLOCKS) and not is_elif)


# --- clock, chance and the network ---------------------------------------------------------------

_CLOCKS = re.compile(
    r"(datetime\.)?(datetime|date)\.(now|utcnow|today)|time\.(time|time_ns|localtime|gmtime|ctime|strftime)"
    r"|(QDate|QTime|QDateTime)\.current\w+|os\.(urandom|getrandom)|uuid\.uuid[14]\w*"
)
_CHANCE = {"secrets", "uuid", "numpy"}
_SEEDED = {"Random"}
NETWORK = {
    "aiohttp", "asyncio", "ftplib", "http", "httpx", "imaplib", "nntplib", "poplib", "requests", "selectors", "smtplib",
    "socket", "socketserver", "ssl", "telnetlib", "urllib", "urllib3", "webbrowser", "websockets", "wsgiref", "xmlrpc",
}  # fmt: skip
LOCAL_QT_NETWORK = {"QLocalServer", "QLocalSocket"}


def clocks_and_chance(source: str) -> list[str]:
    """Places that read a clock or draw at random; a generator made from a seed is neither."""
    tree = ast.parse(source)
    found = [f"imports {name}" for name in _imported(tree) if name.split(".")[0] in _CHANCE]
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name) and _CLOCKS.fullmatch(ast.unparse(node)):
            found.append(ast.unparse(node))
        if isinstance(node, ast.ImportFrom) and node.module in {"time", "random", "os"}:
            drawn = {each.name for each in node.names} - _SEEDED
            found += [f"from {node.module} import {name}" for name in drawn if _draws(node.module, name)]
        if isinstance(node, ast.Call) and _is_unseeded(node):
            found.append(ast.unparse(node))
    return found


def _draws(module: str, name: str) -> bool:
    return module == "random" or _CLOCKS.fullmatch(f"{module}.{name}") is not None


def _is_unseeded(call: ast.Call) -> bool:
    """Whether a call asks the `random` module itself, or makes a generator without a seed."""
    called = ast.unparse(call.func)
    module, _, name = called.rpartition(".")
    if name in _SEEDED:
        return not call.args
    return module in {"random", "randomness"} and name[:1].islower()


def network_imports(source: str) -> list[str]:
    """Imports that can open an internet socket. Qt's local sockets, for a single instance, cannot."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [each.name for each in node.names if _reaches_out(each.name)]
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            names = {each.name for each in node.names}
            if node.module == "PySide6.QtNetwork":
                found += sorted(names - LOCAL_QT_NETWORK)
            elif node.module == "PySide6":
                found += sorted(names & {"QtNetwork"})
            elif _reaches_out(node.module):
                found.append(node.module)
    return found


def _reaches_out(module: str) -> bool:
    if module == "urllib.parse":  # takes addresses apart, goes nowhere
        return False
    return module.split(".", maxsplit=1)[0] in NETWORK or module == "PySide6.QtNetwork"


_POSSESSIVE = re.compile(r"(?:[\])}\w.]|\\.)[*+?]\+|\(\?>")


def possessive_patterns(source: str) -> list[str]:
    """Patterns that give nothing back, as `(…)++` and `(?>…)`: Python before 3.11.5, as in Debian 12, errs in them."""
    tree = ast.parse(source)
    if "re" not in set(_imported(tree)):
        return []
    words = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    docs = {ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, _DOCUMENTED)}
    return [word for word in words if word not in docs and _POSSESSIVE.search(word)]


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield node.module


# --- what must not be printed --------------------------------------------------------------------

PERSONAL = {"answer", "organisation", "passphrase", "reason", "remark", "sender", "who", "wording"}
"""Field names that mean what somebody is called or wrote, on every floor."""

PERSONAL_NEAR_STORE = PERSONAL | {"name", "value"}
"""The same where rows come out of the store; above it, a name may be an icon's."""


def printed_fields(source: str, personal: set[str]) -> list[str]:
    """Fields of dataclasses that hold what people are called or wrote, and that `repr` would print."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef) and _is_printing_dataclass(node):
            found += [
                f"{node.name}.{each.target.id}"
                for each in node.body
                if isinstance(each, ast.AnnAssign)
                and isinstance(each.target, ast.Name)
                and each.target.id in personal
                and "str" in ast.unparse(each.annotation).split(" | ")
                and (each.value is None or "repr=False" not in ast.unparse(each.value))
            ]
    return found


def _is_printing_dataclass(node: ast.ClassDef) -> bool:
    marks = [ast.unparse(mark) for mark in node.decorator_list]
    own_repr = any(isinstance(each, ast.FunctionDef) and each.name == "__repr__" for each in node.body)
    return any(mark.startswith("dataclass") and "repr=False" not in mark for mark in marks) and not own_repr
