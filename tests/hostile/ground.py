"""The people of the attacks: a team, an honest laptop, a liar who is known, and a look at all that a team holds."""

import itertools
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from iowscp_desktop.app import devices, invitations, panel, receipts, rounds
from iowscp_desktop.app.merging import Incoming, preview
from iowscp_desktop.app.workspace import Surroundings, Workspace
from iowscp_desktop.bundles import neutral_name
from iowscp_desktop.crypto import Recipient
from iowscp_desktop.domain.events import ResponseAssigned
from iowscp_desktop.domain.ids import ResponseId, RoundId, Sha256, response_space
from tests.app.conftest import CHEAP, Round, Setting
from tests.app.test_exchange import send_return, write_answer
from tests.app.test_hostile_returns import Liar, answer
from tests.app.work import Member, panel_member
from tests.bundles.post import Entries, archive_of, entries_of, plain_of, sealed

START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
TOOL = Path(__file__).parents[1] / "app" / "small_tool"

Stand = tuple[str, int]


@dataclass(frozen=True)
class Look:
    """All that could have been left behind."""

    counted: frozenset[Stand]
    """Entries that count: not set aside, and not the team's own."""
    standing: frozenset[tuple[str, str, int]]
    """What stands, and where."""
    aside: frozenset[Stand]
    bytes_kept: frozenset[str]
    certificates: int
    files: frozenset[str]

    def strangers(self, before: "Look", own: set[str]) -> frozenset[Stand]:
        """Entries that count now, and are of nobody who was honest."""
        return frozenset(each for each in self.counted - before.counted if each[0] not in own)


@dataclass
class Ground:
    """Everything that attacks need; one team takes all of it in."""

    folder: Path
    setting: Setting
    audit: Round
    honest: Workspace
    """A laptop of another school, which sends something new with every batch."""
    honest_response: ResponseId
    liar: Liar
    """A laptop that is known, and whose owner writes its files by hand."""
    revoked: Workspace
    """A laptop of the liar's school that is trusted no longer."""
    unanswered: Workspace
    """A laptop that opened an invitation which was taken back afterwards."""
    member: Member
    closed_round: ResponseId
    """What another school is asked in another round."""
    names: "itertools.count[int]" = field(default_factory=itertools.count)

    @property
    def team(self) -> Workspace:
        return self.audit.team

    @property
    def inbox(self) -> Path:
        """Where files lie that are about to be taken in."""
        place = self.folder / "inbox"
        place.mkdir(exist_ok=True)
        return place

    def close(self) -> None:
        tempfile.tempdir = None
        for ws in self.setting.opened:
            ws.close()

    # --- files -------------------------------------------------------------------------------

    def readers(self) -> list[Recipient]:
        """Whom returns are sealed to."""
        space = response_space(self.liar.response_id)
        return [Recipient(text) for text in self.liar.ws.one(ResponseAssigned, space=space).recipients]

    def fresh(self) -> bytes:
        """A good file of the liar's with one answer in it that is new."""
        words = f"written for the attacks, {next(self.names)}"
        path = self.liar.write(self.liar.sealed(self.liar.chain([answer("heard_evidence", words)])))
        content = path.read_bytes()
        path.unlink()
        return content

    def fresh_inside(self) -> Entries:
        """The same, taken apart."""
        return entries_of(self.plain(self.fresh()))

    def plain(self, content: bytes) -> bytes:
        assert self.team.team is not None
        return plain_of(content, self.team.team.identity)

    def sealed(self, inside: Entries | bytes) -> bytes:
        """Seal an archive to the team."""
        return sealed(inside if isinstance(inside, bytes) else archive_of(inside), *self.readers())

    def put(self, content: bytes) -> Path:
        """Lay a file into the inbox, under a name that says nothing."""
        path = self.inbox / neutral_name()
        path.write_bytes(content)
        return path

    def honest_file(self) -> Path:
        """A return with one more answer in it."""
        write_answer(self.honest, self.honest_response, "staff", str(next(self.names) % 1000))
        return send_return(self.honest, self.honest_response, self.inbox)

    def take(self, paths: Sequence[Path]) -> tuple[Incoming, ...]:
        """Look, and take in, as the screen does."""
        return receipts.take_in(self.team, preview(self.team, paths)).files

    # --- looking -----------------------------------------------------------------------------

    def own(self) -> set[str]:
        """The streams of those who are honest."""
        return {stream for ws in (self.honest, self.team) for stream in _own_streams(ws)}

    def look(self) -> Look:
        """What the team holds now, and what lies on the disk."""
        with self.team.store.database.reading() as connection:
            run = connection.exec_driver_sql
            entries = run("SELECT t.id, e.seq, t.ours FROM entry e JOIN stream t ON t.no=e.stream").all()
            aside = {
                (stream, seq)
                for stream, seq in run("SELECT t.id, q.seq FROM quarantine q JOIN stream t ON t.no=q.stream").all()
            }
            strays = run("SELECT t.id, s.seq FROM strayed s JOIN stream t ON t.no=s.stream").all()
            heads = run("SELECT h.register, t.id, h.seq FROM head h JOIN stream t ON t.no=h.stream").all()
            chunks = {each for (each,) in run("SELECT sha256 FROM chunk UNION SELECT sha256 FROM blob").all()}
            kept = {
                name.removeprefix("kept/") for (name,) in run("SELECT name FROM local WHERE name LIKE 'kept/%'").all()
            }
            named = run(
                "SELECT json_extract(CAST(e.payload AS TEXT), '$.sha256') FROM quarantine q"
                " JOIN entry e ON e.stream=q.stream AND e.seq=q.seq WHERE e.kind='evidence-attached'"
            ).all()
            kept |= {digest for (digest,) in named}  # it is looked at, and let in or not, bytes and all
            certificates = run("SELECT count(*) FROM certificate").scalar_one()
        aside |= {(stream, seq) for stream, seq in strays}
        return Look(
            counted=frozenset(
                (stream, seq) for stream, seq, ours in entries if not ours and (stream, seq) not in aside
            ),
            standing=frozenset((register, stream, seq) for register, stream, seq in heads),
            aside=frozenset(aside),
            bytes_kept=frozenset(chunks - kept),
            certificates=certificates,
            files=frozenset(self._files()),
        )

    def _files(self) -> set[str]:
        found: set[str] = set()
        for path in self.folder.rglob("*"):
            if path.parent == self.inbox or path.name.endswith(("-wal", "-shm")):
                continue
            with suppress(OSError):
                found.add(str(path))
        return found


def left_behind(before: Look, after: Look, own: set[str]) -> int:
    """Count what is there and should not be, and what stood before and nobody honest replaced."""
    gone = {each for each in before.standing - after.standing if each[1] not in own}
    return (
        len(after.bytes_kept - before.bytes_kept)
        + len(after.files - before.files)
        + (after.certificates - before.certificates)
        + len(gone)
    )


def _own_streams(ws: Workspace) -> list[str]:
    with ws.store.database.reading() as connection:
        return [each for (each,) in connection.exec_driver_sql("SELECT id FROM stream WHERE ours=1").all()]


def open_round(setting: Setting) -> Round:
    """A team with a round, and one school in it."""
    team = setting.team()
    package = Sha256(rounds.adopt_tool(team, {path.name: path.read_bytes() for path in TOOL.iterdir()}).digest)
    round_id = rounds.open_round(team, title="2026", package=package, due=date(2026, 12, 18))
    return Round(setting, team, round_id, rounds.add_organisation(team, "Test School", "school"))


def prepare(folder: Path) -> Ground:
    """Make everybody, and let the team know them."""
    seconds, ids = itertools.count(), itertools.count(1)
    world = Surroundings(
        clock=lambda: START + timedelta(seconds=next(seconds)), new_id=lambda: f"{next(ids):032x}", code_cost=CHEAP
    )
    (folder / "temp").mkdir(parents=True)
    tempfile.tempdir = str(folder / "temp")
    made = folder / "people"
    made.mkdir()
    setting = Setting(folder=made, world=world)
    team = setting.team()
    package = Sha256(rounds.adopt_tool(team, {path.name: path.read_bytes() for path in TOOL.iterdir()}).digest)
    round_id = rounds.open_round(team, title="2026", package=package, due=date(2026, 12, 18))
    school, other = (rounds.add_organisation(team, name, "school") for name in ("Liars' School", "Honest School"))
    audit = Round(setting, team, round_id, school)
    honest, honest_response = Round(setting, team, round_id, other).laptop("Ann Honest")
    liar = Liar(audit, made)
    revoked, _ = audit.laptop("Rita Revoked")
    unanswered = _opened_too_late(audit)
    member = panel_member(audit, "Dee Panel", liar.response_id)
    second: RoundId = rounds.open_round(team, title="2027", package=package, due=date(2027, 12, 18))
    ground = Ground(
        folder=folder, setting=setting, audit=audit, honest=honest, honest_response=honest_response, liar=liar,
        revoked=revoked, unanswered=unanswered, member=member, closed_round=rounds.ask(team, second, other),
    )  # fmt: skip
    _get_to_know(ground)
    return ground


def _opened_too_late(audit: Round) -> Workspace:
    invited = invitations.invite_organisation(audit.team, audit.round_id, audit.school, audit.setting.folder)
    ws = audit.setting.join(invited.path, invited.code, "Una Late", "dsl")
    invitations.cancel(audit.team, invited.invitation_id)
    return ws


def _get_to_know(ground: Ground) -> None:
    write_answer(ground.honest, ground.honest_response, "setting_name", "The honest school")
    write_answer(ground.revoked, ground.liar.response_id, "adult", "met")
    files = [
        send_return(ground.honest, ground.honest_response, ground.inbox),
        send_return(ground.revoked, ground.liar.response_id, ground.inbox),
        panel.send_scores(ground.member.ws, ground.inbox),
    ]
    assert [each.refused for each in ground.take(files)] == [None, None, None]
    devices.revoke(ground.team, ground.revoked.keys.device, "Stolen")


__all__ = ["Ground", "Look", "left_behind", "prepare"]
