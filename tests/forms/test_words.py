"""What a form says: choices with answers in them, names of choices, texts by id."""

import pytest

from iowscp_desktop.errors import GoesInCircles
from iowscp_desktop.forms import Form, load_form
from tests.forms.conftest import HEAD, begin, form_of


def test_choices_may_have_answers_in_their_labels() -> None:
    form = load_form(
        HEAD
        + "<itext>"
        + "".join(
            f'<translation lang="{language}"><text id="l-0"><value>{word} <output value="/data/who"/></value></text>'
            "</translation>"
            for language, word in (("en", "Ask"), ("pl", "Zapytaj"))
        )
        + "</itext><instance><data id='t'><who/><pick/><said/></data></instance>"
        "<instance id='l'><root><item><itextId>l-0</itextId><name>a</name></item></root></instance>"
        "<bind nodeset='/data/said' calculate=\"jr:choice-name(/data/pick, '/data/pick')\"/>"
        "</model></h:head><h:body><input ref='/data/who'><label>Who</label></input>"
        "<select1 ref='/data/pick'><itemset nodeset=\"instance('l')/root/item\">"
        "<value ref='name'/><label ref='jr:itext(itextId)'/></itemset></select1></h:body></h:html>"
    )
    session = begin(form)
    session.set("/data/pick", "a")
    assert session.node("/data/pick").choices == (("a", "Ask"),)

    changed = session.set("/data/who", "Ana")

    assert "/data/pick" in changed
    assert session.node("/data/pick").choices == (("a", "Ask Ana"),)
    assert session.node("/data/said").value == "Ask Ana"
    session.set_language("pl")
    assert session.node("/data/pick").choices == (("a", "Zapytaj Ana"),)


def test_the_name_of_a_choice_is_that_of_the_same_instance() -> None:
    form = form_of(
        """
| type         | name | label | calculation |
| begin_repeat | row  | R     |             |
| select_one l | pick | Pick  |             |
| calculate    | said |       | jr:choice-name(${pick}, '${pick}') |
| end_repeat   |      |       |             |
""",
        "| l | a | Apple | |\n| l | b | Pear | |",
    )
    session = begin(form)
    session.add_repeat("/data/row")

    session.set("/data/row[1]/pick", "a")
    session.set("/data/row[2]/pick", "b")

    assert [session.node(f"/data/row[{number}]/said").value for number in (1, 2)] == ["Apple", "Pear"]


def test_a_form_may_call_itself_an_instance() -> None:
    form = form_of("""
| type      | name | label | calculation |
| text      | a    | A     |             |
| calculate | b    |       | instance('test')/data/a |
""")
    session = begin(form)

    session.set("/data/a", "x")

    assert session.node("/data/b").value == "x"


def test_pictures_of_a_label_are_named() -> None:
    form = form_of("| type | name | label | image |\n| text | a | A | map.png |")

    assert begin(form).node("/data/a").media == {"image": "jr://images/map.png"}


def worded(texts: dict[str, str], rest: str) -> Form:
    """A form with texts by id; `rest` is what comes after them."""
    said = "".join(f"<text id='{name}'><value>{value}</value></text>" for name, value in texts.items())
    return load_form(f"{HEAD}<itext><translation lang='en'>{said}</translation></itext>{rest}</h:body></h:html>")


def test_decision_10_a_circle_through_an_answer_in_a_text_is_refused_with_its_name() -> None:
    with pytest.raises(GoesInCircles, match="said"):
        worded(
            {"hello": "Hello <output value='/data/said'/>"},
            "<instance><data id='t'><said/></data></instance>"
            "<bind nodeset='/data/said' calculate=\"jr:itext('hello')\"/></model></h:head><h:body>",
        )


def test_decision_10_texts_that_say_each_other_are_refused_with_their_ids() -> None:
    with pytest.raises(GoesInCircles, match="two → one → two"):
        worded(
            {"one": "1 <output value=\"jr:itext('two')\"/>", "two": "2 <output value=\"jr:itext('one')\"/>"},
            "<instance><data id='t'><q/></data></instance></model></h:head>"
            "<h:body><input ref='/data/q'><label ref=\"jr:itext('one')\"/></input>",
        )


def test_a_text_whose_id_is_an_answer_may_come_up_inside_itself() -> None:
    form = worded(
        {"hello": "Hello <output value='jr:itext(/data/which)'/>!", "bye": "bye"},
        "<instance><data id='t'><which>bye</which></data></instance></model></h:head>"
        "<h:body><input ref='/data/which'><label ref=\"jr:itext('hello')\"/></input>",
    )
    session = begin(form)
    assert session.node("/data/which").label == "Hello bye!"

    session.set("/data/which", "hello")

    assert session.node("/data/which").label == "Hello Hello !!"


def test_a_choice_that_names_itself_says_nothing_there() -> None:
    form = worded(
        {"l-0": "Me, <output value=\"jr:choice-name('a', '/data/pick')\"/>!"},
        "<instance><data id='t'><pick/></data></instance>"
        "<instance id='l'><root><item><itextId>l-0</itextId><name>a</name></item></root></instance></model></h:head>"
        "<h:body><select1 ref='/data/pick'><itemset nodeset=\"instance('l')/root/item\">"
        "<value ref='name'/><label ref='jr:itext(itextId)'/></itemset></select1>",
    )

    choices = begin(form).node("/data/pick").choices

    assert choices == (("a", "Me, !"),)
