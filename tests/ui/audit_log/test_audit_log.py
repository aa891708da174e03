"""What happened, on the screen and on paper, over a real workspace."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from iowscp_desktop import text
from iowscp_desktop.app.audit_log import AuditDeed, record
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.audit_log import AuditDeed as Deed
from iowscp_desktop.ui.audit_log import AuditLogPage, open_audit_log
from iowscp_desktop.ui.jobs import AtOnce
from tests.app.conftest import Setting
from tests.reports.paper import said, squeezed
from tests.ui.acting import Chooser
from tests.ui.conftest import Show

Words = text.AuditLog


def opened(ws: Workspace, show: Show, *places: Path) -> AuditLogPage:
    page = open_audit_log(ws, AtOnce(), Chooser(*places), on_back=lambda: None)
    show(page, 1366, 768)
    page.on_shown()
    return page


def test_every_deed_has_its_words() -> None:
    assert set(Words.deeds) == {deed.value for deed in Deed} | {"damaged"}
    assert Words.later.format(deed="teleported") == Words.deed("teleported", {})


def test_it_shows_what_happened_the_newest_first_with_names(setting: Setting, show: Show) -> None:
    ws = setting.team()
    record(ws, AuditDeed.EXPORTED, bundle="0a1b", type="return")

    page = opened(ws, show)

    shown = [(Words.deed(row.deed, row.ids), row.who) for row in page.table.rows]
    assert shown[0] == ("A file was made to be sent (bundle 0a1b, type return)", "Ana Team")
    assert shown[-1][0] == Words.deeds["created"]
    assert page._holds.text() == Words.holds


def test_a_changed_line_is_told(setting: Setting, show: Show) -> None:
    ws = setting.team()
    with ws.store.database.writing() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_no_update")
        connection.exec_driver_sql("UPDATE audit SET line=x'7b7d' WHERE no=1")

    page = opened(ws, show)

    assert page._holds.text() == Words.broken


def test_it_is_printed(setting: Setting, show: Show, tmp_path: Path) -> None:
    ws = setting.team()
    page = opened(ws, show, tmp_path / "record")

    QTest.keyClick(page.print, Qt.Key.Key_Return)

    words = said((tmp_path / "record.pdf").read_bytes(), tmp_path)
    assert squeezed(Words.deeds["created"]) in words
    assert squeezed("Test Partnership") in words
    assert page._said.text() == Words.printed.format(name="record.pdf")


def test_a_place_that_does_not_take_it_is_told(setting: Setting, show: Show, tmp_path: Path) -> None:
    page = opened(setting.team(), show, tmp_path / "gone" / "record.pdf")

    QTest.keyClick(page.print, Qt.Key.Key_Return)

    assert "(Code R" in page._said.text()
