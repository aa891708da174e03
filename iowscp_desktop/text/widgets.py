"""Words that the parts of screens say by themselves, whatever screen they are on."""


class Widgets:
    """The kit's own words."""

    cancel = "Cancel"
    cancelling = "Cancelling…"
    show_typing = "Show what I type"
    hide_typing = "Hide what I type"
    choose_date = "Choose a date"
    date_example = "Day month year"
    date_not_understood = "Write the date as day, month, year, for example 27 11 2026."
    drop_files = "Drop files here"
    or_choose = "or press Enter to choose"
    add_evidence = "Add evidence: drop files here, or press Enter to choose them"
    evidence = "Evidence"
    paste = "Paste"
    clear_answer = "Clear this answer"
    not_answered = "Not answered"
    required = "Required"
    questions = "Questions"
    guidance = "Guidance"
    keep_this = "Keep this version"
    changed_words = "Words that differ are in bold."
    flagged = "flagged to come back to"
    problem = "needs attention"
    unfinished = "not finished"
    breadcrumb = "Where you are"
    steps = "Steps"
    file_damaged = "cannot be read"

    find_choice = "Find in the list"
    nothing_chosen = "Nothing chosen yet"
    order_is_right = "This order is right"
    not_in_order_yet = "Not put in order yet. The most important comes first."
    sheet = "A sheet to draw on"
    type_your_name = "Type your name"
    use_name = "Sign with this name"
    use_drawing = "Keep this drawing"
    clear_drawing = "Start again"

    @staticmethod
    def chosen_now(words: str) -> str:
        """What is chosen from a long list."""
        return f"Chosen: {words}"

    @staticmethod
    def ranked(place: int, words: str) -> str:
        """One choice in an order."""
        return f"{place}.  {words}"

    @staticmethod
    def move_up(words: str) -> str:
        """The button that moves something towards the beginning."""
        return f"Move up: {words}"

    @staticmethod
    def move_down(words: str) -> str:
        """The button that moves something towards the end."""
        return f"Move down: {words}"

    @staticmethod
    def type_number(question: str) -> str:
        """The line beside a slider."""
        return f"{question} (type a number)"

    @staticmethod
    def press_numbers(count: int) -> str:
        """Which keys choose a tile."""
        return f"Press 1 to {count}"

    @staticmethod
    def tile(descriptor: str, number: int) -> str:
        """What a tile means and which key chooses it."""
        return f"{descriptor}. Press {number}." if descriptor else f"Press {number}."

    @staticmethod
    def words(count: int) -> str:
        """How many words a text has."""
        return "1 word" if count == 1 else f"{count} words"

    @staticmethod
    def files(count: int) -> str:
        """How many files there are."""
        return "1 file" if count == 1 else f"{count} files"

    @staticmethod
    def progress(answered: int, total: int) -> str:
        """How many of how many."""
        return f"{answered} of {total}"

    @staticmethod
    def question(number: str, title: str, word: str, notes: str) -> str:
        """One row of the question list, as it is read out."""
        return f"Question {number}. {title}. {word}{', ' + notes if notes else ''}."

    @staticmethod
    def task(number: str, title: str, answered: str, status: str) -> str:
        """One section of an audit, as it is read out."""
        return f"Section {number}. {title}. {answered} answered. {status}."

    @staticmethod
    def task_without_count(title: str, status: str) -> str:
        """Something to do that is not counted, as it is read out."""
        return f"{title}. {status}."

    @staticmethod
    def evidence_file(name: str, about: str) -> str:
        """One file, as it is read out."""
        return f"Evidence: {name}, {about}"

    @staticmethod
    def remove_file(name: str) -> str:
        """The button that takes a file away."""
        return f"Remove {name}"

    @staticmethod
    def step(number: int, total: int, title: str, state: str) -> str:
        """One step of several, as it is read out."""
        return f"Step {number} of {total}: {title}, {state}"

    step_done, step_now, step_later = "done", "current", "not started"
    saved = "Saved"

    @staticmethod
    def saved_at(time: str) -> str:
        """The note beside a field after a save."""
        return f"Saved {time}"
