"""The settings screen."""

from iowscp_desktop.app.settings import Settings
from iowscp_desktop.ui.settings.page import Levers, Section, SettingsPage

__all__ = ["Levers", "Section", "SettingsPage", "open_settings"]


def open_settings(settings: Settings, levers: Levers) -> SettingsPage:
    """Open the settings. There is nothing to look up, so the page needs no presenter."""
    return SettingsPage(settings, levers)
