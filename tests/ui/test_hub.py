import gc

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QWidget

from iowscp_desktop.ui.hub import Hub


def sweep() -> None:
    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_everyone_who_listens_hears_of_a_change(qapp: QObject) -> None:
    hub, heard = Hub[str](), list[str]()
    owners = [QObject(), QObject()]
    for owner in owners:
        hub.listen(owner, heard.append)

    hub.tell("changed")

    assert heard == ["changed", "changed"]


def test_a_destroyed_page_hears_nothing_more(qapp: QObject) -> None:
    hub, heard = Hub[str](), list[str]()
    page = QWidget()
    hub.listen(page, heard.append)
    page.deleteLater()
    sweep()

    hub.tell("changed")

    assert heard == []


def test_a_page_is_not_kept_alive_by_listening(qapp: QObject) -> None:
    hub = Hub[str]()
    gone: list[bool] = []
    page = QWidget()
    page.destroyed.connect(lambda: gone.append(True))
    hub.listen(page, lambda _changes: None)

    del page
    sweep()

    assert gone == [True]


def test_the_presenter_is_forgotten_with_its_page(qapp: QObject) -> None:
    class Presenter:
        def on_changed(self, changes: str) -> None:
            heard.append(changes)

    hub, heard = Hub[str](), list[str]()
    page, presenter = QWidget(), Presenter()
    hub.listen(page, presenter.on_changed)
    hub.tell("first")
    page.deleteLater()
    sweep()

    hub.tell("second")

    assert heard == ["first"]
