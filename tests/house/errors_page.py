"""Writes `docs/errors.md` from the errors themselves: `python -m tests.house.errors_page`."""

from pathlib import Path

from iowscp_desktop.errors import AppError

PAGE = Path(__file__).parents[2] / "docs" / "errors.md"
_HEAD = """# What can go wrong, by code

Every message the program shows carries a code. The code never changes, so it can be read out on the
telephone; the words may. This page is written from the program (`make fmt`) and a test holds it to it.
"""


def leaves(kind: type[AppError]) -> list[type[AppError]]:
    """The errors a person may meet below one branch, or all of them, by code."""
    below = kind.__subclasses__()
    return sorted((leaf for each in below for leaf in leaves(each)), key=lambda leaf: leaf.code) if below else [kind]


def branches() -> list[type[AppError]]:
    """The branches of the tree, in the order of their letters."""
    ours = [kind for kind in AppError.__subclasses__() if kind.__module__.startswith("iowscp_desktop.")]
    return sorted(ours, key=lambda kind: leaves(kind)[0].code)


def page() -> str:
    """The whole page."""
    parts = [_HEAD]
    for branch in branches():
        parts.append(f"\n## {leaves(branch)[0].code[0]} · {_says(branch)}\n")
        parts.append("\n| Code | What happened | What to do |\n|---|---|---|\n")
        parts += [f"| {leaf.code} | {_says(leaf)} | {leaf.remedy} |\n" for leaf in leaves(branch)]
    return "".join(parts).replace("\n\n\n", "\n\n")


def _says(kind: type[AppError]) -> str:
    first = (kind.__doc__ or "").strip().split("\n\n")[0]
    return " ".join(first.split()).replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
