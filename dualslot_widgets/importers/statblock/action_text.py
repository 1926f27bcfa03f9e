"""Reads the English of one action of a stat block into an action of the scenario JSON.

It serves every format of monsters, in the wording of 2014 ("Melee Weapon Attack: +5 to hit ... Hit:
8 (1d10 + 3) slashing damage") and of 2024 ("Melee Attack Roll: +5 ... Hit: 8 (1d10 + 3) Slashing
damage"). The text decides where it says something; numbers that a format gives beside it fill the
gaps.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from dualslot_widgets.importers.report import Notes
from dualslot_widgets.importers.statblock.area_text import targets
from dualslot_widgets.importers.statblock.effect_text import (
    after_save,
    condition_rider,
    effect_of,
    save_of,
)
from dualslot_widgets.importers.statblock.name_text import limit_of, plain_name, tidy
from dualslot_widgets.scenario.dice import DAMAGE_TYPES

_TYPES = "|".join(DAMAGE_TYPES)
_DICE = r"\d{1,3}d\d{1,3}(?:\s?[+-]\s?\d{1,3})?"
_ATTACK = re.compile(
    r"(Melee or Ranged|Melee|Ranged)(?: (Weapon|Spell))? Attack(?: Roll)?:? ?([+-]\d{1,2})\b",
    re.IGNORECASE,
)
#: 10 (2d6 + 3) slashing damage; 3 (1d6) lightning or thunder damage; 1 piercing damage; 2d6 damage
_DAMAGE = re.compile(
    rf"(?:(?<!\d)(\d{{1,4}})(?!\d)\s?)?(?:\(?({_DICE})\)?\s)?"
    rf"(?:({_TYPES})(?:,? (?:or|and) (?:{_TYPES}))?\s)?damage\b",
    re.IGNORECASE,
)
_HALF = re.compile(r"half (?:as much|the (?:\w{1,12} )?damage|damage)", re.IGNORECASE)
_LATER = re.compile(r"\bat the (?:start|end) of (?:each of )?(?:its|the|their)\b", re.IGNORECASE)
_HEALS = re.compile(rf"regains? (?:(\d{{1,4}}) )?\(?({_DICE})?\)? ?hit points", re.IGNORECASE)
_HIT = re.compile(r"\b(?:Hit or Miss|Hit):", re.IGNORECASE)
_MISS = re.compile(r"\bMiss:", re.IGNORECASE)
_SUCCESS = re.compile(r"\bSuccess:", re.IGNORECASE)
#: What a hit or a failed saving throw does that has no word.
_SPECIAL = re.compile(
    r"hit point maximum|swallow|cursed|disease|engulf|attach|corrod|absorb|petrif"
    r"|score (?:is reduced|decreases)|lycanthrop|turned to stone|\bdies\b|ability check"
    r"|reduced by 1d|fails by 5|5 or lower|Exhaustion|Speed is reduced|pushed|teleport",
    re.IGNORECASE,
)
#: Actions that need a target already held, charmed, frightened or asleep.
_NEEDS_MORE = re.compile(
    r"(?:creature|target|humanoid|one) (?:\w{1,12} ){0,3}(?:grappled|charmed|swallowed|engulfed"
    r"|frightened|restrained|incapacitated) by|it is grappling|is incapacitated or unconscious",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Passage:
    """One entry of a stat block: an action, a trait, a reaction.

    Attributes
    ----------
    place : str
        Path in the file.
    name : str
    text : str
    time : str
        What it takes of a turn, one of `actions.TIMES`.
    attack_bonus : int or None
        If the format gives it as a number.
    damage : str
        Dice that the format gives as data; used where the text has none.
    save : dict or None
        ``dc``, ``ability``, ``on_success`` that the format gives as data.
    limit : dict
        ``recharge``, or ``uses`` and ``per``, that the format gives as data.
    legendary_cost : int
    routines : tuple of tuple of (str, int)
        Of a multiattack that the format gives as data: each way to make it, as names and counts.
    """

    place: str
    name: str
    text: str = ""
    time: str = "action"
    attack_bonus: int | None = None
    damage: str = ""
    save: dict[str, Any] | None = None
    limit: dict[str, Any] = field(default_factory=dict)
    legendary_cost: int = 1
    routines: tuple[tuple[tuple[str, int], ...], ...] = ()


def read_action(passage: Passage, notes: Notes) -> dict[str, Any] | None:
    """Return an action as scenario JSON, or None with a remark on why it is left out."""
    name, text = _one_of_several(passage, notes)
    header = _ATTACK.search(text)
    if _NEEDS_MORE.search(text[:400]) and not header:
        notes.leave(passage.place, f"{name} needs a target that is already held or charmed")
        return None
    if header or (passage.attack_bonus is not None and (passage.damage or _DAMAGE.search(text))):
        action = _attack(passage, name, text, header, notes)
    else:
        action = _save(passage, name, text, notes) or _heal(name, text)
    if action is None:
        notes.leave(passage.place, f"{name}: no attack, saving throw or healing was found in it")
        return None
    return action | (passage.limit or limit_of(passage.name))


def _one_of_several(passage: Passage, notes: Notes) -> tuple[str, str]:
    """Return name and text of an action; of several breath weapons or roars one that hurts."""
    lines = [line.strip(" -*") for line in passage.text.split("\n") if line.strip()]
    saving = [line for line in lines if save_of(line)]
    if len(saving) < 2 or _ATTACK.search(passage.text):
        return plain_name(passage.name), tidy(passage.text)
    chosen = next((line for line in saving if "damage" in line), saving[0])
    for line in saving:
        if line is not chosen:
            notes.leave(passage.place, f"{passage.name}: the choice {tidy(line)[:40]!r}")
    own, dot, _ = chosen.partition(". ")
    named = dot and len(own) <= 40 and not save_of(own)
    return plain_name(tidy(own) if named else passage.name), tidy(chosen)


def _attack(
    passage: Passage, name: str, text: str, header: re.Match[str] | None, notes: Notes
) -> dict[str, Any] | None:
    begins = _HIT.search(text)
    hit = text[begins.end() :].strip() if begins else text[header.end() if header else 0 :].strip()
    misses = _MISS.search(hit)
    if misses:
        notes.leave(passage.place, f"what {name} does on a miss")
        hit = hit[: misses.start()]
    terms, riders = _damage_of_hit(name, hit, passage.place, notes)
    suffered = condition_rider(name, hit)
    if suffered and riders and suffered.get("dc") == riders[0].get("dc"):
        riders[0]["effect"] = suffered["effect"]  # one saving throw against both
    elif suffered:
        riders.append(suffered)
    if _SPECIAL.search(hit):
        notes.leave(passage.place, f"what else {name} does on a hit")
    if not terms and passage.damage:
        terms = [passage.damage]
    if not terms and not riders:
        return None
    bonus = int(header[3]) if header else passage.attack_bonus
    action: dict[str, Any] = {
        "type": "attack",
        "name": name,
        "attack_bonus": bonus,
        "damage": " + ".join(terms[:10]) or "0",
    }
    if header and header[1].lower() == "ranged":
        action["ranged"] = True
    if header and (header[2] or "").lower() == "spell":
        action["magical"] = True
    if riders:
        action["on_hit"] = riders[:10]
    return action


def _damage_of_hit(
    name: str, hit: str, place: str, notes: Notes
) -> tuple[list[str], list[dict[str, Any]]]:
    """Return the damage of a hit as dice terms, and what a saving throw guards as riders."""
    terms: list[str] = []
    riders: list[dict[str, Any]] = []
    end = 0
    for found in _DAMAGE.finditer(hit):
        if not (found[1] or found[2]):
            continue
        before = hit[end : found.start()].rstrip("( ")
        behind = hit[found.end() : found.end() + 60]
        later = _LATER.search(before) or _LATER.search(behind[:40])
        save = save_of(before)
        if (not terms and not before.strip(" ,:")) or (
            before.endswith(("plus", "and")) and not later
        ):
            terms.append(term(found))
        elif save and not later and _guards(after_save(before)):
            rider = {"name": f"{name[:80]} ({term(found).split()[-1]})", "damage": term(found)}
            half = _HALF.search(behind) or _HALF.search(hit[found.end() :])
            riders.append(rider | save | ({"on_success": "half"} if half else {}))
        elif not terms:
            terms.append(term(found))
            if later:  # a hold that hurts: every round it would be dealt again
                notes.assume(place, f"{name} hurts when it hits, not in later turns")
        elif later:
            notes.leave(place, f"damage of {name} in later turns")
        else:
            notes.leave(place, f"{name}: {found[0]} in other circumstances")
        end = found.end()
    return terms, riders


def _guards(between: str) -> bool:
    """Say whether a saving throw guards the damage that stands so far behind it."""
    return ". " not in between or "fail" in between.lower()


def _save(passage: Passage, name: str, text: str, notes: Notes) -> dict[str, Any] | None:
    save = save_of(text) or passage.save
    if save is None:
        return None
    behind = after_save(text)
    failed = _SUCCESS.split(behind)[0]
    found = next((m for m in _DAMAGE.finditer(behind) if m[1] or m[2]), None)
    later = found is not None and _LATER.search(behind[max(0, found.start() - 60) : found.end()])
    damage = term(found) if found and not later else passage.damage
    effect = effect_of(f"{name[:90]} (effect)", failed)
    if not damage and effect is None:
        return None
    if later or _SPECIAL.search(failed):
        notes.leave(passage.place, f"what else {name} does")
    caught = targets(text)
    action: dict[str, Any] = {
        "type": "save",
        "name": name,
        "dc": save["dc"],
        "ability": save["ability"],
        "on_success": "half" if _HALF.search(behind) else save.get("on_success", "none"),
        "targets": caught,
    }
    if damage:
        action["damage"] = damage
    if effect is not None:
        action["effect"] = effect
    if caught > 1:
        action["area"] = True
        notes.assume(passage.place, f"{name} catches {caught} enemies where they stand as usual")
    if "is immune to" in text and "24 hours" in text:
        action["once"] = True
    return action


def _heal(name: str, text: str) -> dict[str, Any] | None:
    found = _HEALS.search(text)
    if found is None or not (found[1] or found[2]):
        return None
    amount = (found[2] or found[1]).replace(" ", "")
    others = re.search(r"\b(?:target|creature|ally|allies)\b", text[: found.start()], re.IGNORECASE)
    heal = {"type": "heal", "name": name, "healing": amount}
    return heal if others else heal | {"on": "self"}


def term(found: re.Match[str]) -> str:
    """Return a match of damage as one dice term."""
    dice = (found[2] or found[1]).replace(" ", "")
    return f"{dice} {(found[3] or '').lower()}".strip()
