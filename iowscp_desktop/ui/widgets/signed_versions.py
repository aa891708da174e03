"""The versions of a return that were signed: who signed each, whether it counts, and why. It is only read."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtWidgets import QWidget

from iowscp_desktop.app.signed_versions import Became, Reason, SignedVersion, worth_telling
from iowscp_desktop.text.signed_versions import SignedVersions as Words
from iowscp_desktop.ui.theme import Icon, Role, Tone, Type
from iowscp_desktop.ui.widgets.dates import write_moment
from iowscp_desktop.ui.widgets.labels import Label
from iowscp_desktop.ui.widgets.layouts import Column, flowing
from iowscp_desktop.ui.widgets.surfaces import Card, Divider, show_or_hide
from iowscp_desktop.ui.widgets.tags import Tag

_LOOKS: dict[Became, tuple[Tone, Icon]] = {
    Became.COUNTS: (Tone.GREEN, Icon.CHECK),
    Became.WAITS: (Tone.AMBER, Icon.GIT_COMPARE_ARROWS),
    Became.NOT_CHOSEN: (Tone.GREY, Icon.HISTORY),
    Became.OPENED_AGAIN: (Tone.GREY, Icon.LOCK_OPEN),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionState:
    """One version, ready to be drawn."""

    title: str = field(repr=False)
    became: Became
    lines: tuple[str, ...] = field(repr=False)
    """Who signed."""
    reasons: tuple[str, ...] = field(repr=False)


def version_states(versions: Sequence[SignedVersion]) -> tuple[VersionState, ...]:
    """Return the versions in words; none where one was signed once and counts, which is no history."""
    return tuple(_state(version) for version in versions) if worth_telling(versions) else ()


class SignedVersionsCard(Card):
    """The versions below each other, the first one first; hidden where there is nothing to tell."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(Words.title)
        self._shown: tuple[VersionState, ...] = ()
        self._versions = Column(gap=12)
        title, about = Label(Words.title, Type.H2, wrap=True), Label(Words.about, Type.MUTED, wrap=True)
        self.setLayout(Column(title, about, self._versions, gap=8, margins=(20, 14, 20, 16)))
        self.hide()

    def show_versions(self, versions: tuple[VersionState, ...]) -> None:
        """Show these versions."""
        show_or_hide(self, shown=bool(versions))
        if versions == self._shown:
            return
        self._shown = versions
        while (item := self._versions.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        for version in versions:
            drawn = _drawn(version)
            self._versions.add(drawn)
            show_or_hide(drawn, shown=True)  # at once, for whoever reads the page


# --- inside --------------------------------------------------------------------------------------


def _drawn(version: VersionState) -> QWidget:
    tone, icon = _LOOKS[version.became]
    column = Column(Divider(), Label(version.title, Type.STRONG, wrap=True), gap=6)
    column.add(flowing(Tag(Words.became[version.became], tone, icon=icon)))
    for line in version.lines:
        column.add(Label(line, Type.SMALL, wrap=True))
    for reason in version.reasons:
        column.add(Label(reason, Type.BODY, role=Role.INK, wrap=True))
    drawn = QWidget()
    drawn.setLayout(column)
    drawn.setAccessibleName(f"{version.title}: {Words.became[version.became]}")
    return drawn


def _state(version: SignedVersion) -> VersionState:
    signed = tuple(Words.signed_by(each.label, each.name, write_moment(each.at)) for each in version.signed)
    return VersionState(
        title=Words.version(version.number, version.who or Words.nobody, write_moment(version.at)),
        became=version.became,
        lines=signed or (Words.nobody_signed,),
        reasons=tuple(_reason(each) for each in version.reasons),
    )


def _reason(reason: Reason) -> str:
    what = Words.opened_again
    if reason.is_choice:
        what = Words.chosen if reason.is_in_force else Words.was_chosen
    return Words.reason(what, reason.who or Words.nobody, write_moment(reason.at), reason.reason)
