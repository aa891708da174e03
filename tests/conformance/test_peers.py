"""A peer that hangs or ends does not stop the comparison."""

import sys

import pytest

from tests.conformance.peers.engines import Peer, PeerFailed

ANSWERS_EVERYTHING_BUT_LOAD = (
    "import sys\n"
    "for line in sys.stdin:\n"
    "    while 'load' in line: line = sys.stdin.readline()\n"
    "    if 'end' in line: sys.exit()\n"
    "    print('{\"state\": []}', flush=True)\n"
)


def test_a_peer_that_hangs_is_stopped_said_to_hang_and_started_again() -> None:
    peer = Peer([sys.executable, "-c", ANSWERS_EVERYTHING_BUT_LOAD], patience=1)
    assert peer.ask({"do": "perform"}) == {"state": []}

    with pytest.raises(PeerFailed, match="hung"):
        peer.ask({"do": "load"})

    assert peer.ask({"do": "perform"}) == {"state": []}
    peer.stop()


def test_a_peer_that_ends_is_said_to_have_ended() -> None:
    peer = Peer([sys.executable, "-c", ANSWERS_EVERYTHING_BUT_LOAD])

    with pytest.raises(PeerFailed, match="ended"):
        peer.ask({"do": "end"})

    peer.stop()
