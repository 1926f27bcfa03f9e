"""Damage to any file is noticed, told, and never costs the other slot."""

from __future__ import annotations

import os
import random
import shutil

import pytest

import dualslot_widgets as dw
from dualslot_widgets.tables import SCHEMAS
from tests.crash.summary import report
from tests.storage.small_data import assert_whole, seeds, small

FILES = (*(f"{name}.arrow" for name in SCHEMAS), "quintile_analysis.json", "metadata.json")
FLIPS = 40


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """A folder with seed 1 in slot 0 and seed 2 in slot 1; never changed."""
    storage = dw.SimulationStorage(tmp_path_factory.mktemp("stored"))
    for seed in (1, 2):
        storage.store_simulation(small(seed))
    return storage.path


@pytest.fixture
def folder(stored, tmp_path):
    return shutil.copytree(stored, tmp_path / "simulations")


def file_of(folder, slot, name):
    data = dw.SimulationStorage(folder).slots[slot]
    return (
        data.metadata.file_path / name
        if name != "metadata.json"
        else (folder / f"slot_{slot}" / name)
    )


def flip(content: bytes, seed: int) -> bytes:
    at = random.Random(seed).randrange(len(content))
    bit = 1 << random.Random(seed + 1).randrange(8)
    return content[:at] + bytes([content[at] ^ bit]) + content[at + 1 :]


DAMAGES = {
    "one bit": lambda content: flip(content, 1),
    "cut": lambda content: content[: len(content) // 2],
    "one byte short": lambda content: content[:-1],
    "emptied": lambda _: b"",
    "zeroed": lambda content: bytes(len(content)),
    "one byte more": lambda content: content + b"\0",
    "doubled": lambda content: content + content,
    "of the other slot": None,
    "removed": None,
}


def assert_noticed(folder, slot, name):
    """Told by verify, by `damage` and by the repr; the other slot is whole; reads raise."""
    storage = dw.SimulationStorage(folder)
    found = {(check.slot, check.file) for check in storage.verify() if check.problem}
    assert found == {(slot, name)}
    problem = storage.damage[slot]
    assert name in problem
    assert storage.damage[1 - slot] is None
    assert_whole(storage.slots[1 - slot])
    data = storage.slots[slot]
    if name == "metadata.json":
        assert data is None
        assert "damaged" in repr(storage)
        return
    assert "damaged" in repr(storage)
    for table in SCHEMAS:
        if name == f"{table}.arrow":
            with pytest.raises(dw.DualSlotError, match=f"slot {slot}: {table}.arrow"):
                getattr(data, table)
        else:
            assert getattr(data, table).equals(getattr(small(slot + 1), table))
    assert not storage.needs_new_simulation(small(2 - slot).scenario)
    assert storage.needs_new_simulation(small(slot + 1).scenario)


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("slot", [0, 1])
def test_damage_is_noticed_and_the_next_result_goes_there(folder, slot, name, damage):
    path = file_of(folder, slot, name)
    if damage == "removed":
        path.unlink()
    elif damage == "of the other slot":
        path.write_bytes(file_of(folder, 1 - slot, name).read_bytes())
    else:
        path.write_bytes(DAMAGES[damage](path.read_bytes()))
    assert_noticed(folder, slot, name)
    storage = dw.SimulationStorage(folder)
    assert storage.store_simulation(small(3)) == slot
    assert seeds(storage) == ([3, 2] if slot == 0 else [1, 3])
    assert [check for check in storage.verify() if check.problem] == []
    report("damage", [], files=1)


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_any_flipped_bit_is_noticed(folder, name, seed):
    path = file_of(folder, 0, name)
    content = path.read_bytes()
    for number in range(FLIPS):
        path.write_bytes(flip(content, seed + 2 * number))
        problems = [c for c in dw.SimulationStorage(folder).verify() if c.problem]
        assert [(check.slot, check.file) for check in problems] == [(0, name)]
    report("damage", [], flips=FLIPS)


def test_damage_that_verify_finds_shows_in_the_storage_that_is_open(folder):
    storage = dw.SimulationStorage(folder)
    assert storage.damage == (None, None)
    path = file_of(folder, 1, "events.arrow")
    path.write_bytes(flip(path.read_bytes(), 3))
    assert any(check.problem for check in storage.verify())
    assert "events.arrow" in storage.damage[1]


def test_a_file_that_was_put_back_is_whole_again_once_verified(folder, tmp_path):
    storage = dw.SimulationStorage(folder)
    paths = [file_of(folder, 1, name) for name in ("events.arrow", "runs.arrow")]
    stored = [path.read_bytes() for path in paths]
    for path, content in zip(paths, stored, strict=True):
        path.write_bytes(flip(content, 3))
    storage.verify()
    paths[0].write_bytes(stored[0])
    storage.verify()
    assert "events.arrow" not in storage.damage[1]
    assert "runs.arrow" in storage.damage[1]
    paths[1].write_bytes(stored[1])
    storage.verify()
    assert storage.damage == (None, None)
    assert_whole(storage.slots[1])
    storage.export(1, tmp_path / "whole.dualslot")


def test_a_damaged_analysis_is_worked_out_from_the_healthy_tables(folder):
    path = file_of(folder, 0, "quintile_analysis.json")
    path.write_text("{}")
    storage = dw.SimulationStorage(folder)
    assert storage.slots[0].analysis == small(1).analysis
    assert "quintile_analysis.json" in storage.damage[0]


@pytest.mark.parametrize("kind", ["folder", "link", "pipe"])
def test_what_is_no_file_is_damage_and_is_never_followed(folder, tmp_path, kind):
    path = file_of(folder, 0, "runs.arrow")
    content = path.read_bytes()
    path.unlink()
    if kind == "folder":
        path.mkdir()
    elif kind == "link":
        (tmp_path / "elsewhere").write_bytes(content)
        path.symlink_to(tmp_path / "elsewhere")
    else:
        os.mkfifo(path)
    assert_noticed(folder, 0, "runs.arrow")


def test_a_slot_whose_folder_is_gone_is_damaged_not_empty(folder):
    shutil.rmtree(folder / "slot_1")
    storage = dw.SimulationStorage(folder)
    assert "missing" in storage.damage[1]
    assert storage.store_simulation(small(3)) == 1
    assert seeds(storage) == [1, 3]


def test_slots_that_are_both_pinned_once_one_is_mended_are_told_and_not_overwritten(folder):
    storage = dw.SimulationStorage(folder)
    storage.pin(0)
    path = file_of(folder, 0, "metadata.json")
    pinned = path.read_bytes()
    path.write_bytes(flip(pinned, 1))
    storage.pin(1)
    path.write_bytes(pinned)
    with pytest.raises(dw.StorageError, match=r"both slots are pinned.*pin\(None\)"):
        storage.store_simulation(small(3))
    assert seeds(storage) == [1, 2]
    storage.pin(None)
    assert storage.store_simulation(small(3)) == 0
