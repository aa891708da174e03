"""Words of the PDF reports."""

from datetime import date, datetime

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SMALL_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


def day(when: date) -> str:
    """Say a day in full, in English whatever the language of the computer."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def moment(when: datetime) -> str:
    """Say a day and a time, as the clock stood in its own zone."""
    return f"{day(when)} at {when:%H:%M}"


def size(count: int) -> str:
    """Say how large a file is, in the units that a file window uses."""
    if count < 1000:
        return "1 byte" if count == 1 else f"{count} bytes"
    return f"{count / 1000:.0f} KB" if count < 999_500 else f"{count / 1_000_000:.1f} MB"


def number(count: int) -> str:
    """Say a number at the start of a sentence."""
    return _SMALL_NUMBERS[count] if count < len(_SMALL_NUMBERS) else str(count)


class PaperWords:
    """What every report says."""

    boxes = (
        "A box stands for a sign that this report’s lettering does not have, such as an emoji. "
        "The sign itself is kept in the record."
    )

    @staticmethod
    def page_of(page: int, pages: int) -> str:
        """Say which page of how many."""
        return f"Page {page} of {pages}"


class ReturnWords:
    """The filled return."""

    contents = "What is in this return"
    at_a_glance = "At a glance"
    round = "Round"
    due = "Due"
    version = "Version"
    standing = "Status"
    draft, ready, signed = "Draft, not signed", "Complete, not yet signed", "Signed"
    draft_title = "This is a draft"
    draft_body = "It has not been signed and may still change. Please do not treat it as the organisation’s return."
    ready_title = "Not signed yet"
    ready_body = "All answers are in. It becomes the organisation’s return when everybody below has signed."
    changed_title = "Changed after signing"
    changed_body = (
        "At least one answer was changed after somebody signed. The signatures below are for an earlier version."
    )
    starter_title = "About this audit tool"
    section, total = "Section", "All sections"
    not_answered = "Not answered"
    nothing = "Nothing written"
    signatures = "Signatures"
    role, name, when, how = "Role", "Name", "Signed", "How"
    not_signed = "Not signed yet"
    own_device = "On their own computer"
    this_device = "Typed on the computer of the person who filled this in"
    next_step, owner, by = "What will happen next", "Who", "By when"
    file, file_size, file_check = "Evidence file", "Size", "Check code"
    check_note = "A check code shows that a file is the same one that was attached. It is the start of its SHA-256."

    @staticmethod
    def edition(title: str, edition: str) -> str:
        """Say which edition of a tool."""
        return f"{title}, {edition}" if edition else title

    @staticmethod
    def version_of(revision: int, digest: str) -> str:
        """Say which version of the return, with its check code."""
        return f"Version {revision}, check code {digest}" if digest else f"Version {revision}"

    @staticmethod
    def running(organisation: str, tool: str, standing: str) -> str:
        """Say at the head of each page what this is."""
        return f"{organisation}  ·  {tool}  ·  {standing}"

    @staticmethod
    def bar(counts: str) -> str:
        """Say in words what the bar of grades shows."""
        return f"Bar of all graded items: {counts}."

    @staticmethod
    def count(count: int, label: str) -> str:
        """Say one part of a bar."""
        return f"{count} {label}"

    @staticmethod
    def not_asked(count: int) -> str:
        """Say how many questions did not apply."""
        if count == 1:
            return "One question here did not apply, because of other answers, and was not asked."
        return f"{number(count)} questions here did not apply, because of other answers, and were not asked."

    @staticmethod
    def conflict(people: int, label: str) -> str:
        """Say that an answer is not settled."""
        return f"{number(people)} people gave different answers: {label}"

    @staticmethod
    def conflicts(count: int) -> str:
        """Say how many answers are not settled."""
        answers = "One answer is" if count == 1 else f"{number(count)} answers are"
        return f"{answers} not settled"

    conflicts_body = "Different people gave different answers. Both are kept and shown. Somebody needs to choose."

    @staticmethod
    def told_by(who: str, when: datetime) -> str:
        """Say who gave one of several answers, and when."""
        return f"{who}, {moment(when)}"


class LetterWords:
    """The feedback letter."""

    subject = "Feedback on your return"
    to, date, round = "To", "Date", "Round"
    your_reference = "Receipt number"
    strengths = "What is going well"
    differences = "Where we saw it differently"
    differences_lead = (
        "The panel read your answers and your evidence. For these items it agreed a different grade. "
        "Your own grade stays on record next to ours."
    )
    same = "The panel agreed with every grade that you gave yourselves."
    you, we = "Your grade", "Agreed grade"
    item = "Item"
    why, no_reason = "Why", "No reason was written down."
    grades = "Your grades and ours"
    grade = "Grade"
    steps = "What happens next"
    what, who, when = "What", "Who", "By when"
    no_day = "No date yet"
    no_steps = "There is nothing that you need to do now. We will ask you again in the next round."
    questions = (
        "If something here does not look right to you, please tell us. You know your organisation best, "
        "and we can look at it again together."
    )
    closing = "With thanks for all that you do to keep children safe,"

    @staticmethod
    def greeting(addressee: str) -> str:
        """Begin the letter."""
        return f"Dear {addressee}"

    @staticmethod
    def thanks(tool: str, round_title: str) -> str:
        """Say thank you, and for what."""
        return (
            f"Thank you for your return “{tool}” for {round_title}. We know how much work it is, and the care that "
            "went into it shows. A panel of partners has read it. This letter says what they saw."
        )

    @staticmethod
    def summary(same: int, whole: int) -> str:
        """Say how often self grade and agreed grade are the same."""
        if same == whole:
            return f"You graded {_items(whole)}. The panel came to the same grade for all of them."
        return f"You graded {_items(whole)}. The panel came to the same grade for {same} of them."

    @staticmethod
    def running(partnership: str, organisation: str) -> str:
        """Say at the head of each further page what this is."""
        return f"{partnership}  ·  Feedback to {organisation}"

    @staticmethod
    def foot(receipt: str) -> str:
        """Say at the foot which return this answers."""
        return f"Receipt {receipt}" if receipt else ""


def _items(count: int) -> str:
    return "1 item" if count == 1 else f"{count} items"
