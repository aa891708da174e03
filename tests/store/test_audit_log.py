"""The audit log in the encrypted file: added to, never changed, and `verify` notices who did it all the same."""

import pytest
from sqlalchemy.exc import IntegrityError

from iowscp_desktop.domain.audit_log import AuditDeed
from iowscp_desktop.store import Store, verify

AT = "2026-01-05T09:00:00.000Z"


def logged(store: Store, *deeds: AuditDeed) -> None:
    for deed in deeds:
        with store.database.writing() as connection:
            store.audit.append_in(connection, deed, at=AT, ids={"n": "1"})


def wrongs(store: Store) -> tuple[str, ...]:
    return verify(store.database, lambda *_: True).wrongs


def test_lines_come_back_in_order_and_are_counted(store: Store) -> None:
    logged(store, AuditDeed.CREATED, AuditDeed.OPENED, AuditDeed.LOCKED)

    assert [(line.no, line.deed) for line in store.audit.lines()] == [(1, "created"), (2, "opened"), (3, "locked")]
    assert store.audit.end()[0] == 3
    assert verify(store.database, lambda *_: True).audited == 3


@pytest.mark.parametrize(
    "sql", ["UPDATE audit SET line=x'00'", "DELETE FROM audit", "REPLACE INTO audit VALUES (1,'',x'')"]
)
def test_a_line_is_neither_changed_nor_removed(store: Store, sql: str) -> None:
    logged(store, AuditDeed.CREATED)

    with pytest.raises(IntegrityError, match="only added to"), store.database.writing() as connection:
        connection.exec_driver_sql(sql)

    assert len(store.audit.lines()) == 1


def test_who_takes_the_guard_away_is_noticed(store: Store) -> None:
    logged(store, AuditDeed.CREATED, AuditDeed.UNLOCK_FAILED, AuditDeed.OPENED)
    assert wrongs(store) == ()

    with store.database.writing() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_no_delete")
        connection.exec_driver_sql("DELETE FROM audit WHERE no=2")

    assert wrongs(store) == ("the record of what happened in this workspace was changed at line 2",)


def test_a_line_that_cannot_be_read_is_shown_as_damaged(store: Store) -> None:
    logged(store, AuditDeed.CREATED)
    with store.database.writing() as connection:
        connection.exec_driver_sql("INSERT INTO audit VALUES (2,'',x'00')")

    assert [line.deed for line in store.audit.lines()] == ["created", "damaged"]
    assert wrongs(store)
