"""A plain form with every control there is."""

CONTROLS = (
    """\
| survey | | | | | | | | |
| | type | name | label | hint | appearance | parameters | required | read_only |
| | begin_group | all | Everything | | | | | |
| | note | hello | A **note** before | | | | | |
| | text | line | Your *name* | A hint | | | yes | |
| | text | area | At length | | multiline | | | |
| | text | digits | A phone number | | numbers | | | |
| | text | address | An address | | url | | | |
| | integer | whole | A whole number | | | | | |
| | date | day | A day | | | | | |
| | date | month | A month | | month-year | | | |
| | date | only_year | A year | | year | | | |
| | time | clock | A time | | | | | |
| | datetime | moment | A moment | | | | | |
| | select_one few | tiles | Tiles | | | | | |
| | select_one some | radio | Radio | | | | | |
| | select_one some | drop | Drop-down | | minimal | | | |
| | select_one many | find | Long list | | | | | |
| | select_multiple few | ticks | Ticks | | | | | |
| | select_multiple many | find_some | Long list of ticks | | | | | |
| | rank few | order | Put in order | | | | | |
| | range | slide | From to | | | start=0 end=5 step=0.5 | | |
| | range | stars | How good? | | rating | start=1 end=5 step=1 | | |
| | range | mast | Up and down | | vertical | start=0 end=10 step=1 | | |
| | range | smooth | Anywhere | | no-ticks | start=0 end=100 step=1 | | |
| | range | listed | From a list | | picker | start=1 end=4 step=1 | | |
| | barcode | code | A barcode | | | | | |
| | geopoint | place | A place | | | | | |
| | image | photo | A photo | | | | | |
| | image | signed | Sign | | signature | | | |
| | image | sketch | Draw | | draw | | | |
| | audio | sound | A sound | | | | | |
| | file | paper | A paper | | | | | |
| | acknowledge | seen | Seen? | | | | | |
| | begin_group | grid | How is it? | | table-list | | | |
| | select_one few | warm | Warm? | | | | | |
| | select_one few | clean | Clean? | | | | yes | |
| | end_group | | | | | | | |
| | begin_repeat | child | Children | | | | | |
| | text | child_name | Name | | | | yes | |
| | integer | age | Age | | | | | |
| | begin_group | health | Health | | | | | |
| | text | doctor | Doctor | | | | | |
| | end_group | | | | | | | |
| | begin_group | needs | What is needed? | | table-list | | | |
| | select_one few | help | Help? | | | | | |
| | select_one few | time | Time? | | | | | |
| | end_group | | | | | | | |
| | begin_repeat | school | Schools | | | | | |
| | text | school_name | School | | | | | |
| | end_repeat | | | | | | | |
| | end_repeat | | | | | | | |
| | end_group | | | | | | | |
| choices | | | |
| | list_name | name | label |
| | few | yes | Yes |
| | few | no | No |
| | few | maybe | Perhaps |
"""
    + "".join(f"| | some | s{n} | Some rather long words of choice {n} |\n" for n in range(7))
    + "".join(f"| | many | m{n} | Choice number {n} |\n" for n in range(60))
    + """\
| settings | | |
| | form_title | form_id |
| | Everything | everything |
"""
)
