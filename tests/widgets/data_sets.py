"""Data sets with chosen results, made without the engine: its rules may change, these do not."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa

from dualslot_widgets.errors import DamagedSlotError
from dualslot_widgets.library.starter import starter_scenario
from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.results.metadata import Metadata
from dualslot_widgets.results.pairs.comparison_cache import Comparisons
from dualslot_widgets.results.table_source import TablesInMemory, TableSource
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.tables import SCHEMAS
from dualslot_widgets.widgets.parts.slots.slot_view import slot_views
from dualslot_widgets.widgets.protocol.results import SlotView

#: Names that are markup, quotes, or as long as a name may be; drawn as text wherever they appear.
HOSTILE = "<img src=x onerror=alert(1)>"
SCRIPT = "</script><script>alert(2)</script>"
QUOTED = "\"' onfocus='alert(3)' autofocus=\"&amp;{{4}}"
LONG = "🐉" * 50 + "w" * 50
STORED_AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def hostile_scenario() -> Scenario:
    """A duel in which every text that a scenario can hold is hostile."""
    attack = {"type": "attack", "attack_bonus": 5, "damage": "1d6"}
    return Scenario.from_dict(
        {
            "name": HOSTILE,
            "players": [
                {
                    "name": HOSTILE,
                    "level": 3,
                    "max_hp": 20,
                    "armor_class": 15,
                    "actions": [{**attack, "name": SCRIPT}],
                },
                {"name": QUOTED, "max_hp": 9, "armor_class": 12, "actions": []},
            ],
            "encounters": [
                {
                    "monsters": [
                        {
                            "name": f"{HOSTILE} 2",
                            "count": 3,
                            "max_hp": 7,
                            "armor_class": 13,
                            "actions": [{**attack, "name": QUOTED}],
                        }
                    ]
                },
                {"monsters": [{"name": LONG, "max_hp": 30_000, "armor_class": 0, "actions": []}]},
            ],
        }
    )


def played(
    scenario: Scenario | None = None,
    *,
    losses: int = 84,
    unresolved: int = 0,
    runs: int = 1005,
    metadata: Metadata | None = None,
) -> SimulationDataSet:
    """Return a data set in which the first runs are lost, then some unresolved, the others won."""
    scenario = scenario or starter_scenario()
    tables = _tables(scenario, runs, losses, unresolved)
    return SimulationDataSet(scenario, TablesInMemory(tables), metadata=metadata)


def stored(
    slot: int, generation: int, scenario: Scenario | None = None, **results: int
) -> SimulationDataSet:
    """Return such a data set as if it had been stored in a slot at a fixed time."""
    metadata = Metadata(
        timestamp=STORED_AT,
        slot=slot,
        generation=generation,
        generation_count=1 + generation % 2,
        file_path=Path("slot"),
        compressed_size=123_456 * generation,
    )
    return played(scenario, metadata=metadata, **results)


def views(
    slots: tuple[SimulationDataSet | None, SimulationDataSet | None],
    damage: tuple[str | None, str | None],
    newest: int | None,
    scenario: Scenario,
    barred: tuple[bool, bool] = (False, False),
) -> list[SlotView]:
    """Return what the dashboard shows of two slots."""
    compare = Comparisons().versus
    versus = (compare(*slots), compare(*slots[::-1]))
    return slot_views(slots, damage, newest, scenario, versus, barred)


class DamagedTables(TableSource):
    """A source of which no table has the bytes that were stored."""

    def table(self, name: str) -> pa.Table:
        raise DamagedSlotError(f"{name}.arrow does not have the bytes that were written")


def unreadable(slot: int, generation: int) -> SimulationDataSet:
    """Return a stored data set whose tables are all damaged."""
    metadata = Metadata(timestamp=STORED_AT, slot=slot, generation=generation, compressed_size=1)
    return SimulationDataSet(starter_scenario(), DamagedTables(), metadata=metadata)


def _tables(scenario: Scenario, runs: int, losses: int, unresolved: int) -> dict[str, pa.Table]:
    number = np.arange(runs)
    lost, stopped = number < losses, (number >= losses) & (number < losses + unresolved)
    people = [
        (f"{c.name} {i}" if c.count > 1 else c.name, side, c.max_hp)
        for side, kinds in (
            ("party", scenario.players),
            ("monsters", [m for e in scenario.encounters for m in e.monsters]),
        )
        for c in kinds
        for i in range(1, c.count + 1)
    ]
    start = np.array([hp for *_, hp in people])
    party = np.array([side == "party" for _, side, _ in people])
    # Later runs leave the party more; the losing side has nothing, and the winner at least one.
    share = (1 + number) / runs
    left = np.ceil(share[:, None] * start).astype(int)
    left[lost[:, None] & party] = 0
    left[~(lost | stopped)[:, None] & ~party] = 0
    standing = (left[:, party] > 0).sum(axis=1)
    party_hp, monster_hp = left[:, party].sum(axis=1), left[:, ~party].sum(axis=1)
    outcome = np.where(lost, "loss", np.where(stopped, "unresolved", "win"))
    fallen = np.where(party, "dying", "dead")
    each, n = len(people), runs * len(people)
    zero, flat = np.zeros(n, int), left.ravel()
    down = flat == 0
    columns = {
        "runs": {
            "run": number,
            "outcome": outcome,
            "score": 10_000 * standing + party_hp - monster_hp,
            "survivors": standing,
            "encounter": np.full(runs, len(scenario.encounters)),
            "rounds": 3 + number % 5,
            "party_hp": party_hp,
            "monster_hp": monster_hp,
        },
        "combatants": {
            "run": np.repeat(number, each),
            "combatant": np.tile(np.arange(each), runs),
            "name": np.tile([name for name, *_ in people], runs),
            "side": np.tile([side for _, side, _ in people], runs),
            "start_hp": np.tile(start, runs),
            "final_hp": flat,
            "state": np.where(down, np.tile(fallen, runs), "up"),
            **dict.fromkeys(
                ("damage_dealt", "damage_taken", "healing_done", "healing_received"), zero
            ),
            "went_down_encounter": pa.array(np.ones(n, int), mask=~down),
            "went_down_round": pa.array(1 + np.tile(np.arange(each), runs) % 3, mask=~down),
        },
    }
    tables = {
        name: pa.table(
            {field.name: pa.array(values[field.name]).cast(field.type) for field in SCHEMAS[name]}
        )
        for name, values in columns.items()
    }
    return tables | {name: SCHEMAS[name].empty_table() for name in SCHEMAS.keys() - tables.keys()}
