"""What `tool.toml` says beside the form: who answers, who signs, the scales, an item's parts. Only reads and checks."""

import datetime
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, cast

import msgspec

from iowscp_desktop.domain.scale import Scale
from iowscp_desktop.errors import ToolSettingsUnreadable, ToolSettingWrong

_TOOL_ID: Final = re.compile(r"[a-z][a-z0-9-]{1,40}")
_ITEM_ID: Final = re.compile(r"[a-z][a-z0-9_]{1,40}")
_SCALE_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,30}")


class Part(StrEnum):
    """A sub-question of an audited item, in the order they are asked. Its question is called `<item>_<part>`."""

    EVIDENCE = "evidence"
    IMPACT = "impact"
    NEXT = "next"
    OWNER = "owner"
    DUE = "due"
    NA_REASON = "na_reason"
    FILES = "files"


ACTION_PARTS: Final = (Part.NEXT, Part.OWNER, Part.DUE)
"""The parts that together make an action; they are asked when the grade is a gap."""

FREE_TEXT_PARTS: Final = (Part.EVIDENCE, Part.IMPACT, Part.NEXT, Part.NA_REASON)
"""The parts in which people write at length, and where a tool's rule against naming people is applied."""

_LABELS: Final[Mapping[Part, str]] = {
    Part.EVIDENCE: "How do you know?",
    Part.IMPACT: "What difference does it make for children?",
    Part.NEXT: "What will you do next?",
    Part.OWNER: "Who?",
    Part.DUE: "By when?",
    Part.NA_REASON: "Why does this not apply?",
    Part.FILES: "Evidence",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Which sub-questions each audited item has, which must be answered when asked, and their words."""

    include: tuple[Part, ...] = (Part.EVIDENCE, Part.FILES, Part.NEXT, Part.OWNER, Part.DUE)
    required: tuple[Part, ...] = (Part.EVIDENCE, Part.NEXT, Part.OWNER, Part.DUE)
    labels: Mapping[Part, str] = field(default_factory=dict[Part, str])
    hints: Mapping[Part, str] = field(default_factory=dict[Part, str])
    file_label: str = "File"
    constraint: str = ""  # an XLSForm constraint for the free-text parts, such as one against long numbers
    constraint_message: str = ""

    def __post_init__(self) -> None:
        if Part.NA_REASON in self.include:
            raise ValueError("“na_reason” comes by itself with a scale that asks for it; leave it out of include")
        if Part.FILES in self.required:
            raise ValueError("files cannot be required; ask for the evidence in words")
        left_over = [part.value for part in self.required if part not in self.include]
        if left_over:
            raise ValueError(f"“{left_over[0]}” is required but not included")

    def label(self, part: Part) -> str:
        """The words of one sub-question: the tool's own, or ours."""
        return self.labels.get(part, _LABELS[part])


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Somebody who signs the return, by role; the lowest order signs first."""

    role: str
    label: str
    order: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """How often a round of this tool is held, and when it usually opens."""

    every_months: int
    opens: str = ""

    def __post_init__(self) -> None:
        if self.every_months < 1:
            raise ValueError("a round is held every 1 month or more")


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidanceEdition:
    """One edition of the guidance a tool was mapped to. A date nobody checked is left out, not guessed."""

    name: str
    edition: str
    starts: datetime.date | None = None
    ends: datetime.date | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if self.starts and self.ends and self.ends < self.starts:
            raise ValueError("the guidance ends before it starts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """That an item takes the place of items of an earlier edition; `item` is '' when they were retired for good."""

    item: str
    replaces: tuple[str, ...]
    edition: str
    note: str = ""

    def __post_init__(self) -> None:
        if not self.replaces:
            raise ValueError("lineage names at least one item that was replaced")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnRules:
    """What travels to the partnership, and what is said before it does."""

    keep_back: tuple[Part, ...] = ()  # parts of every item that stay with the organisation
    notice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolSettings:
    """Everything in a `tool.toml`."""

    id: str
    title: str
    edition: str
    summary: str
    form: str = "form.md"
    starter_notice: str = ""
    privacy_notice: str = ""
    anonymous: bool = False  # many people answer on one laptop, without their names, and nobody signs
    who_answers: tuple[str, ...]
    signers: tuple[Signer, ...]
    cadence: Cadence
    reporting: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    guidance: tuple[GuidanceEdition, ...] = ()
    scales: Mapping[str, Scale]
    parts: Parts = field(default_factory=Parts)
    blocks: Mapping[str, str] = field(default_factory=dict[str, str])  # a `block` row's name → the file that fills it
    lineage: tuple[Lineage, ...] = ()
    returns: ReturnRules = field(default_factory=ReturnRules)

    def __post_init__(self) -> None:
        if not _TOOL_ID.fullmatch(self.id):
            raise ValueError("the id is lower-case letters, digits and hyphens, such as “s175”")
        for name in self.scales:
            if not _SCALE_NAME.fullmatch(name):
                raise ValueError(f"the scale name “{name}” is lower-case letters, digits and underscores")
        roles = [signer.role for signer in self.signers]
        orders = [signer.order for signer in self.signers]
        if len(set(roles)) < len(roles) or len(set(orders)) < len(orders):
            raise ValueError("each signer has a role and a place in the order of their own")


def is_item_id(name: str) -> bool:
    """Whether a name can be an item's id: short, lower case, and not to be taken for one of its parts."""
    return bool(_ITEM_ID.fullmatch(name)) and not name.endswith(("_item", "_file", *(f"_{part}" for part in Part)))


def read_settings(source: bytes) -> ToolSettings:
    """Read the bytes of a `tool.toml`.

    Raises:
        ToolSettingsUnreadable: It is not a TOML file.
        ToolSettingWrong: A setting is missing, unknown, of the wrong kind or makes no sense.
    """
    try:
        raw: dict[str, object] = tomllib.loads(source.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ToolSettingsUnreadable(_first_line(error)) from error
    try:
        settings = msgspec.convert(raw, ToolSettings)
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at ")
        raise ToolSettingWrong(where.strip("`").removeprefix("$."), what) from error
    unknown = _first_unknown(raw, msgspec.to_builtins(settings), "")
    if unknown:
        raise ToolSettingWrong(unknown, "there is no such setting")
    return settings


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]


def _first_unknown(raw: object, known: object, where: str) -> str:
    """The first setting of the file that nothing read, so that a misspelt one is not silently ignored."""
    if isinstance(raw, dict) and isinstance(known, dict):
        known_here = cast("dict[str, object]", known)
        for key, value in cast("dict[str, object]", raw).items():
            path = f"{where}.{key}" if where else key
            if key not in known_here:
                return path
            deeper = _first_unknown(value, known_here[key], path)
            if deeper:
                return deeper
    if isinstance(raw, list) and isinstance(known, list | tuple):
        pairs = zip(cast("list[object]", raw), cast("list[object]", known), strict=True)
        for place, (value, read) in enumerate(pairs, start=1):
            deeper = _first_unknown(value, read, f"{where}[{place}]")
            if deeper:
                return deeper
    return ""
