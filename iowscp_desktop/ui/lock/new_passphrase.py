"""The card on the lock screen that asks for a new passphrase, after a sheet or the spare key opened the workspace."""

from iowscp_desktop import text
from iowscp_desktop.app.passphrases import Judged
from iowscp_desktop.ui.notify import announce
from iowscp_desktop.ui.theme import Icon, Role
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.fields import Field, SecretField
from iowscp_desktop.ui.widgets.key_paper import StrengthLine
from iowscp_desktop.ui.widgets.labels import Picture
from iowscp_desktop.ui.widgets.layouts import Column, Row
from iowscp_desktop.ui.widgets.pages import PageTitle
from iowscp_desktop.ui.widgets.surfaces import Card


class NewPassphrase(Card):
    """Two fields, how hard it is to guess, and a button that goes on."""

    def __init__(self, about: str, go_on: str) -> None:
        super().__init__()
        self.new, self.again = SecretField(text.Keys.new), SecretField(text.FirstRun.again)
        self.new_field = Field(text.Keys.new, self.new, hint=text.FirstRun.phrase_hint)
        self.again_field = Field(text.FirstRun.again, self.again)
        self.strength = StrengthLine()
        self.go_on = Button(go_on, Kind.PRIMARY, icon=Icon.LOCK_OPEN)
        self.setLayout(
            Column(
                Row(Picture(Icon.KEY_ROUND, Role.PRIMARY_TEXT, 34), None),
                PageTitle(text.Lock.sheet_new_title, about),
                4,
                self.new_field,
                self.strength,
                self.again_field,
                Row(self.go_on, None),
                gap=12,
                margins=(32, 28, 32, 28),
            )
        )
        self.new.returnPressed.connect(self.again.setFocus)

    def show_strength(self, judged: Judged | None) -> None:
        """Show how hard the new passphrase is to guess."""
        self.strength.show_strength(judged)

    def show_suggestion(self, passphrase: str) -> None:
        """Put a made-up passphrase in, readable."""
        self.new.show_text(passphrase)
        self.new.reveal()
        self.again.setFocus()

    def show_wrong(self, *, missing: bool, easy: bool, differs: bool) -> None:
        """Mark what is wrong; nothing of it: take the marks away."""
        words = text.FirstRun.phrase_missing if missing else text.FirstRun.phrase_easy if easy else ""
        self.new_field.show_problem(words)
        self.again_field.show_problem(text.FirstRun.phrase_differs if differs and not words else "")
        if words or differs:
            (self.new if words else self.again).setFocus()
            announce(self, words or text.FirstRun.phrase_differs)
