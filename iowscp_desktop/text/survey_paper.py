"""Words of the printed results of a survey."""


class SurveyPaper:
    """What the pages for a board say."""

    title = "What people answered"
    how = (
        "The answers carry no name and no time; who gave them is known to nobody. A number is left out where fewer "
        "than 5 people gave both of two answers, and where such a number could be worked out from the others. What "
        "people wrote in their own words is not on these pages, as it may show who they are."
    )
    organisation, survey, round, people = "School or agency", "Survey", "Round", "People who answered"
    answer, count, share = "Answer", "People", "Share"
    all_who_answered = "Answered this question"
    side_by_side = "Two questions side by side"
    before_after = "Before and after"
    before, after, change = "Before", "After", "Change"
    everybody = "People"
    no_answer = "No answer"
    not_told = "not shown"

    @staticmethod
    def crossed(of: str, by: str) -> str:
        """Which two questions."""
        return f"“{of}” by “{by}”"

    @staticmethod
    def in_own_words(count: int) -> str:
        """How many wrote something, where the words themselves are not printed."""
        return "Nobody wrote anything." if not count else f"{count} wrote something in their own words."

    @staticmethod
    def pairs(people: int, before: str, after: str) -> str:
        """Whose answers are compared."""
        return f"{people} people answered both “{before}” and “{after}”."

    @staticmethod
    def percent(count: int, of: int) -> str:
        """A part of all who answered."""
        return "" if not of else f"{round(100 * count / of)}%"

    @staticmethod
    def change_of(before: int, after: int) -> str:
        """How many more or fewer."""
        return f"+{after - before}" if after > before else f"−{before - after}" if after < before else "0"

    @staticmethod
    def running(partnership: str, organisation: str) -> str:
        """The line at the top of each page."""
        return f"{partnership} · {organisation}"
