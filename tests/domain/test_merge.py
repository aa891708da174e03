"""The laws of merging, on journals that Hypothesis invents, edges across registers among them."""

from collections.abc import Callable, Iterable
from hashlib import sha256
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iowscp_desktop.domain.ids import EntryId, Register, SpaceId, StreamId
from iowscp_desktop.domain.journal import EntryHash
from iowscp_desktop.domain.merge import Fact, Journal, Link, Standing, standing, story, union

STREAMS = [StreamId(name) for name in ("s1", "s2", "s3")]
REGISTERS = [Register(name) for name in ("a", "b")]
SPACES = [SpaceId("response/1"), SpaceId("response/2")]


@st.composite
def any_journal(draw: st.DrawFn) -> Journal:
    """Return entries of any sort: honest, strayed, naming what has not come, of stories that part and part again."""
    told: list[Fact] = []
    for _ in range(draw(st.integers(0, 12))):
        before = draw(st.sampled_from([None, *told]))
        stream = draw(st.sampled_from(STREAMS)) if before is None else before.id.stream
        id_ = EntryId(stream, 1 if before is None else before.id.seq + 1)
        edges = draw(st.lists(st.tuples(st.sampled_from(STREAMS), st.integers(1, 5)), max_size=2, unique=True))
        space, register = draw(st.sampled_from(SPACES)), draw(st.sampled_from(REGISTERS))
        prev = EntryHash("" if before is None else before.hash)
        told.append(
            Fact(
                id=id_,
                hash=_hashed(f"{prev}{id_}{space}{register}{edges}"),  # as the real hash, it covers all of the entry
                prev=prev,
                space=space,
                register=register,
                replaces=tuple(EntryId(*edge) for edge in edges),
            )
        )
    return frozenset(told)


def _hashed(text: str) -> EntryHash:
    return EntryHash(sha256(text.encode()).hexdigest())


journals = any_journal()


@st.composite
def honest_history(draw: st.DrawFn) -> list[tuple[int, Fact]]:
    """Return what happened on three devices that saw parts of each other's work: (device, entry) in time order."""
    seen: list[set[Fact]] = [set(), set(), set()]
    done: list[tuple[int, Fact]] = []
    counts = [0, 0, 0]
    for _ in range(draw(st.integers(1, 14))):
        device = draw(st.integers(0, 2))
        if draw(st.booleans()):
            seen[device] |= seen[draw(st.integers(0, 2))]
        register = draw(st.sampled_from(REGISTERS))
        now = standing(seen[device]).heads.get((SPACES[0], register), frozenset())
        counts[device] += 1
        id_ = EntryId(STREAMS[device], counts[device])
        fact = Fact(
            id=id_,
            hash=EntryHash(str(id_)),
            prev=EntryHash(str(EntryId(id_.stream, id_.seq - 1))),
            space=SPACES[0],
            register=register,
            replaces=tuple(sorted(now)),
        )
        seen[device].add(fact)
        done.append((device, fact))
    return done


@given(journals, journals)
def test_merging_is_commutative(ours: Journal, theirs: Journal) -> None:
    assert standing(union(ours, theirs)) == standing(union(theirs, ours))


@given(journals, journals, journals)
def test_merging_is_associative(one: Journal, two: Journal, three: Journal) -> None:
    assert standing(union(union(one, two), three)) == standing(union(one, union(two, three)))


@given(journals)
def test_merging_twice_changes_nothing(ours: Journal) -> None:
    assert standing(union(ours, ours)) == standing(ours)


def _lost(history: Iterable[Fact], settle: Callable[[Journal], Standing]) -> list[Fact]:
    """Return entries that vanished although nobody who saw them replaced them."""
    journal = frozenset(history)
    heads = {id_ for ids in settle(journal).heads.values() for id_ in ids}
    named = {(edge, fact.space, fact.register) for fact in journal for edge in fact.replaces}
    return [f for f in journal if f.id not in heads and (f.id, f.space, f.register) not in named]


@given(honest_history())
def test_no_entry_vanishes_unless_one_who_saw_it_replaced_it(history: list[tuple[int, Fact]]) -> None:
    assert not _lost([fact for _, fact in history], standing)


@given(honest_history())
def test_one_who_saw_all_heads_settles_a_conflict(history: list[tuple[int, Fact]]) -> None:
    journal = frozenset(fact for _, fact in history)
    place, ids = next(iter(standing(journal).heads.items()))
    settled = Fact(
        id=EntryId(StreamId("team"), 1),
        hash=EntryHash("t"),
        prev=EntryHash(""),
        space=place[0],
        register=place[1],
        replaces=tuple(ids),
    )

    assert standing(journal | {settled}).heads[place] == {settled.id}


@given(journals)
def test_an_edge_out_of_its_register_hides_nothing(journal: Journal) -> None:
    held = standing(journal)
    places = {fact.id: (fact.space, fact.register) for fact in journal}
    told = _in_force(journal)

    for fact in (f for f in told if f.id not in held.strayed | held.forked):
        by = [f for f in told if fact.id in f.replaces and f.id not in held.strayed]
        if all((f.space, f.register) != places[fact.id] for f in by):
            assert fact.id in held.heads[(fact.space, fact.register)]


def _in_force(journal: Journal, named: frozenset[EntryHash] = frozenset()) -> list[Fact]:
    links = {stream: [Link(f.id.seq, f.hash, f.prev) for f in journal if f.id.stream == stream] for stream in STREAMS}
    hashes = {link for each in links.values() for link in story(each, named)}
    return [fact for fact in journal if fact.hash in hashes]


@given(journals, st.randoms(use_true_random=False))
def test_one_story_of_each_stream_is_in_force_without_a_hole(journal: Journal, chance: Random) -> None:
    named = frozenset(fact.hash for fact in journal if chance.random() < 0.3)
    told = _in_force(journal, named)

    for stream in STREAMS:
        own = sorted((fact for fact in told if fact.id.stream == stream), key=lambda fact: fact.id.seq)
        assert [fact.id.seq for fact in own] == list(range(1, len(own) + 1))
        assert [fact.prev for fact in own] == [EntryHash(""), *(fact.hash for fact in own)][: len(own)]
        begun = [fact.hash for fact in journal if fact.id == EntryId(stream, 1)]
        assert bool(own) == bool(begun)
        if own:
            assert own[0].hash == min({*begun} & named or begun)


def test_a_story_that_the_team_named_goes_on_and_of_two_the_lowest() -> None:
    one, two, three = (Link(1, EntryHash(name), EntryHash("")) for name in "abc")
    further = Link(2, EntryHash("d"), two.hash)

    assert story([one, two, three, further]) == ["a"]
    assert story([one, two, three, further], [two.hash, three.hash]) == ["b", "d"]
    assert story([further], begin=two) == ["d"]


def last_writer_wins(journal: Journal) -> Standing:
    """A mutant kept as a test double: of several heads the greatest id wins and the others are forgotten."""
    held = standing(journal)
    return Standing(
        heads={place: frozenset({max(ids)}) for place, ids in held.heads.items()},
        strayed=held.strayed,
        forked=held.forked,
    )


def test_a_last_writer_wins_merge_is_caught() -> None:
    @given(honest_history())
    def law(history: list[tuple[int, Fact]]) -> None:
        assert not _lost([fact for _, fact in history], last_writer_wins)

    with pytest.raises(AssertionError):
        law()
