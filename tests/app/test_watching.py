"""A folder is watched: what is new is offered, nothing is taken in unasked, what is half there waits."""

from pathlib import Path

import pytest

from iowscp_desktop.app import merging, receipts, watching
from iowscp_desktop.domain.events import AnswerRecorded
from iowscp_desktop.errors import NotYours
from tests.app.conftest import Round
from tests.app.test_exchange import send_return, write_answer


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    folder = tmp_path / "shared drive"
    folder.mkdir()
    return folder


def arrived(audit: Round, folder: Path, question: str = "heard") -> Path:
    school, response_id = audit.laptop()
    write_answer(school, response_id, question, "met")
    return send_return(school, response_id, folder)


def test_nothing_is_watched_before_a_folder_is_named(audit: Round) -> None:
    assert watching.watched_folder(audit.team) is None
    assert watching.Watching(audit.team).look() == watching.Offer()


def test_a_new_file_is_offered_once_it_was_the_same_twice_and_nothing_is_taken_in(audit: Round, shared: Path) -> None:
    watching.watch(audit.team, shared)
    watched = watching.Watching(audit.team)
    path = arrived(audit, shared)

    first, second = watched.look(), watched.look()

    assert (first.files, first.arriving) == ((), 1)
    assert (second.folder, second.files, second.arriving) == (shared, (path,), 0)
    assert audit.team.standing(AnswerRecorded) == ()


def test_a_file_that_still_grows_waits(audit: Round, shared: Path, tmp_path: Path) -> None:
    watching.watch(audit.team, shared)
    watched = watching.Watching(audit.team)
    whole = arrived(audit, tmp_path).read_bytes()
    path = shared / "audit-abcdefgh.iowbundle"
    offered = []
    for size in (0, 0, 500, 900, len(whole)):
        path.write_bytes(whole[:size])
        offered.append(watched.look().files)

    assert offered == [(), (), (), (), ()]
    assert watched.look().files == (path,)


def test_what_was_taken_in_is_known_by_its_content_under_any_name(audit: Round, shared: Path, tmp_path: Path) -> None:
    path = arrived(audit, tmp_path)
    receipts.take_in(audit.team, merging.preview(audit.team, [path]))
    (shared / "another name.iowbundle").write_bytes(path.read_bytes())
    watching.watch(audit.team, shared)
    watched = watching.Watching(audit.team)

    watched.look()

    assert watched.look() == watching.Offer(folder=shared)


def test_what_was_looked_at_is_not_offered_again_not_even_tomorrow(audit: Round, shared: Path) -> None:
    watching.watch(audit.team, shared)
    path = arrived(audit, shared)
    watched = watching.Watching(audit.team)
    watched.look()
    watched.looked_at(watched.look().files)

    tomorrow = watching.Watching(audit.team)
    tomorrow.look()

    assert watched.look().files == ()
    assert tomorrow.look().files == ()
    path.write_bytes(path.read_bytes() + b"it was only half there")
    tomorrow.look()
    assert tomorrow.look().files == (path,)


def test_a_folder_that_is_gone_is_told_and_comes_back(audit: Round, shared: Path, tmp_path: Path) -> None:
    watching.watch(audit.team, shared)
    path = arrived(audit, shared)
    watched = watching.Watching(audit.team)
    shared.rename(tmp_path / "away")

    gone = watched.look()
    (tmp_path / "away").rename(shared)
    watched.look()

    assert (gone.is_gone, gone.files) == (True, ())
    assert watched.look().files == (path,)


def test_files_of_other_kinds_are_left_alone(audit: Round, shared: Path) -> None:
    (shared / "notes.txt").write_text("hello", encoding="utf-8")
    (shared / "audit-abcdefgh.iowbundle").write_text("no bundle", encoding="utf-8")
    (shared / "folder.iowbundle").mkdir()
    watching.watch(audit.team, shared)
    watched = watching.Watching(audit.team)
    watched.look()

    assert watched.look().files == ()


def test_only_the_team_watches_a_folder_and_it_can_stop(audit: Round, shared: Path) -> None:
    school, _ = audit.laptop()
    watching.watch(audit.team, shared)
    watching.watch(audit.team, None)

    assert watching.watched_folder(audit.team) is None
    with pytest.raises(NotYours):
        watching.watch(school, shared)
