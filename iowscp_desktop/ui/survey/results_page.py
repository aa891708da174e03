"""What came of the surveys, drawn: counts, two questions side by side, and the same people before and after."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from iowscp_desktop import text
from iowscp_desktop.app.survey_results import Compared, Crossed
from iowscp_desktop.text.survey import Survey as Words
from iowscp_desktop.ui.choosing import Choose, FileRequest, Wanted
from iowscp_desktop.ui.notify import announce
from iowscp_desktop.ui.showing import ShowFolder
from iowscp_desktop.ui.survey.results_parts import compared_list, crossed_list, question_card
from iowscp_desktop.ui.survey.results_presenter import Offers, ResultsPresenter, ResultState
from iowscp_desktop.ui.theme import Icon, Type
from iowscp_desktop.ui.widgets.buttons import Button
from iowscp_desktop.ui.widgets.choices import Combo
from iowscp_desktop.ui.widgets.fields import Field
from iowscp_desktop.ui.widgets.labels import Label
from iowscp_desktop.ui.widgets.layouts import NO_MARGINS, Column
from iowscp_desktop.ui.widgets.messages import BannerStack, Message, Weight
from iowscp_desktop.ui.widgets.pages import EmptyState, PageTitle
from iowscp_desktop.ui.widgets.surfaces import Card, ScrollPane, show_or_hide

_AROUND = (20, 16, 20, 18)


class SurveyResultsPage(QWidget):
    """One school's survey at a time."""

    def __init__(self, choose: Choose, show_folder: ShowFolder) -> None:
        super().__init__()
        self._choose, self._show_folder = choose, show_folder
        self._presenter: ResultsPresenter | None = None
        self._title = ""
        self.save_pdf = Button(Words.save_pdf, icon=Icon.FILE_TEXT)
        self.schools = Combo(Words.whose)
        self.of, self.by = Combo(Words.show), Combo(Words.by)
        self.earlier = Combo(Words.before_is)
        self._list, self._crossed, self._compared = Column(gap=12), Column(gap=10), Column(gap=10)
        self.banners = BannerStack(margins=NO_MARGINS)
        self._stack = QStackedWidget()
        self._stack.addWidget(ScrollPane(self._body()))
        self._stack.addWidget(EmptyState(Icon.USERS, Words.results_none, Words.results_none_about))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.banners)
        layout.addWidget(self._stack, 1)

    def start(self, presenter: ResultsPresenter) -> None:
        """Keep the presenter; it begins when the page comes to the front."""
        self._presenter = presenter
        self.schools.chosen.connect(presenter.on_chosen)
        self.earlier.chosen.connect(presenter.on_compared)
        self.of.chosen.connect(self._on_two)
        self.by.chosen.connect(self._on_two)
        self.save_pdf.clicked.connect(self._on_save)

    def on_shown(self) -> None:
        """It came to the front."""
        if self._presenter is not None:
            self._presenter.start()

    def go_to(self, response_id: str) -> None:
        """Begin with this survey when the page comes to the front."""
        if self._presenter is not None:
            self._presenter.on_led_to(response_id)

    # --- what the presenter shows ------------------------------------------------------------

    def show_surveys(self, found: Offers, chosen: str) -> None:
        """Offer the surveys that came: ids, and whose they are."""
        self.schools.show_options(found)
        self.schools.show_value(chosen or None)
        self._stack.setCurrentIndex(0 if found else 1)

    def show_result(self, state: ResultState) -> None:
        """Show one survey, with nothing set side by side."""
        result = state.result
        self._title = Words.of(result.line.organisation, result.line.title)
        cards = (question_card(question) for question in result.questions)
        _fill(self._list, [Label(Words.sheets(result.sheets), Type.BODY, wrap=True), *cards])
        for combo in (self.of, self.by):
            combo.show_options(state.questions)
        has_two = len(state.questions) > 1
        show_or_hide(self._two, shown=has_two)
        show_or_hide(self._no_two, shown=not has_two)
        self.earlier.show_options(state.earlier)
        show_or_hide(self._earlier, shown=bool(state.earlier))
        show_or_hide(self._no_earlier, shown=not state.earlier)
        self.show_crossed(None)
        self.show_compared(None, is_asked=False)

    def show_crossed(self, crossed: Crossed | None) -> None:
        """Show two questions side by side, or none."""
        _fill(self._crossed, [] if crossed is None else crossed_list(crossed))
        if crossed is not None:
            announce(self, Words.side_by_side if crossed.is_whole else Words.not_told_about)

    def show_compared(self, compared: Compared | None, *, is_asked: bool) -> None:
        """Show before and after, or that too few can be found in both."""
        few = [Label(Words.too_few_pairs, Type.BODY, wrap=True)] if is_asked else []
        _fill(self._compared, few if compared is None else compared_list(compared))
        if is_asked:
            announce(self, Words.too_few_pairs if compared is None else Words.pairs(compared.people))

    def show_saving(self, *, saving: bool) -> None:
        """Say that the PDF is being written."""
        self.save_pdf.setEnabled(not saving)
        self.save_pdf.show_words(Words.saving_pdf if saving else Words.save_pdf)

    def show_saved(self, path: Path) -> None:
        """Say where it is, and that anybody can read it."""
        while self.banners.take_newest():
            pass
        words = Words.saved(str(path))
        self.banners.say(
            Message(
                weight=Weight.DONE,
                words=words,
                remedy=text.Home.pdf_not_sealed,
                offer=text.Home.show_folder,
                on_offer=partial(self._show_folder, path),
            )
        )
        announce(self, words)

    # --- inside ------------------------------------------------------------------------------

    def _body(self) -> QWidget:
        self._two = QWidget()
        self._two.setLayout(Column(Field(Words.show, self.of), Field(Words.by, self.by), gap=10))
        self._no_two = Label(Words.no_two, Type.BODY, wrap=True)
        self._earlier = Field(Words.before_is, self.earlier)
        self._no_earlier = Label(Words.no_earlier, Type.BODY, wrap=True)
        body = QWidget()
        body.setLayout(
            Column(
                PageTitle(Words.results_title, Words.results_about, self.save_pdf),
                Field(Words.whose, self.schools),
                Label(Words.counts, Type.H2, wrap=True),
                self._list,
                _section(Words.side_by_side, Words.side_by_side_about, self._two, self._no_two),
                self._crossed,
                _section(Words.before_after, Words.before_after_about, self._earlier, self._no_earlier),
                self._compared,
                None,
                gap=14,
                margins=(36, 22, 36, 28),
            )
        )
        return body

    def _on_two(self, *_told: object) -> None:
        if self._presenter is not None:
            self._presenter.on_crossed(self.by.currentData() or "", self.of.currentData() or "")

    def _on_save(self) -> None:
        presenter = self._presenter
        if presenter is None:
            return
        request = FileRequest(
            wanted=Wanted.NEW_FILE,
            title=Words.save_dialogue,
            kinds=text.Home.pdf_kinds,
            suggestion=Path.home() / Words.file_name(Words.results_title),
        )
        self._choose(request, lambda paths: presenter.on_save_pdf(paths[0].with_suffix(".pdf")))


def _section(title: str, about: str, *parts: QWidget) -> Card:
    words = (Label(title, Type.H2, wrap=True), Label(about, Type.BODY, wrap=True))
    return Card(Column(*words, *parts, gap=10, margins=_AROUND))


def _fill(column: Column, widgets: Sequence[QWidget]) -> None:
    while (item := column.takeAt(0)) is not None:
        if (gone := item.widget()) is not None:
            gone.hide()
            gone.deleteLater()
    for widget in widgets:
        column.add(widget)
        widget.show()
