"""How the team changes its own key: each step is signed by the key before and by the key after it.

Whoever pinned an earlier key follows the steps to the newest. They ride first in every bundle of the team, so a
laptop that lay in a drawer meanwhile needs no other file.
"""

from typing import Final, Literal

import msgspec

from iowscp_desktop.bundles.canonical import canonical, read_canonical
from iowscp_desktop.bundles.manifest import Hex32, Hex64, Id, Number, RecipientText
from iowscp_desktop.crypto import BadKey, SignatureWrong, SigningKey, VerifyKey
from iowscp_desktop.errors import CertificateFalse

ROOT_CONTEXT: Final = "root/v1"
MOST_STEPS: Final = 24


class Root(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One key of the team, and what files to the team are sealed to while it is in force."""

    project: Id
    number: Number
    """1 for the first."""
    key: Hex32
    recipient: RecipientText
    trusts_former: bool
    """What the keys before have signed still counts. False where one of them was lost to somebody."""


class _Step(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    root: Root
    by_old: Hex64
    by_new: Hex64


class Roots(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Every key of the team, the first one first."""

    format: Literal["iowscp-roots"] = "iowscp-roots"
    v: Literal[1] = 1
    first: Root
    steps: tuple[_Step, ...]

    @property
    def all(self) -> tuple[Root, ...]:
        """The keys in order; the last is in force."""
        return (self.first, *(step.root for step in self.steps))

    @property
    def trusted(self) -> tuple[VerifyKey, ...]:
        """The keys whose word counts, the one in force first."""
        found: list[VerifyKey] = []
        for root in reversed(self.all):
            found.append(VerifyKey.from_hex(root.key))
            if not root.trusts_former:
                break
        return tuple(found)


def begin_roots(first: Root) -> bytes:
    """Return the roots of a team that has not changed its key yet."""
    return canonical(Roots(first=first, steps=()))


def change_root(content: bytes, new: Root, *, old_key: SigningKey, new_key: SigningKey) -> bytes:
    """Return the roots with one step more, signed by both keys."""
    roots = read_canonical(content, Roots, what="the list of the partnership's keys")
    message = canonical(new)
    step = _Step(
        root=new,
        by_old=old_key.sign(message, context=ROOT_CONTEXT).hex(),
        by_new=new_key.sign(message, context=ROOT_CONTEXT).hex(),
    )
    changed = canonical(Roots(first=roots.first, steps=(*roots.steps, step)))
    check_roots(changed, pinned=old_key.verify_key, project=new.project)
    return changed


def check_roots(content: bytes, *, pinned: VerifyKey, project: str) -> Roots:
    """Return the roots once every step from the first key to the last is proved, and the pinned key is among them.

    Raises:
        BundleMalformed: No list of keys.
        CertificateFalse: A step is not signed by both of its keys, or the pinned key is not among them.
    """
    roots = read_canonical(content, Roots, what="the list of the partnership's keys")
    if len(roots.steps) > MOST_STEPS:
        raise CertificateFalse
    before = roots.first
    for step in roots.steps:
        message = canonical(step.root)
        try:
            VerifyKey.from_hex(before.key).verify(bytes.fromhex(step.by_old), message, context=ROOT_CONTEXT)
            VerifyKey.from_hex(step.root.key).verify(bytes.fromhex(step.by_new), message, context=ROOT_CONTEXT)
        except (SignatureWrong, BadKey) as error:
            raise CertificateFalse from error
        if step.root.number != before.number + 1:
            raise CertificateFalse
        before = step.root
    if pinned.hex not in {root.key for root in roots.all} or {root.project for root in roots.all} != {project}:
        raise CertificateFalse
    return roots
