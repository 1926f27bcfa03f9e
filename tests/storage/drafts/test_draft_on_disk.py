"""A draft takes tables as they come, and is nobody's before it is in a slot."""

from __future__ import annotations

import errno
import gc
import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest

import dualslot_widgets as dw
from dualslot_widgets.results.table_simulation import TableSimulation
from dualslot_widgets.storage.disk.lock import try_lock
from dualslot_widgets.storage.drafts import draft_folders
from dualslot_widgets.storage.drafts.draft_folders import DRAFTS_NAME
from dualslot_widgets.storage.slots.verification import check_slot
from dualslot_widgets.storage.tables import table_writer
from dualslot_widgets.tables import SCHEMAS
from tests.storage.small_data import assert_healthy, assert_whole, seeds, small

WRITER = """
import sys, time
import dualslot_widgets as dw
from tests.storage.small_data import small
draft = dw.SimulationStorage(sys.argv[1]).begin()
draft.write({name: getattr(small(1), name) for name in ("runs", "combatants", "rounds", "events")})
print(draft.folder, flush=True)
time.sleep(60)
"""


@pytest.fixture
def storage(tmp_path):
    return dw.SimulationStorage(tmp_path / "simulations")


def drafts(storage) -> list[str]:
    return sorted(path.name for path in (storage.path / DRAFTS_NAME).iterdir())


def written(storage, data, runs_a_piece):
    """A draft of a data set that came in pieces."""
    draft = storage.begin()
    simulation = TableSimulation(data.scenario)
    while simulation.completed < simulation.runs:
        simulation.play_batch(runs_a_piece)
        draft.write(simulation.take_tables())
    return draft


@pytest.mark.parametrize("runs_a_piece", [1, 4, 7, 15])
def test_a_result_that_came_in_pieces_is_the_same(storage, runs_a_piece):
    data = small(3)
    sealed = written(storage, data, runs_a_piece).seal(data.scenario)
    assert_whole(sealed)
    assert (sealed.metadata.slot, sealed.metadata.compressed_size) == (None, None)
    slot = storage.store_simulation(sealed)
    assert_whole(storage.slots[slot])
    assert_healthy(storage)
    assert_whole(sealed)  # its files are in the slot now, and were opened before


def test_a_draft_whose_lock_another_process_took_gets_another_name(storage, monkeypatch):
    storage.store_simulation(small(1))
    tokens = iter(["aaaaaaaa", "bbbbbbbb", "cccccccc"])
    monkeypatch.setattr(draft_folders.secrets, "token_hex", lambda length: next(tokens))
    held = try_lock(storage.path / DRAFTS_NAME / "aaaaaaaa.lock")  # as one that collects holds it
    draft = storage.begin()
    held.release()
    assert draft.token == "bbbbbbbb"
    draft.discard()
    assert next(tokens) == "cccccccc"


def test_record_batches_are_cut_between_runs_and_their_analysis_is_the_same(storage, monkeypatch):
    monkeypatch.setattr(table_writer, "BATCH_ROWS", 100)
    data = dw.simulate(small(1).scenario, runs=105)
    sealed = written(storage, data, 10).seal(data.scenario)
    with pa.OSFile(str(sealed.source.folder / "combatants.arrow")) as file:
        reader = pa.ipc.open_file(file)
        batches = [reader.get_batch(n) for n in range(reader.num_record_batches)]
    each = data.combatants.num_rows // 105
    assert len(batches) > 5
    assert all(batch.num_rows >= 100 for batch in batches[:-1])
    assert all(batch.num_rows % each == 0 for batch in batches)
    assert sealed.analysis == data.analysis


def test_a_million_rows_are_cut_where_runs_end():
    runs = pa.array(range(400_000), pa.int32()).take(pa.array([n // 3 for n in range(400_000)]))
    cuts = list(table_writer._cuts(runs.to_numpy()))
    assert [start for start, _ in cuts] == [0, *(end for _, end in cuts[:-1])]
    assert cuts[-1][1] == 400_000
    assert all(end - start >= table_writer.BATCH_ROWS for start, end in cuts)
    assert all(runs[end - 1] != runs[end] for _, end in cuts[:-1])


def test_words_that_change_on_the_way_are_refused(storage, monkeypatch):
    monkeypatch.setattr(table_writer, "BATCH_ROWS", 1)
    draft = storage.begin()
    draft.write({name: getattr(small(1), name) for name in SCHEMAS})
    other = dw.simulate(small(1).scenario.with_value("players[0].name", "Somebody else"))
    with pytest.raises(dw.StorageError, match="dictionaries"):
        draft.write({name: getattr(other, name) for name in SCHEMAS})
    draft.discard()
    assert drafts(storage) == []


def test_a_key_that_points_nowhere_is_not_stored(storage):
    events = small(1).events
    nowhere = pa.DictionaryArray.from_arrays(
        pa.array([3] * events.num_rows, pa.int8()), pa.array(["a word"]), safe=False
    )
    at = events.column_names.index("actor")
    tables = {name: getattr(small(1), name) for name in SCHEMAS}
    tables["events"] = events.set_column(at, events.schema.field(at), nowhere)
    with pytest.raises(dw.StorageError, match="not valid"):
        storage.store_simulation(dw.SimulationDataSet.in_memory(small(1).scenario, tables))
    assert storage.slots == (None, None)
    assert drafts(storage) == []


@pytest.mark.parametrize("codec", ["lz4", "zstd"])
def test_either_codec_comes_back_in_any_storage(tmp_path, codec):
    storage = dw.SimulationStorage(tmp_path / "simulations", codec=codec)
    storage.store_simulation(small(1))
    again = dw.SimulationStorage(storage.path)
    assert_healthy(again)
    record = json.loads((storage.path / "slot_0" / "metadata.json").read_text("utf-8"))
    assert record["files"]["events.arrow"]["encoding"] == "residuals"
    metrics = again.slots[0].metadata.metrics
    sizes = [record["files"][f"{name}.arrow"]["bytes"] for name in SCHEMAS]
    unpacked = sum(getattr(small(1), name).nbytes for name in SCHEMAS)
    assert metrics.compression_ratio == pytest.approx(unpacked / sum(sizes), rel=0.01)
    assert 0 < metrics.disk_seconds < 60


def test_an_unknown_codec_is_named():
    with pytest.raises(dw.StorageError, match=r"'gzip'; use lz4 or zstd"):
        dw.SimulationStorage("nowhere", codec="gzip")


def test_a_draft_that_nobody_holds_is_deleted(storage):
    draft = written(storage, small(1), 15)
    sealed = draft.seal(small(1).scenario)
    token = draft.token
    del draft
    assert drafts(storage) == [token, f"{token}.lock"]
    del sealed
    gc.collect()
    assert drafts(storage) == []


@pytest.mark.slow
def test_a_draft_of_a_killed_process_is_collected_and_one_that_is_written_is_not(storage):
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(storage.path)], stdout=subprocess.PIPE, text=True
    )
    try:
        folder = Path(process.stdout.readline().strip())
        assert folder.is_dir()
        storage.store_simulation(small(1))
        assert folder.is_dir()
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert folder.is_dir()
    storage.store_simulation(small(2))
    assert drafts(storage) == []
    assert_healthy(storage)


def test_a_link_among_the_drafts_leads_nowhere(storage, tmp_path):
    storage.store_simulation(small(1))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter").write_text("dear")
    (storage.path / DRAFTS_NAME / "0123abcd").symlink_to(tmp_path / "mine")
    storage.store_simulation(small(2))
    assert (tmp_path / "mine" / "letter").read_text() == "dear"
    assert drafts(storage) == []


def test_a_sealed_draft_survives_its_folder(storage):
    storage.store_simulation(small(1))
    sealed = written(storage, small(2), 15).seal(small(2).scenario)
    shutil.rmtree(storage.path)
    slot = storage.store_simulation(sealed)
    assert_whole(sealed)
    assert_whole(storage.slots[slot])
    assert seeds(storage) == [2, None]


def test_a_commit_that_fails_leaves_the_draft_to_be_stored_again(storage, monkeypatch):
    storage.store_simulation(small(1))
    sealed = written(storage, small(2), 15).seal(small(2).scenario)

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("dualslot_widgets.storage.slots.commit.replace_metadata", full)
        with pytest.raises(dw.StorageError, match="free space"):
            storage.store_simulation(sealed)
    assert seeds(storage) == [1, None]
    assert_whole(sealed)
    assert storage.store_simulation(sealed) == 1
    assert_healthy(storage)


def test_a_slot_that_is_overwritten_while_it_is_verified_is_not_called_damaged(
    storage, monkeypatch
):
    for seed in (1, 2):
        storage.store_simulation(small(seed))
    other = dw.SimulationStorage(storage.path)
    left = [3, 4]

    def overwritten(state, generation):
        while left:
            other.store_simulation(small(left.pop()))
        return check_slot(state, generation)

    monkeypatch.setattr("dualslot_widgets.storage.slots.slot_cache.check_slot", overwritten)
    assert [check for check in storage.verify() if check.problem] == []
    assert storage.damage == (None, None)


def test_both_slots_are_paired_when_they_share_their_dice(storage):
    with pytest.raises(dw.StorageError, match="both slots"):
        storage.paired()
    scenario = small(1).scenario
    storage.store_simulation(small(1))
    storage.store_simulation(dw.simulate(scenario.with_value("players[0].armor_class", 20)))
    assert storage.paired().num_rows == 15
    storage.store_simulation(small(2))
    with pytest.raises(dw.DualSlotError, match="seed"):
        storage.paired()
