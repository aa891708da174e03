"""Words that seem to point at a person: which answers have some, and that somebody looked and let them stand."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial

from iowscp_desktop.app.entries import EntryState, FieldState
from iowscp_desktop.app.workspace import Changes, Workspace
from iowscp_desktop.domain.events import (
    AnswerRecorded,
    OrganisationAdded,
    PartnershipNamed,
    ResponseAssigned,
    WordsConsidered,
)
from iowscp_desktop.domain.ids import InstanceId, QuestionId, ResponseId, response_space
from iowscp_desktop.domain.mentions import Mention, mentions
from iowscp_desktop.domain.tool import Part
from iowscp_desktop.errors import NotYours


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubtful:
    """One free text that seems to point at somebody, and that nobody has considered as it stands."""

    entry_id: str
    place: "Place"
    pieces: tuple[Mention, ...]
    text: str = field(repr=False)


Place = tuple[QuestionId, tuple[InstanceId, ...]]
Looker = Callable[[str], tuple[Mention, ...]]


def looker(ws: Workspace) -> Looker:
    """Return what finds pieces of a text that seem to point at somebody.

    The names of the person who is signed in, of the organisations and of the partnership are expected and spared.
    """
    return partial(mentions, never=_expected(ws))


def is_free_text(asked: FieldState) -> bool:
    """Say whether people write in their own words here, so that a name may slip in.

    Who owns an action is asked for: a warning there would only teach people to overlook the others.
    """
    return asked.part is not Part.OWNER and asked.control == "input" and asked.type == "string" and not asked.readonly


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeText:
    """One free text as it stands, and the pieces of it that somebody considered."""

    entry_id: str
    place: "Place"
    settled: frozenset[str] = field(repr=False)
    text: str = field(repr=False)


def free_texts(ws: Workspace, response_id: ResponseId, entries: Iterable[EntryState]) -> tuple[FreeText, ...]:
    """Return what was written in people's own words, in the order it is asked."""
    settled = _considered(ws, response_id)
    return tuple(
        FreeText(entry_id=entry.id, place=place, settled=settled.get(place, frozenset()), text=asked.value)
        for entry in entries
        for asked in entry.fields
        if is_free_text(asked) and asked.relevant and asked.value
        for place in [(asked.question_id, asked.instances)]
    )


def look_over(look: Looker, texts: Iterable[FreeText]) -> tuple[Doubtful, ...]:
    """Return the texts that wait for somebody to consider them. Reads no workspace, so any thread may do it."""
    found: list[Doubtful] = []
    for each in texts:
        pieces = look(each.text)
        if {piece.of(each.text) for piece in pieces} - each.settled:
            found.append(Doubtful(entry_id=each.entry_id, place=each.place, pieces=pieces, text=each.text))
    return tuple(found)


def doubtful(ws: Workspace, response_id: ResponseId, entries: Iterable[EntryState]) -> tuple[Doubtful, ...]:
    """Return the free texts of a response that wait for somebody to consider them, in the order they are asked."""
    return look_over(looker(ws), free_texts(ws, response_id, entries))


def considered_words(ws: Workspace, response_id: ResponseId, place: "Place") -> frozenset[str]:
    """Return the pieces that somebody considered at one question."""
    return _considered(ws, response_id, place[0]).get(place, frozenset())


def consider(
    ws: Workspace, response_id: ResponseId, question_id: QuestionId, *, instances: tuple[InstanceId, ...] = ()
) -> Changes:
    """Write down that somebody looked at an answer and lets its words stand.

    Raises:
        NotYours: Nothing is answered there.
    """
    ws.leave_field()  # the wording that is considered is not written over any more
    space = response_space(response_id)
    held = ws.standing(AnswerRecorded, space=space, question_id=question_id)
    here = [each for each in held if each.event.instances == instances]
    if not here:
        raise NotYours
    return ws.append(space, WordsConsidered(question_id=question_id, instances=instances, wording=here[0].id))


def _expected(ws: Workspace) -> tuple[str, ...]:
    return (
        ws.person.name,
        *(held.event.name for held in ws.standing(PartnershipNamed)),
        *(held.event.name for held in ws.standing(OrganisationAdded)),
        *(held.event.organisation_name for held in ws.standing(ResponseAssigned)),
    )


def _considered(ws: Workspace, response_id: ResponseId, only: QuestionId | None = None) -> dict[Place, frozenset[str]]:
    """Return the pieces that were considered at each question, or at one, read from the wording as it was then."""
    space, look = response_space(response_id), looker(ws)
    settled: dict[Place, frozenset[str]] = {}
    for held in ws.standing(WordsConsidered, space=space):
        place = (held.event.question_id, held.event.instances)
        if only not in {None, place[0]}:
            continue
        register = AnswerRecorded(question_id=place[0], instances=place[1], value=None).register
        for entry in ws.store.journal.history(space, register):
            if entry.id == held.event.wording and isinstance(entry.event, AnswerRecorded):
                settled[place] = settled.get(place, frozenset()) | _words(look, entry.event.value)
    return settled


def _words(look: Looker, text: str | None) -> frozenset[str]:
    return frozenset(piece.of(text) for piece in look(text)) if text else frozenset()
