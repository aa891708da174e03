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
