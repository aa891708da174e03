"""What the tries of one kind of attack came to, and how it is written down."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Row:
    """One line of the table."""

    attack: str
    tries: int = 0
    accepted: int = 0
    """Tries after which anything of the attack counted."""
    crashed: int = 0
    """Tries that ended in an error the program does not know."""
    left: int = 0
    """Rows, bytes and files that are there afterwards and should not be."""
    aside: int = 0
    """Tries that were set aside, with the reason, for the team to look at."""
    honest: int = 0
    """Honest files that came together with an attack."""
    honest_taken: int = 0
    said: Counter[str] = field(default_factory=Counter)
    control: str = ""
    """What the positive control proved: that this would have been seen."""

    @property
    def is_clean(self) -> bool:
        nothing = not (self.accepted or self.crashed or self.left)
        return nothing and self.honest == self.honest_taken and bool(self.control) and self.tries > 0


def as_markdown(rows: list[Row]) -> str:
    """The table of the page."""
    head = "| Attack | Tries | Accepted | Crashed | Left behind | Set aside | Honest, taken in | What became of it |\n"
    lines = [head + "|---|---:|---:|---:|---:|---:|---:|---|"]
    for row in rows:
        said = "; ".join(f"{words} ({count})" for words, count in row.said.most_common(6)) or "–"
        honest = f"{row.honest_taken} of {row.honest}" if row.honest else "–"
        lines.append(
            f"| {row.attack} | {row.tries:,} | {row.accepted} | {row.crashed} | {row.left} |"
            f" {row.aside or '–'} | {honest} | {said} |"
        )
    return "\n".join(lines)


def controls(rows: list[Row]) -> str:
    """What each line was shown to notice."""
    return "\n".join(f"- **{row.attack}**: {row.control}" for row in rows)
