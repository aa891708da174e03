"""The same deeds without a window. Errors go to stderr with their code; exit 1 is a failure, 2 a misuse."""

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from pathlib import Path
from typing import Annotated, ParamSpec, TypeVar

import msgspec
import typer

from iowscp_desktop import __version__
from iowscp_desktop.app import answers, conflicts, invitations, merging, opening, panel, receipts, reporting, rounds
from iowscp_desktop.app.escrow import NewLocks, open_with_spare_key
from iowscp_desktop.app.filling import open_filling
from iowscp_desktop.app.opening import NewWorkspace
from iowscp_desktop.app.passphrases import refuse_easy
from iowscp_desktop.app.recovery import Sheet, new_sheet, save_sheet
from iowscp_desktop.app.responses import send_return, tasks
from iowscp_desktop.app.workspace import Surroundings, Workspace
from iowscp_desktop.crypto import new_passphrase
from iowscp_desktop.domain.clock import LOCAL_ZONE, system_clock
from iowscp_desktop.domain.ids import QuestionId, ResponseId, Sha256, new_id
from iowscp_desktop.domain.shipped import shipped
from iowscp_desktop.domain.tool import ToolPackage, compile_tool, expand, files_in, read_tool
from iowscp_desktop.errors import AppError, FileNotReadable, RecoverySheetMissing
from iowscp_desktop.forms import (
    Checked,
    Finding,
    Form,
    FormPart,
    check_form,
    check_workbook,
    load_form,
    read_form,
    run_script,
)
from iowscp_desktop.store.keys import Locks, Recovery
from iowscp_desktop.text.cli import Cli

P = ParamSpec("P")
R = TypeVar("R")

app = typer.Typer(help=Cli.product, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
tool = typer.Typer(help=Cli.tool, no_args_is_help=True)
workspace = typer.Typer(help=Cli.workspace, no_args_is_help=True)
bundle = typer.Typer(help=Cli.bundle, no_args_is_help=True)
score = typer.Typer(help=Cli.score, no_args_is_help=True)
report = typer.Typer(help=Cli.report, no_args_is_help=True)
for name, group in (("tool", tool), ("workspace", workspace), ("bundle", bundle), ("score", score), ("report", report)):
    app.add_typer(group, name=name)

Folder = Annotated[Path, typer.Argument(help="The workspace's folder.")]
Response = Annotated[str, typer.Argument(help="The response's id, as `workspace info` prints it.")]
PassphraseFile = Annotated[
    Path | None,
    typer.Option("--passphrase-file", help="A file whose first line is the passphrase; asked for if not given."),
]


def world() -> Surroundings:
    """Return this computer's clock and chance."""
    return Surroundings(clock=system_clock, new_id=new_id, marks=opening.marks_folder())


def say(line: str) -> None:
    """Print a line of output."""
    typer.echo(line)


def plain(command: Callable[P, R]) -> Callable[P, R]:
    """Show an expected error as message, remedy and code, and exit 1."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except AppError as error:
            complain(error)
            raise typer.Exit(1) from error

    return run


def complain(error: AppError) -> None:
    """Print an error as people are to read it."""
    typer.echo(f"{error.code} {error.message}", err=True)
    typer.echo(Cli.remedy.format(remedy=error.remedy), err=True)


# --- tool ----------------------------------------------------------------------------------------


@tool.command("check")
@plain
def tool_check(
    files: Annotated[list[Path], typer.Argument(help="Forms (.xlsx, .xls, .md, .csv, .xml) or tool folders.")],
) -> None:
    """Read and compile forms; say what is wrong, where, and what to do. Exits 1 when one cannot be used."""
    failed = False
    for path in files:
        try:
            checked = _checked(path)
        except AppError as error:
            typer.echo(str(path), err=True)
            complain(error)
            failed = True
            continue
        for finding in checked.findings:
            say(_finding(path, finding))
        failed |= checked.form is None
        if checked.form is not None:
            questions = sum(line.kind == "question" for line in _lines(checked.form.tree))
            say(Cli.usable.format(file=path, questions=questions, warnings=len(checked.findings)))
    if failed:
        raise typer.Exit(1)


@tool.command("run")
@plain
def tool_run(
    form: Annotated[Path, typer.Argument(help="A form or a tool's folder.")],
    script: Annotated[Path | None, typer.Argument(help="Answers, a JSON list.", metavar="ANSWERS.json")] = None,
) -> None:
    """Answer a form and print every node as JSON."""
    operations: list[object] = []
    if script is not None:
        try:
            operations = msgspec.json.decode(script.read_bytes(), type=list[object])
        except (OSError, msgspec.DecodeError) as error:
            typer.echo(Cli.not_json, err=True)
            typer.echo(Cli.remedy.format(remedy=Cli.not_json_remedy), err=True)
            raise typer.Exit(2) from error
    nodes = run_script(_loaded(form), operations, clock=system_clock, zone=LOCAL_ZONE)
    say(json.dumps(nodes, ensure_ascii=False, indent=1))


def _checked(path: Path) -> Checked:
    """Look a plain form over, or a tool: a folder, or a form with a tool.toml beside it."""
    package = _package(path)
    if package is not None:
        return check_workbook(expand(package.workbook(), package.settings))
    return check_form(_read(path), name=path.name)


def _loaded(path: Path) -> Form:
    """Load a plain form or a tool, ready to be answered."""
    package = _package(path)
    compiled = read_form(_read(path), name=path.name) if package is None else compile_tool(package)[1]
    return load_form(compiled.xml, media=compiled.media)


def _package(path: Path) -> ToolPackage | None:
    folder = path if path.is_dir() else path.parent
    return read_tool(files_in(folder)) if (folder / "tool.toml").exists() else None


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileNotReadable from error


def _lines(parts: Iterable[FormPart]) -> Iterator[FormPart]:
    for part in parts:
        yield part
        yield from _lines(part.parts)


def _finding(path: Path, finding: Finding) -> str:
    place = " ".join(str(each) for each in (finding.sheet, finding.row, finding.column) if each)
    return Cli.finding.format(
        file=path, place=place, severity=finding.severity, code=finding.code, what=finding.what, do=finding.do
    )


# --- workspace -----------------------------------------------------------------------------------


@workspace.command("create")
@plain
def workspace_create(  # noqa: PLR0913, PLR0917 - a command line's options
    folder: Folder,
    person: Annotated[str, typer.Option(help="Your name.")],
    role: Annotated[str, typer.Option(help="Your role.")] = "",
    partnership: Annotated[str | None, typer.Option(help="Start a team workspace for this partnership.")] = None,
    invitation: Annotated[Path | None, typer.Option(help="Start from this invitation.")] = None,
    code: Annotated[str | None, typer.Option(help="The code that was read out.")] = None,
    recovery_sheet: Annotated[
        Path | None, typer.Option(help="Write the recovery sheet there, as PDF; shown and asked for if not given.")
    ] = None,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Start a workspace: a team's (--partnership), or from an invitation (--invitation and --code)."""
    if (partnership is None) == (invitation is None) or (invitation is not None and code is None):
        raise typer.BadParameter("--partnership, or --invitation with --code")
    passphrase = _new_passphrase(passphrase_file, names=(partnership or "", person))
    locks = Locks(passphrase=passphrase, recovery=_recovery(recovery_sheet, partnership or person))
    new = NewWorkspace(folder=folder, locks=locks, name=person, role=role)
    if partnership is not None:
        ws = opening.start_team(new, partnership, world())
    else:
        ws = opening.join(new, _given(invitation), code or "", world())
    _print_info(ws)
    ws.close()


@workspace.command("info")
@plain
def workspace_info(folder: Folder, passphrase_file: PassphraseFile = None) -> None:
    """Say what is in a workspace, in ids and counts."""
    ws = _open(folder, passphrase_file)
    _print_info(ws)
    ws.close()


@workspace.command("verify")
@plain
def workspace_verify(folder: Folder, passphrase_file: PassphraseFile = None) -> None:
    """Prove every chain, seal and file, and that the tables are what the journal says. Exits 1 if not."""
    ws = _open(folder, passphrase_file)
    found = ws.verify()
    ws.close()
    if found.wrongs:
        for wrong in found.wrongs:
            typer.echo(Cli.wrong.format(what=wrong), err=True)
        raise typer.Exit(1)
    say(Cli.verified.format(streams=found.streams, entries=found.entries, seals=found.seals, blobs=found.blobs))
    say(Cli.record_holds.format(lines=found.audited))
    if found.erased:
        say(Cli.erased.format(erased=found.erased))


@workspace.command("rescue")
@plain
def workspace_rescue(
    folder: Folder,
    spare_key: Annotated[Path, typer.Option(help="The partnership's spare key file.")],
    words_file: Annotated[
        Path | None, typer.Option(help="A file whose first line is the five words; asked for if not given.")
    ] = None,
    recovery_sheet: Annotated[Path | None, typer.Option(help="Write the new recovery sheet there, as PDF.")] = None,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Open a workspace whose passphrase and sheet are lost with the spare key; its key and ways in are changed."""
    words = str(typer.prompt(Cli.ask_words, hide_input=True)) if words_file is None else _passphrase(words_file)
    passphrase = _new_passphrase(passphrase_file)
    new = NewLocks(passphrase=passphrase, sheet=_written_sheet(recovery_sheet, str(folder.name)))
    open_with_spare_key(folder, spare_key, words, new, world()).close()
    say(Cli.rescued)


def _print_info(ws: Workspace) -> None:
    say(f"{ws.about.role} {ws.about.project}")
    if ws.team is not None:
        for line in rounds.rounds(ws):
            say(f"round {line.id} {line.due} {line.returned}/{line.asked} {line.title}")
            for each in rounds.returns_of(ws, line.id):
                say(f"  response {each.response_id} {each.receipt or '-'} {each.organisation}")
        return
    for task in tasks(ws):
        say(f"response {task.response_id} due {task.due} {task.title}")


# --- bundle --------------------------------------------------------------------------------------


@bundle.command("inspect")
@plain
def bundle_inspect(
    folder: Folder, files: Annotated[list[Path], typer.Argument()], passphrase_file: PassphraseFile = None
) -> None:
    """Say what files would bring, and change nothing. Exits 1 when one is refused."""
    ws = _open(folder, passphrase_file)
    seen = merging.preview(ws, files)
    ws.close()
    _print_incoming(seen, Cli.would)


@bundle.command("merge")
@plain
def bundle_merge(
    folder: Folder, files: Annotated[list[Path], typer.Argument()], passphrase_file: PassphraseFile = None
) -> None:
    """Take files in, each wholly or not at all. Exits 1 when one is refused."""
    ws = _open(folder, passphrase_file)
    done, changes = merging.merge(ws, merging.preview(ws, files))
    if ws.team is not None:
        for each in done:
            receipts.issue_receipts(ws, each, changes)
    for conflict in conflicts.open_conflicts(ws):
        say(f"conflict {conflict.response_id} {conflict.question_id}")
    ws.close()
    _print_incoming(done, Cli.merged)


def _print_incoming(incoming: Iterable[merging.Incoming], line: str) -> None:
    refused = False
    for each in incoming:
        if each.refused is not None:
            refused = True
            typer.echo(Cli.refused.format(name=each.path.name), err=True)
            complain(each.refused)
            continue
        say(
            line.format(
                name=each.path.name,
                type=each.type,
                sender=each.sender or "the team",
                new=each.new,
                known=each.known,
                quarantined=each.quarantined,
                evidence=each.evidence,
                conflicts=len(each.clashes),
            )
        )
    if refused:
        raise typer.Exit(1)


# --- score and report ----------------------------------------------------------------------------


@score.command("compare")
@plain
def score_compare(folder: Folder, response: Response, passphrase_file: PassphraseFile = None) -> None:
    """Print self, panel and agreed grades side by side, as JSON. Refused until every member's scores are in."""
    ws = _open(folder, passphrase_file)
    compared = panel.compare(ws, ResponseId(response))
    ws.close()
    rows = [
        {
            "item": each.question_id,
            "self": each.own,
            "panel": list(each.by_judge.values()),
            "spread": each.spread,
            "agreed": each.agreed,
        }
        for each in compared
    ]
    say(json.dumps(rows, indent=1))


@score.command("agree")
@plain
def score_agree(
    folder: Folder,
    response: Response,
    item: Annotated[str, typer.Argument(help="The item's id.")],
    point: Annotated[str, typer.Argument(help="The grade's value, for example met.")],
    reason: Annotated[str, typer.Option(help="Why; needed when members were far apart.")] = "",
    passphrase_file: PassphraseFile = None,
) -> None:
    """Record what the panel agreed on one item."""
    ws = _open(folder, passphrase_file)
    panel.agree(ws, ResponseId(response), QuestionId(item), point, reason)
    ws.close()
    say(Cli.settled.format(item=item, point=point))


@report.command("return")
@plain
def report_return(folder: Folder, response: Response, out: Path, passphrase_file: PassphraseFile = None) -> None:
    """Write the filled return as a PDF."""
    ws = _open(folder, passphrase_file)
    reporting.write_return(ws, ResponseId(response), out)
    ws.close()
    say(Cli.written.format(path=out))


@report.command("feedback")
@plain
def report_feedback(
    folder: Folder,
    response: Response,
    out: Path,
    signatory: Annotated[str, typer.Option(help="Who signs the letter, by role.")] = "Independent Chair",
    passphrase_file: PassphraseFile = None,
) -> None:
    """Write the feedback letter as a PDF."""
    ws = _open(folder, passphrase_file)
    reporting.write_feedback(ws, ResponseId(response), out, signatory=signatory)
    ws.close()
    say(Cli.written.format(path=out))


# --- the whole program ---------------------------------------------------------------------------


@app.callback(invoke_without_command=True)
def main(
    *,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
    selftest: Annotated[bool, typer.Option("--selftest", help="Try every part once, and exit 0 if all work.")] = False,
) -> None:
    """Answer what is asked of the program as a whole."""
    if version:
        say(__version__)
        raise typer.Exit
    if selftest:
        try_everything()
        raise typer.Exit


@plain
def try_everything() -> None:
    """Load every shipped tool, carry one answer from a school to the team and onto paper, all in a scratch folder."""
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        team = opening.start_team(_scratch(place / "team"), "Selftest", world())
        packages = [
            rounds.adopt_tool(team, files_in(each)) for each in sorted(shipped("forms").iterdir()) if each.is_dir()
        ]
        for package in packages:
            compiled = compile_tool(package)[1]
            load_form(compiled.xml, media=compiled.media)
        say(Cli.selftest.format(what=f"{len(packages)} tools load"))
        today = world().clock().astimezone(LOCAL_ZONE).date()
        round_id = rounds.open_round(team, title="Selftest", package=Sha256(packages[0].digest), due=today)
        organisation = rounds.add_organisation(team, "Selftest", "school")
        invited = invitations.invite_organisation(team, round_id, organisation, place)
        school = opening.join(_scratch(place / "school"), invited.path, invited.code, world())
        _carry(school, team, rounds.ask(team, round_id, organisation), place)
        school.close()
        team.close()
    say(Cli.selftest_done)


def _carry(school: Workspace, team: Workspace, response_id: ResponseId, place: Path) -> None:
    item = open_filling(school, response_id).tool.items[0]
    answers.record_answer(school, response_id, QuestionId(item.id), "met")
    (done,), _changes = merging.merge(team, merging.preview(team, [send_return(school, response_id, place)]))
    if done.refused is not None:
        raise done.refused
    say(Cli.selftest.format(what=f"a sealed return came home, {done.new} entries"))
    written = reporting.write_return(team, response_id, place / "return.pdf")
    say(Cli.selftest.format(what=f"a report of {written.stat().st_size} bytes"))


def _scratch(folder: Path) -> NewWorkspace:
    return NewWorkspace(
        folder=folder,
        locks=Locks(passphrase=new_passphrase(), recovery=new_sheet().recovery),
        name="Selftest",
        role="selftest",
    )


def _open(folder: Path, passphrase_file: Path | None) -> Workspace:
    return opening.unlock_by_passphrase(folder, _passphrase(passphrase_file), world())


def _passphrase(file: Path | None) -> str:
    if file is None:
        return str(typer.prompt(Cli.ask_passphrase, hide_input=True))
    try:
        return file.read_text(encoding="utf-8").splitlines()[0]
    except (OSError, IndexError, UnicodeDecodeError) as error:
        raise typer.BadParameter("--passphrase-file") from error


def _new_passphrase(file: Path | None, names: tuple[str, ...] = ()) -> str:
    passphrase = _passphrase(file)
    refuse_easy(passphrase, names)
    return passphrase


def _recovery(path: Path | None, workspace: str) -> Recovery:
    return _written_sheet(path, workspace).recovery


def _written_sheet(path: Path | None, workspace: str) -> Sheet:
    """Put a recovery key on paper: into a file to be printed, or by hand from the screen, proved by two groups."""
    sheet = new_sheet()
    if path is not None:
        save_sheet(sheet, path, workspace=workspace, at=system_clock())
        say(Cli.sheet_written.format(path=path))
        return sheet
    say(Cli.recovery_key.format(key=sheet.printed))
    first, second = (str(typer.prompt(Cli.ask_group.format(number=at + 1))) for at in sheet.asked)
    if not all(sheet.is_typed_back(first, second)):
        raise RecoverySheetMissing
    return sheet


def _given(path: Path | None) -> Path:
    if path is None:
        raise typer.BadParameter("--invitation")
    return path
