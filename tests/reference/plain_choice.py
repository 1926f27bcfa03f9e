"""What a combatant of the plain-Python simulator chooses to do, and against or for whom."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter

from dualslot_widgets.scenario.actions import Action, Attack, Heal, Save
from dualslot_widgets.scenario.creature import Creature
from dualslot_widgets.scenario.dice import DamageTerm
from dualslot_widgets.scenario.effects import ABILITIES
from tests.reference.plain_fighter import Fighter

_hp = attrgetter("hp")


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
        return max(standing, key=_hp)
    if strategy == "lowest_ac":
        return min(standing, key=lambda enemy: enemy.creature.armor_class)
    if strategy == "highest_damage":
        return max(standing, key=lambda enemy: enemy.can.damage)
    return min(standing, key=_hp)


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


def expected_harm(actor: Fighter, action: Attack | Save, target: Fighter) -> float:
    """Hit points that an action is expected to cost one target, at most what it has left."""
    known, key = actor.can.mean_harm, (action.name, target.can)
    found = known.get(key)
    if found is None:
        found = known[key] = _mean_harm(action, target.creature)
    mean, hit = found
    return min(mean, target.hp * hit)


def _mean_harm(action: Attack | Save, target: Creature) -> tuple[float, float]:
    """The average, and the chance that there is any."""
    if isinstance(action, Attack):
        advantage = int(action.advantage) - int(action.disadvantage)
        faces = 21 - (target.armor_class - action.attack_bonus)
        hit = chance(min(max(faces, 1), 19), advantage)
        critical = chance(min(21 - action.critical_range, max(faces, 1)), advantage)
    else:
        bonus = target.saving_throws[ABILITIES.index(action.ability)]
        made = chance(21 - (action.dc - bonus), 0)
        hit, critical = 1 - made * (0.5 if action.on_success == "half" else 1), 0.0
    mean = sum(_expected(term, target, hit, critical) for term in action.damage)
    return mean, hit if isinstance(action, Attack) else 1.0


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
    return sum(expected_harm(actor, action, target) for target in reached)


def choose(
    actor: Fighter, sides: tuple[list[Fighter], list[Fighter]], focus: Fighter | None
) -> list[Action]:
    """The actions of this turn: one, those of a multiattack, or none."""
    can = actor.can
    if can.weighs_nothing:
        return can.multiattack or can.harmful
    chosen = can.multiattack
    best = sum(worth(actor, a, sides, focus) for a in chosen if actor.ready(a))
    for action in can.creature.actions:
        if not actor.ready(action):
            continue
        value = worth(actor, action, sides, focus)
        if value > best or (not chosen and action in can.harmful):
            chosen, best = [action], value
    return chosen
