"""Writes the parts of a random form down as an XForm, the way spreadsheets are compiled to it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.sax.saxutils import escape, quoteattr

HEAD: Final = """<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:jr="http://openrosa.org/javarosa" xmlns:odk="http://www.opendatakit.org/xforms"
 xmlns:orx="http://openrosa.org/xforms" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
<h:head><h:title>Random</h:title><model odk:xforms-version="1.0.0">"""
KINDS: Final = (("a", "Ant"), ("b", "Bee"), ("c", "Crow"))
FRENCH: Final = {"a": "Fourmi", "b": "Abeille"}
INSTANCES: Final = (
    '<instance id="towns" src="jr://file-csv/towns.csv"/>'
    '<instance id="shops" src="jr://file/shops.xml"/>'
    '<instance id="spots" src="jr://file/spots.geojson"/>'
)
TYPES: Final = {"select": "string", "select1": "string", "rank": "odk:rank", "upload": "binary"}


@dataclass(slots=True, kw_only=True)
class Part:
    """A question, calculation, target of an action, group or repeat."""

    path: str
    kind: str
    type: str = ""
    repeats: tuple[str, ...] = ()
    bind: dict[str, str] = field(default_factory=dict[str, str])
    control: str = ""
    label: str = ""
    default: str = ""
    items: str = ""
    """The nodes of choices; '' when they are written out."""
    value: str = ""
    text: str = ""
    template: str = ""
    count: str = ""
    fixed: bool = False
    given: str = ""
    """Of the target of an action: when it gets what."""
    actions: list[tuple[str, str, str]] = field(default_factory=list[tuple[str, str, str]])
    parts: list["Part"] = field(default_factory=list["Part"])

    @property
    def name(self) -> str:
        """The last step of its path."""
        return self.path.rpartition("/")[2]

    def everything(self) -> Iterator["Part"]:
        """It and all that is inside."""
        yield self
        for part in self.parts:
            yield from part.everything()

    def rules(self) -> str:
        """All that it says, as one text."""
        found = [f"{name}: {text}" for name, text in self.bind.items()]
        found += [self.given] if self.given else []
        found += [f"count: {self.count}"] if self.count else []
        found += ["fixed"] if self.fixed else []
        found += [f"label: {self.label}"] if "{" in self.label else []
        found += [f"choices: {self.items}"] if self.control in {"select", "select1", "rank"} else []
        return " | ".join([f"{self.kind} {self.control} {self.type}", *found])


def written_form(root: Part, languages: tuple[str, ...], greetings: list[str], respelled: dict[str, str]) -> str:
    """The whole XForm. What is `respelled` is written as JavaRosa knows it."""
    scribe = _Scribe(languages, greetings, respelled)
    return "\n".join(
        [
            HEAD,
            *scribe.texts(),
            '<instance><data id="random" version="1">',
            f"{scribe.instance(root)}<meta><instanceID/></meta></data></instance>",
            scribe.kinds(),
            INSTANCES,
            *scribe.binds(root),
            *scribe.load_actions(root),
            "</model></h:head><h:body>",
            *(scribe.body(part) for part in root.parts),
            "</h:body></h:html>",
        ]
    )


@dataclass(slots=True)
class _Scribe:
    languages: tuple[str, ...]
    greetings: list[str]
    respelled: dict[str, str]

    def spelt(self, text: str) -> str:
        """An expression as an attribute."""
        for known, said in sorted(self.respelled.items(), key=lambda pair: -len(pair[0])):
            text = text.replace(known, said)
        return quoteattr(text)

    # --- model -------------------------------------------------------------------------------

    def texts(self) -> Iterator[str]:
        if not self.languages:
            return
        yield "<itext>"
        for language in self.languages:
            default = ' default="true()"' if language == self.languages[0] else ""
            yield f'<translation lang="{language}"{default}>'
            for number, source in enumerate(self.greetings, start=1):
                said = "Hello" if language == "English" else "Salut"
                value = f"{said} <output value={self.spelt(source)}/>!" if number == 1 else f"{said} {number}"
                yield f'<text id="greeting-{number}"><value>{value}</value></text>'
            for name, label in KINDS:
                said = label if language == "English" else FRENCH.get(name, label)
                yield f'<text id="kind-{name}"><value>{said}</value></text>'
            yield "</translation>"
        yield "</itext>"

    def kinds(self) -> str:
        items = (
            f"<item><itextId>kind-{name}</itextId><name>{name}</name><label>{label}</label></item>"
            for name, label in KINDS
        )
        return f'<instance id="kinds"><root>{"".join(items)}</root></instance>'

    def instance(self, part: Part, where: str = "top") -> str:
        """What is inside the element of a part: at the `top`, in a `template` or in a `first` instance."""
        return "".join(self.element(inner, where) for inner in part.parts)

    def element(self, part: Part, where: str) -> str:
        """A part's element; of a repeat, its template and first instances, as compiled spreadsheets have them."""
        if part.kind != "repeat":
            return f"<{part.name}>{escape(part.default)}{self.instance(part, where)}</{part.name}>"
        first = f"<{part.name}>{self.instance(part, 'first')}</{part.name}>"
        if part.template != "template":
            return first * (2 if part.template == "two" and where != "template" else 1)
        model = f'<{part.name} jr:template="">{self.instance(part, "template")}</{part.name}>'
        return {"top": model + first, "template": model, "first": first}[where]

    def binds(self, root: Part) -> Iterator[str]:
        for part in root.everything():
            if part is root or not (part.type or part.bind):
                continue
            known = TYPES.get(part.type, part.type)
            kind = f' type="{known}"' if known else ""
            rules = "".join(f" {name}={self.spelt(text)}" for name, text in part.bind.items())
            yield f'<bind nodeset="{part.path}"{kind}{rules}/>'
        yield '<bind nodeset="/data/meta/instanceID" type="string" jr:preload="uid" readonly="true()"/>'

    def load_actions(self, root: Part) -> Iterator[str]:
        return (self.action(*action) for action in root.actions)

    def action(self, event: str, target: str, value: str) -> str:
        return f'<setvalue event="{event}" ref="{target}" value={self.spelt(value)}/>'

    # --- body --------------------------------------------------------------------------------

    def body(self, part: Part) -> str:
        inside = "".join(self.body(inner) for inner in part.parts)
        actions = "".join(self.action(*action) for action in part.actions)
        match part.kind:
            case "group":
                return f'<group ref="{part.path}"><label>Group</label>{inside}</group>'
            case "repeat":
                count = f' jr:count="{part.count}"' if part.count else ""
                fixed = ' jr:noAddRemove="true()"' if part.fixed or part.count else ""
                repeat = f'<repeat nodeset="{part.path}"{count}{fixed}>{actions}{inside}</repeat>'
                return f'<group ref="{part.path}"><label>Repeat</label>{repeat}</group>'
            case "question":
                return self.question(part, actions)
            case _:
                return ""

    def question(self, part: Part, actions: str) -> str:
        tag = "odk:rank" if part.control == "rank" else part.control
        more = {"range": ' start="0" end="10" step="2"', "upload": ' mediatype="image/*"'}.get(part.control, "")
        choices = self.choices(part) if part.control in {"select", "select1", "rank"} else ""
        return f'<{tag} ref="{part.path}"{more}>{self.label(part.label)}{choices}{actions}</{tag}>'

    def label(self, label: str) -> str:
        if label.startswith("="):
            return f"<label ref=\"jr:itext('{label[1:]}')\"/>"
        if "{" in label:
            before, _, rest = label.partition("{")
            source, _, after = rest.rpartition("}")
            return f"<label>{before}<output value={self.spelt(source)}/>{after}</label>"
        return f"<label>{label}</label>"

    def choices(self, part: Part) -> str:
        if not part.items:
            return "".join(
                f"<item><label>{label}</label><value>{name}</value></item>"
                for name, label in (("a", "Alpha"), ("b", "Beta"), ("c", "Gamma"), ("d", "Delta"))
            )
        text = "jr:itext(itextId)" if self.languages and "'kinds'" in part.items else part.text
        return f'<itemset nodeset={self.spelt(part.items)}><value ref="{part.value}"/><label ref="{text}"/></itemset>'
