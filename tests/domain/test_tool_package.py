"""A tool as it travels: the same files are the same bytes, and nothing else is taken for a tool."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iowscp_desktop.domain.tool import files_in, open_package, read_tool
from iowscp_desktop.errors import FormError, ToolFileMissing, ToolPackageDamaged, ToolRowWrong
from tests.domain.tool_sample import EXTRA, FORM, mini_files


def test_a_package_opens_to_the_same_package() -> None:
    package = read_tool(mini_files() | {"picture.png": b"\x89PNG\xff\x00"})

    opened = open_package(package.canonical())

    assert opened == package
    assert opened.digest == package.digest


@given(st.dictionaries(st.from_regex(r"[a-z]{1,8}\.[a-z]{1,3}", fullmatch=True), st.binary(max_size=40), max_size=4))
def test_any_files_beside_the_form_travel_unchanged(others: dict[str, bytes]) -> None:
    files = others | mini_files()

    assert dict(open_package(read_tool(files).canonical()).files) == files


def test_the_order_of_files_does_not_change_the_digest() -> None:
    files = mini_files()

    assert read_tool(files).digest == read_tool(dict(reversed(files.items()))).digest


def test_one_changed_letter_changes_the_digest() -> None:
    assert read_tool(mini_files()).digest != read_tool(mini_files(form=FORM.replace("Hello", "Hallo"))).digest


@pytest.mark.parametrize("missing", ["tool.toml", "form.md", "extra.md"])
def test_a_missing_file_is_named(missing: str) -> None:
    files = mini_files()
    del files[missing]

    with pytest.raises(ToolFileMissing, match=missing):
        read_tool(files)


@pytest.mark.parametrize("path", ["../evil", "/etc/passwd", "a\\b", "a//b", "./a", "C:a", "", "a\nb"])
def test_a_path_that_leads_elsewhere_is_refused(path: str) -> None:
    with pytest.raises(ToolPackageDamaged, match="leads elsewhere"):
        read_tool(mini_files() | {path: b""})


def test_a_tool_that_is_far_too_large_is_refused() -> None:
    with pytest.raises(ToolPackageDamaged, match="larger"):
        read_tool(mini_files() | {"film.mp4": bytes(17 * 1024 * 1024)})


@pytest.mark.parametrize(
    "packed",
    [
        b"",
        b"[]",
        b"\xff",
        b'{"files":{},"format":"iowscp-tool v9"}',
        b'{"files":{"a":{"base64":"!"}},"format":"iowscp-tool v0"}',
    ],
)
def test_other_bytes_are_not_taken_for_a_tool(packed: bytes) -> None:
    with pytest.raises(ToolPackageDamaged):
        open_package(packed)


def test_the_same_files_written_another_way_are_refused() -> None:
    packed = read_tool(mini_files()).canonical()

    with pytest.raises(ToolPackageDamaged, match="not written the way"):
        open_package(packed.replace(b'"files":', b'"files": ', 1))


def test_a_block_takes_the_place_of_its_row_and_brings_its_choices() -> None:
    workbook = read_tool(mini_files()).workbook()

    assert [row["name"] for row in workbook.rows("survey") if row["type"] == "begin_group"] == [
        "start_page",
        "training",
        "local",
    ]
    assert [row["name"] for row in workbook.rows("choices")] == ["yearly", "never"]


def test_another_block_file_swaps_the_questions() -> None:
    swapped = mini_files(extra=EXTRA.replace("loc_learning", "loc27_learning"))

    names = [row["name"] for row in read_tool(swapped).workbook().rows("survey")]

    assert "loc27_learning" in names
    assert "loc_learning" not in names


def test_a_block_the_settings_do_not_know_is_named_with_its_row() -> None:
    form = FORM.replace("| block | extra |", "| block | other |")

    with pytest.raises(ToolRowWrong, match=r"row 12: the settings have no block called “other”"):
        read_tool(mini_files(form=form)).workbook()


def test_a_block_cannot_bring_a_choice_list_that_is_there_already() -> None:
    form = FORM + "| choices | | | |\n| | list_name | name | label |\n| | often | daily | Daily |\n"

    with pytest.raises(ToolRowWrong, match="second choice list “often”"):
        read_tool(mini_files(form=form)).workbook()


def test_a_block_that_is_no_form_is_refused() -> None:
    with pytest.raises(FormError):
        read_tool(mini_files(extra="nothing here")).workbook()


def test_a_folder_is_read_without_its_hidden_files(tmp_path: Path) -> None:
    for path, content in (mini_files() | {"pictures/a.txt": b"a", ".git/x": b"x", ".hidden": b"y"}).items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(content)

    assert files_in(tmp_path) == mini_files() | {"pictures/a.txt": b"a"}
