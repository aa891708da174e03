"""Bad luck: files that go or change while they are read, sticks that are pulled out, two merges at once."""

import os
import random
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from iowscp_desktop.app import exchange, invitations, merging, opening, receipts
from iowscp_desktop.bundles import BUNDLE_SUFFIX, neutral_name
from iowscp_desktop.domain.events import AnswerRecorded, ReceiptIssued, ResponseAssigned
from iowscp_desktop.domain.ids import response_space
from iowscp_desktop.errors import AppError
from tests.app.test_exchange import send_return, write_answer
from tests.hostile.ground import Ground, left_behind
from tests.hostile.table import Row

Mishap = Callable[[Ground, random.Random, Row], None]


@dataclass(frozen=True)
class Accident:
    """Something that goes wrong, tried once, and what shows that it would be noticed."""

    name: str
    try_once: Mishap
    control: Callable[[Ground], str]
    tries: int = 60


def try_accident(accident: Accident, ground: Ground, tries: int, seed: int) -> Row:
    """Let it go wrong so many times."""
    row = Row(accident.name)
    for number in range(tries):
        chance = random.Random(f"{seed} {accident.name} {number}")
        before = ground.look()
        try:
            accident.try_once(ground, chance, row)
        except Exception as error:  # noqa: BLE001 - any error that the program does not know is what is looked for
            row.crashed += 1
            row.said[type(error).__name__] += 1
        row.tries += 1
        after, own = ground.look(), ground.own()
        row.left += len(after.bytes_kept - before.bytes_kept) + len(after.files - before.files)
        row.accepted += len(after.strangers(before, own))
        for path in ground.inbox.iterdir():
            path.unlink()
    row.control = accident.control(ground)
    return row


# --- files that go, or change --------------------------------------------------------------------


def _spoil(path: Path, chance: random.Random) -> None:
    """What happens to files on sticks: gone, cut short, another file in its place, a folder."""
    content = path.read_bytes()
    path.unlink()
    match chance.randrange(5):
        case 0:
            return
        case 1:
            path.write_bytes(content[: chance.randrange(len(content))])
        case 2:
            path.write_bytes(chance.randbytes(len(content)))
        case 3:
            path.mkdir()
            path.rmdir()
            path.symlink_to(path.parent / "nowhere")
        case _:
            path.symlink_to(path)


def gone_after_looking(ground: Ground, chance: random.Random, row: Row) -> None:
    """The preview was made, and then the file is another, or gone."""
    path, honest = ground.put(ground.fresh()), ground.honest_file()
    seen = merging.preview(ground.team, [path, honest])
    _spoil(path, chance)
    (spoiled, good) = receipts.take_in(ground.team, seen).files
    _note(row, spoiled.refused)
    row.honest += 1
    row.honest_taken += good.refused is None


def gone_while_read(ground: Ground, chance: random.Random, row: Row) -> None:
    """The file is cut short after some of it was read: the stick is pulled out."""
    path, honest = ground.put(ground.fresh()), ground.honest_file()
    steps = iter(range(chance.randrange(3)))

    def pulled(_done: int, _total: int) -> None:
        if next(steps, None) is None and path.exists():
            _spoil(path, chance)

    seen = merging.preview(ground.team, [honest, path], pulled)
    _spoil(path, chance) if path.is_file() and not path.is_symlink() else None
    (good, spoiled) = receipts.take_in(ground.team, seen).files
    _note(row, spoiled.refused)
    row.honest += 1
    row.honest_taken += good.refused is None


def not_a_file(ground: Ground, chance: random.Random, row: Row) -> None:
    """A pipe, or a link to a device, to itself, to a folder or to what is no bundle, named as a bundle."""
    path = ground.inbox / neutral_name()
    target = chance.choice(
        ["", "/dev/zero", "/dev/null", "/etc/passwd", str(path), str(ground.inbox), "/proc/self/mem"]
    )
    if target:
        path.symlink_to(target)
    else:
        os.mkfifo(path)
    honest = ground.honest_file()
    found = {each.path: each for each in ground.take(merging.bundles_in([ground.inbox]))}
    _note(row, found[path].refused if path in found else None)
    row.said["passed over"] += path not in found
    row.honest += 1
    row.honest_taken += found[honest].refused is None


def _note(row: Row, refused: AppError | None) -> None:
    if refused is not None:
        row.said[f"{refused.code} {type(refused).__name__}"] += 1


def _untouched_counts(ground: Ground) -> str:
    """The control: the same two steps, and nothing happens in between."""
    before = ground.look()
    seen = merging.preview(ground.team, [ground.put(ground.fresh())])
    receipts.take_in(ground.team, seen)
    found = ground.look().strangers(before, ground.own())
    return "the same file, left alone, counts and is seen to" if found else ""


# --- sticks that are full, or pulled out ---------------------------------------------------------


def may_mount() -> bool:
    """Tell whether a tiny disk of our own can be made here."""
    return os.geteuid() == 0 and shutil.which("mount") is not None


@contextmanager
def _stick(ground: Ground, size: int) -> Iterator[Path]:
    """A stick of so many bytes; without the right to mount one, a folder."""
    place = ground.folder / "stick"
    place.mkdir(exist_ok=True)
    if may_mount():
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place], check=True, capture_output=True)
    try:
        yield place
    finally:
        if may_mount():
            subprocess.run(["umount", "-l", place], check=False, capture_output=True)
        shutil.rmtree(place, ignore_errors=True)


def stick_pulled_out(ground: Ground, chance: random.Random, row: Row) -> None:
    """The stick is full, or gone, in the middle of writing a return to it."""
    space = response_space(ground.honest_response)
    readers = ground.honest.one(ResponseAssigned, space=space).recipients
    parcel = exchange.Parcel(type="return", spaces=[space], recipients=readers)
    write_answer(ground.honest, ground.honest_response, "staff", str(next(ground.names) % 1000))
    is_full = may_mount() and chance.random() < 0.5
    with _stick(ground, 4096 if is_full else 1024 * 1024) as stick:

        def pulled(_done: int, _total: int) -> None:
            if is_full:
                return
            if may_mount():
                subprocess.run(["umount", "-l", stick], check=False, capture_output=True)
            shutil.rmtree(stick, ignore_errors=True)

        try:
            exchange.send(ground.honest, parcel, stick, pulled)
            row.accepted += 1
        except AppError as error:
            _note(row, error)
        row.left += sum(1 for _ in stick.iterdir()) if stick.exists() else 0
    path = send_return(ground.honest, ground.honest_response, ground.inbox)  # and once more, to a stick that holds
    row.honest += 1
    row.honest_taken += ground.take([path])[0].refused is None


def _half_a_file_is_seen(ground: Ground) -> str:
    before = ground.look()
    half = ground.folder / f"half{BUNDLE_SUFFIX}.part"
    half.write_bytes(b"half")
    found = left_behind(before, ground.look(), set())
    half.unlink()
    return "half a file left on the disk is counted" if found == 1 else ""


# --- two at once ---------------------------------------------------------------------------------


def two_merges(ground: Ground, chance: random.Random, row: Row) -> None:
    """The same files are taken in twice at the same time, in other orders."""
    files = [ground.honest_file() for _ in range(3)]
    orders = [chance.sample(files, len(files)) for _ in range(2)]
    results: list[merging.Incoming] = []
    failed: list[Exception] = []

    def work(order: list[Path]) -> None:
        try:
            results.extend(ground.take(order))
        except Exception as error:  # noqa: BLE001 - handed to the thread that asks
            failed.append(error)

    threads = [threading.Thread(target=work, args=(order,)) for order in orders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    row.honest += len(files)
    row.honest_taken += len({each.path for each in results if each.refused is None})
    row.left += len(ground.team.verify().wrongs) + _double_receipts(ground)
    row.said["each file once"] += 1


def _double_receipts(ground: Ground) -> int:
    numbers = [held.event.number for held in ground.team.standing(ReceiptIssued)]
    return len(numbers) - len(set(numbers))


def _all_is_there(ground: Ground) -> str:
    space = response_space(ground.honest_response)
    theirs = {held.event.value for held in ground.honest.standing(AnswerRecorded, space=space)}
    ours = {held.event.value for held in ground.team.standing(AnswerRecorded, space=space)}
    write_answer(ground.honest, ground.honest_response, "adult", f"not sent, {next(ground.names)}")
    unsent = {held.event.value for held in ground.honest.standing(AnswerRecorded, space=space)}
    return "what was not sent is missed; what was sent is there" if theirs == ours and unsent - ours else ""


# --- invitations that have expired ---------------------------------------------------------------


def expired(ground: Ground, chance: random.Random, row: Row) -> None:
    """Somebody opens an invitation with its right code, after its time."""
    invited = invitations.invite_organisation(ground.team, ground.audit.round_id, ground.audit.school, ground.inbox)
    later = timedelta(days=chance.choice([15, 61, 366, 4000]))
    clock = ground.setting.world.clock
    world = replace(ground.setting.world, clock=lambda: clock() + later)
    try:
        opening.look(invited.path, invited.code, world)
        row.accepted += 1
    except AppError as error:
        _note(row, error)
    row.honest += 1
    row.honest_taken += bool(opening.look(invited.path, invited.code, ground.setting.world).partnership)


def _in_time_it_opens(ground: Ground) -> str:
    invited = invitations.invite_organisation(ground.team, ground.audit.round_id, ground.audit.school, ground.inbox)
    offer = opening.look(invited.path, invited.code, ground.setting.world)
    return "the same invitation with the same code opens in time" if offer.partnership else ""


ACCIDENTS = (
    Accident("expired signers: an invitation after its time", expired, _in_time_it_opens, 40),
    Accident("gone or changed between looking and taking", gone_after_looking, _untouched_counts, 100),
    Accident("gone or changed while it is read", gone_while_read, _untouched_counts, 100),
    Accident("symlinks and devices in place of files", not_a_file, _untouched_counts, 60),
    Accident("the stick is full or pulled out while writing", stick_pulled_out, _half_a_file_is_seen, 60),
    Accident("two merges at once", two_merges, _all_is_there, 40),
)
