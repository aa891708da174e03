import gc

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QStackedWidget, QWidget

from iowscp_desktop.app.workspace import Changes
from iowscp_desktop.domain.ids import Register, SpaceId
from iowscp_desktop.ui.hub import Hub
from tests.ui.conftest import Show


def change(name: str) -> Changes:
    return Changes(registers=frozenset({(SpaceId("team"), Register(name))}))


CHANGED, FIRST, SECOND = change("changed"), change("first"), change("second")


def sweep() -> None:
    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_everyone_who_listens_hears_of_a_change(qapp: QObject) -> None:
    hub, heard = Hub[Changes](), list[Changes]()
    owners = [QObject(), QObject()]
    for owner in owners:
        hub.listen(owner, heard.append)

    hub.tell(CHANGED)

    assert heard == [CHANGED, CHANGED]


def test_a_destroyed_page_hears_nothing_more(qapp: QObject) -> None:
    hub, heard = Hub[Changes](), list[Changes]()
    page = QWidget()
    hub.listen(page, heard.append)
    page.deleteLater()
    sweep()

    hub.tell(CHANGED)

    assert heard == []


def test_a_page_is_not_kept_alive_by_listening(qapp: QObject) -> None:
    hub = Hub[Changes]()
    gone: list[bool] = []
    page = QWidget()
    page.destroyed.connect(lambda: gone.append(True))
    hub.listen(page, lambda _changes: None)

    del page
    sweep()

    assert gone == [True]


def test_the_presenter_is_forgotten_with_its_page(qapp: QObject) -> None:
    class Presenter:
        def on_changed(self, changes: Changes) -> None:
            heard.append(changes)

    hub, heard = Hub[Changes](), list[Changes]()
    page, presenter = QWidget(), Presenter()
    hub.listen(page, presenter.on_changed)
    hub.tell(FIRST)
    page.deleteLater()
    sweep()

    hub.tell(SECOND)

    assert heard == [FIRST]


def test_a_page_behind_another_hears_of_everything_once_when_it_comes_to_the_front(show: Show) -> None:
    hub, heard = Hub[Changes](), list[Changes]()
    window, front, behind = QStackedWidget(), QWidget(), QWidget()
    window.addWidget(front)
    window.addWidget(behind)
    hub.listen(behind, heard.append)
    show(window, 300, 200)

    hub.tell(FIRST)
    hub.tell(SECOND)
    before = list(heard)
    window.setCurrentWidget(behind)
    window.setCurrentWidget(front)
    window.setCurrentWidget(behind)
    hub.tell(CHANGED)

    assert before == []
    assert heard == [FIRST | SECOND, CHANGED]


def test_a_page_that_goes_while_it_is_behind_hears_nothing(show: Show) -> None:
    hub, heard = Hub[Changes](), list[Changes]()
    window, behind = QStackedWidget(), QWidget()
    window.addWidget(QWidget())
    window.addWidget(behind)
    hub.listen(behind, heard.append)
    show(window, 300, 200)
    hub.tell(FIRST)

    window.removeWidget(behind)
    behind.deleteLater()
    sweep()
    hub.tell(SECOND)

    assert heard == []
