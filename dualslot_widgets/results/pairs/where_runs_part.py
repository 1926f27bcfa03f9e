"""Where each run of two data sets first goes differently, found in their event logs.

Both roll the same dice until they go differently; from there on the same dice fall for other
purposes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.tables import KINDS, dictionary_codes

#: What must agree for two events to be the same event, beside who acts how on whom, and whether the
#: target is at 0 hit points. Totals and hit points left are not here: they follow from the numbers
#: on the sheet, and one more hit point or a better bonus changes the fight only when it matters.
_COMPARED = ("encounter", "round", "turn", "roll", "amount")
#: Events of whole runs that are compared at a time: a log may have 24 million, and what is made of
#: them here takes three times their memory.
BLOCK_EVENTS = 1 << 20
#: Stands for a null; no column has it as a value.
_NULL = -1

Ints = npt.NDArray[np.integer]


@dataclass(frozen=True, slots=True)
class EventLog:
    """The event log of a data set, and what its names stand for.

    Attributes
    ----------
    events : pyarrow.Table
        As `tables.EVENTS`, sorted by run.
    names : tuple of str
        The N combatants, in the order in which they roll initiative.
    actions : tuple of tuple of str
        The names of each one's actions, in the order of its sheet.
    """

    events: pa.Table
    names: tuple[str, ...]
    actions: tuple[tuple[str, ...], ...]

    @classmethod
    def from_tables(cls, scenario: Scenario, events: pa.Table, combatants: pa.Table) -> EventLog:
        """Return the log of a data set; `combatants` is as `tables.COMBATANTS`."""
        kinds = [*scenario.players, *(m for e in scenario.encounters for m in e.monsters)]
        actions = [tuple(a.name for a in kind.actions) for kind in kinds for _ in range(kind.count)]
        return cls(events, tuple(combatants["name"][: len(actions)].to_pylist()), tuple(actions))


@dataclass(frozen=True, slots=True)
class Divergence:
    """Where each of R runs goes differently in two logs.

    Attributes
    ----------
    at : (R,) int32 array
        Index within the run, from 0, of the first event that differs; -1 where none does. Where one
        run ends earlier, the index of the other's next event.
    encounter : (R,) uint8 array
    round : (R,) int16 array
        When that event is, in the run where it is earlier; round 0 is for initiative. Both are 0
        where `at` is -1.
    """

    at: npt.NDArray[np.int32]
    encounter: npt.NDArray[np.uint8]
    round: npt.NDArray[np.int16]


def first_differences(first: EventLog, second: EventLog, runs: int) -> Divergence:
    """Return where runs 0 to `runs` - 1 of two logs first differ.

    An event is the same in both when the same combatant acts in the same turn, by the same action,
    on the same target, with the same die and kind of result, and leaves the target at 0 hit points
    in both, or in neither after it lost or regained the same number. Combatants are the same by
    their place in the order of initiative rolls, actions by their name or, renamed, by their place
    among the renamed: names alone make no difference. Nor do totals and hit points left: an ogre
    with five more hit points fights the same fight until it lives on.

    Runs without a difference have the same outcome, survivors and encounter; only hit points left
    can differ, where those on the sheet do, and the rounds of a fight in which nobody acts.

    Parameters
    ----------
    first, second : EventLog
        With the events of all these runs.
    runs : int

    Returns
    -------
    Divergence
        The same whichever log comes first.
    """
    numbers = np.arange(runs + 1)
    starts = [np.searchsorted(_numbers(log.events["run"]), numbers) for log in (first, second)]
    found: list[Divergence] = []
    done = 0
    while done < runs or not found:
        # As many runs as fit, and one at least.
        fits = (np.searchsorted(start, start[done] + BLOCK_EVENTS, "right") for start in starts)
        end = min(runs, max(done + 1, min(fits) - 1))
        mine, other = (
            replace(log, events=log.events.slice(start[done], start[end] - start[done]))
            for log, start in zip((first, second), starts, strict=True)
        )
        found.append(_differences_of_block(mine, other, numbers[done : end + 1]))
        done = end
    return Divergence(
        *(np.concatenate([getattr(f, name) for f in found]) for name in Divergence.__slots__)
    )


def _differences_of_block(first: EventLog, second: EventLog, numbers: Ints) -> Divergence:
    """Return where runs first differ; `numbers` are theirs, and one more."""
    mine, other = _columns(first, first), _columns(second, first)
    start, start_other = (np.searchsorted(log["run"], numbers) for log in (mine, other))
    length, length_other = np.diff(start), np.diff(start_other)
    common = np.minimum(length, length_other)
    # Every event that has a counterpart, as its index within the run and in either table.
    first_of_run = np.concatenate(([0], np.cumsum(common)))
    index = np.arange(first_of_run[-1]) - np.repeat(first_of_run[:-1], common)
    here = index + np.repeat(start[:-1], common)
    there = index + np.repeat(start_other[:-1], common)
    differs = np.zeros(len(index), bool)
    for name in mine.keys() - {"run"}:
        differs |= mine[name][here] != other[name][there]
    at = np.where(length != length_other, common, -1).astype(np.int32)
    found = np.flatnonzero(differs)
    run_of = np.searchsorted(first_of_run, found, side="right") - 1
    earliest = np.flatnonzero(np.diff(run_of, prepend=-1))
    at[run_of[earliest]] = index[found[earliest]]
    place = np.minimum(
        _places(mine, start[:-1] + at, at < length),
        _places(other, start_other[:-1] + at, at < length_other),
    )
    place[at < 0] = 0
    return Divergence(at, (place >> 16).astype(np.uint8), (place & 0xFFFF).astype(np.int16))


def _places(log: dict[str, Ints], row: Ints, there: npt.NDArray[np.bool_]) -> Ints:
    """Return encounter and round of rows as one number that grows with time; endless if no row."""
    safe = np.where(there, row, 0)
    place = (log["encounter"][safe].astype(np.int64) << 16) + log["round"][safe]
    return np.where(there, place, np.iinfo(np.int64).max)


def _columns(log: EventLog, reference: EventLog) -> dict[str, Ints]:
    """Return what is compared, names as numbers that mean the same in `log` and `reference`."""
    events = log.events
    columns = {name: _numbers(events[name]) for name in ("run", *_COMPARED)}
    columns["down"] = _numbers(events["target_hp"]) == 0
    # Who goes down loses what was left, however hard the blow.
    columns["amount"] = np.where(columns["down"], 0, columns["amount"])
    for name, words in (("actor", log.names), ("target", log.names), ("kind", KINDS)):
        columns[name] = dictionary_codes(events[name], words)
    used = sorted({name for names in log.actions for name in names})
    # One row and one column more, which -1 finds: for who or what is null or unknown.
    places = np.full((len(log.names) + 1, len(used) + 1), _NULL, np.int16)
    for number, names in enumerate(log.actions):
        old = reference.actions[number] if number < len(reference.actions) else ()
        place = _paired_places(names, old)
        places[number, : len(used)] = [place.get(name, _NULL) for name in used]
    columns["action"] = places[columns["actor"], dictionary_codes(events["action"], used)]
    return columns


def _paired_places(names: Sequence[str], reference: Sequence[str]) -> dict[str, int]:
    """Return a creature's actions by their places in a reference; a renamed one takes the old's."""
    free = [place for place, name in enumerate(reference) if name not in names]
    free += range(len(reference), len(reference) + len(names))
    left_over = iter(free)
    known = {name: place for place, name in enumerate(reference)}
    return {name: known[name] if name in known else next(left_over) for name in names}


def _numbers(column: pa.ChunkedArray) -> Ints:
    """Return a column as integers, -1 for null."""
    if column.null_count:
        wide = column.cast(pa.int16()) if column.type == pa.uint8() else column
        column = wide.fill_null(_NULL)
    numbers: Ints = column.to_numpy()
    return numbers
