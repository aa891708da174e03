"""Words for what is sent to computers that the team knows already, without a code."""

from collections.abc import Mapping
from typing import ClassVar

Words = Mapping[str, str]


class Known:
    """A further round, a newer edition, more to score: to computers that are known."""

    buttons: ClassVar[Words] = {
        "assignment": "Send to known computers",
        "edition": "Send a newer edition",
        "pack": "Send to the panel",
    }
    row_buttons: ClassVar[Words] = {
        "assignment": "Send to their computers",
        "edition": "Send them a newer edition",
        "pack": "Add to what the panel scores",
    }
    titles: ClassVar[Words] = {
        "assignment": "Ask schools whose computers are known",
        "edition": "Send a newer edition of the audit",
        "pack": "Send more to a panel member",
    }
    abouts: ClassVar[Words] = {
        "assignment": (
            "You let these computers in before, so nobody has to read out a code. Each school gets a file of its own, "
            "and no other school can open it."
        ),
        "edition": (
            "Schools keep the edition they began with until they choose to move. Before they move, they see what "
            "changes. No answer is lost."
        ),
        "pack": (
            "Only for members who have scored with this program before. They get the answers to score, and nobody’s "
            "scores. Somebody new is invited instead."
        ),
    }
    whats: ClassVar[Words] = {"assignment": "", "edition": "Edition", "pack": "Panel member"}
    whoms: ClassVar[Words] = {"assignment": "Who is asked", "edition": "Who gets it", "pack": "What they score"}
    nobody: ClassVar[Words] = {
        "assignment": "Everybody whose computer is known has been reached. Invite the others with a code.",
        "edition": "No computer is known yet. Invite a school first.",
        "pack": "Nothing has come back yet, so there is nothing to score.",
    }
    nothing: ClassVar[Words] = {
        "assignment": "",
        "edition": (
            "There is no other edition of this audit yet. Newer ones come with a newer version of the program; one of "
            "your own is taken into use where a round is started."
        ),
        "pack": "No panel member’s computer is known yet. Invite them first.",
    }
    no_what: ClassVar[Words] = {"assignment": "", "edition": "Choose an edition.", "pack": "Choose a panel member."}
    no_whom = "Tick at least one."
    go = "Make the files"
    folder = "Where to put the files"
    working: ClassVar[Words] = {
        "assignment": "Sealing what the schools are asked",
        "edition": "Sealing the newer edition",
        "pack": "Sealing what they score",
    }
    known_already = "Known already"

    where = "Folder"
    steps: ClassVar[Mapping[str, tuple[str, str, str]]] = {
        "assignment": (
            "Attach each file to an e-mail to its own school, or take it there on a memory stick.",
            "They drop it on the window of their program. No code is needed. Nobody else can open it.",
            "Lost one? Make it again; nothing is asked twice.",
        ),
        "edition": (
            "Attach each file to an e-mail to its own school, or take it there on a memory stick.",
            "They drop it on the window of their program. Its first page then offers the newer edition.",
            "Lost one? Make it again; nothing changes twice.",
        ),
        "pack": (
            "Attach the file to an e-mail to the panel member, or give it to them on a memory stick.",
            "They drop it on the window of their program. No code is needed. Nobody else can open it.",
            "Lost it? Make it again; their scores stay as they are.",
        ),
    }
    copy = "Copy this list"
    copied = "Copied."
    done = "Done"

    @staticmethod
    def ready(count: int) -> str:
        """How many files were made."""
        return "The file is ready. Now send it." if count == 1 else f"{count} files are ready. Now send them."
