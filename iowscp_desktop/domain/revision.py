"""A revision: a named set of heads with a digest. Signatures and scores cite it; whatever changes later is another."""

import hashlib
from collections.abc import Iterable

import msgspec

from iowscp_desktop.domain.ids import Sha256
from iowscp_desktop.domain.journal import Entry

_OF_THE_ANSWERS = ("answer/", "repeat/", "order/", "evidence/", "form/")


def revision_of(heads: Iterable[Entry]) -> tuple[Sha256, int]:
    """Return the digest of a response's answers, and how many heads it covers.

    The digest covers the hash of every head, so it names wording, evidence, the edition it was moved to and who wrote
    them; it is the same on every computer that holds the same heads.
    """
    covered = sorted((e.header.register, e.hash) for e in heads if e.header.register.startswith(_OF_THE_ANSWERS))
    return Sha256(hashlib.sha256(msgspec.json.encode(covered)).hexdigest()), len(covered)
