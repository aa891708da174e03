"""Answers that are files: taking one in, drawing one, taking it away, and taking that back. Plain Python."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from iowscp_desktop.app import answers
from iowscp_desktop.app.filling import FieldState, Filling
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.errors import AppError
from iowscp_desktop.text import Fill
from iowscp_desktop.ui.fill.deeds import Deed, Deeds
from iowscp_desktop.ui.fill.evidence import EvidencePresenter
from iowscp_desktop.ui.fill.presenter import FillPresenter
from iowscp_desktop.ui.fill.states import FillView
from iowscp_desktop.ui.jobs import Job, Runner, Ticket


class AnswerFilesPresenter:
    """Takes in the file that answers a question."""

    def __init__(  # noqa: PLR0913 - what a presenter of this page knows, by name
        self,
        ws: Workspace,
        view: FillView,
        *,
        filling: Filling,
        questions: FillPresenter,
        deeds: Deeds,
        runner: Runner,
        evidence: EvidencePresenter,
    ) -> None:
        self._ws, self._view, self._filling, self._runner = ws, view, filling, runner
        self._questions, self._deeds, self._evidence = questions, deeds, evidence

    def on_file(self, field: FieldState, path: Path) -> None:
        """Take in a file that was chosen."""
        kinds = answers.kinds_for(field.settings.get("mediatype", ""))
        self._take(field, path.name, partial(answers.read_evidence, path, kinds))

    def on_drawn(self, field: FieldState, content: bytes) -> None:
        """Take in a picture that was drawn or a name that was typed, PNG."""
        name = Fill.signature_file if "signature" in field.appearance.split() else Fill.drawing_file
        self._take(field, name, partial(answers.pasted_picture, name, content))

    def on_removed(self, field: FieldState) -> None:
        """Take the file away. The history keeps it, so that it can be put back."""
        self._questions.on_left()
        response_id = self._filling.response_id
        changes = answers.answer_with_file(self._ws, response_id, field.question_id, None, instances=field.instances)
        self._did(Fill.undo_removed(field.value), field, changes)
        self._view.say(Fill.removed(field.value))

    def name_of(self, attachment_id: str) -> str:
        """Return what a file is called."""
        return self._evidence.name_of(attachment_id)

    def on_copy(self, attachment_id: str, path: Path) -> None:
        """Save a copy of a file where the person said."""
        self._evidence.on_copy(attachment_id, path)

    def _take(self, field: FieldState, name: str, read: Callable[[], answers.Evidence]) -> None:
        if self._filling.is_locked:
            return
        self._questions.on_left()
        ws, response_id = self._ws, self._filling.response_id
        shown = answers.safe_name(name)

        def work(_ticket: Ticket) -> Changes:
            return answers.answer_with_file(ws, response_id, field.question_id, read(), instances=field.instances)

        def done(changes: Changes) -> None:
            self._did(Fill.undo_added(shown), field, changes)
            self._evidence.draw_pictures()

        def failed(error: Exception) -> None:
            if not isinstance(error, AppError):
                raise error
            self._view.show_refused(shown, error)

        self._runner.run(Job(work=work, on_done=done, on_error=failed))

    def _did(self, what: str, field: FieldState, changes: Changes) -> None:
        entry = self._filling.tool.entry_of(field.question_id)
        entry_id = self._questions.entry_id if entry is None else entry.id
        self._deeds.did(Deed(what=what, entry_id=entry_id, opposite=partial(self._as_before, field)))
        self._deeds.wrote(changes)

    def _as_before(self, field: FieldState) -> Changes:
        response_id = self._filling.response_id
        if field.file is None:
            return answers.answer_with_file(self._ws, response_id, field.question_id, None, instances=field.instances)
        return answers.answer_again_with(
            self._ws, response_id, field.question_id, field.file.id, instances=field.instances
        )
