"""Plays every fight of tests/engine/exact/test_exact_duels.py 5,000,000 times: ``make proof``.

Prints a table, and keeps it as docs/proof.json, which the README's table is held to.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from itertools import groupby
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PROOF = ROOT / "docs" / "proof.json"
RUNS = 5_000_000
#: Fewer runs than these are tried, not kept.
LEAST_KEPT = 1_000_000
#: What the shapes of test_exact_duels.py try, in its order.
SHAPES = {
    "duel": "duels: multiattack, criticals, advantage, mixed damage, defences",
    "blast": "breath and spells: saves for half or none, recharge, uses",
    "two": "one against two: targeting, areas, three hit points at once",
    "rolled": "rolled hit points",
    "day": "two encounters without a rest",
}


def main() -> int:
    """Run the proof; return pytest's exit status."""
    runs = int(os.environ.get("DUALSLOT_PROOF_RUNS", RUNS))
    begin = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "proof.jsonl"
        environment = os.environ | {
            "DUALSLOT_PROOF_RUNS": str(runs),
            "DUALSLOT_PROOF_REPORT": str(report),
        }
        tests = "tests/engine/exact/test_exact_duels.py"
        command = [sys.executable, "-m", "pytest", "-q", "-n", "2", tests]
        status = subprocess.run(  # noqa: S603 - our own tests
            command, cwd=ROOT, env=environment, check=False
        ).returncode
        rows = [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]
    table = summary(rows)
    for row in table:
        print(as_markdown(row))
    print(f"{runs} runs of each of {len(rows)} fights in {time.monotonic() - begin:.0f} s")
    if status == 0 and runs >= LEAST_KEPT:
        PROOF.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    return status


def summary(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return one row a shape: its most even fight, and the extremes of all of them."""
    order = list(SHAPES)
    rows = sorted(rows, key=lambda row: (order.index(row["shape"]), row["number"]))
    table = []
    for shape, group in groupby(rows, key=lambda row: row["shape"]):
        fights = list(group)
        shown = min(fights, key=lambda row: abs(row["exact"] - 0.5))
        table.append(
            {
                "shape": shape,
                "fights": len(fights),
                "runs": shown["runs"],
                "number": shown["number"],
                "exact": round(shown["exact"], 5),
                "simulated": round(shown["simulated"], 5),
                "checks": sum(row["checks"] for row in fights),
                "largest_z": round(max((row["z"] for row in fights), key=abs), 2),
                "smallest_p": round(min(row["p"] for row in fights), 5),
            }
        )
    return table


def as_markdown(row: dict[str, Any]) -> str:
    """Return the line of the README's table."""
    return (
        f"| {row['fights']} {SHAPES[row['shape']]} | {row['exact']:.5f} | {row['simulated']:.5f} | "
        f"{abs(row['largest_z']):.2f} | {row['smallest_p']:.5f} |"
    )


if __name__ == "__main__":
    sys.exit(main())
