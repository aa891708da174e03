"""Words of the panel’s comparison: what each member scored, and what the panel agreed."""


class Panel:
    """The team compares the panel’s scores of one return, and records what was agreed."""

    title = "Compare and agree"
    back = "Back to the round"
    compare = "Compare the panel’s scores"
    agree_alone = "Agree the grades"
    items = "Standards"
    items_name = "Standards to agree on"
    says = "What they say"
    no_grade = "Not graded"
    no_words = "They wrote nothing here."
    next_step = "What they will do"
    no_score = "No score"
    no_remark = "No remark."
    same = "All the same"
    agreed_title = "What the panel agreed"
    agreed, not_agreed, not_recorded = "Agreed", "Not agreed yet", "Write why: it is recorded then"
    reason = "Why"
    reason_hint = "The school or agency reads this beside the grade."
    reason_needed_hint = (
        "The scores are two steps or more apart, so this needs a reason. They read it beside the grade."
    )
    no_reason = "Write one sentence that says why. The grade you chose is recorded as soon as you have."
    previous, next, next_open = "Previous", "Next", "Next not agreed"
    all_done = "Every standard is agreed. Go back to the round and send the feedback."
    close = "Close"
    looking, looking_about = "Looking…", "The scores are put side by side. Nothing is changed by looking."
    waiting = "Not everybody has sent their scores"
    waiting_about = (
        "Until all are in, nobody sees anybody’s. Take in the files of those who are missing under “Merge”. If "
        "somebody will not score, take their invitation back under “Computers”: then nobody waits for them."
    )
    waiting_names = "Panel members"
    is_in, is_missing = "Scores are in", "Not in yet"

    @staticmethod
    def compare_some(finished: int, asked: int) -> str:
        """The button on a return, with how many have sent their scores."""
        if not asked:
            return Panel.agree_alone
        return Panel.compare if finished == asked else f"{Panel.compare} ({finished} of {asked} in)"

    @staticmethod
    def question(number: str) -> str:
        """The line above a question."""
        return f"STANDARD {number}"

    @staticmethod
    def state(agreed: str, *, differs: bool) -> str:
        """How far one standard is, as the list says it."""
        if agreed:
            return agreed
        return f"{Panel.not_agreed}, scores differ" if differs else Panel.not_agreed

    @staticmethod
    def progress(agreed: int, items: int) -> str:
        """How many are agreed."""
        return f"{agreed} of {items} agreed"

    @staticmethod
    def apart(steps: int) -> str:
        """How far apart the scores are."""
        if steps == 0:
            return "Scores differ"
        return "1 step apart" if steps == 1 else f"{steps} steps apart"

    @staticmethod
    def agree_same(count: int) -> str:
        """The button that agrees at once wherever everybody gave the same score."""
        return "Agree the 1 all score the same" if count == 1 else f"Agree the {count} all score the same"

    @staticmethod
    def agreed_same(count: int) -> str:
        """How many were agreed at once."""
        return "1 standard is agreed." if count == 1 else f"{count} standards are agreed."

    @staticmethod
    def step(owner: str, due: str) -> str:
        """Who does the next step, by when."""
        return ", by ".join(part for part in (owner, due) if part)
