"""Reading a PDF back as a person and as a screen reader would: with poppler and pikepdf."""

import re
import subprocess
from io import BytesIO
from pathlib import Path

from pikepdf import ContentStreamInstruction, Pdf, parse_content_stream

from iowscp_desktop.reports.document import Document
from iowscp_desktop.reports.render import write_pdf
from tests.reports.invented import AT

_PAINTING = {"Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "Do", "sh"}


def pdf_of(document: Document) -> bytes:
    """Return the report as PDF."""
    sink = BytesIO()
    write_pdf(document, sink, at=AT)
    return sink.getvalue()


def _poppler(program: str, pdf: bytes, folder: Path, *options: str, to_stdout: bool = False) -> str:
    path = folder / "report.pdf"
    path.write_bytes(pdf)
    command = [program, *options, str(path), *(["-"] if to_stdout else [])]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode(errors="replace")


def pages_of(pdf: bytes, folder: Path) -> list[str]:
    """Return the text of each page."""
    return _poppler("pdftotext", pdf, folder, "-layout", to_stdout=True).split("\f")[:-1]


def spoken(pdf: bytes, folder: Path) -> str:
    """Return the tree with its text, as a screen reader walks it."""
    return _poppler("pdfinfo", pdf, folder, "-struct-text")


def said(pdf: bytes, folder: Path) -> str:
    """Return all that a screen reader says, white space left out."""
    return squeezed("".join(re.findall(r'^ *"(.*)"$', spoken(pdf, folder), re.MULTILINE)))


def facts(pdf: bytes, folder: Path) -> dict[str, str]:
    """Return what the file says about itself."""
    lines = (line.partition(":") for line in _poppler("pdfinfo", pdf, folder).splitlines())
    return {name: value.strip() for name, _colon, value in lines}


def font_lines(pdf: bytes, folder: Path) -> list[str]:
    """Return poppler's line for each font."""
    return _poppler("pdffonts", pdf, folder).splitlines()[2:]


def word_boxes(pdf: bytes, folder: Path) -> list[tuple[float, float, float, float]]:
    """Return the box of every word: left, top, right, bottom, downwards in points."""
    html = _poppler("pdftotext", pdf, folder, "-bbox", to_stdout=True)
    found = re.findall(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">', html)
    return [(float(a), float(b), float(c), float(d)) for a, b, c, d in found]


def squeezed(text: str) -> str:
    """Return text without its white space."""
    return "".join(text.split())


def unmarked(pdf: bytes) -> list[str]:
    """Return every painting operator that belongs neither to the tree nor to decoration."""
    strays: list[str] = []
    with Pdf.open(BytesIO(pdf)) as opened:
        for page in opened.pages:
            depth = 0
            for instruction in parse_content_stream(page):
                assert isinstance(instruction, ContentStreamInstruction)
                operator = str(instruction.operator)
                depth += (operator in {"BDC", "BMC"}) - (operator == "EMC")
                if operator in _PAINTING and depth != 1:
                    strays.append(operator)
            assert depth == 0
    return strays


def marks(pdf: bytes) -> list[list[int]]:
    """Return the numbers of the marks on each page, as drawn."""
    with Pdf.open(BytesIO(pdf)) as opened:
        return [
            [
                int(instruction.operands[1]["/MCID"])
                for instruction in parse_content_stream(page)
                if str(instruction.operator) == "BDC" and "/MCID" in instruction.operands[1]
            ]
            for page in opened.pages
        ]
