"""Words about keys: the recovery sheet, how strong a passphrase is, the spare key, and changing the ways in."""

from collections.abc import Mapping
from typing import ClassVar


class Keys:
    """The keys to a workspace, wherever they are spoken of."""

    # --- the screen
    title = "Keys to this workspace"
    about = "What opens it, and how that is changed. What you wrote is not touched by any of this."
    section_about = "Passphrase, recovery sheet, and what this computer remembers."
    section_button = "Look at the keys"
    back = "Back to the settings"
    ways_title = "What opens this workspace"
    way_passphrase = "Passphrase"  # noqa: S105 - what the way in is called
    way_sheet = "Recovery sheet"
    way_memory = "This computer"
    way_spare = "The partnership’s spare key"
    way_set = "Opens it"
    way_not = "Does not open it"
    way_remembered = "Opens it when the program starts; not after it was locked"
    way_not_remembered = "Does not remember it"
    current_title = "First your passphrase"
    current = "Your passphrase"
    current_hint = "Every change below asks for it, so that an open screen alone changes no lock."
    current_missing = "Type your passphrase first: nothing below is done without it."
    change_title = "Another passphrase"
    new = "New passphrase"
    change_button = "Change the passphrase"
    sheet_title = "A new recovery sheet"
    sheet_about = (
        "If the sheet was lost or used by somebody else. The new one takes the place of the old one, which then "
        "opens nothing."
    )
    new_sheet_button = "Make a new recovery sheet"
    use_sheet_button = "Use this sheet from now on"
    change_key_button = "Use it, and change the key as well"
    change_key_about = (
        "Change the key as well when somebody may have had a copy of this workspace together with a passphrase or a "
        "sheet: after a theft, or when a computer was handed on. The whole workspace is locked anew, which takes a "
        "moment for every hundred files. Copies and backups made before still open with the old ways in."
    )
    memory_title = "What this computer remembers"
    remember_button = "Remember on this computer"
    remember_about = (
        "The program then starts without asking for the passphrase. Anyone who can sign in to this computer as you can "
        "open it. After locking, the passphrase is asked all the same."
    )
    forget_button = "Forget on this computer"
    forget_about = "The passphrase is asked each time from then on."
    spare_title = "The partnership’s spare key"
    spare_about = (
        "It lies on no computer, with two people. It opens a workspace when passphrase and recovery sheet are both "
        "lost. Each use is written down in the workspace."
    )
    new_spare_button = "Make a new spare key"
    use_spare_button = "Use this spare key from now on"
    accept_spare_button = "Let the partnership’s new spare key in"
    busy = "A moment, please. It takes a few seconds, so that nobody can try passphrases quickly."
    changing = "Changing the key of this workspace"
    changing_about = (
        "Everything is being locked anew. Leave the computer on. Should it go off all the same, nothing is lost: the "
        "workspace opens with its old keys or with its new ones."
    )
    done: ClassVar[Mapping[str, str]] = {
        "PASSPHRASE": "The passphrase is changed. The old one opens nothing any more.",
        "SHEET": "The new recovery sheet counts from now on. Destroy the old one.",
        "KEY": "The key is changed, and the new recovery sheet counts from now on. Destroy the old one.",
        "REMEMBERED": "This computer remembers the workspace from now on.",
        "FORGOTTEN": "This computer has forgotten the workspace. The passphrase opens it.",
        "SPARE_ACCEPTED": "The partnership’s spare key opens this workspace from now on.",
        "SPARE_MADE": "The new spare key counts from now on. Everybody you invite from now on is told of it.",
    }

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
