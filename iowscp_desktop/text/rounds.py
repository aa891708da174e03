"""Words of the team’s rounds."""


class Rounds:
    """The team’s rounds: who was asked, who has joined, what came back."""

    title = "Rounds"
    about = "Each round asks schools and agencies for one audit or survey by one date."
    list_name = "Rounds"
    none = "No rounds yet"
    none_about = "Start one: choose an audit, give it a title and a date, then invite schools and agencies."
    new_round = "Start a round"
    column_round, column_tool, column_due = "Round", "Audit", "Due"
    column_left, column_returned = "Time left", "Come back"
    open_round = "Open this round"

    new_title = "Start a round"
    tool = "Audit"
    tool_hint = "The audits that come with the program, and those you use already."
    own_tool = "Use an audit of your own…"
    own_tool_folder = "Choose the folder with your audit"
    own_tool_working = "Looking your audit over"
    no_tool = "Choose an audit."
    round_title = "Title of the round"
    round_title_hint = "People see this in their invitation, for example “Autumn 2026”."
    no_title = "Write a title."
    due = "Due date"
    due_hint = "For example 18 12 2026."
    no_due = "Write a date that is still to come."
    start = "Start the round"
    cancel = "Cancel"
    close = "Close"
    shipped_mark = "new here"

    returns = "Schools and agencies"
    returns_none = "Nobody is in this round yet"
    returns_none_about = "Add schools and agencies, then invite each of them. The file and its code go separate ways."
    column_organisation, column_invited, column_receipt = "School or agency", "Joined", "Receipt"
    column_signed, column_conflicts, column_state = "Signed by", "To decide", "Where it is"
    add = "Add schools and agencies"
    add_hint = "One name on each line. You can paste a list. Names that are here already are left out."
    names = "Names to add"
    everybody = "Take in everybody from earlier rounds"
    no_names = "Write at least one name."
    sort = "What they are"
    sorts = (
        ("school", "Schools"),
        ("college", "Colleges"),
        ("early-years", "Early years settings"),
        ("agency", "Agencies and services"),
    )
    no_sort = "Choose what they are."
    add_button = "Add them"
    copy = "Copy the table"
    copied = "The table is copied. Paste it into a spreadsheet."
    sort_by = "Sort by"
    find = "Find a school or agency"

    invite = "Invite"
    invite_again = "Invite another device"
    save_receipt = "Save the receipt"
    receipt_folder = "Where to put the receipt"
    receipt_working = "Sealing the receipt"
    read_return = "Read the answers"
    open_return = "Save the return as a PDF"
    decide = "Decide what differs"
    pick_first = "Choose a school or agency in the table first."
    not_asked = "Not invited"
    invited_state = "Invited"
    joined_state = "Joined"
    returned_state = "Come back, not signed"
    signed_state = "Signed and come back"
    read_survey = "See what people answered"
    survey_about = (
        "This is a survey without names: nobody signs it, and no panel scores it. Answers come in files from at least "
        "five people, so that nobody can be picked out. Who has answered is known to nobody."
    )
    nothing_yet = "–"

    choose_folder = "Where to put the invitation file"
    working = "Writing the invitation"
    code_title = "Read this code out"
    code_about = "Ring a telephone number you already know. Say the code; let them read it back."
    code_never = "Do not write the code in an email, and never send it along with the file."
    code_name = "One-time code"
    file_title = "Give them this file"
    file_name = "File"
    folder_name = "Folder"
    expires_name = "Works until"
    one_device = "One code lets one device in. For another device make another invitation: it has its own code."
    code_once = "The code is shown only now. If you lose it, make another invitation."
    done_with_code = "I have read it out"
    copy_path = "Copy where the file is"
    path_copied = "Copied."

    panel = "Panel"
    panel_title = "Invite a panel member"
    panel_about = "They score alone, on their own computer. They see the answers, and nobody else’s scores."
    panel_name = "Panel member’s name"
    no_name = "Write a name."
    panel_responses = "What they score"
    panel_responses_hint = "Only returns that have come back can be scored."
    panel_nothing = "Nothing has come back yet, so there is nothing to score."
    no_responses = "Tick at least one."
    panel_invite = "Invite to score"
    panel_button = "Invite a panel member"

    opening = "Opening the round"
    adding = "Adding them to the round"
    writing_about = "This takes a few seconds."

    @staticmethod
    def own_tool_refused(message: str, remedy: str, code: str) -> str:
        """Why an audit of one's own cannot be used."""
        return f"{message} {remedy} (Code {code})"

    @staticmethod
    def own_tool_taken(words: str) -> str:
        """An audit of one's own was taken into use."""
        return f"Taken into use, and chosen: {words}."

    @staticmethod
    def all_of(sort: str, count: int) -> str:
        """The box that takes in everybody of one sort."""
        return f"{sort}: all {count}"

    @staticmethod
    def receipt_saved(organisation: str, file: str, folder: str) -> str:
        """Where the receipt is."""
        return f"The receipt for {organisation} is {file} in {folder}. Take it to them, or send it: it is sealed."

    @staticmethod
    def due_line(tool: str, due: str) -> str:
        """The line under a round’s title."""
        return f"{tool}  ·  due {due}"

    @staticmethod
    def days(days: int) -> str:
        """How long there is left."""
        if days < 0:
            return "1 day late" if days == -1 else f"{-days} days late"
        return "due today" if days == 0 else "1 day left" if days == 1 else f"{days} days left"

    @staticmethod
    def come_back(returned: int, asked: int) -> str:
        """How many have come back."""
        return f"{returned} of {asked} have come back"

    @staticmethod
    def have_answered(answered: int, asked: int) -> str:
        """How many schools and agencies have sent sheets of a survey."""
        return f"Answers have come from {answered} of {asked}"

    @staticmethod
    def sheets(count: int) -> str:
        """How many people’s answers came from one school or agency."""
        return f"{count} people’s answers"

    @staticmethod
    def survey(tool: str) -> str:
        """The name of a survey among audits."""
        return f"{tool}, without names"

    @staticmethod
    def of(part: int, whole: int) -> str:
        """How many of how many."""
        return f"{part} of {whole}"

    @staticmethod
    def decisions(count: int) -> str:
        """How many questions wait for a decision."""
        return "1 thing" if count == 1 else f"{count} things"

    @staticmethod
    def for_whom(name: str) -> str:
        """Whose invitation it is."""
        return f"Invitation for {name}"

    @staticmethod
    def spoken_code(code: str) -> str:
        """The code, letter by letter, for a screen reader."""
        groups = (" ".join(group) for group in code.split("-"))
        return f"{Rounds.code_name}: {', '.join(groups)}"

    @staticmethod
    def added(count: int) -> str:
        """How many were added."""
        if count == 0:
            return "They are all in this round already."
        return "1 school or agency added." if count == 1 else f"{count} schools and agencies added."

    @staticmethod
    def edition(title: str, edition: str) -> str:
        """A tool with its edition."""
        return f"{title}, edition {edition}"
