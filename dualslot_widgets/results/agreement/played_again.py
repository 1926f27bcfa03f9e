"""Playing runs of a data set again from the seed, and the first event in which they differ.

A run depends on seed and number alone, so that whoever has the same rules can tell an honest log
from any other. What that costs is known beforehand from the rounds that the data set itself claims:
a run is stopped one round behind the longest claim, and a claim that was too short is refuted by
that very round.
"""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pyarrow as pa

from dualslot_widgets.results.agreement.disagreement import DisagreementError
from dualslot_widgets.results.agreement.laws import Ints
from dualslot_widgets.results.table_simulation import TableSimulation
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.tables import SCHEMAS, numbers

#: A turn is one combatant's in one round; most take 0.1 to 1 microsecond (measured). One run may
#: have so many, and as many are played at a time; an event of each would take 5 MB.
MAX_TURNS_AT_ONCE = 100_000
#: All runs are played again where they have no more turns than this, else as many as fit.
MAX_TURNS = 4_000_000
#: At least so many runs, chosen at random, and at most so many where not all of them are.
LEAST_RUNS, MOST_SAMPLED = 30, 1000
#: Processor time of this thread: some creatures weigh hundreds of options in each turn.
MAX_SECONDS = 5.0


class TooDearError(Exception):
    """The runs of a data set take too long to be played again; the message says why."""


def play_again(
    scenario: Scenario,
    simulation: TableSimulation,
    tables: Mapping[str, pa.Table],
    wanted: Sequence[int],
    seed: int | None = None,
) -> int:
    """Play runs again, and compare all that the tables say of them; return how many agree.

    All of them where that takes about a second, else those that are wanted and at least
    `LEAST_RUNS` more, which nobody can foretell. Without a log only runs and combatants are
    compared.

    Parameters
    ----------
    scenario : Scenario
    simulation : TableSimulation
        Plays the scenario, logged where the tables are; nothing may wait in it.
    tables : dict of str to pyarrow.Table
        Which keep the laws of `laws`, in the words of the engine.
    wanted : sequence of int
        Runs that are compared in any case.
    seed : int, optional
        Decides which runs are chosen, so that a test can repeat it; by default the system's
        randomness.

    Raises
    ------
    DisagreementError
        When a run comes out in another way; names the first one of those compared, and the table.
    TooDearError
        When not even the least number of runs can be played in `MAX_SECONDS`.
    """
    dice = random.Random(secrets.randbits(128) if seed is None else seed)
    claimed = numbers(tables["runs"]["rounds"]).astype(np.int64)
    parts = _Parts(tables)
    began, agreed = time.thread_time(), np.zeros(len(claimed), np.bool_)
    blocks, needed = _plan(scenario, claimed, wanted, dice)
    for number, (first, count) in enumerate(blocks):
        if time.thread_time() - began > MAX_SECONDS:
            if number < needed:
                raise TooDearError(f"its runs take more than {MAX_SECONDS:g} s to play again")
            break
        cut = min(int(claimed[first : first + count].max()) + 1, scenario.settings.max_rounds)
        again = simulation.tables_of(first, count, max_rounds=cut)
        parts.compare(again, first, count)
        agreed[first : first + count] = True
    return int(agreed.sum())


def _plan(
    scenario: Scenario, claimed: Ints, wanted: Sequence[int], dice: random.Random
) -> tuple[list[tuple[int, int]], int]:
    """Return blocks of runs, each its first and how many; and how many blocks there must be.

    Runs by themselves come first, so that they are played whatever the others take.
    """
    party = sum(player.count for player in scenario.players)
    fights = [sum(m.count for m in fight.monsters) for fight in scenario.encounters]
    # Each encounter may go on until the cut.
    most = (claimed + 1) * (party * len(fights) + sum(fights))
    likely = claimed * (party + max(fights))
    worst = int(most.argmax())
    if most[worst] > MAX_TURNS_AT_ONCE:
        raise TooDearError(
            f"run {worst} may take {most[worst]:,} turns, and at most {MAX_TURNS_AT_ONCE:,} are "
            "played again"
        )
    blocks: list[tuple[int, int]] = []
    if int(likely.sum()) <= MAX_TURNS:
        blocks = list(_blocks(most))
        if len(blocks) == 1:
            return blocks, 1
    runs = len(claimed)
    some = dice.sample(range(runs), min(runs, LEAST_RUNS if blocks else MOST_SAMPLED))
    least = sorted({*wanted, *some[:LEAST_RUNS]})
    turns = int(likely[least].sum()) + np.cumsum(likely[some[LEAST_RUNS:]])
    more = some[LEAST_RUNS:][: int((turns <= MAX_TURNS).sum())]
    dice.shuffle(blocks)
    return [*((run, 1) for run in (*least, *more)), *blocks], len(least)


def _blocks(most: Ints) -> Iterator[tuple[int, int]]:
    """Yield blocks that cover all runs, as many turns each as are played at once."""
    start = 0
    while start < len(most):
        ahead = most[start : start + MAX_TURNS_AT_ONCE]
        turns = np.maximum.accumulate(ahead) * np.arange(1, len(ahead) + 1)
        count = max(1, int(np.searchsorted(turns, MAX_TURNS_AT_ONCE, side="right")))
        yield start, count
        start += count


class _Parts:
    """The rows of some runs in tables that are sorted by run."""

    def __init__(self, tables: Mapping[str, pa.Table]) -> None:
        self._tables = tables
        self._each = tables["combatants"].num_rows // tables["runs"].num_rows
        self._run = {
            name: numbers(tables[name]["run"])
            for name in ("rounds", "events")
            if tables[name].num_rows
        }

    def compare(self, again: Mapping[str, pa.Table], first: int, count: int) -> None:
        """Raise `DisagreementError` at the first run of which a table says something else."""
        found = []
        for name in SCHEMAS:
            claimed = self._rows(name, first, count)
            if not claimed.equals(again[name]):
                found.append(_first_difference(name, claimed, again[name]))
        if found:
            _, name, problem = min(found, key=lambda each: each[0])
            raise DisagreementError(name, problem)

    def _rows(self, name: str, first: int, count: int) -> pa.Table:
        table = self._tables[name]
        if name == "runs":
            return table.slice(first, count)
        if name == "combatants":
            return table.slice(first * self._each, count * self._each)
        if name not in self._run:
            return table
        start, end = np.searchsorted(self._run[name], (first, first + count))
        return table.slice(int(start), int(end - start))


def _first_difference(name: str, claimed: pa.Table, again: pa.Table) -> tuple[int, str, str]:
    """Return the run, the table, and in words where two tables first differ."""
    rows = min(claimed.num_rows, again.num_rows)
    differs = np.zeros(rows, np.bool_)
    for column in claimed.column_names:
        mine, its = (_comparable(table[column].slice(0, rows)) for table in (claimed, again))
        differs |= mine != its
    if not differs.any():
        longer = claimed if claimed.num_rows > rows else again
        run = longer["run"][rows].as_py()
        where = "goes on in the file" if longer is claimed else "ends early in the file"
        return run, name, f"run {run} {where}, played again it does not"
    row = int(differs.argmax())
    one, other = (table.slice(row, 1).to_pylist()[0] for table in (claimed, again))
    run = min(one["run"], other["run"])
    column = next(key for key in one if one[key] != other[key])
    if column == "run":
        return run, name, f"run {run} has another number of rows than when it is played again"
    what = f"the {column} {one[column]!r:.80}, and {other[column]!r:.80} when it is played again"
    return run, name, f"run {run} has {what}"


def _comparable(column: pa.ChunkedArray) -> Ints:
    """Return a column as numbers, one below all others for null."""
    whole = column.combine_chunks()
    keys = whole.indices if pa.types.is_dictionary(column.type) else whole
    return np.asarray(keys.cast(pa.int64()).fill_null(np.iinfo(np.int64).min))
