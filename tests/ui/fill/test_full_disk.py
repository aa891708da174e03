"""A disk that is full while somebody types: the words stay where they are, and are saved when it takes them again."""

import pytest
from PySide6.QtTest import QTest
from pytestqt.exceptions import capture_exceptions

from iowscp_desktop.app import answers
from iowscp_desktop.domain.ids import QuestionId
from iowscp_desktop.errors import CannotWrite
from iowscp_desktop.ui.widgets.autosave import AGAIN, Autosave
from iowscp_desktop.ui.widgets.fields import TextArea
from tests.ui.conftest import Show
from tests.ui.fill.conftest import Laptop


def _takes_nothing(laptop: Laptop, *, nothing: bool) -> None:
    laptop.ws.store.database.close()  # what is left in the pool afterwards is this one connection
    with laptop.ws.store.database.alone() as connection:
        connection.execute(f"PRAGMA query_only = {int(nothing)}")


def test_what_is_typed_stays_and_is_saved_when_there_is_room(laptop: Laptop, show: Show) -> None:
    answers.record_answer(laptop.ws, laptop.response_id, QuestionId("heard"), "met")
    page = show(laptop.fill("heard"), 1366, 700)
    area = next(each for each in page.findChildren(TextArea) if each.isVisible())
    area.setFocus()
    _takes_nothing(laptop, nothing=True)
    QTest.keyClicks(area, "typed on a full disk")
    with pytest.raises(CannotWrite):
        page.flush()  # type: ignore[attr-defined]  # a fill page
    with pytest.raises(CannotWrite):
        page.flush()  # type: ignore[attr-defined]  # still unsaved, and still said
    still, unsaved = area.text(), laptop.answers()
    _takes_nothing(laptop, nothing=False)
    page.flush()  # type: ignore[attr-defined]  # what the timer does every five seconds

    assert still == "typed on a full disk"
    assert unsaved == {"heard": "met"}
    assert laptop.answers() == {"heard": "met", "heard_evidence": "typed on a full disk"}


def test_the_disk_is_asked_again_by_itself(laptop: Laptop, show: Show) -> None:
    page = show(laptop.fill("heard"), 1366, 700)
    tries: list[int] = []

    def save() -> None:
        tries.append(1)
        if len(tries) < 3:
            raise CannotWrite

    autosave = Autosave(page, save)
    autosave.touch()
    with capture_exceptions() as caught:
        for _ in range(3):
            autosave._timer.timeout.emit()

    assert len(tries) == 3
    assert [kind for kind, *_ in caught] == [CannotWrite, CannotWrite]
    assert not autosave.is_waiting
    assert autosave._timer.interval() == AGAIN
