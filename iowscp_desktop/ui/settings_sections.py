"""The parts of the settings that have a screen of their own, and how each is opened: a line for each."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from iowscp_desktop import text
from iowscp_desktop.ui.areas import Inside
from iowscp_desktop.ui.audit_log import open_audit_log
from iowscp_desktop.ui.keys import ChangingPage, open_keys
from iowscp_desktop.ui.settings import Section
from iowscp_desktop.ui.theme import Icon

SETTINGS: Final = "settings"
KEYS, AUDIT_LOG = "keys", "audit-log"


def settings_sections(inside: Inside) -> tuple[Section, ...]:
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
    )


def _keys(inside: Inside, back: Callable[[], None]) -> QWidget:
    def alone(is_alone: bool) -> None:  # noqa: FBT001 - as the screen tells it
        if is_alone:
            inside.shell.flush_screens()
            inside.shell.lock(ChangingPage())
        else:
            inside.shell.unlock()

    return open_keys(inside.ws, inside.runner, inside.choose, on_back=back, on_alone=alone)


def _open(inside: Inside, key: str, make: Callable[[], QWidget]) -> None:
    """Show a screen behind the settings, made anew each time: it shows what is now."""
    inside.shell.add_inner_screen(key, make())
    inside.shell.show_screen(key, area=SETTINGS)
