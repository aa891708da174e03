"""Files that are whole, rightly signed and rightly sealed, and say what no honest program says."""

import random

import msgspec

from iowscp_desktop.bundles import MemberSource
from iowscp_desktop.bundles.canonical import canonical
from iowscp_desktop.crypto import SigningKey
from iowscp_desktop.domain.ids import SpaceId, response_space
from tests.app.test_exchange import send_return, write_answer
from tests.hostile.ground import Ground
from tests.hostile.people import as_written, said, written_by
from tests.hostile.trying import Attack


def _saying(ground: Ground, payload: bytes) -> bytes:
    """A file with one entry that says this, committed to by its author."""
    return written_by(ground, [ground.liar.with_payload(payload)], signer=ground.liar.ws.keys.signing)


def _plain(ground: Ground) -> bytes:
    return b'{"kind":"answer-recorded","question_id":"staff","value":"%d"}' % next(ground.names)


def said_plainly(ground: Ground, _chance: random.Random) -> bytes:
    """The twin of what is said in two ways: the same, said in one."""
    return _saying(ground, _plain(ground))


_TWICE = (
    (b'"value":', b'"value":"0","value":'),
    (b'"question_id":', b'"question_id":"adult","question_id":'),
    (b'"kind":', b'"kind":"answer-recorded","kind":'),
    (b'"kind":', b'"later":{"a":1,"a":2},"kind":'),
    (b'"value"', b' "value"'),
    (b'"value"', b'"\\u0076alue"'),
    (b'"staff"', b'"st\\u0061ff"'),
)


def said_twice(ground: Ground, chance: random.Random) -> bytes:
    """One key twice inside an event, or an event written in another way: its author committed to these very bytes."""
    return _saying(ground, _plain(ground).replace(*chance.choice(_TWICE)))


def said_deeply(ground: Ground, chance: random.Random) -> bytes:
    """Lists in lists in lists inside an event, committed to by its author."""
    depth = chance.choice([2_000, 50_000, 400_000])
    opened, closed = chance.choice([(b"[", b"]"), (b'{"a":', b"}")])
    middle = b"1" if opened != b"[" else b""
    return _saying(ground, _plain(ground)[:-1] + b',"later":' + opened * depth + middle + closed * depth + b"}")


_NUMBERS = (
    b'{"kind":"answer-recorded","question_id":"staff","value":"1","v":-1}',
    b'{"kind":"answer-recorded","question_id":"staff","value":"1","v":0.5}',
    b'{"kind":"answer-recorded","question_id":"staff","value":1}',
    b'{"kind":"answer-recorded","question_id":"staff","value":"1","later":1e999}',
    b'{"kind":"answer-recorded","question_id":"staff","value":"\\ud800"}',
    b'{"kind":"answer-recorded","question_id":"staff","value":"\xff"}',
    b'{"kind":"answer-recorded","question_id":"staff"}',
    b'{"kind":"answer-recorded","question_id":"adult","value":"1"}',
    b'{"kind":"repeat-added","question_id":"staff","value":"1"}',
    b"{}",
)


def said_wrongly(ground: Ground, chance: random.Random) -> bytes:
    """An event with a number, a letter or a field that is none, or that its header does not name."""
    return _saying(ground, chance.choice(_NUMBERS))


def false_introduction(ground: Ground, chance: random.Random) -> bytes:
    """A laptop that is known carries what a stranger wrote, with a false answer to an invitation, or another's."""
    stranger = SigningKey.generate()
    genuine = ground.unanswered.store.local.value("enrolment") or b""
    answer = msgspec.json.decode(genuine)
    answer["body"]["device"] = stranger.verify_key.hex
    if chance.random() < 0.5:
        answer[chance.choice(["proof", "vouched"])] = "0" * 128
    piece = as_written(ground, stranger, [said(ground)])
    more = [MemberSource.of_bytes("introduction", canonical(answer))]
    return written_by(ground, [piece], signer=ground.liar.ws.keys.signing, more=more)


def true_words(ground: Ground, _chance: random.Random) -> bytes:
    """Its twin: a laptop that is known carries what it wrote."""
    write_answer(ground.liar.ws, ground.liar.response_id, "staff", str(next(ground.names) % 1000))
    return send_return(ground.liar.ws, ground.liar.response_id, ground.inbox).read_bytes()


def _counted(ground: Ground, space: SpaceId | None, count: int) -> bytes:
    """A file that says it has seen far more of very many streams than anybody wrote."""
    key = ground.liar.ws.keys.signing
    seen = {f"{number:032x}": 2**53 - 1 for number in range(count)}
    return written_by(ground, [as_written(ground, key, [said(ground)], space)], signer=key, seen=seen)


def beyond_numbers(ground: Ground, chance: random.Random) -> bytes:
    """Counts that add up to more than a table holds, beside an entry in another school's response."""
    return _counted(ground, response_space(ground.honest_response), chance.choice([1_100, 5_000]))


def counted_otherwise(ground: Ground, _chance: random.Random) -> bytes:
    """Its twin: the same counts beside an entry that may be written. They are told, and keep nothing out."""
    return _counted(ground, None, 5_000)


ATTACKS = (
    Attack("an event that can be read in two ways, rightly sealed", said_twice, said_plainly, 100),
    Attack("an event nested deep, rightly sealed", said_deeply, said_plainly, 40),
    Attack("an event that is none, rightly sealed", said_wrongly, said_plainly, 100),
    Attack("a stranger with a false answer, carried by another", false_introduction, true_words, 60),
    Attack("counts that add up to more than a number", beyond_numbers, counted_otherwise, 20),
)
