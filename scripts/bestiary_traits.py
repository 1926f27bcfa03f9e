"""Traits, spellcasting, legendary actions and reactions of a monster, as keys of a creature.

Used by build_bestiary.py.
"""

from __future__ import annotations

import re
from typing import Any

from bestiary_actions import targets
from bestiary_passives import aura, charge, death_burst, nature, on_hits, steadiness
from bestiary_riders import effect_of, save_of

from dualslot_widgets.library.characters.spells import SPELLS, cast

TRAITS = {
    "Magic Resistance": "magic_resistance",
    "Pack Tactics": "pack_tactics",
    "Reckless": "reckless",
    "Undead Fortitude": "undead_fortitude",
    "Evasion": "evasion",
    "Blood Frenzy": "blood_frenzy",
    "Ambusher": "ambusher",
    "Assassinate": "assassinate",
    "Gnome Cunning": "gnome_cunning",
    "Grappler": "grappler",
    "Reactive": "reactive",
    "Steadfast": "steadfast",
    "Duergar Resilience": "magic_resistance",
}
DAMAGE_TYPES = re.compile(
    r"\b(acid|cold|fire|force|lightning|necrotic|poison|psychic|radiant|thunder)\b"
)
#: Spells that decide nothing on a field without a map, or before or after a fight.
PEACEFUL_SPELLS = re.compile(
    r"Creation|Animate Dead|Control Weather|Conjure|Geas"
    r"|Spare the Dying|Dimension Door|Pass [Ww]ithout Trace"
    r"|Light|Mage Hand|Prestidigitation|Detect|Mage Armor|Misty Step|Fly|Druidcraft"
    r"|Minor Illusion"
    r"|Message|Thaumaturgy|Speak with|Comprehend|Identify|Feather Fall|Disguise|Dancing Lights"
    r"|Levitate|Scrying|Teleport|Plane Shift|Tongues|Water |Control Water|Create|Invisibility"
    r"|Nondetection|Clairvoyance|Locate|Legend Lore|Dream|Sending|Tree Stride"
    r"|Shillelagh|Longstrider|Goodberry|Animal|Purify|Raise|Resurrection|Commune|Zone of"
    r"|Remove Curse|Restoration|Lesser|Greater Restoration|Dispel Evil|Gaseous|Wind Walk|Passwall"
    r"|Etherealness"
    r"|Astral|True Seeing|See Invisib|Darkness|Darkvision|Arcane|Guidance|Heroes|Hallow|Divination"
    r"|Augury|Mending|Protection|Enhance|Knock|Major Image|Silent Image|Programmed"
    r"|Project Image|Mirage|Hallucinatory|Fog Cloud|Gust of Wind|Wind Wall|Stinking|Stone Shape"
    r"|Move"
)
LEGENDARY_PEACEFUL = re.compile(r"Detect|Move|Teleport|Search|Hover|Whispering|Vanish")


def traits(
    raw: dict[str, Any], actions: list[dict[str, Any]]
) -> tuple[dict[str, Any], list[dict[str, Any]], set[str]]:
    """Return keys of the creature, actions of its own, and the names of the traits played.

    Some traits change the attacks among the `actions` given.
    """
    out: dict[str, Any] = {}
    played: set[str] = set()
    own: list[dict[str, Any]] = []
    attacks = [action for action in actions if action["type"] == "attack"]
    for trait in [*(raw.get("special_abilities") or []), *(raw.get("reactions") or [])]:
        name = re.sub(r"\s*\(.*\)$", "", trait["name"])
        text = " ".join(trait["desc"].split())
        steady = steadiness(text)
        if steady:
            out["condition_advantage"] = steady
            played.add(trait["name"])
        if name in TRAITS:
            out.setdefault("traits", []).append(TRAITS[name])
        elif name == "Legendary Resistance":
            out["legendary_resistance"] = (trait.get("usage") or {}).get("times", 3)
        elif name == "Relentless" and (found := re.search(r"takes (\d+) damage or less", text)):
            out["relentless"] = int(found[1])
        elif name == "Regeneration" and (found := re.search(r"regains (\d+) hit points", text)):
            out["regeneration"] = regeneration(int(found[1]), text)
        elif name == "Sneak Attack" and (found := re.search(r"\((\d+d6)\)", text)):
            out["riders"] = [
                {
                    "name": name,
                    "damage": found[1],
                    "when": "advantage_or_ally",
                    "once_per_turn": True,
                }
            ]
        elif found := re.search(r"subjected to (\w+) damage, it takes no damage and", text):
            out["absorbs"] = [found[1]]
        elif charge(name, text, attacks):
            pass
        elif rider := on_hits(name, text, attacks):
            out.setdefault("riders", []).append(rider)
        elif action := (
            death_burst(name, text, targets(text)) or aura(name, text) or nature(name, text)
        ):
            own.append(action)
        else:
            continue
        played.add(trait["name"])
    return out, own, played


def regeneration(points: int, text: str) -> dict[str, Any]:
    """Return what Regeneration does; no scenario has sunlight or holy water."""
    out: dict[str, Any] = {"hp": points}
    stopped = re.search(r"If the [\w ]+ takes ([\w ,]+) damage", text)
    if stopped:
        out["stopped_by"] = DAMAGE_TYPES.findall(stopped[1])
    if "dies only if" in text:
        out["revives"] = True
    return {key: value for key, value in out.items() if value != []}


def spells(
    raw: dict[str, Any], notes: list[str]
) -> tuple[list[dict[str, Any]], list[int], set[str]]:
    """Return the spells as actions, the slots, and the names of the traits that they play."""
    actions: list[dict[str, Any]] = []
    slots = [0] * 9
    played: set[str] = set()
    unknown: list[str] = []
    for trait in raw.get("special_abilities") or []:
        casting = trait.get("spellcasting")
        if not casting:
            continue
        played.add(trait["name"])
        for level, number in (casting.get("slots") or {}).items():
            slots[int(level) - 1] = number
        innate = "Innate" in trait["name"]
        for entry in casting["spells"]:
            name = re.sub(r"\s*\(.*\)$", "", entry["name"]).replace(
                "Blindness/Deafness", "Blindness"
            )
            spell = SPELLS.get(name)
            if spell is None:
                if not PEACEFUL_SPELLS.match(name):
                    unknown.append(name)
                continue
            if any(action["name"] == name for action in actions):
                continue
            action = cast(
                spell,
                dc=casting.get("dc", 8 + casting.get("modifier", 0)),
                attack_bonus=casting.get("modifier", casting.get("dc", 12) - 8),
                modifier=max(casting.get("dc", 12) - 8 - raw.get("proficiency_bonus", 2), 0),
                level=casting.get("level") or 5,
            )
            usage = entry.get("usage") or {}
            if usage.get("type") == "per day":
                action["uses"] = usage["times"]
            elif (innate or usage) and spell.level:
                action["uses"] = 99  # at will
            elif spell.level and not slots[spell.level - 1]:
                action["uses"] = 1
            actions.append(action)
    if unknown:
        notes.append("spells: " + ", ".join(dict.fromkeys(unknown)).lower())
    while slots and not slots[-1]:
        slots.pop()
    return actions, slots, played


def legendary(
    raw: dict[str, Any], actions: list[dict[str, Any]], notes: list[str]
) -> list[dict[str, Any]]:
    """Return the legendary actions: copies of attacks, and saving throws of their own."""
    out = []
    by_name = {action["name"].casefold(): action for action in actions}
    for entry in raw.get("legendary_actions") or []:
        name, text = entry["name"], entry["desc"]
        cost = re.search(r"Costs (\d) Actions", name)
        name = re.sub(r"\s*\(.*\)$", "", name)
        own = {"time": "legendary", "name": f"{name} (legendary)"}
        if cost:
            own["legendary_cost"] = int(cost[1])
        attack = next(
            (
                a
                for key, a in by_name.items()
                if re.search(rf"\b{re.escape(key)}\b", text.casefold())
            ),
            None,
        )
        if attack is None and name.casefold() in by_name:
            attack = by_name[name.casefold()]
        save = save_of(text)
        if save and (entry.get("damage") or effect_of(name, text)):
            action = {"type": "save", **save, "on_success": "none", "targets": 3, "area": True}
            if entry.get("damage") and entry["damage"][0].get("damage_dice"):
                kind = entry["damage"][0]["damage_type"]["index"]
                action["damage"] = f"{entry['damage'][0]['damage_dice'].replace(' ', '')} {kind}"
            effect = effect_of(f"{name} (effect)", text)
            if effect:
                action["effect"] = effect
            out.append(action | own)
        elif attack is not None and attack["type"] in ("attack", "save"):
            copy = {key: value for key, value in attack.items() if key not in ("recharge", "uses")}
            if "recharge" in attack:
                notes.append(f"legendary {name}")
                continue
            out.append(copy | own)
        elif not LEGENDARY_PEACEFUL.match(name):
            notes.append(f"legendary {name}")
    return out


#: Nobody throws rocks at giants.
PEACEFUL_REACTIONS = {"Rock Catching"}


def reactions(raw: dict[str, Any], played: set[str], notes: list[str]) -> list[dict[str, Any]]:
    """Return the reactions that turn hits; others are named in the notes."""
    out = []
    for entry in raw.get("reactions") or []:
        if entry["name"] in played | PEACEFUL_REACTIONS:
            continue
        found = re.search(r"adds (\d+) to its AC against one melee attack", entry["desc"])
        if found:
            out.append(
                {
                    "type": "defend",
                    "name": entry["name"],
                    "armor_class": int(found[1]),
                    "melee_only": True,
                }
            )
        else:
            notes.append(entry["name"].lower())
    return out
