"""Saving a report: the whole of it or nothing."""

import resource
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from iowscp_desktop.errors import ReportDiskFull, ReportFolderGone, ReportPlaceRefused
from iowscp_desktop.reports.document import Document, Paragraph
from iowscp_desktop.reports.render import save_pdf
from tests.reports.invented import AT
from tests.reports.paper import pdf_of

LETTER = Document(title="A letter", blocks=(Paragraph(text="Hello"),))


@contextmanager
def no_file_longer_than(size: int) -> Generator[None]:
    before, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, hard))


def test_a_saved_report_is_the_whole_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "letter é.pdf"

    save_pdf(LETTER, path, at=AT)

    assert path.read_bytes() == pdf_of(LETTER)
    assert list(tmp_path.iterdir()) == [path]


def test_saving_again_replaces_the_file(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(b"the one before")

    save_pdf(LETTER, path, at=AT)

    assert path.read_bytes() == pdf_of(LETTER)


def test_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(b"the one before")

    with no_file_longer_than(4000), pytest.raises(ReportDiskFull):
        save_pdf(LETTER, path, at=AT)

    assert path.read_bytes() == b"the one before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReportFolderGone):
        save_pdf(LETTER, tmp_path / "gone" / "letter.pdf", at=AT)


def test_a_place_that_refuses_is_named_and_left_clean(tmp_path: Path) -> None:
    path = tmp_path / "a folder.pdf"
    path.mkdir()

    with pytest.raises(ReportPlaceRefused):
        save_pdf(LETTER, path, at=AT)

    assert list(tmp_path.iterdir()) == [path]
