"""The engine against the exact solver; `make proof` does the same with many more runs."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.engine.agreement import LARGEST_Z, RUNS, SMALLEST_P, compare
from tests.engine.exact.exact_day import solve
from tests.engine.random_duels import random_duel
from tests.engine.random_fights import random_fight

#: How many of each; all are the same ones in every session.
FIGHTS = {"duel": 36, "blast": 12, "two": 10, "rolled": 5, "day": 5}
#: Where `make proof` wants a line per fight.
REPORT = os.environ.get("DUALSLOT_PROOF_REPORT")


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize(
    ("shape", "number"), [(shape, n) for shape, most in FIGHTS.items() for n in range(most)]
)
def test_the_engine_agrees_with_the_exact_result(shape, number):
    scenario = random_duel(number, 1005) if shape == "duel" else random_fight(shape, number)
    exact = solve(scenario)
    assert exact.win + exact.loss + exact.unresolved == pytest.approx(1)
    assert exact.rounds.sum() == pytest.approx(1)
    found = compare(scenario, exact)
    print(f"{shape} {number}: {found}")
    if REPORT:
        row = {"shape": shape, "number": number, "runs": RUNS, "exact": found.exact}
        row |= {"simulated": found.found, "z": found.largest_z, "p": found.smallest_p}
        row |= {"checks": len(found.z) + len(found.p)}
        with Path(REPORT).open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")
    assert abs(found.largest_z) < LARGEST_Z
    assert found.smallest_p > SMALLEST_P
