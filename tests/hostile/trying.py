"""One kind of attack, tried: with an honest file in every batch, and a look at everything before and after."""

import random
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from iowscp_desktop.app.merging import Incoming
from tests.hostile.ground import Ground, left_behind
from tests.hostile.table import Row

TOGETHER = 40
"""Attacks that come together in one batch, with one honest file."""

Poison = Callable[[Ground, random.Random], bytes | Path]


@dataclass(frozen=True)
class Attack:
    """How a file is made that must not count, and how the same is made without its fault."""

    name: str
    poison: Poison
    twin: Poison
    """As `poison`, with the fault left out: it must count, or nothing is proved."""
    tries: int = 100
    """In the full run."""


def fresh(ground: Ground, _chance: random.Random) -> bytes:
    """The twin of all that is done to a file: a file to which nothing is done."""
    return ground.fresh()


def try_attack(attack: Attack, ground: Ground, tries: int, seed: int) -> Row:
    """Try it so many times, in batches."""
    row = Row(attack.name)
    while row.tries < tries:
        chance = random.Random(f"{seed} {attack.name} {row.tries}")
        _try_batch(row, attack, ground, chance, min(TOGETHER, tries - row.tries))
    row.control = _control(attack, ground, seed)
    return row


def _try_batch(row: Row, attack: Attack, ground: Ground, chance: random.Random, count: int) -> None:
    poisons = [_laid(ground, attack.poison(ground, chance)) for _ in range(count)]
    honest = ground.honest_file()
    before, own = ground.look(), ground.own()
    batch = [*poisons, honest]
    chance.shuffle(batch)
    row.tries += count
    results = _taken(row, ground, batch)
    after = ground.look()
    row.honest += 1
    row.honest_taken += any(each.path == honest and each.refused is None and each.new for each in results)
    own |= ground.own()
    strangers = len(after.strangers(before, own))
    row.accepted += max(strangers, sum(_counts(each) for each in results if each.path != honest))
    row.left += left_behind(before, after, own)
    _tell(row, [each for each in results if each.path != honest])
    for path in batch:
        path.unlink(missing_ok=True)


def _laid(ground: Ground, made: bytes | Path) -> Path:
    return made if isinstance(made, Path) else ground.put(made)


def _taken(row: Row, ground: Ground, batch: list[Path]) -> list[Incoming]:
    """Take a batch in; if that crashes, each of its files by itself, so that every culprit counts."""
    try:
        return list(ground.take(batch))
    except Exception:  # noqa: BLE001 - any error that the program does not know is what is looked for
        row.said[traceback.format_exc(limit=-1).splitlines()[-1][:60]] += 1
    found: list[Incoming] = []
    for path in batch:
        try:
            found += ground.take([path])
        except Exception:  # noqa: BLE001 - as above
            row.crashed += 1
    row.crashed += not row.crashed
    return found


def _counts(each: Incoming) -> bool:
    return each.refused is None and each.new > each.quarantined


def _tell(row: Row, results: list[Incoming]) -> None:
    for each in results:
        if each.refused is not None:
            row.said[f"{each.refused.code} {type(each.refused).__name__}"] += 1
        elif each.quarantined or each.forked:
            row.aside += 1
            row.said["set aside"] += 1
        else:
            row.said["nothing new in it"] += not each.new


def _control(attack: Attack, ground: Ground, seed: int) -> str:
    """The same file without its fault is taken in, and this very judge says so."""
    seen = Row(attack.name)
    _try_batch(seen, Attack(attack.name, attack.twin, attack.twin), ground, random.Random(seed), 1)
    if not seen.accepted or seen.crashed:
        return ""
    return "the same file without its fault counts, and is seen to"
