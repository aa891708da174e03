"""An invented school, its return and the letter it gets: enough of everything to fill some pages."""

from datetime import UTC, date, datetime, timedelta, timezone

from iowscp_desktop.reports.document import Mark, Symbol, Tone
from iowscp_desktop.reports.feedback_letter import Difference, FeedbackLetter, GradeCount, Step
from iowscp_desktop.reports.filled_return import (
    Clash,
    EvidenceFile,
    GradedItem,
    NextStep,
    Part,
    PlainAnswer,
    ReturnReport,
    Scale,
    Section,
    Signer,
    Standing,
    Subheading,
    Version,
)

AT = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)
SUMMER = timezone(timedelta(hours=1), "BST")

MET = Mark(label="Met", symbol=Symbol.TICK, tone=Tone.GREEN)
PARTLY = Mark(label="Partly met", symbol=Symbol.TRIANGLE, tone=Tone.AMBER)
NOT = Mark(label="Not met", symbol=Symbol.OCTAGON, tone=Tone.RED)
NA = Mark(label="Not applicable", symbol=Symbol.RING, tone=Tone.GREY)
RATING = Scale(id="rating", name="How well is this in place?", marks=(MET, PARTLY, NOT, NA))

_SENTENCES = (
    "Permanent staff complete a safeguarding induction on day one and sign the record.",
    "Supply staff receive the one-page leaflet at reception, and the office team checks at sign-in.",
    "In September we found that 3 of 11 had not signed for it, so the check was moved to the door.",
    "Children told us in the autumn survey that they know whom to talk to.",
)
_TITLES = (
    "Induction for new and temporary staff",
    "Single central record complete",
    "Volunteers and contractors briefed",
    "Low-level concerns recorded and reviewed",
    "Filtering and monitoring checked each term",
    "Children know whom to tell",
)
_SECTIONS = ("Leadership and culture", "Safer recruitment", "Training and induction", "Online safety", "Early help")


def item(number: str, place: int) -> GradedItem:
    """Return one item, of a grade that depends on its place."""
    mark = (MET, MET, PARTLY, MET, NOT, MET, NA, MET, None)[place % 9]
    evidence = " ".join(_SENTENCES[: 1 + place % 4])
    why = Part(label="Why does this not apply?", text="We have no boarding house.")
    knows = Part(label="How do you know?", text=evidence)
    helps = Part(label="What difference does it make for children?", text="" if place % 5 == 3 else _SENTENCES[3])
    step = NextStep(
        text="Reception to check the signed leaflet before a badge is issued.",
        owner="Office manager",
        due=date(2026, 11, 27),
    )
    file = EvidenceFile(name="Induction record autumn 2026.pdf", size=412_000, digest="9f2c 41d0 77ab")
    return GradedItem(
        number=number,
        title=_TITLES[place % len(_TITLES)],
        question="Do all new and temporary staff get safeguarding induction before they start work with children?",
        scale="rating",
        mark=mark,
        parts=() if mark is None else (why,) if mark is NA else (knows, helps),
        next_step=step if mark in {PARTLY, NOT} else None,
        files=(file,) if place % 3 == 0 and mark else (),
    )


def clash() -> Clash:
    """Return a question that two people answered differently."""
    mine = Version(who="Priya Nair", at=datetime(2026, 9, 3, 10, 42, tzinfo=SUMMER), text="All but two have signed.")
    yours = Version(who="Jo Mensah", at=datetime(2026, 9, 4, 16, 1, tzinfo=SUMMER), text="Everybody has signed.")
    return Clash(label="How do you know?", versions=(mine, yours))


def section(place: int, items: int) -> Section:
    """Return a section of some items."""
    return Section(
        number=str(place + 1),
        title=_SECTIONS[place % len(_SECTIONS)],
        entries=tuple(item(f"{place + 1}.{n + 1}", place * 3 + n) for n in range(items)),
        not_asked=place % 4,
    )


def about_you() -> Section:
    """Return a section without grades."""
    return Section(
        number="A",
        title="About your school",
        entries=(
            PlainAnswer(label="Name of the school", text="Oakfield Primary School (invented)"),
            PlainAnswer(label="Number of pupils", text="212"),
            PlainAnswer(label="Pupils with a social worker", text=""),
            Subheading(title="After-school club"),
            PlainAnswer(label="What it is called", text="Acorns"),
        ),
        not_asked=2,
    )


def a_return(*, sections: int = 5, items: int = 4, standing: Standing = Standing.SIGNED) -> ReturnReport:
    """Return an invented return."""
    signed = standing is not Standing.DRAFT
    return ReturnReport(
        partnership="Sample Safeguarding Children Partnership (invented)",
        organisation="Oakfield Primary School (invented)",
        round="Autumn 2026",
        tool="Section 175 self-assessment",
        edition="edition 2026",
        starter_notice="This is a starter template. Your partnership will put its own wording in its place.",
        due=date(2026, 12, 18),
        revision=2,
        digest="3f9a 1c20",
        standing=standing,
        signers=(
            Signer(
                role="Designated safeguarding lead",
                name="Priya Nair" if signed else "",
                at=datetime(2026, 9, 7, 9, 30, tzinfo=SUMMER) if signed else None,
            ),
            Signer(role="Head teacher", name="Sam Okoro", at=AT if signed else None, own_device=False),
            Signer(role="Chair of governors"),
        ),
        scales=(RATING,),
        sections=(about_you(), *(section(place, items) for place in range(sections))),
    )


def a_letter(*, differences: int = 2) -> FeedbackLetter:
    """Return an invented feedback letter."""
    different = tuple(
        Difference(
            number=f"3.{n + 1}",
            title=_TITLES[n],
            self_mark=MET,
            agreed_mark=PARTLY,
            reason="The record shows that supply staff did not sign in two of the four weeks that we looked at.",
        )
        for n in range(differences)
    )
    return FeedbackLetter(
        partnership="Sample Safeguarding Children Partnership (invented)",
        addressee="Head teacher",
        organisation="Oakfield Primary School (invented)",
        date=date(2027, 2, 3),
        round="Autumn 2026",
        tool="Section 175 self-assessment",
        counts=(
            GradeCount(mark=MET, self_count=52, agreed_count=50),
            GradeCount(mark=PARTLY, self_count=12, agreed_count=14),
            GradeCount(mark=NOT, self_count=4, agreed_count=4),
            GradeCount(mark=NA, self_count=2, agreed_count=2),
        ),
        graded=70,
        same=70 - differences,
        strengths=(
            "Children told you whom they would talk to, and you acted on what they said.",
            "Your single central record is complete, and a governor checks it each term.",
            "Staff write low-level concerns down, and the head looks at them each month.",
        ),
        differences=different,
        steps=(
            Step(what="Check the leaflet at the door.", who="Office manager", due=date(2027, 3, 1)),
            Step(what="Tell us how the spring check went.", who="Safeguarding lead", due=date(2027, 4, 12)),
        ),
        signatory="Independent Scrutineer",
        receipt="R-2026-0041",
    )
