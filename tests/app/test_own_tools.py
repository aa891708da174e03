"""A team takes an audit of its own into use from a folder; what cannot be answered is never sent out."""

from pathlib import Path

import pytest

from iowscp_desktop.app import own_tools, rounds
from iowscp_desktop.errors import FormDoesNotCompile, ToolFileMissing, ToolFolderTooLarge
from tests.app.conftest import Setting

SMALL = Path(__file__).parent / "small_tool"


def copy(folder: Path, **changed: str) -> Path:
    folder.mkdir()
    for path in SMALL.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    for name, words in changed.items():
        (folder / name.replace("_", ".")).write_text(words, encoding="utf-8")
    return folder


def test_a_folder_with_an_audit_is_taken_into_use_once(setting: Setting) -> None:
    team = setting.team()

    first, again = own_tools.adopt_folder(team, SMALL), own_tools.adopt_folder(team, SMALL)

    assert first == again
    assert [tool.package for tool in rounds.tools(team)] == [first]


def test_a_form_that_cannot_be_answered_is_not_taken_into_use(setting: Setting, tmp_path: Path) -> None:
    broken = (SMALL / "form.md").read_text("utf-8").replace("${staff} > 50", "${nobody} > 50")
    folder = copy(tmp_path / "own", form_md=broken)
    team = setting.team()

    with pytest.raises(FormDoesNotCompile):
        own_tools.adopt_folder(team, folder)

    assert rounds.tools(team) == ()


def test_a_folder_without_settings_is_no_audit(setting: Setting, tmp_path: Path) -> None:
    with pytest.raises(ToolFileMissing):
        own_tools.adopt_folder(setting.team(), tmp_path)


def test_a_folder_full_of_other_things_is_not_read(setting: Setting, tmp_path: Path) -> None:
    folder = copy(tmp_path / "own")
    with (folder / "film.mp4").open("wb") as film:
        film.truncate(20_000_000)

    with pytest.raises(ToolFolderTooLarge):
        own_tools.adopt_folder(setting.team(), folder)


def test_a_folder_of_thousands_of_files_is_not_read(setting: Setting, tmp_path: Path) -> None:
    folder = copy(tmp_path / "own")
    for number in range(own_tools.MOST_FILES):
        (folder / f"{number}.txt").touch()

    with pytest.raises(ToolFolderTooLarge):
        own_tools.adopt_folder(setting.team(), folder)
