"""What came of the surveys, a card for each question, drawn."""

from typing import Protocol

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from iowscp_desktop.app.survey_results import QuestionResult, SurveyResult
from iowscp_desktop.text.survey import Survey as Words
from iowscp_desktop.ui.theme import Icon, Type
from iowscp_desktop.ui.widgets.bars import PlainBar
from iowscp_desktop.ui.widgets.choices import Combo
from iowscp_desktop.ui.widgets.fields import Field
from iowscp_desktop.ui.widgets.labels import Label
from iowscp_desktop.ui.widgets.layouts import Column
from iowscp_desktop.ui.widgets.pages import EmptyState, PageTitle
from iowscp_desktop.ui.widgets.surfaces import Card, ScrollPane


class _Presenter(Protocol):
    def start(self) -> None: ...

    def on_chosen(self, response_id: str) -> None: ...


class SurveyResultsPage(QWidget):
    """One school's survey at a time."""

    def __init__(self) -> None:
        super().__init__()
        self._presenter: _Presenter | None = None
        self.schools = Combo(Words.whose)
        self._list = Column(gap=12)
        body = QWidget()
        body.setLayout(
            Column(
                PageTitle(Words.results_title, Words.results_about),
                Field(Words.whose, self.schools),
                self._list,
                None,
                gap=14,
                margins=(36, 22, 36, 28),
            )
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(ScrollPane(body))
        self._stack.addWidget(EmptyState(Icon.USERS, Words.results_none, Words.results_none_about))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def start(self, presenter: _Presenter) -> None:
        """Keep the presenter; it begins when the page comes to the front."""
        self._presenter = presenter
        self.schools.chosen.connect(presenter.on_chosen)

    def on_shown(self) -> None:
        """It came to the front."""
        if self._presenter is not None:
            self._presenter.start()

    def show_surveys(self, found: tuple[tuple[str, str], ...], chosen: str) -> None:
        """Offer the surveys that came: ids, and whose they are."""
        self.schools.show_options(found)
        self.schools.show_value(chosen or None)
        self._stack.setCurrentIndex(0 if found else 1)

    def show_result(self, result: SurveyResult) -> None:
        """Show one survey."""
        while (item := self._list.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        self._add(Label(Words.sheets(result.sheets), Type.BODY, wrap=True))
        for question in result.questions:
            self._add(_card(question))

    def _add(self, widget: QWidget) -> None:
        self._list.add(widget)
        widget.show()


def _card(question: QuestionResult) -> Card:
    column = Column(
        Label(question.label, Type.STRONG, wrap=True),
        Label(Words.answered(question.answered), Type.SMALL, wrap=True),
        gap=6,
        margins=(20, 14, 20, 16),
    )
    for words, count in question.counts:
        column.add(Label(Words.count(words, count), Type.BODY, wrap=True))
        if count:
            bar = PlainBar(Words.count(words, count))
            bar.setRange(0, question.answered)
            bar.setValue(count)
            column.add(bar)
    for line in question.lines:
        column.add(Label(line, Type.BODY, wrap=True))
    card = Card(column)
    card.setAccessibleName(question.label)
    return card
