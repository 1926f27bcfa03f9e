"""Processes write, read, pin, export and import in one folder, are stopped and killed: all holds.

The suite soaks for half a minute; `make soak` for three, or as long as DUALSLOT_SOAK says.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

import dualslot_widgets as dw
from tests.crash.own_process import python
from tests.crash.promise import garbage, problems
from tests.crash.soak import PLAYERS
from tests.crash.soak_player import assert_true, counts, reports_of
from tests.crash.summary import report
from tests.patience import SECONDS
from tests.storage.small_data import STARTER, small

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="needs fork, SIGSTOP and SIGKILL"),
]
SOAK_SECONDS = float(os.environ.get("DUALSLOT_SOAK") or 20)
#: Seeds of what the test itself stores, two before and one after; all have one label.
OWN = (0, 1, 0)
TOLD = ("stored", "read", "history", "pinned", "exported", "imported", "verified", "recovered")


def lost(history: pd.DataFrame, told: dict[str, list[dict]], kills: int) -> list[str]:
    """Say which result that was reported as stored the history does not know, and the like."""
    rows = Counter(history["scenario_name"])
    first = {label: number for number, label in reversed([*enumerate(history["scenario_name"])])}
    everything = [one for reports in told.values() for one in reports]
    begun = {one["label"] for one in everything if one["what"] == "begin"} | {STARTER.name}
    stored = [one["label"] for one in everything if one["what"] == "stored"]
    wrong = [f"{label} was reported as stored, and is gone" for label in stored if not rows[label]]
    wrong += [f"{label} was stored by nobody" for label in rows if label not in begun]
    for name, reports in told.items():
        order = [first.get(one["label"], -1) for one in reports if one["what"] == "stored"]
        if order != sorted(order):
            wrong.append(f"the commits of {name} have changed places")
    # An import stores a label again; one that was killed behind its commit did not report it.
    again = len(history) - len(rows) - (len(OWN) - 1)
    imported = sum(one["what"] == "imported" for one in everything)
    if not imported <= again <= imported + kills:
        wrong.append(f"{imported} imports were reported, {again} results were stored again")
    return wrong


def pins(reports: list[dict]) -> list[tuple[int, int, int]]:
    """Return slot, and the generations between which it may have been pinned, for each pin."""
    found, begun = [], []
    for one in reports:
        if one["what"] == "pins":
            begun.append((one["slot"], one["newest"]))
        elif one["what"] == "unpinned":
            found += [(slot, first, one["newest"]) for slot, first in begun]
            begun = []
    return found + [(slot, first, sys.maxsize) for slot, first in begun]


def misplaced(history: pd.DataFrame, pinned: list[tuple[int, int, int]]) -> list[str]:
    """Say which commit overwrote the newest result: only another pin, or the same, is a reason."""
    wrong = []
    rows = history[["generation", "slot", "fingerprint"]].to_records(index=False)
    for before, now in pairwise(rows):
        same = now.fingerprint == before.fingerprint
        other = any(
            slot != now.slot and first <= now.generation <= last for slot, first, last in pinned
        )
        if now.slot == before.slot and not (same or other):
            wrong.append(f"generation {now.generation} overwrote {before.generation} in {now.slot}")
    return wrong


def soaked(home: Path, seed: int, *more: str) -> tuple[dict, dict[str, list[dict]]]:
    """Let them loose in a folder with two results; return what conductor and players report."""
    home.mkdir()
    for number in OWN[:2]:
        dw.SimulationStorage(home / "simulations").store_simulation(small(number))
    process = python("-m", "tests.crash.soak", str(home), str(seed), *more)
    try:
        printed, errors = process.communicate(timeout=SOAK_SECONDS + 5 * SECONDS)
    finally:
        process.kill()
    # What a vandal leaves half deleted is rightly told; honest players leave nothing to tell.
    assert process.returncode == 0, errors
    assert "vandal" in more or errors == ""
    return json.loads(printed), {name: reports_of(home, name) for name in PLAYERS}


@pytest.mark.timeout(SOAK_SECONDS + 900)
def test_stopped_and_killed_among_many_nothing_is_lost_and_nobody_is_stuck(tmp_path, seed):
    conducted, told = soaked(tmp_path / "home", seed, str(SOAK_SECONDS))
    wrong = conducted["wrong"] + [
        f"{name}: {one['why']}"
        for name, reports in told.items()
        for one in reports
        if one["what"] == "wrong"
    ]
    storage = dw.SimulationStorage(tmp_path / "home" / "simulations")
    for data in storage.slots:
        assert_true(data)
    storage.pin(None)
    storage.store_simulation(small(OWN[2]))  # where a killed one may have stood
    history = storage.history
    wrong += problems(storage, committed=True)
    wrong += lost(history, told, conducted["did"]["kills"])
    wrong += misplaced(history, pins(told["pinner-1"]))
    wrong += [f"{name} is left" for name in garbage(storage)]
    done = sum((counts(reports) for reports in told.values()), Counter())
    print(f"seed {seed}: {len(history)} commits, {done['refused']} refused in documented words")
    report("soak", wrong, **{what: done[what] for what in TOLD}, **conducted["did"])


@pytest.mark.timeout(900)
def test_what_breaks_the_promise_would_be_found_out(tmp_path, seed):
    _, told = soaked(tmp_path / "home", seed, "0", "vandal")
    read, pinned = (
        [one["why"] for one in told[name] if one["what"] == "wrong"]
        for name in ("reader-1", "pinner-1")
    )
    assert any("was followed by" in why or "damage" in why for why in read), read
    assert any("pin" in why for why in pinned), pinned
