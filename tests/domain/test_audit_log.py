"""The chain of the audit log holds, notices every change, and takes nothing but ids."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iowscp_desktop.domain.audit_log import (
    BEGINNING,
    AuditDeed,
    AuditLine,
    AuditLink,
    broken_at,
    line_bytes,
    link_of,
    read_line,
)


def chain(count: int) -> list[tuple[bytes, AuditLink]]:
    lines: list[tuple[bytes, AuditLink]] = []
    before = BEGINNING
    for no in range(1, count + 1):
        stored = line_bytes(AuditLine(no=no, at="2026-01-05T09:00:00.000Z", deed=AuditDeed.OPENED, ids={"n": str(no)}))
        before = link_of(before, stored)
        lines.append((stored, before))
    return lines


def test_a_chain_as_it_was_written_holds() -> None:
    assert broken_at(chain(5)) is None
    assert broken_at([]) is None


@given(st.integers(0, 4), st.data())
def test_a_changed_byte_is_noticed_where_it_is(at: int, data: st.DataObject) -> None:
    lines = chain(5)
    stored, link = lines[at]
    place = data.draw(st.integers(0, len(stored) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda value: value != stored[place]))
    lines[at] = (stored[:place] + bytes([other]) + stored[place + 1 :], link)

    assert broken_at(lines) == at + 1


@given(st.integers(0, 3))
def test_a_line_taken_out_or_put_elsewhere_is_noticed(at: int) -> None:
    lines = chain(5)

    assert broken_at(lines[:at] + lines[at + 1 :]) == at + 1
    assert broken_at([*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]]) == at + 1


@pytest.mark.parametrize("words", ["Ana Team", "what was said", "naïve", "line\nbreak", "x" * 201])
def test_what_people_wrote_does_not_get_in(words: str) -> None:
    with pytest.raises(ValueError, match="ids"):
        line_bytes(AuditLine(no=1, at="", deed=AuditDeed.EXPORTED, ids={"bundle": words}))


def test_a_deed_of_a_later_program_is_still_read() -> None:
    stored = b'{"at":"2027-01-05T09:00:00.000Z","deed":"teleported","ids":{},"no":1,"to":"x","who":""}'

    assert read_line(stored).deed == "teleported"
