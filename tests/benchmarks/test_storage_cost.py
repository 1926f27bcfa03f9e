"""What keeping a result costs: time to durable, bytes on disk, memory of the whole process."""

from __future__ import annotations

import itertools
import time
from contextlib import closing
from statistics import median

import pytest

import dualslot_widgets as dw
from dualslot_widgets.results.table_simulation import TableSimulation
from dualslot_widgets.storage.disk import files
from dualslot_widgets.storage.history import history
from dualslot_widgets.storage.history.history_rows import MAX_ROWS
from tests.fresh_process import run
from tests.reference import fights
from tests.storage.history.rows import fill
from tests.storage.small_data import small

COMMIT_SECONDS = 0.250
PEAK_BYTES = 400_000_000
APPEND_MILLISECONDS = 15

WHOLE_JOB = """import tempfile
import dualslot_widgets as dw
with tempfile.TemporaryDirectory() as folder, dw.Workbench(folder) as bench:
    for armor in (11, 13, 15):
        bench.scenario = bench.scenario.with_value("encounters[0].monsters[1].armor_class", armor)
        bench.add_to_queue().result(timeout=100)
    bench.storage.newest.quintiles
    print(bench.memory_usage().peak)"""


def last_batch_played(armor: int) -> tuple[dw.Scenario, TableSimulation]:
    path = "encounters[0].monsters[1].armor_class"
    scenario = fights.STARTER.with_value(path, armor)
    simulation = TableSimulation(scenario)
    simulation.play_batch(scenario.settings.runs)
    return scenario, simulation


@pytest.fixture
def storage(tmp_path):
    opened = dw.SimulationStorage(tmp_path / "simulations")
    yield opened
    opened.close()


def test_from_the_last_batch_to_a_durable_slot(benchmark, storage):
    armors = itertools.cycle(range(5, 30))

    def keep(scenario: dw.Scenario, simulation: TableSimulation) -> int:
        return storage.store_simulation(
            dw.SimulationDataSet.in_memory(scenario, simulation.take_tables())
        )

    def setup() -> tuple[tuple[dw.Scenario, TableSimulation], dict]:
        return last_batch_played(next(armors)), {}

    benchmark.pedantic(keep, setup=setup, rounds=15, warmup_rounds=1)
    sizes = [data.metadata.compressed_size for data in storage.slots]
    seconds = benchmark.stats.stats.median
    print(f"\nlast batch to durable slot: {1000 * seconds:.0f} ms, slots of {sizes} bytes")
    assert seconds < COMMIT_SECONDS


def test_reading_the_other_slot(storage):
    for armor in (11, 16):
        storage.store_simulation(dw.simulate(last_batch_played(armor)[0]))
    quintiles, everything = [], []
    for _ in range(15):
        with closing(dw.SimulationStorage(storage.path)) as opened:
            start = time.perf_counter()
            data = opened.slots[0]
            data.quintiles  # noqa: B018 - reading it is what is measured
            quintiles.append(time.perf_counter() - start)
            data.events  # noqa: B018
            everything.append(time.perf_counter() - start)
    print(
        f"\nother slot, opened and verified: quintiles {1000 * median(quintiles):.1f} ms, "
        f"with all events {1000 * median(everything):.1f} ms"
    )
    assert median(everything) < COMMIT_SECONDS


def test_an_append_to_ten_thousand_rows_is_cheap(storage, tmp_path):
    """Told beside a write of as many bytes; the processor's time is what is ours."""
    fill(storage.path, MAX_ROWS, 160)
    storage.store_simulation(small(1))
    data = storage.newest
    took, busy, floor = [], [], []
    for number in range(60):
        began, processor = time.perf_counter(), time.thread_time()
        history.append(storage.path, [data], data.metadata.slot)
        took.append(1000 * (time.perf_counter() - began))
        busy.append(1000 * (time.thread_time() - processor))
        began = time.perf_counter()
        files.write_bytes(tmp_path / f"write {number}", bytes(30_000))
        floor.append(1000 * (time.perf_counter() - began))
    print(
        f"\nan append takes {median(took):.1f} ms, {median(busy):.1f} of the processor; "
        f"a write {median(floor):.1f} ms"
    )
    assert median(busy) < APPEND_MILLISECONDS


def test_memory_of_a_whole_process():
    peak = int(run(WHOLE_JOB)[1])
    print(f"\npeak memory of a process that played and stored three jobs: {peak / 1e6:.0f} MB")
    assert peak < PEAK_BYTES
