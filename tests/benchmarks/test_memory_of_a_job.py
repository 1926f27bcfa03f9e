"""What a job adds to its process while it is played to the disk, in a process of its own.

The process is idle with everything imported, compiled and one small job behind it.
"""

from __future__ import annotations

import json

import pytest

from tests.fresh_process import run

LONG_BYTES = 60 << 20
#: Of Arrow's own allocations, which come and go with how fast the batches are played. Kept whole,
#: the rows of 180,000 more runs would be over 100 MiB.
GROWN_BYTES = 12 << 20

JOB = """import json, tempfile
import pyarrow as pa
import dualslot_widgets as dw
from dualslot_widgets.system.memory import process_memory

scenario = dw.Scenario.from_dict(json.loads('''SCENARIO'''))
with tempfile.TemporaryDirectory() as folder, dw.Workbench(folder) as bench:
    bench.add_to_queue(bench.scenario.with_value("settings.runs", 105)).result(timeout=100)
    idle, _ = process_memory()
    data = bench.add_to_queue(scenario).result(timeout=110)
    after, peak = process_memory()
    rows = json.loads((data.metadata.file_path.parent / "metadata.json").read_text())["files"]
    events = rows["events.arrow"]["rows"]
    arrow = pa.default_memory_pool().max_memory()
    print(json.dumps({"idle": idle, "peak": peak, "arrow": arrow, "events": events}))
"""


def measured(scenario: dict) -> dict[str, int]:
    return json.loads(run(JOB.replace("SCENARIO", json.dumps(scenario)))[1])


def long_fight() -> dict:
    """Two crowds that cannot hurt each other much: over 2,000 events a run."""
    blow = {"type": "attack", "name": "Blow", "attack_bonus": 5, "damage": "1d4"}
    creature = {"max_hp": 400, "armor_class": 15, "count": 10, "actions": [blow]}
    return {
        "name": "long",
        "players": [{"name": "Guard", **creature}],
        "encounters": [{"monsters": [{"name": "Brute", **creature}]}],
        "settings": {"runs": 1005, "seed": 1, "max_rounds": 200},
    }


def test_a_job_of_two_thousand_events_a_run_adds_less_than_60_mb():
    found = measured(long_fight())
    added = found["peak"] - found["idle"]
    print(
        f"\n1005 runs with {found['events'] / 1005:,.0f} events each: "
        f"{added / 2**20:.0f} MiB above the idle process's {found['idle'] / 2**20:.0f}"
    )
    assert found["events"] >= 2000 * 1005
    assert added < LONG_BYTES


@pytest.mark.slow
def test_without_logs_memory_does_not_grow_with_the_runs():
    settings = {"seed": 1, "max_rounds": 50}
    few, many = (
        measured({**long_fight(), "settings": {**settings, "runs": runs}})
        for runs in (20_000, 200_000)
    )
    for name, found in (("20,000", few), ("200,000", many)):
        added = (found["peak"] - found["idle"]) / 2**20
        print(
            f"\n{name} runs: {added:.0f} MiB more, Arrow {found['arrow'] / 2**20:.1f} MiB at most"
        )
    assert (few["events"], many["events"]) == (0, 0)
    assert many["arrow"] - few["arrow"] < GROWN_BYTES
