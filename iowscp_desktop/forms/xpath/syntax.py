"""What an expression is made of once it is parsed."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Number:
    """A number written out."""

    value: float


@dataclass(frozen=True, slots=True)
class Text:
    """A text in quotes."""

    value: str


@dataclass(frozen=True, slots=True)
class Negate:
    """A minus sign before something."""

    operand: "Expression"


@dataclass(frozen=True, slots=True)
class Binary:
    """Two operands and what is between them: or and = != < <= > >= + - * div mod |."""

    operator: str
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Call:
    """A function and its arguments."""

    name: str
    arguments: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: an axis, what the node must be called (or its kind, such as `node()`), and predicates."""

    axis: str
    test: str
    predicates: tuple["Expression", ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """Steps from the root of the document (`/a/b`) or from the context node (`../a`)."""

    absolute: bool
    steps: tuple[Step, ...]
    text: str = field(default="", compare=False)
    """How it is written, when it is absolute and of names alone."""


@dataclass(frozen=True, slots=True)
class Filter:
    """An expression, predicates on what it finds, and steps onwards: `instance('x')/root/item[a = 1]`."""

    source: "Expression"
    predicates: tuple["Expression", ...]
    steps: tuple[Step, ...]


Expression = Number | Text | Negate | Binary | Call | Path | Filter
