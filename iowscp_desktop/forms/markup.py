"""Labels as people see them: the Markdown and HTML that ODK forms may hold, made harmless. No pictures, no scripts."""

import html
import re
from typing import Final

_ESCAPED: Final = re.compile(r"\\([\\`*_{}\[\]()#+\-.!<>])")
_KEPT: Final = "\ue000{}\ue001"
_BACK: Final = re.compile("\ue000(\\d+)\ue001")
_SPAN: Final = re.compile(
    r"&lt;span\s+style=(?:&quot;|&#x27;)([^&<>]*)(?:&quot;|&#x27;)\s*&gt;(.*?)&lt;/span&gt;", re.DOTALL
)
_SIMPLE: Final = re.compile(r"&lt;(/?)(b|i|u|em|strong|sub|sup|small|big|br|p|h[1-6]|ul|ol|li)\s*/?&gt;", re.IGNORECASE)
_OTHER_TAG: Final = re.compile(r"&lt;/?[a-zA-Z][^<>]*?&gt;")
_LINK: Final = re.compile(r"(!?)\[([^\]\n]*)\]\(([^)\s]*)\)")
_SAFE_LINK: Final = re.compile(r"(https?|mailto|tel):", re.IGNORECASE)
_STYLE: Final = re.compile(r"\s*(color|font-family|font-size|text-align)\s*:\s*([\w#%., -]{1,60})\s*\Z", re.IGNORECASE)
_STRONG: Final = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", re.DOTALL)
_EMPHASIS: Final = re.compile(r"(?<![\w*])([*_])(?=[^\s*_])(.+?)(?<=[^\s*_])\1(?![\w*])", re.DOTALL)
_HEADING: Final = re.compile(r"^(#{1,6})\s+(.+?)\s*#*\s*$", re.MULTILINE)
MOST_LETTERS: Final = 20_000


def safe_html(text: str) -> str:
    """Markdown and simple HTML as HTML that holds nothing but text, emphasis, headings, lists and links."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(html.escape(found[1]))
        return _KEPT.format(len(kept) - 1)

    plain = text[:MOST_LETTERS].replace("\ue000", "").replace("\ue001", "")
    made = html.escape(_ESCAPED.sub(keep, plain))
    made = _SPAN.sub(_styled, made)
    made = _SIMPLE.sub(lambda found: f"<{found[1]}{found[2].lower()}>", made)
    made = _OTHER_TAG.sub("", made)
    made = _LINK.sub(_linked, made)
    made = _HEADING.sub(lambda found: f"<h{len(found[1])}>{found[2]}</h{len(found[1])}>", made)
    made = _STRONG.sub(r"<strong>\2</strong>", made)
    made = _EMPHASIS.sub(r"<em>\2</em>", made)
    made = re.sub(r"\n{2,}", "<br><br>", made.strip()).replace("\n", "<br>")
    made = re.sub(r"(</h[1-6]>)(<br>)+", r"\1", made)
    return _BACK.sub(lambda found: kept[int(found[1])], made)


def plain_text(text: str) -> str:
    """The same without any markup, for lists, reports and screen readers."""
    lines = re.sub(r"<br>|</(p|h[1-6]|li)>", "\n", safe_html(text))
    return html.unescape(re.sub(r"<[^>]*>", "", lines)).strip()


def _styled(found: re.Match[str]) -> str:
    kept = [part.strip() for part in found[1].split(";") if _STYLE.match(part)]
    return f'<span style="{"; ".join(kept)}">{found[2]}</span>' if kept else found[2]


def _linked(found: re.Match[str]) -> str:
    """A link to somewhere plain; of a picture only its description stays: it would be fetched from afar."""
    is_picture, words, target = found[1] == "!", found[2], found[3]
    if is_picture or not _SAFE_LINK.match(html.unescape(target)):
        return words
    return f'<a href="{target}">{words or target}</a>'
