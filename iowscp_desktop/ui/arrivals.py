"""Files that reach a workspace which is not the team's: a receipt, later feedback. Taken in whole, and told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from iowscp_desktop import text
from iowscp_desktop.app import merging, responses
from iowscp_desktop.app.merging import Incoming
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.ui.jobs import Job, Runner
from iowscp_desktop.ui.notify import Notifier
from iowscp_desktop.ui.widgets.messages import Message, Weight


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """How what came is told."""

    tell: Callable[[Changes], None]
    notifier: Notifier
    on_decide: Callable[[], None]
    """Leads to where two different answers are settled."""


def take_in(ws: Workspace, paths: Sequence[Path], runner: Runner, telling: Telling) -> None:
    """Take files in, in a job, and say what came."""
    before, notifier = _receipts(ws), telling.notifier

    def done(result: tuple[tuple[Incoming, ...], Changes]) -> None:
        files, changes = result
        telling.tell(changes)
        for refused in (file.refused for file in files if file.refused is not None):
            notifier.show_error(refused)
        good = [file for file in files if file.refused is None]
        brought = [file for file in good if file.new or (file.type == "directory" and not file.merged_before)]
        if good and not brought:
            notifier.say(Message(weight=Weight.NOTE, words=text.Shell.nothing_new))
        elif good:
            notifier.say(_message(brought, tuple(sorted(_receipts(ws) - before)), telling))

    runner.run(Job(work=lambda _ticket: merging.merge(ws, merging.preview(ws, paths)), on_done=done))


def _message(files: Sequence[Incoming], receipts: tuple[str, ...], telling: Telling) -> Message:
    """Say what came, and what is to be done about it."""
    named = dict.fromkeys(text.Shell.arrived[file.type] for file in files if file.type in text.Shell.arrived)
    said = [*([text.Shell.receipts(receipts)] if receipts else []), *named] or [text.Shell.taken_in]
    words = " ".join(said)
    differ = len({place for file in files for place in file.clashes})
    notes = (
        (bool(differ), text.Shell.to_decide(differ)),
        (any(file.missing or file.earlier_missing for file in files), text.Shell.gap),
        (any(file.quarantined for file in files), text.Shell.aside),
    )
    remedy = " ".join(note for applies, note in notes if applies)
    return Message(
        weight=Weight.WARNING if remedy else Weight.DONE,
        words=words,
        remedy=remedy,
        offer=text.Shell.decide if differ else "",
        on_offer=telling.on_decide if differ else None,
    )


def _receipts(ws: Workspace) -> set[str]:
    return {line.receipt for line in responses.tasks(ws) if line.receipt}
