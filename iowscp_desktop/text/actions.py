"""Words of the actions: what schools and agencies agreed to do, and how far they are."""

from collections.abc import Mapping
from typing import ClassVar


class Actions:
    """What schools and agencies agreed to do, and how far they are."""

    title = "Actions"
    about = "What each school or agency agreed to do. You set it here; how far they are comes back to you."
    own_about = "What you agreed with the partnership to do. Say how far you are, and send it to them."
    list_name = "Actions"
    none = "No actions yet"
    none_about = "Set the first one below. Then send it to the school or agency."
    own_none_about = "When the partnership agrees an action with you, it sends you a file. Drop it on this window."

    column_organisation, column_action, column_owner = "School or agency", "What is to be done", "Who does it"
    column_due, column_state, column_note = "By when", "How far", "What they say"
    nothing_said = "Nothing said yet"
    states: ClassVar[Mapping[str, str]] = {
        "": "Nothing said yet",
        "begun": "Begun",
        "done": "Done",
        "stopped": "Will not be done",
    }
    no_date = "No date"

    set_one = "Set an action"
    organisation = "School or agency"
    action = "What is to be done"
    action_hint = "One thing, so that one can say whether it is done."
    owner = "Who does it"
    owner_hint = "A role is enough, for example “Head”. You may leave it empty."
    due = "By when"
    due_hint = "You may leave it empty."
    set_button = "Set it"
    no_organisation = "Choose a school or agency."
    no_action = "Write what is to be done."
    no_due = "Write a date, for example 18 12 2026, or leave it empty."
    pick_first = "Choose an action in the list first."
    not_known = "None of their computers is known yet, so it cannot be sent. Invite them to a round first."

    how_far = "How far are you?"
    note = "What would you like to say?"
    note_hint = "The partnership reads this. Please name no child."
    no_state = "Choose how far you are."
    save = "Save"
    saved = "It is saved on this computer. The partnership sees it once you send the file."
    send_back = "Make the file for the partnership"
    send_back_about = "All that you said about your actions goes into one locked file. You send the file yourself."
    folder = "Where to put the file"
    working = "Sealing the actions"
    failed = "No file was made. Everything you wrote is as it was."

    @staticmethod
    def send(organisation: str) -> str:
        """The button that sends a plan."""
        return f"Send their actions to {organisation}"

    @staticmethod
    def late(day: str) -> str:
        """A date that has passed."""
        return f"{day}, late"

    @staticmethod
    def was_set(organisation: str) -> str:
        """An action was set."""
        return f"The action is set. {organisation} sees it once you send it to them."

    @staticmethod
    def plan_saved(organisation: str, file: str, folder: str) -> str:
        """Where a plan is, and what to do with it."""
        return (
            f"The actions of {organisation} are in {file}, in {folder}. Attach it to an e-mail to them, or take it "
            "there on a memory stick. They drop it on the window of their program; nobody else can open it."
        )

    @staticmethod
    def progress_saved(file: str, folder: str) -> str:
        """Where the progress is, and what to do with it."""
        return (
            f"The file is {file}, in {folder}. Attach it to an e-mail to the partnership, or take it there on a memory "
            "stick. Nobody else can open it."
        )
