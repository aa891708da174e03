"""A newer edition from the team's laptop to the school's, the answers moved there, and home again to team and panel."""

from pathlib import Path

from iowscp_desktop.app import editions, merging, responses, rounds, tool_updates
from iowscp_desktop.app.filling import open_filling
from iowscp_desktop.domain.ids import Sha256
from tests.app.conftest import Round
from tests.app.newer_tool import newer
from tests.app.work import answer, panel_member, send_scores, sign_all, take_in

BEFORE = {"setting_name": "A school", "heard": "met", "heard_evidence": "A survey", "adult": "met"}
AFTER = {
    "trusted_evidence": "Talks",
    "boarders": "met",
    "boarders_evidence": "Visits",
    "listened": "met",
    "listened_evidence": "Letters",
}


def test_a_newer_edition_is_sent_moved_to_signed_returned_and_scored(
    audit: Round, small_tool: dict[str, bytes], tmp_path: Path
) -> None:
    school, response_id = audit.laptop()
    answer(school, response_id, BEFORE)
    take_in(audit, response_id, school)
    package = Sha256(rounds.adopt_tool(audit.team, newer(small_tool)).digest)
    path = tool_updates.send_tool_update(audit.team, response_id, package, tmp_path)
    merging.merge(school, merging.preview(school, [path]))
    waiting = open_filling(school, response_id).tool.edition

    editions.move(school, editions.compare(school, response_id, package))
    answer(school, response_id, AFTER)
    sign_all(school, response_id)
    take_in(audit, response_id, school)

    filling = open_filling(audit.team, response_id)
    standing = responses.revision(audit.team, response_id, filling.tool)
    member = panel_member(audit, "Kate Panel", response_id)
    member.score(response_id, dict.fromkeys(("heard", "trusted", "boarders", "listened"), "met"))
    send_scores(audit, member)
    assert waiting == "2026"
    assert (filling.tool.edition, filling.entry("trusted").point) == ("2027", "met")
    assert (standing.is_signed, standing.changed_since) == (True, False)
    assert open_filling(member.ws, response_id).tool.edition == "2027"
    assert rounds.returns_of(audit.team, audit.round_id)[0].receipt
