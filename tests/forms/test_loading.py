"""Loading XForms: what is refused, what is noted, and the tables they bring along."""

import pytest

from iowscp_desktop.errors import ExpressionUnreadable, FormError, FormUnreadable, NotAScript
from iowscp_desktop.forms import compile_workbook, load_form, plain_text, read_workbook, run_script, safe_html
from tests.forms.conftest import begin, form_of, table, xform


@pytest.mark.parametrize(
    "xml",
    [
        "",
        "no xml",
        "<a>",
        "<a/>",
        '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        "<html><model><instance/></model></html>",
        "<a>" * 5_000 + "</a>" * 5_000,
        "<model><instance><d>" + "<a>" * 150 + "</a>" * 150 + "</d></instance></model>",
    ],
)
def test_what_is_no_xform_is_refused(xml: str) -> None:
    with pytest.raises(FormUnreadable):
        load_form(xml)


def test_entities_never_grow() -> None:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))

    with pytest.raises(FormError):
        load_form(f'<!DOCTYPE a [<!ENTITY a0 "ha">{laughs}]><a>&a11;</a>')


def test_a_rule_that_is_no_xpath_names_its_question() -> None:
    with pytest.raises(ExpressionUnreadable, match="/data/a, relevant"):
        xform("<a/>", '<bind nodeset="/data/a" relevant="1 +"/>')


def test_what_leads_nowhere_or_does_nothing_here_is_noted() -> None:
    form = xform("<a/>", '<bind nodeset="/data/b"/>', '<input ref="/data/c"/>')

    assert [finding.code for finding in form.findings] == ["no-such-place", "no-such-place"]


def test_a_missing_file_is_noted_and_the_form_still_opens() -> None:
    form = form_of("| type | name | label |\n| select_one_from_file towns.csv | a | A |")

    assert [finding.code for finding in form.findings] == ["missing-file"]
    assert begin(form).node("/data/a").choices == ()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("towns.csv", "name,label\nr,Ryde\nc,Cowes\n"),
        (
            "towns.xml",
            "<root><item><name>r</name><label>Ryde</label></item><item><name>c</name><label>Cowes</label></item></root>",
        ),
        (
            "towns.geojson",
            '{"type":"FeatureCollection","features":['  # noqa: ISC004 - one text
            '{"type":"Feature","id":"r","properties":{"title":"Ryde"},"geometry":{"type":"Point","coordinates":[-1.1,50.7]}},'
            '{"type":"Feature","id":"c","properties":{"title":"Cowes"},"geometry":{"type":"Point","coordinates":[-1.3,50.8]}}]}',
        ),
    ],
)
def test_choices_come_from_attached_files(name: str, content: str) -> None:
    form = form_of(f"| type | name | label |\n| select_one_from_file {name} | a | A |", media={name: content})

    assert begin(form).node("/data/a").choices == (("r", "Ryde"), ("c", "Cowes"))


@pytest.mark.parametrize(("name", "content"), [("t.geojson", "{}"), ("t.geojson", "["), ("t.xml", "<a>")])
def test_a_damaged_file_is_named(name: str, content: str) -> None:
    with pytest.raises(FormUnreadable):
        form_of(f"| type | name | label |\n| select_one_from_file {name} | a | A |", media={name: content})


def test_randomised_choices_keep_their_order_for_a_seed() -> None:
    survey = "| type | name | label | parameters |\n| select_one l | a | A | randomize=true seed=42 |"
    choices = "\n".join(f"| l | {number} | {number} | |" for number in range(1, 7))
    first = [choice.value for choice in begin(form_of(survey, choices)).node("/data/a").choices]

    assert sorted(first) == ["1", "2", "3", "4", "5", "6"]
    assert first != sorted(first)
    assert [choice.value for choice in begin(form_of(survey, choices)).node("/data/a").choices] == first


def test_the_tree_is_the_form_as_a_person_sees_it() -> None:
    form = form_of("""
| type         | name | label | appearance |
| begin_group  | g    | G     | field-list |
| text         | a    | A     | multiline  |
| end_group    |      |       |            |
| begin_repeat | r    | R     |            |
| text         | b    | B     |            |
| end_repeat   |      |       |            |
""")

    assert [(part.kind, part.path, part.appearance) for part in form.tree] == [
        ("group", "/data/g", "field-list"),
        ("group", "/data/r", ""),
    ]
    assert [(part.kind, part.path) for part in form.tree[1].parts] == [("repeat", "/data/r")]
    assert (form.title, form.id) == ("test", "test")


def test_a_script_answers_and_describes_every_node() -> None:
    form = form_of("""
| type         | name | label | required |
| begin_repeat | r    | R     |          |
| integer      | a    | A     | yes      |
| end_repeat   |      |       |          |
""")

    nodes = run_script(
        form,
        [{"op": "add_repeat", "ref": "/data/r"}, ["/data/r[2]/a", "7"], {"op": "remove_repeat", "ref": "/data/r[1]"}],
    )

    assert [node for node in nodes if node["ref"].endswith("/a")] == [
        {
            "ref": "/data/r[1]/a",
            "type": "int",
            "value": "7",
            "relevant": True,
            "readonly": False,
            "required": True,
            "constraint_valid": True,
            "required_valid": True,
            "choices": [],
        }
    ]


@pytest.mark.parametrize("operation", ["text", [], ["a"], ["a", 1, 2], {"op": "fly"}, {"ref": "/data/a"}, 7, None])
def test_what_is_no_operation_is_refused(operation: object) -> None:
    with pytest.raises(NotAScript, match="Operation 1"):
        run_script(form_of("| type | name | label |\n| text | a | A |"), [operation])


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain & <simple>", "plain &amp;"),
        (
            "**bold** and *thin* and __strong__ _thin_",
            "<strong>bold</strong> and <em>thin</em> and <strong>strong</strong> <em>thin</em>",
        ),
        ("snake_case_name 2*3*4", "snake_case_name 2*3*4"),
        ("# Title\nText", "<h1>Title</h1>Text"),
        ("a\nb\n\nc", "a<br>b<br><br>c"),
        ("[us](https://x.org)", '<a href="https://x.org">us</a>'),
        ("[us](javascript:alert(1))", "us)"),
        ("![pixel](https://evil.example/p.png)", "pixel"),
        ("<img src='https://evil.example/p.png'>x", "x"),
        ("<script>alert(1)</script>", "alert(1)"),
        ("<b onclick='x'>a</b>", "a</b>"),
        ("<b>a</b>", "<b>a</b>"),
        (
            '<span style="color: red; background: url(https://evil.example)">a</span>',
            '<span style="color: red">a</span>',
        ),
        (r"1 \* 2", "1 * 2"),
    ],
)
def test_decision_10_labels_are_made_harmless(text: str, html: str) -> None:
    assert safe_html(text) == html


def test_labels_read_plainly_where_there_is_no_markup() -> None:
    assert plain_text("# Title\nA **b** & [c](https://x.org)<br>d") == "Title\nA b & c\nd"


EXTERNAL = """
| type | name | label | choice_filter |
| text | st | State | |
| select_one_external counties | c | County | state=${st} |
"""
COUNTIES = """## external_choices
| list_name | name | label | state |
| counties | k | King | wa |
| counties | p | Pierce | wa |
| counties | t | Travis | tx |
| towns | r | Ryde | wa |
"""


def test_external_choices_come_from_their_table_and_its_filter() -> None:
    session = begin(form_of(f"{EXTERNAL}{COUNTIES}"))

    before = session.node("/data/c").choices
    session.set("/data/st", "wa")

    assert before == ()
    assert session.node("/data/c").choices == (("k", "King"), ("p", "Pierce"))
    assert session.node("/data/c").control == "select1"


def test_an_external_choice_that_is_no_longer_offered_is_marked() -> None:
    session = begin(form_of(f"{EXTERNAL}{COUNTIES}"))
    session.set("/data/st", "wa")
    session.set("/data/c", "k")

    session.set("/data/st", "tx")

    assert session.node("/data/c").value == "k"
    assert not session.node("/data/c").offered


def test_external_choices_speak_the_session_s_language() -> None:
    form = form_of(
        """
| type | name | label::English (en) | label::Cymraeg (cy) | choice_filter |
| select_one_external towns | t | Town | Tref | true() |
""",
        settings="| default_language |\n| English (en) |\n"
        "## external_choices\n"
        "| list_name | name | label::English (en) | label::Cymraeg (cy) |\n| towns | c | Cardiff | Caerdydd |",
    )
    session = begin(form)

    english = session.node("/data/t").choices
    session.set_language("Cymraeg (cy)")

    assert english == (("c", "Cardiff"),)
    assert session.node("/data/t").choices == (("c", "Caerdydd"),)


def test_external_choices_without_their_table_are_noted() -> None:
    compiled = compile_workbook(read_workbook(table(f"{EXTERNAL}{COUNTIES}").encode(), name="x.md"))

    form = load_form(compiled.xml)

    assert [finding.code for finding in form.findings] == ["missing-file"]
    assert begin(form).node("/data/c").choices == ()


LAST = "| type | name | label | default |\n| text | st | State | ${last-saved#st} |"


def test_an_answer_of_the_last_response_is_the_default_of_the_next() -> None:
    form = form_of(LAST)
    session = begin(form)
    session.set("/data/st", "Ryde")

    following = begin(form.with_last_saved(session.export_xml()))

    assert following.node("/data/st").value == "Ryde"
    assert begin(form).node("/data/st").value == ""


def test_a_last_response_that_is_no_xml_is_refused() -> None:
    with pytest.raises(FormUnreadable):
        form_of(LAST).with_last_saved("<data")


@pytest.mark.parametrize(("seed", "order"), [("43", "acb"), ("-43", None), ("'a text'", None), ("''", None)])
def test_a_seed_shuffles_choices_as_every_odk_program_does(seed: str, order: str | None) -> None:
    items = "".join(f"<item><name>{name}</name><label>{name}</label></item>" for name in "abc")
    form = xform(
        "<a/>",
        body=f'<select1 ref="/data/a"><itemset nodeset="randomize(instance(\'k\')/root/item, {seed})">'
        '<value ref="name"/><label ref="label"/></itemset></select1>',
        binds=f'<instance id="k"><root>{items}</root></instance>',
    )

    shuffled = "".join(choice.value for choice in begin(form).node("/data/a").choices)

    assert sorted(shuffled) == ["a", "b", "c"]
    assert order is None or shuffled == order


def test_a_calculation_on_a_group_does_nothing_and_is_noted() -> None:
    form = xform("<g><a>1</a></g>", '<bind nodeset="/data/g" calculate="2"/>', '<input ref="/data/g/a"/>')

    assert [finding.code for finding in form.findings] == ["calculated-group"]
    assert begin(form).node("/data/g/a").value == "1"
