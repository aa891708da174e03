"""The pages being drawn: every piece of ink on them belongs to an element of the tree or is decoration."""

from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from io import BytesIO

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from iowscp_desktop.reports.look import BOLD, PAGE_HEIGHT, PAGE_WIDTH, REGULAR, Run, fonts
from iowscp_desktop.reports.tags import Element

_DECORATION = "/Artifact BMC"


class Sheet:
    """A canvas with pages that are opened and closed, and on which ink is marked."""

    def __init__(self) -> None:
        fonts()
        self._out = BytesIO()
        # Given a font of ours to start with, reportlab does not put Helvetica into the file.
        self.canvas = Canvas(
            self._out,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            pageCompression=1,
            invariant=1,
            initialFontName=REGULAR,  # pyright: ignore[reportArgumentType]  # guessed wrongly from a default
        )
        self.page = -1
        self._marks = 0
        self._links = 0
        self._silent = False

    def begin_page(self) -> None:
        """Open the next page. All that is drawn on it is decoration until it is marked."""
        self.page += 1
        self._marks = self._links = 0
        self.canvas.addLiteral(_DECORATION)

    def end_page(self) -> None:
        """Close the page."""
        self.canvas.addLiteral("EMC")
        self.canvas.showPage()

    def close(self) -> bytes:
        """Return the drawn file."""
        self.canvas.save()
        return self._out.getvalue()

    @contextmanager
    def mark(self, element: Element) -> Generator[None]:
        """Say that what is drawn meanwhile belongs to an element."""
        if self._silent:
            yield
            return
        element.ink.append((self.page, self._marks))
        self.canvas.addLiteral(f"EMC /{element.kind} <</MCID {self._marks}>> BDC")
        self._marks += 1
        yield
        self.canvas.addLiteral(f"EMC {_DECORATION}")

    @contextmanager
    def decoration(self, place: str) -> Generator[None]:
        """Say that what is drawn meanwhile runs on every page: its place is Header or Footer."""
        self.canvas.addLiteral(f"EMC /Artifact <</Type /Pagination /Subtype /{place}>> BDC")
        yield
        self.canvas.addLiteral(f"EMC {_DECORATION}")

    @contextmanager
    def silence(self) -> Generator[None]:
        """Draw what has been said before, such as a table's head on its second page: marks count for nothing."""
        before, self._silent = self._silent, True
        yield
        self._silent = before

    def write(
        self,
        lines: Iterable[tuple[float, float, Sequence[Run]]],
        size: float,
        colour: Color,
        *,
        bold: bool = False,
    ) -> None:
        """Write lines of words, each from a point (x, baseline)."""
        text = self.canvas.beginText()
        text.setFillColor(colour)
        for x, baseline, runs in lines:
            text.setTextOrigin(x, baseline)
            for run in runs:
                text.setFont(BOLD if bold or run.strong else REGULAR, size)
                text.textOut(run.words)
        self.canvas.drawText(text)

    def bookmark(self, key: str, words: str, depth: int, top: float) -> None:
        """Make a place of this page known to the contents and the outline."""
        self.canvas.bookmarkHorizontalAbsolute(key, top + 12, left=0, fit="XYZ")
        self.canvas.addOutlineEntry(words, key, level=depth, closed=True)

    def link(self, element: Element, target: str, box: tuple[float, float, float, float]) -> None:
        """Make a box (left, bottom, right, top) of this page a link to a bookmark."""
        self.canvas.linkRect("", target, box, relative=0, thickness=0)
        element.link = (self.page, self._links)
        self._links += 1
