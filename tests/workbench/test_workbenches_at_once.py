"""Two workbenches of one folder that play and store at the same time."""

from __future__ import annotations

import dualslot_widgets as dw
from tests.patience import SECONDS
from tests.storage.small_data import assert_healthy, assert_whole, small


def test_two_workbenches_that_play_at_once_lose_nothing(tmp_path):
    with dw.Workbench(tmp_path) as one, dw.Workbench(tmp_path) as other:
        jobs = [
            workbench.add_to_queue(small(seed).scenario, force=True)
            for seed in range(1, 7)
            for workbench in (one, other)
        ]
        for job in jobs:
            data = job.result(SECONDS)
            assert data.parameters == job.parameters
            assert_whole(data)  # a snapshot, though both slots were overwritten since
        assert_healthy(one.storage)
        assert one.shown_slot == other.shown_slot
