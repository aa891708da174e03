"""How a device becomes known without a server: its answer to an invitation, and the team's certificate for it.

The answer proves two things: whoever made it opened the invitation (a digest keyed with the invitation's
secret), and holds the signing key it names (a signature). The certificate is the team's word that both were so.

Until the team has given that word, another device of the same organisation can still know whom it meets: each
invitation holds a key of its own with a **voucher**, the team's word on whose invitation it is. The answer is
signed with that key too, so whoever trusts the team can check all of it with no secret, and far from any team.
"""

from dataclasses import dataclass, field
from typing import Final, Literal

import msgspec

from iowscp_desktop.bundles.canonical import canonical, read_canonical
from iowscp_desktop.bundles.manifest import Hex32, Hex64, Id, Moment, RecipientText, Word
from iowscp_desktop.bundles.statements import Signed, Statement
from iowscp_desktop.crypto import (
    BadKey,
    Recipient,
    SignatureWrong,
    SigningKey,
    VerifyKey,
    authenticate,
    check_authentic,
    derive,
)
from iowscp_desktop.errors import CertificateFalse, EnrolmentFalse

ENROLMENT_CONTEXT: Final = "enrolment/v1"
CERTIFICATE_CONTEXT: Final = "certificate/v1"
VOUCHER_CONTEXT: Final = "voucher/v1"
VOUCHED_CONTEXT: Final = "vouched/v1"
MAC_PURPOSE: Final = "enrolment-mac/v1"


class Enrolment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A device's answer to an invitation: its keys, and who uses it."""

    format: Literal["iowscp-enrolment"] = "iowscp-enrolment"
    v: Literal[1] = 1
    invitation: Id
    person: Id
    device: Hex32
    """The device's signing key, which is also its name."""
    recipient: RecipientText
    team: Hex32
    """The team's signing key as the device pinned it."""

    @property
    def device_key(self) -> VerifyKey:
        """The key that the device signs with."""
        return VerifyKey.from_hex(self.device)


class Certificate(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The team's word that a device is known: whose it is, and in which role."""

    format: Literal["iowscp-certificate"] = "iowscp-certificate"
    v: Literal[1] = 1
    project: Id
    device: Hex32
    recipient: RecipientText
    holder: Id
    """The organisation or person that the device belongs to."""
    role: Word
    issued: Moment
    invitation: Id

    @property
    def device_key(self) -> VerifyKey:
        """The key that the device signs with."""
        return VerifyKey.from_hex(self.device)


class Voucher(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The team's word on whose invitation it is. Whoever opened it holds the key."""

    format: Literal["iowscp-voucher"] = "iowscp-voucher"
    v: Literal[1] = 1
    project: Id
    invitation: Id
    holder: Id
    role: Word
    key: Hex32


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """What an opened invitation gives the device that opened it."""

    invitation: str
    secret: bytes = field(repr=False)
    team: VerifyKey
    voucher: bytes
    """As `make_voucher` gave it."""
    key: SigningKey
    """The key that the voucher names."""


class _SealedEnrolment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    body: Enrolment
    mac: Hex32
    proof: Hex64
    voucher: Signed[Voucher]
    vouched: Hex64


_VOUCHER: Final = Statement(Signed[Voucher], VOUCHER_CONTEXT, "an invitation's voucher")
_CERTIFICATE: Final = Statement(Signed[Certificate], CERTIFICATE_CONTEXT, "a device's certificate")


def make_voucher(body: Voucher, team: SigningKey) -> bytes:
    """Return a voucher's signed bytes."""
    return _VOUCHER.make(body, team)


def make_enrolment(admission: Admission, *, device: SigningKey, recipient: Recipient, person: str) -> bytes:
    """Return the answer to an invitation, to ride in every bundle of the device until it is received.

    Raises:
        BundleMalformed: The admission holds no voucher.
    """
    body = Enrolment(
        invitation=admission.invitation,
        person=person,
        device=device.verify_key.hex,
        recipient=recipient.text,
        team=admission.team.hex,
    )
    content = canonical(body)
    mac = authenticate(derive(admission.secret, purpose=MAC_PURPOSE), content)
    proof = device.sign(content, context=ENROLMENT_CONTEXT)
    voucher = read_canonical(admission.voucher, Signed[Voucher], what="an invitation's voucher")
    vouched = admission.key.sign(content, context=VOUCHED_CONTEXT)
    sealed = canonical(_SealedEnrolment(body, mac.hex(), proof.hex(), voucher, vouched.hex()))
    read_canonical(sealed, _SealedEnrolment, what="the answer to an invitation")  # what we make, we can read
    return sealed


def check_introduction(content: bytes, *, team: VerifyKey) -> tuple[Enrolment, Voucher]:
    """Return an answer and whose invitation it answers, once both are proved to who knows the team's key alone.

    The team itself looks further: at the invitation's secret, and whether it was answered already.

    Raises:
        BundleMalformed: No answer to an invitation.
        EnrolmentFalse: Not vouched for by this team, or not made by the keys it names.
    """
    sealed = read_canonical(content, _SealedEnrolment, what="the answer to an invitation")
    body, voucher = canonical(sealed.body), sealed.voucher
    try:
        team.verify(bytes.fromhex(voucher.signature), canonical(voucher.body), context=VOUCHER_CONTEXT)
        key = VerifyKey.from_hex(voucher.body.key)
        key.verify(bytes.fromhex(sealed.vouched), body, context=VOUCHED_CONTEXT)
        sealed.body.device_key.verify(bytes.fromhex(sealed.proof), body, context=ENROLMENT_CONTEXT)
        Recipient(sealed.body.recipient)
    except (SignatureWrong, BadKey) as error:
        raise EnrolmentFalse from error
    if (sealed.body.invitation, sealed.body.team) != (voucher.body.invitation, team.hex):
        raise EnrolmentFalse
    return sealed.body, voucher.body


def device_of(content: bytes) -> str:
    """Return which device an answer to an invitation claims to be of. Nothing is proved by that.

    Raises:
        BundleMalformed: No answer to an invitation.
    """
    return read_canonical(content, _SealedEnrolment, what="the answer to an invitation").body.device


def invitation_of(content: bytes) -> str:
    """Return which invitation an answer claims to answer. Nothing is proved by that: look up its secret, check.

    Raises:
        BundleMalformed: No answer to an invitation.
    """
    return read_canonical(content, _SealedEnrolment, what="the answer to an invitation").body.invitation


def check_enrolment(content: bytes, secret: bytes, *, team: VerifyKey) -> Enrolment:
    """Return an answer once it is proved: made with the invitation's secret, for this team, by the key it names.

    Raises:
        BundleMalformed: No answer to an invitation.
        EnrolmentFalse: Made without the secret, altered, for another team, or without the device's key.
    """
    sealed = read_canonical(content, _SealedEnrolment, what="the answer to an invitation")
    body = canonical(sealed.body)
    try:
        check_authentic(derive(secret, purpose=MAC_PURPOSE), body, bytes.fromhex(sealed.mac))
        sealed.body.device_key.verify(bytes.fromhex(sealed.proof), body, context=ENROLMENT_CONTEXT)
        Recipient(sealed.body.recipient)
    except (SignatureWrong, BadKey) as error:
        raise EnrolmentFalse from error
    if sealed.body.team != team.hex:
        raise EnrolmentFalse
    return sealed.body


def make_certificate(body: Certificate, team: SigningKey) -> bytes:
    """Return a certificate's signed bytes."""
    return _CERTIFICATE.make(body, team)


def read_certificate(content: bytes) -> Certificate:
    """Return what a certificate says that was checked when it was kept.

    Raises:
        BundleMalformed: No certificate.
    """
    return _CERTIFICATE.read(content)


def check_certificate(content: bytes, team: VerifyKey) -> Certificate:
    """Return a certificate once it is proved to be the team's.

    Raises:
        BundleMalformed: No certificate.
        CertificateFalse: Not signed by this team.
    """
    body = _CERTIFICATE.check(content, lambda _body: team)
    try:
        Recipient(body.recipient)
    except BadKey as error:
        raise CertificateFalse from error
    return body
