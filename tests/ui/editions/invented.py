"""The step to another edition filled with an invented comparison: for the walks of every page, and to look at."""

from PySide6.QtWidgets import QWidget

from iowscp_desktop.app.editions import AnswerLine, Comparison, DroppedLine, Edition, RenamedLine, Why
from iowscp_desktop.domain.ids import QuestionId, ResponseId, Sha256
from iowscp_desktop.domain.tool import Part
from iowscp_desktop.ui.editions import EditionsPage

_OLD, _NEW, _LATER = (
    Edition(package=Sha256(str(number)), edition=name, title="An invented audit", is_newer=number > 1)
    for number, name in enumerate(("2025–26", "2026–27", "2026–27, corrected"), start=1)
)


def another_edition() -> QWidget:
    page = EditionsPage(on_home=lambda: None, on_settle=lambda: None, say=lambda _message: None)
    page.show_editions((_LATER, _NEW), _NEW.package)
    page.show_comparison(
        Comparison(
            response_id=ResponseId("1"),
            before=_OLD,
            after=_NEW,
            kept=83,
            renamed=(_renamed("1.2", "A trusted adult", "Trusted adults"), _renamed("4.1", "Induction", "New staff")),
            dropped=(DroppedLine(answer=_line("2.3", "The website", "Yes", None), why=Why.NOT_ASKED),),
            asked_again=(_line("3.1", "The lead", "Nearly", Part.EVIDENCE),),
            added=tuple((f"5.{number}", f"A new question {number}") for number in range(1, 9)),
            is_locked=False,
            undecided=1,
        )
    )
    return page


def _renamed(number: str, before: str, after: str) -> RenamedLine:
    return RenamedLine(before=number, before_title=before, after=number, after_title=after, note="", answers=2)


def _line(number: str, title: str, words: str, part: Part | None) -> AnswerLine:
    return AnswerLine(
        question_id=QuestionId(title),
        instances=(),
        number=number,
        title=title,
        part=part,
        asked="" if part is None else "How do you know?",
        words=words,
    )
