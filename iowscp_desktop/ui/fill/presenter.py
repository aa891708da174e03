"""Filling in: which question is at hand, what is answered, what comes next. Plain Python."""

from functools import partial

from iowscp_desktop.app import answers, responses, undo
from iowscp_desktop.app.filling import EntryState, Filling, SectionState, Status
from iowscp_desktop.app.history import Did
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.ids import AttachmentId, QuestionId
from iowscp_desktop.errors import AppError
from iowscp_desktop.text import Fill
from iowscp_desktop.ui.fill.deeds import Deed, Deeds
from iowscp_desktop.ui.fill.states import (
    Around,
    FileState,
    FillView,
    FootState,
    ListState,
    Notices,
    Place,
    QuestionState,
    SectionLine,
    counts_of,
    line_of,
)


class FillPresenter:
    """Goes through the questions and writes answers down."""

    def __init__(self, ws: Workspace, view: FillView, *, filling: Filling, deeds: Deeds) -> None:
        self._ws, self._view, self._filling, self._deeds = ws, view, filling, deeds
        self.pictures: dict[AttachmentId, bytes] = {}
        self._entry_id = ""
        self._words = ""
        self._only_unanswered = False
        self._visit: tuple[Place, str] | None = None
        self._visited: set[str] = set()

    # --- where one is ------------------------------------------------------------------------

    @property
    def entry_id(self) -> str:
        """The question at hand."""
        return self._entry_id

    def start(self, entry_id: str | None) -> None:
        """Show a question; without one, the first that has no finished answer, or to read the first of all."""
        tool = self._filling.tool
        self._view.show_notices(Notices(title=tool.title, privacy=tool.privacy_notice, starter=tool.starter_notice))
        self._show_locked()
        self._view.show_saved("")
        self._offer_last()
        every = self._asked()
        wanted = (entry.id for entry in every if self._filling.is_reading or _is_unanswered(entry))
        self.go_to(entry_id or next(wanted, every[0].id if every else ""))

    def go_to(self, entry_id: str) -> None:
        """Show another question. What was typed in the one before is saved first."""
        self._view.flush()
        self.on_left()
        if self._entry_id and self._entry_id != entry_id:
            self._visited.add(self._entry_id)
        self._entry_id = entry_id
        if entry_id and self._entry().status in {Status.IN_PROGRESS, Status.NEEDS_ATTENTION}:
            self._visited.add(entry_id)
        self._show_list()
        if entry_id:
            self._view.show_question(self._question())
        self._show_foot()

    def on_section(self, section_id: str) -> None:
        """Go to a section: its first question without a finished answer, or its first."""
        section = next(each for each in self._filling.sections() if each.id == section_id)
        first = next((entry for entry in section.asked if _is_unanswered(entry)), None) or section.asked[0]
        self._words = ""
        self.go_to(first.id)

    def on_step(self, step: int) -> None:
        """Go to the next question (1) or the one before (-1), through all sections."""
        ids = [entry.id for entry in self._asked()]
        place = self._place(ids) + step
        if 0 <= place < len(ids):
            self.go_to(ids[place])

    def on_next_unanswered(self) -> None:
        """Go to the next question without a finished answer; after the last section comes the first."""
        self._view.flush()
        every = self._asked()
        at = self._place([entry.id for entry in every])
        later = (*every[at + 1 :], *every[:at])
        following = next((entry for entry in later if _is_unanswered(entry)), None)
        if following is not None:
            self.go_to(following.id)
        elif any(_is_unanswered(entry) for entry in every):
            self._view.say(Fill.only_this_one)
        else:
            self._view.say(Fill.last_one)
            self._show_foot()

    def on_find(self, words: str) -> None:
        """Look for words in questions and answers of all sections; '' shows the section again."""
        self._words = words.strip().casefold()
        self._show_list()

    def on_only_unanswered(self, only: bool) -> None:  # noqa: FBT001 - as the check box tells it
        """Show all questions, or those without a finished answer."""
        self._only_unanswered = only
        self._show_list()

    # --- deeds -------------------------------------------------------------------------------

    def on_chosen(self, question_id: QuestionId, value: str | None, instances: Around = ()) -> None:
        """Write down what was picked."""
        before = self._value_of(question_id, instances)
        if (value or "") != before:
            self._write((question_id, instances), value, before, visit=None)

    def on_typed(self, question_id: QuestionId, words: str, instances: Around = ()) -> None:
        """Write down what was typed so far; the first time in a field, remember what stood there."""
        place = (question_id, instances)
        before = self._value_of(question_id, instances)
        if words == before:
            return
        if self._visit is None or self._visit[0] != place:
            self._visit = (place, self._ws.world.new_id())
            self._write(place, words, before, visit=self._visit[1])
        else:
            self._write(place, words, None, visit=self._visit[1])

    def on_left(self) -> None:
        """The person left a field: what stands there is history from now on."""
        if self._visit is not None:
            self._visit = None
            self._ws.leave_field()

    def on_undo(self) -> None:
        """Take the last deed back, by its opposite."""
        last = self._deeds.take_last()
        if last is not None:
            self.on_left()
            self._deeds.wrote(last.opposite())
            self.go_to(last.entry_id)
            self._view.say(Fill.undone(last.what))

    def on_reopen(self, reason: str) -> None:
        """Open the signed response again."""
        self._deeds.wrote(responses.reopen(self._ws, self._filling.response_id, reason))

    # --- looking again -----------------------------------------------------------------------

    def on_changed(self, changes: Changes) -> None:
        """Look again: this page, another page or a file that was brought in changed something."""
        if self._filling.response_id not in changes.responses:
            return
        edition = self._filling.package
        changed = self._filling.refresh(changes)
        if self._filling.package != edition:  # it was moved: other questions, perhaps not the one at hand
            self._entry_id, self._visit = "", None
            self._visited.clear()
            self.start(None)
            return
        self._show_locked()
        self._show_list()
        self._show_foot()
        if self._entry_id in changed or any(register == "revision" for _, register in changes.registers):
            self._view.update_question(self._question())

    def redraw(self) -> None:
        """Draw the question at hand again: a small picture has been made."""
        if self._entry_id:
            self._view.update_question(self._question())

    # --- inside ------------------------------------------------------------------------------

    def _offer_last(self) -> None:
        """Offer to take back what this person did last, even if the program was closed since."""
        last = None if self._filling.is_locked else undo.last_deed(self._ws, self._filling)
        entry = None if last is None else self._entry_with(last.question_id)
        if last is None or entry is None:
            self._view.show_undo("")
            return
        words = {
            Did.ATTACHED: Fill.undo_added(last.name),
            Did.DETACHED: Fill.undo_removed(last.name),
            Did.ADDED: Fill.undo_card_added(entry.title),
            Did.REMOVED: Fill.undo_card_removed(entry.title),
            Did.ORDERED: Fill.undo_card_moved(entry.title),
        }.get(last.did, Fill.undo_answer(entry.number))
        opposite = partial(undo.undo, self._ws, self._filling, last)
        self._deeds.did(Deed(what=words, entry_id=entry.id, opposite=opposite))

    def _write(self, place: Place, value: str | None, before: str | None, *, visit: str | None) -> None:
        question_id, instances = place
        response_id = self._filling.response_id
        if visit is None:
            self.on_left()
        try:
            changes = answers.record_answer(self._ws, response_id, question_id, value, instances=instances, visit=visit)
        except AppError:
            self._deeds.failed()
            raise
        entry = self._entry_with(question_id)
        if before is not None and entry is not None:
            self._deeds.did(
                Deed(
                    what=Fill.undo_answer(entry.number),
                    entry_id=entry.id,
                    opposite=lambda: answers.record_answer(
                        self._ws, response_id, question_id, before, instances=instances
                    ),
                )
            )
        self._deeds.wrote(changes)

    def _asked(self) -> list[EntryState]:
        return [entry for section in self._filling.sections() for entry in section.asked]

    def _entry(self) -> EntryState:
        return self._filling.entry(self._entry_id)

    def _entry_with(self, question_id: QuestionId) -> EntryState | None:
        """Return the entry of a question; None where the edition that is answered now does not ask it any more."""
        entry = self._filling.tool.entry_of(question_id)
        return self._filling.entry(entry.id) if entry is not None else None

    def _value_of(self, question_id: QuestionId, instances: Around) -> str:
        entry = self._entry_with(question_id)
        if entry is None:
            return ""
        every = entry.fields if entry.grade is None else (entry.grade, *entry.fields)
        place = (question_id, instances)
        return next((each.value for each in every if (each.question_id, each.instances) == place), "")

    def _place(self, ids: list[str]) -> int:
        """Return where the question at hand stands; where it would stand if it is not asked any more."""
        if self._entry_id in ids:
            return ids.index(self._entry_id)
        order = [entry.id for section in self._filling.tool.sections for entry in section.entries]
        here = order.index(self._entry_id) if self._entry_id in order else 0
        return sum(order.index(id_) < here for id_ in ids)

    def _question(self) -> QuestionState:
        entry = self._entry()
        files = tuple(
            FileState(
                id=line.id,
                name=line.name,
                media_type=line.media_type,
                size=line.size,
                is_here=line.is_here,
                picture=self.pictures.get(line.id, b""),
            )
            for line in entry.evidence
        )
        return QuestionState(
            entry=entry, files=files, is_fixed=self._filling.is_locked, says_missing=entry.id in self._visited
        )

    def _show_list(self) -> None:
        sections = [section for section in self._filling.sections() if section.asked]
        current = self._entry().section_id if self._entry_id else ""
        here = next((section for section in sections if section.id == current), sections[0] if sections else None)
        if here is None:
            return
        within = [entry for section in sections for entry in section.asked] if self._words else here.asked
        lines = [entry for entry in within if self._is_wanted(entry)]
        lines_by_id = {section.id: _section_line(section) for section in sections}
        state = ListState(
            sections=tuple(lines_by_id.values()),
            section=lines_by_id[here.id],
            counts=counts_of(here.asked),
            lines=tuple(line_of(entry) for entry in lines),
            is_finding=bool(self._words),
        )
        self._view.show_list(state, self._entry_id)

    def _is_wanted(self, entry: EntryState) -> bool:
        if self._only_unanswered and not _is_unanswered(entry) and entry.id != self._entry_id:
            return False
        if not self._words:
            return True
        written = " ".join(each.value for each in entry.fields)
        names = " ".join(line.name for line in entry.evidence)
        everything = f"{entry.number} {entry.title} {entry.question} {written} {names}".casefold()
        return all(word in everything for word in self._words.split())

    def _show_foot(self) -> None:
        every = self._asked()
        ids = [entry.id for entry in every]
        place = self._place(ids)
        self._view.show_foot(
            FootState(
                has_previous=place > 0,
                has_next=place < len(ids) - 1,
                left=sum(_is_unanswered(entry) for entry in every),
            )
        )

    def _show_locked(self) -> None:
        if self._filling.is_reading:
            self._view.show_locked(is_locked=True, is_signed=False, whose=self._filling.task.organisation)
            return
        revision = responses.revision(self._ws, self._filling.response_id, self._filling.tool)
        self._view.show_locked(is_locked=revision.finalised, is_signed=revision.is_signed)


def _is_unanswered(entry: EntryState) -> bool:
    return entry.status is not Status.COMPLETED or entry.conflicting


def _section_line(section: SectionState) -> SectionLine:
    return SectionLine(
        id=section.id,
        number=section.number,
        title=section.title,
        completed=section.completed,
        asked=len(section.asked),
    )
