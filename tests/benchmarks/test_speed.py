"""How fast a fight is played: against plain Python in the same process, and from a cold start."""

from __future__ import annotations

import time
from statistics import median

import pytest

import dualslot_widgets as dw
from tests.benchmarks import fights, plain_python
from tests.benchmarks.fresh_process import run

#: The promise is 25 for 4 v 7.
LEAST_RATIO = 25
COLD_START_SECONDS = 20
IMPORT_SECONDS = 1

# A busy machine stretches the clock, not the processor time of this one process.
FIRST_RESULT = """import time
import dualslot_widgets as dw
print(dw.simulate(dw.starter_scenario()).analysis.win_rate, time.process_time())"""
IMPORT = """import time
start = time.perf_counter()
import dualslot_widgets
dualslot_widgets.Workbench, dualslot_widgets.Scenario
print(time.perf_counter() - start)"""


def whole(scenario: dw.Scenario) -> int:
    """What a user calls, with everything that comes of it in Arrow."""
    data = dw.simulate(scenario)
    return sum(t.num_rows for t in (data.runs, data.combatants, data.rounds, data.events))


@pytest.mark.parametrize(
    "scenario", [fights.STARTER, fights.DRAGON, fights.CROWD], ids=lambda s: s.name
)
def test_the_engine_against_plain_python(benchmark, scenario):
    whole(scenario)
    times = []
    for _ in range(3):
        start = time.perf_counter()
        plain_python.simulate(scenario, scenario.settings.runs)
        times.append(time.perf_counter() - start)
    rows = benchmark(whole, scenario)
    ratio = median(times) / benchmark.stats.stats.median
    benchmark.extra_info["ratio"] = ratio
    print(
        f"\n{scenario.name}: {1000 * benchmark.stats.stats.median:.1f} ms for {rows} rows, "
        f"plain Python {1000 * median(times):.0f} ms, ratio {ratio:.0f}"
    )
    assert ratio >= LEAST_RATIO


def test_the_first_result_of_a_fresh_install(tmp_path):
    cache = {"NUMBA_CACHE_DIR": str(tmp_path)}
    cold, printed = run(FIRST_RESULT, environment=cache)
    warm, printed_again = run(FIRST_RESULT, environment=cache)
    (found, busy), (again, _) = printed.split(), printed_again.split()
    print(
        f"\nfirst result of a fresh process: {cold:.1f} s cold ({busy} s of processor time), "
        f"{warm:.2f} s compiled before"
    )
    assert found == again
    assert float(busy) < COLD_START_SECONDS


def test_importing_the_package():
    seconds = min(float(run(IMPORT)[1]) for _ in range(3))
    print(f"\nimport: {seconds:.2f} s")
    assert seconds < IMPORT_SECONDS
