"""A draft stays on its edition; moving to another says beforehand what becomes of every answer, and loses none."""

from pathlib import Path

import msgspec
import pytest

from iowscp_desktop.app import answers, editions, matters, repeats, reporting, responses, rounds, tools
from iowscp_desktop.app.editions import Comparison, Why
from iowscp_desktop.app.filling import Filling, Problem, Status, open_filling
from iowscp_desktop.app.late_answers import late_answers, settle_late
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.editions import edition_order
from iowscp_desktop.domain.events import AnswerRecorded, EditionChanged, ResponseFinalised
from iowscp_desktop.domain.ids import InstanceId, QuestionId, Register, ResponseId, Sha256, response_space
from iowscp_desktop.domain.tool import Part
from iowscp_desktop.errors import ComparisonOutdated, DecideFirst, NotYours, ResponseLocked
from iowscp_desktop.forms import ENGINE
from tests.app.conftest import Round
from tests.app.newer_tool import arrive, newer
from tests.app.work import WHOLE, answer, sign_all, take_in

ANSWERED = {
    "setting_name": "A school",
    "staff": "12",
    "heard": "partly",
    "heard_evidence": "A survey",
    "adult": "met",
    "adult_evidence": "Talks with children",
}


@pytest.fixture
def laptop(audit: Round) -> tuple[Workspace, ResponseId]:
    ws, response_id = audit.laptop()
    answer(ws, response_id, ANSWERED)
    return ws, response_id


def attach(ws: Workspace, response_id: ResponseId, question_id: str, folder: Path) -> None:
    path = folder / f"{question_id}.txt"
    path.write_text("A note.")
    answers.attach(ws, response_id, QuestionId(question_id), path)


def values(filling: Filling) -> dict[str, str]:
    fields = [
        each
        for section in filling.sections()
        for entry in section.entries
        for each in (*((entry.grade,) if entry.grade else ()), *entry.fields)
    ]
    return {str(each.question_id): each.value for each in fields if each.value}


def move(ws: Workspace, response_id: ResponseId, package: Sha256) -> Comparison:
    comparison = editions.compare(ws, response_id, package)
    editions.move(ws, comparison)
    return comparison


def test_a_draft_stays_on_its_edition_when_a_newer_one_arrives(
    laptop: tuple[Workspace, ResponseId], small_tool: dict[str, bytes]
) -> None:
    ws, response_id = laptop
    before = open_filling(ws, response_id)

    package = arrive(ws, newer(small_tool))

    after = open_filling(ws, response_id)
    assert (after.package, after.tool.edition, values(after)) == (before.package, "2026", values(before))
    assert [(each.package, each.edition, each.is_newer) for each in editions.editions(ws, response_id)] == [
        (package, "2027", True)
    ]


def test_every_answer_is_kept_renamed_dropped_or_asked_again(
    laptop: tuple[Workspace, ResponseId], small_tool: dict[str, bytes], tmp_path: Path
) -> None:
    ws, response_id = laptop
    attach(ws, response_id, "adult", tmp_path)
    attach(ws, response_id, "heard", tmp_path)

    comparison = editions.compare(ws, response_id, arrive(ws, newer(small_tool)))

    assert (comparison.before.edition, comparison.after.edition) == ("2026", "2027")
    assert comparison.kept == 4  # a name, a grade, what was written about it, a file
    (renamed,) = comparison.renamed
    assert (renamed.before_title, renamed.after_title, renamed.answers) == ("A trusted adult", "Trusted adults", 3)
    assert renamed.note == "Now about every adult."
    assert [(each.answer.question_id, each.answer.words, each.why) for each in comparison.dropped] == [
        ("staff", "12", Why.NOT_ASKED)
    ]
    assert [(each.title, each.words) for each in comparison.asked_again] == [("Children are heard", "Partly met")]
    assert comparison.added == (("1.4", "Parents are heard"),)


def test_comparing_writes_nothing(laptop: tuple[Workspace, ResponseId], small_tool: dict[str, bytes]) -> None:
    ws, response_id = laptop
    package = arrive(ws, newer(small_tool))
    before = ws.store.journal.heads(response_space(response_id))

    first, second = (editions.compare(ws, response_id, package) for _ in range(2))

    assert first == second
    assert ws.store.journal.heads(response_space(response_id)) == before


def test_what_is_called_otherwise_has_the_same_words_after_moving(
    laptop: tuple[Workspace, ResponseId], small_tool: dict[str, bytes], tmp_path: Path
) -> None:
    ws, response_id = laptop
    attach(ws, response_id, "adult", tmp_path)

    move(ws, response_id, arrive(ws, newer(small_tool)))

    filling = open_filling(ws, response_id)
    assert filling.tool.edition == "2027"
    assert values(filling) == {
        "setting_name": "A school",
        "heard": "partly",
        "heard_evidence": "A survey",
        "trusted": "met",
        "trusted_evidence": "Talks with children",
    }
    assert [line.name for line in filling.entry("trusted").evidence] == ["adult.txt"]


def test_a_grade_that_is_offered_no_more_is_shown_and_asked_again(
    laptop: tuple[Workspace, ResponseId], small_tool: dict[str, bytes]
) -> None:
    ws, response_id = laptop

    move(ws, response_id, arrive(ws, newer(small_tool)))

    heard = open_filling(ws, response_id).entry("heard")
    assert heard.grade is not None
    assert (heard.grade.value, heard.grade.problem, heard.status) == ("partly", Problem.KIND, Status.NEEDS_ATTENTION)


def test_what_is_asked_no_more_stays_in_the_history(
    laptop: tuple[Workspace, ResponseId], small_tool: dict[str, bytes]
) -> None:
    ws, response_id = laptop

    move(ws, response_id, arrive(ws, newer(small_tool)))

    history = ws.store.journal.history(response_space(response_id), Register("answer/staff"))
    assert [entry.event.value for entry in history if isinstance(entry.event, AnswerRecorded)] == ["12"]


def test_moving_back_brings_every_answer_back_and_takes_new_words_along(
    laptop: tuple[Workspace, ResponseId], small_tool: dict[str, bytes]
) -> None:
    ws, response_id = laptop
    before = open_filling(ws, response_id)
    move(ws, response_id, arrive(ws, newer(small_tool)))
    answer(ws, response_id, {"trusted_evidence": "More talks", "heard": "not"})

    move(ws, response_id, before.package)

    expected = ANSWERED | {"adult_evidence": "More talks", "heard": "not"}
    assert values(open_filling(ws, response_id)) == expected


def test_an_edition_one_moved_away_from_is_offered_but_not_as_newer(
    laptop: tuple[Workspace, ResponseId], small_tool: dict[str, bytes]
) -> None:
    ws, response_id = laptop
    old = open_filling(ws, response_id).package
    new = arrive(ws, newer(small_tool))
    move(ws, response_id, new)
    there = editions.editions(ws, response_id)
    move(ws, response_id, old)

    back = editions.editions(ws, response_id)

    assert [(each.package, each.is_newer) for each in there] == [(old, False)]
    assert [(each.package, each.is_newer) for each in back] == [(new, False)]


def test_an_open_response_follows_the_move(laptop: tuple[Workspace, ResponseId], small_tool: dict[str, bytes]) -> None:
    ws, response_id = laptop
    filling = open_filling(ws, response_id)
    comparison = editions.compare(ws, response_id, arrive(ws, newer(small_tool)))

    changed = filling.refresh(editions.move(ws, comparison))

    assert filling.tool.edition == "2027"
    assert {"trusted", "listened", "heard"} <= changed
    assert values(filling)["trusted_evidence"] == "Talks with children"


def test_answers_that_came_after_the_comparison_stop_the_move(
    laptop: tuple[Workspace, ResponseId], small_tool: dict[str, bytes]
) -> None:
    ws, response_id = laptop
    comparison = editions.compare(ws, response_id, arrive(ws, newer(small_tool)))
    answer(ws, response_id, {"adult": "not"})

    with pytest.raises(ComparisonOutdated):
        editions.move(ws, comparison)

    assert not ws.standing(EditionChanged, space=response_space(response_id))


def test_a_finalised_response_is_not_moved(audit: Round, small_tool: dict[str, bytes]) -> None:
    ws, response_id = audit.laptop()
    answer(ws, response_id, WHOLE)
    sign_all(ws, response_id)
    comparison = editions.compare(ws, response_id, arrive(ws, newer(small_tool)))

    with pytest.raises(ResponseLocked):
        editions.move(ws, comparison)

    assert open_filling(ws, response_id).tool.edition == "2026"


def test_two_answers_are_decided_between_before_moving(audit: Round, small_tool: dict[str, bytes]) -> None:
    (one, response_id), (two, _) = audit.laptop("Ben Lead"), audit.laptop("Cat Deputy", "deputy")
    answer(one, response_id, {"adult": "met"})
    answer(two, response_id, {"adult": "not"})
    take_in(audit, response_id, one, two)
    package = Sha256(rounds.adopt_tool(audit.team, newer(small_tool)).digest)

    comparison = editions.compare(audit.team, response_id, package)

    assert comparison.undecided == 1
    with pytest.raises(NotYours):  # and the team moves nobody's answers
        editions.move(audit.team, comparison)


def test_an_undecided_question_stops_the_move(
    laptop: tuple[Workspace, ResponseId], small_tool: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    ws, response_id = laptop
    package = arrive(ws, newer(small_tool))
    space = response_space(response_id)
    for value in ("met", "not"):  # two laptops wrote side by side: neither names the other
        monkeypatch.setattr(ws.store.journal, "_heads", lambda *_args: [])
        ws.append(space, AnswerRecorded(question_id=QuestionId("adult"), value=value))
    monkeypatch.undo()

    comparison = editions.compare(ws, response_id, package)

    assert comparison.undecided == 1
    with pytest.raises(DecideFirst):
        editions.move(ws, comparison)


def test_another_tool_is_no_edition(laptop: tuple[Workspace, ResponseId], small_tool: dict[str, bytes]) -> None:
    ws, response_id = laptop
    other = {**small_tool, "tool.toml": small_tool["tool.toml"].replace(b'id = "small"', b'id = "other"', 1)}
    package = arrive(ws, other)

    assert editions.editions(ws, response_id) == ()
    with pytest.raises(NotYours):
        editions.compare(ws, response_id, package)


def test_repeats_keep_their_instances_and_answers(
    laptop: tuple[Workspace, ResponseId], small_tool: dict[str, bytes]
) -> None:
    ws, response_id = laptop
    second = InstanceId("second")
    repeats.add_instance(ws, response_id, QuestionId("visit"), instance=second)
    answers.record_answer(ws, response_id, QuestionId("visit_date"), "2026-01-02", instances=(second,))

    comparison = move(ws, response_id, arrive(ws, newer(small_tool)))

    repeat = open_filling(ws, response_id).entry("visit").repeat
    assert repeat is not None
    assert [card.words for card in repeat.cards][-1] == "2026-01-02"
    assert comparison.kept == 4


def test_of_two_items_that_became_one_the_answered_one_has_the_place_and_the_other_is_named(
    laptop: tuple[Workspace, ResponseId], small_tool: dict[str, bytes]
) -> None:
    ws, response_id = laptop
    files = newer(small_tool)
    files["tool.toml"] = files["tool.toml"].replace(
        b'replaces = ["adult"]', b'replaces = ["boarders", "adult", "heard"]'
    )
    files["form.md"] = files["form.md"].replace(b"| | criterion met | heard |", b"| | criterion met | listens |")
    files["form.md"] = files["form.md"].replace(b"| | criterion met | boarders |", b"| | criterion met | boards |")

    comparison = move(ws, response_id, arrive(ws, files))

    assert [line.before_title for line in comparison.renamed] == ["A trusted adult"]
    assert {(each.answer.question_id, each.answer.part, each.why) for each in comparison.dropped} == {
        ("staff", None, Why.NOT_ASKED),
        ("heard", None, Why.TAKEN),
        ("heard_evidence", Part.EVIDENCE, Why.TAKEN),
    }
    assert values(open_filling(ws, response_id))["trusted"] == "met"


def test_the_team_reads_a_moved_return_with_the_edition_it_was_moved_to(
    audit: Round, laptop: tuple[Workspace, ResponseId], small_tool: dict[str, bytes]
) -> None:
    ws, response_id = laptop
    rounds.adopt_tool(audit.team, newer(small_tool))
    move(ws, response_id, arrive(ws, newer(small_tool)))

    take_in(audit, response_id, ws)

    filling = open_filling(audit.team, response_id)
    assert (filling.tool.edition, values(filling)["trusted"]) == ("2027", "met")


def test_a_move_to_an_edition_that_is_not_here_leaves_the_one_that_is(
    audit: Round, laptop: tuple[Workspace, ResponseId], small_tool: dict[str, bytes]
) -> None:
    ws, response_id = laptop
    move(ws, response_id, arrive(ws, newer(small_tool)))
    take_in(audit, response_id, ws)
    filling = open_filling(audit.team, response_id)
    read = filling.tool.edition, values(filling)["adult"]

    rounds.adopt_tool(audit.team, newer(small_tool))
    filling.refresh(rounds.team_changes(audit.team))

    assert read == ("2026", "met")
    assert open_filling(audit.team, response_id).tool.edition == "2027"


def test_naming_other_bytes_as_an_edition_gets_nobody_those_bytes(audit: Round, tmp_path: Path) -> None:
    (ws, response_id), other = audit.laptop(), rounds.add_organisation(audit.team, "Other School", "school")
    secret = tmp_path / "secret.txt"
    secret.write_text("Another school's evidence.")
    theirs = rounds.ask(audit.team, audit.round_id, other)
    answers.attach(audit.team, theirs, QuestionId("heard"), secret)
    hidden = audit.team.store.blobs.add([secret.read_bytes()])[0]
    claim = EditionChanged(package=hidden, edition="9", before=hidden, form=hidden, engine="x")
    ws.append(response_space(response_id), claim)

    take_in(audit, response_id, ws)

    space = response_space(response_id)
    assert hidden not in tools.packages_of(audit.team, [space])
    assert audit.team.standing(EditionChanged, space=space)
    assert open_filling(audit.team, response_id).tool.edition == "2026"


def test_a_second_laptop_is_invited_to_the_edition_the_first_moved_to(
    audit: Round, laptop: tuple[Workspace, ResponseId], small_tool: dict[str, bytes]
) -> None:
    ws, response_id = laptop
    rounds.adopt_tool(audit.team, newer(small_tool))
    move(ws, response_id, arrive(ws, newer(small_tool)))
    take_in(audit, response_id, ws)

    second, _ = audit.laptop("Cat Deputy", "deputy")

    filling = open_filling(second, response_id)
    assert (filling.tool.edition, values(filling)["trusted"]) == ("2027", "met")


def test_the_compiled_form_is_kept_and_loaded_instead_of_compiling_again(laptop: tuple[Workspace, ResponseId]) -> None:
    ws, response_id = laptop
    package = open_filling(ws, response_id).package
    name = f"form/{package}"
    held = msgspec.json.decode(ws.store.local.value(name) or b"")
    assert held["engine"] == ENGINE

    later = held | {
        "engine": "forms 0, pyxform 0",
        "xml": held["xml"].replace("What is your setting called?", "As it was"),
    }
    ws.store.local.keep(**{name: msgspec.json.encode(later)})

    filling = open_filling(ws, response_id)
    assert filling.kept.engine == "forms 0, pyxform 0"
    assert filling.entry("setting_name").question == "As it was"


def test_a_signed_revision_names_its_edition_form_and_engine(audit: Round) -> None:
    ws, response_id = audit.laptop()
    answer(ws, response_id, WHOLE)
    filling = open_filling(ws, response_id)

    responses.finalise(ws, filling)

    (held,) = ws.standing(ResponseFinalised, space=filling.space)
    assert (held.event.package, held.event.form, held.event.engine) == (
        filling.package,
        filling.kept.form,
        ENGINE,
    )


def test_a_move_elsewhere_after_signing_shows_as_a_change(
    audit: Round, laptop: tuple[Workspace, ResponseId], small_tool: dict[str, bytes]
) -> None:
    (one, response_id), (two, _) = laptop, audit.laptop("Cat Deputy", "deputy")
    answer(one, response_id, {"heard": "met"})
    sign_all(one, response_id)
    rounds.adopt_tool(audit.team, newer(small_tool))
    move(two, response_id, arrive(two, newer(small_tool)))

    take_in(audit, response_id, one, two)

    filling = open_filling(audit.team, response_id)
    assert responses.revision(audit.team, response_id, filling.tool).changed_since


@pytest.mark.parametrize(("older", "later"), [("9", "10"), ("2025-26", "2026-27"), ("2026", "2026 rev 2")])
def test_numbers_in_editions_count_as_numbers(older: str, later: str) -> None:
    assert edition_order(older) < edition_order(later)


def test_two_answers_to_what_is_asked_no_more_are_decided_between_all_the_same(
    audit: Round, laptop: tuple[Workspace, ResponseId], small_tool: dict[str, bytes]
) -> None:
    (one, response_id), (two, _) = laptop, audit.laptop("Cat Deputy", "deputy")
    answer(two, response_id, {"staff": "20", "adult": "not"})
    rounds.adopt_tool(audit.team, newer(small_tool))
    move(one, response_id, arrive(one, newer(small_tool)))

    take_in(audit, response_id, one, two)

    found = matters.open_matters(audit.team)
    report = reporting.return_report(audit.team, open_filling(audit.team, response_id))
    assert [matter.entry_id for matter in found] == ["adult", "staff"]
    assert report.edition == "2027"
    matters.decide(audit.team, found[1], {QuestionId("staff"): "20"})
    assert [matter.entry_id for matter in matters.open_matters(audit.team)] == ["adult"]


def test_an_answer_under_an_old_name_that_comes_late_is_shown_and_taken_over(
    laptop: tuple[Workspace, ResponseId], small_tool: dict[str, bytes], tmp_path: Path
) -> None:
    ws, response_id = laptop
    move(ws, response_id, arrive(ws, newer(small_tool)))
    before = late_answers(ws, open_filling(ws, response_id))
    answer(ws, response_id, {"adult": "not"})  # as a computer that has not moved writes it
    attach(ws, response_id, "adult", tmp_path)

    late = late_answers(ws, open_filling(ws, response_id))
    settle_late(ws, response_id, take=True)

    filling = open_filling(ws, response_id)
    assert before == ()
    assert [(line.title, line.came, line.stands) for line in late] == [("Trusted adults", "Not met", "Met")]
    assert values(filling)["trusted"] == "not"
    assert [line.name for line in filling.entry("trusted").evidence] == ["adult.txt"]
    assert late_answers(ws, open_filling(ws, response_id)) == ()


def test_a_late_answer_that_is_left_is_not_shown_again_and_stays_in_the_history(
    laptop: tuple[Workspace, ResponseId], small_tool: dict[str, bytes]
) -> None:
    ws, response_id = laptop
    move(ws, response_id, arrive(ws, newer(small_tool)))
    answer(ws, response_id, {"adult": "not"})

    settle_late(ws, response_id, take=False)

    history = ws.store.journal.history(response_space(response_id), Register("answer/adult"))
    assert late_answers(ws, open_filling(ws, response_id)) == ()
    assert values(open_filling(ws, response_id))["trusted"] == "met"
    assert [entry.event.value for entry in history if isinstance(entry.event, AnswerRecorded)] == ["met", "not"]


def test_the_team_sees_late_answers_and_settles_none(
    audit: Round, laptop: tuple[Workspace, ResponseId], small_tool: dict[str, bytes]
) -> None:
    (one, response_id), (two, _) = laptop, audit.laptop("Cat Deputy", "deputy")
    answer(two, response_id, {"boarders_evidence": "Kept apart"})
    rounds.adopt_tool(audit.team, newer(small_tool))
    move(one, response_id, arrive(one, newer(small_tool)))
    take_in(audit, response_id, one)
    answer(two, response_id, {"adult_next": "Ask again"})
    take_in(audit, response_id, two)

    assert [(line.title, line.came) for line in late_answers(audit.team, open_filling(audit.team, response_id))] == [
        ("Trusted adults", "Ask again")
    ]
    with pytest.raises(NotYours):
        settle_late(audit.team, response_id, take=True)
