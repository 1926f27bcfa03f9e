"""A spell at every level at which its caster has a slot: plain actions, each with a slot level.

The engine knows no spells, only the actions that come out of here. SRD 5.1, "Casting a Spell at a
Higher Level".
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from dualslot_widgets.scenario.actions import Action, Attack, Enchant, Heal, Save
from dualslot_widgets.scenario.creature import Creature
from dualslot_widgets.scenario.dice import DamageTerm
from dualslot_widgets.scenario.effects import Effect
from dualslot_widgets.scenario.riders import Rider, Upcast

Scaled = TypeVar("Scaled", bound=Action | Rider)

#: What all actions of a scenario may come to: themselves, what rides on hits, and dice terms.
MAX_ROWS = 4000
MAX_RIDERS = 4000
MAX_TERMS = 80_000


def slot_levels(creature: Creature) -> tuple[int, ...]:
    """Return the levels of which the creature has slots, the lowest first."""
    levels = {level for level, slots in enumerate(creature.spell_slots, start=1) if slots}
    if creature.pact_magic is not None:
        levels.add(creature.pact_magic.level)
    return tuple(sorted(levels))


def action_levels(creature: Creature, action: Action) -> list[tuple[Action, int]]:
    """Return an action at each slot level that it can take, the lowest first.

    Returns
    -------
    list of (Action, int)
        What it does with that slot, and the slot's level; 0 for no slot.
    """
    if not action.takes_slot:
        return [(action, 0)]
    level = action.spell or 0
    return [
        (_raised(action, slot - level), slot) for slot in slot_levels(creature) if slot >= level
    ]


def rider_levels(creature: Creature, rider: Rider) -> list[tuple[Rider, int]]:
    """Return a rider at each slot level that it can take, the highest first."""
    if rider.spell is None:
        return [(rider, 0)]
    level = rider.spell
    slots = [slot for slot in reversed(slot_levels(creature)) if slot >= level]
    return [(_raised(rider, slot - level), slot) for slot in slots]


def size(creature: Creature) -> tuple[int, int, int]:
    """Return how many rows, riders and dice terms a creature comes to, at all slot levels."""
    rows, terms = 0, 0
    own = [rider for rider in creature.riders for _ in rider_levels(creature, rider)]
    riders = len(own)
    for action in creature.actions:
        levels = len(action_levels(creature, action))
        on_hit = getattr(action, "on_hit", ())
        rows += levels
        riders += levels * sum(len(rider_levels(creature, rider)) for rider in on_hit)
        terms += levels * (2 + _terms(action) + sum(9 * _terms(rider) for rider in on_hit))
    return rows, riders, terms + sum(map(_terms, own))


def _terms(what: Action | Rider) -> int:
    effect: Effect | None = getattr(what, "effect", None)
    upcast = what.upcast if isinstance(what, Rider) or what.takes_slot else None
    number = len(getattr(what, "damage", ())) + (len(upcast.damage) if upcast else 0)
    number += len(getattr(what, "wounded_damage", ())) + 1
    for lasting in (effect, effect.worsens, effect.badly) if effect else ():
        if lasting is not None:
            number += 2 + len(lasting.extra_damage) + len(lasting.marked_damage)
            number += len(lasting.turn_damage) + len(lasting.retribution)
    return number + (len(upcast.damage) if upcast and effect else 0)


def _raised(what: Scaled, levels: int) -> Scaled:
    upcast = what.upcast
    if upcast is None or levels == 0:
        return what
    if isinstance(what, (Attack, Rider)) or (isinstance(what, Save) and what.damage):
        what = replace(what, damage=_more(what.damage, upcast, levels))
    elif isinstance(what, (Save, Enchant)) and what.effect is not None:
        what = replace(what, effect=_raised_effect(what.effect, upcast, levels))
    if isinstance(what, Attack):
        return replace(what, attacks=what.attacks + upcast.attacks * levels)
    if isinstance(what, Heal):
        return replace(
            what,
            healing=_plus(what.healing, upcast, levels),
            temporary_hp=None if what.healing else _plus(what.temporary_hp, upcast, levels),
            targets=what.targets + upcast.targets * levels,
        )
    if isinstance(what, (Save, Enchant)):
        return replace(what, targets=what.targets + upcast.targets * levels)
    return what


def _raised_effect(effect: Effect, upcast: Upcast, levels: int) -> Effect:
    return replace(
        effect,
        turn_damage=_more(effect.turn_damage, upcast, levels) if effect.turn_damage else (),
        temporary_hp=_plus(effect.temporary_hp, upcast, levels),
    )


def _more(terms: tuple[DamageTerm, ...], upcast: Upcast, levels: int) -> tuple[DamageTerm, ...]:
    extra = (
        DamageTerm(term.count * levels, term.sides, term.bonus * levels, term.type)
        for term in upcast.damage
    )
    return (*terms, *extra)


def _plus(points: DamageTerm | None, upcast: Upcast, levels: int) -> DamageTerm | None:
    """Return healing and what a higher slot adds; their dice have the same sides in the SRD."""
    more = upcast.healing
    if points is None or more is None:
        return points
    sides = points.sides if points.count else more.sides
    return DamageTerm(points.count + more.count * levels, sides, points.bonus + more.bonus * levels)
