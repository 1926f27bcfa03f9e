"""Reads the actions of a published SRD monster into the actions of a scenario.

Part of `build_bestiary.py`. The text of an action decides, not the structure beside it: the
structure lacks 44 riders ("and must make a DC 11 Constitution saving throw, taking 9 (2d8) poison
damage ..."), misses a few "half as much damage", and files damage of later rounds as damage of the
hit.
"""

from __future__ import annotations

import re
from typing import Any

TYPES = (
    "acid|bludgeoning|cold|fire|force|lightning|necrotic|piercing|poison|psychic|radiant"
    "|slashing|thunder"
)
#: 10 (2d6 + 3) slashing damage; 3 (1d6) lightning or thunder damage; 1 piercing damage
DAMAGE = re.compile(
    rf"(\d+)(?: \((\d+d\d+(?: [+\-−] \d+)?)\))? ({TYPES})(?: or (?:{TYPES}))? damage"
)
SAVE = re.compile(
    r"DC (\d+) (Strength|Dexterity|Constitution|Intelligence|Wisdom|Charisma)(?: or \w+)? saving"
)
HALF = re.compile(r"half (as much|the (\w+ )?damage)")
LATER = re.compile(r"at the (start|end) of (each of )?(its|the|their)")
CONDITIONS = re.compile(
    r"\b(grappled|restrained|paralyzed|poisoned|stunned|prone|swallowed|blinded|frightened|charmed"
    r"|unconscious|petrified|cursed|diseased|disease|engulfed)\b"
)
#: A rider's saving throw has no place in an attack: its dice are cut to the share that a target
#: with this bonus takes on average.
TYPICAL_SAVE = 2
#: Actions that need a target already grappled, charmed, frightened or asleep, or hurt only later.
NEEDS_MORE = {
    "Death Glare",
    "Draining Kiss",
    "Fling",
    "Nightmare Haunting",
    "Spores",
    "Swallow",
    "Tentacle Slam",
    "Wall of Ice",
}
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
    if action is None:
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
    terms, end = [], 0
    for found in DAMAGE.finditer(hit):
        before = hit[end : found.start()]
        later = LATER.search(before) or LATER.search(hit[found.end() : found.end() + 40])
        if found.start() == 0 or before.endswith((" plus ", " and ")):
            terms.append(_term(found))
        elif SAVE.search(before) and not later and before.endswith(("taking ", "take ")):
            half = HALF.search(hit[found.end() : found.end() + 60]) is not None
            terms.append(_rider(found, SAVE.search(before), half=half))
            notes.append(f"saving throw against {raw['name']} (its dice are averaged)")
        elif later and not terms:
            # The damage of a hold, such as Smother: every round it would be dealt again.
            terms.append(_term(found))
        if later:
            notes.append(f"later damage of {raw['name']}")
        end = found.end()
    if CONDITIONS.search(hit):
        notes.append("conditions")
    if "half of its hit points or fewer" in hit:
        notes.append("weaker at half its hit points")
    if not terms:
        return None
    return {
        "type": "attack",
        "name": raw["name"],
        "attack_bonus": raw["attack_bonus"],
        "damage": " + ".join(terms),
    }


def _save(raw: dict[str, Any], text: str) -> dict[str, Any] | None:
    save, damage = SAVE.search(text), DAMAGE.search(text)
    if save is None or damage is None:
        return None
    return {
        "type": "save",
        "name": raw["name"],
        "dc": int(save[1]),
        "ability": save[2][:3].lower(),
        "damage": _term(damage),
        "on_success": "half" if HALF.search(text) else "none",
        "targets": targets(text),
    }


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


def _rider(found: re.Match[str], save: re.Match[str] | None, *, half: bool) -> str:
    assert save is not None
    assert found[2] is not None
    failed = min(1.0, max(0.0, (int(save[1]) - 1 - TYPICAL_SAVE) / 20))
    share = failed + (1 - failed) / 2 * half
    count, sides = re.findall(r"\d+", found[2])[:2]
    return f"{max(1, round(int(count) * share))}d{sides} {found[3]}"


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
    if radius and re.search(r"[Ee]ach creature", text):
        # The radius beside "each creature" counts, not the range of the effect.
        last = re.findall(r"within (\d+) f(?:ee)?t\.? of (?:that|it)", text) or [radius[2]]
        return 1 + int(last[-1]) // 5
    return 2 if "creatures" in text or "Each creature" in text else 1
