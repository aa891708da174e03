"""Pictures of pages, and the reviewed pictures of the two reports."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from iowscp_desktop.reports.document import Document
from iowscp_desktop.reports.feedback_letter import feedback_letter
from iowscp_desktop.reports.filled_return import Standing, filled_return
from iowscp_desktop.reports.pages import page_count, page_images
from tests.reports.invented import a_letter, a_return
from tests.reports.paper import pdf_of

PICTURES = Path(__file__).parent / "pictures"
REVIEWED: dict[str, tuple[Document, int]] = {
    "return_front": (filled_return(a_return(standing=Standing.DRAFT)), 0),
    "return_at_a_glance": (filled_return(a_return()), 1),
    "return_items": (filled_return(a_return()), 3),
    "letter": (feedback_letter(a_letter()), 0),
}


def picture(document: Document, page: int) -> bytes:
    """Return a small picture of one page."""
    return list(page_images(pdf_of(document), dpi=60))[page]


def difference(one: bytes, other: bytes) -> float:
    """Return by how much two pictures differ on average, from 0 to 255."""
    with Image.open(BytesIO(one)) as first, Image.open(BytesIO(other)) as second:
        assert first.size == second.size
        return sum(ImageStat.Stat(ImageChops.difference(first.convert("L"), second.convert("L"))).mean)


def test_every_page_has_a_picture_of_its_size() -> None:
    pdf = pdf_of(feedback_letter(a_letter()))

    pictures = list(page_images(pdf, dpi=72))

    assert page_count(pdf) == len(pictures) == 2
    for page in pictures:
        with Image.open(BytesIO(page)) as image:
            assert (image.format, image.size) == ("PNG", (596, 842))


def test_pages_are_drawn_when_asked_for() -> None:
    pages = page_images(pdf_of(filled_return(a_return(sections=12, items=12))))

    first = next(pages)
    pages.close()

    assert first.startswith(b"\x89PNG")


@pytest.mark.parametrize("name", REVIEWED)
def test_a_page_looks_as_it_did_when_it_was_reviewed(name: str, tmp_path: Path) -> None:
    now = picture(*REVIEWED[name])
    (tmp_path / f"{name}.png").write_bytes(now)

    assert difference(now, (PICTURES / f"{name}.png").read_bytes()) < 0.6, f"look at {tmp_path / name}.png"


def test_another_page_is_told_apart_from_the_reviewed_one() -> None:
    other = picture(filled_return(a_return()), 4)

    assert difference(other, (PICTURES / "return_items.png").read_bytes()) > 3
