"""A tool as it travels: its files, the one way they are written as bytes, and the form they make together."""

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Final

import msgspec

from iowscp_desktop.domain.tool_settings import ToolSettings, read_settings
from iowscp_desktop.errors import ToolFileMissing, ToolPackageDamaged, ToolRowWrong
from iowscp_desktop.forms import Row, Workbook, is_xml, read_workbook, survey_of

SETTINGS_FILE: Final = "tool.toml"
_MEDIA: Final = "media/"
_FORMAT: Final = "iowscp-tool v0"
_MOST_BYTES: Final = 16 * 1024 * 1024
_MOST_FILES: Final = 200
_ENDINGS: Final = frozenset({".xlsx", ".xls", ".md", ".csv"})
_PLAIN: Final = """\
who_answers = []
scales = {}

[cadence]
every_months = 12

[[signers]]
role = "lead"
label = "The person responsible"
order = 1
"""
"""The settings of a form that brings none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolPackage:
    """The files of one tool, by path, with its settings read. Two packages of the same files have the same digest."""

    files: Mapping[str, bytes]
    settings: ToolSettings

    def canonical(self) -> bytes:
        """All the files as one text of bytes: the same files always give the same bytes, ready to hash and carry."""
        written = {path: _as_text(content) for path, content in sorted(self.files.items())}
        return msgspec.json.encode({"files": written, "format": _FORMAT}, order="deterministic")

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of the canonical bytes: names this tool, this edition, to the letter."""
        return hashlib.sha256(self.canonical()).hexdigest()

    @property
    def is_xform(self) -> bool:
        """The form is written in XML, and runs as it is written."""
        return is_xml(self.files[self.settings.form])

    @property
    def media(self) -> dict[str, str]:
        """The files that the form looks things up in, by name: those in the folder `media` that are text."""
        found = {path: content for path, content in self.files.items() if path.startswith(_MEDIA)}
        return {path.removeprefix(_MEDIA): content.decode("utf-8-sig", "replace") for path, content in found.items()}

    def workbook(self) -> Workbook:
        """The form with its blocks put in place, criterion rows not yet expanded. Of an XForm, what it asks.

        Raises:
            ToolRowWrong: A `block` row names no block of the settings, or a choice list is given twice.
            FormError: The form or a block cannot be read.
        """
        if self.is_xform:
            return survey_of(self.files[self.settings.form], name=self.settings.form)
        form = read_workbook(self.files[self.settings.form], name=self.settings.form)
        choices = list(form.rows("choices"))
        lists = {row["list_name"] for row in choices}
        survey: list[Row] = []
        for row in form.rows("survey"):
            if row["type"] != "block":
                survey.append(row)
                continue
            block = self._block(row)
            # What is said of these rows points at the row that called for them: that is where the author looks first.
            survey += [Row(number=row.number, cells=found.cells) for found in block.rows("survey")]
            for choice in block.rows("choices"):
                if choice["list_name"] in lists:
                    raise ToolRowWrong(row.number, f"the block brings a second choice list “{choice['list_name']}”")
                choices.append(choice)
            lists |= {choice["list_name"] for choice in block.rows("choices")}
        return form.with_sheet("survey", survey).with_sheet("choices", choices)

    def _block(self, row: Row) -> Workbook:
        path = self.settings.blocks.get(row["name"])
        if path is None:
            raise ToolRowWrong(row.number, f"the settings have no block called “{row['name']}”")
        return read_workbook(self.files[path], name=path)


def read_tool(files: Mapping[str, bytes]) -> ToolPackage:
    """Make a package of a tool's files.

    Args:
        files: Each file's bytes by its path inside the tool's folder, written with `/`.

    Raises:
        ToolFileMissing: `tool.toml`, or a file it names, is not among them.
        ToolPackageDamaged: A path leaves the folder, or there is too much.
        ToolSettingsUnreadable: `tool.toml` is not TOML.
        ToolSettingWrong: `tool.toml` says something that makes no sense.
    """
    if len(files) > _MOST_FILES or sum(map(len, files.values())) > _MOST_BYTES:
        raise ToolPackageDamaged("it is far larger than an audit tool can be")
    for path in files:
        if not _stays_inside(path):
            raise ToolPackageDamaged("one of its files has a name that leads elsewhere")
    if SETTINGS_FILE not in files:
        raise ToolFileMissing(SETTINGS_FILE)
    settings = read_settings(files[SETTINGS_FILE])
    for path in (settings.form, *settings.blocks.values()):
        if path not in files:
            raise ToolFileMissing(path)
    return ToolPackage(files=MappingProxyType(dict(files)), settings=settings)


def plain_tool(name: str, content: bytes, media: Mapping[str, bytes] | None = None) -> ToolPackage:
    """Make a package of any XLSForm: no scales, one person who signs, everything else as the form says.

    Args:
        name: What the file is called; only its ending is kept.
        content: An .xlsx, .xls, .csv or Markdown spreadsheet, or an .xml XForm.
        media: The lists it looks things up in (.csv, .xml, .geojson), by name.

    Raises:
        FormError: It is no form.
    """
    workbook = survey_of(content, name=name) if is_xml(content) else read_workbook(content, name=name)
    says = next(iter(workbook.rows("settings")), Row(number=1))
    stem = PurePosixPath(name.replace("\\", "/")).stem
    ending = PurePosixPath(name).suffix.lower()
    form = "form.xml" if is_xml(content) else f"form{ending if ending in _ENDINGS else '.xlsx'}"
    slug = re.sub(r"[^a-z0-9]+", "-", (says["form_id"] or stem).lower()).strip("-")[:36].strip("-")
    title = says["form_title"] or says["form_id"] or stem
    settings = {
        "id": slug if re.match(r"[a-z][a-z0-9-]", slug) else f"form-{slug}".rstrip("-"),
        "title": " ".join(title.split()),
        "edition": says["version"] or "1",
        "summary": "",
        "form": form,
    }
    written = "".join(f"{key} = {msgspec.json.encode(text).decode()}\n" for key, text in settings.items())
    lists = {f"{_MEDIA}{PurePosixPath(each).name}": found for each, found in (media or {}).items()}
    return read_tool({SETTINGS_FILE: (written + _PLAIN).encode(), form: content, **lists})


def open_package(packed: bytes) -> ToolPackage:
    """Open what `ToolPackage.canonical` wrote.

    Raises:
        ToolPackageDamaged: The bytes are not that, or are the same files written any other way (their digest would
            differ).
        ToolError: As `read_tool`.
    """
    try:
        written = msgspec.json.decode(packed, type=_Written)
        files = {path: _as_bytes(content) for path, content in written.files.items()}
    except (msgspec.DecodeError, ValueError) as error:
        raise ToolPackageDamaged("it is not written the way tools are") from error
    if written.format != _FORMAT:
        raise ToolPackageDamaged("it was written by another version of the program")
    package = read_tool(files)
    if package.canonical() != packed:
        raise ToolPackageDamaged("it is not written the way tools are")
    return package


def files_in(folder: Path) -> dict[str, bytes]:
    """The files of a tool's folder, ready for `read_tool`. Hidden files are left out."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(_visible(folder))}


class _Written(msgspec.Struct, forbid_unknown_fields=True):
    format: str
    files: dict[str, str | dict[str, str]]


def _visible(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts):
            yield path


def _stays_inside(path: str) -> bool:
    pure = PurePosixPath(path)
    plain = path == pure.as_posix() and not pure.is_absolute() and ".." not in pure.parts
    return plain and path not in {"", "."} and "\\" not in path and ":" not in path and path.isprintable()


def _as_text(content: bytes) -> str | dict[str, str]:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(content).decode("ascii")}


def _as_bytes(content: str | dict[str, str]) -> bytes:
    if isinstance(content, str):
        return content.encode("utf-8")
    return base64.b64decode(content.get("base64", ""), validate=True)
