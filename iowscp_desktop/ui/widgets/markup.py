"""The simple markup that forms have in their words: emphasis, headings, links as text. No pictures, nothing fetched."""

import re

from PySide6.QtCore import Qt

from iowscp_desktop.forms import plain_text, safe_html
from iowscp_desktop.ui.widgets.labels import Label

_LINK = re.compile(r"</?a\b[^>]*>")


def show_markup(label: Label, words: str) -> None:
    """Show the words of a form. Without markup they are plain text; a link is words: nothing here goes online."""
    html = _LINK.sub("", safe_html(words))
    is_plain = "<" not in html.replace("<br>", "")
    label.setTextFormat(Qt.TextFormat.PlainText if is_plain else Qt.TextFormat.RichText)
    label.setText(plain_text(words) if is_plain else html)
    label.setAccessibleName(plain_text(words))
