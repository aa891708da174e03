"""How long the window pauses while ten megabytes of evidence are saved, with and without somebody typing."""

import logging
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from iowscp_desktop.app import answers
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.ids import QuestionId, ResponseId
from iowscp_desktop.ui.jobs import Job, JobRunner
from tests.faults.ground import open_copy, prepare

EVIDENCE = 10 * 1000 * 1000


def longest_pause(folder: Path, *, typing: bool, times: int = 5) -> float:
    """Return the longest pause between two looks of the window at its events, in milliseconds, of so many savings.

    A timer of 2 ms stands for the window. Who types saves on the window's own thread, as the question panel does.
    """
    logging.disable(logging.CRITICAL)
    app = QApplication.instance() or QApplication([])
    ground = prepare(folder / str(typing))
    ws = open_copy(ground.school.folder, ground.school.keys)
    pauses = []
    for number in range(times):
        photo = folder / f"{typing}-{number}.txt"
        photo.write_bytes(f"ten megabytes of minutes {number}\n".encode() * (EVIDENCE // 27))
        pauses.append(_pause(ws, ground.school.response_id, photo, typing=typing))
    ws.close()
    assert app is not None
    return max(pauses)


def _pause(ws: Workspace, response_id: ResponseId, photo: Path, *, typing: bool) -> float:
    gaps: list[float] = []
    clock, loop, runner = QElapsedTimer(), QEventLoop(), JobRunner()

    def tick() -> None:
        gaps.append(clock.nsecsElapsed() / 1e6)
        clock.restart()
        if typing and len(gaps) % 20 == 0:
            answers.record_answer(ws, response_id, QuestionId("heard_evidence"), f"typed {len(gaps)}", visit="v")

    timer = QTimer()
    timer.timeout.connect(tick)

    def done(_changes: Changes) -> None:
        timer.stop()
        loop.quit()

    clock.start()
    timer.start(2)
    runner.run(
        Job(work=lambda _ticket: answers.attach(ws, response_id, QuestionId("heard_files"), photo), on_done=done)
    )
    loop.exec()
    runner.finish()
    return max(gaps)
