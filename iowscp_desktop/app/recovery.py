"""The recovery key on paper: made once, shown, and believed to be written down once two groups are typed back."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from iowscp_desktop.crypto import CodeMistyped, new_recovery_key, read_recovery_key, read_so_far
from iowscp_desktop.domain.clock import LOCAL_ZONE
from iowscp_desktop.errors import RecoveryTypo
from iowscp_desktop.reports.key_sheets import RecoverySheet, recovery_sheet
from iowscp_desktop.reports.render import save_pdf
from iowscp_desktop.store.keys import Recovery
from iowscp_desktop.store.slots import new_slot_id

GROUPS: Final = 9
LENGTH: Final = 36
"""Characters of a recovery key, without hyphens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What is printed, and what is asked about it before it counts."""

    recovery: Recovery
    printed: str = field(repr=False)
    """`WE85-BVT8-…`: nine groups of four."""

    @property
    def number(self) -> str:
        """By which this sheet is told from an older one."""
        return self.recovery.sheet

    @property
    def asked(self) -> tuple[int, int]:
        """Which two groups are to be typed back, from 0: given by the number, so that it stays the same two."""
        number = int(self.number, 16)
        first = number % GROUPS
        second = (first + 1 + number // GROUPS % (GROUPS - 1)) % GROUPS
        return min(first, second), max(first, second)

    @property
    def groups(self) -> Sequence[str]:
        """The nine groups."""
        return self.printed.split("-")

    def is_typed_back(self, first: str, second: str) -> tuple[bool, bool]:
        """Tell of each of the two groups whether it was typed as it is printed."""
        one, other = (_reads(typed) == self.groups[at] for typed, at in zip((first, second), self.asked, strict=True))
        return one, other


def new_sheet() -> Sheet:
    """Return a fresh recovery key."""
    key, printed = new_recovery_key()
    return Sheet(recovery=Recovery(slot_id=new_slot_id(), key=key), printed=printed)


def save_sheet(sheet: Sheet, path: Path, *, workspace: str, at: datetime) -> Path:
    """Write a recovery sheet as a PDF, to be printed and not kept on this computer.

    Args:
        workspace: Whose it is, as people call it.

    Raises:
        ReportError: It cannot be written there.
    """
    made = at.astimezone(LOCAL_ZONE).date()
    paper = RecoverySheet(number=sheet.number, groups=sheet.groups, workspace=workspace, made=made)
    save_pdf(recovery_sheet(paper), path, at=at)
    return path


def delete_page(path: Path) -> bool:
    """Take a printed page away from the disk again; tell whether it is gone."""
    with suppress(OSError):
        path.unlink(missing_ok=True)
    return not path.exists()


def recovery_key(typed: str) -> bytes:
    """Return the recovery key that was typed. Nothing is tried with it.

    Raises:
        RecoveryTypo: It cannot be one.
    """
    try:
        return read_recovery_key(typed)
    except CodeMistyped as error:
        raise RecoveryTypo from error


def _reads(typed: str) -> str:
    try:
        return read_so_far(typed)
    except CodeMistyped:
        return ""
