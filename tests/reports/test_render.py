"""The renderer: whatever the words, the file is whole, tagged and the same each time."""

import re
import subprocess
import sys
import time
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from pikepdf import Name, Pdf

from iowscp_desktop.reports.document import (
    Align,
    Answer,
    Block,
    Bullets,
    Callout,
    Column,
    Contents,
    Document,
    Facts,
    Figure,
    GradeBar,
    GradeLine,
    Heading,
    Mark,
    PageBreak,
    Paragraph,
    Rule,
    Space,
    Strong,
    Symbol,
    Table,
    Tone,
)
from iowscp_desktop.reports.look import MARGIN_BOTTOM, MARGIN_SIDE, PAGE_HEIGHT, PAGE_WIDTH
from iowscp_desktop.reports.render import write_pdf
from tests.reports.invented import AT, MET, NA, NOT, PARTLY
from tests.reports.paper import (
    facts,
    font_lines,
    marks,
    pages_of,
    pdf_of,
    said,
    spoken,
    squeezed,
    unmarked,
    word_boxes,
)

ROOT = Path(__file__).parents[2]
LONG = "We check this every week and write down what we find. " * 750  # 40 kB
HOSTILE = {
    "markup": "<b>bold</b> & &amp; <br/> <para> </font> <script>x</script> {{x}} %s %(a)s \\n ]]>",
    "PDF syntax": r"(unbalanced ) BT ET EMC /Artifact BMC endstream endobj \051",
    "emoji": "👍🏽 good 😀 👨‍👩‍👧 fine",
    "one long word": "a" * 3000,
    "a long path": "\\\\server\\share\\" + "safeguarding/" * 200,
    "right to left": "שלום עולם and مرحبا بالعالم",
    "combining": "Zoe\u0308 Łukasz Dvořák Nguyễn e\u0301cole",
    "many lines": "one\ntwo\r\nthree\rfour\n\n\nfive",
    "spaces": "a      b",
    "40 kB": LONG,
}


def everywhere(words: str) -> Document:
    """Return a report that says some words in every kind of place."""
    blocks: tuple[Block, ...] = (
        Heading(level=1, words="A report"),
        Heading(level=2, words=words[:2000], number="1"),
        Paragraph(text=words),
        Bullets(items=(words, "Another", (Strong(words[:300]), " and ", words))),
        Heading(level=3, words="An item", number="1.1"),
        Answer(label=words[:300], text=words),
        Facts(rows=((words[:1000], words), ("Plain", PARTLY))),
        Table(
            columns=(Column(heading="What"), Column(heading=MET, align=Align.RIGHT), Column(heading="Words")),
            rows=(("One", "2", words), (words[:500], "3", NOT)),
        ),
        Callout(title=words[:500], text=(Paragraph(text=words), Answer(label="Who", text=words))),
        GradeLine(mark=Mark(label=words[:500], symbol=Symbol.STAR, tone=Tone.BLUE)),
        Paragraph(text="The end"),
    )
    return Document(title=words[:500], subject=words[:500], header=words, footer=words, blocks=blocks)


def everything() -> Document:
    """Return a report with every kind of block on several pages."""
    table = Table(
        columns=(Column(heading="Section", share=3), Column(heading=MET, align=Align.RIGHT)),
        rows=tuple((f"Row {n}", str(n)) for n in range(60)),
        total=True,
    )
    blocks: tuple[Block, ...] = (
        Heading(level=1, words="A report"),
        Contents(title="Contents"),
        Figure(alt="Bar: 3 Met, 2 Partly met", drawing=GradeBar(parts=((MET, 3), (PARTLY, 2), (NOT, 0), (NA, 1)))),
        Heading(level=2, words="First", number="1"),
        Paragraph(text="Hello"),
        table,
        PageBreak(),
        Heading(level=2, words="Second", number="2"),
        GradeLine(mark=NA),
        Rule(),
        Space(millimetres=10),
        Heading(level=3, words="Below"),
        Bullets(items=("a", "b")),
        Callout(title="Mind", text=(Paragraph(text="this"),)),
    )
    return Document(title="A report", subject="Tried", blocks=blocks, header="Head line", footer="Foot line")


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
def test_whatever_people_write_is_printed_literally(words: str, tmp_path: Path) -> None:
    pdf = pdf_of(everywhere(words))

    heard = said(pdf, tmp_path)

    drawn = words.replace("\N{ZERO WIDTH JOINER}", "").replace("e\u0308", "ë").replace("e\u0301", "é")
    assert heard.count(squeezed(drawn)) >= 7
    assert "Theend" in heard


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
def test_whatever_people_write_stays_within_the_margins(words: str, tmp_path: Path) -> None:
    pdf = pdf_of(everywhere(words))

    boxes = word_boxes(pdf, tmp_path)

    assert len(boxes) > 20
    assert min(left for left, _, _, _ in boxes) >= MARGIN_SIDE - 1
    assert max(right for _, _, right, _ in boxes) <= PAGE_WIDTH - MARGIN_SIDE + 1
    assert max(bottom for _, _, _, bottom in boxes) <= PAGE_HEIGHT - MARGIN_BOTTOM + 40  # the footer's line
    assert unmarked(pdf) == []


def test_control_characters_show_as_a_sign_and_direction_marks_vanish(tmp_path: Path) -> None:
    pdf = pdf_of(Document(title="t", blocks=(Paragraph(text="a\x00b\x07c\x1bd \u202egnp.exe\u2066\u00ad!\ud800"),)))

    heard = said(pdf, tmp_path)

    assert heard.startswith("a�b�c�dgnp.exe!�")


def test_a_sign_without_a_glyph_is_admitted_at_the_end(tmp_path: Path) -> None:
    plain = pdf_of(Document(title="t", blocks=(Paragraph(text="Nothing odd: é ł ’ “ – €"),)))
    odd = pdf_of(Document(title="t", blocks=(Paragraph(text="A heart ❤️‍🔥"),)))

    assert "Abox" not in said(plain, tmp_path)
    assert said(odd, tmp_path).startswith("Aheart❤🔥Aboxstandsfor")


def test_every_font_is_embedded_and_ours(tmp_path: Path) -> None:
    lines = font_lines(pdf_of(everywhere(HOSTILE["combining"])), tmp_path)

    assert lines
    assert all("SourceSans3" in line and re.search(r" yes yes yes +\d", line) for line in lines)


def test_the_file_says_its_title_language_and_time(tmp_path: Path) -> None:
    pdf = pdf_of(everything())

    with Pdf.open(BytesIO(pdf)) as opened:
        root = opened.Root
        assert str(root.Lang) == "en-GB"
        assert root.ViewerPreferences.DisplayDocTitle
        assert root.MarkInfo.Marked
        about = opened.open_metadata()
        assert about["dc:title"] == "A report"
        assert "dc:creator" not in about
        assert all(page.obj.Tabs == Name.S for page in opened.pages)
    told = facts(pdf, tmp_path)
    assert (told["Title"], told["Subject"], told["Tagged"]) == ("A report", "Tried", "yes")
    assert told["CreationDate"] == "Mon Nov 23 14:05:00 2026 UTC"
    assert "Author" not in told


def test_the_tree_is_in_reading_order(tmp_path: Path) -> None:
    tree = spoken(pdf_of(everything()), tmp_path)

    kinds = re.findall(r"^  (\w+)", tree, re.MULTILINE)

    assert tree.startswith("Document")
    assert kinds == ["H1", "H2", "TOC", "Figure", "H2", "P", "Table", "H2", "P", "H3", "L", "Div"]
    assert tree.index('"1 First"\n  P') < tree.index('"Hello"') < tree.index('"Row 0"') < tree.index('"2 Second"')


def test_running_lines_are_on_every_page_and_in_no_tree(tmp_path: Path) -> None:
    pdf = pdf_of(everything())

    pages = pages_of(pdf, tmp_path)

    assert len(pages) == 4
    assert [f"Page {n} of 4" in page for n, page in enumerate(pages, 1)] == [True] * 4
    assert ["Head line" in page for page in pages] == [False, True, True, True]
    assert "Footline" not in said(pdf, tmp_path)
    assert "Page1of4" not in said(pdf, tmp_path)


def test_a_table_says_its_head_once_and_shows_it_on_each_page(tmp_path: Path) -> None:
    pdf = pdf_of(everything())

    tree = spoken(pdf, tmp_path)

    assert tree.count("/Scope /Column") == 2
    assert tree.count("/Scope /Row") == 60
    assert tree.count('"Section"') == 1
    assert sum("Section" in page for page in pages_of(pdf, tmp_path)) == 3


def test_each_piece_of_ink_has_one_owner() -> None:
    pdf = pdf_of(everything())

    assert unmarked(pdf) == []
    with Pdf.open(BytesIO(pdf)) as opened:
        numbers = list(opened.Root.StructTreeRoot.ParentTree.Nums)
        owners = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
        for page, drawn in enumerate(marks(pdf)):
            assert drawn == list(range(len(drawn)))
            assert len(owners[page]) == len(drawn)
            assert all(owner.S in set(map(Name, ("/H1", "/H2", "/H3", "/P", "/TH", "/TD", "/Lbl", "/LBody",
                                                  "/Figure", "/Link"))) for owner in owners[page])  # fmt: skip


def test_every_figure_has_words_and_a_place() -> None:
    with Pdf.open(BytesIO(pdf_of(everything()))) as opened:
        elements = [item for item in opened.objects if isinstance(item, type(opened.Root)) and "/S" in item]
        figures = [item for item in elements if item.get("/S") == Name.Figure]

        assert [str(figure.Alt) for figure in figures] == ["Bar: 3 Met, 2 Partly met"]
        assert all(len(figure.A.BBox) == 4 for figure in figures)


def test_the_contents_lead_to_the_page_they_name(tmp_path: Path) -> None:
    pdf = pdf_of(everything())

    first = pages_of(pdf, tmp_path)[0]

    assert re.search(r"1 First +1\n", first)
    assert re.search(r"2 Second +4\n", first)
    with Pdf.open(BytesIO(pdf)) as opened:
        notes = list(opened.pages[0].Annots)
        assert [str(note.Contents) for note in notes] == ["1 First", "2 Second"]
        assert [opened.pages.index(note.Dest[0]) for note in notes] == [0, 3]


def test_bookmarks_follow_the_headings() -> None:
    with Pdf.open(BytesIO(pdf_of(everything()))) as opened, opened.open_outline() as outline:
        assert [entry.title for entry in outline.root] == ["1 First", "2 Second"]
        assert [entry.title for entry in outline.root[1].children] == ["Below"]


def test_a_bookmark_below_no_section_is_lifted_and_a_long_one_cut() -> None:
    document = Document(title="t", blocks=(Heading(level=3, words="x" * 500), Heading(level=2, words="Next")))

    with Pdf.open(BytesIO(pdf_of(document))) as opened, opened.open_outline() as outline:
        titles = [entry.title for entry in outline.root]

    assert titles == ["x" * 89 + "…", "Next"]


def test_a_heading_never_ends_a_page(tmp_path: Path) -> None:
    for lines in range(30, 50):
        blocks: list[Block] = [Paragraph(text=f"Line {n}") for n in range(lines)]
        blocks += [Heading(level=2, words="Alone"), Paragraph(text="Follows")]
        pages = pages_of(pdf_of(Document(title="t", blocks=tuple(blocks))), tmp_path)

        assert ["Alone" in page for page in pages] == ["Follows" in page for page in pages]


def test_a_heading_on_a_heading_goes_with_what_the_lower_one_heads(tmp_path: Path) -> None:
    for lines in range(25, 50):
        blocks: list[Block] = [Paragraph(text=f"Line {n}") for n in range(lines)]
        blocks += [Heading(level=2, words="Alone"), Heading(level=3, words="Below", number="1.1")]
        pages = pages_of(
            pdf_of(Document(title="t", blocks=(*blocks, Paragraph(text="Follows", indented=True)))), tmp_path
        )

        assert ["Alone" in page for page in pages] == ["Follows" in page for page in pages]


def test_a_bullet_never_ends_a_page_alone(tmp_path: Path) -> None:
    item = "We look at it each week. " * 15
    for lines in range(30, 50):
        blocks: list[Block] = [Paragraph(text=f"Line {n}") for n in range(lines)]
        pages = pages_of(pdf_of(Document(title="t", blocks=(*blocks, Bullets(items=(item,))))), tmp_path)

        assert ["•" in page for page in pages].index(True) == ["We look" in page for page in pages].index(True)


def test_two_page_breaks_leave_no_empty_page(tmp_path: Path) -> None:
    document = Document(title="t", blocks=(PageBreak(), Paragraph(text="a"), PageBreak(), PageBreak(), Rule()))

    assert len(pages_of(pdf_of(document), tmp_path)) == 2


def test_an_empty_report_is_one_page(tmp_path: Path) -> None:
    assert len(pages_of(pdf_of(Document(title="Nothing", blocks=())), tmp_path)) == 1


def test_the_same_report_gives_the_same_bytes() -> None:
    before = pdf_of(everything())

    pdf_of(everywhere(HOSTILE["emoji"]))

    assert pdf_of(everything()) == before


def test_the_same_report_gives_the_same_bytes_in_another_run() -> None:
    script = (
        "import hashlib; from tests.reports.test_render import *;"
        "print(hashlib.sha256(pdf_of(everywhere(HOSTILE['right to left']))).hexdigest())"
    )

    prints = {
        subprocess.run(
            [sys.executable, "-c", script],
            check=True,
            cwd=ROOT,
            capture_output=True,
            env={"PYTHONHASHSEED": seed, "PATH": "", "TZ": zone},
        ).stdout
        for seed, zone in (("1", "Asia/Tokyo"), ("2", "UTC"))
    }

    assert len(prints) == 1


def test_the_number_of_a_file_comes_from_what_it_holds_and_not_from_the_clock() -> None:
    numbers: set[bytes] = set()
    for words in ("one", "two"):
        with Pdf.open(BytesIO(pdf_of(Document(title="t", blocks=(Paragraph(text=words),))))) as opened:
            numbers.add(bytes(opened.trailer.ID[1]))

    assert len(numbers) == 2


def test_another_time_changes_the_dates_alone(tmp_path: Path) -> None:
    later = BytesIO()
    write_pdf(everything(), later, at=AT.replace(year=2027))

    assert later.getvalue() != pdf_of(everything())
    assert pages_of(later.getvalue(), tmp_path) == pages_of(pdf_of(everything()), tmp_path)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        write_pdf(everything(), BytesIO(), at=datetime(2026, 1, 1))  # noqa: DTZ001 - that is the point


def test_half_a_megabyte_in_one_answer_takes_seconds(tmp_path: Path) -> None:
    start = time.process_time()

    pdf = pdf_of(Document(title="t", blocks=(Answer(label="Long", text=LONG * 12),)))

    assert time.process_time() - start < 20
    assert len(pages_of(pdf, tmp_path)) > 100
