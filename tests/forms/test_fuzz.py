"""Nothing that is thrown at the parser and the importer crashes or hangs them; what once did is thrown again."""

import time
from pathlib import Path
from random import Random

import pytest

from iowscp_desktop.errors import NotAForm
from tests.forms.fuzz.expressions import EXPRESSIONS
from tests.forms.fuzz.files import FILES
from tests.forms.fuzz.running import Outcome, Target, fault_of, run

FOUND = sorted((Path(__file__).parent / "fuzz" / "found").glob("*-*"))
TARGETS = {target.name: target for target in (EXPRESSIONS, FILES)}


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_what_once_crashed_or_hung_does_no_more(path: Path) -> None:
    target = TARGETS[path.name.partition("-")[0]]

    assert fault_of(target.feed, path.read_bytes(), Outcome(), cap=30) == ""


@pytest.mark.parametrize(
    ("target", "cases"), [(EXPRESSIONS, 250), (FILES, 40)], ids=lambda each: getattr(each, "name", "")
)
def test_nothing_thrown_at_it_crashes_or_hangs_it(target: Target, cases: int) -> None:
    outcome = run(target, seed=7, cases=cases)

    assert [(number, fault) for number, fault, _case in outcome.found] == []
    assert outcome.taken > cases // 10
    assert outcome.refused
    assert outcome.batches >= 1


def _always(chance: Random) -> bytes:
    return bytes([chance.randrange(256)])


def test_a_crash_a_hang_and_a_wrong_refusal_would_be_found() -> None:
    def crash(_case: bytes) -> None:
        raise KeyError("x")

    def hang(_case: bytes) -> None:
        while True:
            time.monotonic()

    def refuse(_case: bytes) -> None:
        raise NotAForm("it is empty")

    faults = [fault_of(feed, b"", Outcome(), cap=0.05) for feed in (crash, hang, refuse)]
    outcome = run(Target("t", _always, refuse, lambda: False), seed=1, cases=3)

    assert [fault.partition(":")[0] for fault in faults] == ["crash", "hang", ""]
    assert outcome.refused["F101"] == 3
    assert [fault for _number, fault, _case in outcome.found] == ["something valid is no longer taken"]
