"""Gathers plain data from a workspace for the reports, and writes them as PDF where somebody says."""

from collections import Counter
from datetime import date, datetime
from pathlib import Path

from iowscp_desktop.app import conflicts, panel, responses
from iowscp_desktop.app.audit_log import AuditDeed, record
from iowscp_desktop.app.filling import EntryState, FieldState, Filling, SectionState, open_filling
from iowscp_desktop.app.rounds import team_of
from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.domain.clock import LOCAL_ZONE, from_stored
from iowscp_desktop.domain.events import ReceiptIssued
from iowscp_desktop.domain.ids import QuestionId, ResponseId
from iowscp_desktop.domain.scale import Point, Scale
from iowscp_desktop.domain.scoring import Comparison
from iowscp_desktop.domain.tool import ACTION_PARTS, Part
from iowscp_desktop.errors import NotAgreed
from iowscp_desktop.forms import plain_text
from iowscp_desktop.reports import feedback_letter as letter
from iowscp_desktop.reports import filled_return as paper
from iowscp_desktop.reports.document import Mark, Symbol, Tone
from iowscp_desktop.reports.render import save_pdf

MOST_STRENGTHS = 5


def write_return(ws: Workspace, response_id: ResponseId, path: Path) -> Path:
    """Write the filled return as a PDF: what applied, as it stands. What did not apply is counted, not shown.

    Raises:
        ReportError: It cannot be written there.
    """
    save_pdf(paper.filled_return(return_report(ws, open_filling(ws, response_id))), path, at=ws.world.clock())
    record(ws, AuditDeed.EXPORTED, report="return", response=response_id)
    return path


def write_feedback(ws: Workspace, response_id: ResponseId, path: Path, *, signatory: str) -> Path:
    """Write the feedback letter as a PDF, once the panel has agreed every item.

    Raises:
        ScoresNotIn: A panel member's scores are missing.
        NotAgreed: Items are not agreed yet.
        ReportError: It cannot be written there.
    """
    document = letter.feedback_letter(feedback_report(ws, response_id, signatory=signatory))
    save_pdf(document, path, at=ws.world.clock())
    record(ws, AuditDeed.EXPORTED, report="feedback", response=response_id)
    return path


# --- the filled return ---------------------------------------------------------------------------


def return_report(ws: Workspace, filling: Filling) -> paper.ReturnReport:
    """Return what the filled return says."""
    standing = responses.revision(ws, filling.response_id, filling.tool)
    clashes = _clashes(ws, filling)
    return paper.ReturnReport(
        partnership=filling.task.partnership,
        organisation=filling.task.organisation,
        round=filling.task.round_title,
        tool=filling.tool.title,
        edition=filling.tool.edition,
        starter_notice=filling.tool.starter_notice,
        due=filling.task.due,
        revision=standing.number,
        digest=standing.digest[:12],
        standing=_standing(standing),
        signers=tuple(_signer(signature) for signature in standing.signatures),
        scales=tuple(_scale(name, scale) for name, scale in filling.tool.scales.items()),
        sections=tuple(_section(section, filling, clashes) for section in filling.sections()),
    )


def _standing(revision: responses.Revision) -> paper.Standing:
    if revision.changed_since:
        return paper.Standing.CHANGED
    if revision.is_signed:
        return paper.Standing.SIGNED
    return paper.Standing.READY if revision.finalised else paper.Standing.DRAFT


def _signer(signature: responses.Signature) -> paper.Signer:
    return paper.Signer(
        role=signature.signer.label,
        name=signature.name,
        at=_local(signature.at) if signature.at else None,
        own_device=signature.own_device,
    )


def _scale(name: str, scale: Scale) -> paper.Scale:
    return paper.Scale(id=name, name=scale.title, marks=tuple(_mark(point) for point in scale.tiles))


def _section(section: SectionState, filling: Filling, clashes: dict[str, list[paper.Clash]]) -> paper.Section:
    asked = section.asked
    return paper.Section(
        number=section.number,
        title=section.title,
        entries=tuple(_entry(entry, filling, clashes) for entry in asked),
        not_asked=len(section.entries) - len(asked),
    )


def _entry(entry: EntryState, filling: Filling, clashes: dict[str, list[paper.Clash]]) -> paper.Entry:
    item = filling.tool.item(entry.id)
    if entry.scale is None or item is None:
        return paper.PlainAnswer(
            label=entry.question, text=_plain_text(entry), clashes=tuple(clashes.get(entry.id, ()))
        )
    point = entry.scale.point(entry.point)
    fields = {each.part: each for each in entry.fields if each.relevant and each.value}
    return paper.GradedItem(
        number=entry.number,
        title=entry.title,
        question=entry.question,
        scale=item.scale,
        mark=None if point is None else _mark(point),
        parts=tuple(
            paper.Part(label=each.label, text=each.value) for part, each in fields.items() if part not in ACTION_PARTS
        ),
        next_step=_next_step(fields),
        files=tuple(
            paper.EvidenceFile(name=file.name, size=file.size, digest=file.sha256[:12]) for file in entry.evidence
        ),
        clashes=tuple(clashes.get(entry.id, ())),
    )


def _plain_text(entry: EntryState) -> str:
    """Return a plain answer; of a table or of what repeats, a line for each answer with what was asked."""
    if entry.repeat is None and not entry.is_grid:
        return shown(entry.fields[0])
    answered = [each for each in entry.fields if each.relevant and each.value]
    return "\n".join(f"{plain_text(each.label)} {shown(each)}".strip() for each in answered)


def _next_step(fields: dict[Part | None, FieldState]) -> paper.NextStep | None:
    step = fields.get(Part.NEXT)
    if step is None:
        return None
    owner, due = fields.get(Part.OWNER), fields.get(Part.DUE)
    return paper.NextStep(
        text=step.value,
        owner="" if owner is None else owner.value,
        due=None if due is None else _day(due.value),
    )


def _clashes(ws: Workspace, filling: Filling) -> dict[str, list[paper.Clash]]:
    """Return, by entry, what two people answered differently and nobody has settled."""
    found: dict[str, list[paper.Clash]] = {}
    for conflict in conflicts.open_conflicts(ws, filling.response_id):
        asked = filling.tool.entry_of(conflict.question_id)
        if asked is None:  # the edition that is answered now does not ask it
            continue
        entry_id = asked.id
        entry = filling.entry(entry_id)
        fields = (*((entry.grade,) if entry.grade else ()), *entry.fields)
        label = next((each.label for each in fields if each.question_id == conflict.question_id), entry.title)
        versions = tuple(
            paper.Version(
                who=version.who, at=_local(version.at), text=_text(entry, conflict.question_id, version.value or "")
            )
            for version in conflict.versions
        )
        found.setdefault(entry_id, []).append(paper.Clash(label=label, versions=versions))
    return found


def _text(entry: EntryState, question_id: QuestionId, value: str) -> str:
    point = entry.scale.point(value) if entry.scale is not None and question_id == entry.id else None
    return value if point is None else point.label


def shown(field: FieldState) -> str:
    """Return an answer as people read it: the choices' words, a day as a day."""
    labels = dict(field.choices)
    if field.control in {"select", "rank"}:
        return ", ".join(labels.get(value, value) for value in field.value.split())
    day = _day(field.value) if field.type == "date" else None
    return labels.get(field.value, field.value) if day is None else f"{day.day} {day:%B %Y}"


# --- the feedback letter -------------------------------------------------------------------------


def all_agreed(ws: Workspace, filling: Filling) -> list[Comparison]:
    """Return what the panel agreed on every item that applies to the organisation.

    Raises:
        ScoresNotIn: A panel member's scores are missing.
        NotAgreed: Items are not agreed yet.
    """
    compared = [each for each in panel.compare(ws, filling.response_id) if filling.entry(each.question_id).relevant]
    waiting = sum(not each.agreed for each in compared)
    if waiting:
        raise NotAgreed(left=waiting)
    return compared


def feedback_report(ws: Workspace, response_id: ResponseId, *, signatory: str) -> letter.FeedbackLetter:
    """Return what the feedback letter says.

    Raises:
        ScoresNotIn: A panel member's scores are missing.
        NotAgreed: Items are not agreed yet.
    """
    team_of(ws)
    filling = open_filling(ws, response_id)
    compared = all_agreed(ws, filling)
    reasons = {question_id: each.reason for question_id, each in panel.agreed_grades(ws, response_id).items()}
    receipts = sorted(ws.standing(ReceiptIssued, space=filling.space), key=lambda held: held.at)
    return letter.FeedbackLetter(
        partnership=filling.task.partnership,
        addressee=filling.tool.signers[0].label if filling.tool.signers else "",
        organisation=filling.task.organisation,
        date=ws.world.clock().astimezone(LOCAL_ZONE).date(),
        round=filling.task.round_title,
        tool=filling.tool.title,
        counts=_counts(filling, compared),
        graded=len(compared),
        same=sum(each.own == each.agreed for each in compared),
        strengths=_strengths(filling, compared),
        differences=tuple(
            _difference(filling, each, reasons.get(each.question_id, ""))
            for each in compared
            if each.own != each.agreed and each.own
        ),
        steps=_steps(filling, compared),
        signatory=signatory,
        receipt=receipts[-1].event.number if receipts else "",
    )


def _counts(filling: Filling, compared: list[Comparison]) -> tuple[letter.GradeCount, ...]:
    """Count grades on the scale that most items use; scales are never added up with each other."""
    scales = Counter(item.scale for item in filling.tool.items)
    name = scales.most_common(1)[0][0]
    on_it = {item.id for item in filling.tool.items if item.scale == name}
    own = Counter(each.own for each in compared if each.question_id in on_it)
    agreed = Counter(each.agreed for each in compared if each.question_id in on_it)
    return tuple(
        letter.GradeCount(mark=_mark(point), self_count=own[point.value], agreed_count=agreed[point.value])
        for point in filling.tool.scales[name].tiles
    )


def _strengths(filling: Filling, compared: list[Comparison]) -> tuple[str, ...]:
    """Return the titles of items that the panel put at the top of their scale, those with evidence first."""
    best = [
        filling.entry(each.question_id)
        for each in compared
        if (scale := filling.entry(each.question_id).scale) is not None and each.agreed == scale.points[0].value
    ]
    best.sort(key=lambda entry: -len(entry.evidence))
    return tuple(entry.title for entry in best[:MOST_STRENGTHS])


def _difference(filling: Filling, compared: Comparison, reason: str) -> letter.Difference:
    entry = filling.entry(compared.question_id)
    own, agreed = _point(entry, compared.own), _point(entry, compared.agreed)
    return letter.Difference(
        number=entry.number, title=entry.title, self_mark=_mark(own), agreed_mark=_mark(agreed), reason=reason
    )


def _steps(filling: Filling, compared: list[Comparison]) -> tuple[letter.Step, ...]:
    """Return what the organisation said it will do about its gaps, the earliest day first."""
    steps: list[letter.Step] = []
    for each in compared:
        fields = {f.part: f for f in filling.entry(each.question_id).fields if f.relevant and f.value}
        step = _next_step(fields)
        if step is not None:
            steps.append(letter.Step(what=step.text, who=step.owner, due=step.due))
    return tuple(sorted(steps, key=lambda step: step.due or date.max))


def _point(entry: EntryState, value: str) -> Point:
    point = None if entry.scale is None else entry.scale.point(value)
    if point is None:
        raise ValueError("a compared grade is on its scale")
    return point


def _mark(point: Point) -> Mark:
    return Mark(label=point.label, symbol=Symbol(point.symbol.value), tone=Tone(point.colour.value))


def _local(at: str) -> datetime:
    return from_stored(at).astimezone(LOCAL_ZONE)


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
