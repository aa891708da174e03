"""Several laptops and a team of two, at random, over real files: whatever comes when, nothing that arrived is lost.

A machine invents edits, files, losses, replays, orders and decisions, and keeps its own books: what each laptop wrote,
having seen what, and what arrived where. Two broken programs are run by the same machine, and it must notice.
"""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from typing_extensions import override

from iowscp_desktop.app import answers, conflicts, handover, invitations, merging, receipts, responses
from iowscp_desktop.app import taking as app_taking
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.ids import EntryId, QuestionId, ResponseId, response_space
from iowscp_desktop.domain.journal import Entry
from iowscp_desktop.store import CheckedRange, Taken
from iowscp_desktop.store import take as store_take
from iowscp_desktop.store.keys import unlock_with_passphrase
from tests.app.conftest import PASSPHRASE, Setting
from tests.faults.ground import Sample, open_copy, world
from tests.hostile.ground import open_round

QUESTIONS = ("heard_evidence", "adult_evidence", "heard_next")
SCHOOLS, TEAMS = ("ben", "cat", "dan"), ("ana", "bea")
DEEDS = (*["write"] * 3, *["send"] * 3, *["deliver"] * 4, "share", "settle")
"""How often something happens."""
Take = Callable[..., Taken]


@dataclass(frozen=True)
class Post:
    """One file that was made, what it says, and who may open it."""

    path: Path
    entries: frozenset[EntryId]
    readers: tuple[str, ...]


@cache
def made() -> tuple[dict[str, Sample], ResponseId]:
    """A team of two laptops and a school of three, made once; each run has copies of them."""
    folder = Path(tempfile.mkdtemp(prefix="iowscp-replicas-"))
    setting = Setting(folder=folder / "made", world=world(folder / "made" / "x"))
    (folder / "made").mkdir()
    audit = open_round(setting)
    people: dict[str, Workspace] = {"ana": audit.team}
    for name in SCHOOLS:
        people[name], response_id = audit.laptop(name.title())
    invited = invitations.invite_team_laptop(audit.team, setting.folder)
    people["bea"] = setting.join(invited.path, invited.code, "Bea", "team")
    samples: dict[str, Sample] = {}
    for name, ws in people.items():
        path = ws.store.database.path
        assert path is not None
        ws.close()
        keys = unlock_with_passphrase(path, PASSPHRASE)
        samples[name] = Sample(folder=path.parent, keys=keys, response_id=response_id, promised={})
    return samples, response_id


class Replicas(RuleBasedStateMachine):
    """The machine. Its books know nothing of heads, edges or chains."""

    @initialize()
    def begin(self) -> None:
        samples, self.response_id = made()
        self.folder = Path(tempfile.mkdtemp(prefix="iowscp-replicas-run-"))
        self.everybody: dict[str, Workspace] = {}
        for name, sample in samples.items():
            place = self.folder / name / "workspace"
            shutil.copytree(sample.folder, place)
            self.everybody[name] = open_copy(place, sample.keys)
        self.space = response_space(self.response_id)
        self.replaced_by: dict[EntryId, set[EntryId]] = {}
        self.has: dict[str, set[EntryId]] = {name: set() for name in self.everybody}
        self.post: list[Post] = []
        self.number = 0

    @override
    def teardown(self) -> None:
        for ws in getattr(self, "everybody", {}).values():
            ws.close()
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder, ignore_errors=True)

    # --- what happens ------------------------------------------------------------------------

    @rule(deed=st.sampled_from(DEEDS), chance=st.randoms(use_true_random=False))
    def do(self, deed: str, chance: Random) -> None:
        """One rule, so that none is left out of a run."""
        match deed:
            case "write":
                self.write(chance.choice(SCHOOLS), chance.choice(QUESTIONS), again=chance.random() < 0.2)
            case "send":
                self.send(chance.choice(SCHOOLS), home=chance.random() < 0.7)
            case "share":
                self.share(chance.choice(TEAMS))
            case "settle":
                self.settle(chance.choice(TEAMS), first=chance.random() < 0.5)
            case _:
                self.deliver(chance, chance.randint(1, 4))

    def write(self, who: str, question: str, *, again: bool) -> None:
        ws = self.everybody[who]
        self.number += not again
        seen = self._standing(ws, question)
        answers.record_answer(ws, self.response_id, QuestionId(question), f"words {self.number}")
        self._book(who, question, seen)

    def send(self, who: str, *, home: bool) -> None:
        ws, colleagues = self.everybody[who], tuple(name for name in SCHOOLS if name != who)
        if home:
            path = responses.send_return(ws, self.response_id, self.folder)
        else:
            path = handover.hand_over(ws, self.response_id, self.folder)
        self.post.append(Post(path, frozenset(self.has[who]), TEAMS if home else colleagues))

    def share(self, who: str) -> None:
        path = handover.send_to_team_laptops(self.everybody[who], self.folder)
        self.post.append(Post(path, frozenset(self.has[who]), tuple(name for name in TEAMS if name != who)))

    def deliver(self, chance: Random, count: int) -> None:
        """Some files come, in any order, some for the second time; others never do."""
        for post in chance.sample(self.post, min(count, len(self.post))):
            who = chance.choice(post.readers)
            ws = self.everybody[who]
            (done,) = (
                receipts.take_in(ws, merging.preview(ws, [post.path])).files
                if who in TEAMS
                else (merging.merge(ws, merging.preview(ws, [post.path]))[0])
            )
            assert done.refused is None, done.refused
            self.has[who] |= post.entries
            self._check(who)

    def settle(self, who: str, *, first: bool) -> None:
        ws = self.everybody[who]
        for conflict in conflicts.open_conflicts(ws)[:1]:
            seen = self._standing(ws, conflict.question_id)
            conflicts.settle(ws, conflict, conflict.versions[0 if first else -1].value)
            self._book(who, conflict.question_id, seen)
            self._check(who)

    # --- the books ---------------------------------------------------------------------------

    def _book(self, who: str, question: str, seen: set[EntryId]) -> None:
        for new in self._standing(self.everybody[who], question) - seen:  # none for the same words as before
            self.has[who].add(new)
            for each in seen:
                self.replaced_by.setdefault(each, set()).add(new)

    def _standing(self, ws: Workspace, question: str | None = None) -> set[EntryId]:
        """Read the table itself: of two who wrote the very same, the program shows one."""
        with ws.store.database.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT t.id, a.seq, a.question_id FROM standing_answer_recorded a JOIN stream t ON t.no=a.stream"
                " WHERE a.in_space=?",
                (self.space,),
            ).all()
        return {EntryId(stream, seq) for stream, seq, about in rows if question in (None, about)}

    def _check(self, who: str) -> None:
        ws, has = self.everybody[who], self.has[who]
        expected = {each for each in has if not self.replaced_by.get(each, set()) & has}
        assert self._standing(ws) == expected, "what stands is what nobody who saw it replaced"
        for other, theirs in self.has.items():
            if other != who and theirs == has:
                assert self._standing(self.everybody[other]) == expected, "the same files, the same answers"
        with ws.store.database.reading() as connection:
            rows = connection.exec_driver_sql("SELECT t.id, e.seq FROM entry e JOIN stream t ON t.no=e.stream").all()
        assert has <= {EntryId(stream, seq) for stream, seq in rows}, "all that arrived is there"


FEW = settings(
    max_examples=6, stateful_step_count=40, deadline=None, derandomize=True, database=None,
    suppress_health_check=list(HealthCheck), phases=[Phase.generate],
)  # fmt: skip


@pytest.mark.slow
def test_all_that_arrived_is_there_and_replicas_agree() -> None:
    run_state_machine_as_test(Replicas, settings=FEW)


def last_writer_wins(connection: sa.Connection, _taken: Taken) -> None:
    """The younger answer wins, and the other is gone from sight."""
    connection.exec_driver_sql(
        "DELETE FROM standing_answer_recorded WHERE EXISTS (SELECT 1 FROM standing_answer_recorded o"
        " WHERE o.in_space=standing_answer_recorded.in_space AND o.question_id=standing_answer_recorded.question_id"
        " AND (o.at, o.stream) > (standing_answer_recorded.at, standing_answer_recorded.stream))"
    )


def drop_one(connection: sa.Connection, taken: Taken) -> None:
    """One of those that came is lost, and nobody is told."""
    lost: list[Entry] = [entry for entry in taken.new if entry.header.kind == "answer-recorded"][-1:]
    for entry in lost:
        connection.exec_driver_sql(
            "DELETE FROM standing_answer_recorded WHERE seq=? AND stream=(SELECT no FROM stream WHERE id=?)",
            (entry.header.seq, entry.stream),
        )


@pytest.mark.slow
@pytest.mark.parametrize("mutant", [last_writer_wins, drop_one], ids=["last-writer-wins", "drop-one"])
def test_a_merge_that_loses_something_is_caught(
    mutant: Callable[[sa.Connection, Taken], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    true_take: Take = store_take

    def broken(connection: sa.Connection, checked: CheckedRange, **rest: object) -> Taken:
        taken = true_take(connection, checked, **rest)
        mutant(connection, taken)
        return taken

    monkeypatch.setattr(app_taking, "take", broken)

    with pytest.raises(AssertionError, match="what stands is what nobody who saw it replaced"):
        run_state_machine_as_test(Replicas, settings=FEW)
