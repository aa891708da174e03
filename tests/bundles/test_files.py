"""A bundle's file tells nothing by its name, is there whole or not at all, and is told apart by its first bytes."""

import errno
import io
import os
import re
import stat
from pathlib import Path
from typing import BinaryIO

import pytest

from iowscp_desktop.bundles import FileKind, file_sha256, in_hand, neutral_name, peek, write_new_file
from iowscp_desktop.errors import FileUnreadable, FileUnwritable
from tests.bundles.post import posted


def test_a_neutral_name_tells_nothing_and_is_never_the_same() -> None:
    assert re.fullmatch(r"audit-[0-9a-z]{8}\.iowbundle", neutral_name())
    assert neutral_name(".iowinvite").endswith(".iowinvite")
    assert len({neutral_name() for _ in range(100)}) == 100


def test_the_kind_of_a_file_is_seen_without_a_key(tmp_path: Path) -> None:
    path = tmp_path / "some file"

    for content, kind in [
        (posted(), FileKind.BUNDLE),
        (b"iowscp-invitation/v1\n{}", FileKind.INVITATION),
        (b"iowscp-invitation/v7\n{}", FileKind.INVITATION),
        (b"PK\x03\x04", FileKind.OTHER),
        (b"", FileKind.OTHER),
    ]:
        path.write_bytes(content)
        assert peek(path) is kind


def test_a_file_that_cannot_be_read_is_named_as_such(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable):
        peek(tmp_path / "gone")
    with pytest.raises(FileUnreadable):
        file_sha256(tmp_path)


def test_the_digest_is_that_of_the_file() -> None:
    assert file_sha256(io.BytesIO(b"abc")).startswith("ba7816bf8f01cfea414140de5dae2223")


def test_a_small_file_is_read_once_and_a_large_one_is_not_held(tmp_path: Path) -> None:
    small, large = tmp_path / "small", tmp_path / "large"
    small.write_bytes(b"abc")
    large.write_bytes(bytes(1024 * 1024 + 1))

    held = in_hand(small)
    small.write_bytes(b"another story")

    assert held is not None
    assert (held.read(), held.sha256) == (b"abc", file_sha256(io.BytesIO(b"abc")))
    assert in_hand(large) is None


def test_what_is_no_file_is_not_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    for path in (pipe, tmp_path, tmp_path / "gone"):
        with pytest.raises(FileUnreadable):
            in_hand(path)


def test_a_new_file_is_there_whole_with_what_the_writer_returned(tmp_path: Path) -> None:
    path = tmp_path / "audit.iowbundle"

    assert write_new_file(path, lambda sink: sink.write(b"whole")) == 5
    assert path.read_bytes() == b"whole"
    assert list(tmp_path.iterdir()) == [path]


def full_disk(sink: BinaryIO) -> None:
    sink.write(b"the beginning")
    raise OSError(28, "No space left on device")


def bug(sink: BinaryIO) -> None:
    sink.write(b"the beginning")
    raise ZeroDivisionError


def test_a_file_that_could_not_be_finished_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileUnwritable):
        write_new_file(tmp_path / "a.iowbundle", full_disk)
    with pytest.raises(ZeroDivisionError):
        write_new_file(tmp_path / "a.iowbundle", bug)

    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_takes_no_file_is_named_as_such() -> None:
    with pytest.raises(FileUnwritable):
        write_new_file(Path("/proc/self/nothing.iowbundle"), lambda sink: sink.write(b"x"))


def test_what_is_there_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "a.iowbundle"
    path.write_bytes(b"theirs")

    with pytest.raises(FileUnwritable):
        write_new_file(path, lambda sink: sink.write(b"ours"))
    assert path.read_bytes() == b"theirs"


def test_a_place_that_cannot_be_looked_into_is_named_as_such(tmp_path: Path) -> None:
    with pytest.raises(FileUnwritable):
        write_new_file(tmp_path / ("x" * 300) / "a.iowbundle", lambda sink: sink.write(b"x"))


def a_folder_answers(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """The system, asked to make a folder safe, says this; files are as always."""
    real = os.fsync

    def fsync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(number, os.strerror(number))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP, errno.EACCES])
def test_a_drive_that_cannot_make_a_folder_safe_takes_the_file_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    a_folder_answers(monkeypatch, number)

    write_new_file(tmp_path / "a.iowbundle", lambda sink: sink.write(b"whole"))

    assert [each.read_bytes() for each in tmp_path.iterdir()] == [b"whole"]


def test_a_stick_that_is_pulled_out_after_the_last_byte_leaves_no_file_that_nobody_knows_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_folder_answers(monkeypatch, errno.EIO)

    with pytest.raises(FileUnwritable):
        write_new_file(tmp_path / "a.iowbundle", lambda sink: sink.write(b"whole"))

    assert list(tmp_path.iterdir()) == []
