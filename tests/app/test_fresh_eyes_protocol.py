"""What somebody who is known can do with files written by hand; each of these once worked."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from iowscp_desktop.app import devices, exchange, handover, invitations, panel, receipts, reporting, rounds
from iowscp_desktop.app import identities as identities_module
from iowscp_desktop.app.identities import identities
from iowscp_desktop.app.workspace import SEAL_CONTEXT, Workspace
from iowscp_desktop.bundles import (
    BundleDraft,
    Certificate,
    Directory,
    HolderKeys,
    MemberSource,
    Revoked,
    canonical,
    make_certificate,
    make_directory,
    neutral_name,
    write_bundle,
    write_handed,
)
from iowscp_desktop.crypto import Identity, Recipient, SigningKey
from iowscp_desktop.domain.events import Event, ReceiptIssued, ScoreGiven, ScoringAsked
from iowscp_desktop.domain.ids import DeviceId, PersonId, QuestionId, ResponseId, SpaceId, response_space
from iowscp_desktop.domain.journal import Draft, Seal, Stream, StreamRange, encode_range, seal_message, write_entry
from iowscp_desktop.errors import BundleMalformed, NotForYou, UnknownSigner
from tests.app.conftest import Round
from tests.app.test_enrolment import answers, device, returned, take, write
from tests.app.test_flows import inside, names
from tests.app.test_hostile_returns import SALT, Liar, answer, honest_is_still_taken
from tests.app.test_team_laptops import exchange as exchange_files
from tests.app.test_team_laptops import second_laptop
from tests.app.work import Member, panel_member, send_scores

OWN, LIARS, MISPLACED = "Heron lake survey", "Walnut tree talks", "Dee finds the minutes thin"


@pytest.fixture
def liar(audit: Round, tmp_path: Path) -> Liar:
    return Liar(audit, tmp_path)


@pytest.fixture
def victim(liar: Liar, tmp_path: Path) -> tuple[Workspace, ResponseId]:
    """A laptop of another school, whose return has come."""
    school = rounds.add_organisation(liar.audit.team, "Other School", "school")
    audit = Round(setting=liar.audit.setting, team=liar.audit.team, round_id=liar.audit.round_id, school=school)
    ws, response_id = audit.laptop("Ben Lead")
    write(ws, response_id, "heard", "met")
    write(ws, response_id, "heard_evidence", OWN)
    assert take(audit.team, returned(ws, response_id, tmp_path)) is None
    return ws, response_id


def payloads(ws: Workspace) -> bytes:
    """Everything that lies in a workspace's journal, whether it counts or not."""
    with ws.store.database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT payload FROM entry WHERE payload IS NOT NULL").all()
    return b"\n".join(bytes(payload) for (payload,) in rows)


# --- what a file says of itself ------------------------------------------------------------------


def test_more_missing_entries_than_a_number_holds_crash_nobody(liar: Liar) -> None:
    seen = {f"{number:032x}": 2**53 - 1 for number in range(2_000)}

    done = liar.send(liar.sealed(liar.chain([answer("heard", "met")])), seen=seen)

    assert (done.refused, done.new) == (None, 1)
    assert done.missing > 2**62
    honest_is_still_taken(liar)


@pytest.mark.parametrize(
    "payload",
    [
        b'{"kind":"answer-recorded","question_id":"staff","value":"1","value":"2"}',
        b'{"kind":"answer-recorded","question_id":"adult","question_id":"staff","value":"2"}',
        b'{"kind":"answer-recorded", "question_id":"staff","value":"2"}',
        b'{"kind":"answer-recorded","question_id":"staff","value":"\\u0032"}',
        b'{"kind":"answer-recorded","question_id":"staff","value":"2","later":{"a":1,"a":2}}',
        b'{"kind":"answer-recorded","question_id":"staff","value":"2","later":' + b"[" * 50_000 + b"]" * 50_000 + b"}",
    ],
)
def test_an_event_that_two_readers_could_read_in_two_ways_is_refused(liar: Liar, payload: bytes) -> None:
    done = liar.send(liar.with_payload(payload))

    assert isinstance(done.refused, BundleMalformed)
    honest_is_still_taken(liar)


def test_a_field_that_a_newer_program_adds_to_an_event_is_taken_as_it_came(liar: Liar) -> None:
    payload = b'{"kind":"answer-recorded","question_id":"staff","value":"2","later":{"b":[1,2.5],"a":null}}'

    done = liar.send(liar.with_payload(payload))

    assert (done.refused, done.new, done.quarantined) == (None, 1, 0)
    assert payload in payloads(liar.audit.team)


def test_a_grade_that_is_not_on_its_scale_spoils_no_letter(liar: Liar) -> None:
    team, response_id = liar.audit.team, liar.response_id
    assert liar.send(liar.sealed(liar.chain([answer("heard", "splendid"), answer("adult", "partly")]))).refused is None
    member = panel_member(liar.audit, "Dee Panel", response_id)
    member.score(response_id, {"heard": "met", "adult": "met"})
    send_scores(liar.audit, member)
    for question in ("heard", "adult"):
        panel.agree(team, response_id, QuestionId(question), "met")

    letter = reporting.feedback_report(team, response_id, signatory="Ana Team")

    assert [difference.title for difference in letter.differences] == ["A trusted adult"]


# --- what the team sends on ----------------------------------------------------------------------


def test_words_that_lie_aside_do_not_travel_to_another_school(
    liar: Liar, victim: tuple[Workspace, ResponseId], tmp_path: Path
) -> None:
    (ws, response_id), team = victim, liar.audit.team
    done = liar.send(liar.sealed(liar.chain([answer("heard_evidence", LIARS)], space=response_space(response_id))))
    assert (done.refused, done.quarantined) == (None, 1)

    path = receipts.send_receipt(team, response_id, tmp_path)

    assert not names(LIARS, inside(path, identities(ws)))
    assert names(OWN, inside(path, identities(ws)))
    assert not names(device(liar.ws), inside(path, identities(ws)))
    assert take(ws, path) is None


def test_a_score_in_the_wrong_place_comes_to_no_other_member(
    liar: Liar, victim: tuple[Workspace, ResponseId], tmp_path: Path
) -> None:
    (ws, response_id), team = victim, liar.audit.team
    member = panel_member(liar.audit, "Dee Panel", response_id)
    member.score(response_id, {"heard": "met"})
    send_scores(liar.audit, member)
    score = ScoreGiven(
        judge=member.person_id,
        response_id=response_id,
        question_id=QuestionId("heard"),
        point="met",
        remark=MISPLACED,
    )
    assert take(team, _by_member(liar, member, score, response_space(response_id), tmp_path)) is None
    assert MISPLACED.encode() in payloads(team)

    other = panel_member(liar.audit, "Kate Panel", response_id)

    assert MISPLACED.encode() not in payloads(other.ws)
    assert OWN.encode() in payloads(other.ws)
    assert not names(MISPLACED, inside(receipts.send_receipt(team, response_id, tmp_path), identities(ws)))


def test_the_teams_own_laptops_hand_on_what_lies_aside(
    liar: Liar, victim: tuple[Workspace, ResponseId], tmp_path: Path
) -> None:
    _ws, response_id = victim
    liar.send(liar.sealed(liar.chain([answer("heard_evidence", LIARS)], space=response_space(response_id))))

    invited = invitations.invite_team_laptop(liar.audit.team, tmp_path)
    other = liar.audit.setting.join(invited.path, invited.code, "Bea Team", "team")

    assert LIARS.encode() in payloads(other)


def test_what_a_revoked_laptop_wrote_afterwards_is_not_scored(audit: Round, tmp_path: Path) -> None:
    (stolen, response_id), (relay, _) = audit.laptop("Ben Lead"), audit.laptop("Cat Deputy", "deputy")
    for ws in (stolen, relay):
        write(ws, response_id, "heard", "met")
        assert take(audit.team, returned(ws, response_id, tmp_path)) is None
    devices.revoke(audit.team, device(stolen), "Stolen")
    write(stolen, response_id, "adult", "not")
    write(stolen, response_id, "heard", "not")
    assert take(relay, handover.hand_over(stolen, response_id, tmp_path)) is None
    assert take(audit.team, returned(relay, response_id, tmp_path)) is None
    assert answers(audit.team, response_id) == {("heard", "met")}

    member = panel_member(audit, "Dee Panel", response_id)

    assert answers(member.ws, response_id) == {("heard", "met")}


def test_a_school_gets_back_what_it_wrote_itself_though_it_lies_aside(liar: Liar, tmp_path: Path) -> None:
    newer = b'{"kind":"kind-of-2030","register":"answer/heard","words":"' + LIARS.encode() + b'"}'
    done = liar.send(liar.with_payload(newer, kind="kind-of-2030", register="answer/heard"))
    assert (done.refused, done.quarantined) == (None, 1)
    audit = liar.audit

    invited = invitations.invite_in_place(audit.team, device(liar.ws), tmp_path)
    ws = audit.setting.join(invited.path, invited.code, "Eve Lead", "dsl")

    assert LIARS.encode() in payloads(ws)


def _by_member(liar: Liar, member: Member, score: ScoreGiven, space: SpaceId, folder: Path) -> Path:
    """A panel member's file, written by hand, with one entry in a space of their choice."""
    key = member.ws.keys.signing
    piece = liar.sealed(liar.chain([score], space=space, device=member.ws.keys.device), key)
    path = folder / neutral_name()
    draft = BundleDraft(
        type="scores", bundle="b" * 32, created=member.ws.now(), app="1", project=member.ws.about.project, number=99
    )
    with path.open("wb") as sink:
        write_bundle(
            sink,
            draft=draft,
            members=[MemberSource.of_bytes("entries", piece, codec="zstd")],
            signer=key,
            recipients=[Recipient(text) for text in member.ws.one(ScoringAsked).recipients],
        )
    return path


# --- who is known --------------------------------------------------------------------------------


def test_a_false_introduction_keeps_nobodys_return_out(audit: Round, tmp_path: Path) -> None:
    (relay, response_id), (false, _), (victim, _) = (audit.laptop(name) for name in ("Ben", "Cat", "Dot"))
    write(victim, response_id, "heard", "met")
    assert take(relay, handover.hand_over(victim, response_id, tmp_path)) is None
    genuine = relay.store.local.value(f"introduction/{device(victim)}") or b""
    body = msgspec.json.decode(genuine)
    for proof, length in (("mac", 64), ("proof", 128)):
        lie = MemberSource.of_bytes("introduction", canonical(body | {proof: "0" * length}))
        parcel = exchange.Parcel(
            type="handover",
            spaces=[response_space(response_id)],
            recipients=[relay.keys.identity.recipient.text],
            members=[lie],
        )
        assert take(relay, exchange.send(false, parcel, tmp_path)) is None

    assert take(audit.team, returned(relay, response_id, tmp_path)) is None

    assert answers(audit.team, response_id) == {("heard", "met")}


def test_an_author_whose_answer_is_false_lies_aside_and_the_carrier_is_taken(audit: Round, tmp_path: Path) -> None:
    (relay, response_id), (stranger, _) = audit.laptop("Ben"), audit.laptop("Cat")
    write(stranger, response_id, "adult", "not")
    assert take(relay, handover.hand_over(stranger, response_id, tmp_path)) is None
    genuine = relay.store.local.value(f"introduction/{device(stranger)}") or b""
    false = canonical(msgspec.json.decode(genuine) | {"mac": "0" * 64})  # only the team can tell that it is
    relay.store.local.keep(**{f"introduction/{device(stranger)}": false})
    write(relay, response_id, "heard", "met")

    assert take(audit.team, returned(relay, response_id, tmp_path)) is None
    assert answers(audit.team, response_id) == {("heard", "met")}

    assert take(audit.team, returned(stranger, response_id, tmp_path)) is None
    assert answers(audit.team, response_id) == {("heard", "met"), ("adult", "not")}


@pytest.mark.parametrize("first", ["who knows", "who does not"])
@pytest.mark.parametrize("what", ["revoked", "taken back"])
def test_a_laptop_of_the_team_that_does_not_know_yet_brings_no_shut_out_key_back(
    audit: Round, tmp_path: Path, first: str, what: str
) -> None:
    (shut_out, response_id), (kept, _) = audit.laptop("Ben Lead"), audit.laptop("Cat Deputy", "deputy")
    write(kept, response_id, "heard", "met")
    assert take(audit.team, returned(kept, response_id, tmp_path)) is None
    if what == "revoked":
        write(shut_out, response_id, "heard", "met")
        assert take(audit.team, returned(shut_out, response_id, tmp_path)) is None
    knows, other = audit.team, second_laptop(audit)
    for number in range(5):  # it has more to do with other schools, so it has counted further
        school = rounds.add_organisation(other, f"School {number}", "school")
        invited = invitations.invite_organisation(other, audit.round_id, school, tmp_path)
        invitations.cancel(other, invited.invitation_id)
    if what == "revoked":
        devices.revoke(knows, device(shut_out), "Stolen")
    else:
        (waiting,) = [line for line in devices.waiting(knows) if line.name == "Test School"]
        invitations.cancel(knows, waiting.invitation_id)
    files = [devices.send_directory(knows, audit.school, tmp_path), receipts.send_receipt(other, response_id, tmp_path)]
    for path in files if first == "who knows" else reversed(files):
        assert take(kept, path) is None

    write(kept, response_id, "adult", "met")

    assert isinstance(take(shut_out, handover.hand_over(kept, response_id, tmp_path)), NotForYou)


def test_a_thief_of_the_teams_key_leaves_no_way_back_in(audit: Round, tmp_path: Path) -> None:
    school, response_id = audit.laptop()
    write(school, response_id, "heard", "met")
    assert take(audit.team, returned(school, response_id, tmp_path)) is None
    other = second_laptop(audit)
    exchange_files(audit.team, other, tmp_path)
    assert audit.team.team is not None
    thief = Thief(audit.team, audit.team.team.signing)
    for_team, for_school = audit.team.team.identity.recipient, school.keys.identity.recipient
    for ws in (audit.team, other):
        hidden = [thief.certificate("team", ws.about.project)]
        assert take(ws, thief.file("team", for_team, hidden, by=thief.stolen)) is None
    planted = [thief.certificate("organisation", audit.school), *thief.directory(audit.school, device(school))]
    assert take(school, thief.file("directory", for_school, planted, by=thief.stolen)) is None

    devices.change_team_keys(audit.team, lost=True)
    assert take(other, handover.send_to_team_laptops(audit.team, tmp_path)) is None
    assert take(school, devices.send_directory(audit.team, audit.school, tmp_path)) is None

    receipt = ReceiptIssued(number="R-FALSE", bundle="b", entries=1)
    for ws in (audit.team, other):
        assert ws.team is not None
        lie = thief.file("receipt", ws.team.identity.recipient, [thief.entries(receipt, response_id)])
        assert isinstance(take(ws, lie), UnknownSigner)
    lie = thief.file("handover", for_school, [thief.entries(answer("adult", "not"), response_id)])
    assert isinstance(take(school, lie), UnknownSigner)
    assert answers(school, response_id) == {("heard", "met")}
    keys = identities_module.holder_keys(school)
    assert keys is not None
    assert keys.identities[0] == identities_module.shared_key(audit.team, audit.school).identities[0]
    write(school, response_id, "heard", "partly")  # and whoever is honest goes on, on both of the team's laptops
    path = returned(school, response_id, tmp_path)
    assert [take(ws, path) for ws in (audit.team, other)] == [None, None]
    assert answers(other, response_id) == {("heard", "partly")}


class Thief:
    """Somebody who had the team's key, and a laptop that nobody let in."""

    def __init__(self, team: Workspace, stolen: SigningKey) -> None:
        self.team, self.stolen = team, stolen
        self.own, self.identity = SigningKey.generate(), Identity.generate()

    def certificate(self, role: str, holder: str) -> MemberSource:
        """The stolen key's word that the laptop is known."""
        body = Certificate(
            project=self.team.about.project,
            device=self.own.verify_key.hex,
            recipient=self.identity.recipient.text,
            holder=holder,
            role=role,
            issued=self.team.now(),
            invitation="none",
        )
        return MemberSource.of_bytes("certificate", make_certificate(body, self.stolen))

    def directory(self, holder: str, victim: DeviceId) -> list[MemberSource]:
        """The stolen key's word that an honest laptop is trusted no longer, and a key that the thief has."""
        body = Directory(
            project=self.team.about.project,
            holder=holder,
            number=2**53 - 1,
            issued=self.team.now(),
            revoked=(Revoked(device=victim, last={}),),
            cancelled=("everything",),
        )
        keys = HolderKeys(holder=holder, identities=(self.identity.to_text(),))
        return [
            MemberSource.of_bytes("directory", make_directory(body, self.stolen)),
            MemberSource.of_bytes("keys", write_handed(keys)),
        ]

    def entries(self, event: Event, response_id: ResponseId) -> MemberSource:
        """One entry that the laptop wrote."""
        space = response_space(response_id)
        stream = Stream(device=DeviceId(self.own.verify_key.hex), space=space, epoch=self.team.world.new_id())
        entry = write_entry(
            Draft(
                stream=stream, seq=1, prev=stream.genesis, at=self.team.now(), author=PersonId("thief"), event=event,
                replaces=(), salt=SALT,
            )
        )  # fmt: skip
        signature = self.own.sign(seal_message(stream, 1, 1, entry.hash), context=SEAL_CONTEXT).hex()
        seal = Seal(first=1, last=1, head=entry.hash, signature=signature)
        return MemberSource.of_bytes(
            "entries", encode_range(StreamRange(stream=stream, entries=(entry,), seals=(seal,)))
        )

    def file(
        self, type_: str, reader: Recipient, members: Sequence[MemberSource], *, by: SigningKey | None = None
    ) -> Path:
        """A file of the thief's, signed with the laptop's key or with the stolen one."""
        database = self.team.store.database.path
        assert database is not None
        path = database.parent.parent / neutral_name()
        draft = BundleDraft(
            type=type_, bundle=self.team.world.new_id(), created=self.team.now(), app="1",
            project=self.team.about.project, number=1,
        )  # fmt: skip
        with path.open("wb") as sink:
            write_bundle(sink, draft=draft, members=members, signer=by or self.own, recipients=[reader])
        return path
