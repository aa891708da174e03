"""Refuses a built folder that holds what may not be given away with this program: licence_gate.py FOLDER.

Some parts of Qt are published under the GPL or a commercial licence only; the rest is LGPL and may go along.
A default build of any Qt program takes the on-screen keyboard, silently. Java archives go along with nothing here.
"""

# ruff: noqa: T201 - a command speaks on the console

import re
import sys
from pathlib import Path

REFUSED = re.compile(
    r"VirtualKeyboard|qtvirtualkeyboard|Charts|Graphs|DataVisualization|Lottie|NetworkAuth|Quick3D|QuickTimeline"
    r"|ShaderTools|WaylandCompositor|HttpServer|QtGrpc|Qt6Grpc|QtMqtt|Qt6Mqtt|QtCoap|Qt6Coap|QtOpcUa|Qt6OpcUa|\.jar$"
)


def refused(folder: Path) -> list[str]:
    """Return the files that may not be in the folder, by their path in it."""
    paths = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))
    return [path for path in paths if REFUSED.search(path)]


def main() -> int:
    """Say what was found; 0 when the folder may be given away."""
    folder = Path(sys.argv[1])
    if not folder.is_dir() or not any(folder.rglob("*")):
        print(f"There is nothing built in {folder}.", file=sys.stderr)
        return 2
    found = refused(folder)
    for path in found:
        print(f"May not be given away with the program: {path}", file=sys.stderr)
    if not found:
        print(f"Nothing in {folder} is under a licence that keeps it here.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
