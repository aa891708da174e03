"""What the screens of an open workspace are opened with, and what an area of the rail is."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.ui.choosing import Choose
from iowscp_desktop.ui.hub import Hub
from iowscp_desktop.ui.jobs import Runner
from iowscp_desktop.ui.notify import Notifier
from iowscp_desktop.ui.shell import Shell
from iowscp_desktop.ui.showing import ShowFolder
from iowscp_desktop.ui.theme import Icon


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """One area of the rail, and how its screen is opened."""

    key: str
    icon: Icon
    label: str
    open: Callable[[], QWidget]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """What the screens of an open workspace are opened with."""

    ws: Workspace
    hub: Hub[Changes]
    runner: Runner
    shell: Shell
    notifier: Notifier
    choose: Choose
    show_folder: ShowFolder
    out_folder: Path
    """Where files for the partnership go unless somebody says otherwise."""
    lock: Callable[[], None] = lambda: None
    """Locks the program: how a survey ends that people answered one after another."""
