"""Random scenarios for hypothesis: any scenario the format allows, small enough to be played."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from dualslot_widgets.scenario.creature import TARGETING
from dualslot_widgets.scenario.dice import DAMAGE_TYPES, DamageTerm
from dualslot_widgets.scenario.effects import ABILITIES
from dualslot_widgets.scenario.scenario import Scenario

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


@st.composite
def actions(draw: st.DrawFn, name: str) -> dict[str, Any]:
    kind = draw(st.sampled_from(("attack", "attack", "save", "heal")))
    action: dict[str, Any] = {"type": kind, "name": name}
    if kind == "attack":
        action |= {"attack_bonus": draw(st.integers(-3, 15)), "damage": draw(damage_texts())}
        action |= draw(
            st.fixed_dictionaries(
                {},
                optional={
                    "critical_range": st.integers(15, 20),
                    "advantage": st.booleans(),
                    "disadvantage": st.booleans(),
                },
            )
        )
    elif kind == "save":
        action |= {
            "dc": draw(st.integers(5, 25)),
            "ability": draw(st.sampled_from(ABILITIES)),
            "damage": draw(damage_texts()),
            "on_success": draw(st.sampled_from(("half", "none"))),
            "targets": draw(st.integers(1, 5)),
        }
    else:
        healing = draw(damage_terms())
        action["healing"] = str(DamageTerm(healing.count, healing.sides, healing.bonus))
        action["targets"] = draw(st.integers(1, 3))
    limit = draw(st.sampled_from((None, None, "recharge", "uses")))
    if limit:
        action[limit] = draw(st.integers(2, 6) if limit == "recharge" else st.integers(1, 3))
    return action


@st.composite
def creatures(draw: st.DrawFn, max_hp: int = 60, max_count: int = 3) -> dict[str, Any]:
    action_names = draw(st.lists(names, max_size=3, unique=True))
    creature: dict[str, Any] = {
        "name": draw(names),
        "count": draw(st.integers(1, max_count)),
        "max_hp": draw(st.integers(1, max_hp)),
        "armor_class": draw(st.integers(5, 25)),
        "actions": [draw(actions(name)) for name in action_names],
    }
    kinds = st.lists(st.sampled_from(DAMAGE_TYPES), max_size=3, unique=True)
    optional: dict[str, st.SearchStrategy[Any]] = {
        "level": st.integers(1, 20),
        "initiative_bonus": st.integers(-5, 10),
        "saving_throws": st.dictionaries(st.sampled_from(ABILITIES), st.integers(-5, 15)),
        "resistances": kinds,
        "immunities": kinds,
        "vulnerabilities": kinds,
        "targeting": st.sampled_from(TARGETING),
    }
    if action_names:
        optional["multiattack"] = st.lists(st.sampled_from(action_names), max_size=4)
    return creature | draw(st.fixed_dictionaries({}, optional=optional))


@st.composite
def scenario_dicts(draw: st.DrawFn, max_runs: int = 1005) -> dict[str, Any]:
    """Scenario JSON of at most 3 x 2 characters and 2 encounters of at most 3 x 3 monsters."""
    fight = st.fixed_dictionaries({"monsters": st.lists(creatures(), min_size=1, max_size=3)})
    return {
        "name": draw(names),
        "players": draw(st.lists(creatures(max_count=2), min_size=1, max_size=3)),
        "encounters": draw(st.lists(fight, min_size=1, max_size=2)),
        "settings": {
            "runs": draw(st.integers(1, max_runs)),
            "seed": draw(st.integers(0, 2**53 - 1)),
            "max_rounds": draw(st.integers(1, 50)),
        },
    }


def scenarios(max_runs: int = 1005) -> st.SearchStrategy[Scenario]:
    """Scenarios ready to be played."""
    return scenario_dicts(max_runs).map(Scenario.from_dict)
