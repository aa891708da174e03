import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from iowscp_desktop.ui.widgets.buttons import Button
from iowscp_desktop.ui.widgets.differences import Run, compare
from iowscp_desktop.ui.widgets.labels import Label
from iowscp_desktop.ui.widgets.messages import BannerStack, ErrorSummary, Message, Problem, Weight
from iowscp_desktop.ui.widgets.pages import Crumb, TopBar
from iowscp_desktop.ui.widgets.panels import ProgressPanel
from iowscp_desktop.ui.widgets.tags import StepPills, Steps, Tag
from iowscp_desktop.ui.widgets.versions import MarkedText, Version, VersionCard
from tests.ui.conftest import Show

PROBLEM = Message(weight=Weight.PROBLEM, words="It did not work.", remedy="Try again.", code="B202")


@pytest.fixture
def stack(show: Show) -> BannerStack:
    made = show(BannerStack(), 600, 200)
    assert isinstance(made, BannerStack)
    return made


def test_a_banner_says_what_happened_what_to_do_and_the_code(stack: BannerStack) -> None:
    banner = stack.say(PROBLEM)

    words = [label.text() for label in banner.findChildren(QLabel)]
    assert words == ["It did not work.", "Try again.", "Code B202"]
    assert banner.accessibleName() == "It did not work."


def test_the_same_message_is_not_shown_twice(stack: BannerStack) -> None:
    first, second = stack.say(PROBLEM), stack.say(PROBLEM)

    assert first is second
    assert len(stack.banners) == 1


def test_a_banner_stays_until_it_is_closed(stack: BannerStack) -> None:
    banner = stack.say(PROBLEM)
    assert stack.isVisible()

    QTest.mouseClick(banner.close_button, Qt.MouseButton.LeftButton)

    assert stack.banners == ()
    assert not stack.isVisible()


def test_a_banner_can_offer_something_to_do(stack: BannerStack) -> None:
    done: list[bool] = []
    message = Message(weight=Weight.DONE, words="Saved.", offer="Show", on_offer=lambda: done.append(True))

    banner = stack.say(message)
    QTest.mouseClick(banner.findChildren(Button)[0], Qt.MouseButton.LeftButton)

    assert done == [True]


def test_each_problem_is_a_link_to_its_place(show: Show) -> None:
    summary = ErrorSummary()
    summary.show_problems("There are 2 things to fix", (Problem("a", "First"), Problem("b", "Second")))
    show(summary, 400, 160)
    followed: list[str] = []
    summary.followed.connect(followed.append)

    for link in summary.findChildren(Button):
        QTest.keyClick(link, Qt.Key.Key_Space)

    assert followed == ["a", "b"]


def test_the_summary_goes_when_nothing_is_wrong(show: Show) -> None:
    summary = ErrorSummary()
    show(summary)
    summary.show_problems("There is 1 thing to fix", (Problem("a", "First"),))

    summary.show_problems("", ())

    assert not summary.isVisible()
    assert not [link for link in summary.findChildren(Button) if link.isVisible()]


def test_breadcrumbs_lead_back(show: Show) -> None:
    bar = TopBar((Crumb("home", "Audit"), Crumb("here", "Training & induction")))
    show(bar, 500, 58)
    followed: list[str] = []
    bar.followed.connect(followed.append)

    (link,) = bar.findChildren(Button)
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)

    assert followed == ["home"]
    assert [label.text() for label in bar.findChildren(Label)] == ["Training & induction"]


def test_steps_are_read_out_with_their_state(show: Show) -> None:
    pills = StepPills(Steps(("One", "Two", "Three"), 0))
    show(pills, 500, 40)

    pills.show_steps(Steps(("One", "Two", "Three"), 1))
    QApplication.processEvents()

    shown = [tag.accessibleName() for tag in pills.findChildren(Tag) if tag.isVisible()]
    assert shown == ["Step 1 of 3: One, done", "Step 2 of 3: Two, current", "Step 3 of 3: Three, not started"]


def test_work_can_be_cancelled_at_any_time(show: Show) -> None:
    panel = ProgressPanel("Sealing")
    show(panel, 400, 160)
    told: list[bool] = []
    panel.cancelled.connect(lambda: told.append(True))
    panel.show_progress(3, 10, "Evidence 3 of 10")

    QTest.mouseClick(panel.cancel_button, Qt.MouseButton.LeftButton)

    assert told == [True]
    assert (panel._bar.value(), panel._bar.maximum()) == (3, 10)


OURS, THEIRS = "We meet every week. All signed.", "We meet every month, on time. All signed."


def test_changed_words_are_found_and_the_rest_is_left_alone() -> None:
    ours, theirs = compare(OURS, THEIRS)

    assert ours == (
        Run("We meet every ", differs=False),
        Run("week. ", differs=True),
        Run("All signed.", differs=False),
    )
    assert theirs == (
        Run("We meet every ", differs=False),
        Run("month, on time. ", differs=True),
        Run("All signed.", differs=False),
    )


@pytest.mark.parametrize(
    "pair", [("", ""), ("", "New"), ("a  b\n\nc ", "a b\nc"), ("same", "same"), (" lead", "lead ")]
)
def test_the_runs_put_together_are_the_texts(pair: tuple[str, str]) -> None:
    runs = compare(*pair)

    assert tuple("".join(run.words for run in side) for side in runs) == pair


def test_what_people_wrote_is_never_taken_for_markup(show: Show) -> None:
    marked = MarkedText((Run("<b>bold</b> & <img src='x'>", differs=True),))
    label = Label("<b>bold</b>")
    show(marked, 300, 60)
    show(label)

    assert "<img" not in marked.text()
    assert marked.accessibleName() == "<b>bold</b> & <img src='x'>"
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_keeping_a_version_tells_which(show: Show) -> None:
    ours, _theirs = compare(OURS, THEIRS)
    card = VersionCard(Version(key="a", title="Version A", who="Ana", when="9:00", wording=ours, keep="Keep version A"))
    show(card, 400, 260)
    kept: list[str] = []
    card.kept.connect(kept.append)

    QTest.mouseClick(card.keep_button, Qt.MouseButton.LeftButton)

    assert kept == ["a"]


def test_versions_keep_names_and_wording_out_of_logs() -> None:
    ours, _theirs = compare(OURS, THEIRS)

    shown = repr(Version(key="a", title="Version A", who="Ana", when="9:00", wording=ours))

    assert "Ana" not in shown
    assert "week" not in shown
