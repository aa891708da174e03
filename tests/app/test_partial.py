"""One section now, the rest later: a part is proved like a whole, and the whole completes it."""

from pathlib import Path

import pytest

from iowscp_desktop.app import merging, partial, responses
from iowscp_desktop.app.identities import identities
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.events import AnswerRecorded, EvidenceAttached
from iowscp_desktop.domain.ids import ResponseId, response_space
from iowscp_desktop.errors import NotYours
from tests.app.conftest import Round
from tests.app.test_flows import inside, names
from tests.app.work import answer, take_files, take_in

SETTING, CULTURE = "The old lighthouse school", "A survey of every class"


def filled(audit: Round) -> tuple[Workspace, ResponseId]:
    ws, response_id = audit.laptop()
    answer(ws, response_id, {"setting_name": SETTING, "staff": "12", "heard": "met", "heard_evidence": CULTURE})
    return ws, response_id


def known(ws: Workspace, response_id: ResponseId) -> dict[str, str | None]:
    found = ws.standing(AnswerRecorded, space=response_space(response_id))
    return {held.event.question_id: held.event.value for held in found}


def test_a_part_holds_one_section_and_no_word_of_another(audit: Round, tmp_path: Path) -> None:
    ws, response_id = filled(audit)

    part = inside(partial.send_part(ws, response_id, {"culture"}, tmp_path), identities(audit.team))
    whole = inside(responses.send_return(ws, response_id, tmp_path), identities(audit.team))

    assert (names(CULTURE, part), names(SETTING, part)) == (True, False)
    assert (names(CULTURE, whole), names(SETTING, whole)) == (True, True)


def test_a_part_is_taken_in_and_the_whole_completes_it(audit: Round, tmp_path: Path) -> None:
    ws, response_id = filled(audit)

    taken = take_files(audit.team, [partial.send_part(ws, response_id, {"culture"}, tmp_path)])
    first = known(audit.team, response_id)
    answer(ws, response_id, {"staff": "14"})
    take_in(audit, response_id, ws)

    assert [each.refused for each in taken.files] == [None]
    assert first == {"heard": "met", "heard_evidence": CULTURE}
    assert known(audit.team, response_id) == known(ws, response_id)
    assert known(ws, response_id)["staff"] == "14"
    assert audit.team.verify().wrongs == ()


def test_a_part_after_the_whole_takes_nothing_away(audit: Round, tmp_path: Path) -> None:
    ws, response_id = filled(audit)
    take_in(audit, response_id, ws)

    (seen,) = merging.preview(audit.team, [partial.send_part(ws, response_id, {"setting"}, tmp_path)])

    assert seen.refused is None
    assert known(audit.team, response_id) == known(ws, response_id)


def test_evidence_goes_with_its_section(audit: Round, tmp_path: Path) -> None:
    ws, response_id = filled(audit)
    for question, words in (("heard", b"%PDF-1.4 minutes of the culture"), ("staff", b"%PDF-1.4 list of the staff")):
        ws.append_with_blob(
            response_space(response_id),
            [words],
            lambda digest, size, question=question: EvidenceAttached(  # type: ignore[misc]  # bound now, not later
                attachment_id=question,
                question_id=question,
                name=f"{question}.pdf",
                media_type="application/pdf",
                size=size,
                sha256=digest,
            ),
        )

    part = inside(partial.send_part(ws, response_id, {"culture"}, tmp_path), identities(audit.team))

    assert [names(each, part) for each in ("minutes of the culture", "list of the staff", "staff.pdf")] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize("sections", [set[str](), {"nowhere"}])
def test_only_sections_of_the_tool_are_sent(audit: Round, tmp_path: Path, sections: set[str]) -> None:
    ws, response_id = filled(audit)

    with pytest.raises(NotYours):
        partial.send_part(ws, response_id, sections, tmp_path)
    with pytest.raises(NotYours):
        partial.send_part(audit.team, response_id, {"culture"}, tmp_path)
