"""A process in which somebody types into the real Fill page without a pause: started, and killed, by a test.

    python -m tests.e2e.gui_typist FOLDER RESPONSE

It prints `typed COUNT NANOSECONDS` after each key, by the clock that all processes of the computer share.
"""

import itertools
import os
import sys
import time
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from iowscp_desktop.app import opening
from iowscp_desktop.app.workspace import Changes, Surroundings
from iowscp_desktop.domain.clock import system_clock
from iowscp_desktop.domain.ids import ResponseId, new_id
from iowscp_desktop.ui.fill import open_fill
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.jobs import AtOnce
from iowscp_desktop.ui.theme import Scheme, apply_theme
from iowscp_desktop.ui.widgets.fields import TextArea

TEXT = "".join(f"w{number} " for number in range(4000))
"""What is typed: no two beginnings of it are alike, so the length saved says what was saved."""


def main() -> None:
    folder, response = sys.argv[1:]
    app = QApplication([])
    apply_theme(app, Scheme.LIGHT)
    world = Surroundings(clock=system_clock, new_id=new_id)
    ws = opening.unlock_by_passphrase(Path(folder), sys.stdin.readline().strip(), world)
    hub: Hub[Changes] = Hub()
    page = open_fill(ws, hub, AtOnce(), ResponseId(response), on_check=lambda: None, entry_id="heard")
    page.resize(1366, 700)
    page.show()
    area = next(area for area in page.findChildren(TextArea) if area.isVisible())
    area.setFocus()
    typed = itertools.count(1)

    def press() -> None:
        count = next(typed)
        QTest.keyClicks(area, TEXT[count - 1])
        print("typed", count, time.monotonic_ns(), flush=True)

    keys = QTimer(page)
    keys.timeout.connect(press)
    keys.start(15)
    print("ready", flush=True)
    app.exec()


if __name__ == "__main__":
    main()
