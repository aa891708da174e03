"""A process with the program's window, on which a folder is dropped: a test presses its keys from outside.

    python -m tests.e2e.merge_desk FOLDER POST

It opens the workspace in FOLDER with the passphrase from its input and drops the folder POST whenever the window asks
for files. What a person would see is printed, a line whenever it changes; the last line is a heart-beat, in JSON: how
long the window's thread worked between two beats of a timer of 5 ms, which is how long it would not have answered.
That is told in CPU time, which does not count waiting for a computer that others keep busy, and as the clock saw it.
"""

import json
import os
import sys
import time
import traceback
from pathlib import Path
from types import TracebackType
from typing import TypeVar, cast

from PySide6.QtCore import QElapsedTimer, QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from iowscp_desktop.app import opening
from iowscp_desktop.app.settings import Settings
from iowscp_desktop.app.workspace import Surroundings, Workspace
from iowscp_desktop.domain.clock import system_clock
from iowscp_desktop.domain.ids import new_id
from iowscp_desktop.ui.areas import MERGE
from iowscp_desktop.ui.conflict import ConflictPage
from iowscp_desktop.ui.jobs import JobRunner, keep_what_is_loaded
from iowscp_desktop.ui.main_window import MainWindow, Setup, put_in_force
from iowscp_desktop.ui.merge import MergePage
from iowscp_desktop.ui.widgets.versions import VersionCard

Page = TypeVar("Page", bound=QWidget)
BEAT = 50.0
"""Milliseconds that the window may take before it answers."""
PLANTED = 200.0
"""Milliseconds of work that are done on the window's thread at the end, to see that they would be noticed."""
MATTERS = 4


class Beats:
    """How long the window's thread worked, and how long it waited, between two looks at its events."""

    def __init__(self) -> None:
        self.gaps: list[float] = []
        self.work: list[float] = []
        self._clock, self._timer, self._cpu = QElapsedTimer(), QTimer(), time.thread_time()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._clock.start()
        self._timer.start(5)

    def _tick(self) -> None:
        cpu = time.thread_time()
        self.gaps.append(self._clock.nsecsElapsed() / 1e6)
        self.work.append((cpu - self._cpu) * 1e3)
        self._cpu = cpu
        self._clock.restart()

    def told(self) -> dict[str, float]:
        """Forget what was counted, and return it."""
        self._tick()
        gaps, self.gaps = self.gaps, []
        work, self.work = self.work, []
        late = [gap for gap in gaps if gap > BEAT]
        return {
            "beats": len(gaps),
            "busy": sum(each > BEAT for each in work),
            "most_work_ms": round(max(work)),
            "late": len(late),
            "longest_ms": round(max(gaps)),
            "late_ms": round(sum(late)),
        }


def work_for(milliseconds: float) -> None:
    """Keep this thread busy."""
    until = time.thread_time() + milliseconds / 1e3
    while time.thread_time() < until:
        pass


class Desk:
    """Watches one window as somebody in front of it would."""

    def __init__(self, window: MainWindow, team: Workspace, post: Path) -> None:
        self._window, self._team, self._post = window, team, post
        self._beats, self._said, self._heart = Beats(), dict[str, str](), dict[str, dict[str, float]]()
        self._matter, self._card = 0, cast("VersionCard | None", None)
        self._focus: QWidget | None = None
        self._eyes = QTimer()
        self._eyes.timeout.connect(self._look)
        self._eyes.start(20)

    def _look(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not self._focus:
            self._focus = focus
            self._said.pop("focus", None)
        self._say("focus", "" if focus is None else _name(focus))
        page, conflict = _seen(self._window, MergePage), _seen(self._window, ConflictPage)
        if page is not None:
            self._say("merge", self._stage(page))
        if conflict is not None:
            self._say("conflict", self._left(conflict))

    def _stage(self, page: MergePage) -> str:
        if page.working.isVisible():
            notes = (label.text() for label in page.working.findChildren(QLabel) if label.isVisible())
            return " ".join(("working", *(note for note in notes if note[-1:].isdigit())))
        if page.merge_button.isVisible():
            return f"preview {len(page.table.rows)}"
        if page.table.isVisible():
            return f"done {self._taken_in()}"
        if page.drop.isVisible() and self._said.get("merge", "").partition(" ")[0] != "start":
            if "opening" not in self._heart:
                self._heart["opening"] = self._beats.told()
            QTimer.singleShot(0, lambda: drop(page.drop, [self._post]))
        return "start"

    def _taken_in(self) -> str:
        """How many devices' entries are in the database, and how many of each: a file is in whole, or not at all."""
        with self._team.store.database.reading() as connection:
            lengths = connection.exec_driver_sql("SELECT last FROM stream WHERE ours=0 AND last>0").scalars().all()
        return f"{len(lengths)} of {','.join(map(str, sorted(set(lengths))))}"

    def _left(self, conflict: ConflictPage) -> str:
        if "merging" not in self._heart:
            self._heart["merging"] = self._beats.told()
        if conflict.cards and conflict.cards[0] is not self._card:
            self._card = conflict.cards[0]
            self._matter += 1
        if self._matter > MATTERS:
            self._eyes.stop()
            self._heart["settling"] = self._beats.told()
            work_for(PLANTED)
            self._heart["planted"] = self._beats.told()
            QTimer.singleShot(0, self._window.close)
        return f"{self._matter} {','.join(card.keep_button.accessibleName() for card in conflict.cards)}"

    def _say(self, what: str, words: str) -> None:
        if self._said.get(what) != words:
            self._said[what] = words
            print(what, words, flush=True)

    def heart(self) -> str:
        """What the heart-beat was, in JSON."""
        return json.dumps(self._heart)


def _name(widget: QWidget) -> str:
    """What a screen reader would say."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def _seen(window: QWidget, sort: type[Page]) -> Page | None:
    return next((page for page in window.findChildren(sort) if page.isVisible()), None)


def drop(on: QWidget, paths: list[Path]) -> None:
    """Drop files on a part of the window, as the system delivers it: they come in, then the button is let go."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    middle, act = on.rect().center(), Qt.DropAction.CopyAction
    how = (data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(on, QDragEnterEvent(middle, act, *how))
    QApplication.sendEvent(on, QDropEvent(QPointF(middle), act, *how))


def fall(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """End at the first error, where Qt would go on."""
    traceback.print_exception(kind, error, trace)
    sys.stderr.flush()
    os._exit(1)


def main() -> None:
    """Open the window and stay until four conflicts were looked at."""
    folder, post = Path(sys.argv[1]), Path(sys.argv[2])
    around = Surroundings(clock=system_clock, new_id=new_id)
    app = QApplication([])
    put_in_force(app, Settings())
    sys.excepthook = fall
    team = opening.unlock_by_passphrase(folder, sys.stdin.readline().strip(), around)
    runner = JobRunner()
    setup = Setup(
        folder=folder, world=around, runner=runner, settings_file=folder.parent / "settings.toml",
        out_folder=folder.parent / "out",
    )  # fmt: skip
    window = MainWindow(setup)
    keep_what_is_loaded()
    window.take(team)
    window.resize(1366, 768)
    window.show()
    window.show_screen(MERGE)
    desk = Desk(window, team, post)
    app.exec()
    print("heart", desk.heart(), flush=True)


if __name__ == "__main__":
    main()
