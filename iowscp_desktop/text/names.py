"""Words about what seems to point at a person: below a text, and before signing."""

from collections.abc import Iterable, Sequence
from typing import Final

_NAME: Final = "name"
_MOST_NAMED: Final = 3


class Names:
    """Names kept out of free texts."""

    considered = "I have considered it"
    noted = "Noted: you have considered it."
    leave_names = "Leave names out, or say that you have considered it."
    leave_it = "Leave it out, or say that you have considered it."
    leave_them = "Leave them out, or say that you have considered it."
    only_leave_names = "Leave names out."
    only_leave_it = "Leave it out, unless it has to be here."
    only_leave_them = "Leave them out, unless they have to be here."
    check_about = "You can sign all the same. Look at each and leave names out, or say that you have considered it."

    @staticmethod
    def doubt(pieces: Sequence[tuple[str, str]], *, can_consider: bool = True) -> str:
        """Say what in a text seems to point at a person, and what to do.

        Args:
            pieces: What each looks like, and the words themselves.
            can_consider: Whether there is a place to say that it was considered.
        """
        kinds = tuple(dict.fromkeys(kind for kind, _words in pieces))
        said = [_said(kind, [words for each, words in pieces if each == kind]) for kind in kinds]
        if kinds == (_NAME,):
            said.append(Names.leave_names if can_consider else Names.only_leave_names)
        elif len(pieces) == 1:
            said.append(Names.leave_it if can_consider else Names.only_leave_it)
        else:
            said.append(Names.leave_them if can_consider else Names.only_leave_them)
        return " ".join(said)

    @staticmethod
    def answers(count: int) -> str:
        """How many answers seem to name somebody."""
        return "1 answer seems to name somebody" if count == 1 else f"{count} answers seem to name somebody"

    @staticmethod
    def answer(number: str, title: str, kinds: Iterable[str]) -> str:
        """One of them, with what it seems to hold; never the words themselves."""
        return f"{number}  {title}: {', '.join(_an(kind) for kind in dict.fromkeys(kinds))}"

    @staticmethod
    def more(count: int) -> str:
        """What the list leaves out."""
        return f"and {count} more"


def _said(kind: str, words: Sequence[str]) -> str:
    named = tuple(dict.fromkeys(words))
    shown = ", ".join(f"“{each}”" for each in named[:_MOST_NAMED])
    rest = f" and {len(named) - _MOST_NAMED} more" if len(named) > _MOST_NAMED else ""
    if kind == _NAME:
        return f"This looks as if it names somebody: {shown}{rest}."
    return f"This looks like {_an(kind)}: {shown}{rest}."


def _an(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiN" else f"a {kind}"
