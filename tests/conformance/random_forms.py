"""Makes random XForms: every kind of question, group, repeat, action and function there is. Same seed, same form."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Final

from tests.conformance import random_functions
from tests.conformance.form_xml import Part, written_form
from tests.conformance.random_expressions import DAYS, FUNCTIONS, MOMENTS, Kind, Place, Writer

MEDIA: Final = {
    "towns.csv": "name,label,size,zone\na,Ash,1,north\nb,Bay,3,south\nc,Cove,5,north\nd,Down,7,x-1\ne,Esk,9,yes\n",
    "shops.xml": "<root>"
    + "".join(
        f"<item><name>{name}</name><label>{label}</label><size>{size}</size></item>"
        for name, label, size in (("a", "Apples", 2), ("b", "Bread", 4), ("c", "Cheese", 6))
    )
    + "</root>",
    "spots.geojson": '{"type":"FeatureCollection","features":['
    + ",".join(
        f'{{"type":"Feature","id":"{name}","geometry":{{"type":"Point","coordinates":[{east},50.7]}},'
        f'"properties":{{"title":"{title}","size":{size}}}}}'
        for name, title, east, size in (("a", "Arch", -1.3, 1), ("b", "Beach", -1.2, 4), ("c", "Cliff", -1.1, 8))
    )
    + "]}",
}
GREETING: Final = "/data/greeting"
"""The place that texts of the itext block are written for. No node is there."""
FOCUS: Final = 8
"""How many functions each form is made to call, in turn, besides those it calls by chance."""
ONLY_OUTSIDE: Final = frozenset(
    {"sum", "count", "count-non-empty", "min", "max", "join", "indexed-repeat", "path star", "path of many"}
)
ONLY_INSIDE: Final = frozenset({"position"})
CALCULATED: Final[dict[Kind, tuple[str, ...]]] = {
    "whole": ("string", "int"),
    "number": ("string", "decimal"),
    "text": ("string",),
    "truth": ("string",),
    "day": ("date", "string"),
    "moment": ("dateTime",),
    "clock": ("string",),
    "point": ("geopoint",),
}
QUESTIONS: Final = (
    *("int", "int", "int", "string", "string", "string", "decimal", "date", "dateTime", "time"),
    *("geopoint", "geoshape", "geotrace", "select1", "select1", "select", "select"),
    *("range", "trigger", "rank", "upload", "note"),
)


@dataclass(slots=True, kw_only=True)
class RandomForm:
    """A form, as our engine and web-forms read it, and as JavaRosa does."""

    number: int
    xml: str
    javarosa_xml: str
    media: dict[str, str]
    languages: tuple[str, ...]
    rules: dict[str, str]
    """What hangs on each path, as text: for the table of explained differences."""
    dependents: dict[str, frozenset[str]]
    """Which paths may look different when a path does."""
    features: Counter[str]
    """Each function, repeat and action in it, and how often."""


def random_form(seed: int, number: int) -> RandomForm:
    """Make one form."""
    builder = _Builder(Random(f"{seed} {number}"), number)
    return builder.form()


@dataclass(slots=True)
class _Builder:
    random: Random
    number: int
    places: list[Place] = field(default_factory=list[Place])
    selects: dict[str, str] = field(default_factory=dict[str, str])
    reads: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    respelled: dict[str, str] = field(default_factory=dict[str, str])
    languages: tuple[str, ...] = ()
    names: int = 0
    parts: dict[str, Part] = field(default_factory=dict[str, Part])

    def form(self) -> RandomForm:
        if self.random.random() < 0.5:
            self.languages = ("English", "French")
        root = Part(path="/data", kind="group")
        first = ("int", "string", "int", "string", "date", "time", "geoshape", "select", "select1")
        root.parts = [self.question(root, kind) for kind in first if kind in "int string" or self.random.random() < 0.5]
        blocks = [self.repeat, self.group]
        if self.random.random() < 0.5:
            blocks.append(self.random.choice((self.repeat, self.group)))
        self.random.shuffle(blocks)
        for block in blocks:
            root.parts.append(block(root))
            root.parts.extend(self.question(root) for _ in range(self.random.randint(0, 2)))
        self.focus(root)
        self.actions(root)
        root.parts.extend(self.question(root) for _ in range(self.random.randint(0, 2)))
        greetings = [self.greeting(root) for _ in range(2)]
        xml = written_form(root, self.languages, greetings, {})
        return RandomForm(
            number=self.number,
            xml=xml,
            javarosa_xml=written_form(root, self.languages, greetings, self.respelled),
            media=MEDIA,
            languages=self.languages,
            rules={part.path: self.rules_of(part, root) for part in root.everything()},
            dependents=self.dependents(root),
            features=_features(root, xml, self.languages),
        )

    def rules_of(self, part: Part, root: Part) -> str:
        counted = any(self.parts[repeat].count for repeat in part.repeats)
        steps = part.path.split("/")
        above = (self.parts.get("/".join(steps[:end])) for end in range(2, len(steps)))
        inherited = [
            f"readonly above: {group.bind['readonly']}" for group in above if group and "readonly" in group.bind
        ]
        said = [part.rules(), *inherited]
        said += ["in a counted repeat"] if counted else []
        said += ["reads what is worked out"] if part.given and self.reads_what_is_worked_out(part, root) else []
        return " | ".join(said)

    def reads_what_is_worked_out(self, part: Part, root: Part) -> bool:
        """Whether what it reads may be other before calculations, relevance and counts have had their turn."""
        readers = self.readers(root)
        decided = {
            found.path for found in root.everything() if found.count or {"relevant", "calculate"} & found.bind.keys()
        }
        return any(part.path in _reached(path, readers) for path in decided)

    def greeting(self, root: Part) -> str:
        """What is put into a text of the itext block: the same wherever it is said, and nothing that depends on it."""
        writer = self.writer(root, GREETING)
        circles = _reached(GREETING, self.readers(root))
        writer.earlier = [place for place in self.places if place.path not in circles]
        return writer.leaf("text").replace("../", "/data/")

    # --- parts -------------------------------------------------------------------------------

    def part(self, above: Part, kind: str, kind_of_value: str = "") -> Part:
        self.names += 1
        name = f"{'q' if kind == 'question' else kind[0]}{self.names}"
        repeats = above.repeats
        part = Part(path=f"{above.path}/{name}", kind=kind, type=kind_of_value, repeats=repeats)
        if kind == "repeat":
            part.repeats = (*repeats, part.path)
        self.reads.setdefault(part.path, set())
        self.parts[part.path] = part
        return part

    def writer(self, above: Part, path: str) -> Writer:
        here = Place(path=path if path.startswith("/") else f"{above.path}/{path}", type="", repeats=above.repeats)
        writer = Writer(self.random, here, self.places, self.selects)
        writer.reads = self.reads.setdefault(here.path, set())
        writer.respelled = self.respelled
        writer.speaks = bool(self.languages)
        return writer

    def question(self, above: Part, kind: str = "") -> Part:
        kind = kind or self.random.choice(QUESTIONS)
        part = self.part(above, "question", {"range": "int", "trigger": "string", "note": "string"}.get(kind, kind))
        part.control = kind if kind in {"select1", "select", "rank", "range", "trigger", "upload"} else "input"
        writer = self.writer(above, part.path)
        self.rules(part, writer, note=kind == "note")
        if part.control in {"select1", "select", "rank"}:
            self.choices(part, writer)
        if kind == "note":
            part.bind["readonly"] = "true()"
        part.label = self.label(writer)
        chance = self.random.random()
        if kind in {"int", "string"} and chance < 0.08:
            part.bind["calculate"] = writer.write("whole" if kind == "int" else "text")
        elif chance < 0.3:
            part.default = self.default(kind)
        if kind not in {"rank", "upload", "note", "trigger"}:
            self.places.append(Place(path=part.path, type=part.type, repeats=part.repeats))
        return part

    def rules(self, part: Part, writer: Writer, *, note: bool = False) -> None:
        chance = self.random.random
        if chance() < 0.3:
            part.bind["relevant"] = writer.write("truth")
        if note:
            return
        if chance() < 0.2:
            part.bind["required"] = "true()" if chance() < 0.5 else writer.write("truth")
        if chance() < 0.1:
            part.bind["readonly"] = writer.write("truth")
        if chance() < 0.25 and part.type in {"int", "decimal", "string", "date"}:
            part.bind["constraint"] = self.constraint(part, writer)

    def constraint(self, part: Part, writer: Writer) -> str:
        match part.type:
            case "int" | "decimal":
                return f". {self.random.choice(('<', '>=', '!='))} {writer.write('whole', 1)}"
            case "date":
                return f". {self.random.choice(('<', '>='))} {writer.write('day', 1)}"
            case _:
                rules = (f"regex(., '{self.random.choice(random_functions.PATTERNS)}')", "string-length(.) < 4")
                return self.random.choice((*rules, f". != {writer.write('text', 1)}"))

    def default(self, kind: str) -> str:
        pick = self.random.choice
        match kind:
            case "int" | "range":
                return str(2 * self.random.randint(0, 4))
            case "decimal":
                return pick(("1.5", "0.25", "10"))
            case "string":
                return pick(("yes", "north", "two words", "7"))
            case "date":
                return pick(DAYS)
            case "dateTime":
                return pick(MOMENTS)
            case _:
                return ""

    def label(self, writer: Writer) -> str:
        """Text with outputs in braces; '=id' for a text of the itext block."""
        if self.languages and self.random.random() < 0.4:
            return f"=greeting-{self.random.randint(1, 2)}"
        if self.random.random() < 0.3:
            return f"Is it {{{writer.leaf(self.random.choice(('text', 'whole')))}}} today?"
        return "What is it?"

    def choices(self, part: Part, writer: Writer) -> None:
        style = self.random.choice(("items", "kinds", "towns", "towns", "shops", "spots", "repeat"))
        value, label = "name", "label"
        nodes = f"instance('{style}')/root/item"
        if style == "spots":
            value, label = "id", "title"
        if style == "repeat":
            answers = [place for place in writer.inside_repeats() if place.type in {"string", "int"}]
            if not answers or part.type == "rank":
                style, nodes = "items", ""
            else:
                place = self.random.choice(answers)
                writer.reads.update((place.path, place.repeats[-1]))
                value = label = place.path.removeprefix(place.repeats[-1] + "/")
                nodes = f"{place.repeats[-1]}[./{value} != '']"
        elif style in {"towns", "shops", "spots"} and part.type != "rank":
            nodes += self.filter(style, writer)
        part.items = nodes if style != "items" else ""
        if part.items and self.random.random() < 0.2 and style != "repeat":
            part.items = f"randomize({part.items}, {self.random.randint(1, 99)})"
        part.value, part.text = value, label
        self.selects[part.path] = style

    def filter(self, style: str, writer: Writer) -> str:
        if self.random.random() < 0.25:
            return ""
        if style == "towns" and self.random.random() < 0.4 and (zone := writer.one(("string",))):
            return f"[zone = {zone if zone.startswith('/') else f'current()/{zone}'}]"
        answer = writer.one(("int",))
        if answer is None:
            return f"[size > {self.random.randint(0, 6)}]"
        return f"[size > {answer if answer.startswith('/') else f'current()/{answer}'}]"

    def group(self, above: Part) -> Part:
        part = self.part(above, "group")
        if self.random.random() < 0.5:
            part.bind["relevant"] = self.writer(above, part.path).write("truth")
        if self.random.random() < 0.1:
            part.bind["readonly"] = self.writer(above, part.path).write("truth")
        part.parts = [self.question(part) for _ in range(self.random.randint(1, 3))]
        if above.path == "/data" and self.random.random() < 0.3:
            part.parts.append(self.random.choice((self.group, self.repeat))(part))
        return part

    def repeat(self, above: Part) -> Part:
        part = self.part(above, "repeat")
        writer = self.writer(above, part.path)
        chance = self.random.random
        if chance() < 0.25:
            part.bind["relevant"] = writer.write("truth")
        part.template = self.random.choice(("template", "template", "plain", "two"))
        if chance() < 0.3 and (counts := self.counts(above)):
            part.count = self.random.choice(counts)
            self.parts[part.count].default = str(self.random.randint(1, 3))
            writer.reads.add(part.count)
        elif chance() < 0.15:
            part.fixed = True
        part.parts = [self.question(part) for _ in range(self.random.randint(1, 3))]
        if len(part.repeats) == 1 and chance() < 0.25:
            part.parts.append(self.repeat(part))
        part.parts.append(self.calculation(part, self.random.choice(("position", "if number", "concat"))))
        if chance() < 0.4:
            part.parts.append(self.calculation(part, "position"))
        return part

    def counts(self, above: Part) -> list[str]:
        """Answers that may say how many instances there are: people give small numbers, calculations may not."""
        beside = [place.path for place in self.places if place.type == "int" and place.repeats == above.repeats]
        return [path for path in beside if "calculate" not in self.parts[path].bind]

    def calculation(self, above: Part, name: str) -> Part:
        """A calculation whose outermost part is a certain function."""
        kind = FUNCTIONS[name].kind
        part = self.part(above, "calculation", self.random.choice(CALCULATED[kind]))
        writer = self.writer(above, part.path)
        written = writer.call(name)
        part.bind["calculate"] = f"string({written})" if kind == "truth" and self.random.random() < 0.9 else written
        if self.random.random() < 0.15:
            part.bind["relevant"] = writer.write("truth")
        if part.type in {"string", "int", "date"}:
            self.places.append(Place(path=part.path, type=part.type, repeats=part.repeats))
        return part

    def focus(self, root: Part) -> None:
        """The functions whose turn it is, each in a calculation of its own."""
        names = sorted(FUNCTIONS)
        inside = [part for part in root.everything() if part.kind in {"group", "repeat"} and part is not root]
        for turn in range(FOCUS):
            name = names[(self.number * FOCUS + turn) % len(names)]
            above = root
            if name in ONLY_INSIDE:
                above = next((part for part in inside if part.repeats), root)
            elif name not in ONLY_OUTSIDE and self.random.random() < 0.4:
                above = self.random.choice(inside)
            above.parts.append(self.calculation(above, name))

    # --- actions -----------------------------------------------------------------------------

    def actions(self, root: Part) -> None:
        for part in [found for found in root.everything() if found.kind == "repeat"][:1]:
            if self.random.random() < 0.6:
                self.action(part, "odk-new-repeat", part)
        if self.random.random() < 0.6:
            self.action(root, "odk-instance-first-load", root)
        asked = [
            part for part in root.everything() if part.kind == "question" and part.type in {"int", "string", "select1"}
        ]
        for trigger in self.random.sample(asked, k=min(len(asked), self.random.randint(0, 2))):
            above = next(part for part in root.everything() if trigger in part.parts)
            self.action(above, "xforms-value-changed", trigger)

    def action(self, above: Part, event: str, hung: Part) -> None:
        target = self.part(above, "target", self.random.choice(("int", "string")))
        writer = self.writer(above, target.path)
        value = writer.write("whole" if target.type == "int" else "text")
        hung.actions.append((event, target.path, value))
        target.given = f"{event} of {hung.path}: {value}"
        self.reads[target.path].add(hung.path)
        above.parts.append(target)

    # --- what depends on what ----------------------------------------------------------------

    def dependents(self, root: Part) -> dict[str, frozenset[str]]:
        readers = self.readers(root)
        for part in root.everything():
            if part.label.startswith("="):
                readers.setdefault(GREETING, set()).add(part.path)
        return {part.path: _reached(part.path, readers) for part in root.everything()}

    def readers(self, root: Part) -> dict[str, set[str]]:
        """For each path those whose rules read it, or that lie in it."""
        readers: dict[str, set[str]] = {}
        for path, found in self.reads.items():
            for read in found:
                readers.setdefault(read, set()).add(path)
        for part in root.everything():
            readers.setdefault(part.path, set()).update(inner.path for inner in part.parts)
        return readers


def _reached(path: str, readers: dict[str, set[str]]) -> frozenset[str]:
    found: set[str] = set()
    todo = [path]
    while todo:
        for reader in readers.get(todo.pop(), set()) - found:
            found.add(reader)
            todo.append(reader)
    return frozenset(found)


_CALL: Final = re.compile(r"(?<![\w:'-])([a-z][\w:-]*)\(")


def _features(root: Part, xml: str, languages: tuple[str, ...]) -> Counter[str]:
    counts = Counter[str]()
    for part in root.everything():
        for text in [*part.bind.values(), part.items, *(value for _, _, value in part.actions)]:
            bare = re.sub(r"'[^']*'", "''", text)
            counts.update(f"{name}()" for name in _CALL.findall(bare))
        counts.update(f"action {event}" for event, _, _ in part.actions)
        counts.update(_of_part(part))
        if part.kind == "question":
            counts[f"control {part.control} of {part.type}"] += 1
    counts["form with languages"] += bool(languages)
    counts["output in a label"] += xml.count("<output")
    return counts


def _of_part(part: Part) -> Iterator[str]:
    if part.kind == "repeat":
        yield f"repeat {part.template}"
        yield "repeat counted" if part.count else "repeat fixed" if part.fixed else "repeat free"
        if len(part.repeats) > 1:
            yield "repeat in a repeat"
    elif part.kind == "group":
        yield "group"
    if part.kind == "question" and "calculate" in part.bind:
        yield "question with a calculation"
