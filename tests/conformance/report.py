"""Says in Markdown what was compared, how often each feature occurred, and which differences are explained."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from iowscp_desktop.forms.xpath.functions import FUNCTION_NAMES
from tests.conformance.comparison import Outcome, explanations

REPORT: Final = Path(__file__).parents[2] / "docs" / "conformance.md"
TESTS: Final = Path(__file__).parents[1] / "forms"
LEAST: Final = 20
_DECISION: Final = re.compile(r"^def test_decision_(\d+)_(\w+)\(", re.MULTILINE)
NOT_COMPARED: Final = {
    "time": "neither peer has it",
    "substring": "plain XPath, not ODK; recorded cases cover it",
    "name": "plain XPath, not ODK; recorded cases cover it",
    "local-name": "plain XPath, not ODK; recorded cases cover it",
    "namespace-uri": "plain XPath, not ODK; recorded cases cover it",
    "geofence": "newer than the guide's scope; unit tests",
    "union of paths (|)": "neither peer evaluates it; recorded XPath cases and unit tests",
    "last-saved, preloads, uploads": "what comes from outside the form differs by nature; unit tests",
}
WANTED: Final = (
    "action odk-instance-first-load",
    "action xforms-value-changed",
    "action odk-new-repeat",
    "repeat template",
    "repeat plain",
    "repeat two",
    "repeat counted",
    "repeat fixed",
    "repeat free",
    "repeat in a repeat",
)
DEEDS: Final = ("set", "clear", "add_repeat", "remove_repeat", "set_language", "count grew", "count shrank")
HEAD: Final = """# Our form engine beside two others

Made by `python -m tests.conformance --forms {forms} --seed {seed} --write`; it takes random forms, does random
things to them, and after every step compares every node in three engines: ours, JavaRosa (the engine of ODK Collect)
and ODK web-forms. Compared are whether a node is there and relevant, its value, whether it is read-only and required,
whether its constraint is kept, its choices with their labels, and its own label. The peers are programs for testing;
nothing of them is shipped.

A difference is *explained* when `tests/conformance/explained.toml` has an entry that fits it exactly; what depends on
such a node is left out from then on for that peer ("after"). Anything else fails the check. Nearly every entry fits
only where the other peer sees what we see; the few that do not follow from a decision that both peers take otherwise.
Each entry names a small case in `tests/conformance/cases` that shows the peer doing it and us not.
"""


def report(forms: int, seed: int, outcome: Outcome, features: Counter[str], mutants: Counter[str]) -> str:
    """The whole page."""
    parts = [
        HEAD.format(forms=forms, seed=seed),
        _totals(forms, outcome),
        _control(mutants) if mutants else "",
        _explained(outcome),
        _counts("Things done", ((name, outcome.deeds[name]) for name in DEEDS)),
        _counts("Functions, and how often forms call them", _functions(features)),
        _counts("Repeats and actions", ((name, features[name]) for name in WANTED)),
        _counts("Everything else", _others(features)),
        _decisions(),
        "## Not compared\n\n" + "\n".join(f"- {name}: {why}" for name, why in NOT_COMPARED.items()),
    ]
    return "\n".join(part.rstrip() + "\n" for part in parts if part)


def too_rare(features: Counter[str], outcome: Outcome) -> list[str]:
    """What did not occur often enough for a claim about it."""
    counted = [*_functions(features), *((name, features[name]) for name in WANTED)]
    counted += [(name, outcome.deeds[name]) for name in DEEDS]
    return [name for name, times in counted if times < LEAST]


def _totals(forms: int, outcome: Outcome) -> str:
    deeds = sum(outcome.deeds[name] for name in DEEDS[:5])
    rows = (f"| {peer} | {outcome.compared[peer]:,} | {outcome.after[peer]:,} |" for peer in sorted(outcome.compared))
    return "\n".join(
        [
            f"{forms} forms, {deeds:,} deeds, **{len(outcome.unexplained)} unexplained differences**.",
            "",
            "| peer | aspects of nodes compared | left out after an explained difference |",
            "|---|---:|---:|",
            *rows,
        ]
    )


def _control(mutants: Counter[str]) -> str:
    lines = [f"- {name}: found in form {number}" for name, number in mutants.items()]
    return "\n".join(
        ["## The check can fail", "", "Rules of our engine broken on purpose, and where it shows:", "", *lines]
    )


def _explained(outcome: Outcome) -> str:
    rows = [
        f"| {entry.id} | {entry.peer} | {outcome.explained[entry.id]} | {entry.reason} | {entry.decision} |"
        f" {entry.case.replace('_', ' ')} |"
        for entry in explanations()
    ]
    columns = "| what | peer | seen | why | what we follow | the case that proves it |"
    head = ["## Explained differences", "", columns, "|---|---|---:|---|---|---|"]
    return "\n".join([*head, *rows])


def _decisions() -> str:
    """The tests that name each decision of docs/xlsform-support.md by its number."""
    named: dict[int, list[str]] = {}
    for path in sorted(TESTS.glob("test_*.py")):
        for number, name in _DECISION.findall(path.read_text(encoding="utf-8")):
            named.setdefault(int(number), []).append(f"{name.replace('_', ' ')} (`{path.name}`)")
    lines = [f"- **{number}** {'; '.join(names)}" for number, names in sorted(named.items())]
    title = "## The decisions of docs/xlsform-support.md, and the tests in tests/forms that name them"
    return "\n".join([title, "", *lines])


def _functions(features: Counter[str]) -> Iterator[tuple[str, int]]:
    for name in sorted(FUNCTION_NAMES - NOT_COMPARED.keys()):
        yield f"{name}()", features[f"{name}()"]


def _others(features: Counter[str]) -> Iterator[tuple[str, int]]:
    known = {*WANTED, *(name for name, _ in _functions(features))}
    return ((name, times) for name, times in sorted(features.items()) if name not in known)


def _counts(title: str, counted: Iterable[tuple[str, int]]) -> str:
    items = [f"`{name}` {times}" for name, times in counted]
    return f"## {title}\n\n" + " · ".join(items)
