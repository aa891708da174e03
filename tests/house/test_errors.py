"""Every error has a code of its own, a next step, and a place on the page people look it up on."""

from collections import Counter

from iowscp_desktop import errors
from iowscp_desktop.errors import AppError
from tests.house.errors_page import PAGE, branches, leaves, page

LEAVES = [leaf for branch in branches() for leaf in leaves(branch)]
MODULES = {
    "F": "form", "T": "tool", "S": "store", "K": "keys", "B": "bundle", "W": "work", "R": "report",
}  # fmt: skip


def test_every_code_is_used_once() -> None:
    counts = Counter(leaf.code for leaf in LEAVES)

    assert [code for code, count in counts.items() if count > 1] == []
    assert len(counts) > 50


def test_a_code_is_its_branchs_letter_and_three_digits() -> None:
    wrong = [
        leaf.code
        for leaf in LEAVES
        if leaf.__module__ != f"iowscp_desktop.errors.{MODULES.get(leaf.code[:1])}"
        or not (len(leaf.code) == 4 and leaf.code[1:].isdigit())
    ]

    assert wrong == []


def test_every_error_says_what_to_do_in_whole_sentences() -> None:
    assert [leaf.code for leaf in LEAVES if not leaf.remedy.endswith(".") or not leaf.remedy[0].isupper()] == []


def test_every_error_writes_its_own_message() -> None:
    assert [leaf.code for leaf in LEAVES if leaf.__init__ is AppError.__init__] == []


def test_every_error_can_be_imported_from_the_top() -> None:
    assert [leaf.__name__ for leaf in LEAVES if getattr(errors, leaf.__name__, None) is not leaf] == []
    assert [leaf.__name__ for leaf in LEAVES if leaf.__name__ not in errors.__all__] == []


def test_the_page_of_errors_is_true() -> None:
    assert PAGE.read_text("utf-8") == page(), "run `make fmt`, which writes it anew"
