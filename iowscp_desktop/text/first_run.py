"""Words of the first run."""


class FirstRun:
    """The first run."""

    # --- the two doors
    title = "Safeguarding audits, on your own computer"
    about = "Nothing leaves this computer until you make a file and send it yourself."
    invitation = "Open an invitation"
    invitation_about = (
        "For a school, agency or panel member, and for one more laptop of the team. You need the file and the code "
        "that was read out."
    )
    invitation_button = "Open an invitation"
    team = "Start a team workspace"
    team_about = "For the first laptop of the partnership’s own team. You invite everybody else from there."
    team_button = "Start for the team"
    no_invitation = "No invitation yet? Ask your safeguarding partnership for one."

    # --- the steps
    steps_invitation = ("The file", "The code", "What is asked", "You", "Keep it safe", "On paper")
    steps_team = ("Your team", "Keep it safe", "On paper", "Spare key")
    back = "Back"
    go_on = "Continue"
    accept = "This is for us – continue"
    finish = "Finish"

    # --- the file
    file_title = "Choose the invitation"
    file_about = "The partnership sent it to you. Its name ends in .iowinvite."
    file_choose = "Choose the file"
    file_choose_another = "Choose another file"
    file_drop = "or drop it anywhere in this window"
    file_dialogue = "Choose the invitation"
    file_kinds = ("Invitations (*.iowinvite)", "All files (*)")
    file_missing = "Choose the invitation first."
    file_label = "Invitation"

    # --- the code
    code_title = "Type the code"
    code_about = "The partnership reads it to you on the telephone. It works once, on one computer."
    code_label = "Code"
    code_hint = "16 letters and digits. Capitals, spaces and hyphens do not matter."
    code_missing = "Type the code first."
    code_slip = "There is a slip in this code. Ask for it to be read out again and compare each group of four."
    code_wrong = (
        "This code is typed well, but it does not open this invitation. Check that the file and the code belong "
        "together. If they do, ask for a new invitation."
    )
    code_trying = "Opening the invitation. This takes a few seconds, so that nobody can try codes quickly."

    # --- what is asked
    asked_title = "This is what you are asked"
    asked_about = "Nothing is kept yet. If this is not for you, go back and tell the partnership."
    asked_by = "Who asks"
    asked_of = "Who is asked"
    asked_what = "What"
    asked_round = "Round"
    asked_until = "Send it back by"
    asked_spare = "If all is lost"
    asked_spare_words = (
        "The partnership keeps a spare key off every computer. With it two people together can open your workspace "
        "when you ask them. Each use is written down in it."
    )
    asked_score = "Score what others have answered, on your own"

    # --- who
    who_title = "Who are you?"
    who_about = "Your name stands beside what you write. Others who use this computer can work under their own name."
    who_name = "Your name"
    who_name_missing = "Write your name."
    who_role = "Your role"
    who_role_hint = "For example: designated safeguarding lead"
    who_role_missing = "Write your role."
    panel_role = "Panel member"

    # --- the team
    team_title = "Start your team’s workspace"
    team_name_label = "Name of the partnership"
    team_name_hint = "As schools and agencies know it"
    team_name_missing = "Write the partnership’s name."
    team_role = "Partnership team"
    team_title_about = "Do this once. It makes the keys with which your returns are opened."

    # --- keep it safe
    safe_title = "Keep it safe"
    safe_about = (
        "Everything you write is locked with a passphrase. Nobody can tell you what it was. If you lose it, the "
        "recovery sheet of the next step opens your work."
    )
    phrase = "Passphrase"
    phrase_hint = "A few words that do not belong together are easy to remember and hard to guess."
    again = "The same passphrase again"
    made_up = "This one was made up for you. Write it down before you go on:"
    phrase_missing = "Choose a passphrase."
    phrase_easy = "This is too easy to guess. Use more words, or let the program make one up."
    phrase_differs = "This is not the same as above. Type it again."
    remember = "Remember on this computer, so that I need not type it each time"
    remember_about = "Anyone who can sign in to this computer as you can then open it."
    remember_not = "This computer has no safe place to remember it, so you will type it each time."
    remember_asking = (
        "Asking this computer’s password store whether it can remember it. It may be showing its own question behind "
        "this window."
    )
    remember_skip = "Go on without it"
    remember_broke = "This computer’s password store did not keep it, so nothing was made yet. Go on without it."

    # --- the recovery sheet
    sheet_title = "Put your recovery key on paper"
    sheet_about = (
        "If the passphrase is lost, this key opens your work. Your workspace is made only once the key is on paper."
    )

    # --- the spare key
    spare_title = "Make the partnership’s spare key"
    spare_about = (
        "It opens any workspace that you invite people to, when passphrase and recovery sheet are both lost. It lies "
        "on no computer. Everybody you invite is told of it before they begin."
    )
    spare_later = "Do this later"
    spare_later_about = "You find it in the settings. Whoever is invited before then has no spare key."
    creating = "Making your workspace. This takes a few seconds, so that nobody can try passphrases quickly."

    @staticmethod
    def code_so_far(groups: str, missing: int) -> str:
        """How the code is read, and how much is still to come."""
        left = "1 more character" if missing == 1 else f"{missing} more characters"
        return f"{groups}   {left} to come" if groups else f"{left} to come"

    @staticmethod
    def code_read(groups: str) -> str:
        """How a whole code is read."""
        return f"{groups}   That is a whole code."

    @staticmethod
    def refused(message: str, remedy: str, code: str) -> str:
        """An error beside the field it is about."""
        return f"{message} {remedy} (Code {code})"
