"""The files of the question at hand: adding, taking away, saving a copy. Slow parts are jobs. Plain Python."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from iowscp_desktop.app import answers, evidence
from iowscp_desktop.app.filling import EvidenceLine, Filling
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.clock import LOCAL_ZONE
from iowscp_desktop.domain.ids import AttachmentId, QuestionId, ResponseId
from iowscp_desktop.errors import AppError
from iowscp_desktop.text import Fill
from iowscp_desktop.ui.fill.deeds import Deed, Deeds
from iowscp_desktop.ui.fill.presenter import FillPresenter
from iowscp_desktop.ui.fill.states import FillView
from iowscp_desktop.ui.jobs import Job, Runner, Ticket

_SIDE: Final = 320  # pixels of a small picture: enough for a card at twice the text size


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What came of adding files."""

    changes: Changes
    attached: tuple[AttachmentId, ...]
    names: tuple[str, ...]
    refused: tuple[tuple[str, AppError], ...]


class EvidencePresenter:
    """Takes files in and lets them out."""

    def __init__(
        self, ws: Workspace, view: FillView, *, filling: Filling, questions: FillPresenter, deeds: Deeds, runner: Runner
    ) -> None:
        self._ws, self._view, self._filling, self._runner = ws, view, filling, runner
        self._questions, self._deeds = questions, deeds

    def on_files(self, paths: Sequence[Path]) -> None:
        """Take in files that were dropped, pasted or chosen."""
        self._take([(path.name, partial(answers.read_evidence, path)) for path in paths])

    def on_picture(self, content: bytes) -> None:
        """Take in a picture that was pasted, as PNG."""
        now = self._ws.world.clock().astimezone(LOCAL_ZONE)
        name = Fill.pasted_name(f"{now:%Y-%m-%d %H.%M.%S}")
        self._take([(name, partial(answers.pasted_picture, name, content))])

    def on_removed(self, attachment_id: str) -> None:
        """Take a file away from its question. The history keeps it, so that it can be put back."""
        line = self._line(attachment_id)
        response_id = self._filling.response_id
        changes = answers.detach(self._ws, response_id, line.id)
        self._deeds.did(
            Deed(
                what=Fill.undo_removed(line.name),
                entry_id=self._questions.entry_id,
                opposite=lambda: answers.put_back(self._ws, response_id, line.id),
            )
        )
        self._deeds.wrote(changes)
        self._view.say(Fill.removed(line.name))

    def on_copy(self, attachment_id: str, path: Path) -> None:
        """Save a copy of a file where the person said."""
        line = self._line(attachment_id)
        response_id = self._filling.response_id

        def work(_ticket: Ticket) -> Path:
            return evidence.save_copy(self._ws, response_id, line.id, path)

        def failed(error: Exception) -> None:
            if not isinstance(error, AppError):
                raise error
            self._view.show_refused(line.name, error)

        self._runner.run(Job(work=work, on_done=lambda place: self._view.show_copied(str(place)), on_error=failed))

    def name_of(self, attachment_id: str) -> str:
        """Return what a file is called."""
        return self._line(attachment_id).name

    def draw_pictures(self) -> None:
        """Make small pictures of the question's photos, if that was not tried before."""
        wanted = [
            line
            for line in self._filling.entry(self._questions.entry_id).evidence
            if line.is_here and line.media_type.startswith("image/") and line.id not in self._questions.pictures
        ]
        if not wanted:
            return
        response_id = self._filling.response_id

        def work(ticket: Ticket) -> dict[AttachmentId, bytes]:
            made: dict[AttachmentId, bytes] = {}
            for line in wanted:
                ticket.check()
                content = evidence.content_of(self._ws, response_id, line.id)
                made[line.id] = evidence.small_picture(content, line.media_type, side=_SIDE)
            return made

        def done(made: dict[AttachmentId, bytes]) -> None:
            self._questions.pictures.update(made)
            self._questions.redraw()

        self._runner.run(Job(work=work, on_done=done, on_error=_leave_icons))

    # --- inside ------------------------------------------------------------------------------

    def _take(self, readers: Sequence[tuple[str, Callable[[], answers.Evidence]]]) -> None:
        if self._filling.is_locked or not readers:
            return
        entry_id = self._questions.entry_id
        work = partial(_taken, self._ws, self._filling.response_id, QuestionId(entry_id), readers)
        self._view.show_adding(len(readers))

        def done(taken: Taken) -> None:
            self._view.show_adding(0)
            self._show_taken(taken, entry_id)

        def failed(error: Exception) -> None:
            self._view.show_adding(0)
            raise error

        self._runner.run(Job(work=work, on_done=done, on_error=failed))

    def _show_taken(self, taken: Taken, entry_id: str) -> None:
        if taken.attached:
            only = len(taken.names) == 1
            self._deeds.did(
                Deed(
                    what=Fill.undo_added(taken.names[0]) if only else Fill.undo_added_many(len(taken.names)),
                    entry_id=entry_id,
                    opposite=partial(_detach_all, self._ws, self._filling.response_id, taken.attached),
                )
            )
            self._deeds.wrote(taken.changes)
            self.draw_pictures()
        for name, error in taken.refused:
            self._view.show_refused(name, error)

    def _line(self, attachment_id: str) -> EvidenceLine:
        lines = self._filling.entry(self._questions.entry_id).evidence
        return next(line for line in lines if line.id == attachment_id)


def _taken(
    ws: Workspace,
    response_id: ResponseId,
    question_id: QuestionId,
    readers: Iterable[tuple[str, Callable[[], answers.Evidence]]],
    ticket: Ticket,
) -> Taken:
    """Read and attach one file after the other; one that is refused does not stop the others."""
    changes = Changes()
    attached: list[AttachmentId] = []
    names: list[str] = []
    refused: list[tuple[str, AppError]] = []
    for name, read in readers:
        ticket.check()
        shown = answers.safe_name(name)
        try:
            found = read()
            one = answers.attach_evidence(ws, response_id, question_id, found)
        except AppError as error:
            refused.append((shown, error))
            continue
        changes |= one
        names.append(shown)
        attached += [
            AttachmentId(register.partition("/")[2])
            for _space, register in one.registers
            if register.startswith("evidence/")
        ]
    return Taken(changes=changes, attached=tuple(attached), names=tuple(names), refused=tuple(refused))


def _detach_all(ws: Workspace, response_id: ResponseId, attached: Iterable[AttachmentId]) -> Changes:
    changes = Changes()
    for attachment_id in attached:
        changes |= answers.detach(ws, response_id, attachment_id)
    return changes


def _leave_icons(error: Exception) -> None:
    """A file whose bytes are missing keeps its icon; anything else is a bug and is shown."""
    if not isinstance(error, AppError):
        raise error
