"""Killed while typing: everything that was said to be safe is there, and the chain verifies.

`make faults` runs 30 kills; the tests run a few. The positive control shows that the check would notice.
"""

import hashlib
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from iowscp_desktop.app import opening
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.events import AnswerRecorded
from iowscp_desktop.domain.ids import EntryId, StreamId, response_space
from tests.app.conftest import PASSPHRASE, Round, audit, setting, small_tool

__all__ = ["audit", "setting", "small_tool"]

KILLS = int(os.environ.get("KILLS", "4"))
ROOT = Path(__file__).parents[2]


def _type_until_killed(folder: Path, response: str, seed: int) -> list[tuple[EntryId, str]]:
    """Start the typist, kill it at a random moment, and return what it said was safe."""
    typist = subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.typist", str(folder), response, str(seed)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    )
    assert typist.stdin is not None
    assert typist.stdout is not None
    typist.stdin.write(PASSPHRASE + "\n")
    typist.stdin.flush()
    assert typist.stdout.readline().strip() == "ready"
    time.sleep(random.Random(seed).uniform(0.0, 0.5))  # the moment of the kill is the point of this test
    typist.kill()
    said, _ = typist.communicate()
    lines = [line.split() for line in said.splitlines() if line.count(" ") == 2]
    return [(EntryId(StreamId(stream), int(seq)), digest) for stream, seq, digest in lines if len(digest) == 64]


def _missing(ws: Workspace, response: str, said: list[tuple[EntryId, str]]) -> list[EntryId]:
    """Return the entries that were said to be safe and are not there, or are older than what was said."""
    promised = dict(said)  # the last word on each entry: the open one is rewritten as typing goes on
    found: dict[EntryId, str] = {}
    for register in ("answer/heard_evidence", "answer/adult_evidence", "answer/heard_next"):
        for entry in ws.store.journal.history(response_space(response), register):  # type: ignore[arg-type]
            if isinstance(event := entry.event, AnswerRecorded):
                found[entry.id] = event.value or ""
    last = max((id_.seq for id_ in promised), default=0)
    return [
        id_
        for id_, digest in promised.items()
        if id_ not in found
        # the newest may have been rewritten once more between commit and print
        or (id_.seq != last and hashlib.sha256(found[id_].encode()).hexdigest() != digest)
    ]


@pytest.mark.slow
def test_what_was_saved_survives_a_kill(audit: Round) -> None:
    school, response_id = audit.laptop()
    assert school.store.database.path is not None
    folder = school.store.database.path.parent
    school.close()
    audit.setting.opened.remove(school)
    total = 0

    for seed in range(KILLS):
        said = _type_until_killed(folder, response_id, seed)
        again = opening.unlock_by_passphrase(folder, PASSPHRASE, audit.setting.world)
        lost = _missing(again, response_id, said)
        wrongs = again.verify().wrongs
        again.close()
        assert lost == []
        assert wrongs == ()
        total += len(said)

    print(f"{KILLS} kills, {total} saved entries, 0 lost")
    assert total > 0


def test_the_check_notices_a_lost_entry(audit: Round) -> None:
    school, response_id = audit.laptop()
    space = response_space(response_id)
    school.append(space, AnswerRecorded(question_id="heard_evidence", value="one"))  # type: ignore[arg-type]
    school.append(space, AnswerRecorded(question_id="heard_next", value="two"))  # type: ignore[arg-type]
    ids = [entry.id for entry in school.store.journal.heads(space) if entry.header.kind == "answer-recorded"]
    said = [(id_, hashlib.sha256(word.encode()).hexdigest()) for id_, word in zip(ids, ("one", "two"), strict=True)]
    assert _missing(school, response_id, said) == []

    with school.store.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM entry WHERE seq=?", (said[0][0].seq,))

    assert _missing(school, response_id, said) == [said[0][0]]
    assert school.verify().wrongs != ()
