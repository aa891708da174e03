"""Words of the settings."""

from collections.abc import Mapping
from typing import ClassVar


class Settings:
    """The settings screen; the labels stand under the names that the settings have in the program."""

    title = "Settings"
    about = "For you, on this computer. They take effect at once."
    labels: ClassVar[Mapping[str, str]] = {
        "scheme": "Colours",
        "text_size": "Size of text",
        "lock_after": "Lock when nobody uses it for",
    }
    hints: ClassVar[Mapping[str, str]] = {
        "scheme": "‘As on this computer’ follows the contrast settings of the computer too.",
        "text_size": "Ctrl and + or − changes it anywhere.",
        "lock_after": "Whoever comes next has to type the passphrase.",
    }
    schemes: ClassVar[Mapping[str, str]] = {
        "match": "As on this computer",
        "light": "Light",
        "dark": "Dark",
        "contrast": "High contrast",
    }
    people = "Who is working"
    someone_else = "Someone else will work now"
    someone_else_about = "Your work is saved under your name."
    lock_title = "Lock"
    lock = "Lock now"
    lock_about = "Ctrl and L locks it from anywhere."

    @staticmethod
    def value(name: str, value: str | int) -> str:
        """What one choice is called."""
        match name:
            case "text_size":
                return f"{value} %"
            case "lock_after":
                return f"{value} minutes"
            case _:
                return Settings.schemes[str(value)]
