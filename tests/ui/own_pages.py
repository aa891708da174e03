"""The screens around the audit itself, filled with invented states: for the walks of every page, and to look at."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from PySide6.QtWidgets import QWidget

from iowscp_desktop import text
from iowscp_desktop.app.audit_log import AuditRow
from iowscp_desktop.app.codes import typed_code, typed_recovery
from iowscp_desktop.app.filling import Status
from iowscp_desktop.app.keys import WaysIn
from iowscp_desktop.app.opening import Offer
from iowscp_desktop.app.panel import Allocation
from iowscp_desktop.app.passphrases import Hint, Judged, Strength
from iowscp_desktop.app.recovery import new_sheet
from iowscp_desktop.app.responses import TaskLine
from iowscp_desktop.app.settings import Settings
from iowscp_desktop.app.workspace import Person
from iowscp_desktop.domain.grants import Role
from iowscp_desktop.domain.ids import PersonId, ResponseId
from iowscp_desktop.domain.scale import Colour, Point, Symbol
from iowscp_desktop.errors import NotABundle, WrongSparePassphrase
from iowscp_desktop.text.backups import Backups as Words
from iowscp_desktop.ui.audit_log import AuditLogPage
from iowscp_desktop.ui.backups import BackupsPage, PuttingPage
from iowscp_desktop.ui.backups.presenter import Line, Seen
from iowscp_desktop.ui.export import Desk, ExportPage
from iowscp_desktop.ui.export.presenter import ExportState, Kind, MadeFile
from iowscp_desktop.ui.first_run import FirstRunPage
from iowscp_desktop.ui.first_run.presenter import BY_INVITATION, FOR_THE_TEAM, Busy, Place, Step, Wrong
from iowscp_desktop.ui.home import HomePage, PanelHomePage, Ways
from iowscp_desktop.ui.home.states import Count, Deed, Going, GoOn, SectionLine, StepLine, TaskState
from iowscp_desktop.ui.keys import ChangingPage, KeysPage
from iowscp_desktop.ui.keys.presenter import Done
from iowscp_desktop.ui.keys.presenter import Place as KeyPlace
from iowscp_desktop.ui.keys.presenter import Wrong as KeyWrong
from iowscp_desktop.ui.lock import LockPage, WhoPage
from iowscp_desktop.ui.lock.spare import Step as SpareStep
from iowscp_desktop.ui.settings import Levers, Section, SettingsPage
from iowscp_desktop.ui.theme import Icon
from tests.ui.editions.invented import another_edition

PARTNERSHIP = "Isle of Wight Safeguarding Children Partnership"
OAKFIELD = "Oakfield Primary School (invented)"
TITLE = "Section 175/157 self-assessment"
POINTS = (
    Point(value="met", label="Met", symbol=Symbol.TICK, colour=Colour.GREEN, number=2),
    Point(value="partly", label="Partly met", symbol=Symbol.TRIANGLE, colour=Colour.AMBER, number=1),
    Point(value="not", label="Not met", symbol=Symbol.OCTAGON, colour=Colour.RED, number=0),
    Point(value="na", label="Not applicable", symbol=Symbol.RING, colour=Colour.GREY),
)
SECTIONS = (
    ("A", "Your school or college", 21, (0, 0, 0, 0, 21), Status.COMPLETED),
    ("1", "Culture and the voice of children", 6, (5, 1, 0, 0, 0), Status.COMPLETED),
    ("2", "Policies and website", 5, (4, 1, 0, 0, 0), Status.COMPLETED),
    ("3", "The designated safeguarding lead", 7, (3, 1, 0, 0, 0), Status.IN_PROGRESS),
    ("4", "Training and induction", 6, (2, 1, 2, 0, 0), Status.NEEDS_ATTENTION),
    ("5", "Governance and challenge", 5, (0, 0, 0, 0, 0), Status.NOT_STARTED),
    ("6", "Safer recruitment", 7, (0, 0, 0, 0, 0), Status.NOT_STARTED),
    ("7", "Allegations and low-level concerns", 5, (0, 0, 0, 0, 0), Status.NOT_STARTED),
)
BACKUPS = (
    Line(key="8", title="23 November 2026, 16:10", about=Words.line_about(Words.reasons["closing"], 412)),
    Line(key="7", title="22 November 2026, 16:10", about=Words.line_about(Words.reasons["daily"], 398)),
)
DESK = Desk(choose=lambda _request, _on_chosen: None, show_folder=lambda _path: None)


def doors() -> QWidget:
    page = FirstRunPage()
    page.show_step(Step.DOORS, ())
    return page


def file_refused() -> QWidget:
    page = FirstRunPage()
    page.show_step(Step.FILE, BY_INVITATION)
    page.show_refused(Place.FILE, NotABundle("an invitation"))
    return page


def code() -> QWidget:
    page = FirstRunPage()
    page.show_step(Step.CODE, BY_INVITATION)
    page.code.code.show_text("2p9v 59mb vh")
    page.show_code(typed_code("2p9v 59mb vh"))
    return page


def code_wrong() -> QWidget:
    page = FirstRunPage()
    page.show_step(Step.CODE, BY_INVITATION)
    page.code.code.show_text("2p9v 59mb vhhk rt5n")
    page.show_wrong(Place.CODE, Wrong.CODE_WRONG)
    return page


def asked() -> QWidget:
    page = FirstRunPage()
    page.show_offer(
        Offer(
            role=Role.ORGANISATION,
            partnership=PARTNERSHIP,
            organisation=OAKFIELD,
            title=TITLE,
            round_title="2026–27",
            due="2026-12-18",
            file_sha256="",
        )
    )
    page.show_step(Step.ASKED, BY_INVITATION)
    return page


def who_are_you() -> QWidget:
    page = FirstRunPage()
    page.show_step(Step.WHO, BY_INVITATION)
    return page


def team() -> QWidget:
    page = FirstRunPage()
    page.show_step(Step.TEAM, FOR_THE_TEAM)
    return page


def safe() -> QWidget:
    page = FirstRunPage()
    page.show_step(Step.SAFE, BY_INVITATION)
    page.show_can_remember(can=True)
    page.show_suggestion("hamster-rejoin-prevent-twig-zebra")
    page.show_strength(Judged(Strength.STRONG))
    page.show_wrong(Place.AGAIN, Wrong.DIFFERS)
    return page


def sheet() -> QWidget:
    page = FirstRunPage()
    page.show_step(Step.SHEET, BY_INVITATION)
    page.show_last_sheet(last=True)
    made = new_sheet()
    page.sheet.paper.show_key(made.number, made.groups, made.asked)
    page.sheet.paper.show_saved(Path("recovery-sheet-7F2A.pdf"), deleted=None)
    page.sheet.paper.show_wrong(first=False, second=True)
    return page


def spare() -> QWidget:
    page = FirstRunPage()
    page.show_step(Step.SPARE, FOR_THE_TEAM)
    page.spare.paper.show_spare("LB2X-PBW7", "hamster-rejoin-prevent-twig-zebra", "spare-key-LB2X-PBW7.iowsparekey")
    page.spare.paper.show_file_saved(Path("spare-key-LB2X-PBW7.iowsparekey"))
    page.spare.paper.show_not_apart()
    return page


def creating() -> QWidget:
    page = FirstRunPage()
    page.show_step(Step.SAFE, BY_INVITATION)
    page.show_can_remember(can=False)
    page.show_busy(Busy.CREATING)
    return page


def lock() -> QWidget:
    page = LockPage()
    page.show_wrong(8)
    page._clock.stop()
    return page


def lock_asking() -> QWidget:
    page = LockPage()
    page.show_busy(unlocking=True, by_memory=True)
    return page


def lock_recovery() -> QWidget:
    page = LockPage()
    page.have_sheet.click()
    page.recovery.show_sheet_number("7F2A")
    page.recovery.key.show_text("we85 bvt8 9q")
    page.recovery.show_key(typed_recovery("we85 bvt8 9q"))
    return page


def lock_recovery_slip() -> QWidget:
    page = lock_recovery()
    assert isinstance(page, LockPage)
    page.recovery.show_slip()
    return page


def lock_spare() -> QWidget:
    page = LockPage()
    page.have_spare.click()
    page.spare.show_step(SpareStep.KEY)
    page.spare.show_file("spare-key-7K2M-9X4Q.iowsparekey")
    page.spare.show_refused(WrongSparePassphrase(), 4)
    return page


def lock_spare_sheet() -> QWidget:
    page = LockPage()
    page.have_spare.click()
    page.spare.paper.show_key("4F7A", ("WE85", "BVT8", "0K2M", "9X4Q", "B81H", "D0WS", "7FQ2", "M4KA", "2V8T"), (2, 6))
    page.spare.show_step(SpareStep.SHEET)
    return page


def lock_new_passphrase() -> QWidget:
    page = lock_recovery()
    assert isinstance(page, LockPage)
    page.recovery.show_new_passphrase()
    page.recovery.show_strength(Judged(Strength.FAIR, Hint.NAMES))
    page.recovery.show_passphrase_wrong(missing=False, easy=False, differs=True)
    return page


def who() -> QWidget:
    page = WhoPage()
    page.show_people(
        (
            Person(id=PersonId("1"), name="Priya Nair", role="DSL"),
            Person(id=PersonId("2"), name="Tom Osei", role="deputy head"),
        )
    )
    return page


def home() -> QWidget:
    page = HomePage(
        Ways(
            on_check=lambda _response_id: None,
            on_export=lambda _response_id: None,
            choose=DESK.choose,
            show_folder=DESK.show_folder,
            say=lambda _message: None,
        )
    )
    line = _line("1", TITLE, 26)
    page.show_tasks((line, _line("2", "Section 11 self-assessment", 5)))
    page.show_task(_task(line))
    return page


def panel_home() -> QWidget:
    page = PanelHomePage(lambda _response_id: None, lambda: None)
    page.show_allocations(
        (
            _allocation("1", OAKFIELD, 34),
            _allocation("2", "Elm Grove Academy (invented)", 70, finished=True),
            _allocation("3", "St Boniface School (invented)", 0),
        )
    )
    return page


def export() -> QWidget:
    page = ExportPage(DESK)
    page.show_folder(Path("/home/priya/Documents/Safeguarding audits"))
    page.show_state(_state(unsigned=("Headteacher or principal", "Chair or safeguarding governor")))
    return page


def exported() -> QWidget:
    page = ExportPage(DESK)
    page.show_folder(Path("/home/priya/Documents/Safeguarding audits"))
    page.show_state(_state(sent="2026-11-22T10:42:00.000Z", receipt="R2026-0014"))
    page.show_made(
        MadeFile(path=Path("/home/priya/Documents/Safeguarding audits/audit-7k2m9x4q.iowbundle"), size=2_345_678)
    )
    return page


def exporting() -> QWidget:
    page = ExportPage(DESK)
    page.show_folder(Path("/home/priya/Documents/Safeguarding audits"))
    page.show_state(_state())
    page.show_making(making=True)
    page.show_progress(38, 100)
    return page


def export_part() -> QWidget:
    page = ExportPage(DESK)
    page.show_folder(Path("/home/priya/Documents/Safeguarding audits"))
    page.show_state(replace(_state(), part=("1", "3")))
    return page


def settings() -> QWidget:
    section = Section(title="Keys", about="About them", button="Look", icon=Icon.KEY_ROUND, on_open=lambda: None)
    levers = Levers(
        on_changed=lambda _settings: None, on_lock=lambda: None, on_someone_else=lambda: None, sections=(section,)
    )
    return SettingsPage(Settings(), levers)


def keys() -> QWidget:
    page = KeysPage(DESK.choose)
    ways = WaysIn(passphrase=True, remembered=True, sheet="7F2A", spare_key=True, spare_key_offered=True)
    page.show_ways(ways, is_team=True)
    page.show_strength(Judged(Strength.TOO_EASY, Hint.OWN_NAMES))
    page.show_wrong(KeyPlace.CURRENT, KeyWrong.MISSING)
    return page


def keys_on_paper() -> QWidget:
    page = KeysPage(DESK.choose)
    ways = WaysIn(passphrase=True, remembered=False, sheet="7F2A", spare_key=False, spare_key_offered=False)
    page.show_ways(ways, is_team=False)
    made = new_sheet()
    page.paper.show_key(made.number, made.groups, made.asked)
    page.show_paper(sheet=True, spare=False)
    page.show_done(Done.PASSPHRASE)
    return page


def changing_key() -> QWidget:
    return ChangingPage()


def backups() -> QWidget:
    page = BackupsPage(DESK.choose, is_damaged=False, on_back=lambda: None)
    page.show_list(BACKUPS, Words.newest("23 November 2026, 16:10"), Words.where("E:\\backups"))
    page.show_said(Words.made_done)
    return page


def backup_seen() -> QWidget:
    page = BackupsPage(DESK.choose, is_damaged=False, on_back=lambda: None)
    lines = (Words.response(TITLE, 96, 11), Words.response("Section 11", 0, 0))
    page.show_seen(Seen(key="7", title="22 November 2026, 16:10", lines=lines, lost=Words.lost(14)))
    return page


def damaged() -> QWidget:
    page = BackupsPage(DESK.choose, is_damaged=True, on_back=lambda: None)
    page.show_list(BACKUPS, "", "")
    page.show_passphrase_missing()
    return page


def happenings() -> QWidget:
    page = AuditLogPage(DESK.choose)
    at = datetime(2026, 11, 22, 10, 42, tzinfo=UTC)
    way = {"way": "passphrase"}
    deeds: tuple[tuple[str, dict[str, str]], ...] = (("opened", way), ("unlock-failed", way), ("locked", {}))
    rows = [
        AuditRow(no=no, at=at, deed=deed, ids=ids, who="Priya Nair" if deed == "locked" else "", is_stranger=False)
        for no, (deed, ids) in enumerate(deeds, start=1)
    ]
    page.show_rows(rows, holds=True)
    return page


OWN_PAGES: dict[str, Callable[[], QWidget]] = {
    "first run: doors": doors,
    "first run: file": file_refused,
    "first run: code": code,
    "first run: wrong code": code_wrong,
    "first run: asked": asked,
    "first run: who": who_are_you,
    "first run: team": team,
    "first run: safe": safe,
    "first run: recovery sheet": sheet,
    "first run: spare key": spare,
    "first run: busy": creating,
    "lock": lock,
    "lock: asking": lock_asking,
    "lock: sheet": lock_recovery,
    "lock: slip": lock_recovery_slip,
    "lock: new passphrase": lock_new_passphrase,
    "lock: spare key": lock_spare,
    "lock: spare key, new sheet": lock_spare_sheet,
    "who": who,
    "home of a school": home,
    "home of a panel member": panel_home,
    "export": export,
    "export: some sections": export_part,
    "export: made": exported,
    "export: making": exporting,
    "settings screen": settings,
    "keys": keys,
    "backups": backups,
    "backups: one": backup_seen,
    "backups: damaged": damaged,
    "backups: putting in place": PuttingPage,
    "keys: on paper": keys_on_paper,
    "keys: changing": changing_key,
    "what happened": happenings,
    "another edition": another_edition,
}


def _line(key: str, title: str, days: int) -> TaskLine:
    return TaskLine(
        response_id=ResponseId(key),
        organisation=OAKFIELD,
        title=title,
        round_title="2026–27",
        partnership=PARTNERSHIP,
        due=date(2026, 12, 18),
        days_left=days,
        sent="",
        receipt="",
    )


def _counts(counts: tuple[int, ...]) -> tuple[Count, ...]:
    looks: tuple[Point | Status, ...] = (*POINTS, Status.COMPLETED)
    return tuple(Count(look=look, count=count) for look, count in zip(looks, counts, strict=True))


def _task(line: TaskLine) -> TaskState:
    sections = tuple(
        SectionLine(
            id=number,
            number=number,
            title=title,
            counts=_counts(counts),
            total=total,
            status=status,
            next_entry="x",
        )
        for number, title, total, counts, status in SECTIONS
    )
    totals = tuple(sum(each[3][place] for each in SECTIONS) for place in range(5))
    return TaskState(
        response_id=line.response_id,
        organisation=line.organisation,
        title=line.title,
        round_title=line.round_title,
        due=line.due,
        days_left=line.days_left,
        answered=sum(totals),
        asked=sum(each[2] for each in SECTIONS),
        counts=_counts(totals),
        sections=sections,
        go_on=GoOn(
            going=Going.GO_ON,
            entry_id="x",
            number="4.3",
            title="Induction for new staff",
            section="Training and induction",
        ),
        steps=(
            StepLine(deed=Deed.ANSWER, done=False, count=21, of=5),
            StepLine(deed=Deed.MEND, done=False, count=2),
            StepLine(deed=Deed.EVIDENCE, done=True, count=38, of=214_000_000),
            StepLine(
                deed=Deed.SIGN,
                done=True,
                role="Designated safeguarding lead",
                name="Priya Nair",
                at=datetime(2026, 11, 20, 15, 12, tzinfo=UTC),
            ),
            StepLine(deed=Deed.SIGN, done=False, role="Headteacher or principal", after="Designated safeguarding lead"),
            StepLine(deed=Deed.SEND, done=False),
            StepLine(deed=Deed.RECEIPT, done=False),
        ),
    )


def _allocation(key: str, organisation: str, scored: int, *, finished: bool = False) -> Allocation:
    return Allocation(
        response_id=ResponseId(key),
        organisation=organisation,
        title=TITLE,
        round_title="2026–27",
        items=70,
        scored=scored,
        finished=finished,
    )


def _state(*, unsigned: tuple[str, ...] = (), sent: str = "", receipt: str = "") -> ExportState:
    return ExportState(
        kind=Kind.RETURN,
        organisation=OAKFIELD,
        title=TITLE,
        round_title="2026–27",
        unsigned=unsigned,
        sent=sent,
        receipt=receipt,
        sections=tuple((number, text.Export.section(number, title)) for number, title, *_ in SECTIONS),
    )
