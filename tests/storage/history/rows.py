"""The rows and the folders that the tests of the history share."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime

import pyarrow as pa

from dualslot_widgets.storage.history.history import OLDER_NAME, RECENT_NAME
from dualslot_widgets.storage.history.history_file import write_segment
from dualslot_widgets.storage.history.history_rows import SCHEMA, joined
from tests.storage.small_data import assert_healthy, small

NAMES = (RECENT_NAME, OLDER_NAME)
SMALL = {"_RECENT_ROWS": 4, "_STAYING_ROWS": 2}  # so that a few commits fill both files
IN_A_CHILD = "from dualslot_widgets.storage.history import history\n" + "".join(
    f"history.{name} = {value}\n" for name, value in SMALL.items()
)


def generations(storage) -> list[int]:
    return list(storage.history["generation"])


def problems(storage) -> dict[str, str]:
    return {check.file: check.problem for check in storage.verify() if check.problem}


def assert_clean(storage) -> None:
    assert_healthy(storage)
    assert problems(storage) == {}


def many(first: int, last: int, text: int = 0) -> pa.Table:
    """Rows of as many different scenarios, of which each has some `text` besides."""
    scenario = small(1).scenario.to_dict()
    rows = []
    for number in range(first, last + 1):
        scenario["settings"]["seed"] = number
        chance = random.Random(number)
        rate = chance.random()
        rows.append(
            {
                "generation": number,
                "slot": number % 2,
                "generation_count": 1,
                "timestamp": datetime.fromtimestamp(1_700_000_000 + number, UTC),
                "scenario_name": "Ogre at the bridge",
                "fingerprint": f"{chance.getrandbits(128):032x}",
                "scenario": json.dumps(scenario) + text * " ",
                "runs": 1005,
                "wins": number % 1006,
                "losses": 1005 - number % 1006,
                "unresolved": 0,
                "grade": "A",
                "tier": 1,
                "label": "Gamble",
                "win_rate": rate,
                "win_rate_low": rate / 2,
                "win_rate_high": 1.0,
                "simulation_seconds": chance.random(),
                "disk_seconds": chance.random(),
                "compressed_size": chance.randrange(10**6),
            }
        )
    return joined([pa.Table.from_pylist(rows, SCHEMA)])


def fill(folder, rows: int, in_recent: int) -> None:
    folder.mkdir(exist_ok=True)
    table = many(1, rows)
    write_segment(folder / OLDER_NAME, rows - in_recent, joined([table.slice(0, rows - in_recent)]))
    write_segment(folder / RECENT_NAME, rows, joined([table.slice(rows - in_recent)]))
