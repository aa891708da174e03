"""Words of the home screen."""


class Home:
    """The home screen."""

    title = "Audit"
    nothing = "Nothing is asked of you yet"
    nothing_about = "When the partnership sends an invitation, open it here by dropping the file on this window."
    only_surveys = "A survey is asked of you, and no audit"
    only_surveys_about = "People answer a survey one after another on this laptop, without their names."
    open_survey = "Open the survey"
    tasks = "What is asked of you"
    check = "Check and sign off"
    save_pdf = "Save as PDF"
    save_pdf_dialogue = "Save your answers as a PDF"
    pdf_kinds = ("PDF (*.pdf)",)
    saving_pdf = "Writing the PDF…"
    pdf_not_sealed = "A PDF is not locked: anyone who has the file can read it."
    show_folder = "Show the folder"

    go_on = "Pick up where you left off"
    begin = "Begin here"
    all_done = "Everything is answered"
    all_done_about = "Check the answers, then sign."
    locked = "Complete and locked"
    locked_about = "To change an answer, open the audit again on the check page."
    go_on_button = "Continue"
    begin_button = "Start"
    check_button = "Check"

    sections = "Sections"
    other_answers = "Other questions"
    not_answered = "Not answered"

    before = "Before you send it"
    answer = "Answer every question"
    answer_done = "All answered"
    mend = "Look at what stands out"
    mend_done = "Nothing stands out"
    evidence = "Add evidence where it helps"
    evidence_none = "No files attached"
    sign_when_complete = "When everything is answered"
    sign_next = "Ready to sign"
    send = "Make the file for the partnership"
    send_later = "When everyone has signed"
    send_now = "Everyone has signed. Make the file and send it."
    receipt = "The partnership confirms that it came"
    receipt_waiting = "They send you a receipt; open it here"
    done_mark, open_mark = "Done", "Still to do"

    panel_title = "What you score"
    panel_about = "You score alone. Nobody sees your scores until every member of the panel has sent theirs."
    panel_export = "Send your scores"
    panel_scored = "Scored"
    panel_nothing = "Nothing to score yet"
    panel_finished = "Finished"

    status_completed = "Completed"
    status_in_progress = "In progress"
    status_needs_attention = "Needs attention"
    status_not_started = "Not started"
    status_not_asked = "Does not apply"

    @staticmethod
    def pdf_saved_at(path: str) -> str:
        """Where the PDF is."""
        return f"The PDF is saved: {path}"

    @staticmethod
    def task_title(title: str, round_title: str) -> str:
        """The name of an audit; the round is left out where the title says it already."""
        return title if round_title in title else f"{title} {round_title}"

    @staticmethod
    def listed(first: str, second: str) -> str:
        """One of several audits or returns, in a list."""
        return f"{first}  ·  {second}"

    @staticmethod
    def about(organisation: str, due: str) -> str:
        """Whose audit it is, and until when."""
        return f"{organisation}  ·  due to the partnership by {due}"

    @staticmethod
    def answered(count: int, total: int) -> str:
        """How many questions are answered."""
        return f"{count} of {total} question{'' if total == 1 else 's'} answered"

    @staticmethod
    def days_left(days: int) -> str:
        """How long is left."""
        if days < 0:
            return "1 day late" if days == -1 else f"{-days} days late"
        return {0: "Due today", 1: "1 day left"}.get(days, f"{days} days left")

    @staticmethod
    def sections_done(done: int, total: int) -> str:
        """How many sections are complete."""
        return f"{done} of {total} completed"

    @staticmethod
    def answer_left(questions: int, sections: int) -> str:
        """What is still to be answered."""
        return f"{questions} left in {'1 section' if sections == 1 else f'{sections} sections'}"

    @staticmethod
    def mend_left(count: int) -> str:
        """What still stands out."""
        return "1 answer needs something more" if count == 1 else f"{count} answers need something more"

    @staticmethod
    def files(count: int, size: int) -> str:
        """How much evidence is attached."""
        files = "1 file" if count == 1 else f"{count} files"
        return f"{files}, {size / 1e6:.0f} MB" if size >= 1e6 else f"{files}, {max(1, round(size / 1e3))} KB"

    @staticmethod
    def signs(role: str) -> str:
        """Who signs."""
        return f"{role} signs"

    @staticmethod
    def signed(name: str, when: str) -> str:
        """Who has signed."""
        return f"{name}, {when}"

    @staticmethod
    def sign_after(role: str) -> str:
        """Whose turn it is before."""
        return f"After: {role}"

    @staticmethod
    def sent(when: str) -> str:
        """When the file was made last."""
        return f"Made {when}"

    @staticmethod
    def receipt_came(number: str) -> str:
        """The receipt."""
        return f"Receipt {number}"

    @staticmethod
    def step(state: str, title: str, about: str) -> str:
        """One line of the list, as it is read out."""
        return f"{title}: {about}. {state}."

    @staticmethod
    def entry(number: str, title: str) -> str:
        """One question, by number and name."""
        return f"{number}  {title}"

    @staticmethod
    def scored(count: int, total: int) -> str:
        """How many items are scored."""
        return f"{count} of {total} scored"

    @staticmethod
    def file_name(title: str) -> str:
        """What the PDF is called: the audit, never a person."""
        kept = "".join(sign if sign.isalnum() or sign in " -" else " " for sign in title)
        return " ".join(kept.split()) + ".pdf"
