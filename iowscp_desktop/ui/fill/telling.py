"""From what a person does in the question panel to the presenters. Made before them, and told of them when they are."""

from collections.abc import Callable
from pathlib import Path

from iowscp_desktop import text
from iowscp_desktop.app.answers import kinds_for
from iowscp_desktop.app.filling import FieldState, RepeatState
from iowscp_desktop.domain.ids import InstanceId, QuestionId
from iowscp_desktop.domain.mentions import Mention
from iowscp_desktop.ui.choosing import Choose, FileRequest, Wanted
from iowscp_desktop.ui.fill.answer_files import AnswerFilesPresenter
from iowscp_desktop.ui.fill.many import RepeatPresenter
from iowscp_desktop.ui.fill.names import NamesPresenter
from iowscp_desktop.ui.fill.presenter import FillPresenter
from iowscp_desktop.ui.fill.states import Around, Place


class Telling:
    """Passes on; before anybody listens, nothing happens."""

    def __init__(self, choose: Choose) -> None:
        self._choose = choose
        self._questions: FillPresenter | None = None
        self._files: AnswerFilesPresenter | None = None
        self._repeats: RepeatPresenter | None = None
        self._names: NamesPresenter | None = None

    def connect(
        self, questions: FillPresenter, files: AnswerFilesPresenter, repeats: RepeatPresenter, names: NamesPresenter
    ) -> None:
        """Say who listens."""
        self._questions, self._files, self._repeats, self._names = questions, files, repeats, names

    def chose(self, question_id: QuestionId, value: str | None, instances: Around = (), /) -> None:
        """Something was picked."""
        if self._questions is not None:
            self._questions.on_chosen(question_id, value, instances)

    def typed(self, question_id: QuestionId, words: str, instances: Around = (), /) -> None:
        """Something was typed."""
        if self._questions is not None:
            self._questions.on_typed(question_id, words, instances)

    def left(self) -> None:
        """A field was left."""
        if self._questions is not None:
            self._questions.on_left()

    def wants_file(self, field: FieldState) -> None:
        """A file is to be chosen as the answer."""
        files = self._files
        if files is None:
            return
        endings = " ".join(f"*{ending}" for ending in kinds_for(field.settings.get("mediatype", "")))
        request = FileRequest(
            wanted=Wanted.FILES, title=text.Fill.choose_file, kinds=(text.Fill.kinds_of_files(endings),)
        )
        self._choose(request, lambda paths: files.on_file(field, paths[0]))

    def made_picture(self, field: FieldState, content: bytes) -> None:
        """A picture was drawn as the answer, PNG."""
        if self._files is not None:
            self._files.on_drawn(field, content)

    def removed_file(self, field: FieldState) -> None:
        """The file that is the answer is to be taken away."""
        if self._files is not None:
            self._files.on_removed(field)

    def wants_copy(self, attachment_id: str) -> None:
        """A file is to be looked at: by saving a copy."""
        files = self._files
        if files is not None:
            suggestion = Path.home() / files.name_of(attachment_id)
            request = FileRequest(wanted=Wanted.NEW_FILE, title=text.Fill.save_copy, suggestion=suggestion)
            self._choose(request, lambda paths: files.on_copy(attachment_id, paths[0]))

    def added(self, repeat: RepeatState) -> None:
        """One more of what repeats."""
        if self._repeats is not None:
            self._repeats.on_added(repeat)

    def removed(self, repeat: RepeatState, instance: InstanceId) -> None:
        """One less of what repeats."""
        if self._repeats is not None:
            self._repeats.on_removed(repeat, instance)

    def moved(self, repeat: RepeatState, instance: InstanceId, step: int) -> None:
        """One of what repeats goes up (-1) or down (1)."""
        if self._repeats is not None:
            self._repeats.on_moved(repeat, instance, step)

    def kept(self, repeat: RepeatState, instance: InstanceId) -> None:
        """One that somebody had taken away stays."""
        if self._repeats is not None:
            self._repeats.on_kept(repeat, instance)

    def look_over(self, place: Place, words: str, on_found: Callable[[tuple[Mention, ...]], None]) -> None:
        """Something was written."""
        if self._names is not None:
            self._names.look_over(place, words, on_found)

    def considered(self, place: Place) -> None:
        """Somebody looked at what was written, and lets it stand."""
        if self._names is not None:
            self._names.on_considered(place)
