"""Every error a person may meet: a code that never changes, what happened, and what to do next.

The tree: AppError
  ├── FormError    F…  a spreadsheet or form cannot be used
  ├── ToolError    T…  an audit tool's settings cannot be used
  ├── StoreError   S…  the workspace file cannot be opened or written
  ├── KeysError    K…  a key, passphrase or keyring will not open something
  ├── BundleError  B…  a file from somebody else cannot be used
  ├── WorkError    W…  a deed is not possible now
  └── ReportError  R…  a report cannot be written
No message holds case data: ids, sizes and codes only.
"""

from typing import ClassVar


class AppError(Exception):
    """Something expected that stops the deed. Shown as message, remedy and code."""

    code: ClassVar[str]
    remedy: ClassVar[str]

    @property
    def message(self) -> str:
        """What happened, in plain words."""
        return str(self)


# --- forms ---------------------------------------------------------------------------------------


class FormError(AppError):
    """A spreadsheet or form cannot be used."""


# --- tools ---------------------------------------------------------------------------------------


class ToolError(AppError):
    """An audit tool's settings cannot be used."""


# --- store ---------------------------------------------------------------------------------------


class StoreError(AppError):
    """The workspace file cannot be opened or written."""


# --- keys ----------------------------------------------------------------------------------------


class KeysError(AppError):
    """A key, passphrase or keyring will not open something."""


# --- bundles -------------------------------------------------------------------------------------


class BundleError(AppError):
    """A file from somebody else cannot be used. It is left where it is and nothing was taken from it."""


# --- work ----------------------------------------------------------------------------------------


class WorkError(AppError):
    """A deed is not possible now."""


# --- reports -------------------------------------------------------------------------------------


class ReportError(AppError):
    """A report cannot be written."""
