"""Pictures of a PDF's pages, for looking at a report before it is saved or printed.

The library underneath is not made for several threads. Ask from one, as the job runner does.
"""

from collections.abc import Generator
from contextlib import contextmanager
from io import BytesIO

from pypdfium2 import PdfDocument  # type: ignore[import-untyped]  # publishes no types

_POINTS_AN_INCH = 72


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    with _opened(pdf) as document:
        return len(document)


def page_images(pdf: bytes, *, dpi: int = 110) -> Generator[bytes]:
    """Yield a PNG picture of each page in turn, so that the first can be shown while the others are drawn.

    Args:
        dpi: Dots an inch: about 110 for a window at 100 %, 300 for printing.
    """
    with _opened(pdf) as document:
        for page in document:
            scale = dpi / _POINTS_AN_INCH
            bitmap = page.render(scale=scale)  # pyright: ignore[reportArgumentType]  # guessed from a default
            picture = BytesIO()
            bitmap.to_pil().save(picture, "PNG")
            bitmap.close()
            page.close()
            yield picture.getvalue()


@contextmanager
def _opened(pdf: bytes) -> Generator[PdfDocument]:
    document = PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()
