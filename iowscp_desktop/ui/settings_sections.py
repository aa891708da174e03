"""The parts of the settings that have a screen of their own, and how each is opened: a line for each."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from iowscp_desktop import text
from iowscp_desktop.text.retention import Retention
from iowscp_desktop.ui import retention, subject_access
from iowscp_desktop.ui.audit_log import open_audit_log
from iowscp_desktop.ui.backups import Desk, open_backups
from iowscp_desktop.ui.inside import Inside
from iowscp_desktop.ui.keys import ChangingPage, open_keys
from iowscp_desktop.ui.settings import Section
from iowscp_desktop.ui.theme import Icon

SETTINGS: Final = "settings"
KEYS, AUDIT_LOG, BACKUPS = "keys", "audit-log", "backups"
RECORDS, FIND_PERSON = "records", "find-person"


def settings_sections(inside: Inside, desk: Desk) -> tuple[Section, ...]:
    """Return the sections of an open workspace's settings, in the order in which they stand there."""
    back = partial(inside.shell.show_screen, SETTINGS)
    return (
        Section(
            title=text.Keys.title,
            about=text.Keys.section_about,
            button=text.Keys.section_button,
            icon=Icon.KEY_ROUND,
            on_open=partial(_open, inside, KEYS, partial(_keys, inside, back)),
        ),
        Section(
            title=text.Backups.title,
            about=text.Backups.section_about,
            button=text.Backups.section_button,
            icon=Icon.ARCHIVE,
            on_open=partial(_open, inside, BACKUPS, lambda: open_backups(desk, inside.choose, on_back=back)),
        ),
        Section(
            title=text.AuditLog.title,
            about=text.AuditLog.section_about,
            button=text.AuditLog.section_button,
            icon=Icon.HISTORY,
            on_open=partial(
                _open,
                inside,
                AUDIT_LOG,
                lambda: open_audit_log(inside.ws, inside.runner, inside.choose, on_back=back),
            ),
        ),
        Section(
            title=Retention.title,
            about=Retention.section_about,
            button=Retention.section_button,
            icon=Icon.ARCHIVE,
            on_open=partial(_records, inside, back),
        ),
    )


def _records(inside: Inside, back: Callable[[], None]) -> None:
    find = subject_access.Ways(
        choose=inside.choose,
        show_folder=inside.show_folder,
        on_back=partial(inside.shell.show_screen, RECORDS, area=SETTINGS),
    )
    ways = retention.Ways(
        choose=inside.choose,
        show_folder=inside.show_folder,
        on_find_person=partial(
            _open,
            inside,
            FIND_PERSON,
            lambda: subject_access.open_subject_access(inside.ws, inside.hub, inside.runner, find),
        ),
        on_back=back,
    )
    _open(inside, RECORDS, lambda: retention.open_retention(inside.ws, inside.hub, inside.runner, ways))


def _keys(inside: Inside, back: Callable[[], None]) -> QWidget:
    front: list[ChangingPage] = []

    def alone(is_alone: bool) -> None:  # noqa: FBT001 - as the screen tells it
        if is_alone:
            inside.shell.flush_screens()
            front.append(ChangingPage())
            inside.shell.lock(front[-1])
        elif isValid(front[-1]) and front[-1].isVisible():  # else somebody locked the window meanwhile
            inside.shell.unlock()

    return open_keys(inside.ws, inside.runner, inside.choose, on_back=back, on_alone=alone)


def _open(inside: Inside, key: str, make: Callable[[], QWidget]) -> None:
    """Show a screen behind the settings, made anew each time: it shows what is now."""
    inside.shell.add_inner_screen(key, make())
    inside.shell.show_screen(key, area=SETTINGS)
