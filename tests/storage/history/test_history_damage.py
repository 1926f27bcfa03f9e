"""Damage to the history is noticed, told, set aside, and costs no slot."""

from __future__ import annotations

import os
import shutil

import pytest

import dualslot_widgets as dw
from dualslot_widgets.errors import DamagedSlotError
from dualslot_widgets.storage.history.history import OLDER_NAME, RECENT_NAME
from dualslot_widgets.storage.history.history_file import open_segment
from tests.crash.test_damage import DAMAGES, flip
from tests.storage.history.rows import NAMES, assert_clean, generations, problems
from tests.storage.small_data import assert_healthy, small


def damage(path, kind: str) -> None:
    if kind == "removed":
        path.unlink()
    elif kind == "of the other slot":
        other = OLDER_NAME if path.name == RECENT_NAME else RECENT_NAME
        path.write_bytes(path.with_name(other).read_bytes())
    elif kind in ("folder", "link", "pipe"):
        path.rename(path.with_name("elsewhere"))
        {
            "folder": path.mkdir,
            "link": lambda: path.symlink_to(path.with_name("elsewhere")),
            "pipe": lambda: os.mkfifo(path),
        }[kind]()
    else:
        path.write_bytes(DAMAGES[kind](path.read_bytes()))


@pytest.mark.slow
@pytest.mark.parametrize("kind", [*DAMAGES, "folder", "link", "pipe"])
@pytest.mark.parametrize("name", NAMES)
def test_damage_is_told_set_aside_and_a_new_history_begun(folder, small_files, name, kind, caplog):
    damage(folder / name, kind)
    storage = dw.SimulationStorage(folder)
    assert set(problems(storage)) == {name}
    assert generations(storage) == ([4, 5, 6, 7] if name == OLDER_NAME else [1, 2, 3])
    assert ("rows are missing" in caplog.text) == ((name, kind) != (RECENT_NAME, "removed"))
    assert_healthy(storage)
    is_file = kind not in ("removed", "folder", "link", "pipe")
    content = (folder / name).read_bytes() if is_file else None

    storage.store_simulation(small(9))
    # 6 and 7 are told by the slots
    left = [4, 5, 6, 7, 8] if name == OLDER_NAME else [1, 2, 3, 6, 7, 8]
    assert generations(storage) == left
    assert_clean(storage)
    aside = [path.name for path in folder.glob("history.damaged-*")]
    assert aside == ([] if kind == "removed" else ["history.damaged-1.arrow"])
    assert content is None or (folder / aside[0]).read_bytes() == content
    for number in range(10, 20):
        storage.store_simulation(small(number))
    assert generations(storage) == [*left, *range(9, 19)]
    assert_clean(storage)


def test_one_damaged_file_is_kept_at_most_and_nothing_outside_is_touched(folder, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "precious").write_text("kept")
    storage = dw.SimulationStorage(folder)
    for number, kind in enumerate(["link", "folder", "cut", "zeroed", "one bit"], 1):
        if kind == "link":
            (folder / RECENT_NAME).unlink()
            (folder / RECENT_NAME).symlink_to(outside, target_is_directory=True)
        else:
            shutil.rmtree(folder / "elsewhere", ignore_errors=True)
            damage(folder / RECENT_NAME, kind)
        storage.store_simulation(small(20 + number))
        aside = [path.name for path in folder.glob("history.damaged-*")]
        assert aside == [f"history.damaged-{number}.arrow"]
        assert_clean(storage)
    assert (outside / "precious").read_text() == "kept"


@pytest.mark.parametrize("name", NAMES)
def test_any_flipped_bit_is_noticed(folder, name, seed):
    path = folder / name
    content = path.read_bytes()
    for number in range(200):
        path.write_bytes(flip(content, seed + 2 * number))
        with pytest.raises(DamagedSlotError):
            open_segment(path)


def test_files_of_another_time_do_not_fit_together(folder, small_files):
    old = (folder / OLDER_NAME).read_bytes()
    storage = dw.SimulationStorage(folder)
    for number in range(10, 16):
        storage.store_simulation(small(number))
    assert_clean(storage)
    (folder / OLDER_NAME).write_bytes(old)
    assert "lacks the rows" in problems(storage)[OLDER_NAME]
    storage.store_simulation(small(30))
    assert_clean(storage)


def test_a_row_that_is_missing_is_told_by_its_slot(folder):
    storage = dw.SimulationStorage(folder)
    old = (folder / RECENT_NAME).read_bytes()
    storage.store_simulation(small(9))
    (folder / RECENT_NAME).write_bytes(old)
    assert problems(storage) == {RECENT_NAME: "lacks generation 8"}
    storage.store_simulation(small(9))  # into the very slot that alone knows of it
    assert generations(storage) == list(range(1, 10))
    assert_clean(storage)
