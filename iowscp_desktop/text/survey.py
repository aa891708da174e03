"""Words of the survey that people answer on a shared laptop without their names."""


class Survey:
    """At the desk, and for each person who answers."""

    title = "Survey"
    about = "People answer one after another on this laptop. No name and no time is kept with what they say."
    none = "No survey is asked here"
    none_about = "When the partnership asks for one, it stands here after you open its file."
    begin = "Let people answer"
    send = "Make the file to send"
    send_again = "Make the last file again"
    making = "The file is being made."
    how = (
        "While people answer, nothing else of this program can be reached. To end it, choose “End the survey”: the "
        "program locks, and opens again with your passphrase."
    )
    no_backup = "Sheets that wait are in no backup: make the file when everybody has answered."

    welcome = "Welcome"
    promise = (
        "Your answers carry no name and no time. They lie among those of others in an order drawn by lot, and this "
        "laptop shows them to nobody. They go to the partnership only together with those of at least four others."
    )
    take_care = "What you write in your own words may show who you are. Write it so that it does not."
    start = "Begin"
    end = "End the survey"
    hand_in = "Hand in and clear"
    leave = "Leave without handing in"
    leave_title = "Leave without handing in?"
    leave_about = "What you have answered is cleared and cannot be brought back. Nothing of it has been kept."
    leave_yes = "Clear it and leave"
    leave_no = "Go back to my answers"
    thanks = "Thank you. It is handed in."
    thanks_about = "Nothing of it can be seen on this laptop. You can leave now."
    next_person = "Next person"
    required = "This needs an answer."
    still = "Something still needs an answer. It is marked below, and nothing was handed in yet."

    results_title = "Surveys"
    whose = "Whose answers"
    results_about = "What people answered, question by question. Who it was is known to nobody."
    results_none = "No survey has come back"
    results_none_about = "Surveys stand here once a school has sent at least five sheets and you have taken them in."

    save_pdf = "Save as PDF"
    saving_pdf = "Writing the PDF…"
    save_dialogue = "Save what came of the survey as a PDF"
    counts = "Question by question"
    side_by_side = "Two questions side by side"
    side_by_side_about = "Choose two questions to see them together. No person can be picked out."
    show = "Show the answers to"
    by = "By the answers to"
    no_answer = "No answer"
    not_told = "not shown"
    not_told_about = (
        "“Not shown” stands where fewer than 5 people gave both answers, and where such a number could be worked out "
        "from the others. So nobody can be picked out."
    )
    no_two = "This survey has no two questions with one answer each."
    before_after = "Before and after"
    before_after_about = (
        "The answers of the same people to two surveys, such as before and after a training. They are found by the "
        "code that each made up; what one person changed is not shown."
    )
    before_is = "Compare with the earlier answers to"
    no_earlier = "No other survey of theirs asks for a code that people make up."
    too_few_pairs = (
        "Too few people can be found in both. At least 5 must be, and nobody may be left over whose answers could be "
        "worked out."
    )

    @staticmethod
    def group(words: str, size: int) -> str:
        """Everybody who gave one answer, and how many they are."""
        people = {0: "nobody", 1: "1 person"}.get(size, f"{size} people")
        return f"{words or Survey.no_answer}: {people}"

    @staticmethod
    def cell(words: str, count: int | None) -> str:
        """How many of them gave another answer; a number that is not told is said in words."""
        return f"{words or Survey.no_answer}: {Survey.not_told if count is None else count}"

    @staticmethod
    def pairs(people: int) -> str:
        """How many people answered twice."""
        return f"{people} people answered both times."

    @staticmethod
    def change(words: str, more: int) -> str:
        """How much more often, or less, an answer was given after."""
        return f"{words}: {f'+{more}' if more > 0 else f'−{-more}' if more else 'no change'}"

    @staticmethod
    def then(count: int) -> str:
        """How many before, for a bar."""
        return f"Before: {count}"

    @staticmethod
    def now(count: int) -> str:
        """How many after, for a bar."""
        return f"After: {count}"

    @staticmethod
    def file_name(title: str) -> str:
        """What the PDF is called at first."""
        return f"{title}.pdf"

    @staticmethod
    def saved(path: str) -> str:
        """Where the PDF is."""
        return f"Saved as {path}."

    @staticmethod
    def waiting(waiting: int, fewest: int) -> str:
        """How many sheets wait, and when they can be sent."""
        sheets = {0: "No sheet waits", 1: "1 sheet waits"}.get(waiting, f"{waiting} sheets wait")
        if waiting >= fewest:
            return f"{sheets} to be sent."
        return (
            f"{sheets}. They can be sent from {fewest} on: with fewer, somebody could guess who said what. "
            "Those that wait are kept and go with the next file."
        )

    @staticmethod
    def sent_before(count: int) -> str:
        """How many went into files before."""
        return "" if not count else f"{count} are in files that were made before."

    @staticmethod
    def made(name: str) -> str:
        """The file is there."""
        return f"The file {name} is made. Send it to the partnership; it opens only there."

    @staticmethod
    def refused(message: str, remedy: str, code: str) -> str:
        """Why something was not done."""
        return f"{message} {remedy} ({code})"

    @staticmethod
    def wrong(words: str) -> str:
        """What is wrong with an answer; the form may not say."""
        return Survey.required if words == "?" else words

    @staticmethod
    def of(organisation: str, title: str) -> str:
        """Whose answers to which survey."""
        return f"{organisation}: {title}"

    @staticmethod
    def in_round(organisation: str, title: str, round_title: str) -> str:
        """Whose answers to which survey, and when it was asked."""
        return f"{organisation}: {title}, {round_title}"

    @staticmethod
    def sheets(count: int) -> str:
        """How many people answered."""
        return f"{count} people answered."

    @staticmethod
    def answered(count: int) -> str:
        """How many answered a question."""
        return f"{count} answered"

    @staticmethod
    def count(words: str, count: int) -> str:
        """How often an answer was given."""
        return f"{words}: {count}"
