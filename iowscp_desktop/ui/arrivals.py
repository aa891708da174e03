"""Files that reach a workspace which is not the team's: a receipt, later feedback. Taken in whole, and told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from iowscp_desktop.app import merging, responses
from iowscp_desktop.app.merging import Incoming
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.errors import AppError
from iowscp_desktop.ui.jobs import Job, Runner


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """How what came is told."""

    tell: Callable[[Changes], None]
    refused: Callable[[AppError], None]
    nothing_new: Callable[[], None]
    taken: Callable[[tuple[str, ...]], None]
    """With the receipts that came, if any."""


def take_in(ws: Workspace, paths: Sequence[Path], runner: Runner, telling: Telling) -> None:
    """Take files in, in a job, and tell what came."""
    before = _receipts(ws)

    def done(result: tuple[tuple[Incoming, ...], Changes]) -> None:
        files, changes = result
        telling.tell(changes)
        for refused in (file.refused for file in files if file.refused is not None):
            telling.refused(refused)
        good = [file for file in files if file.refused is None]
        if good and not any(file.new for file in good):
            telling.nothing_new()
        elif good:
            telling.taken(tuple(sorted(_receipts(ws) - before)))

    runner.run(Job(work=lambda _ticket: merging.merge(ws, merging.preview(ws, paths)), on_done=done))


def _receipts(ws: Workspace) -> set[str]:
    return {line.receipt for line in responses.tasks(ws) if line.receipt}
