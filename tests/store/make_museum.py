"""Writes a team and a school as this format keeps them, for the museum. `python -m tests.store.make_museum FOLDER`.

Run once for a version of the format, by the last program that has it, and never again for it.
"""

import itertools
import shutil
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from iowscp_desktop.app import answers, erasure, rounds, surveys
from iowscp_desktop.app.workspace import Surroundings
from iowscp_desktop.domain.erasure import Why
from iowscp_desktop.domain.ids import QuestionId, Sha256, response_space
from tests.app.conftest import CHEAP, Round, Setting
from tests.app.work import answer, take_in

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TOOL = Path(__file__).parents[1] / "app" / "small_tool"


def make(folder: Path) -> None:
    """Write the two workspaces: sent and taken in, erased in part, with sheets that wait and words not sealed yet."""
    seconds, ids = itertools.count(), itertools.count(1)
    world = Surroundings(
        clock=lambda: START + timedelta(seconds=next(seconds)), new_id=lambda: f"{next(ids):032x}", code_cost=CHEAP
    )
    with tempfile.TemporaryDirectory() as temporary:
        setting = Setting(folder=Path(temporary), world=world)
        team = setting.team()
        package = Sha256(rounds.adopt_tool(team, {path.name: path.read_bytes() for path in TOOL.iterdir()}).digest)
        round_id = rounds.open_round(team, title="2026", package=package, due=date(2026, 12, 18))
        school = rounds.add_organisation(team, "Elm Grove Academy (invented)", "school")
        audit = Round(setting, team, round_id, school)
        ws, response_id = audit.laptop()
        answer(ws, response_id, {"heard": "partly", "heard_evidence": "typed in the museum"})
        minutes = Path(temporary) / "minutes.txt"
        minutes.write_bytes(b"minutes of the museum's governors\n")
        answers.attach(ws, response_id, QuestionId("heard"), minutes)
        answer(ws, response_id, {"heard": "met"})
        take_in(audit, response_id, ws)
        earlier = erasure.plan(ws, response_space(response_id), erasure.Part.EARLIER)
        erasure.erase(ws, earlier, Why.OTHER, "written for the museum")
        for number in range(2):
            surveys.submit(ws, response_id, {"heard": f"said by somebody, {number}"})
        answer(ws, response_id, {"heard_next": "not sealed yet"})
        places = {"team": team.store.database.path, "school": ws.store.database.path}
        for opened in setting.opened:
            opened.close()
        for name, path in places.items():
            if path is not None:
                shutil.copytree(path.parent, folder / name, ignore=shutil.ignore_patterns("*.lock"))


if __name__ == "__main__":
    make(Path(sys.argv[1]))
