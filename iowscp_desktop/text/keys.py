"""Words about keys: the recovery sheet, how strong a passphrase is, the spare key, and changing the ways in."""

from collections.abc import Mapping
from typing import ClassVar


class Keys:
    """The keys to a workspace, wherever they are spoken of."""

    # --- strength
    make_one_up = "Make one up for me"
    strengths: ClassVar[Mapping[str, str]] = {
        "TOO_EASY": "Too easy to guess",
        "FAIR": "Good enough. One more word makes it strong",
        "STRONG": "Strong",
    }
    hints: ClassVar[Mapping[str, str]] = {
        "NONE": "",
        "SHORT": "It is short.",
        "WELL_KNOWN": "Many people use this, or nearly this.",
        "OWN_NAMES": "It is made of names that anybody here would try first.",
        "NAMES": "It is made of first names or surnames.",
        "ONE_WORD": "It is made of one or two everyday words.",
        "REPEATED": "It repeats itself.",
        "IN_ORDER": "It goes along the alphabet or the keyboard.",
        "DATE": "It is a date or a year.",
    }

    # --- the recovery sheet
    save_sheet = "Save a page to print"
    delete_sheet = "It is printed: delete the page"
    or_by_hand = "Print the page, or write these nine groups down by hand. Keep them away from this computer."
    type_back = "To be sure that it can be read, type two groups from the paper:"
    group_differs = "This is not what stands in this group. Compare it with the paper."
    sheet_dialogue = "Save the recovery sheet"
    pdf_kinds = ("PDF (*.pdf)",)
    sheet_file = "recovery-sheet-{number}.pdf"
    sheet_saved = "The page is saved as {name}. Print it now. Afterwards delete it: a key beside its lock is no key."
    sheet_deleted = "The page is deleted. The paper is what counts."
    sheet_not_deleted = "The page could not be deleted. Delete {name} yourself once it is printed."

    # --- the spare key
    spare_number = "Spare key {number}"
    spare_words = "The five words that open its file:"
    spare_save = "Save the spare key file"
    spare_dialogue = "Save the spare key file, best on a memory stick"
    spare_kinds = ("Spare keys (*.iowsparekey)",)
    spare_saved = "The file is saved as {name}, and was read back to be sure."
    spare_print = "Save a page with the words"
    spare_words_file = "spare-key-words-{number}.pdf"
    spare_words_saved = "The page with the words is saved as {name}. Print it, then delete it."
    spare_apart = "The file is with one person and the words are with another"
    spare_apart_missing = "Save the file first, then give the file and the words to two people."
    spare_making = "Making the spare key. This takes a few seconds."

    spare_custody = "Who keeps it"
    spare_custody_hint = (
        "Two people, two places: neither can open anything alone. Keep a second copy of the file. Every use is written "
        "down in the workspace that was opened."
    )

    @staticmethod
    def refused(message: str, remedy: str, code: str) -> str:
        """An error beside what it is about."""
        return f"{message} {remedy} (Code {code})"

    @staticmethod
    def strength(name: str, hint: str) -> str:
        """How hard a passphrase is to guess, and why."""
        grade, why = Keys.strengths[name], Keys.hints[hint]
        return f"How hard it is to guess: {grade}. {why}".strip()

    @staticmethod
    def sheet_number(number: str) -> str:
        """Which sheet it is."""
        return f"Sheet {number}"

    @staticmethod
    def group(number: int) -> str:
        """Which group is to be typed."""
        return f"Group {number}"
