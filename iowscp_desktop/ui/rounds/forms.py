"""The forms of the rounds: a new round, more schools and agencies, a panel member. They gather; they decide nothing."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from iowscp_desktop import text
from iowscp_desktop.domain.ids import ResponseId
from iowscp_desktop.text.known import Known
from iowscp_desktop.ui.rounds.known import Flow, FlowState
from iowscp_desktop.ui.rounds.presenter import ToolOffer, Wrong
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.centred import Centred
from iowscp_desktop.ui.widgets.choices import Combo
from iowscp_desktop.ui.widgets.date_field import DateField
from iowscp_desktop.ui.widgets.dates import read_date
from iowscp_desktop.ui.widgets.escape import leave_by_escape
from iowscp_desktop.ui.widgets.fields import Field, LineEdit, TextArea
from iowscp_desktop.ui.widgets.layouts import Column, flowing
from iowscp_desktop.ui.widgets.option_lists import AnyOf
from iowscp_desktop.ui.widgets.pages import PageTitle
from iowscp_desktop.ui.widgets.surfaces import Card


class _Form(Centred):
    """A title, fields, one button that goes on and one that goes back."""

    closed = Signal()

    def __init__(self, title: str, about: str, go: str, fields: Sequence[tuple[Wrong, Field]]) -> None:
        self._fields = tuple(fields)
        self.go_button, self.cancel_button = Button(go, Kind.PRIMARY), Button(text.Rounds.cancel, Kind.QUIET)
        column = Column(gap=18, margins=(24, 22, 24, 24))
        for _wrong, field in self._fields:
            column.add(field)
        column.add(flowing(self.go_button, self.cancel_button))
        super().__init__(Column(PageTitle(title, about), Card(column), None, gap=16), width=720)
        self.cancel_button.clicked.connect(self.closed)
        leave_by_escape(self, self.closed.emit)

    def show_wrong(self, wrong: Sequence[Wrong], words: Mapping[Wrong, str]) -> None:
        """Say what is missing, and go to the first of it."""
        first: QWidget | None = None
        said: dict[Field, str] = {field: "" for _, field in self._fields}
        for each, field in self._fields:
            if each in wrong and not said[field]:
                said[field] = words[each]
                first = first or field.control
        for field, problem in said.items():
            field.show_problem(problem)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_first(self) -> None:
        """Begin at the first field."""
        control = self._fields[0][1].control
        control.setFocus(Qt.FocusReason.OtherFocusReason)


class NewRoundForm(_Form):
    """Which audit, what it is called, by when."""

    started = Signal(str, str, object)
    own_wanted = Signal()

    def __init__(self) -> None:
        self.tool = Combo(text.Rounds.tool)
        self.title = LineEdit(text.Rounds.round_title)
        self.due = DateField(text.Rounds.due)
        self.own_button = Button(text.Rounds.own_tool, Kind.LINK)
        self._tool = Field(text.Rounds.tool, self.tool, hint=text.Rounds.tool_hint)
        self._tool.add_below(flowing(self.own_button))
        super().__init__(
            text.Rounds.new_title,
            text.Rounds.about,
            text.Rounds.start,
            (
                (Wrong.TOOL, self._tool),
                (Wrong.TITLE, Field(text.Rounds.round_title, self.title, hint=text.Rounds.round_title_hint)),
                (Wrong.DUE, Field(text.Rounds.due, self.due, hint=text.Rounds.due_hint)),
            ),
        )
        self.own_button.clicked.connect(self.own_wanted)
        self.go_button.clicked.connect(self._start)
        self.title.returnPressed.connect(self._start)

    def show_tools(self, tools: Sequence[ToolOffer]) -> None:
        """Begin afresh with these audits to choose from."""
        self.tool.show_options([(tool.package, tool.words) for tool in tools])
        self.title.show_text("")
        self.due.show_date(None)
        self._tool.show_hint(text.Rounds.tool_hint)

    def show_tool_taken(self, tools: Sequence[ToolOffer], package: str) -> None:
        """Choose an audit that was just taken into use."""
        self.tool.show_options([(tool.package, tool.words) for tool in tools])
        self.tool.show_value(package)
        self._tool.show_problem("")
        self._tool.show_hint(text.Rounds.own_tool_taken(self.tool.currentText()))
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_tool_refused(self, words: str) -> None:
        """Say why an audit cannot be used, and stay where another can be chosen."""
        self._tool.show_problem(words)
        self.own_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _start(self) -> None:
        due: date | None = read_date(self.due.text())
        self.started.emit(self.tool.currentData() or "", self.title.text(), due)


class AddForm(_Form):
    """Names, one a line; and everybody who is known from earlier rounds."""

    added = Signal(str, str, list)

    def __init__(self) -> None:
        self.known = AnyOf(text.Rounds.everybody)
        self.names = TextArea(text.Rounds.names, least_lines=8, most_lines=16)
        self.sort = Combo(text.Rounds.sort, text.Rounds.sorts)
        self._known = Field(text.Rounds.everybody, self.known)
        self._ticked: list[str] = []
        super().__init__(
            text.Rounds.add,
            "",
            text.Rounds.add_button,
            (
                (Wrong.NAMES, Field(text.Rounds.names, self.names, hint=text.Rounds.add_hint)),
                (Wrong.SORT, Field(text.Rounds.sort, self.sort)),
                (Wrong.TOOL, self._known),
            ),
        )
        self.known.chosen.connect(self._on_ticked)
        self.go_button.clicked.connect(self._add)

    def show_known(self, known: Mapping[str, int]) -> None:
        """Begin afresh; these many of each sort are known and not in the round."""
        words = dict(text.Rounds.sorts)
        self.known.show_options([(sort, text.Rounds.all_of(words.get(sort, sort), known[sort])) for sort in known])
        self._known.setVisible(bool(known))
        self._ticked = []
        self.names.show_text("")
        self.sort.show_value(None)

    def _on_ticked(self, sorts: list[str]) -> None:
        self._ticked = sorts

    def _add(self) -> None:
        self.added.emit(self.names.text(), self.sort.currentData() or "", list(self._ticked))


class PanelForm(_Form):
    """Who, and which returns they score."""

    asked = Signal(str, list)

    def __init__(self) -> None:
        self.name = LineEdit(text.Rounds.panel_name)
        self.responses = AnyOf(text.Rounds.panel_responses)
        self._responses = Field(text.Rounds.panel_responses, self.responses, hint=text.Rounds.panel_responses_hint)
        self._ticked: list[str] = []
        super().__init__(
            text.Rounds.panel_title,
            text.Rounds.panel_about,
            text.Rounds.panel_invite,
            ((Wrong.NAME, Field(text.Rounds.panel_name, self.name)), (Wrong.RESPONSES, self._responses)),
        )
        self.responses.chosen.connect(self._on_ticked)
        self.go_button.clicked.connect(self._ask)

    def show_returned(self, returned: Sequence[tuple[ResponseId, str]]) -> None:
        """Begin afresh with these returns to choose from."""
        self._ticked = []
        self.name.show_text("")
        self.responses.show_options(list(returned))
        hint = text.Rounds.panel_responses_hint if returned else text.Rounds.panel_nothing
        self._responses.show_hint(hint)

    def _on_ticked(self, responses: list[str]) -> None:
        self._ticked = responses

    def _ask(self) -> None:
        self.asked.emit(self.name.text(), [ResponseId(response) for response in self._ticked])


class FlowForm(_Form):
    """What goes to whom, where no code is needed."""

    asked = Signal(object, str, list)  # a Flow, what, whom

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self.what, self.whom = Combo(Known.whats[flow]), AnyOf(Known.whoms[flow])
        self._what, self._whom = Field(Known.whats[flow], self.what), Field(Known.whoms[flow], self.whom)
        self._ticked: list[str] = []
        fields = ((Wrong.WHAT, self._what), (Wrong.WHOM, self._whom))
        super().__init__(Known.titles[flow], Known.abouts[flow], Known.go, fields)
        self._what.setVisible(flow is not Flow.ASSIGNMENT)
        self.whom.chosen.connect(self._on_ticked)
        self.go_button.clicked.connect(self._ask)

    def show_flow(self, state: FlowState) -> None:
        """Begin afresh with this to choose from."""
        self.what.show_options(list(state.whats))
        self.what.show_value(state.whats[0][0] if len(state.whats) == 1 else None)
        self._what.show_hint("" if state.whats else Known.nothing[state.flow])
        self.whom.show_options(list(state.whom))
        self.whom.show_values(state.ticked)
        self._whom.show_hint("" if state.whom else Known.nobody[state.flow])
        self._ticked = list(state.ticked)
        self.show_missing(what=False, whom=False)

    def show_missing(self, *, what: bool, whom: bool) -> None:
        """Say what was not chosen, and go there."""
        wrong = [each for each, is_missing in ((Wrong.WHAT, what), (Wrong.WHOM, whom)) if is_missing]
        self.show_wrong(wrong, {Wrong.WHAT: Known.no_what[self._flow], Wrong.WHOM: Known.no_whom})
        if wrong == [Wrong.WHOM]:
            self._focus_whom()

    @override
    def focus_first(self) -> None:
        if self._flow is Flow.ASSIGNMENT:
            self._focus_whom()
        else:
            super().focus_first()

    def _focus_whom(self) -> None:
        first = (*self.whom.boxes, self.go_button)[0]
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_ticked(self, whom: list[str]) -> None:
        self._ticked = whom

    def _ask(self) -> None:
        self.asked.emit(self._flow, self.what.currentData() or "", list(self._ticked))


WORDS = {
    Wrong.TOOL: text.Rounds.no_tool,
    Wrong.TITLE: text.Rounds.no_title,
    Wrong.DUE: text.Rounds.no_due,
    Wrong.NAMES: text.Rounds.no_names,
    Wrong.SORT: text.Rounds.no_sort,
    Wrong.NAME: text.Rounds.no_name,
    Wrong.RESPONSES: text.Rounds.no_responses,
}
