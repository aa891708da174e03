"""Looking at something before it is erased: what it holds, why, and the two ways to decide."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from iowscp_desktop.domain.erasure import Why
from iowscp_desktop.text.retention import Retention as Words
from iowscp_desktop.ui.retention.presenter import ReviewState
from iowscp_desktop.ui.theme import Icon, Type
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.choices import CheckBox, Combo
from iowscp_desktop.ui.widgets.facts import Facts
from iowscp_desktop.ui.widgets.fields import Field, TextArea
from iowscp_desktop.ui.widgets.labels import Label
from iowscp_desktop.ui.widgets.layouts import Column, flowing
from iowscp_desktop.ui.widgets.name_watch import Look, NameWatch
from iowscp_desktop.ui.widgets.pages import PageTitle
from iowscp_desktop.ui.widgets.surfaces import Card, show_or_hide

_LONGER = (3, 6, 12, 24, 60)


class ReviewPane(QWidget):
    """One thing at a time. Nothing is erased without a reason and a tick."""

    def __init__(
        self,
        on_erase: Callable[[str, Why, str], None],
        on_keep: Callable[[str, int, str], None],
        on_cancel: Callable[[], None],
    ) -> None:
        super().__init__()
        self._on_erase, self._on_keep = on_erase, on_keep
        self._key = ""
        self.watch: NameWatch | None = None
        self._facts = Facts()
        self.why = Combo(Words.why, tuple(Words.whys.items()))
        self.reason = TextArea(Words.reason, least_lines=2)
        self._reason = Field(Words.reason, self.reason, hint=Words.reason_hint)
        self.sure = CheckBox(Words.sure)
        self._problem = Label("", Type.SMALL_STRONG, wrap=True)
        self.erase = Button(Words.erase, Kind.DANGER, icon=Icon.TRASH_2)
        self.cancel = Button(Words.cancel)
        self.longer = Combo(Words.keep_for, tuple((str(months), Words.period(months)) for months in _LONGER))
        self._longer = Field(Words.keep_for, self.longer)
        self.keep = Button(Words.keep, icon=Icon.CALENDAR_CLOCK)
        self.erase.clicked.connect(self._erase)
        self.keep.clicked.connect(self._keep)
        self.cancel.clicked.connect(on_cancel)
        self.reason.edited.connect(self._on_reason)
        what = Card(Column(self._facts, margins=(24, 20, 24, 20)))
        decide = Card(
            Column(
                Field(Words.why, self.why),
                self._reason,
                self.sure,
                self._problem,
                flowing(self.erase, self.cancel),
                gap=14,
                margins=(24, 20, 24, 20),
            )
        )
        self._keeping = Card(Column(self._longer, flowing(self.keep), gap=12, margins=(24, 18, 24, 20)))
        self.setLayout(Column(PageTitle(Words.review_title), what, decide, self._keeping, gap=16))

    def watch_names(self, look: Look) -> None:
        """Look over the reason for what seems to point at somebody."""
        self.watch = NameWatch(self._reason, self.reason, look)

    def show_review(self, state: ReviewState) -> None:
        """Show what is to be looked at."""
        self._key = state.key
        self._facts.show_facts(state.facts)
        self.why.show_value(state.why.value)
        self.reason.show_text("")
        if self.watch is not None:
            self.watch.forget()
        self.sure.setChecked(False)
        self.longer.show_value(str(_LONGER[2]))
        self._say("")
        self._reason.show_problem("")
        show_or_hide(self._keeping, shown=state.can_keep)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_reason_missing(self) -> None:
        """Say that a reason is needed, and go there."""
        self._reason.show_problem(Words.reason_missing)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- inside ------------------------------------------------------------------------------

    def _say(self, words: str) -> None:
        self._problem.setText(words)
        show_or_hide(self._problem, shown=bool(words))

    def _on_reason(self, *_told: object) -> None:
        self._reason.show_problem("")

    def _erase(self) -> None:
        if not self.sure.isChecked():
            self._say(Words.not_sure)
            self.sure.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._say("")
        self._on_erase(self._key, Why(self.why.currentData()), self.reason.text())

    def _keep(self) -> None:
        self._on_keep(self._key, int(self.longer.currentData()), self.reason.text())
