"""Paths that no file can have, or that lead nowhere: told with a remedy, and no slot is touched."""

from __future__ import annotations

import sys

import pytest

import dualslot_widgets as dw
from tests.storage.small_data import seeds, small

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="has other paths")
#: Below a folder in which `file` is a file and `loop` a link to itself.
NOWHERE = ("file/x", "loop/x", "x" * 300, "x/" * 3000 + "y")
IMPOSSIBLE = ("a\0b", "a\ud800b")


@pytest.fixture
def storage(tmp_path):
    (tmp_path / "file").write_text("mine")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    made = dw.SimulationStorage(tmp_path / "simulations")
    made.store_simulation(small(0))
    return made


@pytest.mark.parametrize("path", IMPOSSIBLE, ids=ascii)
def test_a_path_that_no_file_can_have_is_refused_at_once(storage, tmp_path, path):
    for use in (
        dw.SimulationStorage,
        dw.Workbench,
        lambda target: storage.export(0, target),
        storage.import_archive,
        dw.starter_scenario().save,
        dw.Scenario.load,
    ):
        with pytest.raises(dw.DualSlotError, match=r"path|read|written|archive"):
            use(tmp_path / path)


@pytest.mark.parametrize("overwrite", [False, True], ids=["new", "overwrite"])
@pytest.mark.parametrize("path", NOWHERE, ids=lambda path: path[:8])
def test_an_export_that_leads_nowhere_says_so(storage, tmp_path, path, overwrite):
    with pytest.raises(dw.StorageError, match="was not written"):
        storage.export(0, tmp_path / path, overwrite=overwrite)
    assert seeds(storage) == [0, None]


@pytest.mark.parametrize("path", NOWHERE, ids=lambda path: path[:8])
def test_a_storage_that_leads_nowhere_raises_only_errors_of_the_family(storage, tmp_path, path):
    nowhere = dw.SimulationStorage(tmp_path / path)
    for use in (
        lambda: nowhere.slots,
        lambda: nowhere.damage,
        lambda: nowhere.history,
        lambda: nowhere.pin(0),
        lambda: nowhere.pin(None),
        nowhere.recover,
        nowhere.verify,
    ):
        try:
            use()
        except dw.DualSlotError as error:
            assert str(error)  # noqa: PT017 - either is right
    with pytest.raises(dw.StorageError, match=r"cannot be made: .*memory"):
        nowhere.store_simulation(small(1))
