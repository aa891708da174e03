"""Two laptops of the team decide apart, wrongly set clocks among them: after an exchange both say the same of all."""

import itertools
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from iowscp_desktop.app import (
    conflicts,
    editions,
    erasure,
    handover,
    history,
    identities,
    merging,
    opening,
    panel,
    partial,
    quarantine,
    responses,
    rounds,
    tool_updates,
    two_finals,
)
from iowscp_desktop.app.erasure import Part
from iowscp_desktop.app.filling import open_filling
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.bundles import HolderKeys
from iowscp_desktop.crypto import Identity
from iowscp_desktop.domain.erasure import Why
from iowscp_desktop.domain.events import (
    AnswerRecorded,
    OrganisationAdded,
    PanellistAsked,
    PersonIntroduced,
    ScoreGiven,
    ScoringAsked,
    StoryKept,
)
from iowscp_desktop.domain.grants import UNKNOWN_ROLE
from iowscp_desktop.domain.ids import PersonId, QuestionId, Register, ResponseId, Sha256, panel_space, response_space
from iowscp_desktop.domain.journal import Stream
from tests.app.conftest import PASSPHRASE, Round
from tests.app.newer_tool import newer
from tests.app.test_erasure import erase_all, returned
from tests.app.test_exchange import write_answer
from tests.app.test_hostile_returns import Liar
from tests.app.test_hostile_returns import answer as answered
from tests.app.test_team_laptops import exchange, known, second_laptop
from tests.app.work import answer, panel_member, send_scores, signed_twice, take_files, take_in, two_answers


def years_ahead(ws: Workspace) -> None:
    clock = ws.world.clock
    ws.world = replace(ws.world, clock=lambda: clock() + timedelta(days=3_000))


def say_the_same(one: Workspace, other: Workspace, response_id: ResponseId) -> None:
    """Compare what stands of every kind, and what people are told of it."""
    assert known(one) == known(other)
    told: list[Callable[[Workspace], object]] = [
        conflicts.open_conflicts,
        two_finals.two_finals,
        lambda ws: [(each.key, each.settled) for each in quarantine.set_aside(ws)],
        lambda ws: (
            rounds.returns_of(ws, ws.standing(ScoringAsked)[0].event.round_id) if ws.standing(ScoringAsked) else 0
        ),
        lambda ws: conflicts.readings(ws, response_space(response_id)),
    ]
    for ask in told:
        assert ask(one) == ask(other)
    assert (one.verify().wrongs, other.verify().wrongs) == ((), ())


def test_one_conflict_settled_otherwise_on_two_laptops_is_open_again_and_settled_once(
    audit: Round, tmp_path: Path
) -> None:
    response_id = two_answers(audit, {"heard": "met"}, {"heard": "not"})
    other = second_laptop(audit)
    years_ahead(other)
    for ws, value in ((audit.team, "met"), (other, "partly")):
        (conflict,) = conflicts.open_conflicts(ws)
        conflicts.settle(ws, conflict, value)

    exchange(audit.team, other, tmp_path)
    (again,) = conflicts.open_conflicts(audit.team)
    say_the_same(audit.team, other, response_id)
    conflicts.settle(audit.team, again, "partly")
    exchange(audit.team, other, tmp_path)

    assert {version.value for version in again.versions} == {"met", "partly"}
    assert [held.event.value for held in other.standing(AnswerRecorded)] == ["partly"]
    say_the_same(audit.team, other, response_id)


def test_signed_words_read_otherwise_on_two_laptops_are_to_be_read_again(audit: Round, tmp_path: Path) -> None:
    response_id, _one, _two = signed_twice(audit)
    other = second_laptop(audit)
    years_ahead(other)
    for ws, value in ((audit.team, "One name"), (other, "The other")):
        (conflict,) = conflicts.open_conflicts(ws)
        conflicts.settle(ws, conflict, value, "We asked them")
    assert conflicts.open_conflicts(other) == ()

    exchange(audit.team, other, tmp_path)

    (again,) = conflicts.open_conflicts(audit.team)
    assert conflicts.readings(audit.team, response_space(response_id)) == {}
    say_the_same(audit.team, other, response_id)
    conflicts.settle(other, again, "One name", "We asked them together")
    exchange(audit.team, other, tmp_path)
    assert conflicts.open_conflicts(audit.team) == ()
    assert list(conflicts.readings(audit.team, response_space(response_id)).values()) == ["One name"]


def test_two_finals_of_which_each_laptop_chose_another_wait_again(audit: Round, tmp_path: Path) -> None:
    response_id, _one, _two = signed_twice(audit)
    other = second_laptop(audit)
    for ws, which in ((audit.team, 0), (other, 1)):
        (two,) = two_finals.two_finals(ws)
        two_finals.work_with(ws, two, two.finals[which].key, "The head said so")

    exchange(audit.team, other, tmp_path)

    assert len(two_finals.two_finals(audit.team)) == 1
    say_the_same(audit.team, other, response_id)


def test_a_grade_agreed_otherwise_on_two_laptops_is_not_agreed(audit: Round, tmp_path: Path) -> None:
    school, response_id = audit.laptop()
    answer(school, response_id, {"heard": "met", "adult": "met"})
    take_in(audit, response_id, school)
    member = panel_member(audit, "Kate Panel", response_id)
    member.score(response_id, {"heard": "met", "adult": "met"})
    send_scores(audit, member)
    other = second_laptop(audit)
    years_ahead(other)
    for ws, point in ((audit.team, "met"), (other, "partly")):
        panel.agree(ws, response_id, QuestionId("heard"), point)
        panel.agree(ws, response_id, QuestionId("adult"), "met")

    exchange(audit.team, other, tmp_path)

    agreed = {each.question_id: each.agreed for each in panel.compare(audit.team, response_id)}
    assert (agreed[QuestionId("heard")], agreed[QuestionId("adult")]) == ("", "met")
    assert panel.compare(audit.team, response_id) == panel.compare(other, response_id)
    panel.agree(other, response_id, QuestionId("heard"), "partly")
    exchange(audit.team, other, tmp_path)
    assert {each.question_id: each.agreed for each in panel.compare(audit.team, response_id)}[
        QuestionId("heard")
    ] == "partly"


def test_a_member_who_was_asked_more_by_two_laptops_is_asked_all_of_it(audit: Round, tmp_path: Path) -> None:
    school, response_id = audit.laptop()
    answer(school, response_id, {"heard": "met"})
    take_in(audit, response_id, school)
    member = panel_member(audit, "Kate Panel", response_id)
    other = second_laptop(audit)
    years_ahead(other)
    space = panel_space(audit.round_id, member.person_id)
    for ws, more in ((audit.team, "one"), (other, "two")):
        asked = panel.asked_in(ws, space)
        ws.append(space, replace_responses(asked, more))

    exchange(audit.team, other, tmp_path)

    assert set(panel.asked_in(audit.team, space).responses) == {response_id, "one", "two"}
    assert panel.asked_in(audit.team, space) == panel.asked_in(other, space)
    assert len(audit.team.standing(PanellistAsked)) == 1


def replace_responses(asked: ScoringAsked, more: str) -> ScoringAsked:
    return ScoringAsked(
        round_id=asked.round_id,
        round_title=asked.round_title,
        partnership_name=asked.partnership_name,
        person_id=asked.person_id,
        name=asked.name,
        responses=(*asked.responses, ResponseId(more)),
        recipients=asked.recipients,
    )


@pytest.mark.parametrize("ahead", [0, 1])
def test_no_clock_decides_which_of_two_stands(audit: Round, tmp_path: Path, ahead: int) -> None:
    other = second_laptop(audit)
    years_ahead((audit.team, other)[ahead])
    for ws, name in ((audit.team, "One name"), (other, "Another name")):
        ws.append(ws.space, OrganisationAdded(organisation_id=audit.school, name=name, sort="school"))

    exchange(audit.team, other, tmp_path)

    both = audit.team.standing(OrganisationAdded, organisation_id=audit.school)
    assert len(both) == 2
    chosen = {ws.one(OrganisationAdded, organisation_id=audit.school) for ws in (audit.team, other)}
    assert chosen == {max(both, key=lambda held: held.id).event}


@pytest.mark.parametrize("seed", range(3))
def test_what_two_laptops_decided_of_what_lay_aside_comes_to_the_same(audit: Round, tmp_path: Path, seed: int) -> None:
    chance, liar = Random(seed), Liar(audit, tmp_path)
    other = second_laptop(audit)
    scores = [
        ScoreGiven(judge=PersonId("eve"), response_id=liar.response_id, question_id=QuestionId(name), point="met")
        for name in ("heard", "adult", "staff")
    ]
    files = [liar.write(liar.sealed(liar.chain([answered("adult", "met"), score]))) for score in scores]
    teams = (audit.team, other)
    for ws in teams:
        take_files(ws, chance.sample(files, 3))
    for ws, _ in itertools.product(teams, range(2)):
        waiting = [each for each in quarantine.set_aside(ws) if each.may_release and each.settled is None]
        decide = chance.choice([quarantine.let_count, quarantine.leave_aside])
        decide(ws, chance.choice(waiting), "So we think")

    exchange(*teams, tmp_path)

    say_the_same(*teams, liar.response_id)


def heard(ws: Workspace) -> set[str | None]:
    return {held.event.value for held in ws.standing(AnswerRecorded, question_id="heard")}


def test_two_laptops_that_got_two_stories_in_different_order_come_to_the_same(audit: Round, tmp_path: Path) -> None:
    liar = Liar(audit, tmp_path)
    other = second_laptop(audit)
    stream, first = liar.chain([answered("heard", "met"), answered("adult", "met")])
    again = Stream(device=stream.device, space=stream.space, epoch=stream.epoch)
    second = liar.retell(
        again, liar.chain([answered("heard", "not"), answered("adult", "not"), answered("staff", "1")])[1]
    )
    files = [liar.write(liar.sealed((stream, first))), liar.write(liar.sealed((again, second)))]
    for ws, order in ((audit.team, files), (other, files[::-1])):
        for path in order:
            take_files(ws, [path])
    apart = [
        {held.event.value for held in ws.standing(AnswerRecorded, question_id="heard")} for ws in (audit.team, other)
    ]

    exchange(audit.team, other, tmp_path)

    assert apart == [{"met"}, {"not"}]  # on each the story that came first
    assert len(audit.team.standing(StoryKept)) == 2
    say_the_same(audit.team, other, liar.response_id)
    assert heard(other) == ({"met"} if first[0].hash < second[0].hash else {"not"})


def test_a_story_that_was_left_comes_in_force_again_where_another_laptop_named_it(audit: Round, tmp_path: Path) -> None:
    liar = Liar(audit, tmp_path)
    two, three = (second_laptop(audit, name) for name in ("Bea Team", "Cyd Team"))
    stream, first = liar.chain([answered("heard", "met")])
    again = Stream(device=stream.device, space=stream.space, epoch=stream.epoch)
    second = liar.retell(again, liar.chain([answered("heard", "not")])[1])
    low, high = sorted((first, second), key=lambda told: told[0].hash)
    files = {told[0].hash: liar.write(liar.sealed((stream, told))) for told in (low, high)}
    for ws, stories in ((audit.team, [low]), (two, [high, low]), (three, [low, high])):
        for told in stories:
            take_files(ws, [files[told[0].hash]])
    words = {told[0].hash: {told[0].event.value} for told in (low, high)}  # type: ignore[union-attr] # an answer

    take_files(audit.team, [handover.send_to_team_laptops(two, tmp_path)])
    then = heard(audit.team)
    take_files(audit.team, [handover.send_to_team_laptops(three, tmp_path)])

    assert then == words[high[0].hash]
    assert heard(audit.team) == words[low[0].hash]
    assert audit.team.verify().wrongs == ()


def test_a_copied_laptop_of_the_team_counts_the_same_on_the_others(audit: Round, tmp_path: Path) -> None:
    _school, response_id = audit.laptop()
    two, three = (second_laptop(audit, name) for name in ("Bea Team", "Cyd Team"))
    assert two.store.database.path is not None
    folder = two.store.database.path.parent
    answer(two, response_id, {"staff": "12"})
    two.close()
    shutil.copytree(folder, folder.with_name("copy"))
    files: dict[str, Path] = {}
    for place, words in ((folder, "one"), (folder.with_name("copy"), "another")):
        ws = opening.unlock_by_passphrase(place, PASSPHRASE, audit.setting.world)
        audit.setting.opened.append(ws)
        answer(ws, response_id, {"heard_evidence": words})
        (told,) = ws.store.journal.history(response_space(response_id), Register("answer/heard_evidence"))
        files[told.hash] = handover.send_to_team_laptops(ws, tmp_path)
    low, high = sorted(files)
    for ws, order in ((audit.team, (high, low)), (three, (low, high))):
        for link in order:
            take_files(ws, [files[link]])
    named = audit.team.standing(StoryKept)

    exchange(audit.team, three, tmp_path)

    assert len(named) > 0
    say_the_same(audit.team, three, response_id)


def test_a_list_of_keys_comes_first_that_was_made_knowing_of_the_other(audit: Round) -> None:
    ws, _response_id = audit.laptop()
    known_keys = identities.holder_keys(ws)
    assert known_keys is not None
    newest = Identity.generate().to_text()
    newer = HolderKeys(holder=known_keys.holder, identities=(newest, *known_keys.identities))

    for keys, is_newest in ((newer, False), (known_keys, True)):  # whatever the numbers of their directories say
        with ws.store.database.writing() as connection:
            identities.keep_holder_keys(ws, connection, keys, is_newest=is_newest)

    assert identities.holder_keys(ws) == newer


def test_nobody_gives_a_name_to_a_person_of_the_team(audit: Round, tmp_path: Path) -> None:
    liar, team = Liar(audit, tmp_path), audit.team
    ana = team.person.id
    space = response_space(liar.response_id)
    write_answer(team, liar.response_id, "heard_evidence", "as the team reads it")
    (shown,) = history.history_of(team, open_filling(team, liar.response_id), "heard")
    false = PersonIntroduced(person_id=ana, name="Mallory", role="team")
    replaced = [held.id for held in team.standing(PersonIntroduced, space=space, person_id=ana)]
    done = liar.send(liar.sealed(liar.chain([false], replaces=replaced)))

    (still,) = history.history_of(team, open_filling(team, liar.response_id), "heard")

    assert (done.refused, done.new) == (None, 1)
    assert [held.event.name for held in team.standing(PersonIntroduced, space=space, person_id=ana)] == ["Mallory"]
    assert (shown.who, still.who) == ("Ana Team", "Ana Team")


def test_an_erasure_that_lay_aside_is_carried_out_once_it_counts(audit: Round, tmp_path: Path) -> None:
    _school, response_id, _path = returned(audit, tmp_path)
    other = second_laptop(audit)
    erase_all(audit.team, response_id)
    handover.send_to_team_laptops(audit.team, tmp_path)  # sealed
    with other.store.journal.merging() as connection:  # it came before anybody knew whose it is
        for piece in audit.team.store.journal.sealed_ranges(audit.team.space):
            if piece.stream.device == audit.team.keys.device:
                other.store.journal.take(
                    connection,
                    piece,
                    bundle="b",
                    refuse=lambda entry: UNKNOWN_ROLE if entry.header.kind == "entries-erased" else None,
                )
    before = len(other.standing(AnswerRecorded, space=response_space(response_id)))

    take_files(other, [handover.send_to_team_laptops(audit.team, tmp_path)])

    assert before > 0
    assert other.standing(AnswerRecorded, space=response_space(response_id)) == ()
    assert [each.id for each in erasure.erasures(other)] == [each.id for each in erasure.erasures(audit.team)]
    assert other.verify().wrongs == ()


def test_what_was_erased_of_two_stories_is_erased_of_both(audit: Round, tmp_path: Path) -> None:
    liar, team = Liar(audit, tmp_path), audit.team
    stream, first = liar.chain([answered("heard", "met")])
    again = Stream(device=stream.device, space=stream.space, epoch=stream.epoch)
    second = liar.retell(again, liar.chain([answered("heard", "not"), answered("adult", "longer")])[1])
    for chain in ((stream, first), (again, second)):
        liar.send(liar.sealed(chain))
    space = response_space(liar.response_id)

    erasure.erase(team, erasure.plan(team, space, Part.WHOLE), Why.DUE, "The time is over")

    with team.store.database.reading() as connection:
        left = connection.exec_driver_sql("SELECT count(*) FROM fork WHERE payload IS NOT NULL").scalar_one()
    assert left == 0
    assert team.verify().wrongs == ()


def test_parts_and_wholes_come_to_the_same_in_any_order(audit: Round, tmp_path: Path) -> None:
    school, response_id = audit.laptop()
    answer(school, response_id, {"setting_name": "A school", "heard": "met", "heard_evidence": "A survey"})
    paths = [partial.send_part(school, response_id, {"culture"}, tmp_path)]
    answer(school, response_id, {"heard_evidence": "Two surveys", "staff": "12"})
    paths.append(responses.send_return(school, response_id, tmp_path))
    answer(school, response_id, {"staff": "14"})
    paths.append(partial.send_part(school, response_id, {"setting"}, tmp_path))
    paths.append(responses.send_return(school, response_id, tmp_path))
    others = [second_laptop(audit, f"Team {number}") for number in range(2)]
    orders = [paths, paths[::-1], [paths[2], paths[0], paths[3], paths[1]]]

    found = []
    for ws, order in zip((audit.team, *others), orders, strict=True):
        for path in order:
            (done,) = take_files(ws, [path]).files
            assert done.refused is None
        space = response_space(response_id)
        found.append({(held.id, held.event) for held in ws.standing(AnswerRecorded, space=space)})
        assert ws.verify().wrongs == ()

    assert found[0] == found[1] == found[2]
    assert {event.value for _id, event in found[0]} == {"A school", "met", "Two surveys", "14"}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_an_edition_that_crosses_a_return_comes_to_the_same(
    audit: Round, small_tool: dict[str, bytes], tmp_path: Path, order: tuple[int, int]
) -> None:
    (ben, response_id), (cat, _) = audit.laptop(), audit.laptop("Cat Deputy", "deputy")
    answer(ben, response_id, {"setting_name": "A school", "heard": "met"})
    answer(cat, response_id, {"heard_evidence": "Written before the edition came"})
    package = Sha256(rounds.adopt_tool(audit.team, newer(small_tool)).digest)
    take_in(audit, response_id, ben)
    update = tool_updates.send_tool_update(audit.team, response_id, package, tmp_path)
    merging.merge(ben, merging.preview(ben, [update]))
    editions.move(ben, editions.compare(ben, response_id, package))
    files = [responses.send_return(ws, response_id, tmp_path) for ws in (ben, cat)]

    for place in order:
        (done,) = take_files(audit.team, [files[place]]).files
        assert done.refused is None
    merging.merge(cat, merging.preview(cat, [update]))
    merging.merge(cat, merging.preview(cat, [handover.hand_over(ben, response_id, tmp_path)]))

    filling = open_filling(audit.team, response_id)
    assert filling.tool.edition == open_filling(cat, response_id).tool.edition == "2027"
    stands = {(held.id, held.event) for held in audit.team.standing(AnswerRecorded)}
    assert stands == {(held.id, held.event) for held in cat.standing(AnswerRecorded)}
    assert "Written before the edition came" in {event.value for _id, event in stands}
