"""A thousand jobs in one process do not make it larger."""

from __future__ import annotations

import pytest

from tests.workbench.growth import grown

MOST_BYTES = 10 << 20


@pytest.mark.parametrize(
    ("jobs", "failing"), [(1000, False), (200, True)], ids=["stored", "failed"]
)
def test_a_process_does_not_grow_with_its_jobs(jobs, failing):
    told = grown(jobs, 105 if failing else 15, failing=failing)
    print(f"memory grew by {told['memory'] / 2**20:.1f} MiB")
    assert told["memory"] < MOST_BYTES
