"""Traits and defences of a stat block as keys of a creature."""

from __future__ import annotations

import re
from typing import Any

from dualslot_widgets.importers.report import Notes
from dualslot_widgets.importers.statblock.action_text import Passage
from dualslot_widgets.importers.statblock.name_text import limit_of, plain_name, tidy
from dualslot_widgets.scenario.dice import DAMAGE_TYPES
from dualslot_widgets.scenario.effects import CONDITIONS

TRAITS = {
    "magic resistance": "magic_resistance",
    "pack tactics": "pack_tactics",
    "reckless": "reckless",
    "undead fortitude": "undead_fortitude",
    "evasion": "evasion",
    "blood frenzy": "blood_frenzy",
}
#: Traits that make a monster's attacks magical.
MAGICAL = re.compile(r"(?:Magic|Angelic|Hellish|Infernal) Weapons", re.IGNORECASE)
#: Traits that decide nothing in a fight without a map.
PEACEFUL = re.compile(
    r"Amphibious|Keen |False Appearance|Spider Climb|Water Breathing|Devil's Sight|Hold Breath"
    r"|Web Walker|Web Sense|Echolocation|Stone Camouflage|Illumination|Amorphous|Standing Leap"
    r"|Siege Monster|Ice Walk|Sure-Footed|Speak with|Tree Stride|Mimicry|Limited Telepathy"
    r"|Telepathic|Underwater Camouflage|Running Leap|Earth Glide|Flyby|Shapechanger|Immutable"
    r"|Air Form|Snow Camouflage|Treasure Sense|Tunneler|Ethereal Sight|Brute$",
    re.IGNORECASE,
)
_KINDS = re.compile(r"\b(" + "|".join(DAMAGE_TYPES) + r")\b", re.IGNORECASE)
_PHYSICAL = ("bludgeoning", "piercing", "slashing")
_NONMAGICAL = re.compile(r"non-?magical|aren't magical|not magical", re.IGNORECASE)
_REGAINS = re.compile(r"regains (\d{1,3}) hit points", re.IGNORECASE)
_STOPPED = re.compile(r"takes ([\w ,]{1,60}) damage", re.IGNORECASE)
_FEWER = re.compile(r"takes (\d{1,4}) damage or less", re.IGNORECASE)
_SNEAK = re.compile(r"\((\d{1,2}d6)\)|extra (\d{1,2}d6)", re.IGNORECASE)


def read_trait(passage: Passage, keys: dict[str, Any], notes: Notes) -> None:
    """Add what a trait says to the keys of a creature, or note that it is left out."""
    name, text = plain_name(passage.name), tidy(passage.text)
    low = name.casefold()
    if low in TRAITS:
        if TRAITS[low] not in keys.setdefault("traits", []):
            keys["traits"].append(TRAITS[low])
    elif low == "legendary resistance":
        limit = passage.limit or limit_of(passage.name)
        keys["legendary_resistance"] = limit.get("uses", 3)
    elif low == "relentless" and (found := _FEWER.search(text)):
        keys["relentless"] = int(found[1])
    elif low == "regeneration" and (found := _REGAINS.search(text)) and int(found[1]):
        keys["regeneration"] = _regeneration(int(found[1]), text, passage.place, notes)
    elif low.startswith("sneak attack") and (found := _SNEAK.search(text)):
        rider = {"name": name, "damage": found[1] or found[2], "when": "advantage_or_ally"}
        keys.setdefault("riders", []).append(rider | {"once_per_turn": True})
    elif MAGICAL.search(name):
        keys["magical weapons"] = True
    elif not PEACEFUL.match(name.replace("’", "'")):
        notes.leave(passage.place, f"trait {name}")


def _regeneration(points: int, text: str, place: str, notes: Notes) -> dict[str, Any]:
    out: dict[str, Any] = {"hp": points}
    if found := _STOPPED.search(text):
        out["stopped_by"] = list(dict.fromkeys(kind.lower() for kind in _KINDS.findall(found[1])))
        if "sunlight" in text or "holy water" in text:
            notes.leave(place, "sunlight and holy water against Regeneration")
    if "dies only if" in text:
        out["revives"] = True
    return {key: value for key, value in out.items() if value != []}


def defences(phrases: list[str], place: str, notes: Notes) -> list[str]:
    """Return what phrases of resistance, immunity or vulnerability name, as damage types.

    Parameters
    ----------
    phrases : list of str
        Such as "fire", "cold, fire; bludgeoning and piercing from nonmagical attacks".
    place : str
    notes : Notes

    Returns
    -------
    list of str
        Damage types, and "nonmagical slashing" and its like.
    """
    found: dict[str, None] = {}
    for phrase in (part for text in phrases[:50] for part in tidy(text).split(";")[:20]):
        kinds = [kind.lower() for kind in _KINDS.findall(phrase)]
        words = re.sub(r"\b(?:and|or|damage)\b|[,\s]", "", _KINDS.sub("", phrase))
        physical = [kind for kind in kinds if kind in _PHYSICAL]
        if _NONMAGICAL.search(phrase) and physical:
            found |= {kind: None for kind in kinds if kind not in _PHYSICAL}
            found |= {f"nonmagical {kind}": None for kind in physical}
            if "adamantine" in phrase or "silvered" in phrase:
                notes.assume(place, f'"{phrase[:80]}": all nonmagical weapons')
        elif kinds and not words:
            found |= dict.fromkeys(kinds)
        elif phrase.strip():
            notes.leave(place, f'"{phrase[:80]}"')
    return list(found)


def condition_immunities(names: list[str], place: str, notes: Notes) -> list[str]:
    """Return the conditions among names; exhaustion, which is never played, is passed over."""
    found: dict[str, None] = {}
    for word in (part for name in names[:50] for part in re.split(r"[,;]", name[:300])):
        low = word.strip().casefold()
        if low in CONDITIONS:
            found[low] = None
        elif low and low != "exhaustion":
            notes.leave(place, f'"{word.strip()[:40]}" is no condition that is played')
    return list(found)
