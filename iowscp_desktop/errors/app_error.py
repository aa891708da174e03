"""What every error a person may meet has in common."""

from typing import ClassVar


class AppError(Exception):
    """Something expected that stops the deed. Shown as message, remedy and code."""

    code: ClassVar[str]
    remedy: ClassVar[str]

    @property
    def message(self) -> str:
        """What happened, in plain words."""
        return str(self)
