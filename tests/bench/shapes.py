"""The forms that speed is measured on: audits, chains and repeats of any size, made by the compiler of spreadsheets."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from time import perf_counter
from typing import Final

from pyxform.xls2xform import convert

SECTION: Final = 20
SHAPES: Final = ("audit", "chain", "repeat")
Row = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One form of one size."""

    name: str
    size: int
    xml: str
    compiling: float
    """Seconds that the compiler of spreadsheets took."""
    questions: tuple[str, ...]
    values: tuple[str, str]
    """Two answers to change between."""
    switch: tuple[str, str, str] | None = None
    """The question that takes a third of the sections away, and its two answers."""
    media: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def javarosa_xml(self) -> str:
        """All engines read the same."""
        return self.xml

    def edits(self, number: int) -> Iterator[list[str]]:
        """Questions anywhere in the form, each time given another answer than before."""
        random = Random(number)
        now = dict.fromkeys(self.questions, self.values[0])
        for _ in range(number):
            ref = random.choice(self.questions)
            now[ref] = self.values[now[ref] == self.values[0]]
            yield [ref, now[ref]]


def shape(name: str, size: int) -> Shape:
    """Make one."""
    make: dict[str, Callable[[int], Shape]] = {"audit": _audit, "chain": _chain, "repeat": _repeat}
    return make[name](size)


def _compiled(survey: list[Row], choices: list[Row]) -> tuple[str, float]:
    start = perf_counter()
    sheets = {"survey": survey, "choices": choices, "settings": [{"form_id": "bench", "form_title": "Bench"}]}
    xml = str(convert(sheets, validate=False).xform)
    return xml, perf_counter() - start


def _row(kind: str, name: str, **more: str) -> Row:
    return {"type": kind, "name": name, "label": name, **more}


def _audit(size: int) -> Shape:
    """Ratings with a conditional remark and a score each, 20 a section; percentages of sections and of the whole."""
    survey = [_row("select_one yes_no", "whole", default="yes")]
    questions: list[str] = []
    sections = range((size + SECTION - 1) // SECTION)
    for section in sections:
        optional = {"relevant": "${whole} = 'yes'"} if section % 3 == 0 else {}
        survey.append(_row("begin group", f"s{section}", **optional))
        items = range(section * SECTION, min(size, (section + 1) * SECTION))
        for item in items:
            survey.append(_row("select_one rating", f"r{item}", default="3"))
            survey.append(_row("text", f"m{item}", relevant=f"${{r{item}}} = '1' or ${{r{item}}} = '2'"))
            score = f"if(${{r{item}}} = 'na', 0, coalesce(${{r{item}}}, 0))"
            survey.append(_row("calculate", f"p{item}", calculation=score))
            questions.append(f"/data/s{section}/r{item}")
        total = " + ".join(f"${{p{item}}}" for item in items)
        survey.append(_row("calculate", f"t{section}", calculation=f"({total}) div {4 * len(items)} * 100"))
        survey.append(_row("end group", f"s{section}"))
    whole = " + ".join(f"coalesce(${{t{section}}}, 0)" for section in sections)
    survey.append(_row("calculate", "total", calculation=f"round(({whole}) div {len(sections)}, 1)"))
    choices = [{"list_name": "rating", "name": name, "label": name} for name in ("1", "2", "3", "4", "na")]
    choices += [{"list_name": "yes_no", "name": name, "label": name} for name in ("yes", "no")]
    xml, seconds = _compiled(survey, choices)
    return Shape(
        name="audit",
        size=size,
        xml=xml,
        compiling=seconds,
        questions=tuple(questions),
        values=("3", "1"),
        switch=("/data/whole", "no", "yes"),
    )


def _chain(size: int) -> Shape:
    """Each question is relevant while the one before is answered, and adds to a running sum."""
    survey: list[Row] = []
    for item in range(size):
        before = {"relevant": f"${{q{item - 1}}} != ''"} if item else {}
        survey.append(_row("integer", f"q{item}", default="1", **before))
        running = f"${{c{item - 1}}} + coalesce(${{q{item}}}, 0)" if item else "coalesce(${q0}, 0)"
        survey.append(_row("calculate", f"c{item}", calculation=running))
    xml, seconds = _compiled(survey, [])
    questions = tuple(f"/data/q{item}" for item in range(size))
    return Shape(name="chain", size=size, xml=xml, compiling=seconds, questions=questions, values=("1", "2"))


def _repeat(size: int) -> Shape:
    """As many instances, each with two answers and a product; the sum of the products outside."""
    survey = [
        _row("begin repeat", "line"),
        _row("integer", "many", default="1"),
        _row("integer", "price", default="2"),
        _row("calculate", "product", calculation="${many} * ${price}"),
        _row("end repeat", "line"),
        _row("calculate", "total", calculation="sum(${product})"),
    ]
    xml, seconds = _compiled(survey, [])
    one = xml[xml.index("<line>") : xml.index("</line>", xml.index("<line>")) + len("</line>")]
    questions = tuple(f"/data/line[{place}]/many" for place in range(1, size + 1))
    return Shape(
        name="repeat",
        size=size,
        xml=xml.replace(one, one * size, 1),
        compiling=seconds,
        questions=questions,
        values=("1", "5"),
    )
