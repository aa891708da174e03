"""A small tool for tests: one graded section, one plain one, one block."""

SETTINGS = """\
id = "mini"
title = "Mini audit"
edition = "1"
summary = "A small one."
who_answers = ["The lead"]
blocks.extra = "extra.md"

[cadence]
every_months = 12

[[signers]]
role = "head"
label = "Head"
order = 2

[[signers]]
role = "lead"
label = "Lead"
order = 1

[scales.met]
id = "met"
version = 1
title = "Met"
prompt = "How well?"
direction = "high is good"
points = [
  {value = "met", label = "Met", symbol = "tick", colour = "green", number = 1},
  {value = "not", label = "Not met", symbol = "octagon", colour = "red", number = 0, is_gap = true},
]
not_applicable.point = {value = "na", label = "Not applicable", symbol = "ring", colour = "grey"}

[parts]
include = ["evidence", "impact", "next", "owner", "due", "files"]
required = ["evidence", "next"]
hints.evidence = "No names."
"""

FORM = """\
| survey | | | | | | | |
| | type | name | short | label | hint | guidance_hint | required | relevant |
| | begin_group | start_page | | Your setting | | | | |
| | note | hello | | Hello | | | | |
| | text | setting_name | Name | What is it called? | | | yes | |
| | integer | staff | | How many staff? | | | | |
| | end_group | | | | | | | |
| | begin_group | training | | Training | | | | |
| | criterion met | induction | Induction | Is everyone inducted? | All staff | • One. • Two. | yes | ${staff} > 0 |
| | text | training_more | | Anything else? | | | | |
| | end_group | | | | | | | |
| | block | extra | | | | | | |
| settings | | |
| | form_title | form_id |
| | Mini | mini |
"""

EXTRA = """\
| survey | | | | |
| | type | name | short | label |
| | begin_group | local | | Local |
| | criterion met | loc_learning | Learning | Do you learn? |
| | select_one often | loc_often | | How often? |
| | end_group | | | |
| choices | | | |
| | list_name | name | label |
| | often | yearly | Each year |
| | often | never | Never |
"""


def mini_files(settings: str = SETTINGS, form: str = FORM, extra: str = EXTRA) -> dict[str, bytes]:
    """The files of the small tool, as its folder would hold them."""
    return {"tool.toml": settings.encode(), "form.md": form.encode(), "extra.md": extra.encode()}
