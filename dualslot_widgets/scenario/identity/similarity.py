"""How near two scenarios are to each other, as one number that falls with every change.

Stands beside `parameters` on the scenario floor, and reads the content that they keep. Every
changed field has a cost, the costs are added up, and the similarity is exp(-cost). A number that
moves by d costs ``weight * d / (d + scale)``: it always costs more to move further, and a single
number never costs more than its weight. The weights were set by what a game master would call near:
one monster's armor class 11 -> 13 leaves 0.95, four goblins -> six 0.9.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dualslot_widgets.scenario.dice import DamageTerm, parse_damage
from dualslot_widgets.scenario.identity.matching import Matching, match

if TYPE_CHECKING:
    from dualslot_widgets.scenario.identity.parameters import ScenarioParameters

Content = Mapping[str, Any]

#: What has a weight of its own below; everything else costs what `_structure` says.
_WEIGHED_OF_CREATURES = {
    *("name", "count", "max_hp", "armor_class", "initiative_bonus", "saving_throws", "actions"),
    *("multiattack", "resistances", "immunities", "vulnerabilities", "targeting"),
}
_WEIGHED_OF_ACTIONS = {
    *("type", "name", "recharge", "uses", "healing", "damage", "targets", "dc", "ability"),
    *("on_success", "attack_bonus", "critical_range", "advantage", "disadvantage"),
}

#: Other rules can give the same scenario quite different results.
RULES = 0.5
#: No change is free, whatever rounding does to its cost.
LEAST = 1e-6


def similarity(first: ScenarioParameters, second: ScenarioParameters) -> float:
    """Return 1 for equal parameters, and less for each change, down to 0; it is symmetric."""
    if first.fingerprint == second.fingerprint:
        return 1.0
    # One order for both directions: sums of floats depend on their order in the last digit.
    one, other = sorted((first, second), key=lambda parameters: parameters.fingerprint)
    return math.exp(-max(LEAST, _cost(one, other)))


@lru_cache(maxsize=64)
def _cost(first: ScenarioParameters, second: ScenarioParameters) -> float:
    one, other = first.content, second.content
    return (
        match_creatures(one["players"], other["players"]).cost
        + match_encounters(one["encounters"], other["encounters"]).cost
        + _settings(one["settings"], other["settings"])
        + (RULES if first.rules_version != second.rules_version else 0)
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
    saves = {*first["saving_throws"], *second["saving_throws"]}
    return (
        _differs(first["name"], second["name"], 0.1)
        + _moved(first["count"], second["count"], 0.6, 10)
        + _stretched(first["max_hp"], second["max_hp"], 0.8)
        + _moved(first["armor_class"], second["armor_class"], 0.3, 10)
        + _moved(first["initiative_bonus"], second["initiative_bonus"], 0.1, 10)
        + sum(
            _moved(first["saving_throws"].get(key, 0), second["saving_throws"].get(key, 0), 0.1, 10)
            for key in saves
        )
        + match_actions(first["actions"], second["actions"]).cost
        + _multiattack(first["multiattack"], second["multiattack"])
        + 0.05 * len({*first["resistances"]} ^ {*second["resistances"]})
        + 0.1 * len({*first["immunities"]} ^ {*second["immunities"]})
        + 0.05 * len({*first["vulnerabilities"]} ^ {*second["vulnerabilities"]})
        + _differs(first["targeting"], second["targeting"], 0.05)
        + _others(first, second, _WEIGHED_OF_CREATURES)
    )


def missing_creature_cost(creature: Content) -> float:
    """Return what it costs when the other side has no such creature at all."""
    return 0.3 + _moved(creature["count"], 0, 0.6, 10)


def _missing_encounter(encounter: Content) -> float:
    return 0.3 + sum(missing_creature_cost(monster) for monster in encounter["monsters"])


def _encounter(first: Content, second: Content) -> float:
    others = _others(first, second, {"monsters"})
    return match_creatures(first["monsters"], second["monsters"]).cost + others


def _settings(first: Content, second: Content) -> float:
    # Another seed plays another sample of the same fight, wherever the number moved.
    return (
        _differs(first["seed"], second["seed"], 0.005)
        + _stretched(first["runs"], second["runs"], 0.02)
        + _stretched(first["max_rounds"], second["max_rounds"], 0.02)
        + _others(first, second, {"seed", "runs", "max_rounds"})
    )


def _multiattack(first: Sequence[str], second: Sequence[str]) -> float:
    counts = Counter(first), Counter(second)
    others = (counts[0] - counts[1]).total() + (counts[1] - counts[0]).total()
    return (
        _moved(len(first), len(second), 0.6, 4)
        + 0.01 * others
        + _differs(tuple(first), tuple(second), 0.001)
    )


def _action(first: Content, second: Content) -> float:
    cost = _differs(first["name"], second["name"], 0.02)
    cost += sum(_limit(first.get(key), second.get(key)) for key in ("recharge", "uses"))
    if first["type"] != second["type"]:
        return cost + 0.4
    return (
        cost
        + sum(_damage(first.get(key, ""), second.get(key, "")) for key in ("healing", "damage"))
        + _moved(first.get("targets", 1), second.get("targets", 1), 0.3, 4)
        + _moved(first.get("dc", 0), second.get("dc", 0), 0.3, 10)
        + _differs(first.get("ability"), second.get("ability"), 0.05)
        + _differs(first.get("on_success"), second.get("on_success"), 0.1)
        + _moved(first.get("attack_bonus", 0), second.get("attack_bonus", 0), 0.3, 10)
        + _moved(first.get("critical_range", 20), second.get("critical_range", 20), 0.2, 10)
        + _differs(first.get("advantage", False), second.get("advantage", False), 0.1)
        + _differs(first.get("disadvantage", False), second.get("disadvantage", False), 0.1)
        + _others(first, second, _WEIGHED_OF_ACTIONS)
    )


def _others(first: Content, second: Content, weighed: set[str]) -> float:
    """Return the cost of all that differs in keys without a weight of their own."""
    keys = sorted({*first, *second} - weighed)
    return sum(_structure(first.get(key), second.get(key)) for key in keys)


def _structure(first: Any, second: Any) -> float:
    """Return a cost of any two JSON values: more for each place in which they differ."""
    if first == second:
        return 0.0
    if isinstance(first, Mapping) and isinstance(second, Mapping):
        return _others(first, second, set())
    if isinstance(first, list) and isinstance(second, list):
        pairs = zip(first, second, strict=False)
        longer = 0.02 * abs(len(first) - len(second))
        return longer + sum(_structure(one, other) for one, other in pairs)
    if isinstance(first, int) and isinstance(second, int) and not isinstance(first, bool):
        return _moved(first, second, 0.1, 10)
    return 0.02


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


def _moved(first: float, second: float, weight: float, scale: float) -> float:
    distance = abs(first - second)
    return weight * distance / (distance + scale)


def _stretched(first: float, second: float, weight: float) -> float:
    """Return the cost of a number that counts by how many times it grew; both are above 0."""
    distance = abs(math.log(first / second))
    return weight * distance / (distance + 1)
