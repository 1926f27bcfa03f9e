"""How much memory and processor time playing may take: known beforehand, each limit written once.

Past a limit the log is dropped first (a run of a data set without one is played again from its
seed), and what is still too much is refused in words. Whether a data set has a log depends on its
scenario alone, never on the machine: runs are the same everywhere, and so is the size of what they
write.

Sources of the numbers: a run of 4 v 7 writes 54 events, a day of three fights 119, 6 v 20 147 (1.2
to 3.3 kB as tables), so that even 10,000 runs of the largest keep their log eightfold. 30 v 30 who
cannot hurt one another write 300,000 events a run over 1000 rounds, 6.6 MB: 6.6 GB in 1005 runs.
The largest result of a million runs that has ever been measured, of 11 combatants, takes 362 MB.
Notebook servers commonly give a kernel 2 to 4 GB.
"""

from __future__ import annotations

import pyarrow as pa

from dualslot_widgets.errors import SimulationTooLarge
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.tables import COMBATANTS, EVENTS, ROUNDS, RUNS

#: Above this many runs no log is kept: a run is replayed from its seed in microseconds.
LOGGED_RUNS = 10_000
#: A log that takes more than this as tables is not kept either: 24 million events.
LOG_BYTES = 512 << 20
#: Rows of a table that wait in the engine to be taken, 48 bytes each; one run must fit whole.
ROOM_ROWS = 1 << 21
#: Runs and combatants of a result that is held in memory; a job's result is on the disk.
RESULT_BYTES = 1 << 30

#: Seconds of one core that `simulate` may take: no cell is blocked for longer.
SIMULATE_SECONDS = 3600.0
#: Seconds of one core that a job may take: a day.
JOB_SECONDS = 24 * 3600.0
#: Seconds by the clock that one run may take that is played again to be read.
REPLAY_SECONDS = 10.0
#: Seconds by the clock after which a preview shows the runs that it has.
PREVIEW_SECONDS = 2.0
#: How much processor time must be known before the rest is estimated from it.
_SURE_SECONDS = 1.0


class LogTooLarge(SimulationTooLarge):
    """The log does not fit its budget; without one the same scenario may be played."""


def row_bytes(schema: pa.Schema) -> int:
    """Return the bytes of a row of a table in memory, without words and marks of null."""
    kinds = [field.type for field in schema]
    widths = [kind.index_type if pa.types.is_dictionary(kind) else kind for kind in kinds]
    return int(sum(width.bit_width for width in widths) // 8)


_EVENT_BYTES, _ROUND_BYTES = row_bytes(EVENTS), row_bytes(ROUNDS)


def log_bytes(events: int, rounds: int) -> int:
    """Return the bytes of so many rows of a log as tables."""
    return events * _EVENT_BYTES + rounds * _ROUND_BYTES


def check_log(events: int, rounds: int) -> None:
    """Raise `LogTooLarge` when a log of so many rows is more than a data set keeps."""
    if log_bytes(events, rounds) > LOG_BYTES:
        raise LogTooLarge(
            f"the log takes more than {_megabytes(LOG_BYTES)}; lower settings.runs or "
            "settings.max_rounds"
        )


def check_run(run: int, rows: int) -> None:
    """Raise `LogTooLarge` when the log of one run does not fit where it is written."""
    if rows > ROOM_ROWS:
        raise LogTooLarge(
            f"the log of run {run} has {rows:,} events, more than {ROOM_ROWS:,}; lower "
            "settings.max_rounds"
        )


def check_memory(scenario: Scenario) -> None:
    """Raise `SimulationTooLarge` when a result without its log is too large to be held in memory.

    Parameters
    ----------
    scenario : Scenario
        With the number of runs that are to be played.
    """
    creatures = [*scenario.players, *(m for e in scenario.encounters for m in e.monsters)]
    combatants = sum(creature.count for creature in creatures)
    run = row_bytes(RUNS) + combatants * row_bytes(COMBATANTS)
    runs = scenario.settings.runs
    if runs * run > RESULT_BYTES:
        raise SimulationTooLarge(
            f"{runs:,} runs of {combatants} combatants take {_megabytes(runs * run)} of memory, "
            f"more than {_megabytes(RESULT_BYTES)}; lower settings.runs to {RESULT_BYTES // run:,},"
            " or add it to a Workbench's queue, which plays onto the disk"
        )


def check_time(completed: int, runs: int, busy: float, seconds: float) -> None:
    """Raise `SimulationTooLarge` when all runs would take more processor time than they may.

    Parameters
    ----------
    completed, runs : int
    busy : float
        Processor time of the completed ones, and of one that is not complete: a process that was
        stopped for an hour is not thought slow.
    seconds : float
        What all may take.
    """
    likely = busy * runs / max(completed, 1)
    if busy < min(_SURE_SECONDS, seconds) or likely <= seconds:
        return
    fewer = int(seconds / likely * runs)
    lower = f"lower settings.runs to {fewer:,} or" if fewer else "lower"
    raise SimulationTooLarge(
        f"{runs:,} runs take about {_duration(likely)} of processor time, more than "
        f"{_duration(seconds)}; {lower} settings.max_rounds"
    )


def _megabytes(size: int) -> str:
    return f"{size / (1 << 20):,.0f} MiB"


def _duration(seconds: float) -> str:
    for unit, length in (("days", 86_400), ("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:,.0f} {unit}"
    return f"{seconds:,.0f} s"
