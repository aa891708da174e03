"""Where other engines differ from ours or from each other: our decisions, and that each difference is one."""

import pytest

from tests.conformance.found import Case, agree, every_case, what_we_see


@pytest.mark.parametrize("case", every_case(), ids=lambda case: case.name)
def test_our_engine_does_what_was_decided(case: Case) -> None:
    assert what_we_see(case) == case.expected, case.decision


@pytest.mark.parametrize("case", every_case(), ids=lambda case: case.name)
def test_a_case_has_a_decision_and_both_peers_on_record(case: Case) -> None:
    assert case.decision
    assert set(case.peers) == {"javarosa", "web-forms"}


def test_some_cases_are_faults_of_ours_that_both_peers_showed_us() -> None:
    agreed = [case.name for case in every_case() if all(agree(case.expected, seen) for seen in case.peers.values())]

    assert agreed
