"""A plain form with all that repeats: added by people, counted by the form, one in another; and a table."""

FORM = """\
| survey | | | | | | | | |
| | type | name | label | required | repeat_count | relevant | calculation | appearance |
| | begin_group | family | The family | | | | | |
| | integer | how_many | How many dogs? | | | | | |
| | begin_repeat | child | Children | | | | | |
| | text | name | Name | yes | | | | |
| | text | other_name | Other name | | | | | |
| | begin_repeat | school | Schools | | | | | |
| | text | school_name | School | | | | | |
| | end_repeat | | | | | | | |
| | end_repeat | | | | | | | |
| | begin_repeat | dog | Dogs | | ${how_many} | | | |
| | text | dog_name | Dog's name | | | | | |
| | end_repeat | | | | | | | |
| | calculate | total | | | | | count(${child}) | |
| | end_group | | | | | | | |
| | begin_group | home | The home | | | count(${child}) > 1 | | |
| | image | photo | A photo | | | | | |
| | begin_group | state | How is it? | | | | | table-list |
| | select_one yn | clean | Clean? | | | | | |
| | select_one yn | warm | Warm? | yes | | | | |
| | end_group | | | | | | | |
| | text | after | Anything else? | | | | | |
| | end_group | | | | | | | |
| choices | | | |
| | list_name | name | label |
| | yn | yes | Yes |
| | yn | no | No |
| settings | | |
| | form_title | form_id |
| | A family | family |
"""
