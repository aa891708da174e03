"""Words of the team’s merge screen."""

from types import MappingProxyType


class Merge:
    """Taking in the files that came back."""

    title = "Take in returns"
    about = "Look first: nothing is written until you say so. Each file is taken in whole, or not at all."
    empty = "Drop the files here"
    empty_about = "Returns and scores end in .iowbundle. Choose the files, or a whole folder of them."
    choose_files = "Choose files"
    choose_folder = "Choose a folder"
    kinds = ("Returns and scores (*.iowbundle)",)
    choose_title = "Choose the files that came back"
    folder_title = "Choose the folder they are in"
    folder_empty = "There are no files ending in .iowbundle in that folder."

    watch_title = "Choose the folder to watch"
    watch_name = "Watch a folder"
    watch_other = "Watch another folder"
    watch_stop = "Stop watching"
    watch_none = "No folder is watched"
    watch_none_about = "If returns arrive on a shared drive, name its folder here, and new files are offered to you."
    watch_about = "New files are shown here. Nothing is taken in until you say so."
    watch_notice = "They lie in the folder that is watched. Nothing is taken in until you say so."
    watch_gone_about = "Perhaps the drive is not connected. It is looked for again and again; nothing is lost."

    looking = "Looking at the files"
    looking_about = "Nothing is written."
    merging = "Taking the files in"
    counting = "The files are in. Counting what is left to decide."
    preview_title = "What these files would bring"
    preview_about = "Nothing is written yet."
    table = "Files"
    column_file, column_sender, column_type = "File", "From", "What it is"
    column_new, column_known, column_evidence = "New entries", "Known already", "Files attached"
    column_conflicts, column_outcome = "To decide", "What happens"
    unknown = "Not known"
    types = MappingProxyType(
        {
            "return": "Return",
            "scores": "Scores",
            "handover": "Handover",
            "receipt": "Receipt",
            "panel-pack": "Panel pack",
            "feedback": "Feedback",
            "tool-update": "Audit update",
            "directory": "Address list",
            "team": "Another laptop of the team",
            "survey": "Survey",
            "actions": "Actions",
            "assignment": "Further audit",
        }
    )
    will_come = "Will be taken in"
    nothing_new = "Nothing new"
    was_merged = "Taken in before"
    older = "Older: nothing new"
    refused = "Refused"
    alarm = "Look out"
    taken = "Taken in"
    left = "Left alone"
    back = "Choose other files"
    start_over = "Take in more files"
    nothing_to_do = "None of these files brings anything new."
    together = "Counted together: a file brings what those above it do not."
    aside = "Set aside"
    refused_title = "Refused: nothing in these files was used"

    forked_remedy = (
        "Ring them on a number you know. The workspace may have been copied or put back from a backup. "
        "What you have stays as it is; the other version is kept aside as proof."
    )
    changed_over_remedy = (
        "Another of your laptops had received the other version first, so all of them go on with that one now. What "
        "you had is kept aside. Ring them on a number you know: the workspace may have been copied."
    )
    quarantine_remedy = (
        "They are kept aside and count nowhere. Look at them under Set aside: you can let them count, or leave them."
    )
    missing_remedy = "Ask the sender for the file before this one, or the other laptop for its own. Nothing is lost."
    gap_remedy = "What it held is in this one too, unless this list says otherwise. If it still comes, it does no harm."
    finals_remedy = (
        "Both are kept, with every signature. Take the file in, then say under what differs which one you work with, "
        "or ask for one new signature."
    )
    superseded_remedy = "They are in the history. What replaced them stands."
    kept_aside = "The file itself is kept under Set aside, in case its sender is known later."

    done_title = "Taken in"
    stopped_title = "Stopped"
    stopped_about = "Files taken in before you stopped stay. The others were not touched."
    receipts = "Receipts"
    receipts_about = "Each return has its number. Send it from the round."
    no_receipts = "No receipts: no return brought anything new."
    all_settled = "Nothing to decide."
    announce_done = "The files are taken in."

    @staticmethod
    def watch_new(count: int, folder: str) -> str:
        """What is new in the folder that is watched."""
        return f"1 new file in {folder}" if count == 1 else f"{count} new files in {folder}"

    @staticmethod
    def watch_nothing(folder: str) -> str:
        """Nothing is new there."""
        return f"Nothing new in {folder}"

    @staticmethod
    def watch_gone(folder: str) -> str:
        """The folder cannot be read."""
        return f"The folder {folder} cannot be reached at the moment"

    @staticmethod
    def watch_arriving(count: int) -> str:
        """Files that are not whole yet."""
        more = "1 file is" if count == 1 else f"{count} files are"
        return f"{more} still arriving. Nothing is taken in until you say so."

    @staticmethod
    def watch_accept(count: int) -> str:
        """The button that shows what the new files would bring."""
        return "Look at it" if count == 1 else "Look at them"

    @staticmethod
    def merge(count: int) -> str:
        """The button that takes the files in."""
        return "Take in 1 file" if count == 1 else f"Take in {count} files"

    @staticmethod
    def summary(files: int, senders: int) -> str:
        """What is on the table."""
        shown = "1 file" if files == 1 else f"{files} files"
        return f"{shown} from {'1 sender' if senders == 1 else f'{senders} senders'}"

    @staticmethod
    def note(done: int, total: int) -> str:
        """How far it is."""
        return f"File {done} of {total}"

    @staticmethod
    def taken_in(count: int) -> str:
        """How many files were taken in."""
        return "1 file taken in" if count == 1 else f"{count} files taken in"

    @staticmethod
    def decide(count: int) -> str:
        """The button that leads to what differs."""
        return "Decide 1 thing that differs" if count == 1 else f"Decide {count} things that differ"

    @staticmethod
    def forked(file: str, count: int) -> str:
        """The alarm about a history that splits."""
        if count == 1:
            return f"{file}: 1 entry does not match what this device sent before."
        return f"{file}: {count} entries do not match what this device sent before."

    @staticmethod
    def quarantined(file: str, count: int) -> str:
        """Entries that the sender may not write."""
        if count == 1:
            return f"{file}: 1 entry is something its writer may not write."
        return f"{file}: {count} entries are something their writer may not write."

    @staticmethod
    def refused_remedy(remedy: str, *, is_kept: bool) -> str:
        """What to do about a refused file."""
        return f"{remedy} {Merge.kept_aside}" if is_kept else remedy

    @staticmethod
    def missing(file: str, count: int) -> str:
        """Entries that were written and have not come."""
        if count == 1:
            return f"{file}: 1 entry that this file builds on has not come yet."
        return f"{file}: {count} entries that this file builds on have not come yet."

    @staticmethod
    def two_finals(file: str) -> str:
        """Two laptops declared one response complete, each without the other."""
        return f"{file}: this response was declared complete twice, with different answers."

    @staticmethod
    def gap(file: str) -> str:
        """A file that was sent before has not come."""
        return f"{file}: the file that was sent before this one has not come."

    @staticmethod
    def superseded(file: str, count: int) -> str:
        """Entries that were replaced, by somebody who had seen them, before they came."""
        if count == 1:
            return f"{file}: 1 entry was already replaced by somebody who had seen it."
        return f"{file}: {count} entries were already replaced by somebody who had seen them."

    @staticmethod
    def more_warnings(count: int) -> str:
        """How many files are marked in the table alone."""
        return f"{count} more are marked in the list below."

    @staticmethod
    def set_aside(count: int) -> str:
        """The button that leads to what was set aside."""
        return "Set aside" if not count else f"Set aside ({count} to look at)"

    @staticmethod
    def keep(count: int) -> str:
        """The button that keeps refused files."""
        return "Keep 1 refused file aside" if count == 1 else f"Keep {count} refused files aside"

    @staticmethod
    def receipt(number: str, organisation: str) -> str:
        """One receipt."""
        return f"{number}  {organisation}"

    @staticmethod
    def more_receipts(count: int) -> str:
        """How many receipts are not named."""
        return "and 1 more, in its round" if count == 1 else f"and {count} more, each in its round"

    @staticmethod
    def refusal(file: str, message: str) -> str:
        """Why one file was refused."""
        return f"{file}: {message}"
