"""Starts the two other engines and talks to them. They are programs for comparing with; nothing of them is shipped."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any, Final, Protocol

import pyxform
from typing_extensions import override

ZONE: Final = "Europe/London"
HERE: Final = Path(__file__).parent
FOLDER: Final = Path(__file__).parents[3] / ".tools" / "peers" / "node"
JAR: Final = Path(pyxform.__file__).parent / "validators" / "odk_validate" / "bin" / "ODK_Validate.jar"

Row = dict[str, Any]
"""One node: ref and relevant; of a leaf also value, readonly, required, constraint_valid, and label and choices."""
Operation = dict[str, str]


class PeerFailed(Exception):
    """A peer could not do what it was asked; the message is its own."""


class LoadedForm(Protocol):
    """What a peer needs to know of a form."""

    @property
    def xml(self) -> str:
        """The form."""
        ...

    @property
    def javarosa_xml(self) -> str:
        """The form, with what JavaRosa does not know said in other words."""
        ...

    @property
    def media(self) -> dict[str, str]:
        """Its files, by name."""
        ...


class Peer:
    """One running program. Requests may be sent to several before their answers are awaited."""

    name = ""

    def __init__(self, command: list[str]) -> None:
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            env={**os.environ, "TZ": ZONE},
        )

    def source(self, form: LoadedForm) -> str:
        """The form as this peer can read it."""
        return form.xml

    def send(self, request: dict[str, Any]) -> None:
        """Ask for something."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()

    def receive(self) -> dict[str, Any]:
        """What it says to the oldest request that is not answered yet.

        Raises:
            PeerFailed: It says that it could not.
        """
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        answer: dict[str, Any] = json.loads(line) if line else {"error": "it ended"}
        if "error" in answer:
            raise PeerFailed(answer["error"])
        return answer

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """Ask, and wait for the answer."""
        self.send(request)
        return self.receive()

    def load(self, form: LoadedForm) -> dict[str, Any]:
        """The request that begins a form."""
        return {"do": "load", "xml": self.source(form), "media": form.media}

    def stop(self) -> None:
        """End the program."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(timeout=20)
        self._process.stdout.close()


class JavaRosa(Peer):
    """The engine of ODK Collect, from the checker that comes with the compiler of spreadsheets."""

    name = "javarosa"

    def __init__(self) -> None:
        zone = f"-Duser.timezone={ZONE}"
        languages = ("-Duser.language=en", "-Duser.country=GB")
        super().__init__(["java", zone, *languages, "-Xss8m", "-cp", str(JAR), str(HERE / "Harness.java")])

    @override
    def source(self, form: LoadedForm) -> str:
        return form.javarosa_xml


class WebForms(Peer):
    """ODK web-forms, under node."""

    name = "web-forms"

    def __init__(self) -> None:
        install()
        super().__init__(["node", "--max-old-space-size=8192", str(HERE / "harness.mjs"), str(FOLDER)])


def install() -> None:
    """Put the packages of web-forms into a folder of their own, once for each change of their list."""
    wanted = (HERE / "package-lock.json").read_bytes()
    done = FOLDER / "done.json"
    if done.exists() and done.read_bytes() == wanted:
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, FOLDER / name)
    subprocess.run(
        ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=FOLDER, check=True
    )
    done.write_bytes(wanted)


def missing() -> str:
    """What has to be installed before the peers can run; '' when all is there."""
    absent = [program for program in ("java", "node", "npm") if shutil.which(program) is None]
    return f"not installed: {', '.join(absent)}" if absent else "" if JAR.exists() else f"there is no {JAR}"
