"""A combatant of the plain-Python simulator: what it can do, how it stands, what it suffers.

The simulator is the reference that the engine is measured against, in speed and in results. It is
written from the rules, as one writes Python: objects, lists, `random`. Nothing of it is slow on
purpose; what does not change in a fight is worked out once.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dualslot_widgets.scenario.actions import Action, Attack, Heal
from dualslot_widgets.scenario.creature import Creature


class Repertoire:
    """What all creatures of one kind can do, sorted once for all runs.

    `mean_harm` remembers what an action does on average to another kind of creature.
    """

    def __init__(self, creature: Creature) -> None:
        by_name = {action.name: action for action in creature.actions}
        self.creature = creature
        self.multiattack = [by_name[name] for name in creature.multiattack]
        self.harmful = [a for a in creature.actions if a.at_will and not isinstance(a, Heal)]
        attacks = all(isinstance(a, Attack) and a.at_will for a in creature.actions)
        alone = len(creature.actions) == len(self.harmful) <= 1
        self.weighs_nothing = alone or (bool(self.multiattack) and attacks)
        self.recharging = [a for a in creature.actions if a.recharge]
        self.limits = {a.name: a.uses or 1 for a in creature.actions if not a.at_will}
        self.damage = routine_damage(creature)
        self.mean_harm: dict[tuple[str, Repertoire], tuple[float, float]] = {}


@dataclass(slots=True, eq=False)
class Fighter:
    """One combatant of one run."""

    name: str
    side: int  # 0 the party, 1 the monsters
    encounter: int
    creature: Creature
    can: Repertoire
    hp: int = 0
    state: str = "up"
    saves_made: int = 0
    saves_failed: int = 0
    left: dict[str, int] = field(default_factory=dict)
    allowed: dict[str, int] = field(default_factory=dict)  # of them, in this encounter
    damage_dealt: int = 0
    damage_taken: int = 0
    healing_done: int = 0
    healing_received: int = 0
    down_encounter: int | None = None
    down_round: int | None = None

    def ready(self, action: Action) -> bool:
        return self.allowed.get(action.name, 1) > 0  # at will when nothing is counted


def routine_damage(creature: Creature) -> float:
    """Average damage of a turn of what it can do at will, hit or miss left out."""
    if creature.multiattack:
        by_name = {action.name: action for action in creature.actions}
        return sum(_average(by_name[name]) for name in creature.multiattack)
    return max((_average(a) for a in creature.actions if a.at_will), default=0.0)


def _average(action: Action) -> float:
    return 0.0 if isinstance(action, Heal) else max(sum(t.average for t in action.damage), 0.0)


def suffered(rolled: dict[str, int], target: Fighter, *, halved: bool) -> int:
    """Damage after saving throw, immunity, resistance and vulnerability, each type by itself."""
    total = 0
    for kind, number in rolled.items():
        amount = max(number, 0)
        if halved:
            amount //= 2
        if kind in target.creature.immunities:
            amount = 0
        if kind in target.creature.resistances:
            amount //= 2
        if kind in target.creature.vulnerabilities:
            amount *= 2
        total += amount
    return total


def muster(kinds: list[Repertoire], side: int, encounter: int) -> list[Fighter]:
    """All creatures of these kinds as they enter a run."""
    return [
        Fighter(
            name=can.creature.name if can.creature.count == 1 else f"{can.creature.name} {number}",
            side=side,
            encounter=encounter,
            creature=can.creature,
            can=can,
            hp=can.creature.max_hp,
            state="waiting" if side else "up",
            left=can.limits.copy(),
        )
        for can in kinds
        for number in range(1, can.creature.count + 1)
    ]
