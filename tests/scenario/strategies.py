"""Random scenarios for hypothesis: any scenario the format allows, small enough to be played."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from dualslot_widgets.scenario.actions import ATTACKS, BY_THEMSELVES, RESTS, TIMES, TRIGGERS, WHEN
from dualslot_widgets.scenario.creature import POSITIONS, ROLES, TARGETING, TRAITS
from dualslot_widgets.scenario.dice import DAMAGE_TYPES, DamageTerm
from dualslot_widgets.scenario.effects import (
    ABILITIES,
    CLOCKS,
    CONDITIONS,
    DEFENCES,
    ENDS_ON,
    GRANTS,
)
from dualslot_widgets.scenario.scenario import HIT_POINTS, SIDES, SPREADS, Scenario

#: Names of all sorts: markup, quotes, accents, wide characters, a path.
names = st.text("abXY <&\"'/.é日🐉", min_size=1, max_size=6).filter(str.strip)


@st.composite
def damage_terms(draw: st.DrawFn, max_dice: int = 10) -> DamageTerm:
    count = draw(st.integers(0, max_dice))
    sides = draw(st.sampled_from((4, 6, 8, 10, 12, 20))) if count else 1
    bonus = draw(st.integers(-5 if count else 0, 20))
    return DamageTerm(count, sides, bonus, draw(st.sampled_from(("", *DAMAGE_TYPES))))


damages = st.lists(damage_terms(), min_size=1, max_size=3)


def damage_texts() -> st.SearchStrategy[str]:
    return damages.map(lambda terms: " + ".join(map(str, terms)))


def some(**optional: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """An object with any of these keys."""
    return st.fixed_dictionaries({}, optional=optional)


def distinct(known: Sequence[str], at_most: int = 2) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(known), max_size=at_most, unique=True)


bonuses = st.sampled_from(("1d4", "-1d4", "2", "-3", "2d6"))
points = damage_terms().map(lambda term: str(DamageTerm(term.count, term.sides, term.bonus)))
saves = st.fixed_dictionaries(
    {"dc": st.integers(5, 25), "ability": st.sampled_from(ABILITIES)},
    optional={"on_success": st.sampled_from(("half", "none"))},
)


@st.composite
def effects(draw: st.DrawFn, *, with_save: bool = True) -> dict[str, Any]:
    """An effect with any of its words; those that need a saving throw only if there is one."""
    words = some(
        conditions=distinct(CONDITIONS),
        duration=st.integers(1, 5),
        clock=st.sampled_from(CLOCKS),
        ends_on=distinct(ENDS_ON),
        grants=distinct(GRANTS),
        armor_class=st.integers(-5, 5),
        attack_roll=bonuses,
        saving_throw=bonuses,
        damage_roll=st.integers(-3, 5),
        extra_damage=damage_texts(),
        marked_damage=damage_texts(),
        save_advantage=distinct(ABILITIES),
        save_disadvantage=distinct(ABILITIES),
        resistances=distinct(DEFENCES),
        immunities=distinct(DEFENCES),
        vulnerabilities=distinct(DEFENCES),
        turn_damage=damage_texts(),
        turn_healing=points,
        temporary_hp=points,
        aura=st.integers(0, 3),
        retribution=damage_texts(),
    )
    effect = {"name": draw(st.sampled_from("PQRS"))} | draw(words)
    if with_save:
        half = st.sampled_from(("half", "none"))
        worse = st.builds(
            lambda name, conditions: {"name": name, "conditions": conditions},
            st.sampled_from("QT"), distinct(CONDITIONS),
        )  # fmt: skip
        effect |= draw(some(save_ends=st.booleans(), turn_save=half, worsens=worse, badly=worse))
    return effect


@st.composite
def riders(draw: st.DrawFn, name: str) -> dict[str, Any]:
    rider = {"name": name} | draw(
        some(
            when=st.sampled_from(WHEN),
            attacks=st.sampled_from(ATTACKS),
            once_per_turn=st.booleans(),
            spell=st.integers(1, 3),
            upcast=some(damage=damage_texts()),
            effect=effects(),
            drains=st.sampled_from(DAMAGE_TYPES),
            heals=st.booleans(),
        )
    )
    return rider | {"damage": draw(damage_texts())} | draw(saves)


@st.composite
def limits(draw: st.DrawFn) -> dict[str, Any]:
    limit = draw(st.sampled_from((None, None, "recharge", "uses", "cost", "spell")))
    if limit == "recharge":
        return {"recharge": draw(st.integers(2, 6))}
    if limit == "uses":
        return {"uses": draw(st.integers(1, 3)), "per": draw(st.sampled_from(RESTS))}
    if limit == "cost":
        return {"cost": {"ki": draw(st.integers(1, 2))}}
    upcast = some(
        damage=damage_texts(), healing=points, targets=st.integers(0, 2), attacks=st.integers(0, 2)
    )
    return draw(some(spell=st.integers(0, 3), upcast=upcast)) if limit else {}


@st.composite
def actions(draw: st.DrawFn, name: str) -> dict[str, Any]:
    kinds = ("attack", "attack", "save", "save", "heal", "effect", "defend", "counter", "surge")
    kind = draw(st.sampled_from(kinds))
    action: dict[str, Any] = {"type": kind, "name": name}
    if kind == "attack":
        action |= {"attack_bonus": draw(st.integers(-3, 15)), "damage": draw(damage_texts())}
        action |= draw(
            some(
                critical_range=st.integers(15, 20),
                critical_dice=st.integers(0, 2),
                reroll=st.integers(0, 2),
                advantage=st.booleans(),
                disadvantage=st.booleans(),
                attacks=st.integers(1, 3),
                ranged=st.booleans(),
                magical=st.booleans(),
                automatic=st.booleans(),
                wounded_damage=damage_texts(),
                on_hit=riders(f"{name}!"[:90]).map(lambda rider: [rider]),
                trigger=st.sampled_from(TRIGGERS),
            )
        )
    elif kind == "save":
        action |= draw(saves) | {"damage": draw(damage_texts()), "targets": draw(st.integers(1, 5))}
        action |= draw(
            some(
                area=st.booleans(), magical=st.booleans(), once=st.booleans(), effect=effects(),
                trigger=st.sampled_from(TRIGGERS),
            )
        )  # fmt: skip
    elif kind == "heal":
        action |= {"healing": draw(points), "targets": draw(st.integers(1, 3))}
        action |= draw(some(on=st.sampled_from(("allies", "self")), temporary_hp=points))
    elif kind == "effect":
        action |= {"effect": draw(effects(with_save=False)), "targets": draw(st.integers(1, 3))}
        action |= draw(some(on=st.sampled_from(("self", "allies", "enemies")), hp_pool=points))
    elif kind == "defend":
        action |= {"armor_class": draw(st.integers(1, 5))}
        action |= draw(some(lasting=st.booleans(), halve=st.booleans(), melee_only=st.booleans()))
    elif kind == "counter":
        action |= {"check_bonus": draw(st.integers(-2, 5))}
    action |= draw(some(concentration=st.booleans(), legendary_cost=st.integers(1, 3)))
    if kind in ("attack", "save", "effect"):
        action |= draw(some(requires=distinct(CONDITIONS), hp_at_most=st.integers(0, 40)))
    if kind in ("attack", "save", "heal", "effect"):
        times = [time for time in TIMES if BY_THEMSELVES.get(time, kind) == kind]
        if kind in ("heal", "effect"):
            times.remove("reaction")
        action |= draw(some(time=st.sampled_from(times)))
    return action | draw(limits())


@st.composite
def creatures(draw: st.DrawFn, max_hp: int = 60, max_count: int = 3) -> dict[str, Any]:
    action_names = draw(st.lists(names, max_size=3, unique=True))
    creature: dict[str, Any] = {
        "name": draw(names),
        "count": draw(st.integers(1, max_count)),
        "max_hp": draw(st.integers(1, max_hp)),
        "armor_class": draw(st.integers(5, 25)),
        "actions": [draw(actions(name)) for name in action_names],
        "spell_slots": [2, draw(st.integers(0, 2)), 1],
        "resources": {"ki": {"uses": 2, "per": draw(st.sampled_from(RESTS))}},
    }
    kinds = distinct(DEFENCES, 3)
    optional: dict[str, st.SearchStrategy[Any]] = {
        "level": st.integers(1, 20),
        "initiative_bonus": st.integers(-5, 10),
        "saving_throws": st.dictionaries(st.sampled_from(ABILITIES), st.integers(-5, 15)),
        "resistances": kinds,
        "immunities": kinds,
        "vulnerabilities": kinds,
        "targeting": st.sampled_from(TARGETING),
        "hit_dice": st.sampled_from(("3d8+6", "1d10", "2d4-2")),
        "position": st.sampled_from(POSITIONS),
        "role": st.sampled_from(ROLES),
        "riders": riders("ride").map(lambda rider: [rider]),
        "pact_magic": st.just({"slots": 1, "level": 2}),
        "traits": distinct(TRAITS),
        "save_advantage": distinct(ABILITIES),
        "condition_advantage": distinct(CONDITIONS),
        "absorbs": distinct(DAMAGE_TYPES),
        "condition_immunities": distinct(CONDITIONS),
        "damage_threshold": st.integers(0, 5),
        "relentless": st.integers(0, 20),
        "regeneration": st.sampled_from(
            ({"hp": 5}, {"hp": 3, "stopped_by": ["fire", "acid"], "revives": True})
        ),
        "legendary_resistance": st.integers(0, 2),
        "legendary_actions": st.integers(0, 3),
    }
    if action_names:
        optional["multiattack"] = st.lists(st.sampled_from(action_names), max_size=4)
    return creature | draw(some(**optional))


@st.composite
def scenario_dicts(draw: st.DrawFn, max_runs: int = 1005) -> dict[str, Any]:
    """Scenario JSON of at most 3 x 2 characters and 2 encounters of at most 3 x 3 monsters."""
    late = st.builds(
        lambda foe, arrives: foe | {"arrives": arrives}, creatures(), st.integers(1, 4)
    )
    monsters = st.builds(
        lambda here, later: [here, *later], creatures(), st.lists(late, max_size=2)
    )
    fight = st.fixed_dictionaries(
        {"monsters": monsters},
        optional={"rest": st.sampled_from(RESTS), "surprised": st.sampled_from(SIDES)},
    )
    return {
        "name": draw(names),
        "players": draw(st.lists(creatures(max_count=2), min_size=1, max_size=3)),
        "encounters": draw(st.lists(fight, min_size=1, max_size=2)),
        "settings": {
            "runs": draw(st.integers(1, max_runs)),
            "seed": draw(st.integers(0, 2**53 - 1)),
            "max_rounds": draw(st.integers(1, 50)),
            "hit_points": draw(st.sampled_from(HIT_POINTS)),
            "spread": draw(st.sampled_from(SPREADS)),
        },
    }


def scenarios(max_runs: int = 1005) -> st.SearchStrategy[Scenario]:
    """Scenarios ready to be played."""
    return scenario_dicts(max_runs).map(Scenario.from_dict)
