"""What the page of the results consists of: counts with bars, two questions side by side, before and after."""

from PySide6.QtWidgets import QWidget

from iowscp_desktop.app.survey_results import Compared, ComparedQuestion, Crossed, CrossedGroup, QuestionResult
from iowscp_desktop.text.survey import Survey as Words
from iowscp_desktop.ui.theme import Type
from iowscp_desktop.ui.widgets.bars import PlainBar
from iowscp_desktop.ui.widgets.labels import Label
from iowscp_desktop.ui.widgets.layouts import Column
from iowscp_desktop.ui.widgets.surfaces import Card

_AROUND = (20, 14, 20, 16)


def question_card(question: QuestionResult) -> Card:
    """Return one question: each answer with its number and a bar, or what people wrote."""
    column = Column(
        Label(question.label, Type.STRONG, wrap=True),
        Label(Words.answered(question.answered), Type.SMALL, wrap=True),
        gap=10,
        margins=_AROUND,
    )
    for words, count in question.counts:
        _count(column, Words.count(words, count), count, question.answered)
    for line in question.lines:
        column.add(Label(line, Type.BODY, wrap=True))
    return _named(Card(column), question.label)


def crossed_list(crossed: Crossed) -> list[QWidget]:
    """Return a card for each answer to the first question, and why numbers are left out if any are."""
    cards: list[QWidget] = [_group_card(group) for group in crossed.groups]
    if not crossed.is_whole:
        cards.append(Label(Words.not_told_about, Type.SMALL, wrap=True))
    return cards


def compared_list(compared: Compared) -> list[QWidget]:
    """Return a card for each question that was asked both times."""
    people = Label(Words.pairs(compared.people), Type.BODY, wrap=True)
    return [people, *(_compared_card(each, compared.people) for each in compared.questions)]


def _group_card(group: CrossedGroup) -> Card:
    heading = Words.group(group.words, group.size)
    column = Column(Label(heading, Type.STRONG, wrap=True), gap=10, margins=_AROUND)
    for words, count in group.counts if group.size else ():
        _count(column, Words.cell(words, count), count or 0, group.size)
    return _named(Card(column), heading)


def _compared_card(question: ComparedQuestion, people: int) -> Card:
    column = Column(Label(question.label, Type.STRONG, wrap=True), gap=10, margins=_AROUND)
    for words, before, after in question.counts:
        answer = Column(Label(Words.change(words, after - before), Type.BODY, wrap=True), gap=2)
        for said, count in ((Words.then(before), before), (Words.now(after), after)):
            answer.add(Label(said, Type.SMALL))
            _bar(answer, Words.of(words, said), count, people)
        column.add(_together(answer))
    return _named(Card(column), question.label)


def _count(column: Column, words: str, count: int, whole: int) -> None:
    answer = Column(Label(words, Type.BODY, wrap=True), gap=2)
    _bar(answer, words, count, whole)
    column.add(_together(answer))


def _together(answer: Column) -> QWidget:
    """Return an answer with its bars: what belongs together stands closer than what does not."""
    holder = QWidget()
    holder.setLayout(answer)
    return holder


def _bar(column: Column, name: str, count: int, whole: int) -> None:
    """Add a bar; for nobody there is none."""
    if count:
        bar = PlainBar(name)
        bar.setRange(0, max(whole, count))
        bar.setValue(count)
        column.add(bar)


def _named(card: Card, name: str) -> Card:
    card.setAccessibleName(name)
    return card
