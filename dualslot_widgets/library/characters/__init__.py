"""Ready-made characters of the twelve SRD classes at levels 1 to 20, built from the rules.

A character is scenario JSON: a starting point to change. All are humans with the point array, in
usual armor of their class, without magic items; from level 5 on their weapons count as magical.
Spells are those of `PREPARED` up to the highest slot; a paladin's and a ranger's begin at level 2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dualslot_widgets.errors import ScenarioError
from dualslot_widgets.library.characters.features import LEFT_OUT, sheet_of
from dualslot_widgets.library.characters.progression import (
    BASICS,
    CASTERS,
    MAX_LEVEL,
    armor_class,
    hit_points,
    modifiers,
    pact_magic,
    proficiency,
    saving_throws,
    spell_slots,
)
from dualslot_widgets.library.characters.spells import SPELLS, cast, quickened
from dualslot_widgets.scenario.reading import nearest, shown, whole

if TYPE_CHECKING:
    import pandas as pd

BACK = {"bard", "druid", "ranger", "sorcerer", "warlock", "wizard"}
ROLES = {
    "barbarian": "brute",
    "bard": "controller",
    "cleric": "healer",
    "druid": "controller",
    "wizard": "controller",
}
#: Cantrips that a class fights with, and the spells that it takes into a fight as soon as it can
#: cast them; the slots that are left over make lower ones stronger.
PREPARED: dict[str, tuple[str, ...]] = {
    "bard": (
        *("Vicious Mockery", "Healing Word", "Cure Wounds", "Faerie Fire", "Thunderwave"),
        *("Hold Person", "Shatter", "Heat Metal", "Hypnotic Pattern", "Fear"),
        *("Greater Invisibility", "Hold Monster", "Mass Cure Wounds"),
    ),
    "cleric": (
        *(
            "Sacred Flame",
            "Bless",
            "Healing Word",
            "Cure Wounds",
            "Guiding Bolt",
            "Shield of Faith",
        ),
        *("Inflict Wounds", "Hold Person", "Spirit Guardians", "Mass Healing Word", "Flame Strike"),
        *("Insect Plague", "Mass Cure Wounds", "Harm", "Heal", "Fire Storm", "Mass Heal"),
    ),
    "druid": (
        *("Produce Flame", "Poison Spray", "Healing Word", "Cure Wounds", "Entangle"),
        *("Faerie Fire", "Thunderwave", "Moonbeam", "Hold Person", "Call Lightning", "Ice Storm"),
        *("Blight", "Insect Plague", "Mass Cure Wounds", "Sunbeam", "Heal", "Fire Storm"),
        "Sunburst",
    ),
    "paladin": ("Bless", "Shield of Faith", "Divine Favor", "Cure Wounds", "Heroism"),
    "ranger": ("Hunter's Mark", "Cure Wounds", "Barkskin", "Stoneskin"),
    "sorcerer": (
        *("Fire Bolt", "Shocking Grasp", "Shield", "Magic Missile", "Burning Hands"),
        *("Scorching Ray", "Web", "Fireball", "Counterspell", "Haste", "Ice Storm"),
        *("Greater Invisibility", "Cone of Cold", "Hold Monster", "Disintegrate"),
        *("Delayed Blast Fireball", "Sunburst", "Meteor Swarm"),
    ),
    "warlock": (
        *("Eldritch Blast", "Chill Touch", "Hex", "Hellish Rebuke", "Hold Person", "Shatter"),
        *("Counterspell", "Hypnotic Pattern", "Fear", "Blight", "Hold Monster"),
    ),
    "wizard": (
        *("Fire Bolt", "Shocking Grasp", "Shield", "Magic Missile", "Burning Hands"),
        *("Scorching Ray", "Web", "Hold Person", "Fireball", "Counterspell", "Slow", "Haste"),
        *("Ice Storm", "Greater Invisibility", "Cone of Cold", "Hold Monster", "Chain Lightning"),
        *("Disintegrate", "Finger of Death", "Sunburst", "Meteor Swarm"),
    ),
}


def classes() -> list[str]:
    """Return the names of the twelve classes."""
    return list(BASICS)


def character(
    class_name: str, level: int, *, name: str | None = None, **more: Any
) -> dict[str, Any]:
    """Return a character as scenario JSON.

    Parameters
    ----------
    class_name : str
        One of `classes()`, in any case.
    level : int
        1 to 20.
    name : str, optional
        By default the class's name.
    **more
        Keys of a creature that replace those built here.

    Raises
    ------
    ScenarioError
        For an unknown class or level.

    Examples
    --------
    >>> fighter = character("fighter", 5)
    >>> fighter["max_hp"], fighter["armor_class"], fighter["multiattack"]
    (44, 18, ['Greatsword', 'Greatsword'])
    """
    kind = str(class_name).strip().casefold()
    if kind not in BASICS:
        hint = nearest(kind, BASICS)
        raise ScenarioError(f"character: {shown(class_name)} is not a class of the SRD{hint}")
    number = whole(level)
    if number is None or not 1 <= number <= MAX_LEVEL:
        raise ScenarioError(f"level: {shown(level)} is not a whole number from 1 to {MAX_LEVEL}")
    mod, sheet = modifiers(kind, number), sheet_of(kind, number)
    die = BASICS[kind].hit_die
    built: dict[str, Any] = {
        "name": name or kind.capitalize(),
        "level": number,
        "max_hp": hit_points(kind, number),
        "armor_class": armor_class(kind, number),
        "hit_dice": f"{number}d{die}{number * mod['con']:+d}",
        "initiative_bonus": mod["dex"],
        "saving_throws": saving_throws(kind, number),
        "position": "back" if kind in BACK else "front",
        "role": ROLES.get(kind, "striker"),
        "actions": [*_spells(kind, number), *sheet.actions],
        "multiattack": sheet.multiattack if len(sheet.multiattack) > 1 else [],
        "spell_slots": list(spell_slots(kind, number)),
        **sheet.more,
    }
    pact = pact_magic(kind, number)
    if pact is not None:
        built["pact_magic"] = pact
    return {key: value for key, value in built.items() if value not in ([], None)} | more


def left_out(class_name: str, level: int) -> list[str]:
    """Return in words what of a class at a level is not played."""
    return [what for what, from_level in LEFT_OUT[class_name].items() if level >= from_level]


def spells() -> pd.DataFrame:
    """Return the spells there are: name, level, time, type, concentration, classes."""
    import pandas as pd

    rows = [
        {
            "name": spell.name,
            "level": spell.level,
            "time": spell.action.get("time", "action"),
            "type": spell.action["type"],
            "concentration": bool(spell.action.get("concentration")),
            "classes": ", ".join(spell.classes),
        }
        for spell in SPELLS.values()
    ]
    return pd.DataFrame(rows).sort_values(["level", "name"], ignore_index=True)


def _spells(kind: str, level: int) -> list[dict[str, Any]]:
    if kind not in CASTERS:
        return []
    ability = CASTERS[kind][0]
    modifier, bonus = modifiers(kind, level)[ability], proficiency(level)
    pact = pact_magic(kind, level)
    highest = pact["level"] if pact else len(spell_slots(kind, level))
    chosen = [SPELLS[name] for name in PREPARED[kind] if SPELLS[name].level <= highest]
    out = []
    for spell in chosen:
        action = cast(
            spell,
            dc=8 + bonus + modifier,
            attack_bonus=bonus + modifier,
            modifier=modifier,
            level=level,
        )
        _improve(kind, level, modifier, spell.level, action)
        out.append(action)
        if kind == "sorcerer" and level >= 3 and spell.name == "Fire Bolt":
            out.append(quickened(action))
    return out


def _improve(kind: str, level: int, modifier: int, spell: int, action: dict[str, Any]) -> None:
    """Add what features give to spells: Disciple of Life, Agonizing Blast, Empowered Evocation."""
    if kind == "cleric" and "healing" in action and spell:
        dice, _, bonus = action["healing"].partition("+")
        action["healing"] = (
            f"{dice}+{int(bonus or 0) + 2 + spell}" if "d" in dice else (str(int(dice) + 2 + spell))
        )
        if "upcast" in action and "healing" in action["upcast"]:
            more = action["upcast"]["healing"]
            action["upcast"]["healing"] = f"{more}+1" if "d" in more else str(int(more) + 1)
    if kind == "warlock" and level >= 2 and action["name"] == "Eldritch Blast":
        action["damage"] = action["damage"].replace(" force", f"+{modifier} force")
    empowered = (kind == "wizard" and level >= 10) or (
        kind == "sorcerer" and level >= 6 and "fire" in action.get("damage", "")
    )
    if empowered and "damage" in action:
        first, *others = action["damage"].split(" + ")
        dice, _, type_of = first.partition(" ")
        bare, _, flat = dice.partition("+")
        first = f"{bare}+{int(flat or 0) + modifier} {type_of}".strip()
        action["damage"] = " + ".join([first, *others])
