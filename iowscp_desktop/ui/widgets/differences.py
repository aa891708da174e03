"""Which words of two texts differ. No Qt."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

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
    for kind, left_from, left_to, right_from, right_to in matcher.get_opcodes():
        for runs, words in ((ours_runs, left[left_from:left_to]), (theirs_runs, right[right_from:right_to])):
            if words:
                runs.append(Run("".join(words), kind != "equal"))
    return tuple(ours_runs), tuple(theirs_runs)
