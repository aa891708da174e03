"""The keyring slot against a real Secret Service (gnome-keyring on a bus of its own), in every state it can be in.

Run as a program, this file plays one part inside such a session and prints what happened as JSON.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from iowscp_desktop.crypto import Cost
from iowscp_desktop.errors import KeysError
from iowscp_desktop.store.keyring_slot import SystemKeyring
from iowscp_desktop.store.keys import Locks, create_keys, remove_keyring, unlock_with_keyring, unlock_with_passphrase

NEEDED = ("dbus-run-session", "gnome-keyring-daemon", "dbus-send")
MISSING = [name for name in NEEDED if shutil.which(name) is None]

pytestmark = [
    pytest.mark.keyring,
    pytest.mark.skipif(
        bool(MISSING), reason=f"NOT PROVED HERE: no {', '.join(MISSING)} (apt-get install dbus gnome-keyring)"
    ),
]

ROOT = Path(__file__).parents[2]
SESSION = Path(__file__).with_name("secret_service.sh")
KEY = bytes(range(32))
NAME = "uk.iowscp.desktop/test/kept"
CHEAP = Cost(memory_kib=19 * 1024, passes=2, lanes=1)
Said = dict[str, str]
PASSPHRASE = "only for tests"  # noqa: S105 - it opens nothing of anybody's
PATIENCE = 20.0
FORGOT = {"kept": "KeyringForgot", "workspace": "KeyringForgot", "by passphrase": "the key"}


def played(part: str, room: Path, *, session: bool = True, **environment: str) -> Said:
    """Play one part in a session of its own and return what it said."""
    command = [sys.executable, "-m", "tests.store.test_keys_secret_service", part, str(room)]
    done = subprocess.run(
        [SESSION, *command] if session else command,
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "ROOM": str(room), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("secrets")


@pytest.fixture(scope="module")
def first(room: Path) -> Said:
    """One long session, from a fresh keyring to a killed daemon."""
    return played("first", room)


def test_a_working_keyring_passes_its_probe_and_keeps_nothing_of_it(first: Said) -> None:
    assert first["probe"] == "well"
    assert first["left by the probe"] == "0"


def test_a_secret_is_kept_found_and_forgotten(first: Said) -> None:
    assert first["kept"] == "the secret"
    assert first["never kept"] == "KeyringForgot"
    assert first["forgotten"] == "KeyringForgot"
    assert first["forgotten twice"] == "well"


def test_a_workspace_opens_by_the_keyring_until_it_is_removed_from_it(first: Said) -> None:
    assert first["workspace"] == "the key"
    assert first["workspace removed"] == "SlotMissing"
    assert first["workspace by passphrase"] == "the key"


def test_what_somebody_else_wrote_there_is_no_secret_of_ours(first: Said) -> None:
    assert first["overwritten"] == "KeyringForgot"


def test_the_label_that_the_desktop_shows_names_nobody(first: Said) -> None:
    assert first["label"] == f"Password for 'iowscp-desktop' on '{NAME}'"


def test_a_daemon_that_does_not_answer_is_not_waited_for(first: Said) -> None:
    assert first["stopped"] == "KeyringSilent"


def test_a_locked_and_a_killed_keyring_are_locked(first: Said) -> None:
    assert first["locked"] == "KeyringLocked"
    assert first["killed"] in ("KeyringLocked", "KeyringAbsent")


def test_a_secret_outlives_the_session(first: Said, room: Path) -> None:
    assert played("later", room)["kept"] == "the secret"


def test_a_keyring_of_another_login_password_stays_locked(first: Said, room: Path) -> None:
    said = played("later", room, KEYRING_PASSWORD="not the one")  # noqa: S106 - on purpose

    assert said == {**dict.fromkeys(("probe", "kept", "workspace"), "KeyringLocked"), "by passphrase": "the key"}


def test_without_a_bus_there_is_no_keyring(first: Said, room: Path) -> None:
    said = played("later", room, session=False)

    assert said == {**dict.fromkeys(("probe", "kept", "workspace"), "KeyringAbsent"), "by passphrase": "the key"}


def test_a_setting_that_names_a_keyring_of_straw_is_not_followed(room: Path, first: Said) -> None:
    straw = "keyring.backends.null.Keyring"

    assert played("later", room, PYTHON_KEYRING_BACKEND=straw)["kept"] == "the secret"
    assert played("later", room, session=False, PYTHON_KEYRING_BACKEND=straw)["probe"] == "KeyringAbsent"


@pytest.mark.parametrize("trial", [1, 2])
def test_a_keyring_that_was_wiped_has_forgotten_and_the_passphrase_still_opens(
    first: Said, room: Path, tmp_path: Path, trial: int
) -> None:
    wiped = tmp_path / f"trial-{trial}"
    shutil.copytree(room, wiped, ignore=shutil.ignore_patterns("run", "keyrings"))

    said = played("later", wiped)

    assert said == {**FORGOT, "probe": "well"}


@pytest.mark.parametrize("trial", [1, 2])
def test_on_another_bus_there_is_another_keyring(first: Said, room: Path, tmp_path: Path, trial: int) -> None:
    said = played("later", room, ROOM=str(tmp_path / f"trial-{trial}"))

    assert said == {**FORGOT, "probe": "well"}


@pytest.mark.parametrize("part", ["killed", "locked"])
@pytest.mark.parametrize("trial", [1, 2])
def test_a_keyring_lost_while_it_was_trusted_leaves_the_passphrase(
    first: Said, room: Path, tmp_path: Path, part: str, trial: int
) -> None:
    place = tmp_path / f"trial-{trial}"
    shutil.copytree(room, place, ignore=shutil.ignore_patterns("run"))

    said = played(part, place)

    assert said["before"] == "the key"
    assert said["workspace"] in ("KeyringLocked", "KeyringAbsent")
    assert said["by passphrase"] == "the key"


def test_who_does_not_want_to_wait_for_a_silent_keyring_need_not(tmp_path: Path) -> None:
    said = played("silent", tmp_path)

    assert said["given up"] == "KeyringSilent"
    assert float(said["after"]) < PATIENCE / 2


# --- the parts, played inside the session -------------------------------------------------------------


def _said(deed: Callable[[], object]) -> str:
    """Do something and say how it went."""
    try:
        result = deed()
    except KeysError as error:
        return type(error).__name__
    return result if isinstance(result, str) else "well"


def _later(room: Path, keyring: SystemKeyring) -> Said:
    kept = room / "kept" / "w.db"
    return {
        "probe": _said(keyring.probe),
        "kept": _said(lambda: keyring.load(NAME).decode()),
        "workspace": _said(lambda: _key_word(unlock_with_keyring(kept, keyring).database_key)),
        "by passphrase": _said(lambda: _key_word(unlock_with_passphrase(kept, PASSPHRASE).database_key)),
    }


def _silent(_room: Path, _keyring: SystemKeyring) -> Said:
    """Ask a daemon that hangs, and give it up from another thread, as the button on the screen does."""
    os.kill(int(os.environ["KEYRING_DAEMON"]), signal.SIGSTOP)
    patient = SystemKeyring(patience=PATIENCE)
    threading.Timer(0.3, patient.give_up).start()
    began = time.monotonic()
    return {"given up": _said(patient.probe), "after": str(time.monotonic() - began)}


def _lost(room: Path, keyring: SystemKeyring, *, killed: bool) -> Said:
    import secretstorage  # noqa: PLC0415 - it is there only where a Secret Service can be

    said = {f"{name} before": what for name, what in _later(room, keyring).items()}
    if killed:
        os.kill(int(os.environ["KEYRING_DAEMON"]), signal.SIGKILL)
    else:
        connection = secretstorage.dbus_init()
        secretstorage.get_default_collection(connection).lock()
        connection.close()
    return {"before": said["workspace before"]} | _later(room, keyring)


def _key_word(key: bytes) -> str:
    return "the key" if key == KEY else "another key"


def _first(room: Path, keyring: SystemKeyring) -> Said:
    import secretstorage  # noqa: PLC0415 - it is there only where a Secret Service can be

    connection = secretstorage.dbus_init()
    collection = secretstorage.get_default_collection(connection)
    said = {"probe": _said(keyring.probe), "left by the probe": str(len(list(collection.get_all_items())))}
    said |= _secrets(keyring) | _workspaces(room, keyring)
    items = {item.get_attributes()["service"]: item for item in collection.get_all_items()}
    said["label"] = items[NAME].get_label()
    keyring.store(NAME + "/spoilt", b"ours")
    items = {item.get_attributes()["service"]: item for item in collection.get_all_items()}
    items[NAME + "/spoilt"].set_secret(b"not base64 at all!")
    said["overwritten"] = _said(lambda: keyring.load(NAME + "/spoilt"))

    daemon = int(os.environ["KEYRING_DAEMON"])
    os.kill(daemon, signal.SIGSTOP)
    said["stopped"] = _said(SystemKeyring(patience=0.3).probe)
    os.kill(daemon, signal.SIGCONT)
    collection.lock()
    said["locked"] = _said(lambda: keyring.load(NAME))
    connection.close()
    os.kill(daemon, signal.SIGKILL)
    said["killed"] = _said(lambda: keyring.load(NAME))
    return said


def _secrets(keyring: SystemKeyring) -> Said:
    keyring.store(NAME, b"the secret")
    keyring.store(NAME + "/brief", b"x")
    keyring.forget(NAME + "/brief")
    return {
        "kept": _said(lambda: keyring.load(NAME).decode()),
        "never kept": _said(lambda: keyring.load(NAME + "/never")),
        "forgotten": _said(lambda: keyring.load(NAME + "/brief")),
        "forgotten twice": _said(lambda: keyring.forget(NAME + "/brief")),
    }


def _workspaces(room: Path, keyring: SystemKeyring) -> Said:
    kept, removed = room / "kept" / "w.db", room / "removed" / "w.db"
    for database in (kept, removed):
        database.parent.mkdir()
        given = Locks(passphrase=PASSPHRASE, keyring=keyring, cost=CHEAP)
        unlocked = create_keys(database, db_id=database.parent.name, database_key=KEY, locks=given)
    remove_keyring(removed, unlocked, keyring)
    return {
        "workspace": _said(lambda: _key_word(unlock_with_keyring(kept, keyring).database_key)),
        "workspace removed": _said(lambda: unlock_with_keyring(removed, keyring)),
        "workspace by passphrase": _said(lambda: _key_word(unlock_with_passphrase(removed, PASSPHRASE).database_key)),
    }


if __name__ == "__main__":
    part, folder = sys.argv[1], Path(sys.argv[2])
    play: dict[str, Callable[[Path, SystemKeyring], Said]] = {
        "first": _first,
        "later": _later,
        "silent": _silent,
        "killed": partial(_lost, killed=True),
        "locked": partial(_lost, killed=False),
    }
    sys.stdout.write(json.dumps(play[part](folder, SystemKeyring(patience=10))))
