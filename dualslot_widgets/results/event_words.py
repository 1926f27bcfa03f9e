"""One event of a run in words, with its dice and what they were rolled against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dualslot_widgets.scenario.actions import Action, Attack, Defend, Enchant, Save
from dualslot_widgets.scenario.creature import Creature
from dualslot_widgets.scenario.effects import Effect
from dualslot_widgets.scenario.riders import Rider
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.words.visible import visible


class Sentences:
    """Words for the events of a scenario's runs.

    What a roll was made against is named where the scenario alone decides it: the armor class of
    somebody whom no effect or reaction of the scenario can protect, the DC of an action that has
    only one. Elsewhere the event says only what was rolled.

    Parameters
    ----------
    scenario : Scenario
    names : iterable of str
        What the events call the combatants, in the order of the scenario.
    """

    def __init__(self, scenario: Scenario, names: Iterable[str]) -> None:
        kinds = [*scenario.players, *(m for e in scenario.encounters for m in e.monsters)]
        people = [(kind, dcs) for kind in kinds for dcs in [_dcs(kind)] for _ in range(kind.count)]
        changing = any(effect.armor_class for kind in kinds for effect, _ in _effects(kind))
        self._armor: dict[str, int] = {}
        self._dcs: dict[str, dict[str, int | None]] = {}
        for name, (kind, dcs) in zip(names, people, strict=True):
            defends = any(isinstance(a, Defend) and a.armor_class for a in kind.actions)
            if not (changing or defends):
                self._armor[name] = kind.armor_class
            self._dcs[name] = dcs

    def describe(self, event: Mapping[str, Any]) -> str:
        """Return a row of the events table (`tables.EVENTS`) in words, without a full stop."""
        return visible(self._sentence(event))

    def _sentence(self, event: Mapping[str, Any]) -> str:
        actor, target, action = event["actor"], event["target"], event["action"]
        roll, total, amount = event["roll"], event["total"], event["amount"]
        down = " and goes down" if event["target_hp"] == 0 and amount > 0 else ""
        left = f"{event['target_hp']} left"
        loses = f"{target} loses {amount} ({left}){down}"
        rolled = f"{total} (rolled {roll})"
        match event["kind"]:
            case "initiative":
                return f"{actor}: initiative {rolled}"
            case "recharge":
                return f"{actor} rolls {roll} to recharge {action}"
            case "miss" if roll == 1:
                return f"{actor}, {action}: a natural 1 misses {target}"
            case "miss":
                return f"{actor}, {action}: {rolled}{self._against_armor(target)} misses {target}"
            case "hit" if roll is None:
                return f"{actor}, {action}: hits without a roll; {loses}"
            case "hit":
                return f"{actor}, {action}: {rolled}{self._against_armor(target)} hits; {loses}"
            case "critical" if roll is None:
                return f"{actor}, {action}: a critical hit without a roll; {loses}"
            case "critical":
                return f"{actor}, {action}: rolled {roll}, a critical hit; {loses}"
            case "save_failed" | "save_made" as kind:
                lost = f"; {loses}" if amount else ""
                return f"{actor}, {action}: {target} {self._save(kind, event)}{lost}"
            case "heal":
                return f"{actor}, {action}: {target} regains {amount} ({left})"
            case "damage":
                return f"{actor}, {action}: {loses}"
            case "effect":
                return f"{actor}, {action}: {target} is under its effect"
            case "effect_ended":
                return f"{action} ends for {target}"
            case "legendary_resistance":
                failed = "" if total is None else f" ({total})"
                return f"{target}: legendary resistance turns a failed save{failed}"
            case "reaction":
                return f"{actor} reacts with {action} to {target}"
            case "countered":
                return f"{actor}, {action}: the spell of {target} fails"
            case "temporary_hp":
                return f"{actor}, {action}: {target} has {total} temporary hit points"
            case "endured":
                return f"{target} holds on at 1 hit point"
            case "arrival":
                return f"{actor} arrives"
            case "option":
                return f"{actor} weighs {action}: {amount / 10}"
            case "death_save":
                return f"{actor}: death saving throw {roll}{_death_save(roll, amount)}"
            case kind:
                raise ValueError(f"an event of the unknown kind {kind!r}")

    def _against_armor(self, target: str) -> str:
        armor = self._armor.get(target)
        return "" if armor is None else f" against armor class {armor}"

    def _save(self, kind: str, event: Mapping[str, Any]) -> str:
        verb = "saves" if kind == "save_made" else "fails"
        if event["roll"] is None:  # as the paralyzed do, or by legendary resistance
            return f"{verb} without a roll"
        dc = self._dcs[event["actor"]].get(event["action"])
        # Legendary resistance, an event before this one, makes a save of a roll that failed.
        decides = dc is not None and (event["total"] >= dc) == (kind == "save_made")
        against = f" against DC {dc}" if decides else ""
        return f"{verb} with {event['total']} (rolled {event['roll']}){against}"


def _death_save(roll: int, regained: int) -> str:
    """Say what a death saving throw comes to (SRD 5.1, "Death Saving Throws")."""
    if roll == 20:
        return ", back up with 1 hit point" if regained else ", but nothing heals"
    if roll == 1:
        return ", two failures"
    return ", a success" if roll >= 10 else ", a failure"


def _dcs(kind: Creature) -> dict[str, int | None]:
    """Return the DC of everything of a creature that is saved against; None where names clash."""
    found: dict[str, int | None] = {}

    def note(name: str, dc: int | None) -> None:
        found[name] = dc if found.get(name, dc) == dc else None

    for action in kind.actions:
        if isinstance(action, Save):
            note(action.name, action.dc)
    for rider in _riders(kind):
        note(rider.name, rider.dc)
    for effect, dc in _effects(kind):
        note(effect.name, dc)
    return found


def _riders(kind: Creature) -> list[Rider]:
    attacks = [action for action in kind.actions if isinstance(action, Attack)]
    return [*kind.riders, *(rider for attack in attacks for rider in attack.on_hit)]


def _effects(kind: Creature) -> list[tuple[Effect, int | None]]:
    """Return the effects that a creature can cause, and the DC of saving throws against them."""
    causes: list[Action | Rider] = [*kind.actions, *_riders(kind)]
    return [
        (cause.effect, cause.dc)
        for cause in causes
        if isinstance(cause, Save | Enchant | Rider) and cause.effect is not None
    ]
