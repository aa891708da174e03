"""R…: a report cannot be written."""

from iowscp_desktop.errors.app_error import AppError


class ReportError(AppError):
    """A report cannot be written."""


class ReportPlaceRefused(ReportError):
    """The computer does not let this file be written: it is open elsewhere, or the folder is not for writing."""

    code = "R101"
    remedy = "Close the file if it is open in another program, or choose another folder, and try again."

    def __init__(self) -> None:
        super().__init__("The report could not be written to that place.")


class ReportDiskFull(ReportError):
    """No room is left where the report was to go."""

    code = "R102"
    remedy = "Free some space or choose another drive, and try again."

    def __init__(self) -> None:
        super().__init__("There is not enough space left there for the report.")


class ReportFolderGone(ReportError):
    """The folder for the report is not there, or no longer there."""

    code = "R103"
    remedy = "Choose a folder that is there. If it is on a memory stick, check that the stick is plugged in."

    def __init__(self) -> None:
        super().__init__("The folder for the report could not be found.")
