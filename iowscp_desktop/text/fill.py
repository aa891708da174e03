"""Words of the screen where questions are answered."""

from typing import Final

_KINDS: Final = {
    "application/pdf": "PDF",
    "image/png": "Picture",
    "image/jpeg": "Photo",
    "application/msword": "Document",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Document",
    "application/vnd.oasis.opendocument.text": "Document",
    "application/vnd.ms-excel": "Sheet",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "Slides",
    "message/rfc822": "E-mail",
    "text/plain": "Text",
    "text/csv": "Sheet",
}


class Fill:
    """The screen where questions are answered."""

    title = "Questions"
    home = "Audit"
    rounds = "Rounds"
    reading_title = "Read the answers"
    find = "Find in this audit"
    section = "Section"
    only_unanswered = "Show unanswered only"
    nothing_found = "Nothing here. Try other words, or untick “Show unanswered only”."
    nothing_asked = "No question is asked here at the moment."
    previous, next, next_unanswered = "Previous", "Next", "Next unanswered"
    check = "Check and sign off"
    last_one = "That was the last one. Every question has an answer."
    only_this_one = "This is the only one that is left."
    saved_not_yet = "Saves as you type"
    not_saved = "Not saved"
    required = "Required"
    optional = "You may leave this empty"
    your_answer = "Your answer"
    your_number = "Your number"
    choose_one = "Choose one"
    choose_all = "Choose all that are true"
    whole_number = "A whole number"
    good_looks_like = "What good looks like"
    no_guidance = "There is no more guidance for this question."
    privacy = "Keep names out"
    starter = "About this template"
    conflict = "Two people gave different answers here. Both are kept until somebody chooses."
    settle = "Choose which to keep"
    locked = "This audit is signed off. You can read it, but not change it."
    locked_unsigned = "This audit is complete and being signed. You can read it, but not change it."
    answered = "Answered"
    missing = "This needs an answer before you can sign."
    choose_point = "Choose one of these before you can sign."
    say_what_next = "Say what you will do next."
    breaks_rule = "This does not fit the question. Please look at it again."
    write_whole_number = "Write a whole number, in figures, for example 41."
    write_number = "Write a number, in figures, for example 2.5."
    not_offered = "This answer is not offered any more. Please choose again."
    write_time = "Write the time of day, for example 14:30."
    write_moment = "Write the day and the time, for example 27 11 2026 14:30."
    write_place = "Write the latitude and the longitude, for example 50.69 -1.29."
    write_places = "Write points of latitude and longitude with ; between them, for example 50.69 -1.29; 50.70 -1.30."
    time_example, moment_example, month_example, year_example = "14:30", "27 11 2026 14:30", "11 2026", "2026"
    place_example = "50.69 -1.29"
    put_in_order = "Put these in order"
    your_file = "Your file"
    choose_file, choose_other_file = "Choose a file", "Choose another file"
    file_missing_here = "The file itself is not in this copy."
    sign_here, draw_here = "Sign here", "Draw here"
    signature_file, drawing_file = "signature.png", "drawing.png"
    read_only = "Worked out from other answers"
    no_cards = "None yet."
    add_another = "Add another"
    move_up, move_down = "Move up", "Move down"
    remove = "Remove"
    open_card = "Open"
    form_counts = "How many there are follows from another answer."
    contested = "Somebody removed this while somebody else was writing in it. Nothing is lost. Does it stay?"
    keep_card, remove_card = "Keep it", "Remove it"

    @staticmethod
    def card(title: str, number: int, words: str) -> str:
        """The title of one of several."""
        return f"{title} {number}: {_short(words)}" if words else f"{title} {number}"

    @staticmethod
    def deed_on(deed: str, card: str) -> str:
        """A button of one of several, as it is read out."""
        return f"{deed}: {card}"

    @staticmethod
    def added_so_far(count: int) -> str:
        """How many there are of what repeats."""
        return "1 added" if count == 1 else f"{count} added"

    @staticmethod
    def undo_card_added(title: str) -> str:
        """The last deed added one of several."""
        return f"adding to “{_short(title)}”"

    @staticmethod
    def undo_card_removed(card: str) -> str:
        """The last deed took one of several away."""
        return f"removing “{_short(card)}”"

    @staticmethod
    def undo_card_moved(title: str) -> str:
        """The last deed changed the order of several."""
        return f"the order of “{_short(title)}”"

    @staticmethod
    def card_removed(card: str) -> str:
        """One of several was taken away."""
        return f"“{card}” was removed."

    @staticmethod
    def cell(row: str, column: str) -> str:
        """One cell of a table, as it is read out."""
        return f"{row}: {column}"

    choose_files = "Choose files that show this"
    save_copy = "Save a copy of this file"
    acknowledge = "I have read this"
    put_back = "Put it back"
    file_not_here = "not in this copy"
    picture_file = "The pictures from the clipboard"

    @staticmethod
    def kind_of(media_type: str) -> str:
        """What sort of file it is."""
        return _KINDS.get(media_type, "File")

    @staticmethod
    def size(count: int) -> str:
        """How large a file is."""
        if count < 1000:
            return "1 byte" if count == 1 else f"{count} bytes"
        return f"{count / 1000:.0f} KB" if count < 999_500 else f"{count / 1_000_000:.1f} MB"

    @staticmethod
    def about_file(kind: str, size: str) -> str:
        """What sort of file it is, and how large."""
        return f"{kind} · {size}"

    @staticmethod
    def number(number: str) -> str:
        """The line above a question."""
        return f"QUESTION {number}"

    @staticmethod
    def spoken_number(number: str, title: str) -> str:
        """What a screen reader says when another question comes."""
        return f"Question {number}. {title}"

    @staticmethod
    def section_title(number: str, title: str) -> str:
        """A section as it is called everywhere."""
        return f"{number}  {title}"

    @staticmethod
    def reading(whose: str) -> str:
        """Whose answers are read."""
        return f"You are reading the answers of {whose}, as they came. Nothing can be changed here."

    @staticmethod
    def found(count: int) -> str:
        """How many questions have the words that were looked for."""
        return "1 question found" if count == 1 else f"{count} questions found"

    @staticmethod
    def left(count: int) -> str:
        """How many questions have no finished answer."""
        return "1 left" if count == 1 else f"{count} left"

    @staticmethod
    def add_action(word: str) -> str:
        """Why the action is asked for."""
        return f"Because you chose ‘{word}’, add an action"

    @staticmethod
    def kinds_of_files(endings: str) -> str:
        """What the file window offers."""
        return f"Documents, pictures and sheets ({endings})"

    @staticmethod
    def adding(count: int) -> str:
        """Files are being taken in."""
        return "Adding 1 file…" if count == 1 else f"Adding {count} files…"

    @staticmethod
    def not_added(name: str, why: str) -> str:
        """A file was refused."""
        return f"“{name}” was not added. {why}"

    @staticmethod
    def removed(name: str) -> str:
        """A file was taken away."""
        return f"“{name}” was removed from this question."

    @staticmethod
    def copied(place: str) -> str:
        """A copy of a file was written."""
        return f"A copy is in {place}"

    copied_note = "The copy is not protected by this program. Delete it when you have looked at it."

    @staticmethod
    def pasted_name(when: str) -> str:
        """What a pasted picture is called."""
        return f"Picture {when}.png"

    @staticmethod
    def undo(what: str) -> str:
        """The button that takes the last deed back."""
        return f"Undo: {what}"

    @staticmethod
    def undo_answer(number: str) -> str:
        """The last deed was an answer."""
        return f"answer to {number}"

    @staticmethod
    def undo_added(name: str) -> str:
        """The last deed added a file."""
        return f"adding “{_short(name)}”"

    @staticmethod
    def undo_added_many(count: int) -> str:
        """The last deed added several files."""
        return f"adding {count} files"

    @staticmethod
    def undo_removed(name: str) -> str:
        """The last deed took a file away."""
        return f"removing “{_short(name)}”"

    @staticmethod
    def undone(what: str) -> str:
        """Something was taken back."""
        return f"Taken back: {what}."


def _short(name: str) -> str:
    return name if len(name) <= 24 else f"{name[:12]}…{name[-9:]}"


class Reopening:
    """Opening a signed audit again."""

    offer = "Open again"
    why = "Why does it need to be opened again?"
    why_hint = "Others will see this. The signatures stay on record, and everybody signs the new version."
    do_it = "Open the audit again"
    never_mind = "Leave it signed"
    reason_missing = "Write one sentence that says why."
