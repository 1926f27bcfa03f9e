"""Random fights and the same fight with one thing changed: what pairing is checked on."""

from __future__ import annotations

import random

import dualslot_widgets as dw
from tests.reference.random_fights import random_fight


def changed_pair(number: int, runs: int) -> tuple[dw.Scenario, dw.Scenario]:
    """Return a fight with several encounters and one that differs from it a little."""
    dice = random.Random(number)
    fight = random_fight(number).with_value("settings.runs", runs)
    last = fight.encounters[-1].monsters
    monster = last[-1]
    place = f"encounters[{len(fight.encounters) - 1}].monsters[{len(last) - 1}]"
    path, value = dice.choice(
        [
            ("settings.max_rounds", fight.settings.max_rounds + 1),
            ("players[0].count", fight.players[0].count + 1),
            ("players[0].armor_class", fight.players[0].armor_class + 1),
            ("players[0].initiative_bonus", fight.players[0].initiative_bonus + 1),
            ("players[0].max_hp", fight.players[0].max_hp + 3),
            (f"{place}.max_hp", monster.max_hp + 1),
            (f"{place}.armor_class", monster.armor_class + 2),
            (f"{place}.count", monster.count + 1),
        ]
    )
    return fight, fight.with_value(path, value)
