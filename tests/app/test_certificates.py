"""The certificate of an erasure, read back by another program; and the backups from before it."""

import subprocess
from pathlib import Path

from iowscp_desktop.app import backups, certificates, erasure
from iowscp_desktop.domain.erasure import Why
from iowscp_desktop.domain.ids import response_space
from tests.app.conftest import Round
from tests.app.test_erasure import NAME, restore, returned


def written(path: Path) -> str:
    """What poppler reads in a PDF."""
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True, text=True)
    return " ".join(done.stdout.split())


def test_a_certificate_says_what_who_when_why_and_what_was_proved(audit: Round, tmp_path: Path) -> None:
    _ws, response_id, _path = returned(audit, tmp_path)
    space = response_space(response_id)
    done, _ = erasure.erase(audit.team, erasure.plan(audit.team, space), Why.DUE, "Six years have passed")

    path = certificates.write_certificate(audit.team, done, tmp_path / "certificate.pdf")

    words = written(path)
    for said in (
        done.id[:12],
        "Test Partnership",
        "Test School",
        "Ana Team",
        "Six years have passed",
        "5 January 2026",
    ):
        assert said in words
    assert "Answers and earlier wordings of them 5" in words
    assert "still holds" in words
    assert done.spans[0].stream in words.replace(" ", "")
    assert not [told for told in (NAME, "Survey", "letter", ".txt") if told in words]


def test_backups_from_before_are_named_and_can_be_deleted(audit: Round, tmp_path: Path) -> None:
    _ws, response_id, _path = returned(audit, tmp_path)
    (before,) = backups.back_up(audit.team)
    space = response_space(response_id)
    done, _ = erasure.erase(audit.team, erasure.plan(audit.team, space), Why.DUE, "Six years have passed")
    (after,) = backups.back_up(audit.team)

    assert [each.folder for each in certificates.older_copies(audit.team, done).backups] == [before.folder]
    first = written(certificates.write_certificate(audit.team, done, tmp_path / "first.pdf"))
    count = certificates.erase_copies(audit.team, done)
    second = written(certificates.write_certificate(audit.team, done, tmp_path / "second.pdf"))

    assert (count, before.folder.exists(), after.folder.exists()) == (1, False, True)
    assert before.folder.name in first
    assert before.folder.name not in second


def test_deleting_old_backups_leaves_a_new_one(audit: Round, tmp_path: Path) -> None:
    _ws, response_id, _path = returned(audit, tmp_path)
    backups.back_up(audit.team)
    space = response_space(response_id)
    done, _ = erasure.erase(audit.team, erasure.plan(audit.team, space), Why.DUE, "Six years have passed")

    certificates.erase_copies(audit.team, done)

    (left,) = backups.shelves(audit.team).here
    assert left.manifest.made > done.at


def test_what_was_put_aside_when_a_backup_was_restored_is_deleted_too(audit: Round, tmp_path: Path) -> None:
    _ws, response_id, _path = returned(audit, tmp_path)
    (backup,) = backups.back_up(audit.team)
    team = restore(audit, backup)
    done, _ = erasure.erase(team, erasure.plan(team, response_space(response_id)), Why.DUE, "Six years have passed")
    (aside,) = certificates.older_copies(team, done).replaced

    first = written(certificates.write_certificate(team, done, tmp_path / "first.pdf"))
    certificates.erase_copies(team, done)

    assert "replaced/000001" in first
    assert not aside.exists()
    assert certificates.older_copies(team, done).count == 0
    assert team.verify().wrongs == ()
