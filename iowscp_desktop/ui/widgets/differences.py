"""Which words of two texts differ. No Qt."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_TOO_SHORT = 2  # so few equal words between changes are marked too: the phrase reads as one change
_WORDS = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a text that is the same in both, or is not."""

    words: str
    differs: bool


def compare(ours: str, theirs: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Return both texts cut into runs. Put together again, the runs are the texts, every space of them."""
    left, right = _WORDS.findall(ours), _WORDS.findall(theirs)
    matcher = SequenceMatcher(None, [word.strip() for word in left], [word.strip() for word in right], autojunk=False)
    ours_runs: list[Run] = []
    theirs_runs: list[Run] = []
    steps = matcher.get_opcodes()
    for place, (kind, left_from, left_to, right_from, right_to) in enumerate(steps):
        inside = 0 < place < len(steps) - 1
        differs = kind != "equal" or (inside and left_to - left_from <= _TOO_SHORT)
        _extend(ours_runs, "".join(left[left_from:left_to]), differs=differs)
        _extend(theirs_runs, "".join(right[right_from:right_to]), differs=differs)
    return tuple(ours_runs), tuple(theirs_runs)


def _extend(runs: list[Run], words: str, *, differs: bool) -> None:
    if runs and runs[-1].differs == differs:
        runs[-1] = Run(runs[-1].words + words, differs)
    elif words:
        runs.append(Run(words, differs))
