from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from iowscp_desktop.ui.choosing import FileRequest, Wanted, chooser, dialog_for


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize(
    ("wanted", "mode", "saves"),
    [
        (Wanted.FILE, QFileDialog.FileMode.ExistingFile, False),
        (Wanted.FILES, QFileDialog.FileMode.ExistingFiles, False),
        (Wanted.FOLDER, QFileDialog.FileMode.Directory, False),
        (Wanted.NEW_FILE, QFileDialog.FileMode.AnyFile, True),
    ],
)
def test_the_dialog_asks_for_what_is_wanted(
    parent: QWidget, wanted: Wanted, mode: QFileDialog.FileMode, *, saves: bool
) -> None:
    dialog = dialog_for(parent, FileRequest(wanted=wanted, title="Choose"))

    assert dialog.fileMode() == mode
    assert (dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave) == saves
    assert dialog.windowTitle() == "Choose"


def test_a_name_is_suggested_for_a_new_file(parent: QWidget, tmp_path: Path) -> None:
    request = FileRequest(wanted=Wanted.NEW_FILE, title="Save", suggestion=tmp_path / "return.iowscp")

    dialog = dialog_for(parent, request)

    assert dialog.selectedFiles() == [str(tmp_path / "return.iowscp")]


def test_what_was_chosen_comes_back_as_paths(parent: QWidget, tmp_path: Path) -> None:
    chosen: list[tuple[Path, ...]] = []
    chooser(parent)(FileRequest(wanted=Wanted.FILES, title="Choose"), chosen.append)
    dialog = parent.findChild(QFileDialog)
    assert dialog is not None

    dialog.filesSelected.emit([str(tmp_path / "a"), str(tmp_path / "b")])
    dialog.close()

    assert chosen == [(tmp_path / "a", tmp_path / "b")]


def test_the_first_question_begins_where_files_for_others_go(parent: QWidget, tmp_path: Path) -> None:
    chooser(parent, tmp_path)(FileRequest(wanted=Wanted.FOLDER, title="Choose"), lambda _paths: None)

    dialog = parent.findChild(QFileDialog)
    assert dialog is not None
    assert Path(dialog.directory().absolutePath()) == tmp_path
    dialog.close()


def test_a_folder_that_is_not_there_yet_gives_way_to_the_one_around_it(parent: QWidget, tmp_path: Path) -> None:
    chooser(parent, tmp_path / "later")(FileRequest(wanted=Wanted.FOLDER, title="Choose"), lambda _paths: None)

    dialog = parent.findChild(QFileDialog)
    assert dialog is not None
    assert Path(dialog.directory().absolutePath()) == tmp_path
    dialog.close()


@pytest.mark.parametrize("wanted", [Wanted.FOLDER, Wanted.FILES])
def test_the_next_question_begins_where_the_last_one_ended(parent: QWidget, tmp_path: Path, wanted: Wanted) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    choose = chooser(parent, tmp_path)
    choose(FileRequest(wanted=wanted, title="Choose"), lambda _paths: None)
    first = parent.findChild(QFileDialog)
    assert first is not None
    first.filesSelected.emit([str(stick if wanted is Wanted.FOLDER else stick / "a")])
    first.setParent(None)

    choose(FileRequest(wanted=Wanted.FILE, title="Choose"), lambda _paths: None)

    dialog = parent.findChild(QFileDialog)
    assert dialog is not None
    assert Path(dialog.directory().absolutePath()) == stick
    dialog.close()
    first.deleteLater()
