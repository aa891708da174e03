"""What a person does at the screens, for tests: press what has the focus, choose files, be called back later."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from iowscp_desktop.ui.choosing import FileRequest
from iowscp_desktop.ui.jobs import Cancelled, Job, Ticket
from iowscp_desktop.ui.widgets.key_paper import RecoveryPaper
from iowscp_desktop.ui.widgets.labels import Label

T = TypeVar("T")


class Recorded:
    """A view that writes down what it is asked to show."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, tuple[Any, ...]]] = []

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *args, **named: self.calls.append((name, (*args, *named.values())))

    def names(self) -> list[str]:
        """What it was asked to do, in order."""
        return [name for name, _args in self.calls]

    def last(self, name: str) -> Any:
        """The first argument of the last call of that name."""
        return [args for called, args in self.calls if called == name][-1][0]

    def clear(self) -> None:
        """Forget what was."""
        self.calls.clear()


class Chooser:
    """A person who chooses these files or folders, and remembers what they were asked."""

    def __init__(self, *answers: Path) -> None:
        self.answers = answers
        self.asked: list[FileRequest] = []

    def __call__(self, request: FileRequest, on_chosen: Callable[[tuple[Path, ...]], None]) -> None:
        self.asked.append(request)
        if self.answers:
            on_chosen(self.answers)


class WhenTold:
    """A runner that has started a job and does its work when the test says so."""

    def __init__(self) -> None:
        self._finish: Callable[[], None] = lambda: None

    def run(self, job: Job[T]) -> Ticket:
        """Start a job and return its ticket."""
        ticket = Ticket(job.on_progress)

        def finish() -> None:
            try:
                ticket.check()
                result = job.work(ticket)
            except Cancelled:
                job.on_cancelled()
            else:
                job.on_done(result)

        self._finish = finish
        return ticket

    def finish(self) -> None:
        """Do the work."""
        self._finish()


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key on whatever has the focus."""
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifier)


def tab_to(page: QWidget, wanted: QWidget) -> None:
    """Go to a widget by Tab alone."""
    for _ in range(200):
        if QApplication.focusWidget() is wanted:
            return
        QTest.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not reach {wanted}")


def words_on(page: QWidget) -> str:
    """Return all the words that are shown."""
    return "\n".join(label.text() for label in page.findChildren(Label) if label.isVisible())


def groups_on(paper: RecoveryPaper) -> dict[int, str]:
    """Read a recovery key as a person does: each group with its number."""
    return {int(number): group for number, group in (label.text().split() for label in paper._groups)}


def write_down(paper: RecoveryPaper) -> None:
    """Type back the two groups of a recovery key that are asked for; the last Enter goes on."""
    groups = groups_on(paper)
    for field in (paper.first_field, paper.second_field):
        field.control.setFocus()
        QTest.keyClicks(field.control, groups[int(field._label.text().removeprefix("Group "))])
        QTest.keyClick(field.control, Qt.Key.Key_Return)
