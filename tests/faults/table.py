"""What the trials of one kind of fault came to, and how it is written down."""

from collections import Counter
from dataclasses import dataclass, field

LOST, CORRUPTED = "lost", "corrupted"


@dataclass
class Row:
    """One line of the table."""

    fault: str
    trials: int = 0
    killed: int = 0
    """Trials in which the process was killed before it had ended."""
    lost: int = 0
    """Entries that were confirmed as saved and are not there, though the fault had not itself destroyed them."""
    destroyed: int = 0
    """Entries that only the destroyed bytes held: noticed, and told."""
    corrupted: int = 0
    """Trials after which anything in the workspace did not hold together."""
    unnoticed: int = 0
    """Trials in which the program went on as if nothing had happened although something had."""
    said: Counter[str] = field(default_factory=Counter)
    control: str = ""
    """What the positive control proved: that this check would have seen it."""

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.corrupted or self.unnoticed) and bool(self.control) and self.trials > 0


def as_markdown(rows: list[Row]) -> str:
    """The table of the page."""
    head = "| Fault | Trials | Killed at work | Lost | Corrupted | Not noticed | What the program says |\n"
    lines = [head + "|---|---:|---:|---:|---:|---:|---|"]
    for row in rows:
        said = "; ".join(f"{words} ({count})" for words, count in row.said.most_common()) or "–"
        killed = str(row.killed) if row.killed else "–"
        lost = f"{row.lost}" + (f" ({row.destroyed} destroyed by the fault itself)" if row.destroyed else "")
        lines.append(f"| {row.fault} | {row.trials} | {killed} | {lost} | {row.corrupted} | {row.unnoticed} | {said} |")
    return "\n".join(lines)


def controls(rows: list[Row]) -> str:
    """What each check was shown to notice."""
    return "\n".join(f"- **{row.fault}**: {row.control}" for row in rows)
