"""What each piece of ink means: the tree of headings, paragraphs, lists and tables that a screen reader walks.

reportlab draws and does not tag. So drawing marks its pieces (`sheet`), and `finish` adds the tree, the language,
the title and the dates to the drawn file.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from io import BytesIO

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Pdf, Stream, String

_MADE_BY = "IOWSCP Desktop"
_PAIR = re.compile(rb"<([0-9A-Fa-f]{2})> <([0-9A-Fa-f]{4,6})>")
_PAIRS_A_BLOCK = 100  # a character map may hold no more than this in one block


class Kind(StrEnum):
    """The kinds of element that reports use, by their standard names."""

    DOCUMENT = "Document"
    GROUP = "Div"
    H1 = "H1"
    H2 = "H2"
    H3 = "H3"
    PARAGRAPH = "P"
    LIST = "L"
    LIST_ITEM = "LI"
    LABEL = "Lbl"
    LIST_BODY = "LBody"
    TABLE = "Table"
    ROW = "TR"
    HEADER_CELL = "TH"
    CELL = "TD"
    FIGURE = "Figure"
    CONTENTS = "TOC"
    CONTENTS_ITEM = "TOCI"
    REFERENCE = "Reference"
    LINK = "Link"


class Scope(StrEnum):
    """What a header cell heads."""

    ROW = "Row"
    COLUMN = "Column"


@dataclass(slots=True, kw_only=True)
class Element:
    """One element of the tree. It holds either other elements or marked ink: (page, mark) counted from 0."""

    kind: Kind
    alt: str = ""
    scope: Scope | None = None
    children: list["Element"] = field(default_factory=list["Element"])
    ink: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    box: tuple[float, float, float, float] | None = None
    link: tuple[int, int] | None = None  # page, and which of the page's links

    def add(self, kind: Kind, *, alt: str = "", scope: Scope | None = None) -> "Element":
        """Add a child at the end and return it."""
        child = Element(kind=kind, alt=alt, scope=scope)
        self.children.append(child)
        return child

    def walk(self) -> Iterator["Element"]:
        """Yield this element and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """What a file says about itself. It names no person."""

    title: str
    subject: str
    language: str
    at: datetime


def finish(drawn: bytes, tree: Element, imprint: Imprint) -> bytes:
    """Return the drawn file with its tree and imprint. The same input gives the same bytes."""
    with Pdf.open(BytesIO(drawn)) as pdf:
        _plant(pdf, tree)
        _imprint(pdf, imprint)
        _mend_character_maps(pdf)
        out = BytesIO()
        pdf.save(
            out,
            min_version="1.7",
            deterministic_id=True,
            object_stream_mode=ObjectStreamMode.generate,
            compress_streams=True,
        )
    return out.getvalue()


def _plant(pdf: Pdf, tree: Element) -> None:
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    grove = _Grove(pdf)
    root.K = Array([grove.grow(tree, root)])
    numbers: list[Object | int] = []
    for key, owner in sorted(grove.owners().items()):
        numbers += [key, owner]
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(numbers)))
    root.ParentTreeNextKey = grove.next_key
    for number, page in enumerate(pdf.pages):
        page.obj.StructParents = number
        page.obj.Tabs = Name.S
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)


class _Grove:
    """Makes the elements in the file, and remembers which element owns which mark."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._pages = [page.obj for page in pdf.pages]
        self._marks: dict[int, dict[int, Object]] = {number: {} for number in range(len(self._pages))}
        self._links: dict[int, Object] = {}
        self.next_key = len(self._pages)

    def grow(self, element: Element, parent: Object) -> Object:
        """Make one element and all below it."""
        made = self._pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{element.kind}"), P=parent))
        kids: list[Object] = [self.grow(child, made) for child in element.children if not _is_bare(child)]
        for page, mark in element.ink:
            kids.append(Dictionary(Type=Name.MCR, Pg=self._pages[page], MCID=mark))
            self._marks[page][mark] = made
        if element.ink:
            made.Pg = self._pages[element.ink[0][0]]
        if element.link is not None:
            kids.append(self._link(element, made))
        if element.alt:
            made.Alt = String(element.alt)
        attributes = _attributes(element)
        if attributes is not None:
            made.A = attributes
        made.K = Array(kids)
        return made

    def owners(self) -> dict[int, Object]:
        """Return, by key, the owners of a page's marks in order, or the owner of a link."""
        pages = {page: Array([marks[n] for n in sorted(marks)]) for page, marks in self._marks.items()}
        return {**pages, **self._links}

    def _link(self, element: Element, made: Object) -> Object:
        page, which = element.link or (0, 0)
        note = self._pages[page].Annots[which]
        note.StructParent = self.next_key
        note.Contents = String(element.alt)
        note.F = 4  # print
        self._links[self.next_key] = made
        self.next_key += 1
        return Dictionary(Type=Name.OBJR, Obj=note, Pg=self._pages[page])


def _is_bare(element: Element) -> bool:
    """Say whether an element holds nothing that tells a reader anything. An empty cell still holds a place."""
    return element.kind is not Kind.CELL and not any(part.ink for part in element.walk())


def _attributes(element: Element) -> Object | None:
    if element.scope is not None:
        return Dictionary(O=Name.Table, Scope=Name(f"/{element.scope}"))
    if element.box is not None:
        box = Array([round(side, 2) for side in element.box])
        return Dictionary(O=Name.Layout, Placement=Name.Block, BBox=box)
    return None


def _imprint(pdf: Pdf, imprint: Imprint) -> None:
    pdf.Root.Lang = String(imprint.language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    stamp = imprint.at.isoformat(timespec="seconds")
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=True) as about:
        for key in tuple(about):
            del about[key]
        about["dc:title"] = imprint.title
        about["dc:description"] = imprint.subject
        about["dc:language"] = {imprint.language}
        about["xmp:CreateDate"] = stamp
        about["xmp:ModifyDate"] = stamp
        about["xmp:CreatorTool"] = _MADE_BY
        about["pdf:Producer"] = _MADE_BY


def _mend_character_maps(pdf: Pdf) -> None:
    """Make the fonts' character maps say what reportlab cannot: characters beyond U+FFFF; and leave out blanks."""
    for candidate in pdf.objects:
        if isinstance(candidate, Dictionary) and "/ToUnicode" in candidate:
            stream = candidate.ToUnicode
            assert isinstance(stream, Stream)  # noqa: S101 - reportlab wrote it a moment ago
            stream.write(_mended(stream.read_bytes()))


def _mended(character_map: bytes) -> bytes:
    start, end = character_map.index(b"endcodespacerange") + 17, character_map.index(b"endcmap")
    pairs = [
        b"<%s> <%s>" % (code, chr(int(value, 16)).encode("utf-16-be").hex().upper().encode())
        for code, value in _PAIR.findall(character_map[start:end])
        if int(value, 16)
    ]
    blocks = [pairs[at : at + _PAIRS_A_BLOCK] for at in range(0, len(pairs), _PAIRS_A_BLOCK)]
    lines = [line for block in blocks for line in (b"%d beginbfchar" % len(block), *block, b"endbfchar")]
    return b"\n".join([character_map[:start], *lines, character_map[end:]])
