"""The parts of a graded item: tiles, the words about it, its files, and the action that a gap asks for."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from iowscp_desktop import text
from iowscp_desktop.app.filling import EntryState, FieldState
from iowscp_desktop.domain.ids import QuestionId
from iowscp_desktop.domain.scale import Scale
from iowscp_desktop.domain.tool import ACTION_PARTS, Part
from iowscp_desktop.ui.fill.states import Chosen, FileState, QuestionState, Ways
from iowscp_desktop.ui.fill.typed import DayField, TypedField, problem_words
from iowscp_desktop.ui.theme import UNANSWERED, Icon, Role, Type, mark_of
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.evidence import EvidenceFile, EvidenceStrip
from iowscp_desktop.ui.widgets.fields import LineEdit, TextArea
from iowscp_desktop.ui.widgets.labels import Label, Picture
from iowscp_desktop.ui.widgets.layouts import NO_MARGINS, Column, Row, SideBySide
from iowscp_desktop.ui.widgets.messages import BannerStack, Message
from iowscp_desktop.ui.widgets.panels import ActionPanel
from iowscp_desktop.ui.widgets.surfaces import show_or_hide
from iowscp_desktop.ui.widgets.tiles import RatingRow, choices_of


class Grades(QWidget):
    """How well it is in place: tiles, and which keys choose them."""

    def __init__(self, on_chosen: Chosen) -> None:
        super().__init__()
        self._on_chosen = on_chosen
        self._question_id = QuestionId("")
        self._prompt, self._keys = Label("", Type.STRONG, wrap=True), Label("", Type.CAPTION)
        self.clear_button = Button(text.Widgets.clear_answer, Kind.LINK, small=True)
        self._problem = Label("", Type.SMALL_STRONG, role=Role.RED_INK, wrap=True)
        self._problem_row = QWidget()
        problem_row = Row(Picture(Icon.CIRCLE_ALERT, Role.RED_INK, 16), gap=6)
        problem_row.add(self._problem, 1)
        self._problem_row.setLayout(problem_row)
        self.tiles = RatingRow()
        top = Row(gap=6)
        top.add(self._prompt, 1)
        top.add(self.clear_button)
        top.add(self._keys)
        self.setLayout(Column(top, self._problem_row, self.tiles, gap=4))
        self.tiles.chosen.connect(self._on_tile)
        self.tiles.cleared.connect(self._on_cleared)
        self.clear_button.clicked.connect(self._on_cleared)

    def show_grade(self, state: FieldState, scale: Scale, problem: str, *, is_fixed: bool) -> None:
        """Show what was chosen."""
        self._question_id = state.question_id
        self._prompt.setText(scale.prompt)
        self._keys.setText("" if is_fixed else text.Widgets.press_numbers(len(scale.tiles)))
        self.tiles.show_choices(choices_of(scale.tiles))
        self.tiles.show_value(state.value or None)
        self.tiles.setEnabled(not is_fixed)
        self._problem.setText(problem)
        show_or_hide(self._problem_row, shown=bool(problem))
        show_or_hide(self.clear_button, shown=bool(state.value) and not is_fixed)

    def show_question(self, question: str) -> None:
        """Name the group after its question."""
        self.tiles.show_question(question, self._prompt.text())

    def first_stop(self) -> QWidget | None:
        """Return where answering begins: the chosen tile, or the first."""
        chosen = [tile for tile in self.tiles.tiles if tile.isChecked()]
        return next(iter((*chosen, *self.tiles.tiles)), None)

    def _on_tile(self, value: str) -> None:
        self._on_chosen(self._question_id, value)

    def _on_cleared(self) -> None:
        self.tiles.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_chosen(self._question_id, None)


class Parts(QWidget):
    """What is written about an item, and its files. Only what the grade asks for is seen."""

    files_offered = Signal(list)
    picture_offered = Signal(QImage)
    choose_requested = Signal()
    copy_requested = Signal(str)
    remove_requested = Signal(str)

    def __init__(self, ways: Ways) -> None:
        super().__init__()
        typed, left = ways.typed, ways.left
        words = {
            part: TypedField(
                TextArea("", least_lines=lines), typed, left, counts_words=part is Part.EVIDENCE, names=ways
            )
            for part, lines in ((Part.EVIDENCE, 3), (Part.IMPACT, 2), (Part.NA_REASON, 2), (Part.NEXT, 2))
        }
        self._fields: dict[Part, TypedField | DayField] = {
            **words,
            Part.OWNER: TypedField(LineEdit(""), typed, left),
            Part.DUE: DayField(ways.chose),
        }
        self.strip = EvidenceStrip()
        self._adding = Label("", Type.SMALL)
        self.banners = BannerStack(margins=NO_MARGINS)
        self._panel = ActionPanel(UNANSWERED, "", "")
        self._action = SideBySide(
            *(self._fields[part] for part in ACTION_PARTS), least=640, stretches=(4, 2, 0), gap=12
        )
        self._panel.add_fields(self._action)
        before = (self._fields[part] for part in (Part.NA_REASON, Part.EVIDENCE, Part.IMPACT))
        self.setLayout(Column(*before, self.strip, self._adding, self.banners, self._panel, gap=14))
        self.strip.files_offered.connect(self.files_offered)
        self.strip.picture_offered.connect(self.picture_offered)
        self.strip.choose_requested.connect(self.choose_requested)
        self.strip.open_requested.connect(self.copy_requested)
        self.strip.remove_requested.connect(self.remove_requested)
        self.show_adding(0)

    def show_parts(self, state: QuestionState) -> None:
        """Show what was written, and what is asked now."""
        entry = state.entry
        shown = {each.part: each for each in entry.fields if each.part is not None and each.relevant}
        for part, field in self._fields.items():
            show_or_hide(field, shown=part in shown)
            if part in shown:
                self._show_part(field, shown[part], state)
        show_or_hide(self._panel, shown=bool(shown.keys() & set(ACTION_PARTS)))
        point = entry.scale.point(entry.point) if entry.scale is not None else None
        if point is not None:
            self._panel.show_reason(mark_of(point), point.label, text.Fill.add_action(point.label))
        takes = takes_files(entry)
        self.strip.show_files([_card(file) for file in state.files], is_fixed=state.is_fixed or not takes)
        show_or_hide(self.strip, shown=takes or bool(state.files))

    def show_adding(self, count: int) -> None:
        """Say that files are being taken in."""
        self._adding.setText(text.Fill.adding(count) if count else "")
        show_or_hide(self._adding, shown=bool(count))

    def say(self, message: Message) -> None:
        """Say something about a file, below the files."""
        self.banners.say(message)

    def say_nothing(self) -> None:
        """Take away what was said about the files of another question."""
        while self.banners.take_newest():
            continue

    def flush(self) -> None:
        """Save what is being typed."""
        for field in self._fields.values():
            field.flush()

    def _show_part(self, field: TypedField | DayField, part: FieldState, state: QuestionState) -> None:
        field.show_label(part.label)
        field.show_hint(part.hint or (text.Widgets.date_example if isinstance(field, DayField) else ""))
        problem = problem_words(part, says_missing=state.says_missing)
        field.show_field(part, problem, is_fixed=state.is_fixed)


def takes_files(entry: EntryState) -> bool:
    """Tell whether files can be dropped on a question as it stands."""
    return entry.takes_files and not (entry.scale is not None and entry.scale.is_not_applicable(entry.point))


_ICONS = {
    "image": Icon.IMAGE,
    "spreadsheet": Icon.FILE_SPREADSHEET,
    "excel": Icon.FILE_SPREADSHEET,
    "csv": Icon.FILE_SPREADSHEET,
    "presentation": Icon.FILE_CHART_COLUMN,
    "rfc822": Icon.INBOX,
}


def _card(file: FileState) -> EvidenceFile:
    kind = text.Fill.kind_of(file.media_type)
    size = text.Fill.size(file.size) if file.is_here else text.Fill.file_not_here
    icon = next((icon for sign, icon in _ICONS.items() if sign in file.media_type), Icon.FILE_TEXT)
    return EvidenceFile(
        id=file.id, name=file.name, about=text.Fill.about_file(kind, size), icon=icon, preview=file.picture
    )
