"""Starts the two other engines and talks to them. They are programs for comparing with; nothing of them is shipped."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
from pathlib import Path
from threading import Timer
from typing import Any, Final, Protocol

import pyxform
from typing_extensions import override

ZONE: Final = "Europe/London"
HERE: Final = Path(__file__).parent
FOLDER: Final = Path(__file__).parents[3] / ".tools" / "peers" / "node"
JAR: Final = Path(pyxform.__file__).parent / "validators" / "odk_validate" / "bin" / "ODK_Validate.jar"

PATIENCE: Final = 180.0
"""Seconds that a peer may take for one answer before it counts as hanging; commonly it takes hundredths of one."""

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

    def __init__(self, command: list[str], patience: float = PATIENCE) -> None:
        self._command = command
        self._patience = patience
        self._process = self._started()

    def _started(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self._command,
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
        """Ask for something. A program that was stopped because it hung, or that ended, is started again."""
        if self._process.poll() is not None:
            self._close()
            self._process = self._started()
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()

    def receive(self) -> dict[str, Any]:
        """What it says to the oldest request that is not answered yet.

        Raises:
            PeerFailed: It says that it could not, or it hung and was stopped.
        """
        assert self._process.stdout is not None
        watch = Timer(self._patience, self._process.kill)
        watch.start()
        line = self._process.stdout.readline()
        watch.cancel()
        answer: dict[str, Any] = json.loads(line) if line else {"error": self._end()}
        if "error" in answer:
            raise PeerFailed(answer["error"])
        return answer

    def _end(self) -> str:
        killed = self._process.wait() == -signal.SIGKILL
        return f"it hung for {self._patience:g} seconds" if killed else "it ended"

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
        self._process.stdin.close()
        self._process.wait(timeout=20)
        self._close()

    def _close(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()


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
