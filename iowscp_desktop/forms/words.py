"""What a form says to people: labels, hints and messages, in its languages, with answers put into them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from iowscp_desktop.forms.xml import Element, local_name, named
from iowscp_desktop.forms.xpath.compile import compile_text
from iowscp_desktop.forms.xpath.expressions import Context, TextRun
from iowscp_desktop.forms.xpath.scope import Scope

Phrase = tuple[str | TextRun, ...]
"""Texts and closures that are joined when somebody reads."""

PLAIN: Final = ""
GUIDANCE: Final = "guidance"
MEDIA: Final = ("image", "big-image", "audio", "video")
_NO_MEDIA: Final[Mapping[str, "Wording"]] = MappingProxyType({})
_MISSING: Final = frozenset({"", "-"})
"""pyxform writes '-' where a translation is missing."""


@dataclass(slots=True)
class Texts:
    """The itext block: for each language, the texts by id and form ('' is the plain text)."""

    languages: tuple[str, ...] = ()
    default: str = ""
    by_language: dict[str, dict[tuple[str, str], Element]] = field(
        default_factory=dict[str, dict[tuple[str, str], Element]]
    )
    with_outputs: frozenset[str] = frozenset()

    def find(self, text_id: str, form: str, language: str) -> Element | None:
        """The text in a language; where that is missing, in the default language; else None."""
        for spoken in (language, self.default):
            found = self.by_language.get(spoken, {}).get((text_id, form))
            if found is not None and not _is_missing(found):
                return found
        return None


def _is_missing(element: Element) -> bool:
    return len(element) == 0 and (element.text or "").strip() in _MISSING


def read_texts(itext: Element | None) -> Texts:
    """Read an itext block. The default language is the one marked so, otherwise the first."""
    texts = Texts()
    if itext is None:
        return texts
    outputs: set[str] = set()
    names: list[str] = []
    for translation in named(itext, "translation"):
        language = str(translation.get("lang") or "")
        names.append(language)
        if not texts.default or translation.get("default") is not None:
            texts.default = language
        table = texts.by_language.setdefault(language, {})
        for key, value in _values(translation):
            table.setdefault(key, value)
            if len(value) and next(named(value, "output"), None) is not None:
                outputs.add(key[0])
    texts.languages = tuple(dict.fromkeys(names))
    texts.with_outputs = frozenset(outputs)
    return texts


def _values(translation: Element) -> Iterator[tuple[tuple[str, str], Element]]:
    """Every text of a language, by id and form."""
    for text in named(translation, "text"):
        for value in named(text, "value"):
            yield (str(text.get("id") or ""), str(value.get("form") or PLAIN)), value


def phrase(element: Element, scope: Scope) -> Phrase:
    """The text of an element with its outputs compiled. Markup inside (h:b and its like) stays as its text."""
    parts: list[str | TextRun] = [element.text or ""]
    for child in element:
        if local_name(child) == "output":
            source = str(child.get("value") or child.get("ref") or "")
            if source.strip():
                parts.append(compile_text(source, scope).text)
        elif local_name(child):
            parts.extend(phrase(child, scope))
        parts.append(child.tail or "")
    return tuple(part for part in parts if part != "")


def said(words: Phrase, context: Context) -> str:
    """A phrase as a person reads it now."""
    if len(words) == 1 and isinstance(words[0], str):
        return words[0].strip()
    return "".join(part if isinstance(part, str) else part(context) for part in words).strip()


@dataclass(slots=True)
class Wording:
    """One thing a form says. Either the same in every language, or a phrase for each, or an expression."""

    plain: Phrase | None = None
    phrases: Mapping[str, Phrase] = field(default_factory=dict[str, Phrase])
    run: TextRun | None = None

    def text(self, context: Context, language: str) -> str:
        """What it says, in a language, at a place of the form."""
        if self.run is not None:
            return self.run(context).strip()
        return said(self.plain if self.plain is not None else self.phrases.get(language, ()), context)


class Wordsmith:
    """Makes wordings for one place of the form; keeps phrases that are used often."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._plain: dict[tuple[str, str], dict[str, Phrase]] = {}

    def label(self, element: Element | None, scope: Scope, form: str = PLAIN) -> Wording | None:
        """The wording of a label or hint element; None when it says nothing of that form."""
        if element is None:
            return None
        ref = str(element.get("ref") or "").strip()
        text_id = itext_id(ref)
        if text_id is not None:
            return self.text(text_id, scope, form)
        if form != PLAIN:
            return None
        if ref:
            return Wording(run=compile_text(ref, scope).text)
        words = phrase(element, scope)
        return Wording(plain=words) if words else None

    def media(self, element: Element | None, scope: Scope) -> Mapping[str, Wording]:
        """The pictures and sounds that go with a label, by their kind."""
        if element is None or not element.get("ref"):
            return _NO_MEDIA
        found = {form: self.label(element, scope, form) for form in MEDIA}
        return {form: wording for form, wording in found.items() if wording is not None}

    def message(self, source: str, scope: Scope) -> Wording | None:
        """The wording of a constraint or required message: a text, or a reference to one."""
        if not source:
            return None
        text_id = itext_id(source)
        if text_id is not None:
            return self.text(text_id, scope)
        if source.startswith("jr:itext("):
            return Wording(run=compile_text(source, scope).text)
        return Wording(plain=(source,))

    def text(self, text_id: str, scope: Scope, form: str = PLAIN) -> Wording | None:
        """The wording of an itext id in every language."""
        shared = text_id not in self._texts.with_outputs
        known = self._plain.get((text_id, form)) if shared else None
        phrases = known if known is not None else self._phrases(text_id, scope, form)
        if shared:
            self._plain[(text_id, form)] = phrases
        return Wording(phrases=phrases) if phrases else None

    def _phrases(self, text_id: str, scope: Scope, form: str) -> dict[str, Phrase]:
        found: dict[str, Phrase] = {}
        for language in self._texts.languages:
            element = self._texts.find(text_id, form, language)
            if element is not None:
                found[language] = phrase(element, scope)
        return found


def itext_id(ref: str) -> str | None:
    """The id in jr:itext('id') when it is written out; None for anything else."""
    inner = ref.removeprefix("jr:itext(").removesuffix(")").strip() if ref.startswith("jr:itext(") else ""
    if len(inner) > 1 and inner[0] in "'\"" and inner[-1] == inner[0] and inner[0] not in inner[1:-1]:
        return inner[1:-1]
    return None
