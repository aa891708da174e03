"""Every sentence the program itself says, a namespace for each screen. Plurals are functions."""

from iowscp_desktop.text.backups import Backups
from iowscp_desktop.text.check import Check
from iowscp_desktop.text.conflict import Conflict
from iowscp_desktop.text.editions import Editions
from iowscp_desktop.text.export import Export
from iowscp_desktop.text.fill import Fill, Reopening
from iowscp_desktop.text.first_run import FirstRun
from iowscp_desktop.text.home import Home
from iowscp_desktop.text.key_sheets import AuditLog
from iowscp_desktop.text.keys import Keys
from iowscp_desktop.text.lock import Lock
from iowscp_desktop.text.merge import Merge
from iowscp_desktop.text.rounds import Rounds
from iowscp_desktop.text.score import Score
from iowscp_desktop.text.settings import Settings
from iowscp_desktop.text.shell import Notices, Shell
from iowscp_desktop.text.widgets import Widgets

__all__ = [
    "AuditLog",
    "Backups",
    "Check",
    "Conflict",
    "Editions",
    "Export",
    "Fill",
    "FirstRun",
    "Home",
    "Keys",
    "Lock",
    "Merge",
    "Notices",
    "Reopening",
    "Rounds",
    "Score",
    "Settings",
    "Shell",
    "Widgets",
]
