"""Everything that mentions a person: found wherever it stands, gone through, and written out."""

from pathlib import Path

import pytest

from iowscp_desktop.app import answers, erasure, panel, responses, subject_access
from iowscp_desktop.app.subject_access import Chosen, Mention
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.erasure import Why
from iowscp_desktop.domain.ids import QuestionId, ResponseId
from iowscp_desktop.errors import FileUnwritable, NamesNeeded
from tests.app.conftest import Round
from tests.app.test_certificates import written
from tests.app.work import WHOLE, answer, panel_member, send_scores, sign_all, take_files

NAME = "Amber Quill"


def attach(ws: Workspace, response_id: ResponseId, path: Path, content: str) -> None:
    path.write_text(content)
    answers.attach(ws, response_id, QuestionId("heard"), path)


@pytest.fixture
def mentioned(audit: Round, tmp_path: Path) -> tuple[Workspace, ResponseId]:
    """A school's answers in which one person is mentioned in many ways, and others are too."""
    ws, response_id = audit.laptop()
    answer(ws, response_id, WHOLE | {"heard_evidence": f"{NAME} and Kit Marsh said so"})
    answer(ws, response_id, {"heard_evidence": "AMBER's survey", "adult_evidence": "Nobody is named"})
    attach(ws, response_id, tmp_path / "letter_Amber_Quill.txt", "a letter")
    attach(ws, response_id, tmp_path / "minutes.txt", f"present: {NAME}")
    attach(ws, response_id, tmp_path / "other.txt", "nobody")
    sign_all(ws, response_id)
    responses.reopen(ws, response_id, "A.Q. was named by mistake")
    return ws, response_id


def found(ws: Workspace, *ways: str) -> list[tuple[str, str, bool]]:
    return sorted((each.kind, each.words, each.stands) for each in subject_access.search(ws, ways))


def test_a_person_is_found_in_answers_earlier_wordings_file_names_files_and_reasons(
    mentioned: tuple[Workspace, ResponseId],
) -> None:
    ws, _ = mentioned

    assert found(ws, NAME, "Amber", "A Q") == [
        ("answer-recorded", "AMBER's survey", True),
        ("answer-recorded", f"{NAME} and Kit Marsh said so", False),
        ("evidence-attached", "letter_Amber_Quill.txt", True),
        ("evidence-attached", "minutes.txt", True),
        ("response-reopened", "A.Q. was named by mistake", True),
    ]


def test_people_who_wrote_or_signed_are_found_too(mentioned: tuple[Workspace, ResponseId]) -> None:
    ws, _ = mentioned

    assert {kind for kind, _words, _stands in found(ws, "Ben Lead")} == {"person-introduced"}
    assert {kind for kind, _words, _stands in found(ws, "The head")} >= {"signed-off"}


def test_remarks_of_a_panel_are_found_at_the_team(audit: Round) -> None:
    ws, response_id = audit.laptop()
    answer(ws, response_id, WHOLE)
    sign_all(ws, response_id)
    take_files(audit.team, [responses.send_return(ws, response_id, audit.setting.folder)])
    member = panel_member(audit, "Dee Member", response_id)
    panel.give_score(member.ws, response_id, QuestionId("heard"), "met", f"{NAME} is not to be named")
    send_scores(audit, member)

    assert ("score-given", f"{NAME} is not to be named", True) in found(audit.team, NAME)


def test_each_mention_says_where_it_stands_and_by_whose_role(mentioned: tuple[Workspace, ResponseId]) -> None:
    ws, _ = mentioned

    (mention, *_rest) = subject_access.search(ws, [NAME])

    assert "Test School" in mention.what
    assert "Are children heard?" in mention.question or mention.kind != "answer-recorded"
    assert mention.role == "dsl"
    assert [mention.words[hit.start : hit.end] for hit in mention.hits] == [NAME]
    assert NAME not in repr(mention)


def test_what_was_erased_is_not_found(mentioned: tuple[Workspace, ResponseId]) -> None:
    ws, _ = mentioned
    everywhere = subject_access.search(ws, [NAME, "Amber", "A Q"])
    space = everywhere[0].space
    planned = erasure.plan(ws, space, erasure.Part.CHOSEN, [mention.id for mention in everywhere])

    erasure.erase(ws, planned, Why.ASKED, "The family asked")

    assert subject_access.search(ws, [NAME, "Amber", "A Q"]) == ()
    assert ws.verify().wrongs == ()


def test_an_id_of_a_question_is_no_mention(audit: Round) -> None:
    ws, response_id = audit.laptop()
    answer(ws, response_id, {"heard": "met"})

    assert found(ws, "heard") == []


@pytest.mark.parametrize("ways", [[], [""], ["A"], ["-", " "]])
def test_nothing_is_looked_for_without_a_name(audit: Round, ways: list[str]) -> None:
    with pytest.raises(NamesNeeded):
        subject_access.search(audit.team, ways)


# --- writing it out ------------------------------------------------------------------------------


def as_found(mention: Mention) -> Chosen:
    return Chosen(mention=mention, words=mention.words, with_file=True)


def test_what_was_chosen_is_written_out_with_its_files(mentioned: tuple[Workspace, ResponseId], tmp_path: Path) -> None:
    ws, _ = mentioned
    mentions = subject_access.search(ws, [NAME, "Amber"])

    folder = subject_access.export(ws, [NAME, "Amber"], map(as_found, mentions), tmp_path / "out")

    words = written(folder / "what-was-found.pdf")
    assert "Amber Quill; Amber" in words
    assert "AMBER's survey" in words
    assert "4 places" in words
    assert sorted(path.name for path in (folder / "files").iterdir()) == [
        "001 letter_Amber_Quill.txt",
        "002 minutes.txt",
    ]
    assert (folder / "files" / "002 minutes.txt").read_text() == f"present: {NAME}"
    assert "001 letter_Amber_Quill.txt" in words
    assert "Ben Lead" not in words


def test_what_is_about_others_is_struck_out_and_marked(mentioned: tuple[Workspace, ResponseId], tmp_path: Path) -> None:
    ws, _ = mentioned
    mention = next(each for each in subject_access.search(ws, [NAME]) if "Kit" in each.words)
    chosen = Chosen(mention=mention, words=f"{NAME} […] said so", with_file=False)

    folder = subject_access.export(ws, [NAME], [chosen], tmp_path)

    words = written(folder / "what-was-found.pdf")
    assert "Kit Marsh" not in words
    assert f"{NAME} […] said so" in words
    assert "Shortened" in words
    assert not (folder / "files").exists()


def test_a_second_export_of_a_day_leaves_the_first(mentioned: tuple[Workspace, ResponseId], tmp_path: Path) -> None:
    ws, _ = mentioned

    first = subject_access.export(ws, [NAME], [], tmp_path)
    second = subject_access.export(ws, [NAME], [], tmp_path)

    assert [first.name, second.name] == ["subject-access-2026-01-05", "subject-access-2026-01-05-2"]


def test_a_folder_that_cannot_be_written_is_told(mentioned: tuple[Workspace, ResponseId], tmp_path: Path) -> None:
    ws, _ = mentioned
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(FileUnwritable):
        subject_access.export(ws, [NAME], [], tmp_path / "file")


def test_the_audit_log_says_how_much_was_given_out_and_not_what(
    mentioned: tuple[Workspace, ResponseId], tmp_path: Path
) -> None:
    ws, _ = mentioned

    subject_access.export(ws, [NAME], map(as_found, subject_access.search(ws, [NAME])), tmp_path)

    line = ws.store.audit.lines()[-1]
    assert (line.deed, line.ids) == ("subject-access", {"found": "3", "files": "2"})
