"""Spells of the SRD 5.1 that fights turn on, as actions; SRD 5.1, "Spell Descriptions".

A room beside the scenario floor. Each is written as scenario JSON without what depends on its
caster: saving throw DC, attack bonus and the spellcasting modifier are filled in by `cast`.
`{mod}` stands for that modifier; a cantrip's `{dice}` for 1, 2, 3 or 4, by the caster's level.
How many an area catches nobody's map says: a radius of 20 feet 4, a cone of L feet 2 + L/30, a line
of L feet 1 + L/30, a radius of R feet around the caster 1 + R/5.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

BARD, CLERIC, DRUID, PALADIN = "bard", "cleric", "druid", "paladin"
RANGER, SORCERER, WARLOCK, WIZARD = "ranger", "sorcerer", "warlock", "wizard"
ARCANE = (SORCERER, WIZARD)


@dataclass(frozen=True, slots=True)
class Spell:
    """A spell, and who can learn it.

    Attributes
    ----------
    name : str
    level : int
        0 for a cantrip.
    classes : tuple of str
    action : dict
        Scenario JSON with placeholders.
    """

    name: str
    level: int
    classes: tuple[str, ...]
    action: dict[str, Any]


def cast(spell: Spell, *, dc: int, attack_bonus: int, modifier: int, level: int) -> dict[str, Any]:
    """Return a spell as an action of a caster.

    Parameters
    ----------
    spell : Spell
    dc, attack_bonus, modifier : int
        Of the caster's spellcasting ability.
    level : int
        Of the character; cantrips grow at 5, 11 and 17.
    """
    dice = 1 + (level >= 5) + (level >= 11) + (level >= 17)
    text = json.dumps(spell.action).replace("{mod}", str(modifier)).replace("{dice}", str(dice))
    action: dict[str, Any] = {"name": spell.name, "spell": spell.level} | json.loads(text)
    if action["type"] == "attack":
        action["attack_bonus"] = attack_bonus
        action["attacks"] = int(action.get("attacks", 1))
    asks = action["type"] == "save" or "turn_save" in action.get("effect", {})
    if asks:
        action["dc"] = dc
    for rider in action.get("on_hit", ()):
        if "ability" in rider:
            rider["dc"] = dc
    if action["type"] == "counter":
        action["check_bonus"] = modifier
    return action


def _attack(damage: str, **more: Any) -> dict[str, Any]:
    return {"type": "attack", "damage": damage, "ranged": True} | more


def _save(ability: str, damage: str | None = None, **more: Any) -> dict[str, Any]:
    action: dict[str, Any] = {"type": "save", "ability": ability} | more
    if damage is not None:
        action["damage"] = damage
    return action


def _area(ability: str, damage: str, targets: int, **more: Any) -> dict[str, Any]:
    return _save(ability, damage, targets=targets, area=True, **more)


def _heal(healing: str, **more: Any) -> dict[str, Any]:
    return {"type": "heal", "healing": healing} | more


def _effect(on: str, effect: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "effect", "on": on, "effect": effect} | more


def _more(damage: str = "", **what: Any) -> dict[str, Any]:
    """Return what each slot level above the spell's adds."""
    return {"upcast": ({"damage": damage} if damage else {}) | what}


_BONUS: dict[str, Any] = {"time": "bonus_action"}
_HELD: dict[str, Any] = {"concentration": True}
_NEXT_TURN: dict[str, Any] = {"duration": 1, "clock": "end_of_source_turn"}

SPELLS: dict[str, Spell] = {}


def _add(name: str, level: int, classes: tuple[str, ...] | str, action: dict[str, Any]) -> None:
    who = (classes,) if isinstance(classes, str) else classes
    if "effect" in action:
        action["effect"] = {"name": name} | action["effect"]
    SPELLS[name] = Spell(name, level, who, action)


# Cantrips
_add("Fire Bolt", 0, ARCANE, _attack("{dice}d10 fire"))
_add("Ray of Frost", 0, ARCANE, _attack("{dice}d8 cold"))  # slower feet matter on no map
_add(
    "Chill Touch",
    0,
    (*ARCANE, WARLOCK),
    _attack(
        "{dice}d8 necrotic",
        on_hit=[
            {
                "name": "Chill Touch",
                "effect": {
                    "name": "Chill Touch",
                    "grants": ["no_healing"],
                    "duration": 1,
                    "clock": "start_of_source_turn",
                },
            }
        ],
    ),
)
_add(
    "Shocking Grasp",
    0,
    ARCANE,
    _attack(
        "{dice}d8 lightning",
        ranged=False,
        on_hit=[
            {
                "name": "Shocking Grasp",
                "effect": {
                    "name": "Shocking Grasp",
                    "grants": ["no_reactions"],
                    "duration": 1,
                    "clock": "start_of_turn",
                },
            }
        ],
    ),
)
_add("Acid Splash", 0, ARCANE, _save("dex", "{dice}d6 acid", on_success="none", targets=2))
_add(
    "Poison Spray",
    0,
    (DRUID, *ARCANE, WARLOCK),
    _save("con", "{dice}d12 poison", on_success="none"),
)
_add("Sacred Flame", 0, CLERIC, _save("dex", "{dice}d8 radiant", on_success="none"))
_add("Eldritch Blast", 0, WARLOCK, _attack("1d10 force", attacks="{dice}"))
_add("Produce Flame", 0, DRUID, _attack("{dice}d8 fire"))
_add(
    "Vicious Mockery",
    0,
    BARD,
    _save(
        "wis",
        "{dice}d4 psychic",
        on_success="none",
        effect={"grants": ["attack_disadvantage"], "ends_on": ["attack"], "duration": 1},
    ),
)

# Level 1
_add(
    "Bless",
    1,
    (CLERIC, PALADIN),
    _effect(
        "allies",
        {"attack_roll": "1d4", "saving_throw": "1d4", "duration": 10},
        targets=3,
        **_HELD,
        **_more(targets=1),
    ),
)
_add(
    "Bane",
    1,
    (BARD, CLERIC),
    _save(
        "cha",
        targets=3,
        effect={"attack_roll": "-1d4", "saving_throw": "-1d4", "duration": 10},
        **_HELD,
        **_more(targets=1),
    ),
)
_add("Burning Hands", 1, ARCANE, _area("dex", "3d6 fire", 2, **_more("1d6 fire")))
_add(
    "Cure Wounds",
    1,
    (BARD, CLERIC, DRUID, PALADIN, RANGER),
    _heal("1d8+{mod}", **_more(healing="1d8")),
)
_add(
    "Divine Favor",
    1,
    PALADIN,
    _effect("self", {"extra_damage": "1d4 radiant", "duration": 10}, **_BONUS, **_HELD),
)
_add(
    "Entangle",
    1,
    DRUID,
    _save(
        "str",
        targets=4,
        area=True,
        effect={"conditions": ["restrained"], "save_ends": True, "duration": 10},
        **_HELD,
    ),
)
_add(
    "Faerie Fire",
    1,
    (BARD, DRUID),
    _save(
        "dex",
        targets=4,
        area=True,
        effect={"grants": ["attacked_advantage"], "duration": 10},
        **_HELD,
    ),
)
_add(
    "False Life",
    1,
    ARCANE,
    {"type": "heal", "temporary_hp": "1d4+4", "on": "self", **_more(healing="5")},
)
_add(
    "Guiding Bolt",
    1,
    CLERIC,
    _attack(
        "4d6 radiant",
        on_hit=[
            {
                "name": "Guiding Bolt",
                "effect": {
                    "name": "Guiding Bolt",
                    "grants": ["attacked_advantage"],
                    "ends_on": ["attacked"],
                    **_NEXT_TURN,
                },
            }
        ],
        **_more("1d6 radiant"),
    ),
)
_add("Healing Word", 1, (BARD, CLERIC, DRUID), _heal("1d4+{mod}", **_BONUS, **_more(healing="1d4")))
_add(
    "Hellish Rebuke",
    1,
    WARLOCK,
    _save("dex", "2d10 fire", time="reaction", **_more("1d10 fire")),
)
_add(
    "Heroism",
    1,
    (BARD, PALADIN),
    _effect("allies", {"temporary_hp": "{mod}", "duration": 10}, **_HELD, **_more(targets=1)),
)
_add(
    "Hex",
    1,
    WARLOCK,
    _effect("enemies", {"marked_damage": "1d6 necrotic"}, **_BONUS, **_HELD),
)
_add("Hunter's Mark", 1, RANGER, _effect("enemies", {"marked_damage": "1d6"}, **_BONUS, **_HELD))
_add("Inflict Wounds", 1, CLERIC, _attack("3d10 necrotic", ranged=False, **_more("1d10 necrotic")))
_add(
    "Magic Missile",
    1,
    ARCANE,
    _attack("1d4+1 force", attacks=3, automatic=True, **_more(attacks=1)),
)
_add("Shield", 1, ARCANE, {"type": "defend", "armor_class": 5, "lasting": True})
_add(
    "Shield of Faith",
    1,
    (CLERIC, PALADIN),
    _effect("allies", {"armor_class": 2}, **_BONUS, **_HELD),
)
_add(
    "Thunderwave",
    1,
    (BARD, DRUID, *ARCANE),
    _area("con", "2d8 thunder", 2, **_more("1d8 thunder")),
)

# Level 2
_add(
    "Barkskin",
    2,
    (DRUID, RANGER),
    _effect("self", {"armor_class": 2}, **_HELD),
)  # armor class 16 at least; over hide armor about this
_add(
    "Blindness",
    2,
    (BARD, CLERIC, *ARCANE),
    _save(
        "con",
        effect={"conditions": ["blinded"], "save_ends": True, "duration": 10},
        **_more(targets=1),
    ),
)
_add(
    "Blur",
    2,
    ARCANE,
    _effect("self", {"grants": ["attacked_disadvantage"], "duration": 10}, **_HELD),
)
_add(
    "Flaming Sphere",
    2,
    (DRUID, WIZARD),
    _save(
        "dex",
        "2d6 fire",
        effect={"turn_damage": "2d6 fire", "turn_save": "half", "duration": 10},
        **_HELD,
        **_more("1d6 fire"),
    ),
)
_add(
    "Heat Metal",
    2,
    (BARD, DRUID),
    _effect(
        "enemies",
        {"turn_damage": "2d8 fire", "grants": ["attack_disadvantage"], "duration": 10},
        **_HELD,
        **_more("1d8 fire"),
    ),
)
_add(
    "Hold Person",
    2,
    (BARD, CLERIC, DRUID, *ARCANE, WARLOCK),
    _save(
        "wis",
        effect={"conditions": ["paralyzed"], "save_ends": True, "duration": 10},
        **_HELD,
        **_more(targets=1),
    ),
)
_add(
    "Invisibility",
    2,
    (BARD, *ARCANE, WARLOCK),
    _effect("self", {"conditions": ["invisible"], "ends_on": ["attack"]}, **_HELD),
)
_add(
    "Moonbeam",
    2,
    DRUID,
    _effect(
        "enemies",
        {"turn_damage": "2d10 radiant", "turn_save": "half", "duration": 10},
        ability="con",
        **_HELD,
        **_more("1d10 radiant"),
    ),
)
_add(
    "Ray of Enfeeblement",
    2,
    (WARLOCK, WIZARD),
    _attack(
        "0",
        on_hit=[
            {
                "name": "Ray of Enfeeblement",
                "effect": {
                    "name": "Ray of Enfeeblement",
                    "grants": ["halved_weapon_damage"],
                    "duration": 10,
                },
            }
        ],
        **_HELD,
    ),
)
_add("Scorching Ray", 2, ARCANE, _attack("2d6 fire", attacks=3, **_more(attacks=1)))
_add("Shatter", 2, (BARD, *ARCANE, WARLOCK), _area("con", "3d8 thunder", 3, **_more("1d8 thunder")))
_add(
    "Web",
    2,
    ARCANE,
    _save(
        "dex",
        targets=4,
        area=True,
        effect={"conditions": ["restrained"], "save_ends": True},
        **_HELD,
    ),
)

# Level 3
_add(
    "Call Lightning",
    3,
    DRUID,
    _area("dex", "3d10 lightning", 2, **_HELD, **_more("1d10 lightning")),
)
_add("Counterspell", 3, (*ARCANE, WARLOCK), {"type": "counter"})
_add(
    "Fear",
    3,
    (BARD, *ARCANE, WARLOCK),
    _save(
        "wis",
        targets=3,
        area=True,
        effect={"conditions": ["frightened"], "grants": ["one_attack"], "save_ends": True},
        **_HELD,
    ),
)
_add("Fireball", 3, ARCANE, _area("dex", "8d6 fire", 4, **_more("1d6 fire")))
_add(
    "Haste",
    3,
    ARCANE,
    _effect(
        "allies",
        {
            "armor_class": 2,
            "save_advantage": ["dex"],
            "grants": ["extra_attack"],
            "duration": 10,
        },
        **_HELD,
    ),
)
_add(
    "Hypnotic Pattern",
    3,
    (BARD, *ARCANE, WARLOCK),
    _save(
        "wis",
        targets=4,
        area=True,
        effect={"conditions": ["incapacitated"], "ends_on": ["damage"], "duration": 10},
        **_HELD,
    ),
)
_add("Lightning Bolt", 3, ARCANE, _area("dex", "8d6 lightning", 4, **_more("1d6 lightning")))
_add(
    "Mass Healing Word",
    3,
    CLERIC,
    _heal("1d4+{mod}", targets=6, **_BONUS, **_more(healing="1d4")),
)
_add(
    "Slow",
    3,
    ARCANE,
    _save(
        "wis",
        targets=6,
        effect={
            "armor_class": -2,
            "grants": ["no_reactions", "one_attack"],
            "save_ends": True,
            "duration": 10,
        },
        **_HELD,
    ),
)
_add(
    "Spirit Guardians",
    3,
    CLERIC,
    _effect(
        "self",
        {"turn_damage": "3d8 radiant", "turn_save": "half", "aura": 3},
        ability="wis",
        **_HELD,
        **_more("1d8 radiant"),
    ),
)
_add(
    "Vampiric Touch",
    3,
    (WARLOCK, WIZARD),
    _attack("3d6 necrotic", ranged=False, **_HELD, **_more("1d6 necrotic")),
)

# Level 4
_add("Blight", 4, (DRUID, *ARCANE, WARLOCK), _save("con", "8d8 necrotic", **_more("1d8 necrotic")))
_add(
    "Greater Invisibility",
    4,
    (BARD, *ARCANE),
    _effect("self", {"conditions": ["invisible"], "duration": 10}, **_HELD),
)
_add(
    "Ice Storm",
    4,
    (DRUID, *ARCANE),
    _area("dex", "2d8 bludgeoning + 4d6 cold", 4, **_more("1d8 bludgeoning")),
)
_add(
    "Stoneskin",
    4,
    (DRUID, RANGER, *ARCANE),
    _effect(
        "self",
        {
            "resistances": [
                "nonmagical bludgeoning",
                "nonmagical piercing",
                "nonmagical slashing",
            ]
        },
        **_HELD,
    ),
)

# Level 5
_add("Cone of Cold", 5, ARCANE, _area("con", "8d8 cold", 4, **_more("1d8 cold")))
_add("Flame Strike", 5, CLERIC, _area("dex", "4d6 fire + 4d6 radiant", 3, **_more("1d6 fire")))
_add(
    "Hold Monster",
    5,
    (BARD, *ARCANE, WARLOCK),
    _save(
        "wis",
        effect={"conditions": ["paralyzed"], "save_ends": True, "duration": 10},
        **_HELD,
        **_more(targets=1),
    ),
)
_add(
    "Insect Plague",
    5,
    (CLERIC, DRUID, SORCERER),
    _area("con", "4d10 piercing", 4, **_HELD, **_more("1d10 piercing")),
)
_add(
    "Mass Cure Wounds",
    5,
    (BARD, CLERIC, DRUID),
    _heal("3d8+{mod}", targets=6, **_more(healing="1d8")),
)

# Level 6 and above
_add("Chain Lightning", 6, ARCANE, _save("dex", "10d8 lightning", targets=4, **_more(targets=1)))
_add(
    "Circle of Death",
    6,
    (*ARCANE, WARLOCK),
    _area("con", "8d6 necrotic", 6, **_more("2d6 necrotic")),
)
_add(
    "Disintegrate",
    6,
    ARCANE,
    _save("dex", "10d6+40 force", on_success="none", **_more("3d6 force")),
)
_add("Harm", 6, CLERIC, _save("con", "14d6 necrotic"))
_add("Heal", 6, (CLERIC, DRUID), _heal("70", **_more(healing="10")))
_add(
    "Sunbeam",
    6,
    (DRUID, *ARCANE),
    _area(
        "con",
        "6d8 radiant",
        3,
        effect={"conditions": ["blinded"], "duration": 1, "clock": "start_of_source_turn"},
        **_HELD,
    ),
)
_add("Delayed Blast Fireball", 7, ARCANE, _area("dex", "12d6 fire", 4, **_more("1d6 fire")))
_add("Finger of Death", 7, (*ARCANE, WARLOCK), _save("con", "7d8+30 necrotic"))
_add("Fire Storm", 7, (CLERIC, DRUID, SORCERER), _area("dex", "7d10 fire", 5))
_add(
    "Sunburst",
    8,
    (DRUID, *ARCANE),
    _area("con", "12d6 radiant", 8, effect={"conditions": ["blinded"], "save_ends": True}),
)
_add(
    "Meteor Swarm",
    9,
    ARCANE,
    _area("dex", "20d6 fire + 20d6 bludgeoning", 8),
)
_add("Mass Heal", 9, CLERIC, _heal("100", targets=6))
