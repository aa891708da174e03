"""Takes one random form through three engines, step by step, and says where a peer sees something else than we do."""

import itertools
import math
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any, Final

from iowscp_desktop.errors import AppError
from iowscp_desktop.forms import Session
from tests.conformance import ours
from tests.conformance.peers.engines import Operation, Peer, PeerFailed, Row
from tests.conformance.random_forms import RandomForm

STEPS: Final = 12
ABSENT: Final = "(absent)"
LEAF: Final = ("value", "readonly", "required", "constraint_valid", "choices", "label")
EXPLAINED: Final = Path(__file__).with_name("explained.toml")
_POSITION: Final = re.compile(r"\[\d+\]")
_HUNG: Final = re.compile(r"xforms-value-changed of (\S+):")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One aspect of one node that a peer sees otherwise."""

    form: int
    step: int
    peer: str
    ref: str
    aspect: str
    rules: str
    ours: Any
    theirs: Any
    other: Any
    """What the other peer sees; ABSENT when it has gone another way before."""

    @property
    def agreed(self) -> bool:
        """Whether nothing speaks against our side of it."""
        return self.other is ABSENT or same(self.aspect, self.ours, self.other)

    def of_the_other(self, name: str) -> "Difference":
        """The same place as the other peer sees it, judged on its own."""
        return replace(self, peer=name, theirs=self.other, other=ABSENT)


@dataclass(frozen=True, slots=True)
class Explanation:
    """A kind of difference that is known, and why it is so."""

    id: str
    reason: str
    decision: str
    peer: str = ""
    ref: str = ""
    aspect: str = ""
    rules: str = ""
    ours: str = ""
    theirs: str = ""
    case: str = ""
    """The recorded case in which the peer does it."""
    step: str = ""
    apart: float = math.inf
    """How far two numbers, or two days, may lie from each other."""
    backed: bool = False
    """Only where the other peer sees what we see, if it still takes part, or has a reason of its own not to."""

    def fits(self, difference: Difference, *, excused: bool = False) -> bool:
        """Whether it explains a difference: every pattern that it has must be found.

        Args:
            difference: What a peer sees otherwise.
            excused: What the other peer sees there is explained without this one.
        """
        pairs = (
            (self.peer, difference.peer),
            (self.ref, difference.ref),
            (self.aspect, difference.aspect),
            (self.rules, difference.rules),
            (self.ours, str(difference.ours)),
            (self.theirs, str(difference.theirs)),
            (self.step, str(difference.step)),
        )
        if self.apart < math.inf and not distance(difference.ours, difference.theirs) <= self.apart:
            return False
        if self.backed and not excused and not difference.agreed:
            return False
        return all(re.search(pattern, text, re.DOTALL) for pattern, text in pairs if pattern)


def explanations() -> tuple[Explanation, ...]:
    """The committed table."""
    found = tomllib.loads(EXPLAINED.read_text(encoding="utf-8"))["explained"]
    return tuple(Explanation(**entry) for entry in found)


@dataclass(slots=True)
class Outcome:
    """What came of comparing."""

    compared: Counter[str] = field(default_factory=Counter[str])
    """Aspects of nodes compared, by peer."""
    after: Counter[str] = field(default_factory=Counter[str])
    """Aspects of nodes left out because they depend on an explained difference, by peer."""
    deeds: Counter[str] = field(default_factory=Counter[str])
    explained: Counter[str] = field(default_factory=Counter[str])
    unexplained: list[Difference] = field(default_factory=list[Difference])


class Walk:
    """One form, walked through by all engines at once."""

    def __init__(self, form: RandomForm, peers: list[Peer], known: tuple[Explanation, ...], outcome: Outcome) -> None:
        self._form = form
        self._peers = {peer.name: peer for peer in peers}
        self._names = [peer.name for peer in peers]
        self._known = known
        self._outcome = outcome
        self._apart: dict[str, set[str]] = {peer.name: set() for peer in peers}
        """The paths where a peer has gone another way, and all that depends on them."""
        self.operations: list[Operation] = []
        self._instances = Counter[str]()
        self._counted: set[str] = set()
        """The counted instances that there are, by reference."""
        self._gone: set[str] = set()
        """Those that there were."""

    def run(self, random: Random, steps: int = STEPS) -> None:
        """Load the form everywhere, then do the same things everywhere."""
        for peer in self._peers.values():
            peer.send(peer.load(self._form))
        session = self._begun()
        self._look(session, 0)
        for step in range(1, steps + 1):
            operation = self._chosen(session, random) if session else None
            if session is None or operation is None or not self._peers:
                return
            self.operations.append(operation)
            self._outcome.deeds[_deed(operation)] += 1
            for peer in self._peers.values():
                peer.send({"do": "perform", "operation": operation})
            ours.perform(session, operation)
            self._look(session, step)

    def _begun(self) -> Session | None:
        try:
            return ours.start(self._form)
        except AppError as error:
            self._note(Difference(**self._where(0, "us", ""), aspect="error", ours=str(error), theirs="", other=""))
            return None

    def _chosen(self, session: Session, random: Random) -> Operation | None:
        """Something to do where all engines still agree."""
        apart = set[str]().union(*self._apart.values())
        possible = [
            operation
            for operation in ours.operations(session, self._form.languages, random)
            if _POSITION.sub("", operation.get("ref", "")) not in apart
        ]
        kinds = sorted({operation["op"] for operation in possible})
        weights = [{"set": 8, "set_language": 1}.get(kind, 2) for kind in kinds]
        if not kinds:
            return None
        kind = random.choices(kinds, weights)[0]
        return random.choice([operation for operation in possible if operation["op"] == kind])

    # --- comparing ---------------------------------------------------------------------------

    def _look(self, session: Session | None, step: int) -> None:
        seen: dict[str, dict[str, Row]] = {}
        for name, peer in list(self._peers.items()):
            try:
                seen[name] = {row["ref"]: row for row in peer.receive()["state"]}
            except PeerFailed as error:
                del self._peers[name]
                where = self._where(step, name, "")
                self._note(Difference(**where, aspect="error", ours="", theirs=str(error), other=""))
        if session is None:
            return
        mine = ours.rows(session)
        self._count_instances(mine)
        found = {
            name: self._compare(name, mine, rows, next((seen[other] for other in seen if other != name), {}), step)
            for name, rows in seen.items()
        }
        led_astray = {name: self._led_astray(differences) for name, differences in found.items()}
        for name, differences in found.items():
            astray = set[str]().union(*(paths for other, paths in led_astray.items() if other != name))
            self._sort_out(name, differences, astray)

    def _history(self, row: Row, rules: str) -> str:
        """What has happened to a question: somebody typed, its choice was taken away, its instance came back."""
        path = _POSITION.sub("", row["ref"])
        typed = {_POSITION.sub("", done["ref"]) for done in self.operations if done["op"] == "set"}
        hung = _HUNG.search(rules)
        found = {
            "typed": path in typed,
            "nobody typed there": hung is not None and hung[1] not in typed,
            "not offered": "value" in row and not _is_offered(row),
            "came back": any(row["ref"].startswith(f"{ref}/") for ref in self._gone),
            "told by way of outside": self._by_way_of_outside(row["ref"]),
        }
        return "".join(f" | {name}" for name, true in found.items() if true)

    def _by_way_of_outside(self, ref: str) -> bool:
        """Whether what was done last, in the same repeat, reaches a node through something outside that repeat."""
        repeat, inside, _ = ref.partition("[")
        done = self.operations[-1].get("ref", "") if self.operations else ""
        if not inside or not f"{done}/".startswith((f"{repeat}[", f"{repeat}/")):
            return False
        reached = self._form.dependents.get(_POSITION.sub("", done), frozenset())
        path = _POSITION.sub("", ref)
        return any(
            path in self._form.dependents.get(other, frozenset())
            for other in reached
            if not f"{other}/".startswith(f"{repeat}/")
        )

    def _count_instances(self, mine: list[Row]) -> None:
        """See whether counted repeats grew or shrank."""
        rules = self._form.rules
        refs = [row["ref"] for row in mine if row["ref"].endswith("]")]
        refs = [ref for ref in refs if "count: " in rules.get(_POSITION.sub("", ref), "")]
        self._gone |= self._counted - set(refs)
        self._counted = set(refs)
        now = Counter(_POSITION.sub("", ref) for ref in refs)
        for path in self._instances.keys() | now.keys():
            if self._instances[path] != now[path]:
                self._outcome.deeds["count grew" if now[path] > self._instances[path] else "count shrank"] += 1
        self._instances = now

    def _compare(
        self, name: str, mine: list[Row], theirs: dict[str, Row], others: dict[str, Row], step: int
    ) -> dict[str, list[Difference]]:
        found: dict[str, list[Difference]] = {}
        for row in [*_surplus(mine, theirs), *mine]:
            path = _POSITION.sub("", row["ref"])
            pairs = list(_pairs(row, theirs.get(row["ref"])))
            if "/meta" in path:
                continue
            if path in self._apart[name]:
                self._outcome.after[name] += len(pairs)
                continue
            self._outcome.compared[name] += len(pairs)
            for aspect, our, their in pairs:
                if not same(aspect, our, their):
                    where = self._where(step, name, row["ref"])
                    if aspect == "there":
                        where["rules"] += _count_now(mine, row["ref"], where["rules"])
                    where["rules"] += self._history(row, where["rules"])
                    sees = self._other(name, row["ref"], aspect, others)
                    difference = Difference(**where, aspect=aspect, ours=our, theirs=their, other=sees)
                    found.setdefault(path, []).append(difference)
                    break
        return found

    def _other(self, name: str, ref: str, aspect: str, others: dict[str, Row]) -> Any:
        apart = next((paths for other, paths in self._apart.items() if other != name), set[str]())
        if not others or _POSITION.sub("", ref) in apart:
            return ABSENT
        if aspect == "there":
            return ref in others
        return others[ref].get(aspect) if ref in others else ABSENT

    def _led_astray(self, found: dict[str, list[Difference]]) -> set[str]:
        """Paths where what a peer sees follows from a difference elsewhere."""
        return set[str]().union(*(self._below(path, differences) - {path} for path, differences in found.items()))

    def _sort_out(self, name: str, found: dict[str, list[Difference]], astray: set[str]) -> None:
        """Look for reasons where a difference begins; what only follows from another one needs none.

        Args:
            name: The peer.
            found: Its differences, by path.
            astray: Where the other peer's word counts for nothing.
        """
        below = {path: self._below(path, differences) for path, differences in found.items()}
        follows = {path for path in found if any(path in below[other] for other in found if other != path)}
        for path in sorted(found, key=lambda path: (path in follows, not below[path])):
            if path not in self._apart[name]:
                for difference in found[path]:
                    self._note(replace(difference, other=ABSENT) if path in astray else difference)
                self._apart[name] |= {path, *below[path]}

    def _below(self, path: str, differences: list[Difference]) -> frozenset[str]:
        """What may follow from differences at a path. Nothing reads a label."""
        said = all(difference.aspect == "label" for difference in differences)
        return frozenset() if said else self._form.dependents.get(path, frozenset())

    def _where(self, step: int, peer: str, ref: str) -> dict[str, Any]:
        rules = self._form.rules.get(_POSITION.sub("", ref), "")
        return {"form": self._form.number, "step": step, "peer": peer, "ref": ref, "rules": rules}

    def _note(self, difference: Difference) -> None:
        excused = not difference.agreed and self._is_excused(difference)
        for explanation in self._known:
            if explanation.fits(difference, excused=excused):
                self._outcome.explained[explanation.id] += 1
                return
        self._outcome.unexplained.append(difference)

    def _is_excused(self, difference: Difference) -> bool:
        """Whether the other peer, which does not see what we see either, is known to be mistaken there by itself."""
        others = [difference.of_the_other(name) for name in self._names if name != difference.peer]
        return any(known.peer == other.peer and known.fits(other) for other in others for known in self._known)


def _is_offered(row: Row) -> bool:
    """Whether what is chosen is among the choices."""
    offered = {value for value, _label in row.get("choices", ())}
    return "choices" not in row or all(value in offered for value in row["value"].split())


def _count_now(rows: list[Row], ref: str, rules: str) -> str:
    """What the count of a repeat is at the moment, in words, and whether it has the instance at a reference."""
    path = rules.partition("count: ")[2].partition(" |")[0]
    nearest = max(
        (row for row in rows if _POSITION.sub("", row["ref"]) == path),
        key=lambda row: _shared(row["ref"], ref),
        default=None,
    )
    if nearest is None:
        return ""
    count = (nearest["relevant"] and nearest["value"]) or ""
    if not count:
        return " | now empty"
    number = int(ref.rpartition("[")[2].removesuffix("]"))
    return f" | now {count}, {'beyond' if number > float(count) else 'within'} it"


def _shared(one: str, other: str) -> int:
    """How many steps two references have in common from the beginning."""
    steps = zip(one.split("/"), other.split("/"), strict=False)
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], steps))


def _surplus(mine: list[Row], theirs: dict[str, Row]) -> list[Row]:
    """Relevant nodes that a peer has and we have not."""
    known = {row["ref"] for row in mine}
    return [
        {"ref": ref, "relevant": False, "surplus": True}
        for ref, row in theirs.items()
        if ref not in known and row["relevant"]
    ]


def _pairs(row: Row, their: Row | None) -> Iterator[tuple[str, Any, Any]]:
    if row.get("surplus"):
        yield "there", False, True
        return
    if their is None:
        if row["relevant"]:
            yield "there", True, False
        return
    yield "relevant", row["relevant"], their["relevant"]
    if row["relevant"] and their["relevant"]:
        yield from ((aspect, row[aspect], their.get(aspect)) for aspect in LEAF if aspect in row)


def same(aspect: str, ours: Any, theirs: Any) -> bool:
    """Whether two engines mean the same: numbers but for their last digit, moments however they are written."""
    if aspect == "label":
        return str(ours or "").split() == str(theirs or "").split()
    if aspect == "choices":
        return [list(choice) for choice in ours] == [list(choice) for choice in theirs or []]
    if aspect != "value":
        return ours is theirs
    if theirs is None:
        return False
    if ";" in ours:
        return bool(ours == theirs.replace("; ", ";"))
    return bool(ours == theirs) or _as_close(float, ours, theirs) or _as_close(_moment, ours, theirs)


def _as_close(read: Callable[[str], float], ours: str, theirs: str) -> bool:
    try:
        return math.isclose(read(ours), read(theirs), rel_tol=1e-9, abs_tol=1e-12)
    except ValueError:
        return False


def distance(ours: Any, theirs: Any) -> float:
    """How far two numbers, or two days, lie from each other; not a number when they are neither."""
    try:
        return abs(float(ours) - float(theirs))
    except (TypeError, ValueError):
        pass
    try:
        return float(abs((date.fromisoformat(ours[:10]) - date.fromisoformat(theirs[:10])).days))
    except (TypeError, ValueError):
        return math.nan


def _moment(text: str) -> float:
    clock = text if "T" in text else f"2000-01-01T{text}"
    return datetime.fromisoformat(clock).timestamp() if ":" in text else float("nan")


def _deed(operation: Operation) -> str:
    if operation["op"] == "set" and not operation["value"]:
        return "clear"
    return operation["op"]
