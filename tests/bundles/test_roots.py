"""The team changes its own key in steps that both keys sign: whoever pinned one follows, and nobody forges a step."""

from itertools import pairwise
from typing import Any

import msgspec
import pytest

from iowscp_desktop.bundles import canonical
from iowscp_desktop.bundles.roots import MOST_STEPS, ROOT_CONTEXT, Root, begin_roots, change_root, check_roots
from iowscp_desktop.crypto import Identity, SigningKey
from iowscp_desktop.errors import BundleMalformed, CertificateFalse

FIRST, SECOND, THIRD, ATTACKER = (SigningKey.generate() for _ in range(4))
RECIPIENT = Identity.generate().recipient.text


def root(key: SigningKey, number: int, *, project: str = "p1", trusts_former: bool = True) -> Root:
    return Root(
        project=project,
        number=number,
        key=key.verify_key.hex,
        recipient=RECIPIENT,
        trusts_former=trusts_former,
    )


ONE = begin_roots(root(FIRST, 1))
TWO = change_root(ONE, root(SECOND, 2), old_key=FIRST, new_key=SECOND)
THREE = change_root(TWO, root(THIRD, 3), old_key=SECOND, new_key=THIRD)


def step(new: Root, by_old: SigningKey, by_new: SigningKey) -> dict[str, Any]:
    message = canonical(new)
    signatures = {"by_old": by_old.sign(message, context=ROOT_CONTEXT).hex()}
    return {"root": msgspec.to_builtins(new), **signatures, "by_new": by_new.sign(message, context=ROOT_CONTEXT).hex()}


def with_steps(*steps: dict[str, Any]) -> bytes:
    return canonical({**msgspec.json.decode(ONE), "steps": steps})


@pytest.mark.parametrize("pinned", [FIRST, SECOND, THIRD])
def test_whoever_pinned_any_of_the_keys_follows_to_the_last(pinned: SigningKey) -> None:
    roots = check_roots(THREE, pinned=pinned.verify_key, project="p1")

    assert roots.all[-1].key == THIRD.verify_key.hex
    assert roots.trusted == (THIRD.verify_key, SECOND.verify_key, FIRST.verify_key)


def test_a_key_that_was_lost_to_somebody_counts_no_longer_nor_any_before_it() -> None:
    roots = check_roots(
        change_root(TWO, root(THIRD, 3, trusts_former=False), old_key=SECOND, new_key=THIRD),
        pinned=FIRST.verify_key,
        project="p1",
    )

    assert roots.trusted == (THIRD.verify_key,)


def test_a_key_that_was_never_the_teams_leads_nowhere() -> None:
    with pytest.raises(CertificateFalse):
        check_roots(THREE, pinned=ATTACKER.verify_key, project="p1")


def test_the_keys_of_another_project_lead_nowhere_here() -> None:
    with pytest.raises(CertificateFalse):
        check_roots(THREE, pinned=FIRST.verify_key, project="p2")


@pytest.mark.parametrize(
    "forged",
    [
        pytest.param(step(root(ATTACKER, 2), ATTACKER, ATTACKER), id="not signed by the key before"),
        pytest.param(step(root(SECOND, 2), FIRST, ATTACKER), id="not signed by the key after"),
        pytest.param(step(root(SECOND, 3), FIRST, SECOND), id="a number left out"),
        pytest.param(step(root(SECOND, 1), FIRST, SECOND), id="a number twice"),
        pytest.param(step(root(SECOND, 2, project="p2"), FIRST, SECOND), id="of another project"),
        pytest.param({**step(root(SECOND, 2), FIRST, SECOND), "by_new": "00" * 64}, id="no signature"),
    ],
)
def test_a_step_that_is_not_signed_by_both_keys_in_its_turn_is_false(forged: dict[str, Any]) -> None:
    check_roots(with_steps(step(root(SECOND, 2), FIRST, SECOND)), pinned=FIRST.verify_key, project="p1")

    with pytest.raises(CertificateFalse):
        check_roots(with_steps(forged), pinned=FIRST.verify_key, project="p1")


def test_a_key_that_is_no_key_is_false() -> None:
    no_key = {**step(root(SECOND, 2), FIRST, SECOND)}
    no_key["root"] = {**no_key["root"], "key": "ff" * 32}

    with pytest.raises(CertificateFalse):
        check_roots(with_steps(no_key), pinned=FIRST.verify_key, project="p1")


def test_more_steps_than_any_team_takes_are_not_followed() -> None:
    keys = [FIRST, *(SigningKey.generate() for _ in range(MOST_STEPS + 1))]
    steps = [step(root(new, number), old, new) for number, (old, new) in enumerate(pairwise(keys), 2)]

    check_roots(with_steps(*steps[:MOST_STEPS]), pinned=FIRST.verify_key, project="p1")
    with pytest.raises(CertificateFalse):
        check_roots(with_steps(*steps), pinned=FIRST.verify_key, project="p1")


@pytest.mark.parametrize("content", [b"", b"{}", ONE + b" ", canonical({"first": {}})])
def test_what_is_no_list_of_keys_is_malformed(content: bytes) -> None:
    with pytest.raises(BundleMalformed):
        check_roots(content, pinned=FIRST.verify_key, project="p1")
