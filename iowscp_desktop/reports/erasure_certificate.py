"""The certificate of an erasure: what was erased, when, by whom and why, and what was proved afterwards. No content."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from iowscp_desktop.reports.document import (
    Align,
    Block,
    Bullets,
    Cell,
    Column,
    Document,
    Facts,
    Heading,
    Paragraph,
    Table,
    Voice,
)
from iowscp_desktop.text.records import CertificateWords as Words
from iowscp_desktop.text.records import kind
from iowscp_desktop.text.reports_words import moment, size


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A backup that was made before the erasure."""

    name: str
    made: datetime
    is_there: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Entries `first` to `last` of one chain."""

    stream: str
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What the check after the erasure found."""

    entries: int
    erased: int
    wrongs: tuple[str, ...]
    is_rewritten: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureCertificate:
    """All that the certificate says."""

    number: str
    holder: str
    what: str
    at: datetime
    who: str = field(repr=False)
    why: str
    reason: str = field(repr=False)
    kinds: tuple[tuple[str, int], ...]
    files: int
    file_bytes: int
    places: tuple[Place, ...]
    copies: tuple[Copy, ...]
    proof: Proof


def erasure_certificate(certificate: ErasureCertificate) -> Document:
    """Return the certificate."""
    blocks: list[Block] = [
        Paragraph(text=certificate.holder, voice=Voice.LEAD),
        Heading(level=1, words=Words.title),
        _about(certificate),
        Heading(level=2, words=Words.counts),
        *_counts(certificate),
        Heading(level=2, words=Words.proof),
        *_proof(certificate.proof),
        Heading(level=2, words=Words.copies),
        *_copies(certificate.copies),
        Heading(level=2, words=Words.elsewhere),
        Bullets(items=Words.elsewhere_items),
        Heading(level=2, words=Words.places),
        Paragraph(text=Words.places_lead),
        _places(certificate.places),
    ]
    return Document(
        title=f"{Words.title} {certificate.number}",
        subject=certificate.what,
        header=Words.running(certificate.holder),
        footer=certificate.number,
        blocks=tuple(blocks),
    )


def _about(certificate: ErasureCertificate) -> Facts:
    reason = ((Words.reason, certificate.reason),) if certificate.reason else ()
    rows: tuple[tuple[str, Cell], ...] = (
        (Words.number, certificate.number),
        (Words.holder, certificate.holder),
        (Words.what, certificate.what),
        (Words.when, moment(certificate.at)),
        (Words.who, certificate.who),
        (Words.why, Words.whys[certificate.why]),
        *reason,
    )
    return Facts(rows=rows)


def _counts(certificate: ErasureCertificate) -> list[Block]:
    columns = (Column(heading=Words.kind, share=4), Column(heading=Words.count, align=Align.RIGHT))
    rows = tuple((kind(name), str(count)) for name, count in certificate.kinds) or ((Words.nothing_counted, "0"),)
    files = Words.files_of(certificate.files, size(certificate.file_bytes))
    return [
        Table(columns=columns, rows=rows),
        Facts(rows=((Words.files, files),)),
        Paragraph(text=Words.none_of_it, voice=Voice.QUIET),
    ]


def _proof(proof: Proof) -> list[Block]:
    blocks: list[Block] = [Paragraph(text=Words.not_proved if proof.wrongs else Words.proved)]
    if proof.wrongs:
        blocks.append(Bullets(items=proof.wrongs))
    facts = (
        (Words.checked, str(proof.entries)),
        (Words.erased_now, str(proof.erased)),
        (Words.rewritten, Words.is_rewritten if proof.is_rewritten else Words.is_not_rewritten),
    )
    return [*blocks, Facts(rows=facts)]


def _copies(copies: Sequence[Copy]) -> list[Block]:
    if not copies:
        return [Paragraph(text=Words.copies_none)]
    columns = (
        Column(heading=Words.copy_name, share=2),
        Column(heading=Words.copy_made, share=2),
        Column(heading=Words.copy_state),
    )
    rows = tuple(
        (copy.name, moment(copy.made), Words.copy_kept if copy.is_there else Words.copy_gone) for copy in copies
    )
    return [Paragraph(text=Words.copies_lead), Table(columns=columns, rows=rows)]


def _places(places: Sequence[Place]) -> Table:
    columns = (Column(heading=Words.stream, share=3), Column(heading=Words.span, align=Align.RIGHT))
    rows = tuple((place.stream, Words.span_of(place.first, place.last)) for place in places)
    return Table(columns=columns, rows=rows)
