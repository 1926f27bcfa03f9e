"""Monsters of 5e-bits/5e-database, which the public SRD API serves.

Its data are https://github.com/5e-bits/5e-database; monsters of its 2014 and 2024 data differ
little.
"""

from __future__ import annotations

import math
from typing import Any

from dualslot_widgets.importers import values
from dualslot_widgets.importers.report import Notes
from dualslot_widgets.importers.statblock.passage import Passage
from dualslot_widgets.importers.statblock.spells import AT_WILL, Casting
from dualslot_widgets.importers.statblock.stat_block import StatBlock
from dualslot_widgets.importers.statblock.tokens import ABILITY_WORDS
from dualslot_widgets.scenario.effects import ABILITIES

FORMAT = "5e-bits monster"
#: Numbers of attacks that these data give in words: a hydra's five heads, an average of 2.5.
_COUNTS = {"Number of Heads": 5, "1d4": 2}
_LISTS = (
    ("actions", "action"),
    ("bonus_actions", "bonus_action"),
    ("reactions", "reaction"),
    ("legendary_actions", "legendary"),
)


def fits(value: dict[str, Any]) -> bool:
    """Say whether an object has the structure of this format."""
    return {"hit_points", "strength", "dexterity"} <= value.keys() and (
        "index" in value
        or isinstance(value.get("proficiencies"), list)
        or isinstance(value.get("armor_class"), list)
    )


def stat_block(value: dict[str, Any], place: str, notes: Notes) -> StatBlock:
    """Return the stat block of a monster."""
    armor = value.get("armor_class")
    classes = [values.obj(entry).get("value") for entry in values.items(armor)] or [armor]
    if len(classes) > 1:
        notes.assume(f"{place}.armor_class", "the first of several is taken")
    block = StatBlock(
        place=place,
        name=values.name(value.get("name"), "Monster"),
        max_hp=values.whole(value.get("hit_points")),
        armor_class=values.whole(classes[0]),
        hit_dice=values.text(value.get("hit_points_roll")) or values.text(value.get("hit_dice")),
        scores={ability: values.number(value.get(ABILITY_WORDS[ability])) for ability in ABILITIES},
        saves=_saves(value),
        kind=values.text(value.get("type")).lower(),
        resistances=_phrases(value.get("damage_resistances")),
        immunities=_phrases(value.get("damage_immunities")),
        vulnerabilities=_phrases(value.get("damage_vulnerabilities")),
        condition_immunities=_phrases(value.get("condition_immunities")),
    )
    # A cantrip's dice are those of the challenge rating where a caster has no level.
    challenge = math.ceil(values.number(value.get("challenge_rating")) or 1)
    for index, raw in enumerate(values.items(value.get("special_abilities"))):
        where, trait = f"{place}.special_abilities[{index}]", values.obj(raw)
        spellcasting = values.obj(trait.get("spellcasting"))
        if spellcasting:
            block.castings.append(_casting(spellcasting, trait, where, challenge))
        else:
            block.traits.append(_passage(trait, where, "action"))
    for key, time in _LISTS:
        for index, raw in enumerate(values.items(value.get(key))):
            where = f"{place}.{key}[{index}]"
            block.actions.append(_passage(values.obj(raw), where, time))
    return block


def _passage(raw: dict[str, Any], place: str, time: str) -> Passage:
    save = values.obj(raw.get("dc"))
    kind = values.text(values.obj(save.get("dc_type")).get("index"))
    dc = values.whole(save.get("dc_value"))
    known = dc is not None and kind in ABILITIES
    return Passage(
        place=place,
        name=values.name(raw.get("name"), "Action"),
        text=values.text(raw.get("desc")),
        time=time,
        attack_bonus=values.whole(raw.get("attack_bonus")),
        damage=_damage(raw.get("damage")),
        save={
            "dc": dc,
            "ability": kind,
            "on_success": "half" if save.get("success_type") == "half" else "none",
        }
        if known
        else None,
        limit=_limit(values.obj(raw.get("usage"))),
        routines=tuple(_routines(raw)),
    )


def _damage(raw: Any) -> str:
    """Return damage data as dice; of damage that can be chosen the first choice."""
    terms = []
    for entry in map(values.obj, values.items(raw, 10)):
        choices = values.items(values.obj(entry.get("from")).get("options"))
        part = values.obj(choices[0]) if choices else entry
        dice = values.text(part.get("damage_dice"))[:30].replace(" ", "")
        kind = values.text(values.obj(part.get("damage_type")).get("index"))[:20].lower()
        if dice and not part.get("dc"):
            terms.append(f"{dice} {kind}".strip())
    return " + ".join(terms)


def _limit(usage: dict[str, Any]) -> dict[str, Any]:
    kind = usage.get("type")
    if kind == "recharge on roll" and 2 <= (values.whole(usage.get("min_value")) or 0) <= 6:
        return {"recharge": values.whole(usage.get("min_value"))}
    if kind == "per day":
        return {"uses": max(1, min(values.whole(usage.get("times")) or 1, 1000))}
    if kind == "recharge after rest":
        short = "short" in values.items(usage.get("rest_types"))
        return {"uses": 1} | ({"per": "short_rest"} if short else {})
    return {}


def _routines(raw: dict[str, Any]) -> list[tuple[tuple[str, int], ...]]:
    kind = raw.get("multiattack_type")
    if kind == "actions":
        return [_way(raw.get("actions"))]
    if kind == "action_options":
        options = values.obj(values.obj(raw.get("action_options")).get("from")).get("options")
        return [_way(values.obj(o).get("items") or [o]) for o in values.items(options, 20)]
    return []


def _way(parts: Any) -> tuple[tuple[str, int], ...]:
    found = []
    for part in map(values.obj, values.items(parts, 20)):
        count = _COUNTS.get(values.text(part.get("count")), values.whole(part.get("count")))
        found.append((values.text(part.get("action_name")), 1 if count is None else count))
    return tuple(found)


def _saves(value: dict[str, Any]) -> dict[str, int]:
    found = {}
    for entry in map(values.obj, values.items(value.get("proficiencies"))):
        index = values.text(values.obj(entry.get("proficiency")).get("index"))
        bonus = values.whole(entry.get("value"))
        if index.startswith("saving-throw-") and bonus is not None:
            found[index.removeprefix("saving-throw-")] = bonus
    return found


def _phrases(raw: Any) -> list[str]:
    """Return a list of texts, or of objects with a name, or one text, as phrases."""
    if isinstance(raw, str):
        return [raw]
    return [values.text(e) or values.text(values.obj(e).get("name")) for e in values.items(raw)]


def _casting(raw: dict[str, Any], trait: dict[str, Any], place: str, challenge: int) -> Casting:
    dc, to_hit = values.whole(raw.get("dc")), values.whole(raw.get("modifier"))
    level = values.whole(raw.get("level")) or challenge
    casting = Casting(place, dc=dc, attack_bonus=to_hit, level=max(1, min(level, 20)))
    casting.ability = values.text(values.obj(raw.get("ability")).get("index"))
    for key, slots in values.obj(raw.get("slots")).items():
        spell_level, number = values.whole(key), values.whole(slots)
        if spell_level is not None and 1 <= spell_level <= 9 and number is not None:
            casting.slots[spell_level - 1] = number
    innate = "innate" in values.text(trait.get("name")).lower()
    for entry in map(values.obj, values.items(raw.get("spells"))):
        usage = values.obj(entry.get("usage"))
        uses = AT_WILL if innate or usage else None
        if usage.get("type") == "per day":
            uses = values.whole(usage.get("times")) or 1
        name = values.name(entry.get("name"), "").split(" (")[0]
        casting.spells.append((name, uses))
    return casting
