"""A thousand returns, written straight from the formats: real devices, seals, signatures and age files."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from iowscp_desktop.app import exchange
from iowscp_desktop.app.workspace import SEAL_CONTEXT, Workspace
from iowscp_desktop.bundles import BundleDraft, Certificate, MemberSource, make_certificate, neutral_name, write_bundle
from iowscp_desktop.crypto import Identity, Recipient, SigningKey
from iowscp_desktop.domain.events import AnswerRecorded, PersonIntroduced, ResponseAssigned
from iowscp_desktop.domain.grants import Role
from iowscp_desktop.domain.ids import (
    DeviceId,
    OrganisationId,
    PersonId,
    QuestionId,
    ResponseId,
    RoundId,
    Sha256,
    response_space,
)
from iowscp_desktop.domain.journal import (
    Draft,
    Entry,
    Seal,
    Stream,
    StreamRange,
    bare,
    encode_range,
    seal_message,
    write_entry,
)

AT: Final = "2026-01-05T09:00:00.000Z"
NO_TOOL: Final = Sha256("0" * 64)
WORDS: Final = [
    "the",
    "child",
    "was",
    "seen",
    "alone",
    "and",
    "their",
    "wishes",
    "are",
    "written",
    "down;",
    "the",
    "plan",
    "was",
    "reviewed",
    "with",
    "the",
    "family",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What a team gets back: two laptops of each organisation, each with answers of its own and some in common."""

    bundles: int = 1000
    answers: int = 300
    edited: float = 0.10
    """The share of answers that are written twice; the first wording stays at home."""
    differing: float = 0.02
    """The share that both laptops of an organisation gave, differently."""

    @property
    def entries(self) -> int:
        """How many entries travel."""
        return self.bundles * (1 + self.answers + round(self.answers * self.edited))


def expect(team: Workspace, load: Load, package: Sha256 = NO_TOOL) -> None:
    """Let a team have asked everybody, without the hours that inviting takes."""
    for number in range((load.bundles + 1) // 2):
        team.append(
            response_space(_response(number)),
            ResponseAssigned(
                response_id=_response(number), tool_id="bench", edition="1", package=package, title="Bench",
                round_id=RoundId("round"), round_title="2026", organisation_id=_school(number),
                organisation_name=f"School {number}", due="2026-12-18", partnership_name="Bench",
                recipients=(_reader(team).text,),
            ),
        )  # fmt: skip


def write_returns(team: Workspace, load: Load, folder: Path) -> list[Path]:
    """Write everybody's return, and let the team know their devices."""
    chance = random.Random(1)
    paths: list[Path] = []
    for number in range(load.bundles):
        signing = SigningKey(chance.randbytes(32))
        _certify(team, signing, _school(number // 2))
        piece = _answers(load, number, signing, chance)
        path = folder / neutral_name(".iowbundle")
        with path.open("wb") as sink:
            write_bundle(
                sink,
                draft=BundleDraft(
                    type="return", bundle=f"{number:032x}", created=AT, app="1.0", project=team.about.project, number=1
                ),
                members=[MemberSource.of_bytes(exchange.ENTRIES, encode_range(piece), codec="zstd")],
                signer=signing,
                recipients=[_reader(team)],
            )
        paths.append(path)
    return paths


def _answers(load: Load, number: int, signing: SigningKey, chance: random.Random) -> StreamRange:
    """Return one laptop's sealed entries: some questions its organisation's other laptop answers too."""
    space = response_space(_response(number // 2))
    device = DeviceId(signing.verify_key.hex)
    stream = Stream(device=device, space=space, epoch=f"{number:032x}")
    shared = round(load.answers * load.differing)
    names = [f"shared_{n:03}" for n in range(shared)]
    names += [f"own_{number % 2}_{n:03}" for n in range(load.answers - shared)]
    twice = set(chance.sample(names, round(load.answers * load.edited)))
    entries: list[Entry] = []
    person = PersonId(f"p{number}")
    for entry in _events(names, twice, number, chance):
        name, event = entry
        before = (
            next((e for e in reversed(entries) if e.header.register == event.register), None) if name in twice else None
        )
        entries.append(
            write_entry(
                Draft(
                    stream=stream, seq=len(entries) + 1, prev=entries[-1].hash if entries else stream.genesis, at=AT,
                    author=person, event=event, replaces=[] if before is None else [before.id],
                    salt=chance.randbytes(16),
                )
            )
        )  # fmt: skip
    replaced = {edge for entry in entries for edge in entry.replaces}
    travelling = tuple(bare(entry) if entry.id in replaced else entry for entry in entries)
    signature = signing.sign(seal_message(stream, 1, len(entries), entries[-1].hash), context=SEAL_CONTEXT).hex()
    seal = Seal(first=1, last=len(entries), head=entries[-1].hash, signature=signature)
    return StreamRange(stream=stream, entries=travelling, seals=(seal,))


def _events(
    names: list[str], twice: set[str], number: int, chance: random.Random
) -> Iterator[tuple[str, PersonIntroduced | AnswerRecorded]]:
    yield "", PersonIntroduced(person_id=PersonId(f"p{number}"), name=f"Person {number}", role="dsl")
    for name in names:
        for _ in range(2 if name in twice else 1):
            yield name, AnswerRecorded(question_id=QuestionId(name), value=f"{words_of(chance)} {number}")


def _certify(team: Workspace, signing: SigningKey, school: OrganisationId) -> None:
    if team.team is None:
        raise ValueError("only the team takes returns in")
    body = Certificate(
        project=team.about.project, device=signing.verify_key.hex, recipient=_reader(team).text, holder=school,
        role=Role.ORGANISATION, issued=AT, invitation="0" * 32,
    )  # fmt: skip
    with team.store.database.writing() as connection:
        team.store.local.keep_certificate(
            connection, DeviceId(signing.verify_key.hex), make_certificate(body, team.team.signing)
        )


def _reader(team: Workspace) -> Recipient:
    return (team.team.identity if team.team is not None else Identity.generate()).recipient


def _response(number: int) -> ResponseId:
    return ResponseId(f"bench{number:05}")


def _school(number: int) -> OrganisationId:
    return OrganisationId(f"school{number:05}")


def words_of(chance: random.Random) -> str:
    """Return an answer: a word, or a remark of a line or two."""
    return " ".join(chance.choice(WORDS) for _ in range(chance.choice((1, 1, 3, 12, 20))))
