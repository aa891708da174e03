"""Small forms on which engines differ, each with our decision and with what the peers did when it was written down."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from iowscp_desktop.errors import FormError
from tests.conformance import ours
from tests.conformance.comparison import same
from tests.conformance.form_xml import HEAD, INSTANCES
from tests.conformance.peers.engines import Operation, Peer, PeerFailed, Row
from tests.conformance.random_forms import MEDIA

CASES: Final = Path(__file__).with_name("cases")
Seen = dict[str, Any]
"""A reference with an aspect, such as '/data/q value', and what it is; for 'there', whether the node exists.

`REFUSED` alone, where the form must not be loaded at all.
"""
REFUSED: Final = {"refused": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One difference."""

    name: str
    decision: str
    xml: str
    operations: list[Operation]
    expected: Seen
    peers: dict[str, Seen | str]
    """What each peer shows in the places we look at, or its error."""

    @property
    def javarosa_xml(self) -> str:
        """Cases are written so that all engines can read them."""
        return self.xml

    @property
    def media(self) -> dict[str, str]:
        """The same files as random forms have."""
        return MEDIA


def read_case(path: Path) -> Case:
    """A case from its file. Its form is written without what all forms have."""
    found = json.loads(path.read_text(encoding="utf-8"))
    return Case(
        name=path.stem,
        decision=found["decision"],
        xml=(
            f"{HEAD}{found.get('texts', '')}<instance><data id='case'>{found['instance']}"
            f"<meta><instanceID/></meta></data></instance>{INSTANCES}{found['binds']}</model></h:head><h:body>{found['body']}</h:body></h:html>"
        ),
        operations=found.get("operations", []),
        expected=found["expected"],
        peers=found.get("peers", {}),
    )


def every_case() -> list[Case]:
    """All cases, by name."""
    return [read_case(path) for path in sorted(CASES.glob("*.json"))]


def what_we_see(case: Case) -> Seen:
    """Our engine at the end of a case."""
    try:
        session = ours.start(case)
    except FormError:
        return REFUSED
    for operation in case.operations:
        ours.perform(session, operation)
    return _seen(case, ours.rows(session))


def what_it_sees(case: Case, peer: Peer) -> Seen | str:
    """A peer at the end of a case; its words when it fails."""
    try:
        state = peer.ask(peer.load(case))["state"]
        for operation in case.operations:
            state = peer.ask({"do": "perform", "operation": operation})["state"]
    except PeerFailed as error:
        return f"fails: {error}".replace("\n", " ")[:160]
    return _seen(case, state)


def _seen(case: Case, rows: list[Row]) -> Seen:
    by_ref = {row["ref"]: row for row in rows}
    found: Seen = {}
    for key in case.expected:
        ref, _, aspect = key.partition(" ")
        found[key] = ref in by_ref if aspect == "there" else by_ref.get(ref, {}).get(aspect)
    return found


def agree(expected: Seen, found: Seen | str) -> bool:
    """Whether two engines see the same."""
    if isinstance(found, str):
        return expected == REFUSED
    return all(same(key.partition(" ")[2], wanted, found[key]) for key, wanted in expected.items())


def record(peers: list[Peer]) -> None:
    """Write down in every case what the peers do now."""
    for path in sorted(CASES.glob("*.json")):
        case = read_case(path)
        found = json.loads(path.read_text(encoding="utf-8"))
        found["peers"] = {peer.name: what_it_sees(case, peer) for peer in peers}
        path.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
