"""What is said of memory is true of this process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import dualslot_widgets as dw
from dualslot_widgets.engine.encoded.codes import FINAL_ROWS, RESULT_ROWS
from dualslot_widgets.results.table_simulation import TableSimulation
from dualslot_widgets.system.memory import process_memory, size_of

MEGABYTE = 1_000_000
CHILD = """from dualslot_widgets.system.memory import process_memory
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


def test_the_size_of_a_value_counts_all_that_it_holds_once():
    block = bytes(MEGABYTE)
    assert MEGABYTE < size_of(block) < MEGABYTE + 100
    assert MEGABYTE < size_of([block, {"again": block}, (block,)]) < MEGABYTE + 2000
    assert size_of([bytes(MEGABYTE - n) for n in range(3)]) > 3 * MEGABYTE - 3


@pytest.mark.slow
def test_the_size_of_a_simulation_is_mostly_the_results_that_nobody_took():
    scenario = dw.starter_scenario()
    small, large = (TableSimulation(scenario, runs=runs, log=False) for runs in (1005, 101_005))
    for simulation in (small, large):
        simulation.play_batch(simulation.runs)
    grown = size_of(large) - size_of(small)
    values_a_run = RESULT_ROWS + FINAL_ROWS * sum(
        creature.count for creature in (*scenario.players, *scenario.encounters[0].monsters)
    )
    assert grown == pytest.approx(100_000 * 4 * values_a_run, rel=0.01)
    before = size_of(large)
    large.take_tables()
    assert large.waiting_rows == 0
    assert size_of(large) == before  # its buffers are played into again


def test_a_value_that_holds_itself_has_a_size():
    circle: list = []
    circle.append(circle)
    assert size_of(circle) < 200


def test_a_system_that_does_not_tell_the_peak_is_asked_in_another_way(monkeypatch):
    monkeypatch.setattr(Path, "read_text", lambda *_, **__: "Name:\tpython\nVmRSS:\t1 kB\n")
    now, peak = process_memory()
    assert 0 < now <= peak
