"""Words of the screen on which the team looks at what was set aside."""

from types import MappingProxyType


class Aside:
    """What came and does not count."""

    title = "Set aside"
    about = "This came, and counts nowhere. It is kept, whatever you decide."
    back = "Take in returns"
    none = "Nothing was set aside"
    none_about = "Everything that came was something its sender may write."
    subject, says, stands = "It is about", "It says", "Stands now"
    no_words = "The words did not travel, or are of a newer program."
    reason, reason_hint = "Why", "Write down why, for whoever looks at this later."
    reason_missing = "Write down why first."
    release, leave = "Let it count", "Leave it aside"
    again, decline = "Try again", "Do not take it in"
    released_note = "It counts now. The decision is written down."
    left_note = "It stays aside. The decision is written down."
    taken_note = "The file is taken in."
    gone = "Somebody else has decided about it meanwhile. The list is as it is now."
    file = "A whole file"
    file_name = "File"
    sorts = MappingProxyType(
        {
            "outside": "Not theirs to write",
            "strayed": "In the wrong place",
            "forked": "Said in two ways",
            "file": "Not taken in",
        }
    )
    thing = "Something else"
    things = MappingProxyType(
        {
            "evidence-attached": "A file of evidence",
            "evidence-detached": "Taking away a file of evidence",
            "response-finalised": "Declaring the audit complete",
            "response-reopened": "Opening the audit again",
            "signed-off": "A signature",
            "person-introduced": "Who somebody is",
            "scoring-finished": "That the scores are finished",
            "receipt-issued": "A receipt",
            "action-set": "An action",
            "action-progressed": "How far an action is",
            "edition-changed": "Moving to another edition",
        }
    )
    why = MappingProxyType(
        {
            "other-space": "It is written into something that is not this sender’s.",
            "other-kind": "This sender may not write such a thing.",
            "other-register": "Its heading and its content speak of different things.",
            "other-judge": "It is a score in another panel member’s name.",
            "unknown-role": "Nobody knows in which role it was written.",
            "newer-kind": "A newer program wrote it. Update this one, then let it count.",
            "revoked": "It was written on a computer that is trusted no longer.",
            "unlike-evidence": (
                "The attached file is not what its name says, or is of a kind that is not taken as evidence. "
                "Do not open it; ask them what it is."
            ),
            "strayed": "It claims to replace something that it is not about. It cannot be let in; what it says can be.",
            "forked": (
                "The same computer also sent something else in the place of this. The workspace may have been "
                "copied, or put back from a backup. Ring them on a number you know."
            ),
        }
    )
    why_other = "It is outside what its sender may write."
    why_file = "The file is sealed for you, but not by anybody you know. It opens once they are known."
    why_files = MappingProxyType(
        {
            "B205": (
                "A computer sent it that is trusted no longer. Ring them on a number you know: did they send it before "
                "it was lost? Tried again, what is in it is laid out here piece by piece, and counts only as you say."
            ),
            "B206": "It is of a sort that this sender does not send. Ask them what it is meant to be.",
            "B215": "A second computer answered a code that is for one. Ask them which computers are theirs.",
            "B301": "A newer program wrote it. Update this one, then try again.",
            "S202": "It goes on where another file ended that has not come. Take that one in, then try again.",
        }
    )

    @staticmethod
    def more(count: int) -> str:
        """How many are not shown."""
        return f"{count} more are kept and come up when these are decided."

    @staticmethod
    def settled(who: str, when: str, reason: str, *, released: bool) -> str:
        """What somebody decided before."""
        deed = "Let in" if released else "Left aside"
        return f"{deed} by {who or 'somebody of the team'}, {when}: {reason}"

    @staticmethod
    def of(who: str, organisation: str, when: str) -> str:
        """Whose it is, and from when."""
        return ", ".join(part for part in (who, organisation, when) if part)

    @staticmethod
    def named(button: str, words: str) -> str:
        """A button's name for those who hear it."""
        return f"{button}: {words}"
