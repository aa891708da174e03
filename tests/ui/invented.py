"""Invented answers, schools and files for the pages that tests walk and people look at."""

from io import BytesIO

from PIL import Image

from iowscp_desktop.ui.theme import NOT_APPLICABLE, UNANSWERED, Icon, Mark, Symbol, Tone
from iowscp_desktop.ui.widgets.bars import Segment
from iowscp_desktop.ui.widgets.evidence import EvidenceFile
from iowscp_desktop.ui.widgets.question_list import QuestionRow
from iowscp_desktop.ui.widgets.tiles import Choice

MET = Mark(Symbol.TICK, Tone.GREEN)
PARTLY = Mark(Symbol.TRIANGLE, Tone.AMBER)
NOT_MET = Mark(Symbol.OCTAGON, Tone.RED)
BEST = Mark(Symbol.STAR, Tone.BLUE)
CHOICES = (
    Choice("met", "Met", MET, "In place for all"),
    Choice("partly", "Partly met", PARTLY, "In place for some"),
    Choice("not", "Not met", NOT_MET, "Not in place yet"),
    Choice("na", "Not applicable", NOT_APPLICABLE, "Explain why below"),
)
SECTIONS = (
    ("Leadership and governance", 14, (11, 2, 0, 1), "done"),
    ("Policies and procedures", 18, (14, 3, 1, 0), "done"),
    ("Training and induction", 16, (6, 2, 1, 0), "progress"),
    ("Safer recruitment", 22, (20, 1, 0, 1), "done"),
    ("Concerns and referrals", 24, (15, 4, 0, 0), "progress"),
    ("Online safety, filtering and monitoring", 17, (8, 5, 2, 0), "attention"),
    ("Allegations and low-level concerns", 12, (0, 0, 0, 0), "todo"),
    ("Early help and multi-agency working", 15, (0, 0, 0, 0), "todo"),
)
STATUS: dict[str, tuple[str, Tone, Icon | None]] = {
    "done": ("Completed", Tone.GREEN, Icon.CHECK),
    "progress": ("In progress", Tone.BLUE, Icon.PENCIL_LINE),
    "attention": ("Needs attention", Tone.RED, Icon.TRIANGLE_ALERT),
    "todo": ("Not started", Tone.GREY, None),
}
_QUESTIONS = (
    ("3.1", "All staff complete induction training", "met"),
    ("3.2", "Annual whole-staff update delivered", "met"),
    ("3.3", "DSL trained within two years", "met"),
    ("3.4", "Deputy DSL trained to the same level", "partly"),
    ("3.5", "Governors trained at induction", "met"),
    ("3.6", "Part 1 read and understood", "met"),
    ("3.7", "Prevent training current", "not"),
    ("3.8", "Online safety included in training", "met"),
    ("3.9", "Training records kept up to date", "partly"),
    ("3.10", "Induction for new and temporary staff", ""),
    ("3.11", "Volunteers and contractors briefed", ""),
    ("3.12", "Lessons from reviews shared", ""),
    ("3.13", "Low-level concerns training", ""),
    ("3.14", "Staff know how to refer", ""),
)


def segments(met: int, partly: int, not_met: int, not_applicable: int) -> tuple[Segment, ...]:
    counts = (met, partly, not_applicable, not_met)
    looks = ((MET, "Met"), (PARTLY, "Partly met"), (NOT_APPLICABLE, "Not applicable"), (NOT_MET, "Not met"))
    return tuple(Segment(mark, word, count) for (mark, word), count in zip(looks, counts, strict=True))


def rows() -> tuple[QuestionRow, ...]:
    looks = {choice.value: (choice.mark, choice.word) for choice in CHOICES} | {"": (UNANSWERED, "Not answered")}
    return tuple(
        QuestionRow(
            id=f"q{number}", number=number, title=title, mark=looks[grade][0], word=looks[grade][1],
            is_flagged=number == "3.12", has_problem=number == "3.7",
        )
        for number, title, grade in _QUESTIONS
    )  # fmt: skip


def photo() -> bytes:
    image = Image.new("RGB", (300, 200), "#BFD4E8")
    image.paste("#C9B79A", (0, 60, 300, 200))
    store = BytesIO()
    image.save(store, "PNG")
    return store.getvalue()


def files() -> tuple[EvidenceFile, ...]:
    return (
        EvidenceFile(id="a", name="Induction policy 2026.pdf", about="PDF · 412 KB", icon=Icon.FILE_TEXT),
        EvidenceFile(id="b", name="Induction record autumn.xlsx", about="Sheet · 38 KB", icon=Icon.FILE_SPREADSHEET),
        EvidenceFile(id="c", name="Reception sign-in.png", about="Photo · 1.9 MB", icon=Icon.IMAGE, preview=photo()),
    )
