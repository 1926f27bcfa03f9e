"""One run with events of every kind, made without the engine, whose rules may change."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.tables import SCHEMAS
from tests.widgets.data_sets import HOSTILE

F, C, R, G1, G2, O = range(6)
NAMES = (HOSTILE, "Cleric", "Rogue", "Goblin 1", "Goblin 2", "Ogre")
START = (20, 17, 10, 7, 7, 30)
#: Hit points, state, and encounter and round of going down, at the end.
FINAL = (
    (13, "up", None),
    (0, "stable", (1, 2)),
    (0, "dead", (1, 1)),
    (0, "dead", (1, 1)),
    (0, "dead", (1, 3)),
    (0, "dead", (2, 5)),
)
#: encounter, round, turn, actor, action, target, kind, roll, total, amount, target_hp
EVENTS: list[tuple[Any, ...]] = [
    *((1, 0, 0, i, None, i, "initiative", 15 - i, 17 - i, 0, START[i]) for i in range(5)),
    (1, 1, 1, G1, "Scimitar", F, "hit", 13, 17, 6, 14),
    (1, 1, 1, G1, "Scimitar", R, "hit", 18, 22, 10, 0),
    (1, 1, 2, C, "Bless", F, "effect", None, None, 0, 14),
    (1, 1, 3, F, "Longsword", G1, "critical", 20, 27, 7, 0),
    (1, 1, 4, G2, "Scimitar", F, "miss", 1, 5, 0, 14),
    (1, 1, 4, G2, "Scimitar", F, "miss", 4, 8, 0, 14),
    (1, 1, 5, R, None, R, "death_save", 9, 9, 0, 0),
    (1, 2, 1, G2, "Scimitar", C, "critical", 20, 24, 17, 0),
    (1, 2, 1, C, "Bless", F, "effect_ended", None, None, 0, 14),
    (1, 2, 2, C, None, C, "death_save", 20, 20, 1, 1),
    (1, 2, 3, F, "Parry", G2, "reaction", None, None, 0, 7),
    (1, 2, 4, G2, "Scimitar", C, "hit", 15, 19, 1, 0),
    (1, 2, 5, R, None, R, "death_save", 1, 1, 0, 0),
    (1, 3, 1, C, None, C, "death_save", 12, 12, 0, 0),
    (1, 3, 2, F, "Second Wind", F, "heal", None, None, 4, 18),
    (1, 3, 2, F, "Heroism", F, "temporary_hp", None, 5, 0, 18),
    (1, 3, 3, F, "Longsword", G2, "hit", 12, 19, 7, 0),
    (2, 0, 0, C, "Hit Dice", C, "heal", None, None, 9, 9),
    *((2, 0, 0, i, None, i, "initiative", 10, 11, 0, hp) for i, hp in ((F, 18), (C, 9), (O, 30))),
    (2, 2, 0, O, None, O, "arrival", None, None, 0, 30),
    (2, 2, 1, O, "Roar", O, "recharge", 6, 6, 0, 30),
    (2, 2, 1, O, "Roar", F, "save_failed", 6, 8, 0, 18),
    (2, 2, 1, O, "Roar", F, "effect", None, None, 0, 18),
    (2, 2, 1, O, "Roar", C, "save_made", 14, 16, 4, 5),
    (2, 2, 2, C, "Counterspell", O, "countered", 15, 18, 0, 30),
    (2, 3, 1, O, "Burning Aura", F, "damage", None, None, 5, 13),
    (2, 3, 2, F, "Magic Sword", O, "hit", None, None, 20, 10),
    (2, 3, 2, O, None, O, "legendary_resistance", 3, 5, 0, 10),
    (2, 3, 2, F, "Stun", O, "save_made", 3, 5, 0, 10),
    (2, 3, 3, O, "Greatclub", C, "hit", 11, 17, 5, 0),
    (2, 3, 4, C, None, C, "death_save", 10, 10, 0, 0),
    (2, 4, 2, O, None, O, "endured", 12, 15, 0, 10),
    (2, 4, 2, F, "Magic Sword", O, "hit", 16, 23, 9, 1),
    (2, 4, 4, C, None, C, "death_save", 15, 15, 0, 0),
    (2, 5, 4, C, None, C, "death_save", 19, 19, 0, 0),
    (2, 5, 5, F, "Magic Sword", O, "hit", 17, 24, 1, 0),
]


def rich_scenario() -> Scenario:
    """Three characters against two goblins, then an ogre, by hostile names where there are any."""
    blow = {"type": "attack", "name": "Scimitar", "attack_bonus": 4, "damage": "1d6"}
    roar = {"type": "save", "name": "Roar", "dc": 13, "ability": "wis", "damage": "2d6"}
    sides = [
        [("Goblin", 2, [blow])],
        [("Ogre", 1, [{**roar, "recharge": 5}, {**blow, "name": "Greatclub", "attack_bonus": 6}])],
    ]
    hp = dict(zip(NAMES, START, strict=True)) | {"Goblin": 7}
    return Scenario.from_dict(
        {
            "name": HOSTILE,
            "players": [
                {"name": name, "max_hp": hp[name], "armor_class": 15, "actions": [blow]}
                for name in NAMES[:3]
            ],
            "encounters": [
                {
                    "monsters": [
                        {
                            "name": name,
                            "count": count,
                            "max_hp": hp[name],
                            "armor_class": 13,
                            "actions": actions,
                        }
                        for name, count, actions in side
                    ]
                }
                for side in sides
            ],
            "settings": {"runs": 1},
        }
    )


def rich_run(*, parts_at: int | None = None) -> SimulationDataSet:
    """Return a data set of one run, which the party wins in eight rounds.

    Another one parts from it at an event, whose die fell otherwise.
    """
    columns = [list(column) for column in zip(*EVENTS, strict=True)]
    if parts_at is not None:
        columns[7][parts_at] += 1
    events = dict(zip(SCHEMAS["events"].names[1:], columns, strict=True))
    for side in ("actor", "target"):
        events[side] = [NAMES[i] for i in events[side]]
    went_down = [down or (None, None) for *_, down in FINAL]
    values: dict[str, dict[str, list[Any]]] = {
        "events": {"run": [0] * len(EVENTS), **events},
        "combatants": {
            "run": [0] * 6,
            "combatant": list(range(6)),
            "name": list(NAMES),
            "side": ["party"] * 3 + ["monsters"] * 3,
            "start_hp": list(START),
            "final_hp": [hp for hp, *_ in FINAL],
            "state": [state for _, state, _ in FINAL],
            **dict.fromkeys(
                ("damage_dealt", "damage_taken", "healing_done", "healing_received"), [0] * 6
            ),
            "went_down_encounter": [encounter for encounter, _ in went_down],
            "went_down_round": [round_ for _, round_ in went_down],
        },
        "runs": {
            "run": [0],
            "outcome": ["win"],
            "score": [10_013],
            "survivors": [1],
            "encounter": [2],
            "rounds": [8],
            "party_hp": [13],
            "monster_hp": [0],
        },
    }
    tables = {
        name: pa.table(
            {field.name: pa.array(columns[field.name]).cast(field.type) for field in SCHEMAS[name]}
        )
        for name, columns in values.items()
    }
    return SimulationDataSet.in_memory(
        rich_scenario(), tables | {"rounds": SCHEMAS["rounds"].empty_table()}
    )
