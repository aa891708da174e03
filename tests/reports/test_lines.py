"""Breaking words into lines loses nothing and fits the width."""

from hypothesis import given
from hypothesis import strategies as st

from iowscp_desktop.reports.lines import break_lines
from iowscp_desktop.reports.look import Look, Run, width_of

LOOK = Look(11, 15)
RUNS = st.lists(st.builds(Run, st.text("ab-/W \n“é", max_size=60), st.booleans()), max_size=5)


@given(RUNS, st.floats(20, 400))
def test_the_lines_together_are_the_words(runs: list[Run], width: float) -> None:
    lines = break_lines(runs, LOOK, width)

    together = "".join(run.words for line in lines for run in line.runs)

    assert together == "".join(run.words for run in runs).replace("\n", " ")


@given(RUNS, st.floats(20, 400))
def test_no_line_is_wider_than_the_page_but_for_spaces_at_its_end(runs: list[Run], width: float) -> None:
    for line in break_lines(runs, LOOK, width):
        visible = [*line.runs]
        while visible and not visible[-1].words.strip(" "):
            visible.pop()
        if visible:
            visible[-1] = visible[-1]._replace(words=visible[-1].words.rstrip(" "))
        wide = sum(width_of(run.words, 11, bold=run.strong) for run in visible)

        assert wide <= width + 0.01


def test_a_line_end_ends_the_line() -> None:
    lines = break_lines([Run("one\n\ntwo", strong=False)], LOOK, 400)

    assert [[run.words for run in line.runs] for line in lines] == [["one "], [" "], ["two"]]


def test_a_word_too_long_is_parted_after_a_stroke() -> None:
    lines = break_lines([Run("first/second/third", strong=False)], LOOK, width_of("first/second/th", 11))

    assert [line.runs[0].words for line in lines] == ["first/second/", "third"]


def test_a_word_half_strong_stays_one_word() -> None:
    lines = break_lines([Run("a b", strong=True), Run("cd e", strong=False)], LOOK, width_of("bcd ", 11))

    assert [[run.words for run in line.runs] for line in lines] == [["a "], ["b", "cd "], ["e"]]


def test_no_words_are_one_empty_line() -> None:
    assert len(break_lines([], LOOK, 100)) == 1
