"""The screens speak only through `iowscp_desktop.text`."""

import ast
from pathlib import Path

import pytest

import iowscp_desktop
from iowscp_desktop import text

UI = Path(iowscp_desktop.__file__).parent / "ui"
SPEAKING = {
    "Label", "Button", "IconButton", "Tag", "MarkTag", "MarkLabel", "PageTitle", "EmptyState", "Field", "LineEdit",
    "SearchField", "SecretField", "TextArea", "DateField", "CheckBox", "RadioOption", "Combo", "Crumb", "Problem",
    "Message", "ProgressPanel", "QuestionListView", "QLabel", "QPushButton", "QAction", "setText", "setWindowTitle",
    "setToolTip", "setPlaceholderText", "setAccessibleName", "setAccessibleDescription", "show_words", "show_name",
    "show_title", "show_problem", "show_hint", "announce",
}  # fmt: skip
LETTERS = str.isalpha


def spoken_literals(source: str) -> list[str]:
    """Return the words with letters that are written straight into something that speaks."""
    found: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute) and node.func.attr[0].isupper():
                continue  # a class inside a class of Qt's, such as QFont.Tag
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            given = [*node.args, *(keyword.value for keyword in node.keywords)]
            strings = [arg.value for arg in given if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            found += [words for words in strings if name in SPEAKING and any(map(LETTERS, words))]
    return found


@pytest.mark.parametrize("path", sorted(UI.rglob("*.py")), ids=lambda path: str(path.relative_to(UI)))
def test_no_screen_brings_words_of_its_own(path: Path) -> None:
    assert spoken_literals(path.read_text("utf-8")) == []


def test_words_written_into_a_screen_would_be_found() -> None:
    assert spoken_literals('Label("Hello"); x.setText("Bye"); Button(words, icon="x")') == ["Hello", "Bye", "x"]


def test_plurals_are_right() -> None:
    assert [text.Widgets.files(count) for count in (0, 1, 2)] == ["0 files", "1 file", "2 files"]
    assert [text.Widgets.words(count) for count in (0, 1, 2)] == ["0 words", "1 word", "2 words"]
