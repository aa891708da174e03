"""Names kept out: what is written is looked over, and that somebody considered it is written down. Plain Python."""

from collections.abc import Callable

from iowscp_desktop.app import considering
from iowscp_desktop.app.filling import Filling
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.mentions import Mention
from iowscp_desktop.ui.fill.deeds import Deeds
from iowscp_desktop.ui.fill.presenter import FillPresenter
from iowscp_desktop.ui.fill.states import Place
from iowscp_desktop.ui.jobs import Job, Runner

LONG = 8000
"""Characters that are read in some ten milliseconds; a longer text is read elsewhere."""
Found = Callable[[tuple[Mention, ...]], None]


class NamesPresenter:
    """Says what nobody has considered yet."""

    def __init__(
        self, ws: Workspace, filling: Filling, *, questions: FillPresenter, deeds: Deeds, runner: Runner
    ) -> None:
        self._ws, self._filling, self._questions, self._deeds, self._runner = ws, filling, questions, deeds, runner
        self._look: considering.Looker | None = None

    def look_over(self, place: Place, words: str, on_found: Found) -> None:
        """Tell what in some words seems to point at somebody, and was not considered at this place."""
        look = self._look = self._look or considering.looker(self._ws)

        def tell(pieces: tuple[Mention, ...]) -> None:
            if pieces:
                settled = considering.considered_words(self._ws, self._filling.response_id, place)
                pieces = tuple(piece for piece in pieces if piece.of(words) not in settled)
            on_found(pieces)

        if len(words) <= LONG:
            tell(look(words))
        else:
            self._runner.run(Job(work=lambda _ticket: look(words), on_done=tell))

    def on_considered(self, place: Place) -> None:
        """Write down that somebody looked at an answer and lets it stand."""
        if self._filling.is_locked:
            return
        self._questions.on_left()
        question_id, instances = place
        self._deeds.wrote(considering.consider(self._ws, self._filling.response_id, question_id, instances=instances))
