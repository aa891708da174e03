"""Answers as they are kept: by path and repeat instances, never by position. Order means nothing but in repeats."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Key = tuple[str, tuple[str, ...]]
"""A path without positions, and the ids of the repeat instances it lies in, outermost first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What was answered before a session begins.

    Attributes:
        values: The answers, as XML text.
        repeats: For a repeat in its surroundings (its path, the instances around it) its instances in order. A
            repeat that is not named here starts as the form has it.
        first: Whether this is the first time all the same: defaults and first-load actions run before the answers
            are put in.
    """

    values: Mapping[Key, str] = field(default_factory=dict[Key, str], repr=False)
    repeats: Mapping[Key, tuple[str, ...]] = field(default_factory=dict[Key, tuple[str, ...]])
    first: bool = False
