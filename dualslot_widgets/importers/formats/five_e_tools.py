"""Bestiaries in the format of 5etools: ``{"monster": [...]}``, a user's own file.

Its schema is https://github.com/TheGiddyLimit/5etools-utils; none of its data is part of this
package.
"""

from __future__ import annotations

import math
from typing import Any

from dualslot_widgets.importers import values
from dualslot_widgets.importers.formats.five_e_tools_copy import copy_of
from dualslot_widgets.importers.formats.five_e_tools_text import entries_text, rendered
from dualslot_widgets.importers.report import Notes
from dualslot_widgets.importers.statblock.passage import Passage
from dualslot_widgets.importers.statblock.spells import AT_WILL, Casting, casting_numbers
from dualslot_widgets.importers.statblock.stat_block import StatBlock, modifier
from dualslot_widgets.scenario.creature import Creature
from dualslot_widgets.scenario.effects import ABILITIES

FORMAT = "5etools bestiary"
_LISTS = (
    ("action", "action"),
    ("bonus", "bonus_action"),
    ("reaction", "reaction"),
    ("legendary", "legendary"),
)
_DEFENCES = (
    ("resist", "resistances"),
    ("immune", "immunities"),
    ("vulnerable", "vulnerabilities"),
    ("conditionImmune", "condition_immunities"),
)


def fits(value: dict[str, Any]) -> bool:
    """Say whether an object has the structure of a monster of this format."""
    named = "name" in value and isinstance(value["name"], str)
    whole = isinstance(value.get("hp"), dict) and "ac" in value
    return named and (whole or isinstance(value.get("_copy"), dict))


def stat_block(value: dict[str, Any], place: str, notes: Notes) -> StatBlock | Creature | None:
    """Return the stat block of a monster, or the creature that only changes another, or None."""
    name = values.name(rendered(values.text(value.get("name"))), "Monster")
    if isinstance(value.get("_copy"), dict):
        armor = _armor_class(value, place, notes) if "ac" in value else None
        return copy_of(value, armor, place, notes)
    hit_points = values.obj(value.get("hp"))
    kind = value.get("type")
    block = StatBlock(
        place=place,
        name=name,
        max_hp=values.whole(hit_points.get("average", hit_points.get("special"))),
        armor_class=_armor_class(value, place, notes),
        hit_dice=values.text(hit_points.get("formula")),
        scores={ability: values.number(value.get(ability)) for ability in ABILITIES},
        saves=_saves(values.obj(value.get("save"))),
        kind=(values.text(kind) or values.text(values.obj(kind).get("type"))).lower(),
        legendary_actions=values.whole(value.get("legendaryActions")) or 3,
    )
    block.initiative = _initiative(value)
    for key, target in _DEFENCES:
        getattr(block, target).extend(_phrases(value.get(key), ""))
    for index, raw in enumerate(values.items(value.get("spellcasting"))):
        block.castings.append(_casting(values.obj(raw), f"{place}.spellcasting[{index}]", value))
    for index, raw in enumerate(values.items(value.get("trait"))):
        block.traits.append(_passage(values.obj(raw), f"{place}.trait[{index}]", "action"))
    for key, time in _LISTS:
        for index, raw in enumerate(values.items(value.get(key))):
            block.actions.append(_passage(values.obj(raw), f"{place}.{key}[{index}]", time))
    for index, raw in enumerate(values.items(value.get("mythic"))):
        notes.leave(f"{place}.mythic[{index}]", values.name(values.obj(raw).get("name"), "mythic"))
    return block


def _passage(raw: dict[str, Any], place: str, time: str) -> Passage:
    text = entries_text(raw.get("entries", raw.get("text")))
    return Passage(place, values.name(rendered(values.text(raw.get("name"))), "Action"), text, time)


def _armor_class(value: dict[str, Any], place: str, notes: Notes) -> int | None:
    listed = value.get("ac")
    classes = values.items(listed) or [listed]
    if len(classes) > 1:
        notes.assume(f"{place}.ac", "the first of several armor classes is taken")
    first = classes[0]
    return values.whole(values.obj(first).get("ac", values.obj(first).get("special", first)))


def _saves(raw: dict[str, Any]) -> dict[str, int]:
    found = {ability: values.whole(raw.get(ability)) for ability in ABILITIES}
    return {ability: bonus for ability, bonus in found.items() if bonus is not None}


def _challenge(value: dict[str, Any]) -> float:
    raw = value.get("cr")
    text = values.text(values.obj(raw).get("cr", raw))
    fractions = {"1/8": 0.125, "1/4": 0.25, "1/2": 0.5}
    return fractions.get(text, values.number(text) or 0.0)


def _proficiency(value: dict[str, Any]) -> int:
    """SRD 5.1, "Proficiency Bonus by Challenge Rating": 2 up to 4, one more for every 4."""
    return 2 + max(0, min(math.ceil(_challenge(value)), 30) - 1) // 4


def _initiative(value: dict[str, Any]) -> int | None:
    raw = value.get("initiative")
    if (given := values.whole(values.obj(raw).get("initiative", raw))) is not None:
        return given
    times = values.number(values.obj(raw).get("proficiency"))
    if times is None or not 0 <= times <= 2:
        return None
    return modifier(values.number(value.get("dex"))) + int(times * _proficiency(value))


def _phrases(raw: Any, note: str, depth: int = 0) -> list[str]:
    """Return defences as phrases; a group's note ("from nonmagical attacks") goes with each."""
    found: list[str] = []
    for entry in values.items(raw):
        if isinstance(entry, str):
            found.append(f"{entry} {note}".strip())
        elif isinstance(entry, dict) and depth < 5:
            if special := values.text(entry.get("special")):
                found.append(rendered(special))
            inner = f"{values.text(entry.get('preNote'))} {values.text(entry.get('note'))}".strip()
            for key in ("resist", "immune", "vulnerable", "conditionImmune"):
                found += _phrases(entry.get(key), rendered(inner) or note, depth + 1)
    return found[: values.MAX_ENTRIES]


def _casting(raw: dict[str, Any], place: str, value: dict[str, Any]) -> Casting:
    casting = Casting(place, level=max(1, min(math.ceil(_challenge(value)), 20)))
    casting_numbers(casting, entries_text(raw.get("headerEntries")))
    for entry in values.items(raw.get("will")):
        casting.spells.append((_spell(entry), AT_WILL))
    for key in ("daily", "rest"):
        for times, spells in values.obj(raw.get(key)).items():
            uses = values.whole(times.rstrip("e")) or 1
            casting.spells += [(_spell(entry), max(1, uses)) for entry in values.items(spells)]
    for level, at in values.obj(raw.get("spells")).items():
        number, slots = values.whole(level), values.whole(values.obj(at).get("slots"))
        if number is not None and 1 <= number <= 9 and slots is not None:
            casting.slots[number - 1] = slots
        for entry in values.items(values.obj(at).get("spells")):
            casting.spells.append((_spell(entry), None))
    return casting


def _spell(entry: Any) -> str:
    text = values.text(entry) or values.text(values.obj(entry).get("entry"))
    return values.name(rendered(text).split(" (")[0], "")
