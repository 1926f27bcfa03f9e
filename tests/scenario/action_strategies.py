"""Random actions, riders and effects for hypothesis: any that the format allows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from dualslot_widgets.scenario.actions import BY_THEMSELVES, RESTS, TIMES, TRIGGERS
from dualslot_widgets.scenario.dice import DAMAGE_TYPES, DamageTerm
from dualslot_widgets.scenario.effects import (
    ABILITIES,
    CLOCKS,
    CONDITIONS,
    DEFENCES,
    ENDS_ON,
    GRANTS,
)
from dualslot_widgets.scenario.riders import ATTACKS, WHEN

#: Names of all sorts: markup, quotes, accents, wide characters, a path.
names = st.text("abXY <&\"'/.é日🐉", min_size=1, max_size=6).filter(str.strip)


@st.composite
def damage_terms(draw: st.DrawFn, max_dice: int = 10) -> DamageTerm:
    count = draw(st.integers(0, max_dice))
    sides = draw(_SIDES) if count else 1
    bonus = draw(_BONUS if count else _FLAT)
    return DamageTerm(count, sides, bonus, draw(_DAMAGE_TYPE))


_SIDES = st.sampled_from((4, 6, 8, 10, 12, 20))
_BONUS, _FLAT = st.integers(-5, 20), st.integers(0, 20)
_DAMAGE_TYPE = st.sampled_from(("", *DAMAGE_TYPES))

# Strategies are made once: hypothesis takes longer to make one than to draw from it.
damages = st.lists(damage_terms(), min_size=1, max_size=3)
damage_texts = damages.map(lambda terms: " + ".join(map(str, terms)))
flags = st.booleans()


def some(**optional: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """An object with any of these keys."""
    return st.fixed_dictionaries({}, optional=optional)


def distinct(known: Sequence[str], at_most: int = 2) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(known), max_size=at_most, unique=True)


bonuses = st.sampled_from(("1d4", "-1d4", "2", "-3", "2d6"))
points = damage_terms().map(lambda term: str(DamageTerm(term.count, term.sides, term.bonus)))
half_or_none = st.sampled_from(("half", "none"))
saves = st.fixed_dictionaries(
    {"dc": st.integers(5, 25), "ability": st.sampled_from(ABILITIES)},
    optional={"on_success": half_or_none},
)
conditions, abilities = distinct(CONDITIONS), distinct(ABILITIES)
defences, more_defences = distinct(DEFENCES), distinct(DEFENCES, 3)

_EFFECT_NAMES = st.sampled_from("PQRS")
_EFFECT_WORDS = some(
    conditions=conditions,
    duration=st.integers(1, 5),
    clock=st.sampled_from(CLOCKS),
    ends_on=distinct(ENDS_ON),
    grants=distinct(GRANTS),
    armor_class=st.integers(-5, 5),
    attack_roll=bonuses,
    saving_throw=bonuses,
    damage_roll=st.integers(-3, 5),
    extra_damage=damage_texts,
    marked_damage=damage_texts,
    save_advantage=abilities,
    save_disadvantage=abilities,
    resistances=defences,
    immunities=defences,
    vulnerabilities=defences,
    turn_damage=damage_texts,
    turn_healing=points,
    temporary_hp=points,
    aura=st.integers(0, 3),
    retribution=damage_texts,
)
_WORSE = st.fixed_dictionaries({"name": st.sampled_from("QT"), "conditions": conditions})
_SAVING_WORDS = some(save_ends=flags, turn_save=half_or_none, worsens=_WORSE, badly=_WORSE)


@st.composite
def effects(draw: st.DrawFn, *, with_save: bool = True) -> dict[str, Any]:
    """An effect with any of its words; those that need a saving throw only if there is one."""
    effect = {"name": draw(_EFFECT_NAMES)} | draw(_EFFECT_WORDS)
    return effect | draw(_SAVING_WORDS) if with_save else effect


_SAVED_EFFECTS, _SURE_EFFECTS = effects(), effects(with_save=False)
_RIDER_WORDS = some(
    when=st.sampled_from(WHEN),
    attacks=st.sampled_from(ATTACKS),
    once_per_turn=flags,
    spell=st.integers(1, 3),
    upcast=some(damage=damage_texts),
    effect=_SAVED_EFFECTS,
    drains=st.sampled_from(DAMAGE_TYPES),
    heals=flags,
)


@st.composite
def riders(draw: st.DrawFn) -> dict[str, Any]:
    """A rider by any words but its name."""
    return draw(_RIDER_WORDS) | {"damage": draw(damage_texts)} | draw(saves)


def named(name: str, things: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[list[Any]]:
    return things.map(lambda thing: [{"name": name} | thing])


_LIMIT_KINDS = st.sampled_from((None, None, "recharge", "uses", "cost", "spell"))
_RECHARGES, _USES, _COSTS = st.integers(2, 6), st.integers(1, 3), st.integers(1, 2)
rests = st.sampled_from(RESTS)
_UPCAST = some(
    damage=damage_texts, healing=points, targets=st.integers(0, 2), attacks=st.integers(0, 2)
)
_SPELLS = some(spell=st.integers(0, 3), upcast=_UPCAST)


@st.composite
def limits(draw: st.DrawFn) -> dict[str, Any]:
    limit = draw(_LIMIT_KINDS)
    if limit == "recharge":
        return {"recharge": draw(_RECHARGES)}
    if limit == "uses":
        return {"uses": draw(_USES), "per": draw(rests)}
    if limit == "cost":
        return {"cost": {"ki": draw(_COSTS)}}
    return draw(_SPELLS) if limit else {}


#: What an action of each kind says of itself, and what it may say.
_KINDS: dict[str, tuple[dict[str, st.SearchStrategy[Any]], dict[str, st.SearchStrategy[Any]]]] = {
    "attack": (
        {"attack_bonus": st.integers(-3, 15), "damage": damage_texts},
        {
            "critical_range": st.integers(15, 20),
            "critical_dice": st.integers(0, 2),
            "reroll": st.integers(0, 2),
            "advantage": flags,
            "disadvantage": flags,
            "attacks": st.integers(1, 3),
            "ranged": flags,
            "magical": flags,
            "automatic": flags,
            "wounded_damage": damage_texts,
            "on_hit": named("on hit", riders()),
            "trigger": st.sampled_from(TRIGGERS),
        },
    ),
    "save": (
        {"damage": damage_texts, "targets": st.integers(1, 5)},
        {
            "area": flags,
            "magical": flags,
            "once": flags,
            "effect": _SAVED_EFFECTS,
            "trigger": st.sampled_from(TRIGGERS),
        },
    ),
    "heal": (
        {"healing": points, "targets": st.integers(1, 3)},
        {"on": st.sampled_from(("allies", "self")), "temporary_hp": points},
    ),
    "effect": (
        {"effect": _SURE_EFFECTS, "targets": st.integers(1, 3)},
        {"on": st.sampled_from(("self", "allies", "enemies")), "hp_pool": points},
    ),
    "defend": (
        {"armor_class": st.integers(1, 5)},
        {"lasting": flags, "halve": flags, "melee_only": flags},
    ),
    "counter": ({"check_bonus": st.integers(-2, 5)}, {}),
    "surge": ({}, {}),
}
_AIMED = {"requires": conditions, "hp_at_most": st.integers(0, 40)}


def _times(kind: str) -> st.SearchStrategy[str]:
    never = {"reaction"} if kind in ("heal", "effect") else set()
    return st.sampled_from(
        [time for time in TIMES if BY_THEMSELVES.get(time, kind) == kind and time not in never]
    )


def _actions_of(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    must, may = _KINDS[kind]
    may = may | {"concentration": flags, "legendary_cost": st.integers(1, 3)}
    if kind in ("attack", "save", "effect"):
        may |= _AIMED
    if kind in ("attack", "save", "heal", "effect"):
        may |= {"time": _times(kind)}
    return st.fixed_dictionaries({"type": st.just(kind)} | must, optional=may)


_ACTIONS = {kind: _actions_of(kind) for kind in _KINDS}
_ACTION_KINDS = st.sampled_from(("attack", "attack", "save", "save", *list(_KINDS)[2:]))


@st.composite
def actions(draw: st.DrawFn, name: str) -> dict[str, Any]:
    kind = draw(_ACTION_KINDS)
    action = {"name": name} | draw(_ACTIONS[kind])
    if kind == "save":
        action |= draw(saves)
    if "on_hit" in action:
        action["on_hit"] = [rider | {"name": f"{name}!"[:90]} for rider in action["on_hit"]]
    return action | draw(limits())
