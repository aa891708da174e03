"""Compares our engine with two others on random forms: `python -m tests.conformance --forms 500 --seed 1`."""

import argparse
import sys
import time
from collections import Counter
from random import Random

from tests.conformance.comparison import Outcome, Walk, explanations
from tests.conformance.peers.engines import JavaRosa, Peer, WebForms, missing
from tests.conformance.random_forms import random_form


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--forms", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="the number of one form")
    parser.add_argument("--peer", choices=("javarosa", "web-forms"))
    options = parser.parse_args()
    if why := missing():
        print(why)
        return 2
    kinds = [kind for kind in (JavaRosa, WebForms) if options.peer in (None, kind.name)]
    peers: list[Peer] = [kind() for kind in kinds]
    known, outcome, features = explanations(), Outcome(), Counter[str]()
    begun = time.perf_counter()
    for number in range(options.forms) if options.only is None else [options.only]:
        form = random_form(options.seed, number)
        features += form.features
        if options.only is not None:
            print(form.xml)
        walk = Walk(form, peers, known, outcome)
        walk.run(Random(f"walk {options.seed} {number}"))
        if options.only is not None:
            print(*walk.operations, sep="\n")
    for peer in peers:
        peer.stop()
    groups = Counter((d.peer, d.aspect, d.rules.split()[0] if d.rules else "") for d in outcome.unexplained)
    for d in outcome.unexplained:
        print(d)
    print(groups)
    print(len(outcome.unexplained), dict(outcome.compared), dict(outcome.after), dict(outcome.deeds), time.perf_counter() - begun)
    print(outcome.explained)
    return 1 if outcome.unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
