"""Random scenarios for hypothesis: any scenario the format allows, small enough to be played."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from dualslot_widgets.scenario.creature import POSITIONS, ROLES, TARGETING, TRAITS
from dualslot_widgets.scenario.dice import DAMAGE_TYPES
from dualslot_widgets.scenario.effects import (
    ABILITIES,
)
from dualslot_widgets.scenario.encounter import SIDES
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.scenario.settings import HIT_POINTS, SPREADS
from tests.scenario.action_strategies import (
    abilities,
    actions,
    conditions,
    distinct,
    more_defences,
    named,
    names,
    rests,
    riders,
    some,
)

_ACTION_NAMES = st.lists(names, max_size=3, unique=True)
_ARMOR, _EXTRA_SLOTS = st.integers(5, 25), st.integers(0, 2)
_CREATURE_WORDS = {
    "level": st.integers(1, 20),
    "initiative_bonus": st.integers(-5, 10),
    "saving_throws": st.dictionaries(st.sampled_from(ABILITIES), st.integers(-5, 15)),
    "resistances": more_defences,
    "immunities": more_defences,
    "vulnerabilities": more_defences,
    "targeting": st.sampled_from(TARGETING),
    "hit_dice": st.sampled_from(("3d8+6", "1d10", "2d4-2")),
    "position": st.sampled_from(POSITIONS),
    "role": st.sampled_from(ROLES),
    "riders": named("ride", riders()),
    "pact_magic": st.just({"slots": 1, "level": 2}),
    "traits": distinct(TRAITS),
    "save_advantage": abilities,
    "condition_advantage": conditions,
    "absorbs": distinct(DAMAGE_TYPES),
    "condition_immunities": conditions,
    "damage_threshold": st.integers(0, 5),
    "relentless": st.integers(0, 20),
    "regeneration": st.sampled_from(
        ({"hp": 5}, {"hp": 3, "stopped_by": ["fire", "acid"], "revives": True})
    ),
    "legendary_resistance": st.integers(0, 2),
    "legendary_actions": st.integers(0, 3),
}
_WORDS_OF_CREATURES = some(**_CREATURE_WORDS)
_MULTIATTACK = st.lists(st.integers(0, 2), max_size=4) | st.none()


@st.composite
def creatures(draw: st.DrawFn, max_hp: int = 60, max_count: int = 3) -> dict[str, Any]:
    action_names = draw(_ACTION_NAMES)
    creature: dict[str, Any] = {
        "name": draw(names),
        "count": draw(st.integers(1, max_count)),
        "max_hp": draw(st.integers(1, max_hp)),
        "armor_class": draw(_ARMOR),
        "actions": [draw(actions(name)) for name in action_names],
        "spell_slots": [2, draw(_EXTRA_SLOTS), 1],
        "resources": {"ki": {"uses": 2, "per": draw(rests)}},
    }
    creature |= draw(_WORDS_OF_CREATURES)
    chosen = draw(_MULTIATTACK) if action_names else None
    if chosen is not None:
        creature["multiattack"] = [action_names[i % len(action_names)] for i in chosen]
    return creature


_FOES, _PARTY = creatures(), st.lists(creatures(max_count=2), min_size=1, max_size=3)
_LATE = st.builds(lambda foe, arrives: foe | {"arrives": arrives}, _FOES, st.integers(1, 4))
_MONSTERS = st.builds(lambda here, late: [here, *late], _FOES, st.lists(_LATE, max_size=2))
_ENCOUNTERS = st.lists(
    st.fixed_dictionaries(
        {"monsters": _MONSTERS},
        optional={"rest": rests, "surprised": st.sampled_from(SIDES)},
    ),
    min_size=1,
    max_size=2,
)


def scenario_dicts(max_runs: int = 1005) -> st.SearchStrategy[dict[str, Any]]:
    """Scenario JSON of at most 3 x 2 characters and 2 encounters of at most 3 x 3 monsters."""
    settings = st.fixed_dictionaries(
        {
            "runs": st.integers(1, max_runs),
            "seed": st.integers(0, 2**53 - 1),
            "max_rounds": st.integers(1, 50),
            "hit_points": st.sampled_from(HIT_POINTS),
            "spread": st.sampled_from(SPREADS),
        }
    )
    return st.fixed_dictionaries(
        {"name": names, "players": _PARTY, "encounters": _ENCOUNTERS, "settings": settings}
    )


def scenarios(max_runs: int = 1005) -> st.SearchStrategy[Scenario]:
    """Scenarios ready to be played."""
    return scenario_dicts(max_runs).map(Scenario.from_dict)
