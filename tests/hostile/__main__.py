"""Try every attack, print the table, and write it down.

python -m tests.hostile [--seed 1] [--share 1.0] [--write docs/hostile.md]
"""

import argparse
import logging
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.hostile import files, people, words
from tests.hostile.accidents import ACCIDENTS, may_mount, try_accident
from tests.hostile.ground import prepare
from tests.hostile.kills import prepare_post, try_kills
from tests.hostile.table import Row, as_markdown, controls
from tests.hostile.trying import try_attack

KILLS = 200

HEAD = """# What hostile and unlucky files can do

Written by `make hostile`: every attack below was tried on a real team's encrypted workspace, with real sealed files, by
looking at them and taking them in as the screen does. {tries} tries, seed {seed}, in {minutes} minutes on one core.

- **Accepted** counts tries after which anything of the attack counted.
- **Crashed** counts tries that ended in an error which the program does not know.
- **Left behind** counts rows, bytes of files, certificates and files on the disk that are there afterwards and were not
  before, and whatever stood before and stands no longer.
- **Set aside** is what is kept with the reason, for the team to look at ([record
  24](decisions/0024-set-aside.md)). It does not count until the team says so.
- In every batch comes an **honest** file of another school, in a random place; it must be taken in.

The stick that is full or pulled out is {stick}.

"""

TAIL = """

## What shows that an attack would be seen

After each line the same judge was given something that it must notice; here is what:

{controls}

That shows that the judge sees what counts, not which check kept an attack out.

`tests/hostile/test_controls.py` switches single checks off, two seeded tries each. What then comes
in, and what else stands in its way:

- **signature of the manifest**: manifest edited, old signature; besides: an edit to another type of file meets the
  sender's role
- **the same, and the signatures of seals**: forged signers; with the manifest's alone
  switched off, the seals keep all of it out
- **whom a file is for**: a file for another team, sealed again
- **digest of a part**: evidence exchanged after signing; edited entries are kept out by
  unpacking and by their own chain
- **the one header of the archive**: links, folders, devices; paths that lead elsewhere; besides: the length of the
  archive, for one by other hands (not tried)
- **zeros between the parts**: something written into them
- **one form for one value, in the manifest**: its number twice
- **sizes that are said**: a part that unpacks to a thousand times its size; besides: where the size is a lie, the
  count while unpacking (not switched off)
- **which project**: a file of another project
- **who may write what**: another school, another round, another role, entries of a revoked device; besides: which
  types a role may send, for some of another role
- **devices that are revoked, and who may write what**: a revoked device goes on sending; with the
  first alone switched off, it is set aside
- **what evidence is**: programs, macros, polyglots
- **second stories of one stream**: a clone that goes further; besides: a clone that goes no further changes
  nothing, but nobody is told
- **files known by their bytes, and entries known**: replays: a crash is seen, nothing counts; besides: files known,
  entries known, and one row for one entry

- **one form for one value, in events**: an event that can be read in two ways
- **the time of invitations**: expired signers
- **removing what was begun**: the stick is full or pulled out (where a tiny disk can be mounted)

Not switched off: unknown signers, withdrawn invitations, false answers to them, lies about sizes, versions, and the
order and number of parts. `tests/hostile/test_hostile.py` does two tries of each line of the table.

## What was not tried

Attacks on whoever has the workspace open, and on what other programs do with a file that somebody saved a copy of:
see [the threat model](threat-model.md).
"""


def rows(folder: Path, share: float, seed: int) -> Iterator[Row]:
    """Yield a row for each attack, as it is done."""
    ground = prepare(folder / "ground")
    for attack in (*files.ATTACKS, *people.ATTACKS, *words.ATTACKS):
        yield try_attack(attack, ground, max(2, round(attack.tries * share)), seed)
    for accident in ACCIDENTS:
        yield try_accident(accident, ground, max(2, round(accident.tries * share)), seed)
    wrongs = ground.team.verify().wrongs
    ground.close()
    if wrongs:
        yield Row("everything together", tries=1, left=len(wrongs), control="the workspace was verified in the end")
    yield try_kills(prepare_post(folder / "post"), max(2, round(KILLS * share)), seed)


def main() -> int:
    """Return 0 if nothing was accepted, nothing crashed and nothing was left behind."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--share", type=float, default=1.0, help="of the full counts")
    parser.add_argument("--write", type=Path, help="the page to write")
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    began, done = time.monotonic(), list[Row]()
    with tempfile.TemporaryDirectory() as folder:
        for row in rows(Path(folder), given.share, given.seed):
            done.append(row)
            remark = "" if row.is_clean else f"   <-- NOT CLEAN {dict(row.said)} {row.control!r}"
            print(
                f"{row.attack}: {row.tries} tries, {row.accepted} accepted, {row.crashed} crashed, {row.left} left"
                f" behind, {row.aside} set aside, {row.honest_taken} of {row.honest} honest{remark}",
                flush=True,
            )
    minutes = f"{(time.monotonic() - began) / 60:.0f}"
    tries = sum(row.tries for row in done)
    print(f"{tries:,} tries in {minutes} minutes")
    clean = all(row.is_clean for row in done)
    if given.write is not None and clean:
        stick = "a tmpfs of a page, or one unmounted" if may_mount() else "a folder that goes (a tmpfs needs root)"
        head = HEAD.format(tries=f"{tries:,}", seed=given.seed, minutes=minutes, stick=stick)
        given.write.write_text(head + as_markdown(done) + TAIL.format(controls=controls(done)), encoding="utf-8")
    return 0 if clean else 1


if __name__ == "__main__":
    sys.exit(main())
