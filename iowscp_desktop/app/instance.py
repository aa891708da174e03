"""One program on one workspace: the second start hands over to the first."""

from pathlib import Path

from iowscp_desktop.app.unlocking import DATABASE
from iowscp_desktop.store import instance
from iowscp_desktop.store.instance import Hold

__all__ = ["Hold", "answer_knock", "claim", "is_unanswered", "knock"]


def claim(folder: Path) -> Hold | None:
    """Claim a workspace for this program until it ends; None where there is no workspace yet.

    Raises:
        InUse: Another program has it.
        CannotWrite: The folder may not be written.
    """
    return Hold(folder / DATABASE) if folder.is_dir() else None


def knock(folder: Path, files: tuple[Path, ...]) -> None:
    """Ask the program that has a workspace to come to the front, and to take files.

    Raises:
        CannotWrite: The folder may not be written.
    """
    instance.knock(folder / DATABASE, files)


def is_unanswered(folder: Path) -> bool:
    """Tell whether the last knock still waits."""
    return instance.is_unanswered(folder / DATABASE)


def answer_knock(folder: Path) -> tuple[Path, ...] | None:
    """Take a knock away; return the files it brought, or None when nobody knocked."""
    return instance.answer_knock(folder / DATABASE)
