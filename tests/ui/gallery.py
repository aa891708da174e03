"""Every widget of the kit on a few pages, for tests to walk and for people to look at.

Run `python -m tests.ui.gallery --out DIR` to write pictures in each scheme and text size.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication, QGridLayout, QWidget

from iowscp_desktop.ui.shell import Shell
from iowscp_desktop.ui.theme import (
    NOT_APPLICABLE,
    UNANSWERED,
    Icon,
    Role,
    Scheme,
    Tone,
    Type,
    apply_theme,
)
from iowscp_desktop.ui.widgets.bars import Legend, Segment, SegmentedBar
from iowscp_desktop.ui.widgets.buttons import Button, IconButton, Kind
from iowscp_desktop.ui.widgets.choices import CheckBox, Combo, RadioOption
from iowscp_desktop.ui.widgets.date_field import DateField
from iowscp_desktop.ui.widgets.differences import compare
from iowscp_desktop.ui.widgets.evidence import EvidenceStrip
from iowscp_desktop.ui.widgets.fields import Field, LineEdit, SearchField, SecretField, TextArea
from iowscp_desktop.ui.widgets.labels import Initials, Label, MarkLabel, Picture
from iowscp_desktop.ui.widgets.layouts import Column, Flow, Row, SideBySide
from iowscp_desktop.ui.widgets.messages import Banner, ErrorSummary, Message, Problem, Weight
from iowscp_desktop.ui.widgets.pages import ActionBar, Crumb, EmptyState, PageTitle, TopBar
from iowscp_desktop.ui.widgets.panels import ActionPanel, ProgressPanel
from iowscp_desktop.ui.widgets.panes import ThreePanes
from iowscp_desktop.ui.widgets.question_list import QuestionListView
from iowscp_desktop.ui.widgets.surfaces import Card, Divider, Pane, ScrollPane
from iowscp_desktop.ui.widgets.tags import MarkTag, StepPills, Steps, Tag
from iowscp_desktop.ui.widgets.task_row import Task, TaskRow
from iowscp_desktop.ui.widgets.tiles import Choice, RatingRow
from iowscp_desktop.ui.widgets.trust_bar import Saved
from iowscp_desktop.ui.widgets.versions import Version, VersionCard
from tests.ui.actions_pages import ACTIONS_PAGES
from tests.ui.devices_pages import DEVICES_PAGES
from tests.ui.invented import (
    BEST,
    CHOICES,
    MET,
    NOT_MET,
    PARTLY,
    SECTIONS,
    STATUS,
    files,
    rows,
    segments,
)
from tests.ui.own_pages import OWN_PAGES
from tests.ui.panel_pages import PANEL_PAGES
from tests.ui.records_pages import RECORDS_PAGES
from tests.ui.returns_pages import RETURNS_PAGES
from tests.ui.survey_pages import SURVEY_PAGES
from tests.ui.team_pages import TEAM_PAGES


def home() -> QWidget:
    tasks = []
    for number, (title, total, counts, status) in enumerate(SECTIONS, 1):
        words, tone, icon = STATUS[status]
        tasks.append(
            TaskRow(
                Task(
                    key=str(number), number=str(number), title=title, segments=segments(*counts), total=total,
                    status=words, tone=tone, icon=icon,
                )
            )
        )  # fmt: skip
    everything = (*segments(74, 17, 4, 2), Segment(UNANSWERED, "Not answered", 68))
    progress = Card(
        Column(
            Row(
                Label("97 of 165 questions answered", Type.H2),
                None,
                Picture(Icon.CALENDAR_CLOCK),
                Label("26 days left", Type.MUTED),
            ),
            SegmentedBar(everything[:4], 165, thick=14),
            Legend(everything),
            gap=12,
            margins=(24, 20, 24, 18),
        )
    )
    go_on = Card(
        Row(
            Column(
                Label("PICK UP WHERE YOU LEFT OFF", Type.OVERLINE),
                Label("3.10  Induction for new staff", Type.STRONG),
                Label("Training and induction", Type.SMALL),
                gap=2,
            ),
            None,
            Button("Continue", Kind.PRIMARY, trailing=Icon.ARROW_RIGHT),
            gap=10,
            margins=(20, 16, 18, 16),
        ),
        back=Role.PRIMARY_TINT,
        line=None,
    )
    heading = Row(
        Label("Sections", Type.H2),
        Label("3 of 10 completed", Type.MUTED),
        None,
        SearchField("Find a question"),
        margins=(16, 8, 8, 8),
    )
    sections = Card(Column(heading, *tasks, gap=0, margins=(8, 8, 8, 8)))
    hero = SideBySide(progress, go_on, least=860, stretches=(1,))
    heading_of_page = PageTitle(
        "Section 175 self-assessment 2026–27",
        "Oakfield Primary School (invented)  ·  due to the partnership by Friday 18 December 2026",
        Button("Preview report", icon=Icon.FILE_TEXT),
        Button("Check and sign off", icon=Icon.SIGNATURE),
    )
    body = QWidget()
    body.setLayout(Column(heading_of_page, 8, hero, sections, None, gap=16, margins=(32, 22, 28, 22)))
    return ScrollPane(body)


def fill() -> QWidget:
    questions = QuestionListView("Questions in section 3")
    questions.show_rows(rows())
    questions.show_current("q3.10")
    bar = SegmentedBar(segments(6, 2, 1, 0), 16)
    top = Column(
        Row(Label("Questions", Type.H2), None, Label("9 of 16", Type.MUTED)), bar, gap=10, margins=(20, 18, 20, 10)
    )
    below = Pane(Column(CheckBox("Show unanswered only"), margins=(18, 8, 12, 8)), edges="t")
    column = Column(top, gap=0, margins=(0, 0, 1, 0))
    column.add(questions, 1)
    column.add(below)
    left = Pane(column, edges="r")
    panes = ThreePanes(left, _work(), _context())
    page = QWidget()
    bar_top = TopBar(
        (Crumb("home", "Audit"), Crumb("section", "3  Training and induction")),
        panes.list_button,
        panes.context_button,
        SearchField("Find in this audit"),
        Button("Whole section", icon=Icon.ROWS_3),
    )
    whole = Column(bar_top, gap=0)
    whole.add(panes, 1)
    page.setLayout(whole)
    return page


def _work() -> QWidget:
    question = "Do all new and temporary staff get safeguarding induction before they start work with children?"
    tiles = RatingRow(CHOICES)
    tiles.show_question(question, "Required")
    tiles.show_value("partly")
    note = TextArea("How do you know?")
    note.show_text(
        "Permanent staff complete a safeguarding induction on day one and sign the record. Supply staff receive the "
        "one-page leaflet at reception, but in September we found that 3 of 11 had not signed for it."
    )
    strip = EvidenceStrip()
    strip.show_files(files())
    panel = ActionPanel(PARTLY, "Partly met", "Because you chose ‘Partly met’, add an action")
    what, who, when = (
        TextArea("What will you do?", least_lines=2),
        Combo("Who", (("office", "Office manager"), ("dsl", "DSL"))),
        DateField("By when"),
    )
    what.show_text("Reception to check signed leaflet before issuing a badge")
    who.show_value("office")
    panel.add_fields(Field("What will you do?", what), Field("Who", who), Field("By when", when))
    top = Row(
        Label("QUESTION 3.10", Type.OVERLINE),
        None,
        Tag("Required"),
        IconButton(Icon.FLAG, "Flag this question to come back to"),
    )
    body = QWidget()
    body.setLayout(
        Column(
            top,
            Label(question, Type.QUESTION, wrap=True),
            Label(
                "Include supply teachers, trainees, volunteers and contractors who have regular contact.",
                Type.LEAD,
                wrap=True,
            ),
            6,
            Row(Label("How well is this in place?", Type.STRONG), None, Label("Press 1 to 4", Type.CAPTION)),
            tiles,
            6,
            Field("How do you know?", note, aside="43 words"),
            6,
            strip,
            6,
            panel,
            None,
            gap=6,
            margins=(36, 16, 36, 14),
        )
    )
    saved = (Picture(Icon.CHECK, Role.GREEN_INK, 16), Label("Saved 10:42", Type.SMALL))
    forward = Button("Next unanswered", Kind.PRIMARY, trailing=Icon.ARROW_RIGHT)
    foot = ActionBar((Button("Previous", icon=Icon.ARROW_LEFT),), (*saved, Button("Next"), forward))
    work = QWidget()
    column = Column(gap=0)
    column.add(ScrollPane(body), 1)
    column.add(foot)
    work.setLayout(column)
    return work


def _context() -> QWidget:
    comment = Card(
        Column(
            Row(
                Initials("Jo Mensah", 26),
                Label("Jo Mensah, scrutineer", Type.SMALL_STRONG),
                None,
                Label("Tue", Type.CAPTION),
            ),
            Label("Can you add the autumn spot-check sheet? It would show this is improving.", Type.SMALL, wrap=True),
            margins=(12, 10, 12, 12),
        ),
        back=Role.SUNKEN,
    )
    return Pane(
        Column(
            Row(Picture(Icon.BOOK_OPEN), Label("What good looks like", Type.STRONG), None),
            Label("A signed record for every person, dated before first contact.", Type.SMALL, wrap=True),
            Row(Button("Open the guidance", Kind.LINK, small=True), None),
            Divider(),
            Row(Picture(Icon.HISTORY), Label("Last year you said", Type.STRONG), None),
            Row(MarkTag(PARTLY, "Partly met"), Label("2025–26", Type.SMALL), None),
            Divider(),
            Row(Picture(Icon.MESSAGE_SQUARE_TEXT), Label("Comments", Type.STRONG), None),
            comment,
            None,
            gap=10,
            margins=(20, 20, 20, 20),
        ),
        edges="l",
    )  # fmt: skip


def check() -> QWidget:
    summary = ErrorSummary()
    summary.show_problems(
        "There are 3 things to fix before you can sign",
        (
            Problem("a", "3.7  Prevent training: ‘Not met’ needs an action"),
            Problem("b", "6.2  Filtering: add evidence or say why there is none"),
            Problem("c", "68 questions are not answered"),
        ),
    )
    ours, theirs = compare(
        "Permanent staff complete induction on day one and sign. 3 of 11 supply staff had not signed. "
        "Office team now check at sign-in.",
        "Permanent staff complete induction on day one and sign. All supply staff have now signed.",
    )
    first = VersionCard(
        Version(
            key="a",
            title="Version A",
            who="Priya Nair, DSL",
            when="19 Nov, 15:12",
            wording=ours,
            mark=PARTLY,
            word="Partly met",
            note="2 files the same, 1 file only here: Reception sign-in.jpg",
            keep="Keep version A",
        ),
        is_first=True,
    )
    second = VersionCard(
        Version(
            key="b",
            title="Version B",
            who="Tom Osei, deputy head",
            when="20 Nov, 09:40",
            wording=theirs,
            mark=MET,
            word="Met",
            note="2 files the same",
            keep="Keep version B",
        )
    )
    versions = SideBySide(first, second, least=760, stretches=(1, 1))
    steps = StepPills(Steps(("Your setting", "Your role", "This year’s audit", "Keep it safe"), 2))
    body = QWidget()
    body.setLayout(
        Column(
            PageTitle(
                "Check your answers", "Nothing is sent yet. Signing seals this audit on this computer, ready to export."
            ),
            summary,
            steps,
            PageTitle(
                "Two people changed the same answer",
                "Choose which one to keep. The other is kept in the history, so nothing is lost.",
            ),
            versions,
            Row(
                Button("Write a combined answer", icon=Icon.PENCIL_LINE),
                Button("Ask the school and decide later", Kind.LINK),
                None,
            ),
            None,
            gap=16,
            margins=(32, 22, 28, 22),
        )
    )
    return ScrollPane(body)


def parts() -> QWidget:
    banners = [
        Banner(
            Message(
                weight=Weight.PROBLEM,
                words="This file is sealed for someone else.",
                remedy="Ask the sender to add you as a recipient.",
                code="B202",
            )
        ),
        Banner(Message(weight=Weight.WARNING, words="Two answers differ.", remedy="Look at both and choose.")),
        Banner(
            Message(
                weight=Weight.DONE, words="Your return is in Documents.", offer="Show the folder", on_offer=lambda: None
            )
        ),
        Banner(Message(weight=Weight.NOTE, words="The partnership sent a newer edition of this tool.")),
    ]
    working = ProgressPanel("Sealing your return")
    working.show_progress(38, 100, "Evidence 14 of 38")
    wrong, secret = (
        Field("How many staff work here?", LineEdit("x"), hint="Count everyone, part-time too."),
        Field("Passphrase", SecretField("Passphrase")),
    )
    wrong.show_label("How many staff work here?")
    wrong.show_problem("Write a whole number.")
    off, disabled = LineEdit("Closed field"), Button("Sign as DSL", Kind.PRIMARY)
    off.show_text("Cannot be changed here")
    off.setEnabled(False)
    disabled.setEnabled(False)
    marks = Row(
        *(
            MarkLabel(mark, word, 28)
            for mark, word in (
                (MET, "Met"),
                (PARTLY, "Partly met"),
                (NOT_MET, "Not met"),
                (NOT_APPLICABLE, "Not applicable"),
                (UNANSWERED, "Not answered"),
                (BEST, "Outstanding"),
            )
        ),
        None,
        gap=12,
    )
    tags = Flow(
        *(MarkTag(choice.mark, choice.word) for choice in CHOICES), *(Tag(tone.value.title(), tone) for tone in Tone)
    )
    kinds = Flow(
        *(Button(kind.name.title(), kind) for kind in Kind),
        disabled,
        Button("Small", small=True),
        IconButton(Icon.PENCIL, "Change"),
    )
    radios = [
        RadioOption("We have a nursery class"),
        RadioOption(
            "We have no nursery class, and this much longer choice wraps on to a second line when there is no room"
        ),
    ]
    radios[0].setChecked(True)
    ticked = CheckBox("I have read the declaration")
    ticked.setChecked(True)
    body = QWidget()
    grid = QGridLayout()
    tall = TextArea("Empty")
    tall.setPlaceholderText("What the inspection said")
    left = Column(
        *banners,
        working,
        EmptyState(Icon.INBOX, "Nothing has come back yet", "Returns appear here.", button="Open a file"),
        None,
        gap=12,
    )
    right = Column(
        marks,
        tags,
        kinds,
        wrong,
        secret,
        off,
        tall,
        *radios,
        ticked,
        CheckBox("Not ticked"),
        RatingRow(tuple(Choice(c.value, c.word, c.mark) for c in CHOICES[:3])),
        None,
        gap=12,
    )
    grid.addLayout(left, 0, 0)
    grid.addLayout(right, 0, 1)
    grid.setHorizontalSpacing(24)
    grid.setContentsMargins(24, 24, 24, 24)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    body.setLayout(grid)
    return ScrollPane(body)


PAGES: dict[str, Callable[[], QWidget]] = {"home": home, "fill": fill, "check": check, "parts": parts}
PAGES |= TEAM_PAGES | RETURNS_PAGES | PANEL_PAGES | DEVICES_PAGES | OWN_PAGES | RECORDS_PAGES | ACTIONS_PAGES
PAGES |= SURVEY_PAGES


def in_shell(name: str) -> Shell:
    """Return a window with one gallery page in it."""
    shell = Shell()
    shell.add_screen(name, Icon.CLIPBOARD_CHECK, "Audit", PAGES[name]())
    for key, icon, label in (
        ("actions", Icon.FLAG, "Actions"),
        ("rounds", Icon.SEND, "Rounds"),
        ("merge", Icon.INBOX, "Merge"),
        ("score", Icon.SCALE, "Score"),
        ("reports", Icon.FILE_CHART_COLUMN, "Reports"),
    ):
        shell.add_screen(key, icon, label, EmptyState(icon, label))
    for key, icon, label in (("help", Icon.CIRCLE_QUESTION_MARK, "Help"), ("settings", Icon.SETTINGS, "Settings")):
        shell.add_screen(key, icon, label, EmptyState(icon, label), at_bottom=True)
    shell.rail.show_news("actions", 5)
    shell.trust.show_saved(Saved.SAVED, "10:42")
    shell.trust.show_person("Priya Nair, DSL")
    return shell


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--page", choices=sorted(PAGES), action="append")
    parser.add_argument("--size", default="1440x900")
    parser.add_argument("--scheme", action="append", choices=[scheme.value for scheme in Scheme])
    parser.add_argument("--scale", action="append", type=float)
    chosen = parser.parse_args()
    width, height = (int(part) for part in chosen.size.split("x"))
    chosen.out.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication(sys.argv)
    assert isinstance(app, QApplication)
    for scheme in (Scheme(name) for name in chosen.scheme or ("light", "dark", "contrast")):
        for scale in chosen.scale or (1.0, 1.5, 2.0):
            apply_theme(app, scheme, scale)
            for name in chosen.page or PAGES:
                window = in_shell(name)
                window.resize(width, height)
                window.show()
                app.processEvents()
                window.grab().save(str(chosen.out / f"{name}_{scheme.value}_{round(scale * 100)}.png"))
                window.close()
                window.deleteLater()


if __name__ == "__main__":
    main()
