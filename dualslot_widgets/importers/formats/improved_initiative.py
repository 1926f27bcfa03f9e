"""Exports of Improved Initiative: one object with a key for each creature, or a list of them.

Its format is that of https://github.com/cynicaloptimist/improved-initiative.
"""

from __future__ import annotations

from typing import Any

from dualslot_widgets.importers import values
from dualslot_widgets.importers.report import Notes
from dualslot_widgets.importers.statblock.passage import Passage
from dualslot_widgets.importers.statblock.stat_block import StatBlock, modifier
from dualslot_widgets.scenario.effects import ABILITIES

FORMAT = "Improved Initiative creature"
_LISTS = (
    ("Actions", "action"),
    ("BonusActions", "bonus_action"),
    ("Reactions", "reaction"),
    ("LegendaryActions", "legendary"),
)
_PREFIX = "Creatures."


def fits(value: dict[str, Any]) -> bool:
    """Say whether an object has the structure of a creature of this format."""
    return isinstance(value.get("HP"), dict) and "Abilities" in value and "AC" in value


def entries(value: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Return the creatures of a whole export with their keys, none for another file."""
    return [
        (key, inner)
        for key, inner in value.items()
        if key.startswith(_PREFIX) and isinstance(inner, dict)
    ]


def stat_block(value: dict[str, Any], place: str, notes: Notes) -> StatBlock:
    """Return the stat block of a creature."""
    hit_points, abilities = values.obj(value.get("HP")), values.obj(value.get("Abilities"))
    armor = value.get("AC")
    scores = {ability: values.number(abilities.get(ability.title())) for ability in ABILITIES}
    bonus = values.whole(value.get("InitiativeModifier"))
    block = StatBlock(
        place=place,
        name=values.name(value.get("Name"), "Creature"),
        max_hp=values.whole(hit_points.get("Value")),
        armor_class=values.whole(values.obj(armor).get("Value", armor)),
        initiative=None if bonus is None else modifier(scores["dex"]) + bonus,
        hit_dice=values.text(hit_points.get("Notes")).strip(" ()"),
        scores=scores,
        saves=_saves(value.get("Saves")),
        kind=(values.text(value.get("Type")).lower().split() or [""])[0],
        resistances=_texts(value.get("DamageResistances")),
        immunities=_texts(value.get("DamageImmunities")),
        vulnerabilities=_texts(value.get("DamageVulnerabilities")),
        condition_immunities=_texts(value.get("ConditionImmunities")),
    )
    for index, raw in enumerate(values.items(value.get("Traits"))):
        block.traits.append(_passage(raw, f"{place}.Traits[{index}]", "action"))
    for key, time in _LISTS:
        for index, raw in enumerate(values.items(value.get(key))):
            block.actions.append(_passage(raw, f"{place}.{key}[{index}]", time))
    for index, raw in enumerate(values.items(value.get("MythicActions"))):
        name = values.name(values.obj(raw).get("Name"), "mythic action")
        notes.leave(f"{place}.MythicActions[{index}]", name)
    return block


def _passage(raw: Any, place: str, time: str) -> Passage:
    entry = values.obj(raw)
    usage = values.text(entry.get("Usage"))
    name = values.name(entry.get("Name"), "Action")
    return Passage(
        place, f"{name} ({usage})" if usage else name, values.text(entry.get("Content")), time
    )


def _saves(raw: Any) -> dict[str, int]:
    found = {}
    for entry in map(values.obj, values.items(raw)):
        ability = values.text(entry.get("Name"))[:3].lower()
        bonus = values.whole(entry.get("Modifier"))
        if ability in ABILITIES and bonus is not None:
            found[ability] = bonus
    return found


def _texts(raw: Any) -> list[str]:
    return [values.text(entry) for entry in values.items(raw)]
