"""What a person may set on this computer: looks and locking. Never a secret, never case data."""

import contextlib
import os
import tempfile
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeVar

import platformdirs

from iowscp_desktop.errors import CannotWrite

PROGRAM: Final = "iowscp-desktop"
"""What the program's folders are called."""


@dataclass(frozen=True, slots=True)
class Options:
    """The values that a setting can have, in the order in which they are offered."""

    values: tuple[str | int, ...]


_ValueT = TypeVar("_ValueT", str, int)


def _setting(default: _ValueT, *values: _ValueT) -> _ValueT:
    made: _ValueT = field(default=default, metadata={"options": Options(values)})
    return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that can be set. What is not in the file has its default."""

    scheme: str = _setting("match", "match", "light", "dark", "contrast")
    """The colours; `match` follows the computer's own."""
    text_size: int = _setting(100, 100, 125, 150, 175, 200)
    """Per cent."""
    lock_after: int = _setting(10, 2, 5, 10, 20, 30)
    """Minutes without a key or a click until the program locks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """The settings, and the names of entries that could not be used."""

    settings: Settings = Settings()
    unusable: tuple[str, ...] = ()


def options_of(name: str) -> tuple[str | int, ...]:
    """Return what a setting can be."""
    return _options()[name].values


def settings_file() -> Path:
    """Return where the settings of this user lie."""
    return platformdirs.user_config_path(PROGRAM, appauthor=False, roaming=False) / "settings.toml"


def load_settings(path: Path) -> Loaded:
    """Return the settings; each entry that is bad or unknown falls back by itself, and is named."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Loaded()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return Loaded(unusable=(path.name,))
    return _chosen(found)


def save_settings(path: Path, settings: Settings) -> None:
    """Write the settings whole, or not at all.

    Raises:
        CannotWrite: The disk does not take them.
    """
    lines = (f"{name} = {_as_toml(getattr(settings, name))}\n" for name in _options())
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_whole(path, lines)
    except OSError as error:
        raise CannotWrite from error


def _chosen(found: Mapping[str, object]) -> Loaded:
    good: dict[str, Any] = {}
    bad: list[str] = []
    for name, value in found.items():
        options = _options().get(name)
        # True equals 1 in Python; a setting that is a number is not switched on by `true`.
        if options is None or isinstance(value, bool) or value not in options.values:
            bad.append(name)
        else:
            good[name] = value
    return Loaded(settings=Settings(**good), unusable=tuple(sorted(bad)))


def _options() -> Mapping[str, Options]:
    return MappingProxyType({each.name: each.metadata["options"] for each in fields(Settings)})


def _as_toml(value: str | int) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def _write_whole(path: Path, lines: Iterable[str]) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".settings-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.writelines(lines)
        Path(name).replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
