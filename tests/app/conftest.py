"""A partnership, its schools and panel, each in a real workspace of its own on the disk; time and ids are handed in."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from iowscp_desktop.app import invitations, opening, rounds
from iowscp_desktop.app.opening import NewWorkspace
from iowscp_desktop.app.workspace import Surroundings, Workspace
from iowscp_desktop.crypto import Cost
from iowscp_desktop.domain.ids import OrganisationId, ResponseId, RoundId, Sha256
from iowscp_desktop.domain.tool import files_in
from iowscp_desktop.store.keys import Locks, Recovery

CHEAP = Cost(memory_kib=19 * 1024, passes=2, lanes=1)
PASSPHRASE = "correct horse battery staple"  # noqa: S105 - a test workspace of a minute
RECOVERY = Recovery(slot_id="00" * 8, key=bytes(range(20)))
"""What would be on the sheet of every workspace of a test."""
START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


LOCKS = Locks(passphrase=PASSPHRASE, recovery=RECOVERY, cost=CHEAP)


@dataclass
class Setting:
    """One partnership with a round, made as people make it."""

    folder: Path
    world: Surroundings
    opened: list[Workspace] = field(default_factory=list)
    _names: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def new(self, name: str, role: str) -> NewWorkspace:
        place = self.folder / f"{role}-{next(self._names)}"
        return NewWorkspace(folder=place, locks=LOCKS, name=name, role=role)

    def team(self) -> Workspace:
        ws = opening.start_team(self.new("Ana Team", "team"), "Test Partnership", self.world)
        self.opened.append(ws)
        return ws

    def join(self, path: Path, code: str, name: str, role: str) -> Workspace:
        ws = opening.join(self.new(name, role), path, code, self.world)
        self.opened.append(ws)
        return ws


@dataclass
class Round:
    """A round that is open for one school."""

    setting: Setting
    team: Workspace
    round_id: RoundId
    school: OrganisationId

    def laptop(self, name: str = "Ben Lead", role: str = "dsl") -> tuple[Workspace, ResponseId]:
        """One more device of the school, invited and joined."""
        invited = invitations.invite_organisation(self.team, self.round_id, self.school, self.setting.folder)
        ws = self.setting.join(invited.path, invited.code, name, role)
        return ws, rounds.ask(self.team, self.round_id, self.school)


@pytest.fixture
def setting(tmp_path: Path) -> Iterator[Setting]:
    seconds = itertools.count()
    ids = itertools.count(1)
    world = Surroundings(
        clock=lambda: START + timedelta(seconds=next(seconds)), new_id=lambda: f"{next(ids):032x}", code_cost=CHEAP
    )
    made = Setting(folder=tmp_path, world=world)
    yield made
    for ws in made.opened:
        ws.close()


@pytest.fixture(scope="session")
def s175_files() -> dict[str, bytes]:
    return dict(files_in(Path(__file__).parents[2] / "forms" / "s175"))


@pytest.fixture
def small_tool() -> dict[str, bytes]:
    folder = Path(__file__).parent / "small_tool"
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def audit(setting: Setting, small_tool: dict[str, bytes]) -> Round:
    team = setting.team()
    package = rounds.adopt_tool(team, small_tool)
    round_id = rounds.open_round(team, title="2026", package=Sha256(package.digest), due=date(2026, 12, 18))
    school = rounds.add_organisation(team, "Test School", "school")
    return Round(setting=setting, team=team, round_id=round_id, school=school)
