"""A working day full of marked words, in the real window, that ends in a crash: started by a test.

    python -m tests.e2e.marked_day FOLDER

It types answers, attaches a file, signs people in, backs up, fails once with a marked word in the failure, locks,
unlocks, sends, goes on typing, and goes off without a word.
"""

import os
import sys
from datetime import date
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication

from iowscp_desktop.__main__ import start_log
from iowscp_desktop.app import answers, backups, exchange, opening, rounds
from iowscp_desktop.app.settings import Settings, save_settings
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.events import ResponseAssigned
from iowscp_desktop.domain.ids import QuestionId, ResponseId, Sha256, response_space
from iowscp_desktop.ui.jobs import AtOnce
from iowscp_desktop.ui.main_window import MainWindow, Setup, put_in_force
from iowscp_desktop.ui.notify import ErrorGuard
from tests.app.conftest import PASSPHRASE, Round, Setting
from tests.faults.ground import TOOL, world

MARKERS = {
    "typed as an answer": "the kettle in the portakabin is marked seven",
    "typed after the lock": "the second kettle is marked eleven",
    "half typed at the crash": "the third kettle is marked",
    "a file's name": "portakabin-kettle-register.txt",
    "inside an evidence file": "serial number of the kettle QX-7731-PORTAKABIN",
    "a person": "Philippa Kettlewell-Marke",
    "an organisation": "Kettlewell Portakabin Academy",
    "in a failure of the program": "kettle exploded in portakabin nine",
}


def main() -> None:
    folder = Path(sys.argv[1])
    app = QApplication([])
    put_in_force(app, Settings())
    start_log(folder / "log")
    around = world(folder / "kept" / "x")
    setting = Setting(folder=folder / "kept", world=around)
    team = setting.team()
    package = rounds.adopt_tool(team, {path.name: path.read_bytes() for path in TOOL.iterdir()})
    round_id = rounds.open_round(team, title="2026", package=Sha256(package.digest), due=date(2026, 12, 18))
    school = rounds.add_organisation(team, MARKERS["an organisation"], "school")
    ws, response_id = Round(setting, team, round_id, school).laptop(MARKERS["a person"])
    path = ws.store.database.path
    assert path is not None
    setup = Setup(
        folder=path.parent,
        world=around,
        runner=AtOnce(),
        settings_file=folder / "config" / "settings.toml",
        out_folder=folder / "out",
        backs_up=True,
    )
    window = MainWindow(setup)
    guard = ErrorGuard(window.show_error, window.show_bug)
    guard.install()
    window.take(ws)
    window.show()
    _work(ws, response_id, folder)
    save_settings(setup.settings_file, Settings(text_size=125))
    try:
        _fail()
    except ValueError:
        sys.excepthook(*sys.exc_info())  # as Qt does with what a slot raises
    app.processEvents()
    window.lock_now()
    again = opening.unlock_by_passphrase(path.parent, PASSPHRASE, around)
    window.take(again)
    _after_the_lock(again, response_id, folder)
    print("done", flush=True)
    os._exit(9)  # off, with everything open


def _work(ws: Workspace, response_id: ResponseId, folder: Path) -> None:
    answers.record_answer(ws, response_id, QuestionId("heard_evidence"), MARKERS["typed as an answer"])
    (folder / "theirs").mkdir()
    own = folder / "theirs" / MARKERS["a file's name"]
    own.write_text(f"{MARKERS['inside an evidence file']}\n" * 3000, "utf-8")
    answers.attach(ws, response_id, QuestionId("heard_files"), own)
    backups.back_up(ws)


def _after_the_lock(ws: Workspace, response_id: ResponseId, folder: Path) -> None:
    answers.record_answer(ws, response_id, QuestionId("adult_evidence"), MARKERS["typed after the lock"])
    recipients = ws.one(ResponseAssigned, response_id=response_id).recipients
    space = response_space(response_id)
    exchange.send(ws, exchange.Parcel(type="return", spaces=[space], recipients=recipients), folder / "out")
    for length in range(10, len(MARKERS["half typed at the crash"]) + 1):
        half = MARKERS["half typed at the crash"][:length]
        answers.record_answer(ws, response_id, QuestionId("heard_next"), half, visit="open")


def _fail() -> None:
    raise ValueError(MARKERS["in a failure of the program"])


if __name__ == "__main__":
    main()
