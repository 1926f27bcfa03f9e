"""How near two scenarios are to each other, as a cost that rises with every change.

Every changed field has a cost, the costs are added up, and the similarity is exp(-cost). A number
that moves by d costs ``weight * d / (d + scale)``: it always costs more to move further, and a
single number never costs more than its weight. The weights were set by what a game master would
call near: one monster's armor class 11 -> 13 leaves 0.95, four goblins -> six 0.9.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from dualslot_widgets.scenario.actions import ACTION_CLASSES
from dualslot_widgets.scenario.creature import Creature
from dualslot_widgets.scenario.dice import DamageTerm, parse_damage
from dualslot_widgets.scenario.identity.matching import Matching, match
from dualslot_widgets.scenario.schema import Declared, declared_in
from dualslot_widgets.scenario.settings import Settings

Content: TypeAlias = Mapping[str, Any]
#: By key a function of two values, and its weights.
Costs: TypeAlias = Mapping[str, tuple[Any, ...]]

#: No change is free, whatever rounding does to its cost.
LEAST = 1e-6


def cost(first: Content, second: Content) -> float:
    """Return what it costs to turn one scenario into another, given as `ScenarioParameters` do."""
    return (
        match_creatures(first["players"], second["players"]).cost
        + match_encounters(first["encounters"], second["encounters"]).cost
        + _record(first["settings"], second["settings"], _SETTINGS, declared_in(Settings))
    )


def match_encounters(first: Sequence[Content], second: Sequence[Content]) -> Matching:
    """Pair the encounters of two scenarios by what they cost to turn into each other."""
    return match(first, second, _encounter, _missing_encounter)


def match_creatures(first: Sequence[Content], second: Sequence[Content]) -> Matching:
    """Pair the creatures of two parties, or of two encounters."""
    return match(first, second, creature_cost, missing_creature_cost)


def match_actions(first: Sequence[Content], second: Sequence[Content]) -> Matching:
    """Pair the actions of two creatures."""
    return match(first, second, _action, lambda _: 0.3)


def creature_cost(first: Content, second: Content) -> float:
    """Return what it costs to turn one creature into another."""
    return _record(first, second, _CREATURE, declared_in(Creature))


def missing_creature_cost(creature: Content) -> float:
    """Return what it costs when the other side has no such creature at all."""
    return 0.3 + _moved(creature["count"], 0, 0.6, 10)


def _missing_encounter(encounter: Content) -> float:
    return 0.3 + sum(missing_creature_cost(monster) for monster in encounter["monsters"])


def _encounter(first: Content, second: Content) -> float:
    others = _others(first, second, ("monsters",))
    return match_creatures(first["monsters"], second["monsters"]).cost + others


def _record(
    first: Content, second: Content, costs: Costs, declared: Mapping[str, Declared]
) -> float:
    """Return the cost of what has weights of its own, and of everything else."""
    return _weighed(first, second, costs, declared) + _others(first, second, costs)


def _weighed(
    first: Content, second: Content, costs: Costs, declared: Mapping[str, Declared]
) -> float:
    total = 0.0  # in the order of `costs`: sums of floats depend on it in the last digit
    for key, (cost_of, *weights) in costs.items():
        if key in first or key in second:
            usual = declared[key].usual if key in declared else None
            total += cost_of(first.get(key, usual), second.get(key, usual), *weights)
    return total


def _saves(first: Mapping[str, int], second: Mapping[str, int]) -> float:
    keys = {*first, *second}
    return sum(_moved(first.get(key, 0), second.get(key, 0), 0.1, 10) for key in keys)


def _multiattack(first: Sequence[str], second: Sequence[str]) -> float:
    counts = Counter(first), Counter(second)
    others = (counts[0] - counts[1]).total() + (counts[1] - counts[0]).total()
    return (
        _moved(len(first), len(second), 0.6, 4)
        + 0.01 * others
        + _differs(tuple(first), tuple(second), 0.001)
    )


def _action(first: Content, second: Content) -> float:
    if first["type"] != second["type"]:
        return _weighed(first, second, _ANY_ACTION, {}) + 0.4
    cls = ACTION_CLASSES.get(str(first["type"]))
    return _record(first, second, _ACTION, declared_in(cls) if cls else {})


def _others(first: Content, second: Content, weighed: Collection[str]) -> float:
    """Return the cost of all that differs in keys without a weight of their own."""
    keys = sorted({*first, *second}.difference(weighed))
    return sum(_structure(first.get(key), second.get(key)) for key in keys)


def _structure(first: Any, second: Any) -> float:
    """Return a cost of any two JSON values: more for each place in which they differ."""
    if first == second:
        return 0.0
    if isinstance(first, Mapping) and isinstance(second, Mapping):
        return _others(first, second, ())
    if isinstance(first, list) and isinstance(second, list):
        pairs = zip(first, second, strict=False)
        longer = 0.02 * abs(len(first) - len(second))
        return longer + sum(_structure(one, other) for one, other in pairs)
    if isinstance(first, int) and isinstance(second, int) and not isinstance(first, bool):
        return _moved(first, second, 0.1, 10)
    return 0.02


def _dice(first: str | None, second: str | None) -> float:
    return _damage(first or "", second or "")


def _limit(first: int | None, second: int | None) -> float:
    if first is None or second is None:
        return 0.0 if first == second else 0.15
    return _moved(first, second, 0.1, 4)


@lru_cache(maxsize=4096)
def _damage(first: str, second: str) -> float:
    """Return the cost of other dice: how far the average moved, and how the terms differ."""
    if first == second:
        return 0.0
    one, other = (parse_damage(text) if text else () for text in (first, second))
    terms = sum(_term(a, b) for a, b in zip(one, other, strict=False))
    return (
        _moved(_average(one), _average(other), 0.6, 20)
        + terms
        + 0.05 * abs(len(one) - len(other))
        + LEAST
    )


def _average(terms: tuple[DamageTerm, ...]) -> float:
    return sum(term.average for term in terms)


def _term(first: DamageTerm, second: DamageTerm) -> float:
    return (
        _moved(first.count, second.count, 0.05, 10)
        + _moved(first.sides, second.sides, 0.05, 10)
        + _moved(first.bonus, second.bonus, 0.05, 10)
        + _differs(first.type, second.type, 0.05)
    )


def _differs(first: object, second: object, cost: float) -> float:
    return 0.0 if first == second else cost


def _moved(first: float | None, second: float | None, weight: float, scale: float) -> float:
    distance = abs((first or 0) - (second or 0))
    return weight * distance / (distance + scale)


def _stretched(first: float, second: float, weight: float) -> float:
    """Return the cost of a number that counts by how many times it grew; both are above 0."""
    distance = abs(math.log(first / second))
    return weight * distance / (distance + 1)


def _members(first: Sequence[str], second: Sequence[str], weight: float) -> float:
    return weight * len({*first} ^ {*second})


def _matched_actions(first: Sequence[Content], second: Sequence[Content]) -> float:
    return match_actions(first, second).cost


#: What has weights of its own; everything else costs what `_structure` says.
_CREATURE: Costs = {
    "name": (_differs, 0.1),
    "count": (_moved, 0.6, 10),
    "max_hp": (_stretched, 0.8),
    "armor_class": (_moved, 0.3, 10),
    "initiative_bonus": (_moved, 0.1, 10),
    "saving_throws": (_saves,),
    "actions": (_matched_actions,),
    "multiattack": (_multiattack,),
    "resistances": (_members, 0.05),
    "immunities": (_members, 0.1),
    "vulnerabilities": (_members, 0.05),
    "targeting": (_differs, 0.05),
}
_ANY_ACTION: Costs = {"recharge": (_limit,), "uses": (_limit,), "name": (_differs, 0.02)}
_ACTION: Costs = {
    **_ANY_ACTION,
    "healing": (_dice,),
    "damage": (_dice,),
    "targets": (_moved, 0.3, 4),
    "dc": (_moved, 0.3, 10),
    "ability": (_differs, 0.05),
    "on_success": (_differs, 0.1),
    "attack_bonus": (_moved, 0.3, 10),
    "critical_range": (_moved, 0.2, 10),
    "advantage": (_differs, 0.1),
    "disadvantage": (_differs, 0.1),
}
#: Another seed plays another sample of the same fight, wherever the number moved.
_SETTINGS: Costs = {
    "seed": (_differs, 0.005),
    "runs": (_stretched, 0.02),
    "max_rounds": (_stretched, 0.02),
}
