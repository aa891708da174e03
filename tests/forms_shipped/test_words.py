"""The words of the shipped tools: short, plain, British, and claiming nothing that nobody checked."""

import re
from collections.abc import Iterator

from iowscp_desktop.domain.shipped import shipped
from tests.forms_shipped.conftest import TOOL_IDS, compiled

HEAVY_WORDS = (
    *("utilise", "in order to", "pertaining", "robust", "stakeholder", "leverage", "going forward", "endeavour"),
    *("commence", "facilitate", "holistic", "cognisant", "whilst", "e.g.", "i.e.", "etc.", "and/or"),
)
AMERICAN = ("behavior", "organization", "recognize", "center", "program ", "pediatric", "counselor", "license to")
UNCHECKED = ("Working Together 2018", "WT2018", "KCSIE 2024", "paragraph", "S3", "six months from")


def words_of(tool_id: str) -> Iterator[tuple[str, str]]:
    """Every text of a tool that people read, with the id it belongs to."""
    tool, _ = compiled(tool_id)
    for section in tool.sections:
        yield section.id, section.title
        for question in section.questions:
            yield question.id, question.question
        for item in section.items:
            yield from ((item.id, text) for text in (item.title, item.question, item.hint, item.guidance))


def syllables(word: str) -> int:
    """About how many syllables a word has."""
    stem = re.sub(r"(?:[^laeiouy]es|[^td]ed|[^laeiouy]e)$", lambda end: end[0][0], word.lower())
    return max(1, len(re.findall(r"[aeiouy]+", stem)))


def school_years(text: str) -> float:
    """The Flesch–Kincaid grade: years of school a reader needs. Six years is an age of about eleven."""
    sentences = [part for part in re.split(r"[.?!:;\n•]+", text) if re.search("[a-z]", part)]
    words = re.findall(r"[A-Za-z’]+", text)
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def test_the_measure_tells_plain_from_heavy() -> None:
    assert school_years("Do children say they feel safe?") < 3
    assert school_years("Organisational safeguarding arrangements necessitate comprehensive documentation.") > 15


def test_a_tool_can_be_read_at_eleven(tool_id: str) -> None:
    assert school_years("\n".join(text for _, text in words_of(tool_id))) < 6.5


def test_no_single_question_is_heavy_going(tool_id: str) -> None:
    for item in compiled(tool_id)[0].items:
        assert school_years(f"{item.question} {item.hint} {item.guidance}") < 10.5, item.id


def test_no_sentence_is_long(tool_id: str) -> None:
    for name, text in words_of(tool_id):
        for sentence in re.split(r"[.?!:\n]+", text):
            assert len(sentence.split()) <= 30, name


def test_no_word_is_heavy_or_american(tool_id: str) -> None:
    for name, text in words_of(tool_id):
        for word in (*HEAVY_WORDS, *AMERICAN):
            assert word not in text, (name, word)


def test_nothing_unchecked_is_said_as_fact() -> None:
    for tool_id in TOOL_IDS:
        for path in sorted(shipped("forms", tool_id).iterdir()):
            text = path.read_text(encoding="utf-8")
            for claim in (*UNCHECKED, "[recall]", "[inf]", "British Council"):
                assert claim not in text, (path.name, claim)


def test_texts_use_proper_quotes_and_dashes() -> None:
    for tool_id in TOOL_IDS:
        for name, text in words_of(tool_id):
            assert "'" not in text, name
            assert '"' not in text, name
            assert " - " not in text, name
            assert "  " not in text, name
