"""How hard a passphrase is to guess, in three plain grades with a hint; and one made up for whoever wants it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Final

from iowscp_desktop.crypto import new_passphrase
from iowscp_desktop.errors import PassphraseTooEasy

_LEAST = 10
"""Characters, whatever they are."""
_JUDGED = 48
"""Characters that are looked at: more only help, and looking at them while somebody types would take too long."""
_LEAST_BESIDES = 6
"""Characters besides the names that anybody here would try first."""
_FAIR_SCORE: Final = 3
_STRONG_SCORE: Final = 4


class Strength(Enum):
    """How hard a passphrase is to guess for somebody who has the file and time."""

    TOO_EASY = auto()
    FAIR = auto()
    STRONG = auto()


class Hint(Enum):
    """Why it could be guessed."""

    NONE = auto()
    SHORT = auto()
    WELL_KNOWN = auto()
    """Many people use it, or nearly it."""
    OWN_NAMES = auto()
    """It holds a name that stands in this workspace."""
    NAMES = auto()
    ONE_WORD = auto()
    REPEATED = auto()
    IN_ORDER = auto()
    """Letters or keys beside each other."""
    DATE = auto()


@dataclass(frozen=True, slots=True)
class Judged:
    """What is thought of a passphrase."""

    strength: Strength
    hint: Hint = Hint.NONE


def judge(passphrase: str, names: Iterable[str] = ()) -> Judged:
    """Return how hard a passphrase is to guess, as the kept library `zxcvbn` estimates it; never a promise.

    Args:
        names: What anybody would try first here: the partnership's name, the organisation's, the person's.
    """
    if len(passphrase) < _LEAST:
        return Judged(Strength.TOO_EASY, Hint.SHORT)
    from zxcvbn import zxcvbn  # noqa: PLC0415 - its lists take 40 ms to load, which most starts of the program never need

    tried = _tried_first(names)
    if _besides(passphrase, tried) < _LEAST_BESIDES:
        return Judged(Strength.TOO_EASY, Hint.OWN_NAMES)
    found: Mapping[str, Any] = zxcvbn(passphrase[:_JUDGED], user_inputs=tried)
    score: int = found["score"]
    if score >= _STRONG_SCORE:
        return Judged(Strength.STRONG)
    hint = _hint(found["sequence"])
    return Judged(Strength.FAIR if score >= _FAIR_SCORE else Strength.TOO_EASY, hint)


def strength(passphrase: str, names: Iterable[str] = ()) -> Strength:
    """Return the grade alone."""
    return judge(passphrase, names).strength


def refuse_easy(passphrase: str, names: Iterable[str] = ()) -> None:
    """Let only a passphrase through that is not too easy, for whoever cannot show a grade while it is typed.

    Raises:
        PassphraseTooEasy: It would be guessed.
    """
    if strength(passphrase, names) is Strength.TOO_EASY:
        raise PassphraseTooEasy


def suggestion() -> str:
    """Return a passphrase of five words that nobody has chosen."""
    return new_passphrase()


def _tried_first(names: Iterable[str]) -> list[str]:
    """Return names whole and word by word, as somebody who knows the place would try them."""
    whole = [name.strip() for name in names if name.strip()]
    return whole + [word for name in whole for word in name.split() if len(word) > 3]


def _besides(passphrase: str, names: Iterable[str]) -> int:
    """Return how many letters and digits are left once the names are taken out."""
    rest = passphrase.casefold()
    for name in sorted(names, key=len, reverse=True):
        rest = rest.replace(name.casefold(), " ")
    return sum(character.isalnum() for character in rest)


def _hint(sequence: Iterable[Mapping[str, Any]]) -> Hint:
    """Return what is said of the longest part that is no chance."""
    known = [part for part in sequence if part["pattern"] != "bruteforce"]
    if not known:
        return Hint.NONE
    part = max(known, key=lambda each: len(each["token"]))
    match part["pattern"]:
        case "dictionary":
            return _hint_of_list(part["dictionary_name"])
        case "repeat":
            return Hint.REPEATED
        case "sequence" | "spatial":
            return Hint.IN_ORDER
        case "date" | "regex":
            return Hint.DATE
        case _:
            return Hint.NONE


def _hint_of_list(name: str) -> Hint:
    match name:
        case "user_inputs":
            return Hint.OWN_NAMES
        case "passwords":
            return Hint.WELL_KNOWN
        case "surnames" | "male_names" | "female_names":
            return Hint.NAMES
        case _:
            return Hint.ONE_WORD
