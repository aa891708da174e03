"""A device introduces itself with the invitation's secret and its own key; the team's certificate says it was so."""

import io
from typing import Any

import msgspec
import pytest

from iowscp_desktop.bundles import (
    Admission,
    Certificate,
    Manifest,
    MemberSource,
    Voucher,
    canonical,
    check_certificate,
    check_enrolment,
    check_introduction,
    invitation_of,
    make_certificate,
    make_enrolment,
    make_voucher,
    open_bundle,
)
from iowscp_desktop.crypto import Identity, SigningKey, VerifyKey, random_bytes
from iowscp_desktop.errors import (
    BundleMalformed,
    CertificateFalse,
    EnrolmentFalse,
    SignatureFalse,
    UnknownInvitation,
    UnknownSigner,
)
from tests.bundles.post import TEAM, posted, received

TEAM_KEY, DEVICE, ATTACKER = SigningKey.generate(), SigningKey.generate(), SigningKey.generate()
DEVICE_IDENTITY = Identity.generate()
INVITATION, SECRET = "ab" * 16, random_bytes(32)
OPENER = SigningKey.generate()
VOUCHER = make_voucher(
    Voucher(project="p1", invitation=INVITATION, holder="school-1", role="organisation", key=OPENER.verify_key.hex),
    TEAM_KEY,
)


def answer(*, secret: bytes = SECRET, device: SigningKey = DEVICE, team: VerifyKey = TEAM_KEY.verify_key) -> bytes:
    admission = Admission(invitation=INVITATION, secret=secret, team=team, voucher=VOUCHER, key=OPENER)
    return make_enrolment(admission, device=device, recipient=DEVICE_IDENTITY.recipient, person="ana")


def edited(content: bytes, **body: object) -> bytes:
    value: dict[str, Any] = msgspec.json.decode(content)
    value["body"].update(body)
    return canonical(value)


def voucher_by(team: SigningKey, *, key: SigningKey = OPENER, invitation: str = INVITATION) -> dict[str, Any]:
    body = Voucher(project="p1", invitation=invitation, holder="school-1", role="organisation", key=key.verify_key.hex)
    voucher: dict[str, Any] = msgspec.json.decode(make_voucher(body, team))
    return voucher


def test_a_genuine_answer_names_the_devices_keys_and_person() -> None:
    enrolment = check_enrolment(answer(), SECRET, team=TEAM_KEY.verify_key)

    assert enrolment.device_key == DEVICE.verify_key
    assert enrolment.recipient == DEVICE_IDENTITY.recipient.text
    assert (enrolment.invitation, enrolment.person) == (INVITATION, "ana")
    assert invitation_of(answer()) == INVITATION


def test_an_answer_made_without_the_secret_is_false() -> None:
    with pytest.raises(EnrolmentFalse):
        check_enrolment(answer(secret=random_bytes(32)), SECRET, team=TEAM_KEY.verify_key)


def test_an_answer_for_another_team_is_false() -> None:
    with pytest.raises(EnrolmentFalse):
        check_enrolment(answer(team=ATTACKER.verify_key), SECRET, team=TEAM_KEY.verify_key)


@pytest.mark.parametrize(
    "change",
    [
        {"device": ATTACKER.verify_key.hex},
        {"recipient": Identity.generate().recipient.text},
        {"person": "eve"},
        {"invitation": "cd" * 16},
    ],
)
def test_an_edited_answer_is_false(change: dict[str, object]) -> None:
    with pytest.raises(EnrolmentFalse):
        check_enrolment(edited(answer(), **change), SECRET, team=TEAM_KEY.verify_key)


def test_who_has_the_secret_still_cannot_enrol_a_key_that_they_do_not_hold() -> None:
    stolen: dict[str, Any] = msgspec.json.decode(answer(device=ATTACKER))
    victims: dict[str, Any] = msgspec.json.decode(answer())
    mixed = canonical({**victims, "proof": stolen["proof"]})

    with pytest.raises(EnrolmentFalse):
        check_enrolment(mixed, SECRET, team=TEAM_KEY.verify_key)


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", answer() + b" ", edited(answer(), more="x"), edited(answer(), v=2)]
)
def test_what_is_no_answer_is_malformed(content: bytes) -> None:
    with pytest.raises(BundleMalformed):
        check_enrolment(content, SECRET, team=TEAM_KEY.verify_key)
    with pytest.raises(BundleMalformed):
        invitation_of(content)


def test_a_peer_that_trusts_the_team_believes_an_introduction_without_any_secret() -> None:
    enrolment, voucher = check_introduction(answer(), team=TEAM_KEY.verify_key)

    assert enrolment.device_key == DEVICE.verify_key
    assert (voucher.holder, voucher.role) == ("school-1", "organisation")


def _introduced(**changes: object) -> bytes:
    return canonical({**msgspec.json.decode(answer()), **changes})


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(edited(answer(), person="eve"), id="edited"),
        pytest.param(edited(answer(), device=ATTACKER.verify_key.hex), id="the device of another"),
        pytest.param(_introduced(proof="00" * 64), id="not made by the device"),
        pytest.param(_introduced(vouched="00" * 64), id="not made by who opened the invitation"),
        pytest.param(answer(team=ATTACKER.verify_key), id="for another team"),
        pytest.param(_introduced(voucher=voucher_by(ATTACKER)), id="vouched for by somebody else"),
        pytest.param(_introduced(voucher=voucher_by(TEAM_KEY, key=ATTACKER)), id="vouched for with another key"),
        pytest.param(_introduced(voucher=voucher_by(TEAM_KEY, invitation="cd" * 16)), id="another invitation"),
    ],
)
def test_an_introduction_that_the_team_did_not_vouch_for_is_false(content: bytes) -> None:
    with pytest.raises(EnrolmentFalse):
        check_introduction(content, team=TEAM_KEY.verify_key)


def introduced(manifest: Manifest, enrolment: bytes | None) -> VerifyKey:
    """What a team does with a bundle of a device that it does not know."""
    if enrolment is None:
        raise UnknownSigner
    if invitation_of(enrolment) != INVITATION:
        raise UnknownInvitation
    return check_enrolment(enrolment, SECRET, team=TEAM_KEY.verify_key).device_key


def test_an_unknown_device_introduces_itself_in_the_bundle_that_it_signs() -> None:
    sources = [MemberSource.of_bytes("enrolment", answer()), MemberSource.of_bytes("entries", b"words")]
    file = posted(sources, signer=DEVICE)

    bundle, contents, _ = received(file, trust=introduced)

    assert contents == [answer_of(bundle.introduction), b"words"]
    with open_bundle(io.BytesIO(file), identities=[TEAM], trust=introduced) as again:
        again.finish()


def answer_of(enrolment: bytes | None) -> bytes:
    assert enrolment is not None
    assert check_enrolment(enrolment, SECRET, team=TEAM_KEY.verify_key).person == "ana"
    return enrolment


def test_an_unknown_device_that_says_nothing_is_unknown() -> None:
    with pytest.raises(UnknownSigner):
        received(posted(signer=DEVICE), trust=introduced)


def test_a_device_cannot_introduce_itself_with_the_answer_of_another() -> None:
    with pytest.raises(SignatureFalse):
        received(posted([MemberSource.of_bytes("enrolment", answer())], signer=ATTACKER), trust=introduced)


def test_a_false_answer_is_not_let_in() -> None:
    sources = [MemberSource.of_bytes("enrolment", answer(secret=bytes(32), device=ATTACKER))]

    with pytest.raises(EnrolmentFalse):
        received(posted(sources, signer=ATTACKER), trust=introduced)


CERTIFICATE = Certificate(
    project="cd" * 16,
    device=DEVICE.verify_key.hex,
    recipient=DEVICE_IDENTITY.recipient.text,
    holder="ef" * 16,
    role="contributor",
    issued="2026-11-23T14:12:13.042Z",
    invitation=INVITATION,
)


def test_a_certificate_is_read_back_as_it_was_signed() -> None:
    assert check_certificate(make_certificate(CERTIFICATE, TEAM_KEY), TEAM_KEY.verify_key) == CERTIFICATE
    assert CERTIFICATE.device_key == DEVICE.verify_key


def test_a_certificate_of_another_team_or_an_edited_one_is_false() -> None:
    content = make_certificate(CERTIFICATE, TEAM_KEY)

    with pytest.raises(CertificateFalse):
        check_certificate(make_certificate(CERTIFICATE, ATTACKER), TEAM_KEY.verify_key)
    for change in ({"role": "team"}, {"device": ATTACKER.verify_key.hex}, {"holder": "someone"}):
        with pytest.raises(CertificateFalse):
            check_certificate(edited(content, **change), TEAM_KEY.verify_key)


def test_a_certificate_is_false_whose_recipient_nothing_can_be_sealed_to() -> None:
    text = DEVICE_IDENTITY.recipient.text
    slip = text[:-1] + ("q" if text[-1] != "q" else "p")

    with pytest.raises(CertificateFalse):
        check_certificate(
            make_certificate(msgspec.structs.replace(CERTIFICATE, recipient=slip), TEAM_KEY), TEAM_KEY.verify_key
        )


def test_what_is_no_certificate_is_malformed() -> None:
    for content in (b"", b"{}", answer(), make_certificate(CERTIFICATE, TEAM_KEY)[:-1]):
        with pytest.raises(BundleMalformed):
            check_certificate(content, TEAM_KEY.verify_key)


def test_a_certificate_that_could_not_be_read_is_not_made() -> None:
    with pytest.raises(BundleMalformed):
        make_certificate(msgspec.structs.replace(CERTIFICATE, role="Not A Word"), TEAM_KEY)
