"""Files that carry one piece of a story each, as another program may write them: any order comes to the same."""

from collections.abc import Sequence
from itertools import permutations
from pathlib import Path

import pytest

from iowscp_desktop.app import kept_files, merging
from iowscp_desktop.errors import EntryMissing
from tests.app.conftest import Round
from tests.app.test_exchange import answers
from tests.app.test_hostile_returns import Liar, answer

WORDS = ("one", "two", "three", "four", "five", "six")


@pytest.fixture
def liar(audit: Round, tmp_path: Path) -> Liar:
    return Liar(audit, tmp_path)


def pieces(liar: Liar) -> list[Path]:
    """Three files, each with two entries of one stream."""
    stream, entries = liar.chain([answer(f"q{word}", word) for word in WORDS])
    return [liar.write(liar.sealed((stream, entries[at : at + 2]))) for at in (0, 2, 4)]


def brought(done: Sequence[merging.Incoming]) -> list[int]:
    return [each.new for each in done]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_piece_waits_for_the_one_before_it_and_all_of_them_are_taken_in(liar: Liar, order: tuple[int, ...]) -> None:
    files = pieces(liar)

    seen = merging.preview(liar.audit.team, [files[at] for at in order])
    done, _changes = merging.merge(liar.audit.team, seen)

    assert brought(seen) == brought(done) == [2, 2, 2]
    assert [each.refused for each in done] == [None, None, None]
    assert {(f"q{word}", word) for word in WORDS} <= set(answers(liar.audit.team))
    assert liar.audit.team.verify().wrongs == ()


def test_a_piece_whose_beginning_has_not_come_is_kept_until_it_comes(liar: Liar) -> None:
    first, second, third = pieces(liar)
    team = liar.audit.team

    early, _changes = merging.merge(team, merging.preview(team, [third, first]))
    kept = [each.sha256 for each in kept_files.kept_files(team)]
    late, _changes = merging.merge(team, merging.preview(team, [second, third]))

    assert isinstance(early[0].refused, EntryMissing)
    assert (early[1].refused, early[1].new) == (None, 2)
    assert kept == [early[0].sha256]
    assert brought(late) == [2, 2]
    assert {(f"q{word}", word) for word in WORDS} <= set(answers(team))
