"""From the settings to the records and to finding a person, in the real window, and back."""

from PySide6.QtWidgets import QApplication

from iowscp_desktop.text.retention import Retention
from iowscp_desktop.ui.backups import Desk
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.inside import Inside
from iowscp_desktop.ui.jobs import AtOnce
from iowscp_desktop.ui.notify import Notifier
from iowscp_desktop.ui.retention import RetentionPage
from iowscp_desktop.ui.settings_sections import FIND_PERSON, RECORDS, SETTINGS, settings_sections
from iowscp_desktop.ui.shell import Shell
from iowscp_desktop.ui.subject_access import SubjectAccessPage
from iowscp_desktop.ui.theme import Icon
from iowscp_desktop.ui.widgets.labels import Label
from tests.app.conftest import Round
from tests.ui.acting import Chooser
from tests.ui.conftest import Show


def _never(_deed: object) -> None:
    raise AssertionError("nothing is restored here")


def test_the_settings_lead_to_the_records_and_to_finding_a_person_and_back(show: Show, audit: Round) -> None:
    shell = Shell()
    front = Label("settings")
    shell.add_screen(SETTINGS, Icon.SETTINGS, "Settings", front)
    inside = Inside(
        ws=audit.team,
        hub=Hub(),
        runner=AtOnce(),
        shell=shell,
        notifier=Notifier(shell.banners),
        choose=Chooser(),
        show_folder=lambda _path: None,
        out_folder=audit.setting.folder,
    )
    show(shell, 1366, 768)
    desk = Desk(
        folder=audit.setting.folder, world=audit.setting.world, runner=AtOnce(), ws=audit.team, put_in_place=_never
    )
    section = next(each for each in settings_sections(inside, desk) if each.title == Retention.title)

    section.on_open()
    QApplication.processEvents()
    records = shell.screen_of(RECORDS)
    assert isinstance(records, RetentionPage)
    assert records.isVisible()
    records.find_person.click()
    find = shell.screen_of(FIND_PERSON)
    assert isinstance(find, SubjectAccessPage)
    assert find.isVisible()
    find.top.followed.emit("back")
    assert records.isVisible()
    records.top.followed.emit("back")
    assert front.isVisible()
