"""Where the files that come with the program are: fonts, icons, audit tools. Finds paths; opens nothing."""

import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def shipped(*parts: str) -> Path:
    """Return the path of a file or folder that comes with the program.

    Looked for, in this order: the folder of the built program, the installed package, the repository.

    Args:
        parts: The path below the root, such as `"resources", "fonts"`. It need not exist.
    """
    return _root().joinpath(*parts)


def _root() -> Path:
    """Return the folder that holds `resources` and `forms`."""
    frozen = getattr(sys, "_MEIPASS", None)  # set by PyInstaller only
    if frozen is not None:
        return Path(frozen)
    installed = _PACKAGE / "_shipped"
    return installed if installed.is_dir() else _PACKAGE.parent
