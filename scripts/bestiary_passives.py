"""Traits that come by themselves: charges, auras, death bursts, what hurts an attacker.

Used by bestiary_traits.py; each function reads the English of one kind of trait, and returns None
for a text that is of another kind.
"""

from __future__ import annotations

import re
from typing import Any

from bestiary_riders import CONDITION, effect_of, save_of

TYPES = r"(acid|bludgeoning|cold|fire|force|lightning|necrotic|piercing|poison|slashing|thunder)"
CHARGES = re.compile(
    r"(?:straight toward|then) .*?hits it with (?:a|an|its) (\w+)(?: attack)? on the same turn"
)
EXTRA = re.compile(rf"extra \d+ \((\d+d\d+)\)(?: {TYPES})? damage")
FOLLOWS = re.compile(
    r"If the target is prone, the [\w ]+ can make (?:one|another) "
    r"(?:(\w+) attack|attack with its (\w+))"
)
TOUCHED = re.compile(
    rf"hits it with a melee attack while within \d+ f(?:ee)?t\.? of it takes "
    rf"\d+ \((\d+d\d+)\) {TYPES}"
)
SURROUNDED = re.compile(
    rf"each creature within (\d+) feet of it takes \d+ \((\d+d\d+)\) {TYPES} damage"
)
STARTS_NEAR = re.compile(r"starts its turn within (\d+) f(?:ee)?t\.? of")
ADVANTAGE = re.compile(
    r"advantage on (?:Wisdom \(Perception\) checks and on )?(?:Strength and Dexterity )?saving "
    r"throws (?:made )?(?:against|to)"
)
#: How many a creature of this reach can have around it; the rest of a party is farther away.
MOST_AROUND = 6


def around(feet: int) -> int:
    """Return how many enemies are taken to be within so many feet of a creature."""
    return min(1 + feet // 5, MOST_AROUND)


def steadiness(text: str) -> list[str] | None:
    """Return the conditions that a creature saves against with advantage: Brave, Two Heads."""
    if not ADVANTAGE.search(text):
        return None
    named = re.findall(rf"\b({CONDITION})\b", text[text.index("saving") :])
    if "against poison" in text:
        named.append("poisoned")
    return list(dict.fromkeys(named)) or None


def charge(name: str, text: str, attacks: list[dict[str, Any]]) -> bool:
    """Give an attack what a charge adds to it; say whether the text tells of one."""
    found = CHARGES.search(text)
    if found is None:
        return False
    with_ = found[1].casefold().rstrip("s")
    hit = next((a for a in attacks if a["name"].casefold().rstrip("s").startswith(with_)), None)
    follows = FOLLOWS.search(text)
    second = (follows[1] or follows[2]).casefold().rstrip("s") if follows else None
    after = [a["name"] for a in attacks if a["name"].casefold().rstrip("s") == second]
    if hit is None or (follows and not after):
        return False
    once = {"when": "charge", "once_per_turn": True}
    riders = hit.setdefault("on_hit", [])
    extra, save = EXTRA.search(text), save_of(text)
    if extra:
        damage = f"{extra[1]} {extra[2] or hit['damage'].split()[1]}"
        riders.append({"name": name, "damage": damage, **once})
    if save:
        effect = {"name": "Prone", "conditions": ["prone"]}
        down = {"name": f"{name} (prone)", **save, "effect": effect, **once}
        riders.append(down | ({"follow_up": after[0]} if after else {}))
    return bool(extra or save)


def death_burst(name: str, text: str, targets: int) -> dict[str, Any] | None:
    """Return what happens when a creature dies."""
    damage = re.search(rf"\((\d+d\d+)\) {TYPES} damage", text)
    effect, save = effect_of(f"{name} (effect)", text), save_of(text)
    if not ("dies, it explodes" in text and save and (damage or effect)):
        return None
    action: dict[str, Any] = {"type": "save", "name": name, "time": "death", **save}
    action |= {"on_success": "half" if "half as much" in text else "none"}
    action |= {"targets": targets, "area": True}
    if damage:
        action["damage"] = f"{damage[1]} {damage[2]}"
    return action | ({"effect": effect} if effect else {})


def aura(name: str, text: str) -> dict[str, Any] | None:
    """Return what befalls enemies who start their turn near a creature: Stench, Fear Aura."""
    near, save = STARTS_NEAR.search(text), save_of(text)
    effect = effect_of(name, text)
    if near is None or save is None or effect is None or "rolls a d8" in text:
        return None
    if "with disadvantage if" in text:
        return None
    action: dict[str, Any] = {"type": "save", "name": name, "time": "aura", **save}
    action |= {"on_success": "none", "targets": around(int(near[1])), "effect": effect}
    if "petrified" in text or "magic" in text or "illusion" in text:
        action["magical"] = True
    return action | ({"once": True} if "for 24 hours" in text or "next 24 hours" in text else {})


def nature(name: str, text: str) -> dict[str, Any] | None:
    """Return what a creature always bears: what hurts an attacker or its neighbours, invisibility.

    Damage at the start of its own turns is dealt at the start of its enemies' turns instead.
    """
    effect: dict[str, Any] = {"name": name}
    touched, surrounded = TOUCHED.search(text), SURROUNDED.search(text)
    if touched:
        effect["retribution"] = f"{touched[1]} {touched[2]}"
    if surrounded:
        effect |= {"turn_damage": f"{surrounded[2]} {surrounded[3]}"}
        effect["aura"] = around(int(surrounded[1]))
    if re.fullmatch(r"The [\w ]+ is invisible\.", text):
        effect["conditions"] = ["invisible"]
    if "swarm can't regain hit points" in text:
        effect["grants"] = ["no_healing"]
    if len(effect) == 1:
        return None
    return {"type": "effect", "name": name, "time": "start", "on": "self", "effect": effect}


def on_hits(name: str, text: str, attacks: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return what comes with a creature's hits: Martial Advantage, Surprise Attack, Rampage."""
    extra = EXTRA.search(text)
    if extra and "within 5 ft. of an ally" in text:
        return {"name": name, "damage": extra[1], "when": "ally", "once_per_turn": True}
    if extra and "surprises a creature" in text:
        return {"name": name, "damage": extra[1], "when": "surprised", "attacks": "any"}
    again = re.search(r"reduces a creature to 0 .* melee attack .* make an? (\w+) attack", text)
    if again:
        name_of = next((a["name"] for a in attacks if a["name"].casefold() == again[1]), None)
        if name_of:
            return {"name": name, "when": "felled", "attacks": "melee_weapon",
                    "once_per_turn": True, "follow_up": name_of}  # fmt: skip
    return None
