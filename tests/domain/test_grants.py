"""Asked once for each sort, the check of a stream's entries says what it says of each of them."""

import itertools
from typing import Final

import pytest

from iowscp_desktop.domain.events import KINDS
from iowscp_desktop.domain.grants import GUEST, Role, refusal, refusing
from iowscp_desktop.domain.ids import OrganisationId, PersonId, Register, ResponseId, Sha256, SpaceId, StreamId
from iowscp_desktop.domain.journal import Entry, EntryHash, Header
from iowscp_desktop.domain.survey_events import ANONYMOUS, MIDNIGHT

SPACES: Final = ("response/r1", "response/r2", "actions/holder", "actions/other", "panel/p1/holder", "team/t")
ROLES: Final = (Role.TEAM, Role.ORGANISATION, Role.PANEL, GUEST, "stranger")
REGISTERS: Final = (
    "answer/q1", "answer/q2", "person/holder", "person/other", "score/holder/r1/q1", "score/other/r1/q1",
    "finished/other", "erasure/e", "progress/a", "submission/s", "assignment",
)  # fmt: skip


def _entry(kind: str, register: str, seq: int) -> Entry:
    at = "2026-01-05" + MIDNIGHT if seq == 1 else "2026-01-05T09:00:00.000Z"
    header = Header(
        seq=seq, prev=EntryHash("0" * 64), at=at, author=PersonId(ANONYMOUS), kind=kind, register=Register(register),
        replaces=(), commitment=Sha256("0" * 64),
    )  # fmt: skip
    return Entry(stream=StreamId("s"), header=header, header_bytes=b"", salt=None, payload=None)


def _organisation_of(response: ResponseId) -> OrganisationId | None:
    return OrganisationId("holder") if response == "r1" else None


@pytest.mark.parametrize("last", [None, 2])
@pytest.mark.parametrize("space", SPACES)
@pytest.mark.parametrize("role", ROLES)
def test_a_stream_is_judged_entry_by_entry_whatever_came_before(role: str, space: str, last: int | None) -> None:
    check = refusing(role, "holder", SpaceId(space), organisation_of=_organisation_of, last=last)
    for kind, register, seq in itertools.product([*KINDS, "of-tomorrow"], REGISTERS, (1, 2, 3)):
        entry = _entry(kind, register, seq)
        asked = refusal(role, "holder", SpaceId(space), entry.header, organisation_of=_organisation_of, last=last)
        assert check(entry) == asked


def test_the_entries_tried_here_tell_one_judge_from_another() -> None:
    space = next(space for space in SPACES if space.startswith("panel/"))
    check = refusing(Role.PANEL, "holder", SpaceId(space), organisation_of=_organisation_of)
    assert check(_entry("score-given", "score/holder/r1/q1", 1)) is None
    assert check(_entry("score-given", "score/other/r1/q1", 2)) == "other-judge"
