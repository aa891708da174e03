"""The computers' screens with invented computers, for tests to walk and for people to look at."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from iowscp_desktop.domain.ids import DeviceId, InvitationId
from iowscp_desktop.text.devices import Devices as Words
from iowscp_desktop.ui.choosing import FileRequest
from iowscp_desktop.ui.devices import OwnDevicePage, TeamDevicesPage
from iowscp_desktop.ui.devices.presenter import Code, DeviceRow, State, WaitingRow

_SCHOOL = "Oakfield Primary School (invented)"


def _never(_request: FileRequest, _on_chosen: Callable[[tuple[Path, ...]], None]) -> None:
    """Nobody chooses a file here."""


def _row(number: int, name: str, state: State, *, is_own: bool = False) -> DeviceRow:
    return DeviceRow(
        id=DeviceId(str(number)),
        holder=name,
        name=name,
        sign=f"4R1E-783A-FB{number:02d}",
        since="12 Nov 2026, 09:41",
        state=state,
        is_own=is_own,
    )


def _team(at_hand: int = 2) -> TeamDevicesPage:
    page = TeamDevicesPage(_never)
    rows = (
        _row(1, Words.this_laptop, State.NEW, is_own=True),
        _row(2, _SCHOOL, State.NEW),
        _row(3, _SCHOOL, State.REVOKED),
        _row(4, "Dev Anand", State.CONFIRMED),
    )
    page.show_devices(rows, doubled=at_hand == 4)
    page.table.show_current(str(at_hand))
    page.table.picked.emit(str(at_hand))
    page.show_waiting(
        (
            WaitingRow(id=InvitationId("a"), name="Elm Grove Academy (invented)", until="3 Dec 2026, 09:40"),
            WaitingRow(id=InvitationId("b"), name=Words.the_team, until="5 Dec 2026, 11:02"),
        )
    )
    return page


def devices_revoking() -> QWidget:
    page = _team()
    page.revoking.ask(_SCHOOL)
    return page


def devices_keys() -> QWidget:
    page = _team(4)
    page.keys_button.click()
    return page


def devices_code() -> QWidget:
    page = _team()
    path = Path("/media/team/STICK/audit-7k2m9x4q.iowinvite")
    page.show_invitation(
        Code(name=Words.new_laptop, code="7K2M-9X4Q-B81H-D0WS", path=path, expires="3 Dec 2026, 09:40")
    )
    return page


def devices_none() -> QWidget:
    page = TeamDevicesPage(_never)
    page.show_devices((), doubled=False)
    page.show_waiting(())
    return page


def own_device() -> QWidget:
    page = OwnDevicePage(_never, has_others=True)
    page.show_sign("9QG0-MMC0-1SNE")
    return page


DEVICES_PAGES: dict[str, Callable[[], QWidget]] = {
    "devices": _team,
    "devices: one lost": lambda: _team(3),
    "devices: revoking": devices_revoking,
    "devices: new keys": devices_keys,
    "devices: code": devices_code,
    "devices: none": devices_none,
    "own device": own_device,
}
