"""Words of keeping and erasing: the certificate of an erasure, what names a person, and how long things are kept."""

from collections.abc import Mapping
from typing import ClassVar

KINDS: Mapping[str, str] = {
    "answer-recorded": "Answers and earlier wordings of them",
    "evidence-attached": "Attached files, with their names",
    "evidence-detached": "Notes that a file was taken away",
    "person-introduced": "Names and roles of people who wrote",
    "repeat-added": "Things that were added to a list",
    "repeat-removed": "Things that were taken from a list",
    "repeat-ordered": "Changes to the order of a list",
    "response-assigned": "The request to answer",
    "response-finalised": "Declarations that it was complete",
    "response-reopened": "Reopenings, with their reasons",
    "signed-off": "Signatures",
    "reading-recorded": "How the team read an answer",
    "receipt-issued": "Receipts",
    "scoring-asked": "The request to score",
    "score-given": "Scores and remarks",
    "scoring-finished": "Declarations that scoring was done",
    "edition-changed": "Moves to another edition",
}


def kind(name: str) -> str:
    """What a kind of entry is called; one that a newer program wrote keeps its own name."""
    return KINDS.get(name, name.replace("-", " ").capitalize())


class CertificateWords:
    """The certificate of an erasure."""

    title = "Certificate of erasure"
    number = "Certificate"
    holder = "Issued by"
    what = "What it was part of"
    when = "Erased on"
    who = "Erased by"
    why = "Why"
    reason = "Reason given"
    counts = "What was erased"
    kind = "Kind of entry"
    count = "Entries"
    files = "Files"
    none_of_it = "No content is repeated here."
    nothing_counted = "Nothing that was still here"
    proof = "What was checked afterwards"
    proved = "Every chain of entries, every seal and every table of the workspace still holds."
    not_proved = "The check found something that does not hold. The technical names are below; keep this page."
    checked = "Entries checked"
    erased_now = "Of these, erased so far"
    rewritten = "The workspace file"
    is_rewritten = "Written anew, so that no freed part of it holds what was erased."
    is_not_rewritten = "Not written anew yet: it is tried again whenever the workspace is opened."
    copies = "Copies"
    copies_none = "No older copy of this workspace was found on this computer."
    copies_lead = (
        "These were made before the erasure, or put aside when a backup was restored, and still hold what was erased "
        "until they are deleted. Putting one in place does not bring it back: it is erased again at the next opening."
    )
    copy_name = "Backup, or what was put aside"
    copy_made = "Made on"
    copy_state = "State"
    copy_kept = "still there"
    copy_gone = "deleted"
    elsewhere = "What this certificate does not cover"
    elsewhere_items = (
        "Files that were sent before: whoever received them answers for their own copy.",
        "Copies, prints and PDFs that people made outside the program.",
        "Old parts of a solid-state disk, which only the disk’s own encryption protects.",
    )
    places = "Where the erased entries stood"
    places_lead = "The numbers stay, so that the rest can still be proved complete. They hold nothing of what was said."
    stream = "Chain"
    span = "Entries"
    whys: ClassVar[Mapping[str, str]] = {
        "due": "Its time was over under the schedule",
        "asked": "The person it was about asked for it",
        "mistake": "It should not have been written or attached here",
        "again": "An older copy was put in place, and what had been erased was erased again",
        "other": "Another reason",
    }

    @staticmethod
    def running(holder: str) -> str:
        """What runs on every page."""
        return f"Certificate of erasure · {holder}"

    @staticmethod
    def files_of(count: int, size: str) -> str:
        """How many files, and how large together."""
        return "None" if not count else f"{count}, {size} together"

    @staticmethod
    def span_of(first: int, last: int) -> str:
        """Which entries of a chain."""
        return str(first) if first == last else f"{first} to {last}"


class SubjectAccessWords:
    """The paper for a person who asked what is held about them."""

    title = "What is held that mentions you"
    looked_for = "Looked for"
    made = "Made on"
    found = "Found"
    lead = (
        "Each place below mentions a name that was looked for. What is about other people was struck out by the "
        "person who went through the list, and marked where it was."
    )
    limits = "What this search can and cannot find"
    limits_items = (
        (
            "It finds the names above as they are written: in answers, earlier wordings, remarks, reasons, file names, "
            "people who wrote or signed, and inside plain text files."
        ),
        (
            "It does not read inside pictures, PDFs and office documents. Their names are searched, and a person "
            "looked at those that are attached here."
        ),
        "Where somebody is meant but not named, only a person who reads can find it.",
        "Files that were sent before are held by whoever received them.",
    )
    contents = "Where you are mentioned"
    team_records = "The team’s own records"
    where = "Kind of entry"
    when = "Written on"
    state = "State"
    by = "Role of the writer"
    file = "File, in the folder beside this paper"
    words = "The words"
    stands = "It holds now"
    earlier = "An earlier wording, or taken away since"
    shortened = "Shortened: what is about other people was struck out."
    all_struck = "All of it was about other people and was struck out."
    foot = "Contains personal data. Hand it over safely."

    @staticmethod
    def places(count: int) -> str:
        """How many places."""
        return "1 place" if count == 1 else f"{count} places"
