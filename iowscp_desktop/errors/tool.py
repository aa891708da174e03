"""T…: an audit tool's settings cannot be used."""

from iowscp_desktop.errors.app_error import AppError


class ToolError(AppError):
    """An audit tool's settings cannot be used."""


class ToolFileMissing(ToolError):
    """A file the tool needs is not in its package."""

    code = "T101"
    remedy = "Put the file back beside tool.toml, or take its name out of the settings."

    def __init__(self, path: str) -> None:
        super().__init__(f"The audit tool has no file called “{path}”.")


class ToolSettingsUnreadable(ToolError):
    """`tool.toml` is not a TOML file."""

    code = "T102"
    remedy = "Open tool.toml in a text editor and mend the line that is named."

    def __init__(self, what: str) -> None:
        super().__init__(f"The tool’s settings file cannot be read: {what}.")


class ToolSettingWrong(ToolError):
    """A setting is missing, unknown, of the wrong kind or makes no sense."""

    code = "T103"
    remedy = "Correct that setting in tool.toml; docs/tool-format.md lists every setting."

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"The tool’s setting “{where}” is wrong: {what}." if where else f"tool.toml: {what}.")


class ToolRowWrong(ToolError):
    """A row of the tool's form that only audit tools have cannot be used."""

    code = "T104"
    remedy = "Correct that row of the survey sheet; docs/tool-format.md says how such rows are written."

    def __init__(self, row: int, what: str) -> None:
        super().__init__(f"Survey sheet, row {row}: {what}.")


class ToolPackageDamaged(ToolError):
    """The bytes of a tool that travelled are not what a tool is written as."""

    code = "T105"
    remedy = "Ask whoever sent the audit to send it again."

    def __init__(self, what: str) -> None:
        super().__init__(f"The audit tool inside the file cannot be read: {what}.")


class ToolNotAnonymous(ToolError):
    """A tool that is to be answered without names asks for something that gives people away, or that has no end."""

    code = "T106"
    remedy = "Ask in words, by choices or with a number instead; docs/tool-format.md says what a survey may ask."

    def __init__(self, question: str) -> None:
        super().__init__(f"A survey without names cannot ask the question “{question}” in this way.")


class ToolFolderTooLarge(ToolError):
    """A folder that was chosen as an audit holds far more than one."""

    code = "T107"
    remedy = "Put tool.toml and the spreadsheet it names into a folder of their own, and choose that."

    def __init__(self) -> None:
        super().__init__("This folder holds far more than one audit, so nothing in it was read.")
