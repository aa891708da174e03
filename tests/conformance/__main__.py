"""Compares our engine with two others on random forms: `python -m tests.conformance --forms 500 --seed 1`."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

from tests.conformance.comparison import Difference, Outcome, Walk, explanations
from tests.conformance.mutants import MUTANTS, broken
from tests.conformance.peers.engines import JavaRosa, Peer, WebForms, missing
from tests.conformance.random_forms import random_form
from tests.conformance.report import REPORT, report, too_rare

MUTANT_FORMS = 50


def main() -> int:
    """Run what was asked for. The result is 0 when nothing is unexplained and every mutant was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.conformance", description=__doc__)
    parser.add_argument("--forms", type=int, default=500, help="how many forms")
    parser.add_argument("--seed", type=int, default=1, help="another seed makes other forms")
    parser.add_argument(
        "--only", type=int, metavar="NUMBER", help="show one form, what was done to it and what differed"
    )
    parser.add_argument("--mutants", action="store_true", help="only look for the engine's mutants")
    parser.add_argument("--write", action="store_true", help=f"write {REPORT.name}")
    options = parser.parse_args()
    if why := missing():
        print(f"The other engines cannot run: {why}")
        return 2
    with running() as peers:
        if options.only is not None:
            return _show(options.seed, options.only, peers)
        found = Counter[str]()
        if options.mutants or options.write:
            found = hunt(options.seed, peers)
            for name in MUTANTS:
                print(f"mutant “{name}”: {f'found in form {found[name]}' if name in found else 'NOT FOUND'}")
        if options.mutants:
            return 0 if len(found) == len(MUTANTS) else 1
        return _compare(options, peers, found)


@contextmanager
def running() -> Iterator[list[Peer]]:
    """Both peers, started and in the end stopped."""
    peers: list[Peer] = [JavaRosa(), WebForms()]
    try:
        yield peers
    finally:
        for peer in peers:
            peer.stop()


def _compare(options: argparse.Namespace, peers: list[Peer], found: Counter[str]) -> int:
    outcome, features = Outcome(), Counter[str]()
    for number in range(options.forms):
        form = random_form(options.seed, number)
        features += form.features
        known = len(outcome.unexplained)
        Walk(form, peers, explanations(), outcome).run(Random(f"walk {options.seed} {number}"))
        for difference in outcome.unexplained[known:]:
            print(_line(difference), flush=True)
    text = report(options.forms, options.seed, outcome, features, found)
    print(text)
    if options.write:
        REPORT.write_text(text, encoding="utf-8")
    rare = too_rare(features, outcome) if options.forms >= 500 else []
    print(f"{len(outcome.unexplained)} unexplained differences; too rare: {', '.join(rare) or 'nothing'}")
    lost = (options.mutants or options.write) and len(found) < len(MUTANTS)
    return 1 if outcome.unexplained or rare or lost else 0


def hunt(seed: int, peers: list[Peer]) -> Counter[str]:
    """Break the engine in each known way; say which form shows it. Only forms that show nothing otherwise count."""
    sound = [number for number in range(MUTANT_FORMS) if not _differs(seed, number, peers)]
    found = Counter[str]()
    for name in MUTANTS:
        with broken(name):
            shown = next((number for number in sound if _differs(seed, number, peers)), None)
        if shown is not None:
            found[name] = shown
    return found


def _differs(seed: int, number: int, peers: list[Peer]) -> bool:
    outcome = Outcome()
    Walk(random_form(seed, number), peers, explanations(), outcome).run(Random(f"walk {seed} {number}"))
    return bool(outcome.unexplained)


def _show(seed: int, number: int, peers: list[Peer]) -> int:
    form, outcome = random_form(seed, number), Outcome()
    print(form.xml)
    walk = Walk(form, peers, explanations(), outcome)
    walk.run(Random(f"walk {seed} {number}"))
    print(*walk.operations, sep="\n")
    print(*map(_line, outcome.unexplained), sep="\n")
    return 1 if outcome.unexplained else 0


def _line(found: Difference) -> str:
    return (
        f"form {found.form} step {found.step} {found.peer} {found.ref} {found.aspect}: ours {found.ours!r}, "
        f"theirs {found.theirs!r}, the other's {found.other!r} [{found.rules}]"
    )


if __name__ == "__main__":
    sys.exit(main())
