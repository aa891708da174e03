"""The operating system's password store, as a place for small secrets; trusted only once tried.

A library that finds "some" backend may find one that writes plain text, or none at all and say that it is well.
So the four real ones are named here, and each is believed only after writing, reading back and deleting.
"""

import queue
import threading
from base64 import b64decode, b64encode
from collections.abc import Callable
from typing import Any, Final, Protocol, TypeVar

import keyring.errors
from keyring.backend import KeyringBackend
from keyring.backends import SecretService, Windows, kwallet, macOS

from iowscp_desktop.crypto import random_bytes
from iowscp_desktop.errors import KeyringAbsent, KeyringForgot, KeyringLocked, KeyringSilent, KeysError

SERVICE_ROOT: Final = "uk.iowscp.desktop"
PATIENCE: Final = 30.0
"""Seconds. A desktop may be showing its own question meanwhile."""

_USER = "iowscp-desktop"  # shown by some desktops beside the service: it names nobody
_TRUSTED: tuple[type[KeyringBackend], ...] = (
    Windows.WinVaultKeyring,
    macOS.Keyring,
    SecretService.Keyring,
    kwallet.DBusKeyring,
)
_T = TypeVar("_T")


class SecretStore(Protocol):
    """Where a slot's secret is kept outside the key file. Each name holds one secret and is never overwritten."""

    def store(self, name: str, secret: bytes) -> None:
        """Keep a secret, and make sure that it is kept."""
        ...

    def load(self, name: str) -> bytes:
        """Return a secret.

        Raises:
            KeyringForgot: It is not there.
        """
        ...

    def forget(self, name: str) -> None:
        """Remove a secret; one that is not there is no error."""
        ...

    def give_up(self) -> None:
        """Let whoever waits for an answer now wait no longer."""
        ...


class SystemKeyring:
    """The keyring of the signed-in user: Credential Manager, Keychain, Secret Service or KWallet.

    Each call asks in a thread of its own and waits at most `patience` seconds.
    """

    def __init__(self, *, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._asking: set[queue.SimpleQueue[Any]] = set()

    def probe(self) -> None:
        """Return if this keyring really keeps secrets: one is written, read back and deleted.

        Raises:
            KeyringAbsent: There is none that can be trusted.
            KeyringLocked: There is one, and it will not open.
            KeyringSilent: It has not answered in time.
        """
        name, secret = f"{SERVICE_ROOT}/probe/{random_bytes(8).hex()}", random_bytes(16)
        self.store(name, secret)
        self.forget(name)

    def store(self, name: str, secret: bytes) -> None:
        """Keep a secret, and read it back.

        Raises:
            KeysError: As `probe`.
        """
        text = b64encode(secret).decode("ascii")

        def write(backend: KeyringBackend) -> str | None:
            backend.set_password(name, _USER, text)
            return backend.get_password(name, _USER)

        if self._asked(write) != text:
            raise KeyringAbsent

    def load(self, name: str) -> bytes:
        """Return a secret.

        Raises:
            KeyringForgot: The keyring works and does not hold it.
            KeysError: As `probe`.
        """
        text = self._asked(lambda backend: backend.get_password(name, _USER))
        try:
            return b64decode(text or "", validate=True) if text else _nothing()
        except ValueError as error:  # somebody wrote there what we did not
            raise KeyringForgot from error

    def forget(self, name: str) -> None:
        """Remove a secret; one that is not there is no error.

        Raises:
            KeysError: As `probe`.
        """

        def remove(backend: KeyringBackend) -> None:
            if backend.get_password(name, _USER) is not None:
                backend.delete_password(name, _USER)

        self._asked(remove)

    def give_up(self) -> None:
        """Let every question that is being waited for fail now with `KeyringSilent`; from any thread."""
        for answers in tuple(self._asking):
            answers.put((None, KeyringSilent(self._patience)))

    def _asked(self, question: Callable[[KeyringBackend], _T]) -> _T:
        """Return the answer to a question, or raise what it failed with, in words of ours."""
        answers: queue.SimpleQueue[tuple[_T | None, KeysError | None]] = queue.SimpleQueue()
        # A prompt that nobody answers cannot be called back: such a thread must not keep the program alive.
        worker = threading.Thread(target=_ask, args=(question, answers), name="keyring", daemon=True)
        self._asking.add(answers)
        worker.start()
        try:
            answer, error = answers.get(timeout=self._patience)
        except queue.Empty:
            raise KeyringSilent(self._patience) from None
        finally:
            self._asking.discard(answers)
        if not isinstance(error, KeyringSilent):  # of a question that was given up, nobody knows when it ends
            worker.join()
        if error is not None:
            raise error
        return answer  # type: ignore[return-value]  # None only where the question's own answer is None


def _ask(
    question: Callable[[KeyringBackend], _T], answers: "queue.SimpleQueue[tuple[_T | None, KeysError | None]]"
) -> None:
    """Ask the trusted backend; runs in a thread of its own."""
    try:
        answers.put((question(_backend()), None))
    except KeysError as error:
        answers.put((None, error))
    except keyring.errors.KeyringLocked as error:
        answers.put((None, _caused(KeyringLocked(), error)))
    except Exception as error:  # noqa: BLE001 - D-Bus, Windows and macOS raise whatever they like: all mean "no keyring"
        answers.put((None, _caused(KeyringAbsent(), error)))


def _backend() -> KeyringBackend:
    """Return the best of the trusted backends that can work here; what the user's settings name is not asked."""
    viable = [kind for kind in _TRUSTED if kind.viable]
    if not viable:
        raise KeyringAbsent
    backend = max(viable, key=lambda kind: kind.priority)()
    if isinstance(backend, Windows.WinVaultKeyring):
        backend.persist = "local machine"  # by default the secret would roam to every computer of the domain
    return backend


def _nothing() -> bytes:
    raise KeyringForgot


def _caused(error: KeysError, cause: BaseException) -> KeysError:
    error.__cause__ = cause
    return error
