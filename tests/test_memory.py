"""What is said of memory is true of this process."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pytest

import dualslot_widgets as dw
from dualslot_widgets.engine.simulate import Simulation
from dualslot_widgets.memory import process_memory
from dualslot_widgets.scenario.starter import starter_scenario
from tests.background.conftest import SECONDS, Changes, scenario
from tests.widgets.staged_play import StagedPlay

MEGABYTE = 1_000_000
CHILD = """from dualslot_widgets.memory import process_memory
before, _ = process_memory()
block = bytearray(80_000_000)
held, _ = process_memory()
del block
after, peak = process_memory()
print(before, held, after, peak)"""


@pytest.fixture(scope="module")
def child():
    """Memory of a process that takes 80 MB and gives them back, forked from a larger one."""
    larger = bytearray(400 * MEGABYTE)
    larger[::4096] = b"x" * len(larger[::4096])
    printed = subprocess.run(
        [sys.executable, "-c", CHILD], capture_output=True, text=True, check=True
    )
    return [int(number) for number in printed.stdout.split()]


def test_a_block_that_is_held_counts(child):
    before, held, after, _ = child
    assert held - before > 70 * MEGABYTE
    assert after < held - 60 * MEGABYTE


def test_the_peak_stays_and_is_that_of_this_process_alone(child):
    _, held, after, peak = child
    assert held > after
    assert abs(peak - held) < 20 * MEGABYTE  # the system counts both with a delay


def test_the_peak_is_never_below_the_present():
    now, peak = process_memory()
    assert 0 < now <= peak


@pytest.mark.parametrize("runs", [105, 20_000])
def test_a_simulation_counts_every_array_that_it_holds(runs):
    simulation = Simulation(starter_scenario().with_value("settings.runs", runs))
    simulation.play_batch()  # the log of a shorter one grows
    arrays = [value for value in vars(simulation).values() if isinstance(value, np.ndarray)]
    assert len(arrays) == 5
    assert simulation.nbytes == sum(array.nbytes for array in arrays) > 4 * 14 * runs


def test_memory_is_that_of_storage_worker_and_process(tmp_path):
    staged, changes = StagedPlay(), Changes()
    bench = dw.Workbench(tmp_path)
    bench.simulator._play = staged
    bench.subscribe(changes)
    running, waiting = bench.add_to_queue(scenario(1)), bench.add_to_queue(scenario(2))
    changes.until(lambda: running.phase == "simulating")
    usage = bench.memory_usage()
    assert usage.queue == len(json.dumps(scenario(2).to_dict()))
    assert usage.background == 4000
    staged.freely()
    data = waiting.result(SECONDS)
    loaded = data.runs.nbytes + data.combatants.nbytes
    usage = bench.memory_usage()
    assert usage.slots == loaded > 0
    assert (usage.queue, usage.background) == (0, 0)
    assert 0 < usage.total <= usage.peak
    bench.close()
