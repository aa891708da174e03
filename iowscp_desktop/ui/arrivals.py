"""Files that reach a workspace which is not the team's: a receipt, later feedback. Taken in whole, and told."""

from collections.abc import Callable, Sequence
from pathlib import Path

from iowscp_desktop import text
from iowscp_desktop.app import merging, responses
from iowscp_desktop.app.merging import Incoming
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.ui.jobs import Job, Runner
from iowscp_desktop.ui.notify import Notifier
from iowscp_desktop.ui.widgets.messages import Message, Weight


def take_in(
    ws: Workspace, paths: Sequence[Path], runner: Runner, notifier: Notifier, tell: Callable[[Changes], None]
) -> None:
    """Take files in, in a job, and say what came."""
    before = _receipts(ws)

    def done(result: tuple[tuple[Incoming, ...], Changes]) -> None:
        files, changes = result
        tell(changes)
        for refused in (file.refused for file in files if file.refused is not None):
            notifier.show_error(refused)
        good = [file for file in files if file.refused is None]
        if good and not any(file.new for file in good):
            notifier.say(Message(weight=Weight.NOTE, words=text.Shell.nothing_new))
        elif good:
            receipts = tuple(sorted(_receipts(ws) - before))
            words = text.Shell.receipts(receipts) if receipts else text.Shell.taken_in
            notifier.say(Message(weight=Weight.DONE, words=words))

    runner.run(Job(work=lambda _ticket: merging.merge(ws, merging.preview(ws, paths)), on_done=done))


def _receipts(ws: Workspace) -> set[str]:
    return {line.receipt for line in responses.tasks(ws) if line.receipt}
