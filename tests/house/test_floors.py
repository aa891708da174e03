"""What each floor may reach for. Who imports whom is proved by import-linter (`make arch`)."""

import subprocess
import sys

import pytest

from tests.house.rules import (
    MODULES,
    PACKAGE,
    ROOT,
    clocks_and_chance,
    name_of,
    network_imports,
    possessive_patterns,
    shown,
)

ABOVE = {"iowscp_desktop.__main__", "iowscp_desktop.demo"}
BELOW = [
    name
    for name in map(name_of, MODULES)
    if name not in ABOVE and not name.startswith(("iowscp_desktop.ui", "iowscp_desktop.demo."))
]
HOMES = {
    "iowscp_desktop/domain/clock.py": "the clock",
    "iowscp_desktop/domain/ids.py": "ids",
    "iowscp_desktop/crypto/randomness.py": "chance for keys",
}


def _import_without_qt(*modules: str) -> subprocess.CompletedProcess[str]:
    script = f"import sys; sys.modules['PySide6'] = None; import {', '.join(modules)}"
    return subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)


def test_everything_below_the_screens_works_without_qt() -> None:
    done = _import_without_qt(*BELOW)

    assert done.stderr == ""
    assert done.returncode == 0
    assert len(BELOW) > 60


def test_a_screen_would_not_work_without_qt() -> None:
    assert "PySide6" in _import_without_qt("iowscp_desktop.ui.shell").stderr


def test_clock_chance_and_ids_come_from_their_homes_alone() -> None:
    found = {shown(path): clocks_and_chance(path.read_text("utf-8")) for path in MODULES}

    assert {name: places for name, places in found.items() if places and name not in HOMES} == {}
    assert all(found[home] for home in HOMES), "the search sees what the homes do"


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import datetime\nnow = datetime.now()",
        "import datetime\nnow = datetime.date.today",
        "import time\nnow = time.time()",
        "from time import time",
        "import uuid",
        "from secrets import token_bytes",
        "import random\nrandom.shuffle(a)",
        "from random import choice",
        "import random\ngenerator = random.Random()",
        "import os\nos.urandom(8)",
        "QDate.currentDate()",
    ],
)
def test_a_clock_or_chance_elsewhere_would_be_found(source: str) -> None:
    assert clocks_and_chance(source) != []


def test_a_generator_from_a_seed_and_a_clock_handed_in_are_neither() -> None:
    source = (
        "from random import Random\nimport random\na = Random(1)\nb = random.Random(seed)\nc = ws.now()\nb.random()"
    )

    assert clocks_and_chance(source) == []


def test_nothing_can_open_an_internet_socket() -> None:
    found = {shown(path): network_imports(path.read_text("utf-8")) for path in PACKAGE.rglob("*.py")}

    assert {name: modules for name, modules in found.items() if modules} == {}


@pytest.mark.parametrize(
    "source",
    [
        "import socket",
        "import urllib.request",
        "from urllib import request",
        "from http.client import HTTPSConnection",
        "def f():\n    import ssl",
        "from PySide6.QtNetwork import QLocalSocket, QTcpSocket",
        "from PySide6 import QtNetwork",
        "import asyncio",
    ],
)
def test_an_import_that_reaches_out_would_be_found(source: str) -> None:
    assert network_imports(source) != []


def test_sockets_inside_this_computer_are_allowed() -> None:
    assert network_imports("from PySide6.QtNetwork import QLocalServer, QLocalSocket\nimport urllib.parse") == []


def test_no_pattern_is_one_that_debians_python_matches_wrongly() -> None:
    found = {shown(path): possessive_patterns(path.read_text("utf-8")) for path in MODULES}

    assert {path: patterns for path, patterns in found.items() if patterns} == {}


@pytest.mark.parametrize("pattern", ["(?:/[a-z]+)++x", r"[\w.]*+", "(?:a)?+", "(?>a|b)", r"\w++"])
def test_such_a_pattern_would_be_found(pattern: str) -> None:
    assert possessive_patterns(f'import re\nX = re.compile(rf"{pattern}")') != []


@pytest.mark.parametrize("pattern", ["(?:/[a-z]+)+x", "[+*]+", r"\++", "a?b+"])
def test_a_plain_pattern_would_not(pattern: str) -> None:
    assert possessive_patterns(f'import re\nX = re.compile(r"{pattern}")') == []
