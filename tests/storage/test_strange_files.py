"""Links, pipes, devices, folders and files in the place of every file that a storage uses."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys

import pytest

import dualslot_widgets as dw
from dualslot_widgets.storage.drafts.draft_folders import DRAFTS_NAME
from dualslot_widgets.storage.slots.set_aside import SET_ASIDE_NAME
from tests.storage.small_data import assert_healthy, assert_whole, seeds, small
from tests.storage.strange import KINDS, Mine, put

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs links, pipes and sockets")

#: Beside the slots: none of them is needed to read.
BESIDE = (
    ".lock",
    ".lock-holder.json",
    DRAFTS_NAME,
    SET_ASIDE_NAME,
    "history.arrow",
    "history.arrow.new",
    "history.older.arrow",
    f"{DRAFTS_NAME}/0123abcd",
    f"{DRAFTS_NAME}/0123abcd.lock",
)
#: In slot 1, which may be lost by it; GENERATION stands for its generation's folder.
IN_A_SLOT = (
    "slot_1",
    "slot_1/metadata.json",
    "slot_1/metadata.json.new",
    "slot_1/GENERATION",
    "slot_1/GENERATION/runs.arrow",
    "slot_1/GENERATION/events.arrow",
    "slot_1/GENERATION/quintile_analysis.json",
    "slot_1/GENERATION/record.json",
    "slot_1/g9999999999999999-00000000",
)
#: How many kinds are put in each place; all of them when the environment says so.
KINDS_EACH = int(os.environ.get("DUALSLOT_STRANGE", "4"))


def pairs(names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return every name with some kinds, in turn, so that every kind occurs as often."""
    number = min(KINDS_EACH, len(KINDS))
    turns = [
        (name, KINDS[(place * number + turn) % len(KINDS)])
        for place, name in enumerate(names)
        for turn in range(number)
    ]
    assert {kind for _, kind in turns} == set(KINDS)
    return turns


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """Seed 0 in slot 0 and seed 1 in slot 1; never changed."""
    storage = dw.SimulationStorage(tmp_path_factory.mktemp("filled") / "simulations")
    for seed in (0, 1):
        storage.store_simulation(small(seed))
    return storage.path


@pytest.fixture
def folder(filled, tmp_path):
    return shutil.copytree(filled, tmp_path / "simulations")


@pytest.fixture
def mine(tmp_path):
    return Mine(tmp_path)


def stored(storage, seed) -> int | None:
    """The slot where a result was stored, None when it was refused in words of the family."""
    try:
        return storage.store_simulation(small(seed))
    except dw.StorageError:
        return None


def place_of(folder, name):
    generation = next((folder / "slot_1").glob("g*")).name
    return folder / name.replace("GENERATION", generation)


@pytest.mark.timeout(60)
@pytest.mark.parametrize(("name", "kind"), pairs(BESIDE))
def test_what_is_strange_beside_the_slots_costs_neither_of_them(folder, mine, name, kind):
    put(folder / name, kind, mine)
    storage = dw.SimulationStorage(folder)
    assert seeds(storage) == [0, 1]
    assert storage.damage == (None, None)
    storage.recover()
    storage.verify()
    slot = stored(storage, 2)
    assert seeds(dw.SimulationStorage(folder)) == ([2, 1] if slot == 0 else [0, 1])
    if name not in (".lock", DRAFTS_NAME):
        assert slot == 0
    for data in dw.SimulationStorage(folder).slots:
        assert_whole(data)
    mine.assert_untouched()


@pytest.mark.timeout(60)
@pytest.mark.parametrize(("name", "kind"), pairs(IN_A_SLOT))
def test_what_is_strange_in_a_slot_costs_the_other_nothing(folder, mine, name, kind):
    put(place_of(folder, name), kind, mine)
    storage = dw.SimulationStorage(folder)
    assert_whole(storage.slots[0])
    assert storage.damage[0] is None
    storage.verify()
    storage.recover()
    for seed in (2, 3):
        slot = stored(storage, seed)
        now = dw.SimulationStorage(folder)
        if slot is None:
            assert_whole(now.slots[0])
        else:
            assert_whole(now.slots[slot])
            assert now.newest_slot == slot
    storage.pin(0)
    assert dw.SimulationStorage(folder).pinned_slot == 0
    mine.assert_untouched()


@pytest.mark.parametrize("kind", ["file", "link to a folder", "pipe", "dangling link"])
def test_a_slot_in_whose_place_something_stands_is_told_and_the_other_takes_the_results(
    folder, mine, kind
):
    put(folder / "slot_0", kind, mine)
    storage = dw.SimulationStorage(folder)
    assert "slot_0 is a" in storage.damage[0]
    assert "move it away" in storage.damage[0]
    assert [storage.store_simulation(small(seed)) for seed in (3, 4)] == [1, 1]
    assert seeds(storage) == [None, 4]
    storage.pin(1)
    with pytest.raises(dw.StorageError, match=r"no slot can take a result: slot 0: slot_0 is a"):
        storage.store_simulation(small(5))
    mine.assert_untouched()
    (folder / "slot_0").unlink()
    assert storage.store_simulation(small(5)) == 0
    assert_healthy(storage)


@pytest.mark.parametrize("full", [True, False])
def test_a_folder_in_the_place_of_metadata_is_told_and_the_other_slot_goes_on(folder, mine, full):
    put(folder / "slot_0" / "metadata.json", "full folder" if full else "empty folder", mine)
    storage = dw.SimulationStorage(folder)
    assert storage.damage[0] == "metadata.json is a folder, not a file; move it away"
    assert storage.store_simulation(small(3)) == 1
    assert storage.newest_slot == 1
    assert len(storage.recover()) == 1


def test_drafts_that_are_a_link_are_refused_with_the_remedy(folder, mine):
    put(folder / DRAFTS_NAME, "link to a folder", mine)
    with pytest.raises(dw.StorageError, match=r"File exists \(.*\.drafts\).*move away"):
        dw.SimulationStorage(folder).store_simulation(small(3))
    mine.assert_untouched()


def test_a_lock_that_is_a_link_is_refused_with_the_remedy(folder, mine):
    put(folder / ".lock", "link to a file", mine)
    with pytest.raises(dw.StorageError, match=r"\.lock cannot be locked: .*move away"):
        dw.SimulationStorage(folder).store_simulation(small(3))
    mine.assert_untouched()


@pytest.mark.parametrize("name", ["slot_1/metadata.json", "history.arrow", ".lock", "slot_0/new"])
def test_an_export_onto_a_file_of_its_own_storage_is_refused(folder, name):
    storage = dw.SimulationStorage(folder)
    with pytest.raises(dw.StorageError, match="belongs to the storage folder itself"):
        storage.export(0, folder / name, overwrite=True)
    assert_healthy(storage)
    assert storage.export(0, folder / "ambush.dualslot").exists()


@pytest.mark.parametrize("kind", ["pipe", "empty folder", "socket"])
def test_an_export_onto_what_is_no_file_says_so(folder, mine, tmp_path, kind):
    put(tmp_path / "out", kind, mine)
    with pytest.raises(dw.StorageError, match=r"was not written: there is a .* of that name"):
        dw.SimulationStorage(folder).export(0, tmp_path / "out", overwrite=True)


KILLED_PIN = """
import os, signal, sys
import dualslot_widgets as dw
def die(source, target, **options):
    os.kill(os.getpid(), signal.SIGKILL)
os.replace = die
storage = dw.SimulationStorage(sys.argv[1])
import dualslot_widgets.storage.disk.lock as lock
lock._sign = lambda folder: None
storage.pin(0)
"""


@pytest.mark.slow
@pytest.mark.parametrize("then", ["pin", "store"])
def test_what_a_killed_pin_left_is_cleaned_by_whoever_comes_next(folder, then):
    killed = subprocess.run([sys.executable, "-c", KILLED_PIN, str(folder)], check=False)
    assert killed.returncode == -9
    assert len(list((folder / "slot_0").iterdir())) == 3
    (folder / "slot_0" / "metadata.json.new").write_text("of an older version")
    storage = dw.SimulationStorage(folder)
    assert storage.pinned_slot is None
    storage.pin(0) if then == "pin" else storage.store_simulation(small(3))
    assert len(list((folder / "slot_0").iterdir())) == 2
    assert_healthy(storage)


def test_a_pin_that_fails_leaves_nothing_behind(folder, monkeypatch):
    from dualslot_widgets.system import durable_files

    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(durable_files, "replace", full)
    storage = dw.SimulationStorage(folder)
    with pytest.raises(dw.StorageError, match="could not be pinned: No space"):
        storage.pin(0)
    assert len(list((folder / "slot_0").iterdir())) == 2
