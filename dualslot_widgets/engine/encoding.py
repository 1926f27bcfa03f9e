"""Turns a scenario into the flat arrays that the kernels read.

First room of the engine floor. One set of dtypes for every scenario, so that the kernels compile
once. Damage terms are sorted by type, so that the terms of one type stand side by side and
resistance can be applied once per type.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dualslot_widgets.scenario.actions import Action, Attack, Heal, Save
from dualslot_widgets.scenario.creature import TARGETING, Creature
from dualslot_widgets.scenario.dice import DAMAGE_TYPES, DamageTerm
from dualslot_widgets.scenario.effects import ABILITIES
from dualslot_widgets.scenario.scenario import Scenario

Int32s = npt.NDArray[np.int32]

ATTACK, SAVE, HEAL = 0, 1, 2
PARTY, MONSTERS = 0, 1
RESISTANT, IMMUNE, VULNERABLE = 1, 2, 4
#: A die of an attack's bonus or of untyped damage resists nothing: type 0.
TYPE_CODES = {"": 0} | {kind: code for code, kind in enumerate(DAMAGE_TYPES, start=1)}


class Arrays(NamedTuple):
    """The scenario as the kernels see it; int32 unless said, N combatants, A actions, T terms.

    Attributes
    ----------
    combatants : (N, 12) array
        Columns `C_*` below.
    saves : (N, 6) array
        Saving throw bonuses by ability.
    defences : (N, 14) array
        Bits RESISTANT, IMMUNE, VULNERABLE by damage type.
    actions : (A, 13) array
        Columns `A_*` below, the actions of one creature side by side.
    terms : (T, 4) array
        count, sides, bonus, type.
    multiattacks : (M,) array
        Indices into `actions`.
    output : (N,) float64 array
        Average damage of the at-will routine: who is the most dangerous.
    """

    combatants: Int32s
    saves: Int32s
    defences: Int32s
    actions: Int32s
    terms: Int32s
    multiattacks: Int32s
    output: npt.NDArray[np.float64]


C_SIDE, C_ENCOUNTER, C_MAX_HP, C_AC, C_INITIATIVE, C_TARGETING = range(6)
C_FIRST_ACTION, C_END_ACTION, C_FIRST_MULTI, C_END_MULTI = range(6, 10)
C_WIDTH = 10

A_KIND, A_BONUS, A_CRITICAL, A_ADVANTAGE, A_ABILITY, A_HALF, A_TARGETS = range(7)
A_RECHARGE, A_USES, A_FIRST_TERM, A_END_TERM, A_NAME = range(7, 12)
A_WIDTH = 12


@dataclass(frozen=True)
class EncodedScenario:
    """A scenario ready to be played.

    Attributes
    ----------
    arrays : Arrays
    names : tuple of str
        Of the N combatants: party first, then the monsters, encounter by encounter.
    action_names : tuple of str
        What the kernels' action name indices mean.
    sides : (N,) int8 array
        0 for the party, 1 for monsters.
    max_hp : (N,) int16 array
    encounters : int
        How many.
    seed, runs, max_rounds : int
    """

    arrays: Arrays
    names: tuple[str, ...]
    action_names: tuple[str, ...]
    sides: npt.NDArray[np.int8]
    max_hp: npt.NDArray[np.int16]
    encounters: int
    seed: int
    runs: int
    max_rounds: int


def encode(scenario: Scenario) -> EncodedScenario:
    """Return the flat arrays of a scenario."""
    kinds: list[tuple[Creature, int, int]] = [(c, PARTY, 0) for c in scenario.players]
    for number, encounter in enumerate(scenario.encounters, start=1):
        kinds += [(creature, MONSTERS, number) for creature in encounter.monsters]
    rows = _Rows()
    for creature, side, encounter_number in kinds:
        rows.add(creature, side, encounter_number)
    combatants = _table(rows.combatants, C_WIDTH)
    return EncodedScenario(
        arrays=Arrays(
            combatants=combatants,
            saves=_table(rows.saves, len(ABILITIES)),
            defences=_table(rows.defences, len(TYPE_CODES)),
            actions=_table(rows.actions, A_WIDTH),
            terms=_table(rows.terms, 4),
            multiattacks=np.array(rows.multiattacks, np.int32),
            output=np.array(rows.output, np.float64),
        ),
        names=_instance_names([creature for creature, _, _ in kinds]),
        action_names=tuple(rows.names),
        sides=combatants[:, C_SIDE].astype(np.int8),
        max_hp=combatants[:, C_MAX_HP].astype(np.int16),
        encounters=len(scenario.encounters),
        seed=scenario.settings.seed,
        runs=scenario.settings.runs,
        max_rounds=scenario.settings.max_rounds,
    )


class _Rows:
    """The arrays while they grow; actions are shared by all combatants of one creature."""

    def __init__(self) -> None:
        self.combatants: list[list[int]] = []
        self.saves: list[tuple[int, ...]] = []
        self.defences: list[list[int]] = []
        self.actions: list[list[int]] = []
        self.terms: list[tuple[int, int, int, int]] = []
        self.multiattacks: list[int] = []
        self.output: list[float] = []
        self.names: dict[str, int] = {}

    def add(self, creature: Creature, side: int, encounter: int) -> None:
        first_action, first_multi = len(self.actions), len(self.multiattacks)
        for action in creature.actions:
            self.actions.append(self._action(action))
        places = {action.name: i for i, action in enumerate(creature.actions, start=first_action)}
        self.multiattacks += [places[name] for name in creature.multiattack]
        row = [0] * C_WIDTH
        row[C_SIDE], row[C_ENCOUNTER] = side, encounter
        row[C_MAX_HP], row[C_AC] = creature.max_hp, creature.armor_class
        row[C_INITIATIVE] = creature.initiative_bonus
        row[C_TARGETING] = TARGETING.index(creature.targeting)
        row[C_FIRST_ACTION], row[C_END_ACTION] = first_action, len(self.actions)
        row[C_FIRST_MULTI], row[C_END_MULTI] = first_multi, len(self.multiattacks)
        for _ in range(creature.count):
            self.combatants.append(row)
            self.saves.append(creature.saving_throws)
            self.defences.append(_defences(creature))
            self.output.append(_output(creature))

    def _action(self, action: Action) -> list[int]:
        row = [0] * A_WIDTH
        row[A_RECHARGE] = action.recharge or 0
        row[A_USES] = action.uses or 0
        row[A_NAME] = self.names.setdefault(action.name, len(self.names))
        terms: tuple[DamageTerm, ...]
        if isinstance(action, Attack):
            row[A_KIND], row[A_BONUS], row[A_TARGETS] = ATTACK, action.attack_bonus, 1
            row[A_CRITICAL] = action.critical_range
            row[A_ADVANTAGE] = int(action.advantage) - int(action.disadvantage)
            terms = action.damage
        elif isinstance(action, Save):
            row[A_KIND], row[A_BONUS], row[A_TARGETS] = SAVE, action.dc, action.targets
            row[A_ABILITY] = ABILITIES.index(action.ability)
            row[A_HALF] = int(action.on_success == "half")
            terms = action.damage
        else:
            row[A_KIND], row[A_TARGETS] = HEAL, action.targets
            terms = (action.healing,)
        row[A_FIRST_TERM] = len(self.terms)
        coded = [(t.count, t.sides, t.bonus, TYPE_CODES[t.type]) for t in terms]
        self.terms += sorted(coded, key=lambda term: term[3])
        row[A_END_TERM] = len(self.terms)
        return row


def _defences(creature: Creature) -> list[int]:
    return [
        RESISTANT * (kind in creature.resistances)
        + IMMUNE * (kind in creature.immunities)
        + VULNERABLE * (kind in creature.vulnerabilities)
        for kind in TYPE_CODES
    ]


def _output(creature: Creature) -> float:
    """Average damage a turn of what it can do at will, hit or miss left out; never below 0."""
    average = {
        action.name: max(sum(term.average for term in action.damage), 0.0)
        for action in creature.actions
        if not isinstance(action, Heal)
    }
    if creature.multiattack:
        return sum(average.get(name, 0.0) for name in creature.multiattack)
    at_will = [average[a.name] for a in creature.actions if a.at_will and a.name in average]
    return max(at_will, default=0.0)


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


def _table(
    rows: list[list[int]] | list[tuple[int, ...]] | list[tuple[int, int, int, int]], width: int
) -> Int32s:
    return np.array(rows, np.int32).reshape(len(rows), width)
