"""The command line: the same deeds, plain output, errors on stderr with their code."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from iowscp_desktop import __version__
from iowscp_desktop.app import answers, escrow, invitations, keys, responses, rounds
from iowscp_desktop.cli import app
from iowscp_desktop.domain.ids import QuestionId
from tests.app.conftest import CHEAP, PASSPHRASE, Round, audit, setting, small_tool

__all__ = ["audit", "setting", "small_tool"]

ROOT = Path(__file__).parents[1]
SMALL = Path(__file__).parent / "app" / "small_tool"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "passphrase.txt"
    path.write_text(PASSPHRASE + "\n", "utf-8")
    return path


def run(*words: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [str(word) for word in words])
    return result.exit_code, result.stdout, result.stderr


def test_it_knows_its_version() -> None:
    assert run("--version") == (0, __version__ + "\n", "")


def test_a_misuse_exits_2() -> None:
    assert run("tool", "run")[0] == 2
    assert run("no-such-thing")[0] == 2


@pytest.mark.parametrize("tool", ["s175", "s11", "language-schools", "case-audit"])
def test_each_shipped_tool_is_fine(tool: str) -> None:
    code, out, err = run("tool", "check", ROOT / "forms" / tool)

    assert (code, err) == (0, "")
    assert "fine" in out


def test_a_file_that_is_no_form_gets_a_message_with_a_code(tmp_path: Path) -> None:
    bad = tmp_path / "holiday.xlsx"
    bad.write_bytes(b"PK\x03\x04 this is no workbook")

    code, out, err = run("tool", "check", bad)

    assert code == 1
    assert "What to do:" in err
    assert "F101" in err
    assert "Traceback" not in out + err
    assert bad.read_bytes().startswith(b"PK")


def test_running_a_tool_prints_every_node(tmp_path: Path) -> None:
    script = tmp_path / "answers.json"
    code, out, _err = run("tool", "run", SMALL)
    refs = {node["ref"].rpartition("/")[2]: node["ref"] for node in json.loads(out)}
    assert code == 0
    script.write_text(
        json.dumps(
            [
                [refs["heard"], "not"],
                [refs["staff"], "60"],
                {"op": "add_repeat", "ref": refs["visit_date"].rpartition("/")[0]},
            ]
        )
    )

    code, out, err = run("tool", "run", SMALL, script)

    assert (code, err) == (0, "")
    assert sum("visit_date" in node["ref"] for node in json.loads(out)) == 2
    nodes = {node["ref"]: node for node in json.loads(out)}
    assert nodes[refs["heard"]]["value"] == "not"
    assert [value for value, _label in nodes[refs["heard"]]["choices"]] == ["met", "partly", "not", "na"]
    assert nodes[refs["heard_next"]]["relevant"]
    assert nodes[refs["heard_next"]]["required"]
    assert not nodes[refs["heard_next"]]["required_valid"]
    assert nodes[refs["boarders"]]["relevant"]
    assert {
        "ref",
        "type",
        "value",
        "relevant",
        "readonly",
        "required",
        "constraint_valid",
        "required_valid",
        "choices",
    } <= set(nodes[refs["heard"]])


def test_answers_that_are_no_json_are_a_misuse(tmp_path: Path) -> None:
    script = tmp_path / "answers.json"
    script.write_text("[unfinished")

    assert run("tool", "run", SMALL, script)[0] == 2


def test_a_team_workspace_is_made_described_and_proved(tmp_path: Path, secret: Path) -> None:
    folder = tmp_path / "team"
    sheet = tmp_path / "sheet.pdf"
    whose = ("--partnership", "P (invented)", "--person", "Ana")
    made = run("workspace", "create", folder, *whose, "--passphrase-file", secret, "--recovery-sheet", sheet)

    described = run("workspace", "info", folder, "--passphrase-file", secret)
    proved = run("workspace", "verify", folder, "--passphrase-file", secret)
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("not the passphrase")
    refused = run("workspace", "info", folder, "--passphrase-file", wrong)

    assert (made[0], described[0], proved[0]) == (0, 0, 0)
    assert sheet.read_bytes().startswith(b"%PDF")
    assert described[1].startswith("team ")
    assert refused[0] == 1
    assert "K1" in refused[2]


@pytest.mark.parametrize("easy", ["password1234", "Oakfield P. 2026"])
def test_a_passphrase_that_is_easy_to_guess_begins_nothing_here_either(tmp_path: Path, easy: str) -> None:
    folder, sheet, typed = tmp_path / "team", tmp_path / "sheet.pdf", tmp_path / "passphrase.txt"
    typed.write_text(easy, "utf-8")
    whose = ("--partnership", "Oakfield Partnership (invented)", "--person", "Ana")

    code, _out, said = run("workspace", "create", folder, *whose, "--passphrase-file", typed, "--recovery-sheet", sheet)

    assert code == 1
    assert "K122" in said
    assert not folder.exists()
    assert not sheet.exists()


def test_a_return_is_inspected_merged_scored_and_printed(audit: Round, tmp_path: Path, secret: Path) -> None:
    school, response_id = audit.laptop()
    answers.record_answer(school, response_id, QuestionId("heard"), "met")
    sent = responses.send_return(school, response_id, tmp_path)
    _person, invited = invitations.invite_panellist(audit.team, audit.round_id, "Dev", (response_id,), tmp_path)
    folder = audit.team.store.database.path
    assert folder is not None
    team = folder.parent
    key = ("--passphrase-file", secret)

    seen = run("bundle", "inspect", team, sent, *key)
    nothing_yet = rounds.returns_of(audit.team, audit.round_id)[0].receipt
    merged = run("bundle", "merge", team, sent, *key)
    again = run("bundle", "merge", team, sent, *key)
    refused = run("bundle", "inspect", team, invited.path, *key)
    early = run("score", "compare", team, response_id, *key)
    printed = run("report", "return", team, response_id, tmp_path / "return.pdf", *key)

    assert (seen[0], merged[0], again[0], printed[0]) == (0, 0, 0, 0), (seen, merged, printed)
    assert nothing_yet == ""
    assert "2 new" in merged[1]
    assert "0 new" in again[1]
    assert refused[0] == 1
    assert early[0] == 1
    assert "W208" in early[2]
    assert (tmp_path / "return.pdf").read_bytes().startswith(b"%PDF-")


def test_a_workspace_that_is_locked_out_is_rescued_with_the_spare_key(tmp_path: Path, audit: Round) -> None:
    world = replace(audit.setting.world, passphrase_cost=CHEAP)
    spare = escrow.new_spare_key(world)
    escrow.use_for_partnership(audit.team, spare)
    keys.accept_spare_key(audit.team, PASSPHRASE)
    stick = escrow.save_spare_key(spare, tmp_path / "stick")
    database = audit.team.store.database.path
    assert database is not None
    audit.team.close()
    words, new = tmp_path / "words", tmp_path / "new"
    words.write_text(spare.words, "utf-8")
    new.write_text("glacier teapot marble", "utf-8")
    options = ("--spare-key", stick, "--words-file", words, "--recovery-sheet", tmp_path / "sheet.pdf")

    rescued = run("workspace", "rescue", database.parent, *options, "--passphrase-file", new)
    proved = run("workspace", "verify", database.parent, "--passphrase-file", new)

    assert (rescued[0], proved[0]) == (0, 0), rescued[2] + proved[2]
    assert "its chain holds" in proved[1]
