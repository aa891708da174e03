"""Words of the screens about computers: whose they are, their signs, trusting one no longer, handing over."""


class Devices:
    """Which computers belong to whom."""

    title = "Computers"
    about = "Every computer that answered an invitation. A code lets one computer in."
    list_name = "Computers that were let in"
    column_name, column_sign, column_since, column_state = "Whose", "Sign", "Since", "State"
    the_team, this_laptop = "The team", "The team (this laptop)"
    state_new, state_confirmed, state_revoked = "Let in", "Sign compared", "Not trusted any more"
    none = "No computer has come back yet"
    none_about = "When a return or scores come back, the computer that made them stands here."
    pick_first = "Choose a computer in the table first."
    confirm = "The sign is the same"
    revoke = "Trust it no longer"
    directory = "File for their other computers"
    replace = "Invite a computer in its place"
    compare = "Ring them on a number you know, and let them read out their sign. Compare it with the one in the table."
    confirmed_note = "Written down: the sign was compared."
    doubled = "Two computers answered one code. Ring them, and find out which of the two is theirs."

    why_revoke = "Why is it not trusted any more?"
    why_hint = "For example: lost on a train, given back, not theirs. Everything it has sent until now stays."
    no_why = "Write in a few words why."
    revoked_note = (
        "It is not trusted any more. What it sent until now stays. Send the file for their other computers, so that "
        "those know it too. If it was lost, invite a computer in its place: all that came of it goes along."
    )
    cancel = "Cancel"

    waiting = "Invitations that nobody has answered"
    waiting_none = "Every invitation has been answered, or none was made."
    column_until, column_what = "Works until", "For"
    reissue = "Make it anew, with another code"
    take_back = "Take it back"
    reissue_about = "When a code was lost or the file went astray: the old one lets nobody in any more."
    taken_back_note = "Taken back. Whoever answers it now is not let in."
    taken_back_team = (
        "Taken back. If somebody else may have opened it, change the team’s keys too: they were in the file."
    )

    team = "The team’s own laptops"
    team_about = (
        "The team is one, on several laptops. Each has everything, can open everything, and can go on when another is "
        "lost. Give each other a file now and then."
    )
    add_laptop = "Hand the team to one more laptop"
    team_file = "Make a file for the other laptops"
    change_keys = "Change the team’s keys"
    keys_question = "Change the team’s keys"
    keys_about = (
        "Do it once a year, and at once when a laptop of the team is lost. Every file you send carries the change. "
        "First take in what has come, and give the other laptops a file."
    )
    keys_planned = "Change them"
    keys_lost = "A laptop is lost: change them, and drop the old ones"
    keys_note = "The team has new keys. Make a file for the other laptops, so that they have them too."

    working = "Writing the file"
    folder = "Where to put the file"
    new_laptop = "one more laptop of the team"

    own_title = "This computer"
    own_about = "How the partnership knows this computer, and how more of your work comes to it."
    sign = "The sign of this computer"
    sign_steps = (
        "The partnership rings you, or you ring them, on a number you both know.",
        "You read out the sign above.",
        "They compare it with theirs. If it is the same, nobody stands between you.",
    )
    another = "Another computer of your organisation"
    another_about = (
        "Each computer gets its own invitation. To carry what is answered here to the other, make a file: only "
        "computers of your organisation can open it. There, drop it on the window."
    )
    hand_over = "Make a file for the other computer"
    further = "A further invitation"
    further_about = "For a new round, or when the partnership made your code anew. What is answered here stays."
    choose_invitation = "Choose the invitation file"
    choose_another = "Choose another file"
    kinds = "Invitations (*.iowinvite)"
    code = "The code that was read out to you"
    code_hint = "Four groups of four letters and digits. Small letters and spaces do not matter."
    open_it = "Open it"
    opening = "Opening the invitation. This takes a moment on purpose."
    no_file = "Choose the file first."
    bad_code = "There is a slip in this code. Compare it with what was read out."
    accepted = "The invitation is open. What it asks stands on the first page."
    steps_title = "Three steps"

    @staticmethod
    def made(file: str, folder: str) -> str:
        """Where a file is."""
        return f"The file is {file} in {folder}. Take it to them, or send it: it is sealed."

    @staticmethod
    def made_many(count: int, folder: str) -> str:
        """Where several files are."""
        return f"{count} files are in {folder}. Take all of them: each holds one audit, and is sealed."

    @staticmethod
    def step(number: int, words: str) -> str:
        """One of the steps."""
        return f"{number}.  {words}"

    @staticmethod
    def spoken_sign(sign: str) -> str:
        """The sign, letter by letter, for a screen reader."""
        return f"{Devices.sign}: {', '.join(' '.join(group) for group in sign.split('-'))}"
