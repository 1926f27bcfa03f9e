"""Class features that decide fights, as actions, riders, resources and traits.

SRD 5.1, "Classes", each with its one subclass there. A feature that a fight without a map cannot
show, or that the vocabulary has no word for, is named in `LEFT_OUT`.
"""

from __future__ import annotations

from collections.abc import Callable

from dualslot_widgets.library.characters.progression import modifiers, proficiency
from dualslot_widgets.library.characters.sheet import Sheet


def barbarian(sheet: Sheet) -> None:
    """Berserker: rage, reckless attacks, brutal critical hits, relentless rage."""
    level = sheet.level
    brutal = {"critical_dice": (level >= 9) + (level >= 13) + (level >= 17)}
    sheet.weapon("Greataxe", "1d12", "str", kind="slashing", **brutal)
    sheet.multiattack = ["Greataxe"] * (1 + (level >= 5))
    rages = 99 if level == 20 else 2 + (level >= 3) + (level >= 6) + (level >= 12) + (level >= 17)
    sheet.resource("rage", rages, "long_rest")
    harm = 2 + (level >= 9) + (level >= 16)
    sheet.actions.append(
        {
            "type": "effect",
            "name": "Rage",
            "time": "bonus_action",
            "on": "self",
            "cost": {"rage": 1},
            "effect": {
                "name": "Rage",
                "damage_roll": harm,
                "save_advantage": ["str"],
                "resistances": ["bludgeoning", "piercing", "slashing"],
                "duration": 10,
            },
        }
    )
    if level >= 2:
        sheet.trait("reckless")
        sheet.more["save_advantage"] = ["dex"]  # Danger Sense
    if level >= 11:
        sheet.more["relentless"] = 30_000  # once a rest, where the DC would only be 10


def bard(sheet: Sheet) -> None:
    """Lore: inspiration."""
    sheet.weapon("Rapier", "1d8", "dex", kind="piercing")
    die = 6 + 2 * ((sheet.level >= 5) + (sheet.level >= 10) + (sheet.level >= 15))
    rest = "short_rest" if sheet.level >= 5 else "long_rest"
    sheet.resource("inspiration", max(sheet.mod["cha"], 1), rest)
    sheet.actions.append(
        {
            "type": "effect",
            "name": "Bardic Inspiration",
            "time": "bonus_action",
            "on": "allies",
            "cost": {"inspiration": 1},
            "effect": {
                "name": "Bardic Inspiration",
                "attack_roll": f"1d{die}",
                "ends_on": ["attack"],
            },
        }
    )


def cleric(sheet: Sheet) -> None:
    """Life: divine strike; `characters` adds to its healing."""
    strike = (sheet.level >= 8) + (sheet.level >= 14)
    sheet.weapon("Mace", "1d6", "str", kind="bludgeoning")
    if strike:
        sheet.rider(name="Divine Strike", damage=f"{strike}d8 radiant", once_per_turn=True)


def druid(sheet: Sheet) -> None:
    """Land: spells, and a scimitar."""
    sheet.weapon("Scimitar", "1d6", "dex", kind="slashing")


def fighter(sheet: Sheet) -> None:
    """Champion with a greatsword: great weapon fighting, surges, wide critical hits."""
    level = sheet.level
    critical = {"critical_range": 20 - (level >= 3) - (level >= 15)}
    sheet.weapon("Greatsword", "2d6", "str", kind="slashing", reroll=2, **critical)
    sheet.multiattack = ["Greatsword"] * (1 + (level >= 5) + (level >= 11) + (level >= 20))
    sheet.actions.append(
        {
            "type": "heal",
            "name": "Second Wind",
            "time": "bonus_action",
            "on": "self",
            "healing": f"1d10+{level}",
            "uses": 1,
            "per": "short_rest",
        }
    )
    if level >= 2:
        uses = 1 + (level >= 17)
        surge = {"type": "surge", "name": "Action Surge", "uses": uses, "per": "short_rest"}
        sheet.actions.append(surge)
    if level >= 18:  # Survivor; it stops above half of the hit points, which is not played
        sheet.more["regeneration"] = {"hp": 5 + sheet.mod["con"]}


def monk(sheet: Sheet) -> None:
    """Open Hand: martial arts, flurries that trip, stunning strikes."""
    level = sheet.level
    die = 4 + 2 * ((level >= 5) + (level >= 11) + (level >= 17))
    staff = max(die, 8)
    sheet.weapon("Quarterstaff", f"1d{staff}", "dex", kind="bludgeoning")
    sheet.multiattack = ["Quarterstaff"] * (1 + (level >= 5))
    fists = {"kind": "bludgeoning", "time": "bonus_action"}
    sheet.weapon("Unarmed Strike", f"1d{die}", "dex", **fists)
    dc = 8 + sheet.bonus + sheet.mod["wis"]
    if level >= 2:
        sheet.resource("ki", level, "short_rest")
        trip = {
            "name": "Open Hand",
            "dc": dc,
            "ability": "dex",
            "effect": {"name": "Prone", "conditions": ["prone"]},
        }
        tripping = {"on_hit": [trip]} if level >= 3 else {}
        sheet.weapon(
            "Flurry of Blows", f"1d{die}", "dex", attacks=2, cost={"ki": 1}, **fists, **tripping
        )
    if level >= 5:
        sheet.rider(
            name="Stunning Strike",
            dc=dc,
            ability="con",
            cost={"ki": 1},
            attacks="melee_weapon",
            effect={
                "name": "Stunned",
                "conditions": ["stunned"],
                "duration": 1,
                "clock": "end_of_source_turn",
            },
        )
    if level >= 6:
        sheet.actions.append(
            {
                "type": "heal",
                "name": "Wholeness of Body",
                "on": "self",
                "healing": str(3 * level),
                "uses": 1,
            }
        )
    if level >= 7:
        sheet.trait("evasion")


def paladin(sheet: Sheet) -> None:
    """Devotion with sword and shield: smites, healing hands."""
    level = sheet.level
    sheet.weapon("Longsword", "1d8", "str", kind="slashing", extra=2 if level >= 2 else 0)
    sheet.multiattack = ["Longsword"] * (1 + (level >= 5))
    sheet.resource("lay_on_hands", 5 * level, "long_rest")
    sheet.actions.append({"type": "heal", "name": "Lay on Hands", "points": "lay_on_hands"})
    if level >= 2:
        sheet.rider(
            name="Divine Smite",
            damage="2d8 radiant",
            attacks="melee_weapon",
            spell=1,
            upcast={"damage": "1d8 radiant"},
        )
    if level >= 11:
        sheet.rider(name="Improved Divine Smite", damage="1d8 radiant", attacks="melee_weapon")
    if level >= 7:
        sheet.more["condition_immunities"] = ["charmed"]
    if level >= 10:
        sheet.more["condition_immunities"] = ["charmed", "frightened"]


def ranger(sheet: Sheet) -> None:
    """Hunter with a longbow: colossus slayer, archery."""
    level = sheet.level
    hit = 2 if level >= 2 else 0
    sheet.weapon("Longbow", "1d8", "dex", kind="piercing", ranged=True, hit=hit)
    sheet.weapon("Shortsword", "1d6", "dex", kind="piercing")
    sheet.multiattack = ["Longbow"] * (1 + (level >= 5))
    if level >= 3:
        sheet.rider(name="Colossus Slayer", damage="1d8", once_per_turn=True)
    if level >= 15:
        sheet.trait("evasion")


def rogue(sheet: Sheet) -> None:
    """Thief with rapier: sneak attack, an off-hand blade, uncanny dodge, evasion."""
    level = sheet.level
    sheet.weapon("Rapier", "1d8", "dex", kind="piercing")
    sheet.actions.append(
        {
            "type": "attack",
            "name": "Dagger (off hand)",
            "time": "bonus_action",
            "attack_bonus": sheet.bonus + sheet.mod["dex"],
            "damage": "1d4 piercing",
            "magical": level >= 5,
        }
    )
    sheet.rider(
        name="Sneak Attack",
        damage=f"{(level + 1) // 2}d6",
        when="advantage_or_ally",
        once_per_turn=True,
    )
    if level >= 5:
        dodge = {"type": "defend", "name": "Uncanny Dodge", "halve": True}
        sheet.actions.append(dodge)
    if level >= 7:
        sheet.trait("evasion")


def sorcerer(sheet: Sheet) -> None:
    """Draconic (red): tougher skin and fire; sorcery points quicken a cantrip, see `quickened`."""
    sheet.weapon("Dagger", "1d4", "dex", kind="piercing")
    if sheet.level >= 2:
        sheet.resource("sorcery", sheet.level, "long_rest")


def warlock(sheet: Sheet) -> None:
    """Fiend: agonizing blasts; dark one's blessing is left out."""
    sheet.weapon("Dagger", "1d4", "dex", kind="piercing")


def wizard(sheet: Sheet) -> None:
    """Evocation: sculpted, empowered spells."""
    sheet.weapon("Dagger", "1d4", "dex", kind="piercing")


FEATURES: dict[str, Callable[[Sheet], None]] = {
    "barbarian": barbarian,
    "bard": bard,
    "cleric": cleric,
    "druid": druid,
    "fighter": fighter,
    "monk": monk,
    "paladin": paladin,
    "ranger": ranger,
    "rogue": rogue,
    "sorcerer": sorcerer,
    "warlock": warlock,
    "wizard": wizard,
}
#: What of each class is not played, and from which level on it would be there.
LEFT_OUT: dict[str, dict[str, int]] = {
    "barbarian": {"Frenzy": 3, "Mindless Rage": 6, "Feral Instinct": 7, "Retaliation": 14},
    "bard": {"Cutting Words": 3, "Countercharm": 6, "Magical Secrets": 6},
    "cleric": {
        "Turn Undead": 2,
        "Preserve Life": 2,
        "Destroy Undead": 5,
        "Divine Intervention": 10,
    },
    "druid": {"Wild Shape": 2, "Natural Recovery": 2, "Archdruid": 20},
    "fighter": {"Indomitable": 9, "Survivor's end above half of the hit points": 18},
    "monk": {"Deflect Missiles": 3, "Patient Defense": 2, "Quivering Palm": 17, "Empty Body": 18},
    "paladin": {"Sacred Weapon": 3, "Aura of Protection for allies": 6, "Holy Nimbus": 20},
    "ranger": {"Favored Enemy": 1, "Hunter's Multiattack": 11, "Foe Slayer": 20},
    "rogue": {"Cunning Action": 2, "Reliable Talent": 11, "Elusive": 18, "Stroke of Luck": 20},
    "sorcerer": {
        "Flexible Casting": 2,
        "Metamagic but for a quickened Fire Bolt": 3,
        "Draconic Presence": 18,
        "Sorcerous Restoration": 20,
    },
    "warlock": {"Dark One's Blessing": 1, "Mystic Arcanum": 11, "Hurl Through Hell": 14},
    "wizard": {"Arcane Recovery": 1, "Overchannel": 14, "Spell Mastery": 18},
}


def sheet_of(class_name: str, level: int) -> Sheet:
    """Return what features give a character of a class and level."""
    sheet = Sheet(level, modifiers(class_name, level), proficiency(level))
    FEATURES[class_name](sheet)
    return sheet
