"""The team tries to tell who answered what: with its files, and with the laptop's decrypted bytes in its hands.

It knows in which order the invented staff came. Whatever gives an order to their answers (a place in a file, a row's
number, an offset in a page, a name, a time) is compared with that order. The same look at a laptop that is careless
about one thing finds everybody, so the look is one that sees.
"""

import itertools
import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from iowscp_desktop.app import answers, surveys
from iowscp_desktop.app.high_water import begin_marks
from iowscp_desktop.app.identities import identities
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.events import SurveyAnswered
from iowscp_desktop.domain.ids import QuestionId, ResponseId, anonymous_space
from iowscp_desktop.domain.journal import decode_range
from iowscp_desktop.store.waiting_sheets import WaitingSheets
from tests.app.conftest import Round
from tests.app.test_flows import inside
from tests.app.work import take_files

PEOPLE = 60
TELLING = 0.6
"""A rank correlation that 60 answers in an order drawn by lot have once in more than a hundred thousand times."""
BESIDE = 0.25
"""Of 59 who came after somebody, so many lie beside them once in more than a million times where lots were drawn."""
STEP = 16 * 1024
PAGE, RESERVE, SALT, LOG_HEADER, FRAME_HEADER = 4096, 80, 16, 32, 24

LOOKED_AT = ("entry", "head", "local", "seal", "standing_survey_answered", "stream")
"""Every table in which each sheet has a row; the look finds them by itself."""

Orders = dict[str, list[str]]
"""What gives the answers an order, and that order."""


def answers_in_order_of_coming() -> list[str]:
    """One answer a person; nothing in its wording goes with the order in which they come."""
    drawn = random.Random(5).sample(range(65536), PEOPLE)
    return [f"said-{number:04x}-it" for number in drawn]


def hand_in(ws: Workspace, response_id: ResponseId, answers: Sequence[str]) -> None:
    for each in answers:
        surveys.submit(ws, response_id, {"heard": each})


def likeness(order: Sequence[str], came: Sequence[str]) -> float:
    """Spearman's rank correlation, without its sign: backwards tells as much."""
    place = {answer: at for at, answer in enumerate(came)}
    count = len(came)
    assert sorted(order) == sorted(came)
    apart = sum((at - place[answer]) ** 2 for at, answer in enumerate(order))
    return abs(1 - 6 * apart / (count * (count**2 - 1)))


def neighbours(order: Sequence[str], came: Sequence[str]) -> float:
    """Which part of those who came one after the other also lie one beside the other: blocks, pairs, combs."""
    place = {answer: at for at, answer in enumerate(order)}
    beside = sum(abs(place[one] - place[next_one]) == 1 for one, next_one in itertools.pairwise(came))
    return beside / (len(came) - 1)


def told(orders: Mapping[str, list[str]], came: Sequence[str]) -> dict[str, float]:
    """What gives people away, and how surely: by the whole order, or by who came after whom."""
    found = {
        name: max(likeness(order, came), neighbours(order, came) / BESIDE * TELLING) for name, order in orders.items()
    }
    return {name: min(value, 1) for name, value in found.items() if value > TELLING}


# --- what the team has ---------------------------------------------------------------------------


def in_the_bundle(team: Workspace, path: Path) -> Orders:
    members = inside(path, identities(team))
    pieces = [decode_range(content) for kind, content in members if kind == "entries"]
    firsts = [(piece.entries[0].event, piece) for piece in pieces]
    said = [(event.answers["heard"], piece) for event, piece in firsts if isinstance(event, SurveyAnswered)]
    streams = {piece.stream.id: answer for answer, piece in said}
    manifest = next(json.loads(content) for kind, content in members if kind == "manifest")
    listed = [each["stream"] for each in manifest["ranges"]]
    return {
        "place in the file": [answer for answer, _piece in said],
        "place in the list": [streams[each] for each in listed if each in streams],
        "stream": [streams[stream] for stream in sorted(streams)],
        "epoch": [answer for answer, _piece in sorted(said, key=lambda each: each[1].stream.epoch)],
        "device": [answer for answer, _piece in sorted(said, key=lambda each: each[1].stream.device)],
        "time": [answer for answer, _piece in sorted(said, key=lambda each: (each[1].entries[0].header.at, each[0]))],
        "salt": [answer for answer, _piece in sorted(said, key=lambda each: each[1].entries[0].salt or b"")],
    }


def in_the_tables(ws: Workspace) -> Orders:
    """Every order that a table of the workspace gives the sheets: by its rows' numbers and by every column."""
    with ws.store.database.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT e.payload, t.no, t.id, t.device, t.epoch, t.head, e.at, e.header, e.register, x.signature"
            " FROM entry e JOIN stream t ON t.no=e.stream LEFT JOIN seal x ON x.stream=t.no"
            " WHERE e.kind='survey-answered'"
        ).all()
    names = ("number", "stream", "device", "epoch", "head", "at", "header", "register", "signature")
    by_answer = [(json.loads(bytes(row[0]))["answers"]["heard"], row[1:]) for row in rows]
    return {
        f"table: {name}": [answer for answer, _ in sorted(by_answer, key=lambda each: (each[1][at], each[0]))]
        for at, name in enumerate(names)
    }


def in_every_table(ws: Workspace, came: Sequence[str]) -> Orders:
    """Every order that rows of any table have, by their numbers and by each column, which are about a sheet.

    A row is of a sheet if it holds the answer itself, or the key, the stream or the number under which it stands.
    """
    with ws.store.database.reading() as connection:
        run = connection.exec_driver_sql
        sheets = run(
            "SELECT e.payload, t.no, t.id, t.device FROM entry e JOIN stream t ON t.no=e.stream"
            " WHERE e.kind='survey-answered'"
        ).all()
        names = [(json.loads(bytes(row[0]))["answers"]["heard"], tuple(map(str, row[1:]))) for row in sheets]
        tables = run("SELECT name, sql FROM sqlite_master WHERE type='table' AND sql IS NOT NULL").all()
        found: Orders = {}
        for table, sql in tables:
            numbered = "" if "WITHOUT ROWID" in sql.upper() else "rowid AS place, "
            result = run(f"SELECT {numbered}* FROM {table}")
            columns, rows = list(result.keys()), [tuple(row) for row in result]
            streams = "stream" in columns
            whose = [_sheet_of(row, names, columns.index("stream") if streams else None) for row in rows]
            mine = [(answer, row) for answer, row in zip(whose, rows, strict=True) if answer]
            if {answer for answer, _row in mine} != set(came):
                continue  # none of it is of sheets, or not a row for each
            sorts = {"as they lie": mine}
            for at, column in enumerate(columns):
                sorts[column] = sorted(mine, key=lambda each: (str(type(each[1][at])), each[1][at] or 0, each[0]))
            for by, ordered in sorts.items():  # a sheet may have several rows: where its first and its last one are
                found[f"every {table}: {by}"] = list(dict.fromkeys(answer for answer, _row in ordered))
                found[f"every {table}: {by}, last"] = list(dict.fromkeys(answer for answer, _row in ordered[::-1]))
        return found


def _sheet_of(row: tuple[object, ...], names: Sequence[tuple[str, tuple[str, ...]]], stream: int | None) -> str:
    """Return whose sheet a row is about, by what it holds."""
    text = " ".join(cell.decode("utf-8", "replace") if isinstance(cell, bytes) else str(cell) for cell in row)
    for answer, (number, stream_id, device) in names:
        in_column = stream is not None and str(row[stream]) in {number, stream_id}
        if in_column or answer in text or device in text or stream_id in text:
            return answer
    return ""


def files_of(*folders: Path) -> dict[str, bytes]:
    """Every file in some folders, with its content."""
    return {str(path): path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}


def decrypted(ws: Workspace, copy: Path | None = None) -> bytes:
    """Every page of a workspace's file and of its write-ahead log, freed ones too, as plain bytes."""
    path = copy or ws.store.database.path
    assert path is not None
    key, log = ws.store.database._key, path.with_name(path.name + "-wal")
    whole = path.read_bytes()
    pages = [whole[at : at + PAGE] for at in range(0, len(whole), PAGE)]
    pages[0] = pages[0][SALT:]
    if log.exists():
        rest = log.read_bytes()[LOG_HEADER:]
        step = FRAME_HEADER + PAGE
        frames = [rest[at : at + step] for at in range(0, len(rest) - step + 1, step)]
        pages += [
            frame[FRAME_HEADER:] if int.from_bytes(frame[:4], "big") > 1 else frame[FRAME_HEADER + SALT :]
            for frame in frames
        ]
    return b"".join(_page(key, page) for page in pages)


def _page(key: bytes, page: bytes) -> bytes:
    body, vector = page[:-RESERVE], page[-RESERVE : -RESERVE + 16]
    decryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    return decryptor.update(body) + decryptor.finalize()


def in_the_bytes(image: bytes, came: Sequence[str]) -> Orders:
    """The orders in which the answers lie in plain bytes: where each is first, and where it is last."""
    first = {answer: image.find(answer.encode()) for answer in came}
    last = {answer: image.rfind(answer.encode()) for answer in came}
    assert -1 not in first.values()
    return {
        "bytes: first": sorted(first, key=first.__getitem__),
        "bytes: last": sorted(last, key=last.__getitem__),
    }


def everything(audit: Round, ws: Workspace, path: Path, came: Sequence[str]) -> Orders:
    """Every order that anybody can find: in the file, on the team's computer, on the laptop."""
    team, found = audit.team, in_the_bundle(audit.team, path)
    for whose, each in (("team", team), ("laptop", ws)):
        orders = in_the_tables(each) | in_every_table(each, came) | in_the_bytes(decrypted(each), came)
        found |= {f"{whose}: {name}": order for name, order in orders.items()}
    return found


# --- the tries -----------------------------------------------------------------------------------


def test_the_team_holding_the_file_and_both_computers_tells_nobody_apart(audit: Round, tmp_path: Path) -> None:
    ws, response_id = audit.laptop("Ben Lead")
    came = answers_in_order_of_coming()
    hand_in(ws, response_id, came)
    path = surveys.send_submissions(ws, response_id, tmp_path)
    take_files(audit.team, [path])

    orders = everything(audit, ws, path, came)

    assert len(orders) > 60
    for whose, table in itertools.product(("team", "laptop"), LOOKED_AT):
        assert f"{whose}: every {table}: as they lie" in orders
    assert told(orders, came) == {}
    right = [sum(a == b for a, b in zip(order, came, strict=True)) for order in orders.values()]
    assert max(right) < 12  # of sixty; by lot one is right on average


def test_lots_drawn_in_the_order_of_coming_would_give_everybody_away(
    audit: Round, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws, response_id = audit.laptop("Ben Lead")
    came = answers_in_order_of_coming()
    counted = itertools.count(1)
    monkeypatch.setattr(surveys, "random_bytes", lambda size: next(counted).to_bytes(size, "big"))
    hand_in(ws, response_id, came)
    path = surveys.send_submissions(ws, response_id, tmp_path)
    take_files(audit.team, [path])

    found = told(everything(audit, ws, path, came), came)

    surely = {name for name, value in found.items() if value == 1}
    assert {"device", "team: table: register", "laptop: table: register", "laptop: table: number"} <= surely
    assert {table for table in LOOKED_AT if any(f"every {table}:" in name for name in surely)} == set(LOOKED_AT)


def test_sheets_that_were_written_into_the_journal_one_by_one_would_give_everybody_away(
    audit: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws, response_id = audit.laptop("Ben Lead")
    came = answers_in_order_of_coming()
    monkeypatch.setattr(surveys, "FEWEST", 1)
    for each in came:
        surveys.submit(ws, response_id, {"heard": each})
        surveys._gather(ws, response_id)

    found = told(in_the_tables(ws) | in_the_bytes(decrypted(ws), came), came)

    assert found["table: number"] == 1
    assert "bytes: first" in found


def test_an_order_in_which_only_those_lie_together_who_came_together_gives_them_away_too() -> None:
    came = answers_in_order_of_coming()
    blocks = [came[at : at + 4] for at in range(0, PEOPLE, 4)]
    random.Random(3).shuffle(blocks)
    mixed = [answer for block in blocks for answer in block]
    drawn = random.Random(4).sample(came, PEOPLE)

    assert likeness(mixed, came) < TELLING  # the whole order alone would not have noticed
    assert set(told({"blocks": mixed, "lots": drawn}, came)) == {"blocks"}


def test_between_two_people_nothing_on_the_disk_changes_but_the_one_sealed_file(audit: Round, tmp_path: Path) -> None:
    audit.setting.world = replace(audit.setting.world, marks=tmp_path / "marks")
    ws, response_id = audit.laptop("Ben Lead")
    waiting = str(WaitingSheets(ws.store.database.path, anonymous_space(response_id)).path)
    begin_marks(ws)
    hand_in(ws, response_id, ["said-0001-it"])
    before = files_of(audit.setting.folder, tmp_path)

    for answer in ("said-0002-it", "said-0003-it", "x" * 9000):
        hand_in(ws, response_id, [answer])
        after = files_of(audit.setting.folder, tmp_path)
        assert {path for path in after.keys() | before.keys() if after.get(path) != before.get(path)} == {waiting}
        before = after

    answers.record_answer(ws, response_id, QuestionId("heard"), "met")  # an ordinary answer would be seen
    assert {path for path, content in files_of(audit.setting.folder).items() if before[path] != content} != set()


def test_a_laptop_taken_away_before_anything_is_gathered_tells_nobody_apart(audit: Round) -> None:
    ws, response_id = audit.laptop("Ben Lead")
    came = answers_in_order_of_coming()
    audited = ws.store.audit.lines()
    hand_in(ws, response_id, came)

    image = decrypted(ws)
    sealed = WaitingSheets(ws.store.database.path, anonymous_space(response_id)).read()
    assert sealed is not None
    held = surveys._opened(ws, sealed)

    assert b"CREATE TABLE" in image  # what was read is plain, and
    assert [each for each in came if each.encode() in image] == []  # no answer was ever in it
    assert told({"file": [answers["heard"] for _lot, answers in held.sheets]}, came) == {}
    assert ws.store.audit.lines() == audited


def test_no_backup_made_between_two_people_holds_an_answer(audit: Round, tmp_path: Path) -> None:
    ws, response_id = audit.laptop("Ben Lead")
    came = answers_in_order_of_coming()[:7]
    for number, each in enumerate(came):
        hand_in(ws, response_id, [each])
        copy = tmp_path / f"copy-{number}.db"
        ws.store.database.copy_to(copy)

        assert [said for said in came if said.encode() in decrypted(ws, copy)] == []


def test_neither_the_time_nor_the_size_of_the_waiting_file_follows_people(audit: Round) -> None:
    ws, response_id = audit.laptop("Ben Lead")
    path = WaitingSheets(ws.store.database.path, anonymous_space(response_id)).path
    seen = set()
    for each in ("yes", "no " * 40, "x" * 400, "yes"):
        surveys.submit(ws, response_id, {"heard": each})
        status = path.stat()
        seen.add((status.st_size // STEP, status.st_mtime))  # age's header has a random length of its own

    assert len(seen) == 1
    assert list(path.parent.glob("sheets-*")) == [path]


def test_the_order_in_which_one_person_answered_is_not_kept(audit: Round, tmp_path: Path) -> None:
    ws, response_id = audit.laptop("Ben Lead")
    for number in range(surveys.FEWEST):
        sheet = [("heard", str(number)), ("adult", "met")]
        surveys.submit(ws, response_id, dict(sheet if number % 2 else reversed(sheet)))
    take_files(audit.team, [surveys.send_submissions(ws, response_id, tmp_path)])

    assert {tuple(each) for each in surveys.submissions(audit.team, response_id)} == {("adult", "heard")}


def test_everybody_gathered_together_has_one_day_that_of_the_gathering(audit: Round, tmp_path: Path) -> None:
    ws, response_id = audit.laptop("Ben Lead")
    hand_in(ws, response_id, answers_in_order_of_coming()[:8])
    surveys.send_submissions(ws, response_id, tmp_path)

    moments = {held.at for held in ws.standing(SurveyAnswered)}

    assert moments == {ws.now()[:10] + "T00:00:00.000Z"}
