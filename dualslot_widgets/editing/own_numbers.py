"""What a creature rolls with: its own attack bonus and saving throw DC, found in its actions.

A scenario has no ability scores; new actions of a creature take the numbers that its other actions
have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dualslot_widgets.library.characters.progression import MAX_LEVEL, proficiency
from dualslot_widgets.scenario.creature import Creature

#: The modifier of a creature without any number of its own: an ability score of 16.
_MODIFIER = 3


@dataclass(frozen=True, slots=True)
class OwnNumbers:
    """The numbers for new actions of one creature.

    Attributes
    ----------
    attack_bonus, dc : int
        The numbers of its weapons and features.
    spell_attack_bonus, spell_dc : int
        Those of its spells; one follows from the other by the rules (DC = 8 + attack bonus).
    modifier : int
        The modifier of its spellcasting ability.
    level : int
        A character's level; a monster's hit dice.
    """

    attack_bonus: int
    dc: int
    spell_attack_bonus: int
    spell_dc: int
    modifier: int
    level: int


def own_numbers(creature: Creature) -> OwnNumbers:
    """Return what new actions of a creature roll with."""
    dice = creature.hit_dice.count if creature.hit_dice else 1
    level = max(1, min(creature.level or dice, MAX_LEVEL))
    usual = proficiency(level) + _MODIFIER
    bonus = _usual(_attack_bonuses(creature, spells=False))
    dc = _usual(_dcs(creature, spells=False))
    spell_bonus = _usual(_attack_bonuses(creature, spells=True))
    spell_dc = _usual(_dcs(creature, spells=True))
    if spell_dc is None and spell_bonus is not None:
        spell_dc = 8 + spell_bonus
    own_dc = _known(dc, spell_dc, 8 + _known(bonus, usual))
    cast_dc = _known(spell_dc, own_dc)
    cast_bonus = _known(spell_bonus, cast_dc - 8)
    return OwnNumbers(
        attack_bonus=_known(bonus, spell_bonus, own_dc - 8),
        dc=own_dc,
        spell_attack_bonus=cast_bonus,
        spell_dc=cast_dc,
        modifier=max(0, cast_bonus - proficiency(level)),
        level=level,
    )


def _attack_bonuses(creature: Creature, *, spells: bool) -> Iterator[int]:
    for action in creature.actions:
        bonus = getattr(action, "attack_bonus", None)
        if bonus is not None and (action.spell is not None) == spells:
            yield bonus


def _dcs(creature: Creature, *, spells: bool) -> Iterator[int]:
    for action in creature.actions:
        if (action.spell is not None) == spells:
            sources: tuple[Any, ...] = (action, *getattr(action, "on_hit", ()))
            yield from (dc for each in sources if (dc := getattr(each, "dc", None)) is not None)


def _usual(numbers: Iterator[int]) -> int | None:
    """Return the number that is there most often, the first of several; None for none."""
    found = Counter(numbers).most_common(1)
    return found[0][0] if found else None


def _known(*numbers: int | None) -> int:
    """Return the first number that is known; the last one always is."""
    return next(number for number in numbers if number is not None)
