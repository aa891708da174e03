"""A code while it is being typed, one-time or recovery: how it is read so far, and whether it can be one."""

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final

from iowscp_desktop.app.recovery import LENGTH as RECOVERY_LENGTH
from iowscp_desktop.app.recovery import recovery_key
from iowscp_desktop.crypto import CodeMistyped, read_one_time_code, read_so_far
from iowscp_desktop.errors import RecoveryTypo

LENGTH: Final = 16


class CodeState(Enum):
    """How far a code is typed."""

    INCOMPLETE = auto()
    MISTYPED = auto()
    """It is long enough and cannot be right, or holds a sign that no code has."""
    READY = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedCode:
    """What a person has typed, as the program reads it."""

    state: CodeState
    groups: str = field(default="", repr=False)
    """In groups of four, capitals, without what does not count."""
    missing: int = 0
    """How many characters are still to come."""


def typed_code(typed: str) -> TypedCode:
    """Return how a code is read: lower case, spaces, hyphens, O for 0 and I or L for 1 do not matter."""
    try:
        so_far = _so_far(typed, LENGTH)
        return so_far or TypedCode(state=CodeState.READY, groups=read_one_time_code(typed))
    except CodeMistyped:
        return TypedCode(state=CodeState.MISTYPED)


def typed_recovery(typed: str) -> TypedCode:
    """Return how a recovery key is read, as forgiving as `typed_code`."""
    try:
        so_far = _so_far(typed, RECOVERY_LENGTH)
        if so_far is not None:
            return so_far
        recovery_key(typed)
        return TypedCode(state=CodeState.READY, groups=read_so_far(typed))
    except (CodeMistyped, RecoveryTypo):
        return TypedCode(state=CodeState.MISTYPED)


def _so_far(typed: str, length: int) -> TypedCode | None:
    """Return the beginning of a code, or None when it is as long as a code is."""
    groups = read_so_far(typed)
    count = len(groups.replace("-", ""))
    if count >= length:
        return None
    return TypedCode(state=CodeState.INCOMPLETE, groups=groups, missing=length - count)
