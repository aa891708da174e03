"""What is saved from a torn file may lack entries: files that brought them are not taken for known afterwards."""

from pathlib import Path

from iowscp_desktop.store import Store
from iowscp_desktop.store.local import FILE, RANGE
from iowscp_desktop.store.salvage import NEEDED, salvage
from tests.store.conftest import KEY


def test_files_that_were_taken_in_can_be_taken_in_again_after_salvage(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "torn.db", KEY)
    store.local.keep(**dict.fromkeys(NEEDED, b"needed"))
    store.local.keep(**{f"{FILE}aa": b"file", f"{RANGE}bb": b"list", "looked-at/cc": b""})
    store.close()

    salvage(tmp_path / "torn.db", KEY, [], tmp_path / "saved.db")

    saved = Store.open(tmp_path / "saved.db", KEY)
    kept = saved.local.names("looked-at/")
    remembered = saved.local.names(FILE) + saved.local.names(RANGE)
    saved.close()
    assert (kept, remembered) == (["looked-at/cc"], [])
