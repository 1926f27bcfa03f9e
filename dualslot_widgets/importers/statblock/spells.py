"""Spellcasting of a stat block: slots, saving throw DC and lists of spells, as actions.

Spells of `library.characters.spells` are cast; others are
named as left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from dualslot_widgets.importers.report import Notes
from dualslot_widgets.importers.statblock import harmless
from dualslot_widgets.importers.statblock.names import plain_name
from dualslot_widgets.library.characters.spells import SPELLS, cast

_BY_NAME = {name.casefold(): spell for name, spell in SPELLS.items()} | {
    "blindness/deafness": SPELLS["Blindness"]
}
_DC = re.compile(r"save DC (\d{1,2})", re.IGNORECASE)
_TO_HIT = re.compile(r"([+-]\d{1,2}) to hit with spell", re.IGNORECASE)
_ABILITY = re.compile(
    r"\b(Strength|Dexterity|Constitution|Intelligence|Wisdom|Charisma)\b", re.IGNORECASE
)
_LEVEL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)-level spellcaster", re.IGNORECASE)
_HEADER = re.compile(
    r"(\d)(?:st|nd|rd|th)(?:[ -]level)? ?\((\d{1,2}) (?:\w{1,9}[ -]level )?slots?\)"
    r"|Cantrips? \(at will\)|At[ -]will|(\d{1,2}) ?/ ?day(?: each)?",
    re.IGNORECASE,
)
#: "At will" in a stat block; uses of an action are counted, so that it is many.
AT_WILL = 99


@dataclass(slots=True)
class Casting:
    """What a creature casts.

    Attributes
    ----------
    place : str
    dc, attack_bonus : int or None
    level : int
        Of the caster, which decides the dice of cantrips.
    ability : str
        With which it casts, if the text says so.
    modifier : int or None
        Of that ability.
    slots : list of int
        Of spell level 1 to 9.
    spells : list of (str, int or None)
        Names, and uses a day; None for one that takes a slot, or a cantrip.
    """

    place: str
    dc: int | None = None
    attack_bonus: int | None = None
    level: int = 5
    ability: str = ""
    modifier: int | None = None
    slots: list[int] = field(default_factory=lambda: [0] * 9)
    spells: list[tuple[str, int | None]] = field(default_factory=list)


def casting_numbers(casting: Casting, text: str) -> None:
    """Fill in DC, attack bonus and level from the English that introduces the spells."""
    if found := _DC.search(text):
        casting.dc = int(found[1])
    if found := _TO_HIT.search(text):
        casting.attack_bonus = int(found[1])
    if found := _ABILITY.search(text):
        casting.ability = found[1][:3].lower()
    if (found := _LEVEL.search(text)) and 1 <= int(found[1]) <= 20:
        casting.level = int(found[1])


def casting_of_text(place: str, text: str) -> Casting | None:
    """Return the spells that a trait or an action lists in its text, or None for none."""
    headers = list(_HEADER.finditer(text))
    if not headers or not _DC.search(text):
        return None
    casting = Casting(place)
    casting_numbers(casting, text[: headers[0].start()])
    for header, following in zip(headers, [*headers[1:], None], strict=True):
        listed = text[header.end() : following.start() if following else len(text)]
        if not (colon := re.match(r"[^\w\n]{0,4}:", listed)):
            continue
        listed = listed[colon.end() :].split("\n", 1)[0]
        if header[1] and 1 <= int(header[1]) <= 9:
            casting.slots[int(header[1]) - 1] = int(header[2])
        uses = int(header[3]) if header[3] else None
        at_will = not header[1] and uses is None
        for name in re.split(r",", listed)[:60]:
            plain = plain_name(re.sub(r"[*_•.]|\s- *$", "", name).strip())
            if plain:
                casting.spells.append((plain, AT_WILL if at_will else uses))
    return casting


def cast_spells(casting: Casting, notes: Notes) -> list[dict[str, Any]]:
    """Return the spells as actions of the scenario JSON; others are noted as left out."""
    dc = casting.dc if casting.dc is not None else 8 + (casting.attack_bonus or 2)
    to_hit = casting.attack_bonus if casting.attack_bonus is not None else dc - 8
    proficiency = 2 + (casting.level - 1) // 4  # SRD 5.1, "Proficiency Bonus"
    modifier = dc - 8 - proficiency if casting.modifier is None else casting.modifier
    actions: dict[str, dict[str, Any]] = {}
    unknown: dict[str, None] = {}
    idle: dict[str, None] = {}
    for name, uses in casting.spells:
        spell = _BY_NAME.get(name.casefold())
        if spell is None and harmless.is_spell(name):
            idle[name.lower()[:40]] = None
        elif spell is None:
            unknown[name.lower()[:40]] = None
        elif spell.name not in actions:
            action = cast(
                spell,
                dc=dc,
                attack_bonus=to_hit,
                modifier=max(modifier, 0),
                level=casting.level,
            )
            if spell.level and uses is not None:
                action["uses"] = max(uses, 1)
            elif spell.level and not any(casting.slots[spell.level - 1 :]):
                action["uses"] = 1
            actions[spell.name] = action
    if unknown:
        notes.leave(casting.place, f"spells: {', '.join(list(unknown)[:40])}")
    if idle:
        notes.skip(casting.place, f"spells: {', '.join(list(idle)[:40])}")
    return list(actions.values())
