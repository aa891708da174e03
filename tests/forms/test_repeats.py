"""Repeats: instances come, go and keep who they are."""

from collections.abc import Callable

import pytest

from iowscp_desktop.errors import GoesInCircles, NoSuchQuestion, RepeatIsFixed
from iowscp_desktop.forms import Session
from tests.forms.conftest import begin, form_of, xform

Fresh = Callable[..., Session]

PEOPLE = """
| type         | name   | label  | calculation         | relevant     |
| begin_repeat | person | Person |                     |              |
| text         | name   | Name   |                     |              |
| integer      | age    | Age    |                     |              |
| calculate    | place  |        | position(..)        |              |
| text         | adult  | Adult? |                     | ${age} >= 18 |
| end_repeat   |        |        |                     |              |
| calculate    | total  |        | sum(${age})         |              |
| calculate    | people |        | count(${person})    |              |
| calculate    | names  |        | join(', ', ${name}) |              |
"""


def values(session: Session, name: str) -> list[str]:
    return [state.value for state in session.state() if state.path == f"/data/person/{name}"]


def test_rules_in_a_repeat_concern_their_own_instance(fresh: Fresh) -> None:
    session = fresh(PEOPLE)
    session.add_repeat("/data/person")

    session.set("/data/person[2]/age", "20")

    assert not session.node("/data/person[1]/adult").relevant
    assert session.node("/data/person[2]/adult").relevant


def test_what_is_outside_sees_all_instances(fresh: Fresh) -> None:
    session = fresh(PEOPLE)
    session.set("/data/person[1]/age", "1")
    session.add_repeat("/data/person")
    session.set("/data/person[2]/age", "2")
    session.set("/data/person[2]/name", "Bo")
    assert [session.node(f"/data/{name}").value for name in ("total", "people", "names")] == ["3", "2", ", Bo"]

    session.remove_repeat("/data/person[1]")

    assert [session.node(f"/data/{name}").value for name in ("total", "people", "names")] == ["2", "1", "Bo"]


def test_decision_8_positions_follow_insertions_and_removals(fresh: Fresh) -> None:
    session = fresh(PEOPLE)
    session.add_repeat("/data/person", instance="b")
    session.add_repeat("/data/person", instance="c")
    session.add_repeat("/data/person", instance="first", at=1)
    assert [state.instances[0] for state in session.state() if state.kind == "repeat"] == [
        "first",
        "default-1",
        "b",
        "c",
    ]
    assert values(session, "place") == ["1", "2", "3", "4"]

    session.remove_repeat("/data/person[2]")

    assert values(session, "place") == ["1", "2", "3"]


def test_decision_8_an_absolute_reference_inside_a_repeat_means_the_current_instance() -> None:
    session = begin(
        xform(
            "<rep><a/><b/></rep><rep><a/><b/></rep>",
            '<bind nodeset="/data/rep/b" calculate="/data/rep/a"/>',
            '<repeat nodeset="/data/rep"><input ref="/data/rep/a"/></repeat>',
        )
    )

    session.set("/data/rep[2]/a", "x")

    assert session.node("/data/rep[1]/b").value == ""
    assert session.node("/data/rep[2]/b").value == "x"


def test_decision_8_indexed_repeat_counts_from_one() -> None:
    form = form_of("""
| type         | name   | label | calculation                               |
| begin_repeat | person | P     |                                           |
| text         | name   | Name  |                                           |
| calculate    | before |       | indexed-repeat(${name}, ${person}, position(..) - 1) |
| end_repeat   |        |       |                                           |
| calculate    | second |       | indexed-repeat(${name}, ${person}, 2)     |
""")
    session = begin(form)
    session.add_repeat("/data/person")
    session.set("/data/person[1]/name", "Ana")
    session.set("/data/person[2]/name", "Bo")

    assert session.node("/data/second").value == "Bo"
    assert session.node("/data/person[2]/before").value == "Ana"
    assert session.node("/data/person[1]/before").value == ""


def test_a_running_total_may_look_at_the_instance_before() -> None:
    form = form_of("""
| type         | name | label | calculation |
| begin_repeat | row  | R     |             |
| integer      | n    | N     |             |
| calculate    | sum  |       | coalesce(indexed-repeat(${sum}, ${row}, position(..) - 1), 0) + coalesce(${n}, 0) |
| end_repeat   |      |       |             |
""")
    session = begin(form)
    for number in range(1, 6):
        if number > 1:
            session.add_repeat("/data/row")
        session.set(f"/data/row[{number}]/n", str(number))

    session.set("/data/row[1]/n", "10")

    sums = [state.value for state in session.state() if state.path == "/data/row/sum"]
    assert sums == ["10", "12", "15", "19", "24"]


def test_instances_that_feed_each_other_for_ever_are_stopped_with_a_message() -> None:
    form = xform(
        "<rep><a>1</a></rep><rep><a>1</a></rep>",
        '<bind nodeset="/data/rep/a" calculate="(sum(../../rep/a) + 1) mod 7"/>',
        '<repeat nodeset="/data/rep"><input ref="/data/rep/a"/></repeat>',
    )

    with pytest.raises(GoesInCircles):
        begin(form)


COUNTED = """
| type         | name | label | repeat_count | calculation |
| integer      | n    | N     |              |             |
| begin_repeat | row  | R     | ${n}         |             |
| text         | q    | Q     |              |             |
| end_repeat   |      |       |              |             |
| calculate    | seen |       |              | join('', ${q}) |
"""


def test_decision_5_a_shrunken_count_hides_instances_and_brings_them_back(fresh: Fresh) -> None:
    session = fresh(COUNTED)
    session.set("/data/n", "3")
    session.set("/data/row[3]/q", "c")
    assert session.node("/data/seen").value == "c"

    session.set("/data/n", "1")
    assert session.hidden_instances("/data/row") == ("count-2", "count-3")
    assert session.node("/data/seen").value == ""
    with pytest.raises(NoSuchQuestion):
        session.node("/data/row[3]/q")

    session.set("/data/n", "3")
    assert session.node("/data/row[3]/q").value == "c"
    assert session.node("/data/seen").value == "c"


def test_decision_5_hidden_instances_go_for_good_only_when_a_person_agrees(fresh: Fresh) -> None:
    session = fresh(COUNTED)
    session.set("/data/n", "2")
    session.set("/data/row[2]/q", "b")
    session.set("/data/n", "1")

    session.discard_hidden("/data/row")
    session.set("/data/n", "2")

    assert session.node("/data/row[2]/q").value == ""


def test_a_counted_repeat_is_the_forms_own_business(fresh: Fresh) -> None:
    session = fresh(COUNTED)
    session.set("/data/n", "1")
    assert session.node("/data/row").fixed

    with pytest.raises(RepeatIsFixed):
        session.add_repeat("/data/row")
    with pytest.raises(RepeatIsFixed):
        session.remove_repeat("/data/row[1]")


def test_an_absurd_count_does_not_fill_the_memory(fresh: Fresh) -> None:
    session = fresh(COUNTED)

    session.set("/data/n", "2000000000")

    assert len([state for state in session.state() if state.kind == "repeat"]) == 1000


def test_decision_7_new_repeat_actions_run_before_recomputing(fresh: Fresh) -> None:
    session = fresh("""
| type         | name  | label | default      | calculation   |
| begin_repeat | row   | R     |              |               |
| integer      | place | P     | position(..) |               |
| calculate    | twice |       |              | once(${place} * 2) |
| end_repeat   |       |       |              |               |
""")

    session.add_repeat("/data/row")

    assert session.node("/data/row[2]/place").value == "2"
    assert session.node("/data/row[2]/twice").value == "4"


def test_repeats_nest() -> None:
    form = form_of("""
| type         | name  | label | calculation |
| begin_repeat | outer | O     |             |
| begin_repeat | inner | I     |             |
| integer      | n     | N     |             |
| calculate    | where |       | concat(position(../..), '.', position(..)) |
| end_repeat   |       |       |             |
| calculate    | sum   |       | sum(${n})   |
| end_repeat   |       |       |             |
""")
    session = begin(form)
    session.add_repeat("/data/outer", instance="o2")
    session.add_repeat("/data/outer[2]/inner", instance="i1")
    session.add_repeat("/data/outer[2]/inner", instance="i2")
    session.set("/data/outer[2]/inner[1]/n", "1")
    session.set("/data/outer[2]/inner[2]/n", "2")

    assert session.node("/data/outer[2]/inner[2]/where").value == "2.2"
    assert session.node("/data/outer[2]/sum").value == "3"
    assert session.node("/data/outer[2]/inner[2]/n").instances == ("o2", "i2")

    session.remove_repeat("/data/outer[1]")

    assert session.node("/data/outer[1]/inner[2]/where").value == "1.2"
    found = session.find("/data/outer/inner/n", ("o2", "i2"))
    assert found is not None
    assert found.ref == "/data/outer[1]/inner[2]/n"


def test_a_range_is_there_even_without_instances(fresh: Fresh) -> None:
    session = fresh(PEOPLE)
    session.remove_repeat("/data/person[1]")

    assert [state.kind for state in session.state()][:2] == ["range", "value"]
    assert session.node("/data/person").kind == "range"


def test_choices_may_be_the_answers_of_a_repeat() -> None:
    form = form_of("""
| type                 | name   | label |
| begin_repeat         | person | P     |
| text                 | name   | Name  |
| end_repeat           |        |       |
| select_one ${name}   | lead   | Lead  |
""")
    session = begin(form)
    session.set("/data/person[1]/name", "Ana")
    assert session.node("/data/lead").choices == (("Ana", "Ana"),)

    session.add_repeat("/data/person")
    session.set("/data/person[2]/name", "Bo")

    assert [choice.value for choice in session.node("/data/lead").choices] == ["Ana", "Bo"]


def at_path(session: Session, path: str) -> list[str]:
    return [state.value for state in session.state() if state.path == path]


def test_a_new_instance_without_a_template_starts_blank() -> None:
    session = begin(xform("<r><x>1</x></r>", body='<repeat nodeset="/data/r"><input ref="/data/r/x"/></repeat>'))

    session.add_repeat("/data/r")

    assert at_path(session, "/data/r/x") == ["1", ""]


def test_a_new_instance_takes_its_answers_from_the_template() -> None:
    session = begin(
        xform(
            '<r jr:template=""><x>0</x></r><r><x>1</x></r>',
            body='<repeat nodeset="/data/r"><input ref="/data/r/x"/></repeat>',
        )
    )

    session.add_repeat("/data/r")

    assert at_path(session, "/data/r/x") == ["1", "0"]


def test_decision_7_new_repeat_actions_come_before_recompute_however_an_instance_comes() -> None:
    instance = "<n/><out/><r jr:template=''><c/><p/><t/><u/></r>"
    binds = (
        "<bind nodeset='/data/n' type='int'/><bind nodeset='/data/r/c' calculate=\"concat('a', 'b')\"/>"
        "<bind nodeset='/data/out' calculate='1 + 1'/><bind nodeset='/data/r/p' calculate='position(..)'/>"
        "<bind nodeset='/data/r/u' calculate=\"concat(../t, '!')\"/>"
    )
    body = (
        "<input ref='/data/n'/><group ref='/data/r'><repeat nodeset='/data/r'{count}>"
        "<setvalue event='odk-new-repeat' ref='/data/r/t' value=\"concat('seen ', ../c, ../p, /data/out)\"/>"
        "<input ref='/data/r/t'/></repeat></group>"
    )
    loaded = begin(xform(instance.replace("<n/>", "<n>1</n>"), binds, body.format(count=" jr:count='/data/n'")))
    counted = begin(xform(instance, binds, body.format(count=" jr:count='/data/n'")))
    free = begin(xform(instance, binds, body.format(count="")))

    counted.set("/data/n", "2")
    free.add_repeat("/data/r")
    free.add_repeat("/data/r")

    assert at_path(counted, "/data/r/t") == at_path(free, "/data/r/t") == ["seen 2", "seen 2"]
    assert at_path(loaded, "/data/r/t") == ["seen 2"]
    assert at_path(counted, "/data/r/c") == ["ab", "ab"]
    assert at_path(counted, "/data/r/u") == ["seen 2!", "seen 2!"]


def test_current_in_a_choice_filter_is_the_question_not_the_choice() -> None:
    items = "".join(
        f"<item><name>{name}</name><label>{name}</label><of>{of}</of></item>" for name, of in ("ax", "bx", "cy")
    )
    session = begin(
        xform(
            "<r jr:template=''><g/><s/></r><r><g/><s/></r>",
            f'<instance id="k"><root>{items}</root></instance>',
            '<repeat nodeset="/data/r"><input ref="/data/r/g"/><select1 ref="/data/r/s">'
            "<itemset nodeset=\"instance('k')/root/item[of = current()/../g]\">"
            '<value ref="name"/><label ref="label"/></itemset></select1></repeat>',
        )
    )
    session.add_repeat("/data/r")

    session.set("/data/r[1]/g", "x")
    session.set("/data/r[2]/g", "y")

    assert [choice.value for choice in session.node("/data/r[1]/s").choices] == ["a", "b"]
    assert [choice.value for choice in session.node("/data/r[2]/s").choices] == ["c"]


def test_decision_7_a_count_makes_instances_as_a_person_adds_them() -> None:
    def made(count: str, deeds: Callable[[Session], object]) -> list[str]:
        session = begin(
            xform(
                "<n>0</n><total/><row jr:template=''><c/><t/></row>",
                '<bind nodeset="/data/total" calculate="sum(/data/row/c)"/>'
                '<bind nodeset="/data/row/c" calculate="position(..) * 10"/>',
                f'<input ref="/data/n"/><repeat nodeset="/data/row"{count}>'
                '<setvalue event="odk-new-repeat" ref="/data/row/t" value="/data/total"/></repeat>',
            )
        )
        deeds(session)
        return [state.value for state in session.state() if state.path.startswith("/data/row/")]

    counted = made(' jr:count="/data/n"', lambda session: session.set("/data/n", "3"))
    added = made("", lambda session: [session.add_repeat("/data/row") for _ in range(3)])

    assert counted == added == ["10", "0", "20", "10", "30", "30"]
