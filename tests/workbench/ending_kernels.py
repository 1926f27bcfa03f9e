"""Kernels that end while their worker is busy, each in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from tests.patience import SECONDS

REPOSITORY = Path(__file__).parents[2]

#: What a kernel does before it ends, by what its worker is busy with then.
KERNELS = {
    "playing": """
scenario = dw.starter_scenario().with_value("settings.runs", 1_000_000)
job = bench.add_to_queue(scenario)
until(lambda: job.progress.completed_runs)
""",
    "playing in three workbenches": """
benches = [bench, dw.Workbench(sys.argv[1] + " 2"), dw.Workbench(sys.argv[1] + " 3")]
scenario = dw.starter_scenario().with_value("settings.runs", 1_000_000)
jobs = [bench.add_to_queue(scenario) for bench in benches]
for one in benches:
    one.subscribe(tell)
until(lambda: all(job.progress.completed_runs for job in jobs))
""",
    "storing": """
bench.add_to_queue().result(PATIENCE)
job = bench.add_to_queue(force=True)
until(lambda: job.phase == "storing")
""",
    "with jobs waiting": """
prepare_engine()
jobs = [bench.add_to_queue(bench.scenario.with_value("settings.seed", n)) for n in range(200)]
until(lambda: any(job.status == "completed" for job in jobs))
""",
    "after an error": """
job = bench.add_to_queue()
job.result(PATIENCE)
bench.add_to_queue(force=True)
sys.excepthook = lambda *_: print(time.time(), flush=True)
raise RuntimeError
""",
}
#: With an empty NUMBA_CACHE_DIR.
PREPARING = """
job = bench.add_to_queue()
until(lambda: job.phase.startswith("preparing"))
"""
_FRAME = f"""import sys, threading, time
import dualslot_widgets as dw
from dualslot_widgets.engine.simulation import prepare_engine
PATIENCE = {SECONDS}
bench = dw.Workbench(sys.argv[1])
changed = threading.Condition()
def tell():
    with changed:
        changed.notify_all()
def until(holds):
    with changed:
        assert changed.wait_for(holds, PATIENCE)
bench.subscribe(tell)
SCRIPT
print(time.time(), flush=True)
"""


class Ended(NamedTuple):
    """How a kernel ended; `seconds` after its last line."""

    status: int
    errors: str
    seconds: float


def ended(folder: Path, script: str, **environment: str) -> Ended:
    """Run a script in a kernel with a workbench, where every warning is an error, to its end."""
    command = [sys.executable, "-W", "error", "-c", _FRAME.replace("SCRIPT", script), str(folder)]
    done = subprocess.run(
        command,
        check=False,
        cwd=REPOSITORY,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=2 * SECONDS,
    )
    return Ended(done.returncode, done.stderr, time.time() - float(done.stdout))
