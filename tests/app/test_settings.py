from pathlib import Path

import pytest

from iowscp_desktop.app.settings import Loaded, Settings, load_settings, options_of, save_settings
from iowscp_desktop.errors import CannotWrite


def test_without_a_file_everything_has_its_default(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "settings.toml") == Loaded(settings=Settings(), unusable=())


def test_what_is_saved_is_loaded_again(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.toml"
    wanted = Settings(scheme="dark", text_size=150, lock_after=2)

    save_settings(path, wanted)

    assert load_settings(path) == Loaded(settings=wanted)
    assert [each.name for each in path.parent.iterdir()] == ["settings.toml"]


def test_bad_and_unknown_entries_fall_back_one_by_one_and_are_named(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('scheme = "pink"\ntext_size = 150\nlock_after = true\nfont = "Comic"\n', encoding="utf-8")

    loaded = load_settings(path)

    assert loaded.settings == Settings(text_size=150)
    assert loaded.unusable == ("font", "lock_after", "scheme")


@pytest.mark.parametrize("content", [b"scheme = ", b"\xff\xfe", b"[[[", b"scheme = 2026-01-01\n", b"scheme = ['x']\n"])
def test_a_file_that_is_damaged_stops_nothing(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(content)

    loaded = load_settings(path)

    assert loaded.settings == Settings()
    assert loaded.unusable


def test_settings_that_cannot_be_written_leave_the_old_ones(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.mkdir()

    with pytest.raises(CannotWrite):
        save_settings(path, Settings())

    assert [each.name for each in tmp_path.iterdir()] == ["settings.toml"]


@pytest.mark.parametrize("name", ["scheme", "text_size", "lock_after"])
def test_every_default_is_one_of_the_options(name: str) -> None:
    assert getattr(Settings(), name) in options_of(name)
