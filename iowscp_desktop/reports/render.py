"""From a report to a PDF file: tagged, every font embedded, the same bytes for the same report and time."""

import errno
import os
import tempfile
import threading
from collections import deque
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from iowscp_desktop.errors import ReportDiskFull, ReportError, ReportFolderGone, ReportPlaceRefused
from iowscp_desktop.reports.compose import compose
from iowscp_desktop.reports.document import Document
from iowscp_desktop.reports.look import (
    INK_FAINT,
    LINE,
    MARGIN_BOTTOM,
    MARGIN_SIDE,
    MARGIN_TOP,
    NAVY,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    REGULAR,
    TEXT_HEIGHT,
    TEXT_WIDTH,
    Scribe,
    width_of,
)
from iowscp_desktop.reports.pieces import Air, Piece, Words
from iowscp_desktop.reports.sheet import Sheet
from iowscp_desktop.reports.tags import Element, Imprint, finish
from iowscp_desktop.text.reports_words import PaperWords

_ONE_AT_A_TIME = threading.Lock()  # reportlab keeps fonts for the whole program
_RUNNING_SIZE = 8.5
_LONGEST_RUN = 400  # characters; more never fit on a line


def write_pdf(document: Document, sink: BinaryIO, *, at: datetime) -> None:
    """Write a report as PDF.

    Args:
        at: When it was made, an aware time; it stands in the file's properties and nowhere else.

    Raises:
        ValueError: `at` has no zone, so that the file would say a time that means nothing.
    """
    if at.tzinfo is None:
        raise ValueError("the time of a report needs a zone")
    with _ONE_AT_A_TIME:
        # Poured twice: the first time finds on which page each heading falls and how many pages there are.
        first = _Pouring(document, {}, 0)
        second = _Pouring(document, first.places, first.pages)
        scribe = Scribe()
        imprint = Imprint(
            title=scribe.plain(document.title),
            subject=scribe.plain(document.subject),
            language=document.language,
            at=at,
        )
        sink.write(finish(second.drawn, second.tree, imprint))


def save_pdf(document: Document, path: Path, *, at: datetime) -> None:
    """Write a report to a file: the whole of it or nothing. A file that was there is replaced at the last moment.

    Raises:
        ReportError: It cannot be written there; whatever was there is as it was.
    """
    made = BytesIO()
    write_pdf(document, made, at=at)
    save_file(made.getbuffer(), path)


def save_file(content: bytes | memoryview, path: Path) -> None:
    """Write a report that is made already: the whole of it or nothing.

    Raises:
        ReportError: It cannot be written there; whatever was there is as it was.
    """
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".report-", delete=False) as draft:
            beside = Path(draft.name)
            try:
                draft.write(content)
                draft.flush()
                os.fsync(draft.fileno())
                draft.close()  # Windows does not rename an open file
                beside.replace(path)
            except BaseException:
                draft.close()
                beside.unlink(missing_ok=True)
                raise
    except OSError as error:
        raise _named(error) from error


def _named(error: OSError) -> ReportError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return ReportDiskFull()
    if error.errno in {errno.ENOENT, errno.ENOTDIR}:
        return ReportFolderGone()
    return ReportPlaceRefused()


class _Pouring:
    """One laying out of a report onto pages."""

    def __init__(self, document: Document, places: Mapping[str, int], pages: int) -> None:
        self.places: dict[str, int] = {}
        self._document = document
        self._of = pages
        self._scribe = Scribe()
        self._sheet = Sheet()
        composed = compose(document, places)
        self.tree: Element = composed.tree
        self._room = self._after = 0.0
        self._begin()
        self._pour(deque(composed.pieces))
        self._sheet.end_page()
        self.pages = self._sheet.page + 1
        self.drawn = self._sheet.close()

    def _pour(self, queue: deque[Piece]) -> None:
        while queue:
            piece = queue.popleft()
            if isinstance(piece, Air) and piece.turn:
                self._turn()
                continue
            gap = 0 if self._at_top() else max(self._after, piece.gap)
            high = piece.height(TEXT_WIDTH)
            follow = _follow(piece, queue)
            if gap + high + follow <= self._room or (self._at_top() and high <= self._room):
                self._put(piece, gap, high)
                continue
            parts = piece.cut(TEXT_WIDTH, self._room - gap) if gap + high > self._room else None
            if parts is not None:
                self._put(parts[0], gap, parts[0].height(TEXT_WIDTH))
                queue.appendleft(parts[1])
                self._turn()
            elif self._at_top():  # nothing more can be done for it than to let it run off the page
                self._put(piece, 0, min(high, self._room))
            else:
                queue.appendleft(piece)
                self._turn()

    def _put(self, piece: Piece, gap: float, high: float) -> None:
        if isinstance(piece, Words) and piece.bookmark is not None:
            self.places[piece.bookmark.key] = self._sheet.page + 1
        top = MARGIN_BOTTOM + self._room - gap
        piece.draw(self._sheet, MARGIN_SIDE, top, TEXT_WIDTH)
        self._room -= gap + high
        self._after = piece.after

    def _at_top(self) -> bool:
        return self._room >= TEXT_HEIGHT

    def _turn(self) -> None:
        if not self._at_top():
            self._sheet.end_page()
            self._begin()

    def _begin(self) -> None:
        self._room = TEXT_HEIGHT
        self._sheet.begin_page()
        self._header()
        self._footer()

    def _header(self) -> None:
        canvas = self._sheet.canvas
        with self._sheet.decoration("Header"):
            if self._sheet.page == 0:  # the first page says it in its own words; a band of ink marks the start
                canvas.setFillColor(NAVY)
                canvas.rect(0, PAGE_HEIGHT - 9, PAGE_WIDTH, 9, stroke=0, fill=1)
                return
            self._run(self._document.header, PAGE_HEIGHT - MARGIN_TOP + 20, TEXT_WIDTH)
            self._hair(PAGE_HEIGHT - MARGIN_TOP + 13)

    def _footer(self) -> None:
        canvas = self._sheet.canvas
        with self._sheet.decoration("Footer"):
            self._hair(MARGIN_BOTTOM - 18)
            number = PaperWords.page_of(self._sheet.page + 1, self._of)
            self._run(self._document.footer, MARGIN_BOTTOM - 31, TEXT_WIDTH - width_of(number, _RUNNING_SIZE) - 20)
            canvas.setFont(REGULAR, _RUNNING_SIZE)
            canvas.setFillColor(INK_FAINT)
            canvas.drawRightString(PAGE_WIDTH - MARGIN_SIDE, MARGIN_BOTTOM - 31, number)

    def _run(self, words: str, y: float, room: float) -> None:
        line = self._scribe.plain(words[:_LONGEST_RUN]).replace("\n", " ")
        if width_of(line, _RUNNING_SIZE) > room:
            line = _shortened(line, room)
        self._sheet.canvas.setFont(REGULAR, _RUNNING_SIZE)
        self._sheet.canvas.setFillColor(INK_FAINT)
        self._sheet.canvas.drawString(MARGIN_SIDE, y, line)

    def _hair(self, y: float) -> None:
        self._sheet.canvas.setStrokeColor(LINE)
        self._sheet.canvas.setLineWidth(0.7)
        self._sheet.canvas.line(MARGIN_SIDE, y, PAGE_WIDTH - MARGIN_SIDE, y)


def _follow(piece: Piece, queue: deque[Piece]) -> float:
    """Return the room to be left below a piece. A heading on a heading goes with what the lower one heads."""
    if not piece.follow or not queue or not queue[0].follow:
        return piece.follow
    following = queue[0]
    return max(piece.follow, max(piece.after, following.gap) + following.height(TEXT_WIDTH) + following.follow)


def _shortened(line: str, room: float) -> str:
    """Return as much of a running line as there is room for."""
    while line and width_of(line + "…", _RUNNING_SIZE) > room:
        line = line[:-1]
    return line + "…"
