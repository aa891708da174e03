"""The notice that new files lie in the watched folder: it offers them, and takes nothing in."""

from PySide6.QtCore import Signal

from iowscp_desktop import text
from iowscp_desktop.app.watching import Offer
from iowscp_desktop.ui.notify import announce
from iowscp_desktop.ui.theme import Icon, Role, Tone, Type
from iowscp_desktop.ui.widgets.buttons import Button, Kind
from iowscp_desktop.ui.widgets.labels import Label, Picture
from iowscp_desktop.ui.widgets.layouts import Column, Row, flowing
from iowscp_desktop.ui.widgets.surfaces import Card


class FolderNotice(Card):
    """Says how many files are new there, as long as any are, and leads to looking at them."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__(back=Role.PRIMARY_TINT, line=Role.PRIMARY, edge=Tone.BLUE)
        self._words = Label("", Type.STRONG, role=Role.PRIMARY_TEXT, wrap=True)
        about = Label(text.Merge.watch_notice, Type.BODY, wrap=True)
        self.look_button = Button("", Kind.PRIMARY, icon=Icon.EYE)
        row = Row(Picture(Icon.FOLDER_OPEN, Role.PRIMARY_TEXT, 22), gap=12)
        row.add(Column(self._words, about, gap=2), 1)
        self.setLayout(Column(row, flowing(self.look_button), gap=10, margins=(20, 12, 20, 12)))
        self.look_button.clicked.connect(self.wanted)
        self.hide()

    def show_offer(self, offer: Offer) -> None:
        """Show what is new; nothing new is no notice."""
        if offer.folder is None or not offer.files:
            self.hide()
            return
        words = text.Merge.watch_new(len(offer.files), offer.folder.name or str(offer.folder))
        is_news = words != self._words.text() or self.isHidden()
        self._words.setText(words)
        self.setAccessibleName(words)
        self.look_button.show_words(text.Merge.watch_accept(len(offer.files)))
        self.look_button.setAccessibleName(f"{self.look_button.text()}: {words}")
        self.show()
        if is_news and self.isVisible():
            announce(self, words)
