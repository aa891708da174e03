from datetime import date

from iowscp_desktop.app import invitations, receipts, responses, rounds
from iowscp_desktop.app.merging import bundles_in, preview
from iowscp_desktop.domain.events import ReceiptIssued, ToolAdopted
from iowscp_desktop.domain.ids import Sha256
from tests.app.conftest import Round, Setting
from tests.app.work import WHOLE, answer, panel_member, receipt_numbers, send_scores, sign_all, take_in


def test_every_tool_that_comes_with_the_program_is_offered(setting: Setting) -> None:
    team = setting.team()

    offered = rounds.shipped_tools(team)

    assert {tool.folder for tool in offered} == {"s175", "s11", "language-schools", "case-audit"}
    assert all(tool.title and tool.edition and not tool.adopted for tool in offered)
    assert [tool.title for tool in offered] == sorted(tool.title for tool in offered)


def test_a_shipped_tool_is_taken_into_use_once(setting: Setting) -> None:
    team = setting.team()
    tool = rounds.shipped_tools(team)[0]

    changes = [rounds.adopt_shipped(team, tool) for _ in range(2)]

    assert [held.event.package for held in team.standing(ToolAdopted)] == [tool.package]
    assert [each.folder for each in rounds.shipped_tools(team) if each.adopted] == [tool.folder]
    assert changes[0].spaces == {team.space}


def test_a_pasted_list_adds_each_name_once(audit: Round) -> None:
    listed = ["Elm Grove", "", "  elm   GROVE ", "Test School", "Bay View"]

    ids = rounds.add_organisations(audit.team, listed, "school")

    assert [each.name for each in rounds.organisations(audit.team)] == ["Bay View", "Elm Grove", "Test School"]
    assert len(ids) == 3  # one of them was known before, and is in the list all the same
    assert audit.school in ids


def test_asking_everybody_asks_nobody_twice(audit: Round) -> None:
    everybody = (audit.school, *rounds.add_organisations(audit.team, ["Elm Grove", "Bay View"], "school"))
    told: list[tuple[int, int]] = []

    rounds.ask_all(audit.team, audit.round_id, everybody, lambda done, total: told.append((done, total)))
    changes = rounds.ask_all(audit.team, audit.round_id, everybody)

    lines = rounds.returns_of(audit.team, audit.round_id)
    assert [line.organisation for line in lines] == ["Bay View", "Elm Grove", "Test School"]
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert changes.responses == {line.response_id for line in lines}


def test_a_round_shows_how_far_each_school_is(audit: Round) -> None:
    rounds.add_organisations(audit.team, ["Elm Grove"], "school")
    rounds.ask_all(audit.team, audit.round_id, [each.id for each in rounds.organisations(audit.team)])
    school, response_id = audit.laptop()
    invitations.invite_organisation(audit.team, audit.round_id, audit.school, audit.setting.folder)
    answer(school, response_id, WHOLE)
    sign_all(school, response_id)
    take_in(audit, response_id, school)

    elm, test = rounds.returns_of(audit.team, audit.round_id)

    assert (elm.organisation, elm.invited, elm.joined, elm.receipt) == ("Elm Grove", 0, 0, "")
    assert (test.organisation, test.invited, test.joined, [test.receipt]) == (
        "Test School",
        2,
        1,
        receipt_numbers(audit.team),
    )
    assert (test.finalised, set(test.signed), test.conflicts) == (True, {"dsl", "head"}, 0)
    (line,) = rounds.rounds(audit.team)
    assert (line.title, line.tool, line.asked, line.returned) == ("2026", "A small audit", 2, 1)


def test_rounds_come_by_their_date(audit: Round, small_tool: dict[str, bytes]) -> None:
    package = Sha256(rounds.adopt_tool(audit.team, small_tool).digest)
    rounds.open_round(audit.team, title="Earlier", package=package, due=date(2026, 3, 1))

    assert [line.title for line in rounds.rounds(audit.team)] == ["Earlier", "2026"]


def test_roles_that_sign_have_the_tools_words(audit: Round) -> None:
    assert rounds.signer_labels(audit.team, audit.round_id) == {"dsl": "Designated safeguarding lead", "head": "Head"}


def test_each_return_gets_its_receipt_and_scores_get_none(audit: Round) -> None:
    (one, response_id), (two, _) = audit.laptop(), audit.laptop("Cat Deputy", "deputy")
    answer(one, response_id, {"heard": "met"})
    answer(two, response_id, {"adult": "met"})

    taken = take_in(audit, response_id, one, two)
    member = panel_member(audit, "Dev", response_id)
    member.score(response_id, {"heard": "met"})
    send_scores(audit, member)

    assert [each.organisation for each in taken.receipts] == ["Test School", "Test School"]
    assert {each.number for each in taken.receipts} == set(receipt_numbers(audit.team))
    assert len(audit.team.standing(ReceiptIssued)) == 2
    assert taken.changes.responses == {response_id}


def test_a_stop_leaves_the_rest_alone_and_keeps_what_was_taken(audit: Round) -> None:
    (one, response_id), (two, _) = audit.laptop(), audit.laptop("Cat Deputy", "deputy")
    answer(one, response_id, {"heard": "met"})
    answer(two, response_id, {"heard": "not"})
    seen = preview(audit.team, [responses.send_return(ws, response_id, audit.setting.folder) for ws in (one, two)])
    told: list[int] = []

    stopped = receipts.take_in(audit.team, seen, lambda done, _total: told.append(done), is_stopped=lambda: bool(told))
    rest = receipts.take_in(audit.team, seen)

    assert (len(stopped.files), len(stopped.receipts), told) == (1, 1, [1])
    assert [each.new for each in rest.files] == [0, 2]
    assert audit.team.verify().wrongs == ()


def test_the_preview_knows_who_sent_each_file(audit: Round) -> None:
    school, response_id = audit.laptop()
    answer(school, response_id, {"heard": "met"})
    path = responses.send_return(school, response_id, audit.setting.folder)
    (returned,) = preview(audit.team, [path])
    take_in(audit, response_id, school)
    member = panel_member(audit, "Dev Anand", response_id)
    member.score(response_id, {"heard": "met"})
    receipt = receipts.send_receipt(audit.team, response_id, audit.setting.folder)

    (at_school,) = preview(school, [receipt])

    assert (returned.type, returned.sender) == ("return", "Test School")
    assert (at_school.type, at_school.sender) == ("receipt", "Test Partnership")


def test_a_folder_stands_for_the_bundles_in_it(audit: Round) -> None:
    school, response_id = audit.laptop()
    folder = audit.setting.folder / "stick"
    folder.mkdir()
    path = responses.send_return(school, response_id, folder)
    (folder / "notes.txt").write_text("not a bundle", encoding="utf-8")

    assert bundles_in([folder, path]) == (path,)
