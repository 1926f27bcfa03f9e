"""What every honest data set of a scenario has, whatever was rolled: order, sums, bounds.

Each law here holds for whatever the engine plays (the tests try random scenarios), so that a file
which breaks one is refused even where its runs cannot be played again; and what is shown of a file
that keeps them all can be shown without a surprise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dualslot_widgets.results.agreement.disagreement import DisagreementError
from dualslot_widgets.results.agreement.pattern import Pattern
from dualslot_widgets.results.analysis.score import scores
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.tables import (
    KINDS,
    OUTCOMES,
    SCHEMAS,
    SIDES,
    STATES,
    dictionary_codes,
    numbers,
)

Ints = npt.NDArray[np.integer]
Flags = npt.NDArray[np.bool_]

#: What may be null. Elsewhere nothing may be missing.
_MAY_BE_NULL = {
    "combatants": ("went_down_encounter", "went_down_round"),
    "events": ("action", "roll", "total"),
}
#: Events that show a die, and events without an action.
_ROLLED = ("initiative", "recharge", "miss", "death_save")
_WITHOUT_ACTION = ("initiative", "death_save", "arrival", "endured", "legendary_resistance")
#: A traced choice; in no log that is kept.
_TRACED = "option"
# Rows of combatants that are looked at at once: what is reckoned of them is wider than they are.
_PIECE_ROWS = 1 << 20


def check_laws(scenario: Scenario, pattern: Pattern, tables: Mapping[str, pa.Table]) -> None:
    """Check tables whose number of rows was checked, and whose words are those of the pattern.

    Raises
    ------
    DisagreementError
        At the first law that is broken, with its table and run.
    """
    for name, table in tables.items():
        for column in SCHEMAS[name].names:
            if column not in _MAY_BE_NULL.get(name, ()) and table[column].null_count:
                raise DisagreementError(name, f"its column {column} has nothing in some rows")
    runs, each = _Runs(tables["runs"]), pattern.people.num_rows
    runs.laws.hold(runs.column["run"] == np.arange(len(runs)), "stands at the place of another")
    step = max(1, _PIECE_ROWS // each)
    for first in range(0, len(runs), step):
        rows = tables["combatants"].slice(first * each, step * each)
        piece = _Runs(tables["runs"].slice(first, step))
        _check_combatants(scenario, pattern, rows, piece)
        _check_downs(scenario, rows, piece, each)
    _check_runs(scenario, runs)
    if tables["events"].num_rows:
        _check_rounds(scenario, pattern, tables["rounds"], runs)
        _check_events(scenario, tables["events"], runs)


@dataclass(frozen=True, slots=True)
class _Laws:
    """The laws of one table, and each row's run for the message."""

    table: str
    run: Ints

    def hold(self, kept: Flags | bool, what: str) -> None:
        """Raise unless every row keeps a law."""
        if np.all(kept):
            return
        row = int(np.argmin(kept)) if np.ndim(kept) else 0
        raise DisagreementError(self.table, f"run {int(self.run[row])} {what}")


class _Runs:
    """The columns of the runs table as arrays; (R,) each."""

    def __init__(self, table: pa.Table) -> None:
        self.outcome = dictionary_codes(table["outcome"], OUTCOMES)
        self.column = {n: numbers(table[n]) for n in SCHEMAS["runs"].names if n != "outcome"}
        self.laws = _Laws("runs", self.column["run"])

    def __len__(self) -> int:
        return len(self.outcome)


def _check_runs(scenario: Scenario, runs: _Runs) -> None:
    hold, column = runs.laws.hold, runs.column
    fights, rounds = column["encounter"], column["rounds"]
    last, most = len(scenario.encounters), scenario.settings.max_rounds
    hold((fights >= 1) & (fights <= last), "ends in an encounter that there is not")
    played = fights.astype(np.int32)
    hold((rounds >= played) & (rounds <= played * most), "has another number of rounds than it can")
    win, unresolved = (runs.outcome == OUTCOMES.index(word) for word in ("win", "unresolved"))
    hold(~win | (fights == last), "is won before its last encounter")
    hold(~unresolved | (rounds >= most), "is unresolved before the last round")


def _check_combatants(scenario: Scenario, pattern: Pattern, table: pa.Table, runs: _Runs) -> None:
    count, each = len(runs), pattern.people.num_rows
    laws = _Laws("combatants", numbers(table["run"]))
    hold = laws.hold
    hold(laws.run == np.repeat(runs.column["run"], each), "is not where it belongs")
    for name in ("combatant", "name", "side"):
        found, expected = (_codes(t[name], pattern, name) for t in (table, pattern.people))
        hold(found == np.tile(expected, count), "has not the scenario's combatants in their order")
    start, final = (numbers(table[name]).astype(np.int32) for name in ("start_hp", "final_hp"))
    if scenario.settings.hit_points == "average":
        expected = numbers(pattern.people["start_hp"])
        hold(start == np.tile(expected, count), "starts somebody with other hit points")
    hold((start >= 1) & (final >= 0) & (final <= start), "has impossible hit points")
    tally = [
        numbers(table[name])
        for name in ("damage_taken", "healing_received", "damage_dealt", "healing_done")
    ]
    for column in tally:
        hold(column >= 0, "has damage or healing below 0")
    left = start - tally[0].astype(np.int64) + tally[1]
    hold(left == final, "has hit points left that damage and healing do not come to")
    state = dictionary_codes(table["state"], STATES)
    stands = (state == STATES.index("up")) | (state == STATES.index("waiting"))
    hold(stands == (final > 0), "has a state that does not go with its hit points")
    _check_sums(runs, table, final.reshape(count, each), pattern)


def _check_sums(runs: _Runs, table: pa.Table, hp: Ints, pattern: Pattern) -> None:
    """Check what a run says of all its combatants together."""
    party = dictionary_codes(pattern.people["side"], SIDES) == SIDES.index("party")
    column, hold = runs.column, runs.laws.hold
    hold(column["survivors"] == (hp[:, party] > 0).sum(axis=1), "counts other survivors")
    hold(column["party_hp"] == hp[:, party].sum(axis=1), "has another sum of the party's points")
    hold(column["monster_hp"] == hp[:, ~party].sum(axis=1), "has another sum of monsters' points")
    score = scores(column["survivors"].astype(np.int64), column["party_hp"], column["monster_hp"])
    hold(column["score"] == score, "has another score")
    dealt, taken = (
        numbers(table[name]).reshape(hp.shape).sum(axis=1, dtype=np.int64)
        for name in ("damage_dealt", "damage_taken")
    )
    hold(dealt == taken, "deals other damage than is taken")


def _check_downs(scenario: Scenario, table: pa.Table, runs: _Runs, each: int) -> None:
    hold = _Laws("combatants", numbers(table["run"])).hold
    fight, when = (table[name].combine_chunks().fill_null(0) for name in _MAY_BE_NULL["combatants"])
    never = [table[name].combine_chunks().is_null() for name in _MAY_BE_NULL["combatants"]]
    gone = ~np.asarray(never[0])
    hold(np.asarray(never[0]) == np.asarray(never[1]), "says half of when somebody went down")
    fights, rounds = numbers(fight), numbers(when)
    last = np.repeat(runs.column["encounter"], each)
    hold(~gone | ((fights >= 1) & (fights <= last)), "has somebody down in no encounter of it")
    most = scenario.settings.max_rounds
    hold(~gone | ((rounds >= 0) & (rounds <= most)), "has somebody down in no round of it")


def _check_rounds(scenario: Scenario, pattern: Pattern, table: pa.Table, runs: _Runs) -> None:
    laws = _Laws("rounds", numbers(table["run"]))
    hold = laws.hold
    expected = runs.column["rounds"]
    if table.num_rows != expected.sum(dtype=np.int64):
        raise DisagreementError("rounds", "it has another number of rounds than the runs")
    hold(laws.run == np.repeat(runs.column["run"], expected), "has another number of rounds")
    fight, when = numbers(table["encounter"]).astype(np.int32), numbers(table["round"])
    first = np.diff(laws.run, prepend=-1) != 0
    after, later = np.diff(fight, prepend=0), np.diff(when.astype(np.int32), prepend=0)
    goes_on = (after == 0) & (later == 1) & ~first
    begins = (when == 1) & np.where(first, fight == 1, after == 1)
    hold(goes_on | begins, "has rounds in another order than they are played in")
    hold(when <= scenario.settings.max_rounds, "has more rounds than may be")
    last = np.cumsum(expected) - 1
    runs.laws.hold(fight[last] == runs.column["encounter"], "ends in another encounter")
    party = numbers(pattern.people["combatant"])
    for name in ("party_up", "monsters_up"):
        hold(numbers(table[name]) <= len(party), "has more combatants up than there are")
    for name in ("party_hp", "monster_hp"):
        hold(numbers(table[name]) >= 0, "has hit points below 0")


def _check_events(scenario: Scenario, table: pa.Table, runs: _Runs) -> None:
    laws = _Laws("events", numbers(table["run"]))
    hold, run = laws.hold, laws.run
    hold((run >= 0) & (run < len(runs)), "is none of the runs")
    hold(np.diff(run, prepend=run[:1]) >= 0, "has events that stand behind those of later runs")
    kept = np.bincount(run, minlength=len(runs)) > 0
    runs.laws.hold(kept, "has no events, and others have")
    kind = dictionary_codes(table["kind"], KINDS)
    hold(kind != KINDS.index(_TRACED), f"has an event of the kind {_TRACED}, which no log keeps")
    fight, when = numbers(table["encounter"]), numbers(table["round"])
    last = runs.column["encounter"][run]
    hold((fight >= 1) & (fight <= last), "has an event in no encounter of it")
    hold((when >= 0) & (when <= scenario.settings.max_rounds), "has an event in no round of it")
    time = (fight.astype(np.int32) << 16) + when
    hold((np.diff(time, prepend=0) >= 0) | (np.diff(run, prepend=-1) > 0), "goes back in time")
    hold(numbers(table["amount"]) >= 0, "has an event with an amount below 0")
    hp = numbers(table["target_hp"])
    hold(hp >= 0, "has an event that leaves hit points below 0")
    missing = {n: np.asarray(table[n].combine_chunks().is_null()) for n in _MAY_BE_NULL["events"]}
    rolled, bare = (
        np.isin(kind, [KINDS.index(word) for word in words]) for words in (_ROLLED, _WITHOUT_ACTION)
    )
    hold(~rolled | ~missing["roll"], "has an event without the die that was rolled")
    hold(bare | ~missing["action"], "has an event without its action")
    saved = (kind == KINDS.index("save_made")) | (kind == KINDS.index("save_failed"))
    hold(~saved | missing["roll"] | ~missing["total"], "has an event without its total")


def _codes(column: pa.ChunkedArray, pattern: Pattern, name: str) -> Ints:
    words = pattern.words["combatants"].get(name)
    return numbers(column) if words is None else dictionary_codes(column, words.to_pylist())
