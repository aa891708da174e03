"""Feedback: given by the team from the round, shown to the school on its first page with the letter."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from iowscp_desktop.app import panel, responses
from iowscp_desktop.app.merging import merge, preview
from iowscp_desktop.domain.ids import QuestionId
from iowscp_desktop.errors import NotAgreed, ScoresNotIn
from iowscp_desktop.text.feedback import Feedback as Words
from iowscp_desktop.ui.jobs import AtOnce
from iowscp_desktop.ui.rounds import RoundsPresenter
from tests.app.conftest import Round
from tests.app.work import panel_member, take_files
from tests.ui.acting import Recorded, words_on
from tests.ui.conftest import Show
from tests.ui.home.test_home import COMPLETE, School


@pytest.fixture
def school(audit: Round, tmp_path: Path, show: Show) -> School:
    made = School(audit, tmp_path)
    show(made.page, 1366, 768)
    return made


def given(
    school: School, folder: Path, *, agreed: bool = True, reason: str = "We saw the register", adult: str = "partly"
) -> Any:
    """Let the school send, the panel agree, and the team send feedback from its round."""
    team = school.audit.team
    school.answer(*COMPLETE)
    take_files(team, [responses.send_return(school.ws, school.response_id, folder)])
    member = panel_member(school.audit, "Dev", school.response_id)
    member.score(school.response_id, {"heard": "met", "adult": "partly"}, finish=agreed)
    take_files(team, [panel.send_scores(member.ws, folder)])
    if agreed:
        for question, point in (("heard", "met"), ("adult", adult)):
            panel.agree(team, school.response_id, QuestionId(question), point, reason)
    view: Any = Recorded()
    presenter = RoundsPresenter(team, view, runner=AtOnce(), tell=lambda _changes: None)
    presenter.start()
    presenter.on_opened(view.last("show_rounds")[0].id)
    presenter.on_feedback(school.response_id, lambda then: then(folder / "out"))
    return view


def test_feedback_from_the_round_stands_on_the_schools_first_page(school: School, tmp_path: Path) -> None:
    view = given(school, tmp_path)
    (path,) = (tmp_path / "out").glob("*.iowbundle")
    before = school.page.feedback.isVisible()

    _done, changes = merge(school.ws, preview(school.ws, [path]))
    school.hub.tell(changes)
    QApplication.processEvents()

    assert view.calls[-1] == ("show_note", (Words.saved("Test School", path.name, str(path.parent)),))
    assert (before, school.page.feedback.isVisible()) == (False, True)
    assert "We saw the register" in words_on(school.page)


def test_what_the_panel_sees_as_the_school_does_is_only_counted(school: School, tmp_path: Path) -> None:
    given(school, tmp_path, reason="", adult="met")
    (path,) = (tmp_path / "out").glob("*.iowbundle")
    _done, changes = merge(school.ws, preview(school.ws, [path]))
    school.hub.tell(changes)
    QApplication.processEvents()

    said = words_on(school.page.feedback)
    assert ("A trusted adult" in said, "Children are heard" in said) == (True, False)
    assert Words.same(1, is_all=False) in said


def test_the_letter_is_saved_as_the_team_wrote_it(school: School, tmp_path: Path) -> None:
    given(school, tmp_path)
    (path,) = (tmp_path / "out").glob("*.iowbundle")
    _done, changes = merge(school.ws, preview(school.ws, [path]))
    school.hub.tell(changes)

    school.page.feedback.save.click()

    assert (tmp_path / "answers.pdf").read_bytes().startswith(b"%PDF-")


def test_feedback_waits_for_every_members_scores(school: School, tmp_path: Path) -> None:
    with pytest.raises(ScoresNotIn):
        given(school, tmp_path, agreed=False)
    assert not (tmp_path / "out").exists()


def test_where_the_feedback_goes_is_asked_only_once_everything_is_agreed(school: School, tmp_path: Path) -> None:
    given(school, tmp_path)
    team = school.audit.team
    view: Any = Recorded()
    presenter = RoundsPresenter(team, view, runner=AtOnce(), tell=lambda _changes: None)
    presenter.on_opened(school.audit.round_id)
    asked: list[str] = []
    presenter.on_feedback(school.response_id, lambda _then: asked.append("while agreed"))
    two = panel_member(school.audit, "Kate", school.response_id)
    two.score(school.response_id, {"heard": "met", "adult": "not"})

    with pytest.raises(ScoresNotIn):
        presenter.on_feedback(school.response_id, lambda _then: asked.append("while a member is missing"))

    assert asked == ["while agreed"]


def test_feedback_is_refused_before_it_is_asked_where_it_goes_while_a_grade_is_open(
    school: School, tmp_path: Path
) -> None:
    school.answer(*COMPLETE)
    take_files(school.audit.team, [responses.send_return(school.ws, school.response_id, tmp_path)])
    view: Any = Recorded()
    presenter = RoundsPresenter(school.audit.team, view, runner=AtOnce(), tell=lambda _changes: None)
    presenter.on_opened(school.audit.round_id)
    asked: list[str] = []

    with pytest.raises(NotAgreed):
        presenter.on_feedback(school.response_id, lambda _then: asked.append("too early"))

    assert asked == []
