"""Save files of Trekiros/battleSim and of its descendant kuelshammer/battlesim2 as scenarios.

Both hold players and encounters; battlesim2 has initiative, spell
slots, resources and triggers, too, and newer files a `timeline` of fights and short rests.
https://github.com/Trekiros/battleSim, https://github.com/kuelshammer/battlesim2
"""

from __future__ import annotations

from typing import Any

from dualslot_widgets.errors import ScenarioError
from dualslot_widgets.importers import values
from dualslot_widgets.importers.report import Notes
from dualslot_widgets.importers.saves.battlesim_creatures import creature
from dualslot_widgets.importers.saves.battlesim_keys import as_on_the_page
from dualslot_widgets.scenario.creature import MAX_COMBATANTS, Creature
from dualslot_widgets.scenario.encounter import MAX_ENCOUNTERS
from dualslot_widgets.scenario.scenario import Scenario

FORMAT_1 = "battleSim save"
FORMAT_2 = "battlesim2 save"
#: Keys that only battlesim2 writes.
_OWN_KEYS = {"ac", "initiativeBonus", "initiativeAdvantage", "triggers", "spellSlots"}
_OWN_KEYS |= {"classResources", "hitDice", "conSaveBonus", "dexSaveBonus", "wisSaveBonus"}
_OWN_ACTION_KEYS = {"cost", "requirements", "tags"}
#: Damage of the simulators has no types, and only typed damage can be resisted.
STAND_IN_TYPE = "force"


def fits(value: dict[str, Any]) -> bool:
    """Say whether an object has the structure of a save file of either simulator."""
    fights = isinstance(value.get("encounters"), list) or isinstance(value.get("timeline"), list)
    players = value.get("players")
    return fights and isinstance(players, list) and any("hp" in values.obj(p) for p in players)


def format_of(value: dict[str, Any]) -> str:
    """Return which of the two simulators wrote a save file."""
    if "timeline" in value:
        return FORMAT_2
    for raw in map(values.obj, _all_creatures(value)):
        if _OWN_KEYS & raw.keys():
            return FORMAT_2
        if any(_OWN_ACTION_KEYS & values.obj(a).keys() for a in values.items(raw.get("actions"))):
            return FORMAT_2
    return FORMAT_1


def scenario(value: dict[str, Any], place: str, notes: Notes) -> Scenario:
    """Return the scenario of a save file; raises `ScenarioError` for one without a fight."""
    value = as_on_the_page(value)
    kind = STAND_IN_TYPE if _halves_damage(value) else ""
    if kind:
        notes.assume(place or "file", f"damage without a type is {kind}: something here halves it")
    if format_of(value) == FORMAT_1:
        notes.assume(
            place or "file", "battleSim knows no initiative: everybody rolls without bonus"
        )
    players = _team(value.get("players"), f"{place}.players".lstrip("."), kind, notes, player=True)
    encounters = _encounters(value, place, kind, notes)
    missing = [what for what, found in (("player", players), ("fight", encounters)) if not found]
    if missing:
        reasons = [str(remark) for remark in notes.report([]).left_out[:5]]
        raise ScenarioError(
            [f"{place or 'file'}: has no {missing[0]} that can be played", *reasons]
        )
    content = {
        "name": values.name(value.get("name"), "Imported scenario"),
        "players": [player.to_dict() for player in players],
        "encounters": encounters,
    }
    return Scenario.from_dict(content)


def _team(raw: Any, place: str, kind: str, notes: Notes, *, player: bool) -> list[Creature]:
    found = []
    for index, entry in enumerate(values.items(raw, MAX_COMBATANTS + 1)):
        one = creature(values.obj(entry), f"{place}[{index}]", kind, notes, player=player)
        if one is not None:
            found.append(one)
    return found


def _encounters(value: dict[str, Any], place: str, kind: str, notes: Notes) -> list[dict[str, Any]]:
    key = "timeline" if isinstance(value.get("timeline"), list) else "encounters"
    found: list[dict[str, Any]] = []
    rest: str | None = None
    for index, raw in enumerate(map(values.obj, values.items(value.get(key), 5 * MAX_ENCOUNTERS))):
        where = f"{place}.{key}[{index}]".lstrip(".")
        if raw.get("type") == "shortRest":
            rest = where
            continue
        fight = _encounter(raw, where, kind, notes)
        if fight is None:
            continue
        if rest is not None or raw.get("shortRest") is True:
            if found:
                fight["rest"] = "short_rest"
            else:
                notes.leave(rest or where, "a rest before the first fight")
            rest = None
        found.append(fight)
    if rest is not None:
        notes.leave(rest, "a rest after the last fight")
    return found


def _encounter(raw: dict[str, Any], place: str, kind: str, notes: Notes) -> dict[str, Any] | None:
    monsters = _team(raw.get("monsters"), f"{place}.monsters", kind, notes, player=False)
    if not monsters:
        notes.leave(place, "a fight without monsters")
        return None
    dicts = [monster.to_dict() for monster in monsters]
    if all(monster.arrives > 1 for monster in monsters):
        notes.assume(place, "the first monster is there from the start")
        dicts[0].pop("arrives")
    fight: dict[str, Any] = {"monsters": dicts}
    surprised = [
        side
        for key, side in (("playersSurprised", "party"), ("monstersSurprised", "monsters"))
        if raw.get(key) is True
    ]
    if len(surprised) == 1:
        fight["surprised"] = surprised[0]
    elif surprised:
        notes.leave(place, "both sides surprised, which nobody notices")
    for key in ("playersPrecast", "monstersPrecast"):
        if raw.get(key) is True:
            notes.leave(f"{place}.{key}", "what was cast before the fight is cast on first turns")
    return fight


def _all_creatures(value: dict[str, Any]) -> list[Any]:
    found = list(values.items(value.get("players")))
    for key in ("encounters", "timeline"):
        for fight in values.items(value.get(key)):
            found += values.items(values.obj(fight).get("monsters"))
    return found


def _halves_damage(value: dict[str, Any]) -> bool:
    for raw in map(values.obj, _all_creatures(value)):
        for action in map(values.obj, values.items(raw.get("actions"))):
            buffs = (action.get("buff"), values.obj(action.get("riderEffect")).get("buff"))
            if any("damageTakenMultiplier" in values.obj(buff) for buff in buffs):
                return True
    return False
