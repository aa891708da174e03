"""Only what depends on a change is worked out, and no further than where nothing changed."""

from collections import Counter

from iowscp_desktop.forms import Session
from iowscp_desktop.forms.graph import Rule
from iowscp_desktop.forms.xpath.answers import AnswerNode
from iowscp_desktop.forms.xpath.expressions import Context
from tests.forms.conftest import begin, form_of

FORM = """
| type      | name  | label | calculation             | relevant    |
| integer   | n     | N     |                         |             |
| calculate | big   |       | if(${n} > 10, 'yes', 'no') |          |
| calculate | then  |       | concat(${big}, '!')     |             |
| calculate | last  |       | concat(${then}, '?')    |             |
| integer   | other | O     |                         |             |
| calculate | apart |       | ${other} * 2            |             |
| text      | why   | Why   |                         | ${n} > 10   |
"""


def counted(session: Session) -> Counter[str]:
    """Count how often each rule runs from now on."""
    runs: Counter[str] = Counter()

    def watched(rule: Rule) -> None:
        run = rule.run

        def counting(context: Context) -> object:
            assert isinstance(context.node, AnswerNode)
            runs[f"{rule.owner.shown} {rule.aspect}"] += 1
            return run(context)

        rule.run = counting

    for rule in session.form.graph.rules:
        watched(rule)
    return runs


def test_only_what_depends_on_an_answer_is_worked_out_once() -> None:
    session = begin(form_of(FORM))
    runs = counted(session)

    session.set("/data/n", "11")

    assert runs == {"big calculate": 1, "then calculate": 1, "last calculate": 1, "why relevant": 1}


def test_working_out_stops_where_nothing_changed() -> None:
    session = begin(form_of(FORM))
    session.set("/data/n", "11")
    runs = counted(session)

    session.set("/data/n", "12")

    assert runs == {"big calculate": 1, "why relevant": 1}


def test_the_same_answer_again_works_nothing_out() -> None:
    session = begin(form_of(FORM))
    session.set("/data/n", "11")
    runs = counted(session)

    changed = session.set("/data/n", "11")

    assert runs == {}
    assert changed == frozenset()
