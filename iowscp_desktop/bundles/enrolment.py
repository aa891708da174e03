"""How a device becomes known without a server: its answer to an invitation, and the team's certificate for it.

The answer proves two things: whoever made it opened the invitation (a digest keyed with the invitation's
secret), and holds the signing key it names (a signature). The certificate is the team's word that both were so.
"""

from typing import Final, Literal

import msgspec

from iowscp_desktop.bundles.canonical import canonical, read_canonical
from iowscp_desktop.bundles.manifest import Hex32, Hex64, Id, Moment, RecipientText, Word
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

ENROLMENT_CONTEXT: Final = "enrolment/v0"
CERTIFICATE_CONTEXT: Final = "certificate/v0"
MAC_PURPOSE: Final = "enrolment-mac/v0"


class Enrolment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A device's answer to an invitation: its keys, and who uses it."""

    format: Literal["iowscp-enrolment"] = "iowscp-enrolment"
    v: Literal[0] = 0
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
    v: Literal[0] = 0
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


class _SealedEnrolment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    body: Enrolment
    mac: Hex32
    proof: Hex64


class _SignedCertificate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    body: Certificate
    signature: Hex64


def make_enrolment(
    *, invitation: str, secret: bytes, device: SigningKey, recipient: Recipient, person: str, team: VerifyKey
) -> bytes:
    """Return the answer to an invitation, to ride in every bundle of the device until it is received."""
    body = Enrolment(
        invitation=invitation,
        person=person,
        device=device.verify_key.hex,
        recipient=recipient.text,
        team=team.hex,
    )
    content = canonical(body)
    mac = authenticate(derive(secret, purpose=MAC_PURPOSE), content)
    proof = device.sign(content, context=ENROLMENT_CONTEXT)
    sealed = canonical(_SealedEnrolment(body, mac.hex(), proof.hex()))
    read_canonical(sealed, _SealedEnrolment, what="the answer to an invitation")  # what we make, we can read
    return sealed


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
    signature = team.sign(canonical(body), context=CERTIFICATE_CONTEXT)
    signed = canonical(_SignedCertificate(body, signature.hex()))
    read_canonical(signed, _SignedCertificate, what="a device's certificate")
    return signed


def check_certificate(content: bytes, team: VerifyKey) -> Certificate:
    """Return a certificate once it is proved to be the team's.

    Raises:
        BundleMalformed: No certificate.
        CertificateFalse: Not signed by this team.
    """
    signed = read_canonical(content, _SignedCertificate, what="a device's certificate")
    try:
        team.verify(bytes.fromhex(signed.signature), canonical(signed.body), context=CERTIFICATE_CONTEXT)
        Recipient(signed.body.recipient)
    except (SignatureWrong, BadKey) as error:
        raise CertificateFalse from error
    return signed.body
