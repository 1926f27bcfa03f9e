"""A thousand jobs are queued in under a second: measured in processor time."""

from __future__ import annotations

import time

import dualslot_widgets as dw
from tests.widgets.staged_play import StagedPlay

JOBS = 1000
SECONDS = 1.0


def test_a_thousand_jobs_are_queued_in_under_a_second(tmp_path):
    taken = []
    with dw.Workbench(tmp_path) as bench:
        bench.simulator._play = play = StagedPlay()  # the worker waits, and takes no time
        for again in range(2):
            scenarios = [
                bench.scenario.with_value("settings.seed", seed)
                for seed in range(JOBS * again, JOBS * (again + 1))
            ]
            began = time.thread_time()
            jobs = [bench.add_to_queue(scenario) for scenario in scenarios]
            taken.append(time.thread_time() - began)
            for job in jobs:
                job.cancel()
        play.freely()
    print(f"\n{JOBS} jobs queued in {min(taken):.2f} s of processor time")
    assert min(taken) < SECONDS
