"""Answers and evidence as they are written down, and what is refused."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from iowscp_desktop.app import answers, evidence
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.events import AnswerRecorded, EvidenceAttached
from iowscp_desktop.domain.ids import AttachmentId, QuestionId, Register, ResponseId, response_space
from iowscp_desktop.errors import (
    AppError,
    AttachmentEmpty,
    AttachmentKindRefused,
    AttachmentsFull,
    AttachmentTooLarge,
    FileNotReadable,
    FileUnwritable,
    NotYours,
)
from tests.app.conftest import Round

HEARD = QuestionId("heard")
Desk = tuple[Workspace, ResponseId]


@pytest.fixture
def desk(audit: Round) -> Desk:
    return audit.laptop()


def standing(desk: Desk) -> list[tuple[str, str | None]]:
    return [(held.event.question_id, held.event.value) for held in desk[0].standing(AnswerRecorded)]


def names(desk: Desk) -> list[str]:
    return [held.event.name for held in desk[0].standing(EvidenceAttached)]


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40)) -> bytes:
    made = BytesIO()
    Image.new("RGB", size, "#2B6CB0").save(made, kind)
    return made.getvalue()


# --- answers -----------------------------------------------------------------------------------


def test_typing_in_one_field_leaves_one_entry(desk: Desk) -> None:
    ws, response_id = desk
    for words in ("A", "A survey", "A survey in May"):
        answers.record_answer(ws, response_id, HEARD, words, visit="v1")
    ws.leave_field()
    answers.record_answer(ws, response_id, HEARD, "A survey in June", visit="v2")

    history = ws.store.journal.history(response_space(response_id), Register("answer/heard"))

    values = [entry.event.value for entry in history if isinstance(entry.event, AnswerRecorded)]
    assert values == ["A survey in May", "A survey in June"]


def test_nothing_and_no_words_both_clear(desk: Desk) -> None:
    ws, response_id = desk
    answers.record_answer(ws, response_id, HEARD, "met")
    answers.record_answer(ws, response_id, HEARD, "")

    assert standing(desk) == [("heard", None)]
    assert ws.verify().wrongs == ()


# --- evidence ----------------------------------------------------------------------------------


def test_a_file_is_copied_in_and_left_where_it_was(desk: Desk, tmp_path: Path) -> None:
    ws, response_id = desk
    path = tmp_path / "minutes.txt"
    path.write_bytes(b"We met in May.")

    answers.attach(ws, response_id, HEARD, path)

    (held,) = ws.standing(EvidenceAttached)
    assert (held.event.name, held.event.media_type, held.event.size) == ("minutes.txt", "text/plain", 14)
    assert ws.store.blobs.read(held.event.sha256) == b"We met in May."
    assert path.read_bytes() == b"We met in May."


@pytest.mark.parametrize(
    ("name", "content", "refused"),
    [
        ("scan.pdf", b"%PDF-" + b"0" * (30 * 1024 * 1024), AttachmentTooLarge),
        ("empty.pdf", b"", AttachmentEmpty),
        ("program.exe", b"MZ", AttachmentKindRefused),
        ("program.pdf", b"MZ this is no PDF", AttachmentKindRefused),
        ("picture.png", picture("JPEG"), AttachmentKindRefused),
        ("notes.txt", b"\0\1\2", AttachmentKindRefused),
        ("no ending", b"words", AttachmentKindRefused),
        ("page.html", b"<script>", AttachmentKindRefused),
    ],
)
def test_a_file_that_may_not_be_evidence_is_refused_and_nothing_is_written(
    desk: Desk, tmp_path: Path, name: str, content: bytes, refused: type[AppError]
) -> None:
    ws, response_id = desk
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(refused):
        answers.attach(ws, response_id, HEARD, path)

    assert names(desk) == []
    assert path.read_bytes() == content
    assert ws.verify().wrongs == ()


@pytest.mark.parametrize("gone", ["missing", "folder"])
def test_what_cannot_be_read_is_said(desk: Desk, tmp_path: Path, gone: str) -> None:
    path = tmp_path / "there.pdf"
    if gone == "folder":
        path.mkdir()

    with pytest.raises(FileNotReadable):
        answers.attach(*desk, HEARD, path)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("minutes.pdf", "minutes.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system.ini", "system.ini"),
        ("report\u202efdp.exe", "reportfdp.exe"),
        ("line\nbreak.pdf", "linebreak.pdf"),
        ('a<b>:"|?*.pdf', "ab.pdf"),
        ("...", "file"),
        ("/", "file"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
    ],
)
def test_a_name_is_only_a_name(given: str, kept: str) -> None:
    assert answers.safe_name(given) == kept


def test_a_hostile_name_does_no_harm_on_the_disk(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "in\u202evoice\nof June .pdf"
    path.write_bytes(b"%PDF-1.7")

    answers.attach(*desk, HEARD, path)

    assert names(desk) == ["invoiceof June .pdf"]


def test_a_response_takes_so_much_and_no_more(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "MOST_RESPONSE_BYTES", 20)
    first, second = tmp_path / "one.txt", tmp_path / "two.txt"
    first.write_bytes(b"twelve bytes")
    second.write_bytes(b"nine more")
    answers.attach(*desk, HEARD, first)

    with pytest.raises(AttachmentsFull):
        answers.attach(*desk, HEARD, second)

    assert names(desk) == ["one.txt"]


def test_a_file_taken_away_can_be_put_back(desk: Desk, tmp_path: Path) -> None:
    ws, response_id = desk
    path = tmp_path / "minutes.txt"
    path.write_bytes(b"We met in May.")
    answers.attach(ws, response_id, HEARD, path)
    (before,) = ws.standing(EvidenceAttached)
    answers.detach(ws, response_id, before.event.attachment_id)
    away = names(desk)

    answers.put_back(ws, response_id, before.event.attachment_id)

    (after,) = ws.standing(EvidenceAttached)
    assert away == []
    assert after.event == before.event
    assert ws.verify().wrongs == ()


def test_what_was_never_there_is_neither_taken_away_nor_put_back(desk: Desk) -> None:
    for deed in (answers.detach, answers.put_back):
        with pytest.raises(NotYours):
            deed(*desk, AttachmentId("never"))


def test_a_pasted_picture_is_held_to_the_same_rules(desk: Desk) -> None:
    answers.attach_evidence(*desk, HEARD, answers.pasted_picture("Picture 1.png", picture()))

    assert names(desk) == ["Picture 1.png"]
    with pytest.raises(AttachmentEmpty):
        answers.pasted_picture("Picture 2.png", b"")
    with pytest.raises(AttachmentKindRefused):
        answers.pasted_picture("Picture 2.png", b"no picture")
    with pytest.raises(AttachmentTooLarge):
        answers.pasted_picture("Picture 2.png", bytes(26 * 1024 * 1024))


def test_a_copy_is_saved_whole_or_not_at_all(desk: Desk, tmp_path: Path) -> None:
    ws, response_id = desk
    answers.attach_evidence(ws, response_id, HEARD, answers.pasted_picture("Picture 1.png", picture()))
    (held,) = ws.standing(EvidenceAttached)
    id_ = held.event.attachment_id
    folder = tmp_path / "copies"
    folder.mkdir()

    place = evidence.save_copy(ws, response_id, id_, folder / "copy.png")

    assert place.read_bytes() == picture()
    with pytest.raises(FileUnwritable):
        evidence.save_copy(ws, response_id, id_, tmp_path / "no such folder" / "copy.png")
    (folder / "taken").mkdir()
    with pytest.raises(FileUnwritable):
        evidence.save_copy(ws, response_id, id_, folder / "taken")
    assert sorted(path.name for path in folder.iterdir()) == ["copy.png", "taken"]


@pytest.mark.parametrize(("kind", "media_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg")])
def test_a_small_picture_is_small_and_carries_nothing_but_the_picture(kind: str, media_type: str) -> None:
    small = evidence.small_picture(picture(kind, (800, 400)), media_type, side=100)

    with Image.open(BytesIO(small)) as image:
        assert (image.format, image.size) == ("PNG", (100, 50))


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"\x89PNG\r\n\x1a\n damaged", "image/png"),
        (picture("PNG", (7000, 6000)), "image/png"),  # a few bytes that ask for 126 MB
        (picture("GIF"), "image/png"),
        (picture(), "application/pdf"),
        (picture()[:60], "image/png"),
    ],
)
def test_a_picture_better_not_decoded_gets_none(content: bytes, media_type: str) -> None:
    assert evidence.small_picture(content, media_type, side=100) == b""
