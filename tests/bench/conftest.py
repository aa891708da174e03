"""Benchmarks use the screens' fixtures."""

from tests.app.conftest import audit, s175_files, setting, small_tool
from tests.ui.conftest import _light_theme, _nothing_left, show
from tests.ui.fill.conftest import every, laptop, long_laptop

__all__ = [
    "_light_theme",
    "_nothing_left",
    "audit",
    "every",
    "laptop",
    "long_laptop",
    "s175_files",
    "setting",
    "show",
    "small_tool",
]
