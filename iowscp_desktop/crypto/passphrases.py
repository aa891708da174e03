"""Passphrases that the program makes up: ordinary words, drawn so that nobody can guess them."""

from functools import cache

from iowscp_desktop.crypto.randomness import random_below
from iowscp_desktop.domain.shipped import shipped


def new_passphrase(*, words: int = 5) -> str:
    """Return a fresh passphrase, `crispy-lantern-…`: about 12.9 random bits a word, 64 in five."""
    choice = _words()
    return "-".join(choice[random_below(len(choice))] for _ in range(words))


@cache
def _words() -> tuple[str, ...]:
    """Return the shipped list; lines that start with # say where it comes from."""
    lines = shipped("resources", "words.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))
