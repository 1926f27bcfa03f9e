"""Turns a scenario into the flat arrays that the kernels read.

Dtypes and sizes are the same for every scenario, so that the kernels compile once.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np
import numpy.typing as npt

from dualslot_widgets.engine.encoded import codes
from dualslot_widgets.engine.encoded.codes import IDLE, MONSTERS, NONE, PARTY, ROUTINE, WEIGHS
from dualslot_widgets.engine.encoded.columns import (
    ACTION_ROW,
    COMBATANT_ROW,
    EFFECT_ROW,
    RIDER_ROW,
    TERM_ROW,
    Row,
    column_arrays,
)
from dualslot_widgets.engine.encoded.creature_rows import CreatureRows
from dualslot_widgets.engine.encoded.expectations import expectations
from dualslot_widgets.engine.encoded.row_tables import RowTables, defences
from dualslot_widgets.scenario.creature import POSITIONS, TARGETING, Creature
from dualslot_widgets.scenario.effects import ABILITIES, CONDITIONS
from dualslot_widgets.scenario.scenario import Scenario

Int32s = npt.NDArray[np.int32]
Arrays = dict[str, npt.NDArray[Any]]

#: What a role weighs harm, control, help and buffs with.
ROLE_WEIGHTS = {
    "striker": (1.0, 1.0, 1.0, 1.0),
    "controller": (0.9, 1.3, 0.9, 1.0),
    "healer": (0.9, 0.9, 1.5, 1.1),
    "brute": (1.2, 0.5, 0.5, 0.5),
    "dragon": (1.2, 0.7, 0.5, 0.5),
}
#: How many of its `targets` an area catches.
SPREAD = {"loose": 0.5, "normal": 1.0, "tight": 1.5}
RESTS_BEFORE = {None: NONE, "short_rest": codes.SHORT_REST, "long_rest": codes.LONG_REST}
SURPRISED = {None: NONE, "party": PARTY, "monsters": MONSTERS}


@dataclass(frozen=True)
class EncodedScenario:
    """A scenario ready to be played.

    Attributes
    ----------
    arrays : dict of str to array
        Fields of the world and what they hold; int64 or float64.
    names : tuple of str
        The N combatants: party first, then the monsters, encounter by encounter.
    action_names : tuple of str
        What the kernels' name indices mean: actions, riders, effects.
    sides : (N,) int8 array
        0 for the party, 1 for monsters.
    encounters : int
        How many there are.
    max_rounds : int
    """

    arrays: Arrays
    names: tuple[str, ...]
    action_names: tuple[str, ...]
    sides: npt.NDArray[np.int8]
    encounters: int
    max_rounds: int


def encode(scenario: Scenario) -> EncodedScenario:
    """Return the flat arrays of a scenario."""
    kinds: list[tuple[Creature, int, int]] = [(c, PARTY, 0) for c in scenario.players]
    for number, encounter in enumerate(scenario.encounters, start=1):
        kinds += [(creature, MONSTERS, number) for creature in encounter.monsters]
    tables = RowTables()
    rows = [CreatureRows(creature, tables) for creature, _, _ in kinds]
    spread = SPREAD[scenario.settings.spread]
    for action in tables.actions:
        if action["area"]:
            action["targets"] = max(1, ceil(action["targets"] * spread))
    combatants: list[Row] = []
    multiattacks: list[int] = []
    saves: list[tuple[int, ...]] = []
    counts: list[int] = []
    for number, ((creature, side, fight), own) in enumerate(zip(kinds, rows, strict=True)):
        row = _combatant(creature, own)
        row |= {"side": side, "encounter": fight, "kind": number}
        row["first_multi"] = len(multiattacks)
        multiattacks += own.multiattack
        row["end_multi"] = len(multiattacks)
        combatants += [row] * creature.count
        saves += [creature.saving_throws] * creature.count
        counts.append(creature.count)
    arrays: Arrays = {
        **column_arrays("c", COMBATANT_ROW, combatants),
        **column_arrays("a", ACTION_ROW, tables.actions),
        **column_arrays("r", RIDER_ROW, tables.riders),
        **column_arrays("e", EFFECT_ROW, tables.effects),
        **column_arrays("t", TERM_ROW, tables.terms),
        "saves": np.array(saves, np.int64),
        "pools": _pools(rows),
        "multiattacks": np.array(multiattacks, np.int64),
        "condition_bits": np.array([codes.CONDITION_BITS[c] for c in CONDITIONS], np.int64),
        "rests": np.array(
            [RESTS_BEFORE[encounter.rest] for encounter in scenario.encounters], np.int64
        ),
        "surprised": np.array(
            [SURPRISED[encounter.surprised] for encounter in scenario.encounters], np.int64
        ),
    }
    kind_of = arrays["c_kind"]
    worth = expectations([creature for creature, _, _ in kinds], rows, tables)
    arrays |= {name: worth[name] for name in worth if not name.startswith("kind_")}
    arrays["output"] = worth["kind_output"][kind_of]
    arrays["swings"] = worth["kind_swings"][kind_of]
    arrays["weights"] = np.array(
        [ROLE_WEIGHTS[kinds[kind][0].role] for kind in kind_of], np.float64
    )
    arrays["count"] = _count(scenario, arrays, len(kinds))
    return EncodedScenario(
        arrays=arrays,
        names=_instance_names([creature for creature, _, _ in kinds]),
        action_names=tuple(tables.names),
        sides=arrays["c_side"].astype(np.int8),
        encounters=len(scenario.encounters),
        max_rounds=scenario.settings.max_rounds,
    )


def _combatant(creature: Creature, own: CreatureRows) -> Row:
    """Return the columns of one combatant, as far as its sheet says them."""
    regeneration, dice = creature.regeneration, creature.hit_dice
    actions = own.tables.actions[own.first_action : own.end_action]
    row = COMBATANT_ROW | {
        "max_hp": creature.max_hp,
        "armor": creature.armor_class,
        "initiative": creature.initiative_bonus,
        "targeting": TARGETING.index(creature.targeting),
        "position": POSITIONS.index(creature.position),
        "arrives": creature.arrives,
        "first_action": own.first_action,
        "end_action": own.end_action,
        "first_rider": own.first_rider,
        "end_rider": own.end_rider,
        "resist": defences(creature.resistances),
        "immune": defences(creature.immunities),
        "vulnerable": defences(creature.vulnerabilities),
        "conditions": sum(1 << CONDITIONS.index(c) for c in creature.condition_immunities),
        "steady": sum(1 << CONDITIONS.index(c) for c in creature.condition_advantage),
        "absorbs": defences(creature.absorbs),
        "threshold": creature.damage_threshold,
        "relentless": creature.relentless,
        "relentless_pool": own.relentless_pool,
        "resistance_pool": own.resistance_pool,
        "regeneration": regeneration.hp if regeneration else 0,
        "stopped_by": defences(regeneration.stopped_by) if regeneration else 0,
        "revives": int(regeneration.revives) if regeneration else 0,
        "legendary": creature.legendary_actions,
        "lair": int(any(action["time"] == codes.LAIR for action in actions)),
        "pools": len(own.pools),
        "dice_count": dice.count if dice else 0,
        "dice_sides": dice.sides if dice else 1,
        "dice_bonus": dice.bonus if dice else 0,
        "times": sum({1 << action["time"] for action in actions}),
        "recharges": int(any(pool["recharge"] for pool in own.pools)),
        "bits": _bits(creature, actions),
    }
    row["main"], row["simple"] = _habits(own, actions)
    return row


def _habits(own: CreatureRows, actions: list[Row]) -> tuple[int, int]:
    """Return what somebody does with one more attack, and what it does if it need not choose."""
    at_will = [
        number
        for number, action in enumerate(actions, start=own.first_action)
        if action["pool"] == NONE and action["time"] == codes.ACTION
        and action["kind"] in (codes.ATTACK, codes.SAVE)
    ]  # fmt: skip
    # What comes by itself is not chosen.
    chosen = [action for action in actions if action["time"] < codes.START]
    weapons = [n for n in at_will if own.tables.actions[n]["kind"] == codes.ATTACK]
    first = own.multiattack[0] if own.multiattack else NONE
    main = first if first in weapons else weapons[0] if weapons else IDLE
    if own.multiattack and len(weapons) == len(chosen):
        return main, ROUTINE
    if len(at_will) == len(chosen) <= 1:
        return main, at_will[0] if at_will else IDLE
    return main, WEIGHS


def _bits(creature: Creature, actions: list[Row]) -> int:
    bits = 0
    for trait in creature.traits:
        bits |= codes.TRAIT_BITS[trait]
    for ability in creature.save_advantage:
        bits |= 1 << codes.SAVE_ADVANTAGE + ABILITIES.index(ability)
    for action in actions:
        if action["time"] == codes.REACTION:
            if action["kind"] == codes.DEFEND:
                bits |= codes.DEFENDS
            elif action["kind"] == codes.COUNTER:
                bits |= codes.COUNTERS
            else:
                bits |= codes.RETALIATES
    return bits


def _pools(rows: list[CreatureRows]) -> npt.NDArray[np.int64]:
    """Return (creatures * MAX_POOLS, 4), columns `codes.POOL_COLUMNS`."""
    table = np.zeros((len(rows), codes.MAX_POOLS, 4), np.int64)
    for number, own in enumerate(rows):
        for pool, row in enumerate(own.pools):
            table[number, pool] = [row[column] for column in codes.POOL_COLUMNS]
    return table.reshape(-1, 4)


def _count(scenario: Scenario, arrays: Arrays, kinds: int) -> npt.NDArray[np.int64]:
    count = np.zeros(codes.COUNTS, np.int64)
    count[codes.SIZE] = len(arrays["c_side"])
    count[codes.KINDS_OF_CREATURES] = kinds
    count[codes.ROLLED_HP] = scenario.settings.hit_points == "rolled"
    count[codes.LEGENDS] = (arrays["c_legendary"] > 0).sum()
    count[codes.WAVES] = (arrays["c_arrives"] > 1).any()
    count[codes.AURAS] = (arrays["c_times"] >> codes.AURA & 1).any()
    count[codes.STARTS] = (arrays["c_times"] >> codes.START & 1).any()
    count[codes.REACTIVES] = (arrays["c_bits"] & codes.REACTIVE != 0).any()
    return count


def _instance_names(creatures: list[Creature]) -> tuple[str, ...]:
    """Name every combatant once: "Ogre", "Goblin 1", "Goblin 2"."""
    total: dict[str, int] = {}
    for creature in creatures:
        total[creature.name] = total.get(creature.name, 0) + creature.count
    taken = {name for name, count in total.items() if count == 1}
    names: list[str] = []
    number: dict[str, int] = {}
    for creature in creatures:
        for _ in range(creature.count):
            name = creature.name
            if total[name] > 1:
                while True:
                    number[creature.name] = number.get(creature.name, 0) + 1
                    name = f"{creature.name} {number[creature.name]}"
                    if name not in taken:
                        break
                taken.add(name)
            names.append(name)
    return tuple(names)
