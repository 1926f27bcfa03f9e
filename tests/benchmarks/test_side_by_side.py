"""The same tables kept by this storage and by others: bytes, seconds, and what damage does."""

from __future__ import annotations

import random
import shutil
import time
from pathlib import Path
from statistics import median

import pandas as pd
import pytest
from pyarrow import feather

import dualslot_widgets as dw
from dualslot_widgets.tables import SCHEMAS
from tests.benchmarks.other_keepers import KEEPERS, Frames, Keeper, Tables
from tests.reference import fights

ROUNDS = 5
FLIPS = 40
LARGE_RUNS = 4600  # of the starter's fight: about 250,000 events
#: Times writing the same tables as plain feather files, in the same run: what the other slot's
#: quintiles take with both slots opened anew, all tables as pandas, and a durable commit.
QUINTILES, EVERYTHING, COMMIT = 2.5, 12, 12


def ours(tables: Tables, folder: Path) -> None:
    data = dw.SimulationDataSet.in_memory(fights.STARTER, tables)
    dw.SimulationStorage(folder / "simulations").store_simulation(data)


def read_ours(folder: Path) -> Frames:
    data = dw.SimulationStorage(folder / "simulations").slots[0]
    return {name: getattr(data, name).to_pandas() for name in SCHEMAS}


OURS = Keeper("dual slots", ours, read_ours, "old or new, whole; other slot too", "no code")


@pytest.fixture(scope="module", params=[1005, LARGE_RUNS])
def tables(request):
    data = dw.simulate(fights.STARTER, runs=request.param)
    return {name: getattr(data, name) for name in SCHEMAS}


def timed(function, *arguments) -> tuple[float, object]:
    start = time.perf_counter()
    result = function(*arguments)
    return time.perf_counter() - start, result


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def noticed(keeper: Keeper, folder: Path, expected: Frames, seed: int) -> tuple[int, int, int]:
    """Flip bits of the largest file; count what was noticed, harmless, and shown as true."""
    path = max((p for p in folder.rglob("*") if p.is_file()), key=lambda p: p.stat().st_size)
    content, random_ = path.read_bytes(), random.Random(seed)
    counts = [0, 0, 0]
    for _ in range(FLIPS):
        damaged = bytearray(content)
        damaged[random_.randrange(len(content))] ^= 1 << random_.randrange(8)
        path.write_bytes(damaged)
        try:
            found = keeper.read(folder)
            same = all(_equal(found[name], frame) for name, frame in expected.items())
            counts[1 if same else 2] += 1
        except Exception:  # noqa: BLE001 - whatever it is, it was noticed
            counts[0] += 1
    path.write_bytes(content)
    return counts[0], counts[1], counts[2]


def _equal(found: object, frame: pd.DataFrame) -> bool:
    return isinstance(found, pd.DataFrame) and found.equals(frame)


def test_beside_other_ways_to_keep_them(tables, tmp_path, seed):
    small = tables["runs"].num_rows == 1005
    print(f"\n{tables['runs'].num_rows} runs, {tables['events'].num_rows:,} events")
    print("               kB  write ms  read ms  flips: noticed harmless wrong  after a power cut")
    found = {}
    for keeper in (OURS, *KEEPERS):
        writes, reads = [], []
        for number in range(ROUNDS if keeper.name != "sqlite" else 1):
            folder = tmp_path / f"{keeper.name} {number}"
            folder.mkdir()
            writes.append(timed(keeper.write, tables, folder)[0])
            seconds, frames = timed(keeper.read, folder)
            reads.append(seconds)
        size = size_of(folder)
        flips = noticed(keeper, folder, frames, seed) if small and keeper.name != "sqlite" else None
        found[keeper.name] = size, flips
        print(
            f"{keeper.name:13}{size / 1000:7.0f}{1000 * median(writes):9.1f}"
            f"{1000 * median(reads):9.1f}  {flips!s:30}{keeper.crash}; {keeper.code}"
        )
        shutil.rmtree(tmp_path / f"{keeper.name} 0")
    sizes = {name: size for name, (size, _) in found.items()}
    assert sizes["dual slots"] < min(sizes["pickle"], sizes["diskcache"], sizes["sqlite"]) / 2
    assert sizes["dual slots"] < 1.1 * min(sizes["joblib"], sizes["parquet zstd"])
    if small:
        assert found["dual slots"][1] == (FLIPS, 0, 0)
        assert found["pickle"][1][2] > 0  # and so hashes are needed


def test_the_other_slot_is_there_at_once(tables, tmp_path):
    storage = dw.SimulationStorage(tmp_path / "simulations")
    data = dw.SimulationDataSet.in_memory(fights.STARTER, tables)
    storage.store_simulation(data)
    storage.store_simulation(dw.simulate(fights.CROWD, runs=15))
    quintiles, everything, commits, feathers = [], [], [], []
    for _ in range(3 * ROUNDS):
        storage.close()
        seconds, _ = timed(lambda: storage.slots[0].quintiles)
        quintiles.append(seconds)
        both = timed(lambda: [getattr(storage.slots[0], name).to_pandas() for name in SCHEMAS])
        everything.append(seconds + both[0])
    for _ in range(3 * ROUNDS):
        commits.append(timed(storage.store_simulation, data)[0])
        feathers.append(timed(_plain, tables, tmp_path)[0])
    reference = median(feathers)
    print(
        f"\n{tables['events'].num_rows:,} events: quintiles {1000 * median(quintiles):.1f} ms, "
        f"everything {1000 * median(everything):.1f} ms; durable commit "
        f"{1000 * median(commits):.1f} ms, {median(commits) / reference:.1f}x plain feather "
        "without fsync"
    )
    assert median(quintiles) < QUINTILES * reference
    assert median(everything) < EVERYTHING * reference
    assert median(commits) < COMMIT * reference


def _plain(tables: Tables, folder: Path) -> None:
    for name, table in tables.items():
        feather.write_feather(table, str(folder / name), compression="lz4")
