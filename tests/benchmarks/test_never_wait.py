"""What a cell, the screen or the end of a kernel waits for, and how often a browser hears of it."""

from __future__ import annotations

import time
from statistics import median

import pytest

import dualslot_widgets as dw
from dualslot_widgets.engine.simulation import prepare_engine
from dualslot_widgets.widgets.kit.publisher import BEAT_SECONDS, PUBLISH_SECONDS
from dualslot_widgets.widgets.parts.timelines.strip_view import strip_view
from dualslot_widgets.workbench.worker import EXIT_SECONDS
from tests.fresh_process import run
from tests.widgets.data_sets import played
from tests.widgets.watched import SECONDS, Watched
from tests.workbench.ending_kernels import KERNELS, PREPARING, ended

#: The worker's second, and what the interpreter needs for its own end on a busy machine; measured
#: 0.4 to 1.5 s in all. Compiling would take 5 to 10 s, the million runs far longer.
KERNEL_SECONDS = EXIT_SECONDS + 3.0
#: Previews come twenty times a second, and a strip must not hold them up: a few on a quiet machine;
#: a strip that is not vectorised takes more.
STRIP_MILLISECONDS = 25
#: The first two comparisons of a fresh process; scipy alone took 0.3 to 0.9 s.
FIRST_MILLISECONDS = 100
FLOOD_SECONDS = 1.5
MANY_RUNS = 250_000

FIRST_EDIT = """import time
import dualslot_widgets as dw
scenario = dw.starter_scenario()
edited = scenario.with_value("encounters[0].monsters[1].armor_class", 17)
begun = time.perf_counter()
scenario.parameters.similarity(edited.parameters)
scenario.parameters.differences(edited.parameters)
print(1000 * (time.perf_counter() - begun))
"""


@pytest.fixture
def bench(tmp_path):
    prepare_engine()
    with dw.Workbench(tmp_path / "slots") as bench:
        yield bench


def test_closing_in_the_middle_of_a_million_runs_takes_less_than_a_second(bench):
    job = bench.add_to_queue(bench.scenario.with_value("settings.runs", 1_000_000))
    watched = Watched(bench.display)
    watched.until(lambda _: job.progress.completed_runs)
    began = time.perf_counter()
    assert bench.simulator.close(SECONDS)
    seconds = time.perf_counter() - began
    print(f"\nclosed {seconds:.3f} s after it was asked to")
    assert seconds < EXIT_SECONDS


@pytest.mark.parametrize("moment", [*KERNELS, "compiling"])
def test_a_kernel_ends_soon_after_its_last_line(tmp_path, moment):
    empty = {"NUMBA_CACHE_DIR": str(tmp_path / "kernels")} if moment == "compiling" else {}
    seconds = ended(tmp_path / "slots", KERNELS.get(moment, PREPARING), **empty).seconds
    print(f"\nthe kernel ended {seconds:.2f} s after its last line")
    assert seconds < KERNEL_SECONDS


def test_a_storm_of_changes_sends_at_most_twenty_updates_a_second(bench):
    watched = Watched(bench.display)
    starter, changes = bench.scenario, 0
    began = time.perf_counter()
    while (seconds := time.perf_counter() - began) < FLOOD_SECONDS:
        bench.scenario = starter.with_value("settings.seed", changes)
        changes += 1
    sent = len(watched.sent)
    print(f"\n{changes} changes became {sent} messages in {seconds:.1f} s")
    assert changes > 100
    assert sent <= seconds / PUBLISH_SECONDS + seconds / BEAT_SECONDS + 2


def test_a_job_of_many_runs_sends_at_most_twenty_messages_a_second(bench):
    watched = Watched(bench.display)
    began = time.perf_counter()
    bench.add_to_queue(bench.scenario.with_value("settings.runs", MANY_RUNS)).result(SECONDS)
    seconds, sent = time.perf_counter() - began, len(watched.sent)
    print(f"\n{MANY_RUNS} runs in {seconds:.1f} s: {sent} messages, {sent / seconds:.1f}/s")
    assert 3 < sent <= seconds / PUBLISH_SECONDS + seconds / BEAT_SECONDS + 2


def test_a_strip_is_cheap_enough_for_a_dragged_slider():
    data, times = played(losses=300, unresolved=20), []
    for _ in range(21):
        begun = time.process_time()
        strip_view(data.runs, "preview", 0)
        times.append(1000 * (time.process_time() - begun))
    print(f"\na strip takes {median(times):.2f} ms of the processor")
    assert median(times) < STRIP_MILLISECONDS


def test_a_first_edit_does_not_wait():
    times = [float(run(FIRST_EDIT)[1]) for _ in range(3)]
    print(f"\nthe first two comparisons of a fresh process: {median(times):.1f} ms")
    assert median(times) < FIRST_MILLISECONDS
