"""The tests notice when the engine is wrong: some mutants here, all of them with `python -m tests.forms.mutants`."""

from pathlib import Path

import pytest

from tests.forms.mutants.catalogue import MUTANTS, Mutant
from tests.forms.mutants.plugin import MutantGone, mutated
from tests.forms.mutants.trial import ROOT, judge

FIRST = ("no cut-off where nothing changed", "halves are rounded to even")


def source_of(mutant: Mutant) -> str:
    return (ROOT / Path(*mutant.module.split("."))).with_suffix(".py").read_text(encoding="utf-8")


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_every_mutant_still_fits_the_engine(mutant: Mutant) -> None:
    changed = mutated(source_of(mutant), mutant)

    compile(changed, mutant.module, "exec")
    assert (ROOT / mutant.tests).exists()


def test_a_mutant_that_no_longer_fits_is_told() -> None:
    with pytest.raises(MutantGone):
        mutated("nothing of the kind", MUTANTS[0])


def test_there_are_at_least_ten_mutants_of_different_names() -> None:
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS) >= 10


@pytest.mark.slow
@pytest.mark.parametrize("mutant", [each for each in MUTANTS if each.name in FIRST], ids=lambda mutant: mutant.name)
def test_a_mutant_is_caught(mutant: Mutant) -> None:
    verdict = judge(mutant)

    assert verdict.caught, verdict.trouble
    assert verdict.by.startswith("test_")
