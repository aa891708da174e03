"""Statements: what somebody says of a key, a device or all of them, in its one form, under one signature."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import msgspec

from iowscp_desktop.bundles.canonical import canonical, read_canonical
from iowscp_desktop.bundles.manifest import Hex64
from iowscp_desktop.crypto import BadKey, SignatureWrong, SigningKey, VerifyKey
from iowscp_desktop.errors import CertificateFalse

B = TypeVar("B")


class Signed(msgspec.Struct, Generic[B], frozen=True, forbid_unknown_fields=True):
    """What is said, and the signature of its canonical bytes."""

    body: B
    signature: Hex64


@dataclass(frozen=True, slots=True)
class Statement(Generic[B]):
    """One kind of statement: how it is made, and how it is believed."""

    kind: type[Signed[B]]
    context: str
    what: str
    """The statement's name, for messages."""

    def make(self, body: B, signer: SigningKey) -> bytes:
        """Return the signed bytes."""
        signed = canonical(Signed(body, signer.sign(canonical(body), context=self.context).hex()))
        self.read(signed)  # what we make, we can read
        return signed

    def read(self, content: bytes) -> B:
        """Return what is said. Nothing is proved by that.

        Raises:
            BundleMalformed: No such statement.
        """
        return read_canonical(content, self.kind, what=self.what).body

    def check(self, content: bytes, signer: Callable[[B], VerifyKey]) -> B:
        """Return what is said, once it is proved to be by whoever must have said it.

        Raises:
            BundleMalformed: No such statement.
            CertificateFalse: Signed by somebody else, or not signed.
        """
        signed = read_canonical(content, self.kind, what=self.what)
        try:
            key = signer(signed.body)
            key.verify(bytes.fromhex(signed.signature), canonical(signed.body), context=self.context)
        except (SignatureWrong, BadKey) as error:
            raise CertificateFalse from error
        return signed.body
