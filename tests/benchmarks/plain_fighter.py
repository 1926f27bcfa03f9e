"""A combatant of the plain-Python simulator, and how it chooses what to do.

The simulator is the reference that the engine is measured against, in speed and in results. It is
written from the rules, as one writes Python: objects, lists, `random`. Nothing of it is slow on
purpose; what does not change in a fight is worked out once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from dualslot_widgets.scenario.actions import ABILITIES, Action, Attack, Heal, Save
from dualslot_widgets.scenario.creature import Creature
from dualslot_widgets.scenario.dice import DamageTerm


class Repertoire:
    """What all creatures of one kind can do, sorted once."""

    def __init__(self, creature: Creature) -> None:
        by_name = {action.name: action for action in creature.actions}
        self.multiattack = [by_name[name] for name in creature.multiattack]
        self.harmful = [a for a in creature.actions if a.at_will and not isinstance(a, Heal)]
        self.special = [a for a in creature.actions if a not in self.harmful]
        self.recharging = [a for a in creature.actions if a.recharge]
        self.damage = routine_damage(creature)


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
    damage_dealt: int = 0
    damage_taken: int = 0
    healing_done: int = 0
    healing_received: int = 0
    down_encounter: int | None = None
    down_round: int | None = None

    def ready(self, action: Action) -> bool:
        return action.at_will or self.left[action.name] > 0


def routine_damage(creature: Creature) -> float:
    """Average damage of a turn of what it can do at will, hit or miss left out."""
    if creature.multiattack:
        by_name = {action.name: action for action in creature.actions}
        return sum(_average(by_name[name]) for name in creature.multiattack)
    return max((_average(a) for a in creature.actions if a.at_will), default=0.0)


def _average(action: Action) -> float:
    return 0.0 if isinstance(action, Heal) else sum(term.average for term in action.damage)


def preferred(
    actor: Fighter, enemies: Iterable[Fighter], focus: Fighter | None, but: list[Fighter]
) -> Fighter | None:
    """The standing enemy that the actor would aim at; ties go to the one listed first."""
    standing = [enemy for enemy in enemies if enemy.state == "up" and enemy not in but]
    if not standing:
        return None
    strategy = actor.creature.targeting
    if strategy == "focus_fire" and focus in standing:
        return focus
    if strategy == "highest_hp":
        return max(standing, key=lambda enemy: enemy.hp)
    if strategy == "lowest_ac":
        return min(standing, key=lambda enemy: enemy.creature.armor_class)
    if strategy == "highest_damage":
        return max(standing, key=lambda enemy: enemy.can.damage)
    return min(standing, key=lambda enemy: enemy.hp)


def wounded(allies: Iterable[Fighter], at_most: int) -> list[Fighter]:
    """Whom a heal reaches: the fallen in listed order, then the worst of those below half."""
    fallen = [ally for ally in allies if ally.state in ("dying", "stable")]
    hurt = [a for a in allies if a.state == "up" and a.hp / a.creature.max_hp < 0.5]
    return (fallen + sorted(hurt, key=lambda a: a.hp / a.creature.max_hp))[:at_most]


def chance(faces: int, advantage: int) -> float:
    """The chance that a d20 shows one of its `faces` highest sides."""
    p = min(max(faces, 0), 20) / 20
    if advantage:
        return 1 - (1 - p) ** 2 if advantage > 0 else p * p
    return p


def expected_harm(action: Attack | Save, target: Fighter) -> float:
    """Hit points that an action is expected to cost one target, at most what it has left."""
    if isinstance(action, Attack):
        advantage = int(action.advantage) - int(action.disadvantage)
        faces = 21 - (target.creature.armor_class - action.attack_bonus)
        hit = chance(min(max(faces, 1), 19), advantage)
        critical = chance(min(21 - action.critical_range, max(faces, 1)), advantage)
    else:
        bonus = target.creature.saving_throws[ABILITIES.index(action.ability)]
        made = chance(21 - (action.dc - bonus), 0)
        hit, critical = 1 - made * (0.5 if action.on_success == "half" else 1), 0.0
    damage = sum(_expected(term, target.creature, hit, critical) for term in action.damage)
    return min(damage, target.hp)


def _expected(term: DamageTerm, target: Creature, hit: float, critical: float) -> float:
    if term.type in target.immunities:
        return 0.0
    dice = term.count * (term.sides + 1) / 2
    damage = dice * (hit + critical) + term.bonus * hit
    if term.type in target.resistances:
        damage /= 2
    if term.type in target.vulnerabilities:
        damage *= 2
    return damage


def worth(
    actor: Fighter,
    action: Action,
    sides: tuple[list[Fighter], list[Fighter]],
    focus: Fighter | None,
) -> float:
    """What an action is worth now, over all that it would reach."""
    if isinstance(action, Heal):
        total = 0.0
        for ally in wounded(sides[actor.side], action.targets):
            total += min(action.healing.average, ally.creature.max_hp - ally.hp)
            total += ally.can.damage if ally.state != "up" else 0.0
        return total
    reached: list[Fighter] = []
    for _ in range(action.targets if isinstance(action, Save) else 1):
        target = preferred(actor, sides[1 - actor.side], focus, reached)
        if target is None:
            break
        reached.append(target)
    return sum(expected_harm(action, target) for target in reached)


def choose(
    actor: Fighter, sides: tuple[list[Fighter], list[Fighter]], focus: Fighter | None
) -> list[Action]:
    """The actions of this turn: one, those of a multiattack, or none."""
    can = actor.can
    special = [action for action in can.special if actor.ready(action)]
    routine = can.multiattack or can.harmful
    if len(routine) > 1 and not can.multiattack:
        routine = [max(routine, key=lambda action: worth(actor, action, sides, focus))]
    if not special:
        return routine
    value_of = worth_in_routine if can.multiattack else worth
    best = sum(value_of(actor, a, sides, focus) for a in routine if actor.ready(a))
    for action in special:
        value = worth(actor, action, sides, focus)
        if value > best:
            routine, best = [action], value
    return routine


def worth_in_routine(
    actor: Fighter,
    action: Action,
    sides: tuple[list[Fighter], list[Fighter]],
    focus: Fighter | None,
) -> float:
    """What a part of a multiattack is worth: against the one preferred target."""
    if isinstance(action, Heal):
        return worth(actor, action, sides, focus)
    target = preferred(actor, sides[1 - actor.side], focus, [])
    return 0.0 if target is None else expected_harm(action, target)
