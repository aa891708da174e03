"""The filled return says what was asked and answered, and only that."""

import itertools
import re
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from iowscp_desktop.reports.document import Callout, Figure, Mark, Symbol, Table, Tone
from iowscp_desktop.reports.filled_return import (
    UNANSWERED,
    EvidenceFile,
    GradedItem,
    PlainAnswer,
    ReturnReport,
    Scale,
    Section,
    Standing,
    filled_return,
)
from tests.reports.invented import MET, PARTLY, RATING, SUMMER, a_return, clash, item, section
from tests.reports.paper import facts, pages_of, pdf_of, said, spoken, squeezed, unmarked


def text_of(report: ReturnReport, folder: Path) -> str:
    """Return what the printed return says, spaces made single."""
    return " ".join(" ".join(pages_of(pdf_of(filled_return(report)), folder)).split())


def callouts(report: ReturnReport) -> list[str]:
    """Return the titles of the boxes."""
    return [block.title for block in filled_return(report).blocks if isinstance(block, Callout)]


def with_entries(*entries: GradedItem | PlainAnswer, not_asked: int = 0) -> ReturnReport:
    """Return a return of one section."""
    one = Section(number="1", title="Leadership", entries=entries, not_asked=not_asked)
    return replace(a_return(), sections=(one,))


def test_the_front_says_whose_return_it_is_and_how_far_it_has_come(tmp_path: Path) -> None:
    text = text_of(a_return(), tmp_path)

    assert "Oakfield Primary School (invented)" in text
    assert "Section 175 self-assessment, edition 2026" in text
    assert re.search(
        r"Round Autumn 2026 Due 18 December 2026 Status Signed Version Version 2, check code 3f9a 1c20", text
    )
    assert "This is a starter template." in text


def test_a_signature_says_when_and_on_whose_computer() -> None:
    signatures = next(block for block in filled_return(a_return()).blocks if isinstance(block, Table))

    assert signatures.rows == (
        (
            "Designated safeguarding lead",
            "Priya Nair",
            "7 September 2026 at 09:30",
            "On their own computer",
        ),
        (
            "Head teacher",
            "Sam Okoro",
            "23 November 2026 at 14:05",
            "Typed on the computer of the person who filled this in",
        ),
        ("Chair of governors", "", "Not signed yet", ""),
    )


@pytest.mark.parametrize(
    ("standing", "title"),
    [
        (Standing.DRAFT, ["This is a draft"]),
        (Standing.READY, ["Not signed yet"]),
        (Standing.CHANGED, ["Changed after signing"]),
        (Standing.SIGNED, []),
    ],
)
def test_what_is_not_a_signed_return_says_so_first(standing: Standing, title: list[str]) -> None:
    assert callouts(a_return(standing=standing)) == [*title, "About this audit tool"]


def test_a_draft_says_so_on_every_page(tmp_path: Path) -> None:
    pages = pages_of(pdf_of(filled_return(a_return(standing=Standing.DRAFT))), tmp_path)

    assert len(pages) > 5
    assert all("Draft, not signed" in page for page in pages)


def test_every_page_names_the_version(tmp_path: Path) -> None:
    pages = pages_of(pdf_of(filled_return(a_return())), tmp_path)

    assert all("Version 2, check code 3f9a 1c20" in page for page in pages)


def test_an_item_says_its_grade_its_texts_its_next_step_and_its_files(tmp_path: Path) -> None:
    text = text_of(with_entries(item("3.10", 2)), tmp_path)

    assert "3.10 Induction" not in text  # the title depends on the place
    assert "3.10 Volunteers and contractors briefed Do all new and temporary staff" in text
    assert "start work with children? Partly met How do you know? Permanent staff" in text
    assert "What will happen next Reception to check the signed leaflet" in text
    assert "Who Office manager By when 27 November 2026" in text


def test_a_file_is_named_with_its_size_and_check_code(tmp_path: Path) -> None:
    files = (
        EvidenceFile(name="Log (2) <final>.pdf", size=412_345, digest="9f2c"),
        EvidenceFile(name="photo.jpg", size=1_940_000, digest="aa01"),
        EvidenceFile(name="empty.txt", size=1, digest="e3b0"),
    )

    text = text_of(with_entries(replace(item("1.1", 0), files=files)), tmp_path)

    assert "Log (2) <final>.pdf 412 KB 9f2c photo.jpg 1.9 MB aa01 empty.txt 1 byte e3b0" in text
    assert "start of its SHA-256" in text


def test_without_files_nothing_is_said_of_check_codes(tmp_path: Path) -> None:
    assert "SHA-256" not in text_of(with_entries(replace(item("1.1", 0), files=())), tmp_path)


def test_an_empty_text_says_that_nothing_was_written(tmp_path: Path) -> None:
    text = text_of(with_entries(item("1.1", 3)), tmp_path)

    assert "What difference does it make for children? Nothing written" in text


def test_what_was_not_answered_says_so(tmp_path: Path) -> None:
    text = text_of(with_entries(item("1.1", 8), PlainAnswer(label="Number of pupils", text=" ")), tmp_path)

    assert text.count("Not answered") == 3  # the head of a column, the item and the question
    assert "Number of pupils Not answered" in text


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, ""),
        (1, "One question here did not apply, because of other answers, and was not asked."),
        (3, "Three questions here did not apply, because of other answers, and were not asked."),
        (12, "12 questions here did not apply, because of other answers, and were not asked."),
    ],
)
def test_what_did_not_apply_is_counted(count: int, words: str, tmp_path: Path) -> None:
    text = text_of(with_entries(item("1.1", 0), not_asked=count), tmp_path)

    assert ("did not apply" in text) == bool(words)
    assert words in text


def test_two_answers_that_differ_are_both_shown(tmp_path: Path) -> None:
    report = with_entries(
        replace(item("1.1", 0), clashes=(clash(),)), PlainAnswer(label="Pupils", text="", clashes=(clash(),))
    )

    text = text_of(report, tmp_path)

    assert callouts(report)[0] == "Two answers are not settled"
    assert text.count("Two people gave different answers: How do you know?") == 2
    assert text.count("Priya Nair, 3 September 2026 at 10:42 All but two have signed.") == 2
    assert text.count("Jo Mensah, 4 September 2026 at 16:01 Everybody has signed.") == 2


def test_the_counts_are_those_of_the_items() -> None:
    blocks = filled_return(a_return(sections=3, items=3)).blocks
    figures = [block for block in blocks if isinstance(block, Figure)]
    progress = next(block for block in blocks if isinstance(block, Table) and block.total)

    assert [figure.alt for figure in figures] == [
        "Bar of all graded items: 5 Met, 1 Partly met, 1 Not met, 1 Not applicable, 1 Not answered."
    ]
    assert progress.rows == (
        ("1 Leadership and culture", "2", "1", "0", "0", "0"),
        ("2 Safer recruitment", "2", "0", "1", "0", "0"),
        ("3 Training and induction", "1", "0", "0", "1", "1"),
        ("All sections", "5", "1", "1", "1", "1"),
    )
    assert progress.columns[-1].heading == UNANSWERED


def test_two_scales_never_share_a_chart() -> None:
    strong = Mark(label="3 Strong", symbol=Symbol.STAR, tone=Tone.BLUE)
    other = Scale(id="four", name="How strong?", marks=(strong, MET))
    report = with_entries(item("1.1", 0), replace(item("1.2", 0), scale="four", mark=strong))

    blocks = filled_return(replace(report, scales=(RATING, other))).blocks

    assert [block.alt for block in blocks if isinstance(block, Figure)] == [
        "Bar of all graded items: 1 Met.",
        "Bar of all graded items: 1 3 Strong.",
    ]


def test_a_grade_that_its_scale_lacks_is_a_bug_and_not_a_silent_loss() -> None:
    with pytest.raises(ValueError, match=r"1\.1"):
        filled_return(with_entries(replace(item("1.1", 0), mark=replace(PARTLY, label="Nearly"))))


def test_a_short_return_has_no_contents_and_a_long_one_does(tmp_path: Path) -> None:
    long = a_return()

    assert "What is in this return" in text_of(long, tmp_path)
    assert "What is in this return" not in text_of(replace(long, sections=long.sections[:2]), tmp_path)


def test_the_headings_go_down_one_level_at_a_time(tmp_path: Path) -> None:
    tree = spoken(pdf_of(filled_return(a_return())), tmp_path)

    levels = [int(level) for level in re.findall(r"^ +H(\d)", tree, re.MULTILINE)]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_a_return_of_two_hundred_items_takes_seconds(tmp_path: Path) -> None:
    start = time.process_time()

    pdf = pdf_of(filled_return(a_return(sections=12, items=17)))

    assert time.process_time() - start < 10
    heard = said(pdf, tmp_path)
    assert all(squeezed(f"{n}.{m}") in heard for n in range(1, 13) for m in range(1, 18))
    assert unmarked(pdf) == []
    assert facts(pdf, tmp_path)["Title"] == "Oakfield Primary School (invented): Section 175 self-assessment"


def test_a_repr_shows_no_answer() -> None:
    report = with_entries(replace(item("1.1", 2), clashes=(clash(),)), PlainAnswer(label="Q", text="SECRET"))

    shown = repr(report) + repr(filled_return(report))

    assert "SECRET" not in shown
    assert "leaflet" not in shown
    assert "Priya" not in repr(report)


def test_a_time_is_said_as_its_own_clock_stood(tmp_path: Path) -> None:
    version = replace(clash().versions[0], at=datetime(2026, 1, 2, 3, 4, tzinfo=SUMMER))
    one = replace(item("1.1", 0), clashes=(replace(clash(), versions=(version, version)),))

    assert "2 January 2026 at 03:04" in text_of(with_entries(one), tmp_path)


def test_a_section_without_entries_is_still_there(tmp_path: Path) -> None:
    empty = replace(section(0, 0), not_asked=4)

    assert "1 Leadership and culture Four questions" in text_of(replace(a_return(), sections=(empty,)), tmp_path)
