"""What the team sends on to others: all that counts, and nobody's words that lie aside, but their writer's own.

Whoever reads a file of the team has nothing by which to tell what the team set aside: what a laptop wrote after it was
stolen, or somebody wrote into a place that is not theirs, would count there, or at least be read.
"""

from dataclasses import replace

from iowscp_desktop.app.workspace import Workspace
from iowscp_desktop.bundles import read_certificate
from iowscp_desktop.domain.journal import StreamRange, bare
from iowscp_desktop.store import numbers_aside


def sent_on(ws: Workspace, piece: StreamRange, reader: str) -> StreamRange | None:
    """Return a range as the team sends it to the devices of a holder; None where nothing in it counts.

    What lies aside at its end stays here, as far as the seals allow; before that it travels as bare commitments,
    which keep the chain.
    """
    with ws.store.database.reading() as connection:
        aside = numbers_aside(connection, piece.stream.id)
    if not aside or _holder(ws, piece) == reader:
        return piece
    counted = max((entry.header.seq for entry in piece.entries if entry.header.seq not in aside), default=0)
    if not counted:
        return None
    end = min(seal.last for seal in piece.seals if seal.last >= counted)
    kept = (entry for entry in piece.entries if entry.header.seq <= end)
    return replace(
        piece,
        entries=tuple(bare(entry) if entry.header.seq in aside else entry for entry in kept),
        seals=tuple(seal for seal in piece.seals if seal.last <= end),
    )


def _holder(ws: Workspace, piece: StreamRange) -> str:
    """Return whose device wrote a range; '' for one that was not let in."""
    certificate = ws.store.local.certificate(piece.stream.device)
    return "" if certificate is None else read_certificate(certificate).holder
