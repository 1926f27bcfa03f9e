"""Reads the actions of a published SRD monster into the actions of a scenario.

Part of `build_bestiary.py`. The text of an action decides, not the structure beside it: the
structure lacks 44 riders ("and must make a DC 11 Constitution saving throw, taking 9 (2d8) poison
damage ..."), misses a few "half as much damage", and files damage of later rounds as damage of the
hit.
"""

from __future__ import annotations

import re
from typing import Any

from bestiary_riders import condition_rider, effect_of, save_of

TYPES = (
    "acid|bludgeoning|cold|fire|force|lightning|necrotic|piercing|poison|psychic|radiant"
    "|slashing|thunder"
)
#: 10 (2d6 + 3) slashing damage; 3 (1d6) lightning or thunder damage; 1 piercing damage
DAMAGE = re.compile(
    rf"(\d+)(?: \((\d+d\d+(?: [+\-−] \d+)?)\))? ({TYPES})(?: or (?:{TYPES}))? damage"
)
HALF = re.compile(r"half (as much|the (\w+ )?damage)")
LATER = re.compile(r"at the (start|end) of (each of )?(its|the|their)")
#: What hits do that has no word.
SPECIAL = re.compile(
    r"hit point maximum is reduced|swallowed|cursed|disease|engulfed|attach|corrod|absorb|petrif"
    r"|Strength score is reduced|lycanthropy|turned to stone|dies|ability check|reduced by 1d"
    r"|fails by 5|5 or lower"
)
#: Actions that need a target already grappled, charmed, frightened or asleep, or hurt only later.
NEEDS_MORE = {
    "Death Glare",
    "Draining Kiss",
    "Fling",
    "Nightmare Haunting",
    "Possession",
    "Spores",
    "Swallow",
    "Tentacle Slam",
    "Wall of Ice",
}
#: Actions that only move or disguise.
PEACEFUL = {"Change Shape", "Teleport", "Etherealness", "Heart Sight", "Telepathic Bond"}
#: Only the third of the androsphinx's roars hurts, once, and everyone near.
THIRD_ROAR = {
    "type": "save",
    "name": "Roar",
    "dc": 18,
    "ability": "con",
    "damage": "8d10 thunder",
    "on_success": "half",
    "targets": 6,
    "uses": 1,
}


def read_action(raw: dict[str, Any], notes: list[str]) -> dict[str, Any] | None:
    """Return a monster's action as scenario JSON, or None with a note on what was left out."""
    name, text = raw["name"], " ".join(raw["desc"].split())
    if "attack_bonus" in raw:
        action = _attack(raw, text, notes)
    elif "options" in raw:
        return _breath(raw, notes)
    elif name == "Roar" and "Third Roar" in text:
        notes.append("first and second Roar")
        return dict(THIRD_ROAR)
    elif name == "Healing Touch":
        dice = re.search(r"regains \d+ \((\d+d\d+ \+ \d+)\) hit points", text)
        assert dice is not None
        action = {"type": "heal", "name": name, "healing": dice[1].replace(" ", ""), "targets": 1}
    elif name in NEEDS_MORE or (name == "Engulf" and "grappled by it" in text):
        action = None
    else:
        action = _save(raw, text)
        if action and (SPECIAL.search(text) or (LATER.search(text) and "repeat" not in text)):
            notes.append(f"what else {name} does")
    if action is None:
        if name not in PEACEFUL:
            notes.append(name)
        return None
    return action | limit(raw)


def limit(raw: dict[str, Any]) -> dict[str, int]:
    """Return the recharge or the uses of an action; a rest never comes within a scenario."""
    usage = raw.get("usage")
    if usage is None:
        return {}
    if usage["type"] == "recharge on roll":
        return {"recharge": usage["min_value"]}
    return {"uses": usage.get("times", 1)}


def _attack(raw: dict[str, Any], text: str, notes: list[str]) -> dict[str, Any] | None:
    hit = text[text.find("Hit:") + 4 :].strip()
    terms, riders, end = [], [], 0
    for found in DAMAGE.finditer(hit):
        before = hit[end : found.start()]
        later = LATER.search(before) or LATER.search(hit[found.end() : found.end() + 40])
        if found.start() == 0 or before.endswith((" plus ", " and ")):
            terms.append(_term(found))
        elif save_of(before) and not later and before.endswith(("taking ", "take ")):
            half = HALF.search(hit[found.end() : found.end() + 60]) is not None
            riders.append(_rider(raw["name"], found, save_of(before), half=half))
        elif later and not terms:
            # The damage of a hold, such as Smother: every round it would be dealt again.
            terms.append(_term(found))
        if later:
            notes.append(f"later damage of {raw['name']}")
        end = found.end()
    suffered = condition_rider(raw["name"], hit, notes)
    if suffered and riders and suffered.get("dc") == riders[0]["dc"]:
        riders[0]["effect"] = suffered["effect"]  # one saving throw against both
    elif suffered:
        riders.append(suffered)
    if SPECIAL.search(hit):
        notes.append(f"what else {raw['name']} does")
    if "half of its hit points or fewer" in hit:
        notes.append("weaker at half its hit points")
    if not terms and not riders:
        return None
    action = {
        "type": "attack",
        "name": raw["name"],
        "attack_bonus": raw["attack_bonus"],
        "damage": " + ".join(terms) or "0",
    }
    if re.match(r"Ranged (Weapon|Spell) Attack", text):
        action["ranged"] = True
    if "Spell Attack" in text:
        action["magical"] = True
    if riders:
        action["on_hit"] = riders
    return action


def _save(raw: dict[str, Any], text: str) -> dict[str, Any] | None:
    save, damage = save_of(text), DAMAGE.search(text)
    effect = effect_of(f"{raw['name']} (effect)", text)
    if save is None or (damage is None and effect is None):
        return None
    action = {
        "type": "save",
        "name": raw["name"],
        **save,
        "on_success": "half" if HALF.search(text) else "none",
        "targets": targets(text),
    }
    if damage is not None:
        action["damage"] = _term(damage)
    if effect is not None:
        action["effect"] = effect
    if action["targets"] > 1:
        action["area"] = True
    if "immune to" in text and "for the next 24 hours" in text:
        action["once"] = True
    return action


def _breath(raw: dict[str, Any], notes: list[str]) -> dict[str, Any] | None:
    """Return the breath that hurts out of a dragon's several breath weapons."""
    options = raw["options"]["from"]["options"]
    breaths = [option for option in options if option.get("damage")]
    notes += [option["name"] for option in options if not option.get("damage")]
    name = breaths[0]["name"]
    text = next(line for line in raw["desc"].split("\n") if line.startswith(f"{name}."))
    found = _save({"name": name}, text)
    return None if found is None else found | limit(raw)


def _term(found: re.Match[str]) -> str:
    dice = (found[2] or found[1]).replace(" ", "").replace("−", "-")
    return f"{dice} {found[3]}"


def _rider(
    name: str, found: re.Match[str], save: dict[str, Any] | None, *, half: bool
) -> dict[str, Any]:
    assert save is not None
    rider = {"name": f"{name} ({found[3]})", "damage": _term(found), **save}
    return rider | ({"on_success": "half"} if half else {})


def targets(text: str) -> int:
    """Return how many enemies an area is taken to catch when nobody stands on a map.

    A cone of L feet 2 + L/30, a line of L feet 1 + L/30, a radius of R feet 1 + R/5, the space of
    a large creature 2, three bolts 3; anything else one.
    """
    cone = re.search(r"(\d+)-foot cone", text)
    line = re.search(r"(\d+)-foot line|line (?:of \w+ )?that is (\d+) ft", text)
    radius = re.search(r"within (\d+) f(?:ee)?t\.? of (?:that|it)|(\d+)-foot-radius", text)
    if "three bolts" in text:
        return 3
    if cone:
        return 2 + int(cone[1]) // 30
    if line:
        return 1 + int(line[1] or line[2]) // 30
    if "within 120 f" in text and "of the dragon's choice" in text:
        return 6
    if radius and re.search(r"[Ee]ach creature", text):
        # The radius beside "each creature" counts, not the range of the effect.
        last = re.findall(r"within (\d+) f(?:ee)?t\.? of (?:that|it)", text) or [radius[2]]
        return 1 + int(last[-1]) // 5
    return 2 if "creatures" in text or "Each creature" in text else 1
