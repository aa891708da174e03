"""Words of the versions of a return that were signed."""

from collections.abc import Mapping
from typing import ClassVar


class SignedVersions:
    """Which versions were signed, and what became of each."""

    title = "Signed versions"
    about = "Every version that was signed is kept, with its signatures. This shows which one counts, and why."
    nobody = "Somebody whose name is not here"
    nobody_signed = "Nobody has signed this version yet."
    became: ClassVar[Mapping[str, str]] = {
        "counts": "Counts now",
        "waits": "Not decided yet",
        "not-chosen": "Kept, not worked with",
        "opened-again": "Opened again",
    }
    chosen = "The partnership works with this version"
    was_chosen = "The partnership chose this version; that choice no longer counts"
    opened_again = "Opened again"

    @staticmethod
    def version(number: int, who: str, when: str) -> str:
        """Which version it is: two of one number differ in who declared them complete."""
        return f"Version {number}, declared complete by {who}, {when}"

    @staticmethod
    def signed_by(label: str, name: str, when: str) -> str:
        """One signature."""
        return f"Signed · {label}: {name}, {when}"

    @staticmethod
    def reason(what: str, who: str, when: str, reason: str) -> str:
        """What was done, by whom, and the reason they gave."""
        return f"{what}. {who}, {when}: {reason}"
