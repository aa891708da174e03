"""The composition root: what was typed decides whether a window opens or a command runs; here the parts meet."""

import argparse
import logging
import logging.handlers
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import platformdirs

from iowscp_desktop.app.instance import claim, is_unanswered, knock
from iowscp_desktop.app.settings import PROGRAM, load_settings, settings_file
from iowscp_desktop.errors import AppError, CannotWrite, InUse

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

log = logging.getLogger(PROGRAM)

_COMMANDS: Final = {"demo", "tool", "workspace", "bundle", "score", "report"}
_ASKS_THE_PROGRAM: Final = {"--version", "--selftest", "--help", "-h"}
_PATIENCE: Final = 1500  # milliseconds in which the first program answers a second start
_LOG_BYTES, _LOG_FILES = 512 * 1024, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; return its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given and (given[0] in _COMMANDS or given[0] in _ASKS_THE_PROGRAM):
        return run_command(given)
    return run_window(given)


def run_command(given: list[str]) -> int:
    """Run one command without a window."""
    # Qt is not loaded for a command, nor typer for the window: each starts as quickly as it can.
    import typer  # noqa: PLC0415

    from iowscp_desktop import demo  # noqa: PLC0415
    from iowscp_desktop.cli import app, plain, say  # noqa: PLC0415
    from iowscp_desktop.demo.pictures import Photographer  # noqa: PLC0415

    @app.command("demo")
    @plain
    def run_demo(
        out: Annotated[Path, typer.Option("--out", help="A folder for everything it makes; it must be new or empty.")],
    ) -> None:
        """Do the whole main job with invented data, and check the result."""
        demo.run(out, say, camera=Photographer(out / "pictures"))

    try:
        app(given, prog_name=PROGRAM)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    return 0


def run_window(given: list[str]) -> int:
    """Open the window and stay until it is closed."""
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    from iowscp_desktop import text  # noqa: PLC0415
    from iowscp_desktop.app.opening import this_computer  # noqa: PLC0415
    from iowscp_desktop.ui.jobs import JobRunner, keep_what_is_loaded  # noqa: PLC0415
    from iowscp_desktop.ui.knocks import Knocks  # noqa: PLC0415
    from iowscp_desktop.ui.main_window import MainWindow, Setup, put_in_force  # noqa: PLC0415
    from iowscp_desktop.ui.notify import ErrorGuard  # noqa: PLC0415
    from iowscp_desktop.ui.session_watch import SessionWatch  # noqa: PLC0415

    options = _options(given)
    start_log(options.log)
    app = QApplication.instance() or QApplication([PROGRAM])
    if not isinstance(app, QApplication):
        raise TypeError("a window needs an application that can show it")
    _name(app)
    loaded = load_settings(settings_file())
    put_in_force(app, loaded.settings)
    runner, session = JobRunner(), SessionWatch()
    setup = Setup(
        folder=options.workspace,
        world=this_computer(),
        runner=runner,
        settings_file=settings_file(),
        out_folder=platformdirs.user_documents_path() / text.Shell.product,
        loaded=loaded,
        session=session,
        backs_up=True,
    )
    try:
        hold = claim(options.workspace)
    except AppError as error:
        return _hand_over(app, error, options)
    window, knocks = MainWindow(setup), Knocks(options.workspace)
    knocks.knocked.connect(window.come_forward)
    guard = ErrorGuard(window.show_error, window.show_bug)
    guard.install()
    keep_what_is_loaded()
    try:
        window.begin()
        window.show()
        knocks.begin()
        log.info("told of a locked session: %s", session.begin(window))
        window.open_files(options.files)
        return app.exec()
    finally:
        runner.finish()
        guard.uninstall()
        if hold is not None:
            hold.release()


def _name(app: "QApplication") -> None:
    """Tell the system what the program is called."""
    from iowscp_desktop import __version__, text  # noqa: PLC0415

    app.setApplicationName(PROGRAM)
    app.setApplicationVersion(__version__)
    app.setApplicationDisplayName(text.Shell.product)


def _hand_over(app: "QApplication", error: AppError, options: argparse.Namespace) -> int:
    """Let the program that has the workspace come to the front; say who has it if that one does not answer."""
    from PySide6.QtCore import QTimer  # noqa: PLC0415

    from iowscp_desktop.ui.notify import show_before_window  # noqa: PLC0415

    def give_up() -> None:
        if not isinstance(error, InUse) or is_unanswered(options.workspace):
            show_before_window(error).finished.connect(app.quit)
        else:
            app.quit()

    if isinstance(error, InUse):
        with suppress(CannotWrite):
            knock(options.workspace, tuple(options.files))
    QTimer.singleShot(_PATIENCE, give_up)
    app.exec()
    return 1 if is_unanswered(options.workspace) else 0


def default_workspace() -> Path:
    """Return where this user's workspace lies: on this computer, never in a roaming profile."""
    return platformdirs.user_data_path(PROGRAM, appauthor=False, roaming=False) / "workspace"


def start_log(folder: Path) -> None:
    """Keep a small log of ids and codes; without a place for it the program runs all the same."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            folder / f"{PROGRAM}.log", maxBytes=_LOG_BYTES, backupCount=_LOG_FILES, encoding="utf-8"
        )
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    log.info("started")


def _options(given: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=PROGRAM, description="Opens the window.")
    parser.add_argument("files", nargs="*", type=Path, help="an invitation, or files that came back")
    parser.add_argument(
        "--workspace", type=Path, default=default_workspace(), metavar="FOLDER", help="another workspace than your own"
    )
    parser.add_argument(
        "--log",
        type=Path,
        default=platformdirs.user_log_path(PROGRAM, appauthor=False),
        metavar="FOLDER",
        help="where the log is kept",
    )
    return parser.parse_args(given)


if __name__ == "__main__":
    sys.exit(main())
