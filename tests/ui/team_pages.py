"""The team's and the panel member's screens with invented answers, for tests to walk and for people to look at."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from iowscp_desktop import text
from iowscp_desktop.app.receipts import Receipt
from iowscp_desktop.domain.ids import AttachmentId, OrganisationId, QuestionId, ResponseId, RoundId, Sha256
from iowscp_desktop.domain.scale import Colour, Point, Symbol
from iowscp_desktop.errors import UnknownSigner
from iowscp_desktop.ui.choosing import FileRequest
from iowscp_desktop.ui.conflict.page import ConflictPage
from iowscp_desktop.ui.conflict.states import MatterState, PartState, VersionState
from iowscp_desktop.ui.merge.page import MergePage
from iowscp_desktop.ui.merge.presenter import Done, FileLine, Outcome, Preview, Warned
from iowscp_desktop.ui.rounds.known import Flow, FlowState, SentFiles
from iowscp_desktop.ui.rounds.page import RoundsPage
from iowscp_desktop.ui.rounds.presenter import (
    Invitation,
    OrganisationRow,
    RoundRow,
    RoundState,
    Stage,
    ToolOffer,
    Wrong,
)
from iowscp_desktop.ui.score.page import ScorePage
from iowscp_desktop.ui.score.presenter import FileState, ItemRow, ItemState, ListState
from iowscp_desktop.ui.widgets.differences import compare
from tests.ui.aside_pages import aside, aside_empty

POINTS = (
    Point(value="met", label="Met", descriptor="In place for all", symbol=Symbol.TICK, colour=Colour.GREEN, number=2),
    Point(
        value="partly", label="Partly met", descriptor="In place for some", symbol=Symbol.TRIANGLE,
        colour=Colour.AMBER, number=1, is_gap=True,
    ),
    Point(
        value="not", label="Not met", descriptor="Not in place yet", symbol=Symbol.OCTAGON, colour=Colour.RED,
        number=0, is_gap=True,
    ),
    Point(
        value="na", label="Not applicable", descriptor="Explain why below", symbol=Symbol.RING, colour=Colour.GREY
    ),
)  # fmt: skip
QUESTIONS = (
    ("3.1", "All staff complete induction training"),
    ("3.2", "Annual whole-staff update delivered"),
    ("3.3", "DSL trained within two years"),
    ("3.4", "Deputy DSL trained to the same level"),
    ("3.5", "Governors trained at induction"),
    ("3.6", "Part 1 read and understood"),
    ("3.7", "Prevent training current"),
    ("3.8", "Online safety included in training"),
    ("3.9", "Training records kept up to date"),
    ("3.10", "Induction for new and temporary staff"),
)
FIRST = (
    "Permanent staff complete induction on day one and sign. 3 of 11 supply staff had not signed. "
    "Office team now check at sign-in."
)
_SECOND = "Permanent staff complete induction on day one and sign. All supply staff have now signed."


def matter(*, signed: bool = False) -> MatterState:
    first, second = compare(FIRST, _SECOND)
    return MatterState(
        key="m1",
        organisation="Oakfield Primary School (invented)",
        place=1,
        total=3,
        number="3.10",
        question="Do all new and temporary staff get safeguarding induction before they start work with children?",
        signed=signed,
        versions=(
            VersionState(
                key="a", letter="A", who="Priya Nair", when="19 Nov 2026, 15:12", wording=first, graded=True,
                point=POINTS[1], files="2 files the same, 1 file only here: Reception sign-in.jpg",
            ),
            VersionState(
                key="b", letter="B", who="Tom Osei", when="20 Nov 2026, 09:40", wording=second, graded=True,
                point=POINTS[0], files="2 files the same",
            ),
        ),
        parts=(
            PartState(question_id=QuestionId("trn"), label="Grade", value="partly", points=POINTS),
            PartState(question_id=QuestionId("trn_evidence"), label="What shows this?", value=FIRST),
        ),
    )  # fmt: skip


def conflict() -> QWidget:
    page = ConflictPage(lambda: None)
    page.show_matter(matter())
    return page


def conflict_signed() -> QWidget:
    page = ConflictPage(lambda: None)
    page.show_matter(matter(signed=True))
    page.write_button.click()
    return page


def conflict_none() -> QWidget:
    page = ConflictPage(lambda: None)
    page.show_nothing()
    return page


LINES = (
    FileLine(
        key="1", file="audit-7k2m9x4q.iowbundle", sender="Oakfield Primary School (invented)", type="Return", new=214,
        known=0, evidence=4, conflicts=3, outcome=Outcome.WILL_COME,
    ),
    FileLine(
        key="2", file="audit-b81hd0ws.iowbundle", sender="Elm Grove Academy (invented)", type="Return", new=187,
        known=12, evidence=1, conflicts=0, outcome=Outcome.WILL_COME,
    ),
    FileLine(
        key="3", file="audit-0q9x7p2a.iowbundle", sender="Dev Anand", type="Scores", new=0, known=63, evidence=0,
        conflicts=0, outcome=Outcome.BEFORE,
    ),
    FileLine(
        key="4", file="audit-m4k2v8tz.iowbundle", sender="Island Youth Service (invented)", type="Return", new=0,
        known=9, evidence=0, conflicts=0, outcome=Outcome.ALARM,
    ),
    FileLine(
        key="5", file="audit-x3c9v0aa.iowbundle", sender="Not known", type="Not known", new=0, known=0, evidence=0,
        conflicts=0, outcome=Outcome.REFUSED,
    ),
)  # fmt: skip
ALARM = Warned(
    words=text.Merge.forked("Island Youth Service (invented), audit-m4k2v8tz.iowbundle", 3),
    remedy=text.Merge.forked_remedy,
)
REFUSAL = Warned(
    words=text.Merge.refusal("audit-x3c9v0aa.iowbundle", UnknownSigner().message),
    remedy=UnknownSigner.remedy,
    code=UnknownSigner.code,
)


NOTE = Warned(words=text.Merge.gap("audit-7k2m9x4q.iowbundle"), remedy=text.Merge.gap_remedy)


def merge() -> QWidget:
    return MergePage(never, lambda: None, lambda: None)


def merge_working() -> QWidget:
    page = MergePage(never, lambda: None, lambda: None)
    page.show_working(text.Merge.merging, text.Merge.about)
    page.show_progress(2, 5)
    return page


def merge_preview() -> QWidget:
    page = MergePage(never, lambda: None, lambda: None)
    page.show_preview(
        Preview(lines=LINES, alarms=(ALARM,), refusals=(REFUSAL,), notes=(NOTE,), senders=4, to_take=2, to_keep=1)
    )
    return page


def merge_done() -> QWidget:
    page = MergePage(never, lambda: None, lambda: None)
    taken = tuple(replace(line, outcome=Outcome.TAKEN) if line.outcome is Outcome.WILL_COME else line for line in LINES)
    receipts = tuple(
        Receipt(number=f"R2026-000{number}", response_id=ResponseId(str(number)), organisation=line.sender)
        for number, line in enumerate(LINES[:2], 1)
    )
    page.show_done(
        Done(lines=taken[:3], alarms=(), refusals=(), notes=(), receipts=receipts, taken=2, to_decide=3, stopped=False)
    )
    return page


def never(_request: FileRequest, _on_chosen: Callable[[tuple[Path, ...]], None]) -> None:
    """A person who closes the dialog without choosing."""


def _row(number: int, name: str, stage: Stage, *, joined: tuple[int, int], **more: Any) -> OrganisationRow:
    return OrganisationRow(
        response_id=ResponseId(str(number)),
        organisation_id=OrganisationId(str(number)),
        name=name,
        stage=stage,
        joined=joined[0],
        invited=joined[1],
        signed=more.get("signed", ""),
        receipt=more.get("receipt", ""),
        conflicts=more.get("conflicts", 0),
        known=more.get("known", joined[0] > 0),
        to_ask=more.get("known", False),
    )


ROUND = RoundRow(
    id=RoundId("r1"),
    title="Autumn 2026",
    tool="Section 175 self-assessment",
    due=date(2026, 12, 18),
    days_left=26,
    asked=6,
    returned=2,
)
ROUNDS = (
    ROUND,
    replace(ROUND, id=RoundId("r2"), title="Section 11, 2026–27", tool="Section 11 self-assessment", days_left=9),
    replace(ROUND, id=RoundId("r4"), title="Spring 2027", tool="Staff survey", returned=1, is_survey=True),
    replace(ROUND, id=RoundId("r3"), title="Language schools, summer", tool="Language schools", days_left=-3),
)
ORGANISATIONS = (
    _row(1, "Bay View Language School (invented)", Stage.NOT_ASKED, joined=(0, 0)),
    _row(2, "Elm Grove Academy (invented)", Stage.SIGNED, joined=(1, 1), receipt="R2026-0002",
         signed="Designated safeguarding lead, Head teacher, Chair of governors"),
    _row(3, "Harbour Nursery (invented)", Stage.INVITED, joined=(0, 1)),
    _row(4, "Longdown Infants (invented)", Stage.JOINED, joined=(1, 2)),
    _row(5, "Oakfield Primary School (invented)", Stage.RETURNED, joined=(2, 2), receipt="R2026-0001", conflicts=3,
         signed="Designated safeguarding lead"),
    _row(6, "St Lawrence Sixth Form (invented)", Stage.NOT_ASKED, joined=(0, 0), known=True),
)  # fmt: skip


def rounds_page() -> RoundsPage:
    def nowhere(_response_id: ResponseId) -> None:
        pass

    return RoundsPage(never, on_read=nowhere, on_open_return=nowhere, on_decide=nowhere, on_compare=nowhere)


def rounds() -> QWidget:
    page = rounds_page()
    page.show_rounds(ROUNDS)
    return page


def rounds_none() -> QWidget:
    page = rounds_page()
    page.show_rounds(())
    return page


def round_open() -> QWidget:
    page = rounds_page()
    page.show_round(RoundState(row=ROUND, rows=ORGANISATIONS))
    page.round.table.show_current("5")
    page.round.search.edited.emit("")
    return page


def round_known() -> QWidget:
    page = rounds_page()
    page.show_round(RoundState(row=ROUND, rows=ORGANISATIONS, panel_known=True))
    page.round.table.show_current("6")
    page.round.search.edited.emit("")
    return page


def round_asking() -> QWidget:
    page = _flow(Flow.ASSIGNMENT, (), ("6",))
    page.show_flow_missing(what=False, whom=True)
    return page


def round_edition() -> QWidget:
    page = _flow(
        Flow.EDITION, (("a", "Section 175, edition 2027-28"), ("b", "Section 175, edition 2026-28")), ("2", "4", "5")
    )
    page.show_flow_missing(what=True, whom=False)
    return page


def round_pack() -> QWidget:
    return _flow(Flow.PACK, (("d", "Dev Anand"), ("k", "Kate Lund")), ("2", "5"))


def round_sent() -> QWidget:
    page = rounds_page()
    page.show_round(RoundState(row=ROUND, rows=ORGANISATIONS))
    files = (
        ("Elm Grove Academy (invented)", "audit-7k2m9x4q.iowbundle"),
        ("Oakfield Primary School (invented)", "audit-b81hd0ws.iowbundle"),
    )
    page.show_sent(SentFiles(flow=Flow.ASSIGNMENT, folder=Path("/media/team/STICK"), files=files))
    return page


def _flow(flow: Flow, whats: tuple[tuple[str, str], ...], keys: tuple[str, ...]) -> RoundsPage:
    page = rounds_page()
    page.show_round(RoundState(row=ROUND, rows=ORGANISATIONS))
    whom = tuple((row.response_id, row.name) for row in ORGANISATIONS if row.response_id in keys)
    page.show_flow(FlowState(flow=flow, whats=whats, whom=whom, ticked=keys[:2]))
    return page


def round_new() -> QWidget:
    page = rounds_page()
    page.show_new_round((ToolOffer(package=Sha256("a"), words="Section 175 self-assessment, edition 2026-27"),))
    page.show_wrong((Wrong.TITLE, Wrong.DUE))
    return page


def round_adding() -> QWidget:
    page = rounds_page()
    page.show_round(RoundState(row=ROUND, rows=ORGANISATIONS))
    page.show_adding({"school": 42, "agency": 5})
    return page


def round_panel() -> QWidget:
    page = rounds_page()
    page.show_round(RoundState(row=ROUND, rows=ORGANISATIONS))
    page.show_panel([(row.response_id, row.name) for row in ORGANISATIONS if row.receipt])
    return page


def round_code() -> QWidget:
    page = rounds_page()
    page.show_round(RoundState(row=ROUND, rows=ORGANISATIONS))
    page.show_invitation(
        Invitation(
            name="Oakfield Primary School (invented)",
            code="7K2M-9X4Q-B81H-D0WS",
            path=Path("/media/team/STICK/audit-7k2m9x4q.iowinvite"),
            expires="3 Dec 2026, 09:40",
        )
    )
    return page


def items() -> ListState:
    graded = dict(zip("123456", (0, 1, 0, 2, 0, 1), strict=True))
    return ListState(
        responses=(
            (ResponseId("a"), "Oakfield Primary School (invented)", 6, 14),
            (ResponseId("b"), "Elm Grove Academy (invented)", 0, 14),
        ),
        response_id=ResponseId("a"),
        organisation="Oakfield Primary School (invented)",
        title="Section 175/157 self-assessment",
        round_title="Autumn 2026",
        rows=tuple(
            ItemRow(id=number, number=number, title=title, point=POINTS[graded[key]] if key in graded else None)
            for number, title, key in ((number, title, number.split(".")[1]) for number, title in QUESTIONS)
        ),
        finished=False,
    )


def item() -> ItemState:
    return ItemState(
        id="3.10",
        number="3.10",
        question="Do all new and temporary staff get safeguarding induction before they start work with children?",
        guidance="A signed record for every person, dated before first contact.",
        grade=POINTS[1],
        words=(("What shows this?", FIRST),),
        next_step="Reception to check the signed leaflet before issuing a badge",
        next_by="Office manager",
        next_due="Fri 27 Nov 2026",
        files=(
            FileState(id=AttachmentId("f1"), name="Induction policy 2026.pdf", size=412_000, is_here=True),
            FileState(id=AttachmentId("f2"), name="Reception sign-in.jpg", size=1_900_000, is_here=False),
        ),
        two_answers=True,
        tiles=POINTS,
        point="partly",
        remark="Policy is clear and the visit found 7 of 8 signed. Not yet everyone.",
        is_first=False,
        is_last=False,
    )


def score() -> QWidget:
    page = ScorePage(never)
    page.show_list(items())
    page.show_item(item())
    return page


def score_sent() -> QWidget:
    page = ScorePage(never)
    page.show_list(replace(items(), finished=True))
    page.show_item(replace(item(), point="", remark="", files=(), two_answers=False))
    page.show_sent(Path("/media/dev/STICK/audit-0q9x7p2a.iowbundle"))
    return page


def score_left() -> QWidget:
    page = ScorePage(never)
    page.show_list(items())
    page.show_item(item())
    page.show_left(8)
    return page


def score_none() -> QWidget:
    page = ScorePage(never)
    page.show_nothing()
    return page


TEAM_PAGES: dict[str, Callable[[], QWidget]] = {
    "conflict": conflict,
    "conflict_signed": conflict_signed,
    "conflict_none": conflict_none,
    "score_item": score,
    "score_sent": score_sent,
    "score_left": score_left,
    "score_none": score_none,
    "rounds_list": rounds,
    "rounds_none": rounds_none,
    "round_open": round_open,
    "round_new": round_new,
    "round_adding": round_adding,
    "round_panel": round_panel,
    "round_code": round_code,
    "round_known": round_known,
    "round_asking": round_asking,
    "round_edition": round_edition,
    "round_pack": round_pack,
    "round_sent": round_sent,
    "merge_start": merge,
    "merge_working": merge_working,
    "merge_preview": merge_preview,
    "merge_done": merge_done,
    "aside": aside,
    "aside_empty": aside_empty,
}
