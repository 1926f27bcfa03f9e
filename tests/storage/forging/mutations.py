"""What a forger may do to a result: each kind of change by name, with chosen randomness."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa

from dualslot_widgets.tables import SCHEMAS
from tests.storage.forging.cases import SCENARIOS, Forgery, honest

Mutation = Callable[[random.Random, Forgery], None]
MUTATIONS: dict[str, Mutation] = {}

_VALUES: tuple[Any, ...] = (
    *(None, True, 0, 1, -1, 2**31, 2**53, 10**30, 1e308, 0.5, "", "x", "<b>", "\u202e", "a" * 5000),
    *([], {}, [1], {"a": 1}, [[[]]], "2026-01-02T03:04:05+00:00", "2026-01-02T03:04:05", "0" * 64),
)


def mutation(change: Mutation) -> Mutation:
    MUTATIONS[change.__name__] = change
    return change


def _values(table: pa.Table) -> dict[str, list[Any]]:
    return {name: table[name].to_pylist() for name in table.column_names}


def _table(name: str, values: dict[str, list[Any]]) -> pa.Table:
    """A table of values; words that no dictionary had are words now."""
    return pa.table(
        {
            field.name: pa.array(values[field.name], _plain(field.type)).cast(field.type)
            for field in SCHEMAS[name]
        },
        schema=SCHEMAS[name],
    )


def _plain(kind: pa.DataType) -> pa.DataType:
    return pa.string() if pa.types.is_dictionary(kind) else kind


def _other_value(dice: random.Random, kind: pa.DataType, value: Any, column: list[Any]) -> Any:
    if pa.types.is_dictionary(kind):
        return dice.choice([*dict.fromkeys(column), "<script>", "", None, "miss", "win"])
    info = np.iinfo(kind.to_pandas_dtype())
    near = [] if value is None else [value - 1, value + 1, -value, value // 2]
    choices = [*near, 0, 1, int(info.min), int(info.max), None, dice.choice(column)]
    found = dice.choice(choices)
    return found if found is None or info.min <= found <= info.max else 0


def _change_cells(dice: random.Random, forged: Forgery, count: int) -> None:
    name = dice.choice([name for name in SCHEMAS if forged.tables[name].num_rows])
    values = _values(forged.tables[name])
    for _ in range(count):
        field = dice.choice(list(SCHEMAS[name]))
        column = values[field.name]
        row = dice.randrange(len(column))
        column[row] = _other_value(dice, field.type, column[row], column)
    forged.tables[name] = _table(name, values)


@mutation
def one_cell(dice, forged):
    _change_cells(dice, forged, 1)


@mutation
def some_cells(dice, forged):
    for _ in range(dice.randint(1, 3)):
        _change_cells(dice, forged, dice.randint(2, 9))


@mutation
def a_run_told_otherwise(dice, forged):
    """A whole run changed so that all sums go with it: what only playing it again can tell."""
    runs, people = (_values(forged.tables[name]) for name in ("runs", "combatants"))
    run = dice.randrange(len(runs["run"]))
    rows = [row for row, number in enumerate(people["run"]) if number == run]
    standing = [r for r in rows if people["final_hp"][r] > 1 and people["side"][r] == "party"]
    foes = [r for r in rows if people["side"][r] == "monsters" and people["start_hp"][r] > 1]
    if not standing:
        _change_cells(dice, forged, 1)
        return
    row, foe = dice.choice(standing), dice.choice(foes)
    lost = dice.randint(1, people["final_hp"][row] - 1)
    people["final_hp"][row] -= lost
    people["damage_taken"][row] += lost
    people["damage_dealt"][foe] += lost
    runs["party_hp"][run] -= lost
    runs["score"][run] -= lost
    forged.tables["runs"] = _table("runs", runs)
    forged.tables["combatants"] = _table("combatants", people)
    if dice.random() < 0.7:
        logs_left_out(dice, forged)


def _renumbered(table: pa.Table, name: str, order: dict[int, int]) -> pa.Table:
    values = _values(table)
    number = [order.get(run, run) for run in values["run"]]
    rows = sorted(range(len(number)), key=lambda row: number[row])
    values["run"] = number
    return _table(name, {key: [column[r] for r in rows] for key, column in values.items()})


@mutation
def two_runs_swapped(dice, forged):
    count = forged.tables["runs"].num_rows
    one, other = dice.randrange(count), dice.randrange(count)
    names = list(SCHEMAS) if dice.random() < 0.5 else [dice.choice(list(SCHEMAS))]
    for name in names:
        table = forged.tables[name]
        forged.tables[name] = _renumbered(table, name, {one: other, other: one})


@mutation
def rows_taken_twice_or_moved(dice, forged):
    name = dice.choice(list(SCHEMAS))
    table = forged.tables[name]
    rows = list(range(table.num_rows))
    if not rows:
        return
    at = dice.randrange(len(rows))
    match dice.randrange(5):
        case 0:
            rows.insert(at, dice.choice(rows))
        case 1:
            del rows[at]
        case 2:
            rows[at] = dice.choice(rows)
        case 3:
            dice.shuffle(rows)
        case _:
            del rows[at:]
    forged.tables[name] = table.take(pa.array(rows, pa.int64()))
    if dice.random() < 0.3:
        forged.rows[name] = table.num_rows


@mutation
def a_combatant_left_out(dice, forged):
    table = forged.tables["combatants"]
    each = table.num_rows // forged.tables["runs"].num_rows
    gone = dice.randrange(each)
    keep = [row for row in range(table.num_rows) if row % each != gone]
    forged.tables["combatants"] = table.take(pa.array(keep, pa.int64()))


@mutation
def combatants_in_another_order(dice, forged):
    table = forged.tables["combatants"]
    each = table.num_rows // forged.tables["runs"].num_rows
    order = dice.sample(range(each), each)
    rows = [row - row % each + order[row % each] for row in range(table.num_rows)]
    forged.tables["combatants"] = table.take(pa.array(rows, pa.int64()))


@mutation
def another_dictionary(dice, forged):
    name, column = dice.choice(
        [(n, f.name) for n in SCHEMAS for f in SCHEMAS[n] if pa.types.is_dictionary(f.type)]
    )
    table = forged.tables[name]
    if not table.num_rows:
        return
    whole = table[column].combine_chunks()
    words, keys = whole.dictionary.to_pylist(), whole.indices
    match dice.randrange(5):
        case 0:
            words[dice.randrange(len(words))] = dice.choice(("Sauron", "<b>", "", "win", "a" * 999))
        case 1:
            words.append(dice.choice(("Sauron", words[0], "loss")))
        case 2:
            dice.shuffle(words)
        case 3:
            words[dice.randrange(len(words))] = None
        case _:  # the same words in another order, and the same values
            order = dice.sample(range(len(words)), len(words))
            place = {old: new for new, old in enumerate(order)}
            words = [words[old] for old in order]
            moved = [None if k is None else place[k] for k in keys.to_pylist()]
            keys = pa.array(moved, keys.type)
    new = pa.DictionaryArray.from_arrays(keys, pa.array(words, pa.string()))
    at = table.schema.get_field_index(column)
    forged.tables[name] = table.set_column(at, SCHEMAS[name].field(column), new)


@mutation
def logs_left_out(dice, forged):
    names = ("rounds", "events") if dice.random() < 0.8 else (dice.choice(("rounds", "events")),)
    for name in names:
        forged.tables[name] = SCHEMAS[name].empty_table()


@mutation
def fewer_runs(dice, forged):
    """The first runs of more are honest; the last ones, renumbered, are not."""
    count = forged.tables["runs"].num_rows
    keep = dice.randint(1, count)
    gone = 0 if dice.random() < 0.5 else count - keep
    for name, table in forged.tables.items():
        values = _values(table)
        rows = [row for row, run in enumerate(values["run"]) if gone <= run < gone + keep]
        values = {key: [column[r] for r in rows] for key, column in values.items()}
        values["run"] = [run - gone for run in values["run"]]
        forged.tables[name] = _table(name, values)
    forged.content["scenario"]["settings"]["runs"] = keep
    forged.sign_parameters()


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every key and index of a JSON value, with what holds it."""
    found: list[tuple[Any, Any]] = []
    keys = list(value) if isinstance(value, dict) else range(len(value))
    for key in keys:
        found.append((value, key))
        if isinstance(value[key], (dict, list)):
            found += _places(value[key])
    return found


@mutation
def another_scenario(dice, forged):
    holder, key = dice.choice(_places(forged.content["scenario"]))
    old = holder[key]
    if isinstance(old, int) and not isinstance(old, bool):
        holder[key] = old + dice.choice((-1, 1, 5))
    elif isinstance(old, str):
        holder[key] = dice.choice((old + " II", old.upper(), "1d4", "dex"))
    elif isinstance(old, list) and old:
        holder[key] = dice.choice((old[::-1], old[:-1], [*old, old[0]]))
    else:
        holder[key] = dice.choice(_VALUES)
    if dice.random() < 0.8:
        forged.sign_parameters()


@mutation
def another_seed(dice, forged):
    forged.content["scenario"]["settings"]["seed"] = dice.randrange(2**53)
    if dice.random() < 0.8:
        forged.sign_parameters()


@mutation
def tables_of_another_scenario(dice, forged):
    other = honest(dice.choice(list(SCENARIOS)))
    names = list(SCHEMAS) if dice.random() < 0.5 else dice.sample(list(SCHEMAS), 2)
    for name in names:
        forged.tables[name] = getattr(other, name)


@mutation
def any_json_anywhere(dice, forged):
    holder, key = dice.choice(_places(forged.content))
    if dice.random() < 0.2:
        del holder[key]
    else:
        holder[key] = dice.choice(_VALUES)


@mutation
def another_key(dice, forged):
    holders = [forged.content, *(h for h, _ in _places(forged.content) if isinstance(h, dict))]
    dice.choice(holders)[dice.choice(("surprise", "rules_version", "origin"))] = dice.choice(
        _VALUES
    )


@mutation
def an_origin_that_claims_to_be_checked(dice, forged):
    forged.content["origin"] = {
        "file": dice.choice(("home.dualslot", "\u202e", "a" * 121, 7)),
        "imported": dice.choice(("2026-01-02T03:04:05+00:00", "2026-01-02", None)),
        "played_again": dice.choice((1005, 0, -1, True, 10**9)),
        "doubt": dice.choice(("", "none", "x" * 301)),
    }


@mutation
def older_rules(dice, forged):
    forged.sign_parameters(dice.choice((1, 3, 1, 1, 0, 10**6, 10**6 + 1)))


@mutation
def sizes_without_measure(dice, forged):
    match dice.randrange(3):
        case 0:
            name = dice.choice(list(SCHEMAS))
            forged.rows[name] = dice.choice((0, 1, 2**31, 2**53, 10**9, 10**7))
        case 1:
            settings = forged.content["scenario"]["settings"]
            settings[dice.choice(("runs", "max_rounds"))] = dice.choice((1, 1000, 10**6, 10**7))
            forged.sign_parameters()
        case _:
            settings = forged.content["scenario"]["settings"]
            settings["runs"] = runs = dice.choice((10**5, 10**6))
            forged.rows["runs"] = runs
            forged.sign_parameters()


@mutation
def bytes_of_a_table(dice, forged):
    places = [(dice.random(), dice.randrange(256)) for _ in range(dice.choice((1, 1, 2, 5)))]
    forged.bytes[dice.choice(list(SCHEMAS))] = places


@mutation
def another_analysis(dice, forged):
    holder, key = dice.choice(_places(forged.analysis))
    holder[key] = dice.choice(_VALUES)


def forge(dice: random.Random, name: str) -> tuple[Forgery, tuple[str, ...]]:
    """Return an honest result with one change, or some, and their names."""
    forged = Forgery.of(name)
    kinds = list(MUTATIONS)
    chosen = [dice.choice(kinds)]
    if dice.random() < 0.15:
        chosen.append(dice.choice(kinds))
    if dice.random() < 0.06:
        chosen.append("older_rules")
    done = []
    for kind in chosen:
        before = json.dumps(forged.content, default=str)
        try:
            MUTATIONS[kind](dice, forged)
        except (LookupError, TypeError, AttributeError, ValueError, ArithmeticError):
            if not done:
                raise
            forged.content = json.loads(before)  # no second change where the first left nothing
        done.append(kind)
    return forged, tuple(done)
