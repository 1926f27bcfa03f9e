"""Creatures of the Open5e API, versions 1 (`/v1/monsters/`) and 2 (`/v2/creatures/`).

The API is https://github.com/open5e/open5e-api. The text decides: the dice that version 2 gives as
data lack bonuses and have wrong damage types in places.
"""

from __future__ import annotations

from typing import Any

from dualslot_widgets.importers import values
from dualslot_widgets.importers.report import Notes
from dualslot_widgets.importers.statblock.passage import Passage
from dualslot_widgets.importers.statblock.stat_block import StatBlock
from dualslot_widgets.importers.statblock.tokens import ABILITY_WORDS
from dualslot_widgets.scenario.effects import ABILITIES

FORMAT_1 = "Open5e v1 monster"
FORMAT_2 = "Open5e v2 creature"
_LISTS = (
    ("actions", "action"),
    ("bonus_actions", "bonus_action"),
    ("reactions", "reaction"),
    ("legendary_actions", "legendary"),
    ("lair_actions", "lair"),
)
_TIMES = {
    "BONUS_ACTION": "bonus_action",
    "REACTION": "reaction",
    "LEGENDARY_ACTION": "legendary",
    "LAIR_ACTION": "lair",
}


def fits_1(value: dict[str, Any]) -> bool:
    """Say whether an object has the structure of version 1."""
    return {"hit_points", "strength", "dexterity"} <= value.keys() and (
        "document__slug" in value
        or "strength_save" in value
        or isinstance(value.get("damage_resistances"), str)
    )


def fits_2(value: dict[str, Any]) -> bool:
    """Say whether an object has the structure of version 2."""
    return "hit_points" in value and isinstance(value.get("ability_scores"), dict)


def stat_block_1(value: dict[str, Any], place: str, notes: Notes) -> StatBlock:
    """Return the stat block of a monster of version 1."""
    saves = {a: values.whole(value.get(f"{ABILITY_WORDS[a]}_save")) for a in ABILITIES}
    block = StatBlock(
        place=place,
        name=values.name(value.get("name"), "Monster"),
        max_hp=values.whole(value.get("hit_points")),
        armor_class=values.whole(value.get("armor_class")),
        hit_dice=values.text(value.get("hit_dice")),
        scores={ability: values.number(value.get(ABILITY_WORDS[ability])) for ability in ABILITIES},
        saves={ability: bonus for ability, bonus in saves.items() if bonus is not None},
        kind=values.text(value.get("type")).lower(),
        resistances=[values.text(value.get("damage_resistances"))],
        immunities=[values.text(value.get("damage_immunities"))],
        vulnerabilities=[values.text(value.get("damage_vulnerabilities"))],
        condition_immunities=[values.text(value.get("condition_immunities"))],
    )
    for index, raw in enumerate(values.items(value.get("special_abilities"))):
        where = f"{place}.special_abilities[{index}]"
        block.traits.append(_passage_1(values.obj(raw), where, "action"))
    for key, time in _LISTS:
        for index, raw in enumerate(values.items(value.get(key))):
            passage = _passage_1(values.obj(raw), f"{place}.{key}[{index}]", time)
            if time == "lair":
                notes.leave(passage.place, f"lair action {passage.name}")
            else:
                block.actions.append(passage)
    return block


def _passage_1(raw: dict[str, Any], place: str, time: str) -> Passage:
    dice = values.text(raw.get("damage_dice"))[:60].replace(" ", "")
    bonus = values.whole(raw.get("damage_bonus"))
    if dice and bonus and not {"+", "-"} & set(dice):
        dice = f"{dice}{bonus:+d}"
    return Passage(
        place=place,
        name=values.name(raw.get("name"), "Action"),
        text=values.text(raw.get("desc")),
        time=time,
        attack_bonus=values.whole(raw.get("attack_bonus")),
        damage=dice,
    )


def stat_block_2(value: dict[str, Any], place: str, notes: Notes) -> StatBlock:
    """Return the stat block of a creature of version 2."""
    scores = values.obj(value.get("ability_scores"))
    saves = values.obj(value.get("saving_throws_all")) or values.obj(value.get("saving_throws"))
    listed = {a: values.whole(saves.get(ABILITY_WORDS[a])) for a in ABILITIES}
    # Before 2025 the four lists stood in the creature itself.
    holder = values.obj(value.get("resistances_and_immunities")) or value
    block = StatBlock(
        place=place,
        name=values.name(value.get("name"), "Creature"),
        max_hp=values.whole(value.get("hit_points")),
        armor_class=values.whole(value.get("armor_class")),
        initiative=values.whole(value.get("initiative_bonus")),
        hit_dice=values.text(value.get("hit_dice")),
        scores={
            ability: values.number(scores.get(ABILITY_WORDS[ability])) for ability in ABILITIES
        },
        saves={ability: bonus for ability, bonus in listed.items() if bonus is not None},
        kind=_key(value.get("type")),
        resistances=_defence(holder, "damage_resistances"),
        immunities=_defence(holder, "damage_immunities"),
        vulnerabilities=_defence(holder, "damage_vulnerabilities"),
        condition_immunities=[
            _key(entry) for entry in values.items(holder.get("condition_immunities"))
        ],
    )
    for flag, phrases in (
        ("nonmagical_attack_resistance", block.resistances),
        ("nonmagical_attack_immunity", block.immunities),
    ):
        if value.get(flag) is True or holder.get(flag) is True:
            phrases.append("bludgeoning, piercing, and slashing from nonmagical attacks")
    for index, raw in enumerate(values.items(value.get("traits"))):
        where, trait = f"{place}.traits[{index}]", values.obj(raw)
        name = values.name(trait.get("name"), "Trait")
        block.traits.append(Passage(where, name, values.text(trait.get("desc"))))
    for index, raw in enumerate(values.items(value.get("actions"))):
        passage = _passage_2(values.obj(raw), f"{place}.actions[{index}]")
        if passage.time == "lair":
            notes.leave(passage.place, f"lair action {passage.name}")
        else:
            block.actions.append(passage)
    return block


def _passage_2(raw: dict[str, Any], place: str) -> Passage:
    attack = values.obj(next(iter(values.items(raw.get("attacks"))), None))
    usage = values.obj(raw.get("usage_limits"))
    cost = values.whole(raw.get("legendary_action_cost", raw.get("legendary_cost")))
    terms = [_dice(attack, ""), _dice(attack, "extra_")]
    return Passage(
        place=place,
        name=values.name(raw.get("name"), "Action"),
        text=values.text(raw.get("desc")),
        time=_TIMES.get(values.text(raw.get("action_type")), "action"),
        attack_bonus=values.whole(attack.get("to_hit_mod")),
        damage=" + ".join(term for term in terms if term),
        limit=_limit(
            values.text(usage.get("type", raw.get("uses_type"))),
            values.whole(usage.get("param", raw.get("uses_param"))),
        ),
        legendary_cost=cost or 1,
    )


def _dice(attack: dict[str, Any], prefix: str) -> str:
    count = values.whole(attack.get(f"{prefix}damage_die_count"))
    die = values.text(attack.get(f"{prefix}damage_die_type"))[:5].lower()
    bonus = values.whole(attack.get(f"{prefix}damage_bonus")) or 0
    kind = _key(attack.get(f"{prefix}damage_type"))
    if count and die:
        plus = f"{bonus:+d}" if bonus else ""
        return f"{count}{die}{plus} {kind}".strip()
    return f"{bonus} {kind}".strip() if bonus > 0 else ""


def _limit(kind: str, param: int | None) -> dict[str, Any]:
    if kind in ("RECHARGE_ON_ROLL", "RECHARGE") and param is not None and 2 <= param <= 6:
        return {"recharge": param}
    if kind == "PER_DAY":
        return {"uses": max(1, min(param or 1, 1000))}
    if kind == "RECHARGE_AFTER_REST":
        return {"uses": 1, "per": "short_rest"}
    return {}


def _defence(holder: dict[str, Any], key: str) -> list[str]:
    """Return the phrase that is shown, which tells of nonmagical attacks, else the list."""
    shown = values.text(holder.get(f"{key}_display"))
    return [shown] if shown else [_key(entry) for entry in values.items(holder.get(key))]


def _key(value: Any) -> str:
    """Return what a link to a thing names: an object with a key, an address, or a plain name."""
    found = values.text(value) or values.text(values.obj(value).get("key"))
    return found[:200].rstrip("/").rsplit("/", 1)[-1].rsplit("_", 1)[-1].lower()
