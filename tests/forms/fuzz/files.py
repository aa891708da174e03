"""Form files: plausible sheets with implausible cells, and good files with damaged bytes, for the importer."""

import io
import zipfile
from random import Random

import openpyxl

from iowscp_desktop.forms import check_form, read_submission
from iowscp_desktop.forms.casting import NOT_IN_XML
from tests.forms.conftest import HEAD, begin
from tests.forms.fuzz.expressions import expression, mutated
from tests.forms.fuzz.running import Target

TYPES = [
    "text",
    "integer",
    "decimal",
    "date",
    "time",
    "dateTime",
    "note",
    "calculate",
    "select_one l",
    "select_multiple l",
    "select_one lost",
    "rank l",
    "range",
    "acknowledge",
    "image",
    "geopoint",
    "barcode",
    "hidden",
    "today",
    "audit",
    "begin_group",
    "end_group",
    "begin_repeat",
    "end_repeat",
    "begin group",
    "end",
    "select_one_external l",
    "osm",
    "select_one ${r}",
    "select_one_from_file t.csv",
    "begin_loop over l",
    "xml-external",
    "text audit",
    "",
    "TEXT",
]
NAMES = [
    "a",
    "b",
    "c",
    "n",
    "r",
    "s",
    "meta",
    "instanceID",
    "1x",
    "a b",
    "é",
    "x.y",
    "x-y",
    "_",
    "",
    "data",
    "name",
    "A",
]
COLUMNS = [
    "type",
    "name",
    "label",
    "hint",
    "relevant",
    "calculation",
    "constraint",
    "required",
    "read_only",
    "default",
    "choice_filter",
    "repeat_count",
    "appearance",
    "parameters",
    "trigger",
    "constraint_message",
    "guidance_hint",
    "label::English (en)",
    "label::Cymraeg (cy)",
    "media::image",
    "body::x",
    "bind::foo",
    "instance::tag",
    "note",
    "save_to",
    "autoplay",
    "relevance",
    "Label",
    "label:fr",
    "bind::jr:x",
    "$given_name",
    "instance::jr:template",
]
CELLS = [
    "x" * 5_000,
    *[
        "",
        "yes",
        "true()",
        "${a} = 1",
        "${b} > ${n}",
        "${nope}",
        "${a",
        "count(${r})",
        "position(..)",
        "${a}/${b}",
        ".",
        "=1+1",
        "<b>x</b>",
        "&amp;",
        "]]>",
        '<output value="/data/a"/>',
        "minimal",
        "field-list",
        "😀",
        "start=1 end=5 step=1",
        "start=x",
        "randomize=true seed=${a}",
        "once(random())",
        "${last-saved#a}",
        "- *md* #",
        "pulldata('t', 'a', 'b', ${a})",
        "jr:choice-name(${s}, '${s}')",
        "regex(., '[a-z')",
        "quick",
        "\u202e\x07",
    ],
]
SHEETS = ["survey", "choices", "settings", "external_choices", "entities", "Survey ", "notes"]
SETTINGS = [
    "form_title",
    "form_id",
    "version",
    "default_language",
    "style",
    "name",
    "allow_choice_duplicates",
    "public_key",
]


def cell(chance: Random) -> str:
    roll = chance.random()
    if roll < 0.45:
        return ""
    return chance.choice(CELLS) if roll < 0.85 else mutated(chance, expression(chance, 3))


def survey(chance: Random) -> list[list[str]]:
    columns = ["type", "name", "label", *chance.sample(COLUMNS, chance.randrange(7))]
    rows = [columns]
    depth: list[str] = []
    for number in range(chance.randrange(1, 25)):
        kind = chance.choice(TYPES if chance.random() < 0.6 else TYPES[:10])
        name = chance.choice(NAMES) if chance.random() < 0.4 else f"q{number}"
        rows.append([kind, name, chance.choice(["Label", "Label", cell(chance)]), *(cell(chance) for _ in columns[3:])])
        if kind in {"begin_group", "begin_repeat"} and chance.random() < 0.9:
            depth.append(kind.replace("begin", "end"))
        elif depth and chance.random() < 0.3:
            rows.append([depth.pop()])
    return rows + ([[kind] for kind in reversed(depth)] if chance.random() < 0.9 else [])


def sheets(chance: Random) -> dict[str, list[list[str]]]:
    found = {"survey": survey(chance)}
    listed = [["list_name", "name", "label", *chance.sample(COLUMNS, chance.randrange(3))]]
    names = [chance.choice(["x", "y", "z", "x y", "", "é"]) for _ in range(chance.randrange(6))]
    listed += [["l", name, cell(chance) or "L", cell(chance)] for name in names]
    found["choices"] = listed
    if chance.random() < 0.4:
        columns = chance.sample(SETTINGS, chance.randrange(1, 4))
        found["settings"] = [columns, [cell(chance) for _ in columns]]
    if chance.random() < 0.15:
        found[chance.choice(SHEETS)] = [chance.sample(COLUMNS, 4), [cell(chance) for _ in range(4)]]
    return found


def markdown(book: dict[str, list[list[str]]]) -> bytes:
    lines = []
    for title, rows in book.items():
        lines.append(f"## {title.strip()}")
        lines += ["| " + " | ".join(text.replace("|", "\\|").replace("\n", " ") for text in row) + " |" for row in rows]
    return "\n".join(lines).encode("utf-8", errors="replace")


def xlsx(book: dict[str, list[list[str]]]) -> bytes:
    made = openpyxl.Workbook(write_only=True)
    for title, rows in book.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append([NOT_IN_XML.sub("", text) for text in row])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def csv_text(book: dict[str, list[list[str]]]) -> bytes:
    lines = []
    for title, rows in book.items():
        lines.append(title)
        lines += ["," + ",".join('"' + text.replace('"', '""') + '"' for text in row) for row in rows]
    return "\n".join(lines).encode("utf-8", errors="replace")


def rule(chance: Random) -> str:
    kind = chance.choice(["relevant", "calculate", "constraint", "type"])
    source = NOT_IN_XML.sub("", expression(chance, 3)).replace("&", "&amp;").replace("<", "&lt;").replace('"', "'")
    return f'<bind nodeset="/data/{chance.choice("abrx")}" {kind}="{source}"/>'


def xform(chance: Random) -> bytes:
    """An XForm with rules by chance, sometimes with its tags torn."""
    rules = "".join(rule(chance) for _ in range(chance.randrange(5)))
    count = chance.choice(["", "/data/a", "3", "1 div 0"])
    body = '<input ref="/data/a"><label>A</label></input>'
    body += (
        f'<group ref="/data/r"><repeat nodeset="/data/r" jr:count="{count}"><input ref="/data/r/b"/></repeat></group>'
    )
    model = f"<instance><data id='t'><a/><r><b/></r></data></instance>{rules}"
    text = f"{HEAD}{model}</model></h:head><h:body>{body}</h:body></h:html>"
    return text.encode("utf-8", errors="replace")


def damaged(chance: Random, source: bytes) -> bytes:
    """The same with some bytes changed, cut off or doubled."""
    made = bytearray(source)
    for _ in range(chance.randrange(1, 12)):
        place = chance.randrange(len(made) + 1)
        match chance.randrange(4):
            case 0:
                made[place : place + 1] = bytes([chance.randrange(256)])
            case 1:
                del made[place : place + chance.randrange(1, 40)]
            case 2:
                made[place:place] = made[place : place + chance.randrange(1, 200)]
            case _:
                made[place:place] = chance.choice([b"<!DOCTYPE a>", b"&x;", b"\x00", b"]]>", b"\xff\xfe", b"|", b'"'])
    return bytes(made)


def torn_zip(chance: Random, source: bytes) -> bytes:
    """An .xlsx one of whose parts is damaged inside the whole zip."""
    old = zipfile.ZipFile(io.BytesIO(source))
    victim = chance.choice(old.namelist())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in old.namelist():
            content = old.read(name)
            archive.writestr(name, damaged(chance, content) if name == victim else content)
    return out.getvalue()


def make(chance: Random) -> bytes:
    """One case."""
    match chance.randrange(10):
        case 0:
            return xlsx(sheets(chance))
        case 1:
            return torn_zip(chance, xlsx(sheets(chance)))
        case 2:
            return damaged(chance, xlsx(sheets(chance)))
        case 3:
            return csv_text(sheets(chance))
        case 4:
            return xform(chance)
        case 5:
            return damaged(chance, xform(chance))
        case 6:
            return damaged(chance, markdown(sheets(chance)))
        case _:
            return markdown(sheets(chance))


def feed(case: bytes) -> None:
    """Look it over; if it is a form, open it, answer everything, and take it out and in again."""
    checked = check_form(case, name="case.md")
    assert all(finding.what and finding.do for finding in checked.findings)
    if checked.form is None:
        assert checked.findings, "refused without a word"
        return
    session = begin(checked.form)
    for state in session.state()[:60]:
        assert isinstance(state.label, str)
        if state.kind == "question":
            session.set(state.ref, state.choices[0].value if state.choices else "1")
    read = read_submission(checked.form, session.export_xml())
    assert read.problems == (), read.problems
    again = begin(checked.form, read.saved)
    assert again.problems == () or not again.problems[0][0].startswith("/data/q"), again.problems


def valid() -> bool:
    good = {"survey": [["type", "name", "label"], ["text", "a", "A"]]}
    return all(check_form(write(good), name="good").form is not None for write in (markdown, xlsx, csv_text))


FILES = Target("files", make, feed, valid)
