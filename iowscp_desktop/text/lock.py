"""Words of the lock screen, and of the question who is at the keyboard."""


class Lock:
    """The lock screen."""

    title = "Locked"
    about = "Your work is saved and locked on this computer."
    about_idle = "Nobody used it for a while, so it locked itself. Your work is saved."
    phrase = "Passphrase"
    unlock = "Unlock"
    choose_me = "Someone else will work now"
    missing = "Type the passphrase first."
    trying = "Unlocking. This takes a moment, so that nobody can try passphrases quickly."
    remembering = "Opening it with what this computer remembers…"
    not_remembered = "This computer could not open it by itself. Type the passphrase."
    forgotten = (
        "Your recovery sheet opens it. If the sheet is lost too, ask the partnership: with its spare key two people "
        "together can open the workspace. What you have sent is safe with them in any case."
    )
    have_spare = "The partnership’s spare key is here"
    spare_title = "Unlock with the partnership’s spare key"
    spare_about = (
        "One person brings the file on a stick, another the five words on paper. The workspace keeps a record of "
        "this. Your work is there and locked; nothing is lost by trying."
    )
    spare_file = "Spare key file"
    spare_choose = "Choose the file"
    spare_kinds = ("Spare keys (*.iowsparekey)",)
    spare_words = "The five words"
    spare_words_hint = "Exactly as they are printed. Capitals and hyphens count."
    spare_file_missing = "Choose the file first."
    spare_words_missing = "Type the five words."
    spare_go_on = "Go on"
    spare_opened = (
        "The spare key is right. Choose a new passphrase; what opened the workspace before opens it no longer."
    )
    spare_to_sheet = "Go on to the new recovery sheet"
    spare_sheet_title = "A new recovery sheet"
    spare_sheet_about = "The old sheet will not open it any more. Put this one on paper, then type two groups back."
    spare_finish = "Unlock and change the key"
    spare_workspace = "Workspace opened with the spare key"
    spare_working = "Opening it and changing its key. This takes a moment."
    have_sheet = "I have my recovery sheet"
    skip_memory = "Type the passphrase instead"

    sheet_title = "Unlock with the recovery sheet"
    sheet_about = "Type the nine groups from the sheet. Your work is there and locked; nothing is lost by trying."
    sheet_key = "Recovery key"
    sheet_hint = "The newest sheet has the number {number}. Capitals, spaces and hyphens do not matter."
    sheet_hint_none = "36 letters and digits. Capitals, spaces and hyphens do not matter."
    sheet_slip = "There is a slip in this key. Compare each group of four with the sheet. Nothing was tried yet."
    sheet_read = "That is a whole key."
    sheet_try = "Go on"
    sheet_back = "Back to the passphrase"
    sheet_new_title = "Choose a new passphrase"
    sheet_opened = "The sheet is right. Choose a passphrase for the next times; the sheet stays good."
    sheet_finish = "Unlock"
    forgotten_title = "Passphrase lost?"

    who_title = "Who is working now?"
    who_about = "Your name stands beside what you write."
    who_else = "Someone else"
    who_name = "Your name"
    who_role = "Your role"
    who_role_hint = "For example: deputy safeguarding lead"
    who_name_missing = "Write your name."
    who_role_missing = "Write your role."
    who_go_on = "Continue"
    who_here_before = "Worked here before"

    @staticmethod
    def wrong(wait: int) -> str:
        """A wrong passphrase, and how long to wait."""
        return f"This passphrase does not open it. Capital letters and spaces count. {Lock.wait(wait)}".strip()

    @staticmethod
    def wait(seconds: int) -> str:
        """How long until the next try."""
        if seconds <= 0:
            return ""
        return "Try again in 1 second." if seconds == 1 else f"Try again in {seconds} seconds."

    @staticmethod
    def refused(message: str, remedy: str, code: str) -> str:
        """An error beside the field."""
        return f"{message} {remedy} (Code {code})"

    @staticmethod
    def person(name: str, role: str) -> str:
        """One person, as the button says it."""
        return f"{name}, {role}" if role else name
