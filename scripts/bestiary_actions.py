"""Reads the actions of a published SRD monster into the actions of a scenario.

Part of `build_bestiary.py`. The text of an action decides, not the structure beside it: the
structure lacks 44 riders ("and must make a DC 11 Constitution saving throw, taking 9 (2d8) poison
damage ..."), misses a few "half as much damage", and files damage of later rounds as damage of the
hit.
"""

from __future__ import annotations

import json
import re
from typing import Any

from bestiary_patches import GOLEM_HASTE, LEADERSHIP, THIRD_ROAR, VANISH
from bestiary_riders import LATE, OF_OWNER, condition_rider, effect_of, save_of

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
    r"swallowed|cursed(?! with mummy rot)|attach|corrod|absorb|Strength score is reduced"
    r"|dies|ability check|reduced by 1d"
)
DRAINS = re.compile(
    r"hit point maximum is reduced by an amount equal to the (?:(\w+) )?damage taken"
)
WOUNDED = re.compile(rf", or (\d+)(?: \((\d+d\d+)\))? ({TYPES}) damage if the swarm has half")
#: In whose grip, or in what state, a target must be.
REQUIRES = {
    "one prone creature": ["prone"],
    "grappled by the vampire, incapacitated, or restrained": [
        *("grappled", "incapacitated", "restrained"),
    ],
}
#: Actions that need a target already grappled, charmed, frightened or asleep, or hurt only later.
NEEDS_MORE = {
    "Death Glare",
    "Draining Kiss",
    "Enslave",
    "Fling",
    "Nightmare Haunting",
    "Possession",
    "Swallow",
    "Tentacle Slam",
}
#: Actions that only move, push, disguise, read minds, or are for another day.
PEACEFUL = {
    *("Change Shape", "Teleport", "Etherealness", "Heart Sight", "Telepathic Bond"),
    "Create Specter",  # of a corpse, under the wraith's control: an ally of later fights
    "Ethereal Stride",
    "Illusory Appearance",
    "Ink Cloud",  # works under water only, to swim away
    "Nightmare Haunting",  # of sleepers
    "Read Thoughts",
    "Reel",  # pulls nearer, and near is not modelled
    "Repulsion Breath",  # pushes away, without damage
}
#: Who turns invisible until it attacks.
VANISHES = ("Invisibility", "Invisible Passage")


def breaths(raw: dict[str, Any], notes: list[str]) -> list[dict[str, Any]]:
    """Return a dragon's breath weapons: they share one recharge."""
    found: list[dict[str, Any]] = []
    for option in raw["options"]["from"]["options"]:
        name = option["name"]
        text = next(line for line in raw["desc"].split("\n") if line.startswith(f"{name}."))
        action = None if name in PEACEFUL else _save({"name": name}, text)
        if action is None:
            notes += [] if name in PEACEFUL else [name]
        elif found:
            found.append(action | {"shares": found[0]["name"]})
        else:
            found.append(action | limit(raw))
    return found


def read_action(raw: dict[str, Any], notes: list[str]) -> dict[str, Any] | None:
    """Return a monster's action as scenario JSON, or None with a note on what was left out."""
    name, text = raw["name"], " ".join(raw["desc"].split())
    if "attack_bonus" in raw:
        action = _attack(raw, text, notes)
    elif name in VANISHES:
        return dict(VANISH, name=name, effect=dict(VANISH["effect"], name=name))
    elif name == "Leadership":
        action = json.loads(json.dumps(LEADERSHIP))
    elif name == "Haste" and "slam attack as a bonus action" in text:
        action = json.loads(json.dumps(GOLEM_HASTE))
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
        if "lasts for 1 minute" in text and "starts its turn in that area" in text:
            notes.append(f"{name} that stays where it is")
        told = OF_OWNER.sub("", LATE.sub("", text))
        if action and (
            SPECIAL.search(told) or ("fails by 5" in told and "badly" not in str(action))
        ):
            notes.append(f"what else {name} does")
    if action is None:
        if name not in PEACEFUL:
            notes.append(name)
        return None
    return action | limit(raw)


def grappling(raw: dict[str, Any], attack: dict[str, Any]) -> dict[str, Any] | None:
    """Return a second way to use an attack: "instead of dealing damage, it can grapple"."""
    found = re.search(r"Instead of dealing damage, the [\w ]+ can grapple", raw["desc"])
    if found is None:
        return None
    name = f"{attack['name']} (grapple)"
    grapple = {"name": name, "conditions": ["grappled"], "duration": 2, "ends_on": ["source_down"]}
    rider = {"name": name, "effect": grapple}
    return {**attack, "name": name, "damage": "0", "on_hit": [rider]}


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
        end = found.end()
    suffered = condition_rider(raw["name"], hit, notes)
    if LATER.search(hit) and "turn_damage" not in str(suffered) and "repeat" not in hit:
        notes.append(f"later damage of {raw['name']}")
    drained = DRAINS.search(hit)
    if drained:
        kind = drained[1] or terms[0].split()[1]
        drains = {"name": f"{raw['name']} (drain)", "drains": kind, **(save_of(hit) or {})}
        riders.append(drains | ({"heals": True} if "regains hit points equal" in hit else {}))
    if suffered and riders and suffered.get("dc") == riders[0]["dc"]:
        riders[0]["effect"] = suffered["effect"]  # one saving throw against both
    elif suffered:
        riders.append(suffered)
    told = LATE.sub("", hit)
    if suffered and "worsens" in suffered["effect"]:
        told = ""
    if "infernal wound" in hit:
        notes.append(f"growing wound of {raw['name']}")
    if SPECIAL.search(told) or ("fails by 5" in told and "badly" not in str(suffered)):
        notes.append(f"what else {raw['name']} does")
    if not terms and not riders:
        return None
    action: dict[str, Any] = {
        "type": "attack",
        "name": raw["name"],
        "attack_bonus": raw["attack_bonus"],
        "damage": " + ".join(terms) or "0",
    }
    wounded = WOUNDED.search(hit)
    if wounded:
        action["wounded_damage"] = f"{wounded[2] or wounded[1]} {wounded[3]}"
    for said, conditions in REQUIRES.items():
        if said in text:
            action["requires"] = conditions
    if re.match(r"Ranged (Weapon|Spell) Attack", text):
        action["ranged"] = True
    if "Spell Attack" in text:
        action["magical"] = True
    if riders:
        action["on_hit"] = riders
    return action


def _save(raw: dict[str, Any], text: str) -> dict[str, Any] | None:
    save, damage = save_of(text), DAMAGE.search(text)
    if damage and LATER.match(text, damage.end() + 1):
        damage = None
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
    radius = re.search(r"within (\d+) f(?:ee)?t\.? of (?:that|it)|(\d+)-foot[- ]radius", text)
    if "three bolts" in text:
        return 3
    if cone:
        return 2 + int(cone[1]) // 30
    if line:
        return 1 + int(line[1] or line[2]) // 30
    if "within 120 f" in text and "of the dragon's choice" in text:
        return 6
    if "wall of ice" in text:
        return 2
    if radius and re.search(r"[Ee]ach creature|one or more creatures", text):
        # The radius beside "each creature" counts, not the range of the effect.
        last = re.findall(r"within (\d+) f(?:ee)?t\.? of (?:that|it)", text) or [radius[2]]
        return 1 + int(last[-1]) // 5
    return 2 if "creatures" in text or "Each creature" in text else 1
