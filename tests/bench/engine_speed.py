"""How fast three engines are on the same forms, side by side: `python -m tests.bench.engine_speed --write`."""

import argparse
import itertools
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final

from iowscp_desktop.forms import Form, Session, load_form
from tests.bench.shapes import SHAPES, Shape, shape
from tests.conformance import ours
from tests.conformance.peers.engines import JavaRosa, Peer, WebForms, missing

REPORT: Final = Path(__file__).parents[2] / "docs" / "performance.md"
BEGIN, END = "<!-- engine: begin -->", "<!-- engine: end -->"
SIZES: Final = (100, 300, 1000, 3000)
EDITS: Final = 1000
SWITCHES: Final = 20
ENOUGH: Final = 5.0
"""Seconds after which no further edits are measured."""
TOO_LARGE_FOR_WEB_FORMS: Final = 1000
"""Above this it takes more than a minute to open a form."""


HEAD: Final = """\
Printed by `python -m tests.bench.engine_speed --write` in {minutes} minutes. All engines run in the same minutes on the
same forms, made by pyxform: `audit` (ratings with a conditional remark and a score each, sections and total in per
cent), `chain` (each question relevant while the one before is answered, running sums), `repeat` (instances with a
product each, and the sum of all). Milliseconds; in brackets how many times slower than ours. web-forms is left out at
3,000, to keep the run short.

- **One edit** is the median of up to 1,000 in random places after 200 to warm up (fewer where five seconds were over
  before). Before anything is measured every engine opens each form of 100 forty times and changes it 2,000 times
  (web-forms less), so that Java has compiled itself.
- **Opening a form that is kept**, as happens with every response after the first: what each program keeps of a form it
  has read, to the first state. Ours keeps the loaded form in memory and shares it between responses, web-forms too;
  JavaRosa reads the definition it has written out, in memory, as ODK Collect does, because its definition holds the
  answers.
- **Opening a form for the first time**: from its XML to the first state, nothing kept. pyxform's time, which comes
  before it when the form is a spreadsheet, is apart.

Openings are the best of thirty (ten of a form for the first time; fewer above 300)."""


@dataclass(slots=True)
class Timing:
    """What one engine took for one form, in seconds; None for what was not measured."""

    opening: float | None = None
    loading: float | None = None
    edit: float | None = None
    switch: float | None = None
    edits: int = 0


@dataclass(slots=True)
class Line:
    """One form, and each engine's timing."""

    shape: Shape
    timings: dict[str, Timing] = field(default_factory=dict[str, Timing])


Run = Callable[[list[list[str]]], list[float]]
"""Makes edits, and says how long each took."""


def main() -> int:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.engine_speed", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--shapes", nargs="*", default=SHAPES)
    parser.add_argument("--alone", action="store_true", help="our engine only")
    parser.add_argument("--write", action="store_true", help=f"write {REPORT.name}")
    options = parser.parse_args()
    if not options.alone and (why := missing()):
        print(f"The other engines cannot run: {why}")
        return 2
    peers: list[Peer] = [] if options.alone else [JavaRosa(), WebForms()]
    begun = perf_counter()
    _warm(peers)
    lines = [_measured(shape(name, size), peers) for name in options.shapes for size in options.sizes]
    for peer in peers:
        peer.stop()
    text = _report(lines, [_memory(size) for size in options.sizes if size >= 1000], perf_counter() - begun)
    print(text)
    if options.write:
        _write(text)
    return 0


# --- measuring --------------------------------------------------------------------------------


def _warm(peers: list[Peer]) -> None:
    """Let everything be compiled that compiles itself while it runs."""
    for form in [shape(name, 100) for name in SHAPES]:
        for peer in peers:
            times = 3 if isinstance(peer, WebForms) else 40
            for what in ("time loading", "time opening"):
                peer.ask({"do": what, "xml": form.xml, "media": form.media, "times": times})
            edits = list(form.edits(100 if isinstance(peer, WebForms) else 2_000))
            _asking(peer)(edits)


def _measured(form: Shape, peers: list[Peer]) -> Line:
    line = Line(form)
    fewer = 10 if form.size >= 3000 else 3 if form.size >= 1000 else 1
    loading, opening = 10 // fewer, 30 // fewer
    loaded, seconds = _loaded(form, loading)
    session, openings = _opened(loaded, opening)
    line.timings["ours"] = _timed(form, Timing(min(openings), min(seconds)), _setting(session))
    for peer in peers:
        if peer.name == "web-forms" and form.size > TOO_LARGE_FOR_WEB_FORMS:
            continue
        slow = 5 if peer.name == "web-forms" else 1
        request = {"xml": form.xml, "media": form.media}
        seconds = peer.ask({"do": "time loading", "times": max(1, loading // slow), **request})["seconds"]
        openings = peer.ask({"do": "time opening", "times": max(1, opening // slow), **request})["seconds"]
        line.timings[peer.name] = _timed(form, Timing(min(openings), min(seconds)), _asking(peer))
    print(f"{form.name} {form.size}: {line.timings}", file=sys.stderr)
    return line


def _loaded(form: Shape, times: int) -> tuple[Form, list[float]]:
    seconds: list[float] = []
    loaded: Form | None = None
    for _ in range(times):
        start = perf_counter()
        loaded = load_form(form.xml, media=form.media)
        ours.begin(loaded)
        seconds.append(perf_counter() - start)
    assert loaded is not None
    return loaded, seconds


def _opened(form: Form, times: int) -> tuple[Session, list[float]]:
    seconds: list[float] = []
    session: Session | None = None
    for _ in range(times):
        start = perf_counter()
        session = ours.begin(form)
        seconds.append(perf_counter() - start)
    assert session is not None
    return session, seconds


def _setting(session: Session) -> Run:
    def run(edits: list[list[str]]) -> list[float]:
        seconds: list[float] = []
        for ref, value in edits:
            start = perf_counter()
            session.set(ref, value)
            seconds.append(perf_counter() - start)
        return seconds

    return run


def _asking(peer: Peer) -> Run:
    def run(edits: list[list[str]]) -> list[float]:
        seconds: list[float] = peer.ask({"do": "time edits", "batches": [[edit] for edit in edits]})["seconds"]
        return seconds

    return run


def _timed(form: Shape, timing: Timing, run: Run) -> Timing:
    """Warm up, then take the median of as many edits as there is time for."""
    edits = list(form.edits(EDITS + 201))
    first = run(edits[:1])[0]
    batch = max(1, min(100, int(1.0 / max(first, 1e-6))))
    left = iter(edits[1:])
    warming = _enough(run, left, batch, most=200)
    seconds = _enough(run, left, batch, most=EDITS)
    timing.edit, timing.edits = median(seconds or warming), len(seconds) or len(warming)
    if form.switch:
        ref, off, on = form.switch
        switched = [value for _ in range(SWITCHES) for value in ([ref, off], [ref, on])]
        timing.switch = median(run(switched))
    return timing


def _enough(run: Run, edits: Iterator[list[str]], batch: int, *, most: int) -> list[float]:
    found: list[float] = []
    while len(found) < most and sum(found) < ENOUGH:
        found.extend(run(list(itertools.islice(edits, min(batch, most - len(found))))))
    return found


def _memory(size: int) -> tuple[int, list[float]]:
    """What a fresh process takes for an audit: before, open, and with every node looked at; megabytes."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "form.xml"
        path.write_text(shape("audit", size).xml, encoding="utf-8")
        command = [sys.executable, "-m", "tests.bench.engine_memory", str(path)]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return size, [float(megabytes) for megabytes in said.split()]


# --- telling ----------------------------------------------------------------------------------


def _report(lines: list[Line], memory: list[tuple[int, list[float]]], seconds: float) -> str:
    head = ["## The form engine", "", HEAD.format(minutes=f"{seconds / 60:.0f}"), ""]
    parts = [*head, *_table("One edit", lines, "edit"), *_table("Opening a form that is kept", lines, "opening")]
    parts += _table("Opening a form for the first time", lines, "loading")
    parts += _table("Switching a third of the sections", [line for line in lines if line.shape.switch], "switch")
    parts += ["| Memory of a fresh process, MB | before | form open | every node looked at |", "|---|---:|---:|---:|"]
    parts += [f"| audit {size} | {' | '.join(f'{mb:.0f}' for mb in steps)} |" for size, steps in memory]
    return "\n".join(parts) + "\n"


def _table(title: str, lines: list[Line], aspect: str) -> Iterator[str]:
    apart = " pyxform |" if aspect == "loading" else ""
    yield f"| {title} | ours | JavaRosa | web-forms |{apart}"
    yield "|---|---:|---:|---:|" + ("---:|" if apart else "")
    for line in lines:
        own = getattr(line.timings["ours"], aspect)
        cells = [_cell(own, own), *(_cell(_of(line, name, aspect), own) for name in ("javarosa", "web-forms"))]
        if apart:
            cells.append(_number(line.shape.compiling))
        yield f"| {line.shape.name} {line.shape.size} | {' | '.join(cells)} |"
    yield ""


def _of(line: Line, name: str, aspect: str) -> float | None:
    timing = line.timings.get(name)
    return getattr(timing, aspect) if timing else None


def _cell(seconds: float | None, own: float) -> str:
    if seconds is None:
        return "–"
    return _number(seconds) + ("" if seconds == own else f" ({seconds / own:.1f}×)")


def _number(seconds: float) -> str:
    milliseconds = seconds * 1000
    return f"{milliseconds:,.0f}" if milliseconds >= 100 else f"{milliseconds:.3g}"


def _write(text: str) -> None:
    """Put the engine's part into the page, and leave the rest of it alone."""
    page = REPORT.read_text(encoding="utf-8") if REPORT.exists() else f"# How fast it is\n\n{BEGIN}\n{END}\n"
    if BEGIN not in page:
        page += f"\n{BEGIN}\n{END}\n"
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    REPORT.write_text(f"{before}{BEGIN}\n{text}{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
