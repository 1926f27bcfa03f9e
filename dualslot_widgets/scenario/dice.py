"""Dice and damage as data: ``"2d6+8 slashing + 2d6 fire"`` read into terms, with exact averages.

Rules: SRD 5.1, "Damage Rolls" and "Damage Types".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from dualslot_widgets.scenario.reading import nearest, shown

#: SRD 5.1, "Damage Types". The empty text is untyped damage, which nothing resists.
DAMAGE_TYPES = (
    "acid",
    "bludgeoning",
    "cold",
    "fire",
    "force",
    "lightning",
    "necrotic",
    "piercing",
    "poison",
    "psychic",
    "radiant",
    "slashing",
    "thunder",
)
MAX_DICE = 1000
MAX_SIDES = 1000
MAX_BONUS = 1000
MAX_TERMS = 20
MAX_TEXT = 500

#: What may stand between tokens, a pasted no-break space too. `js/src/dice.ts` reads the same.
_BLANKS = " \t\n\r\f\v\u00a0"
_TOKEN = re.compile(
    rf"[{_BLANKS}]*(?:(?P<count>\d{{0,9}})[dD](?P<sides>\d{{1,9}})|(?P<number>\d{{1,9}})"
    r"|(?P<sign>[+-])|(?P<word>[A-Za-z]+))",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class DamageTerm:
    """One ``dice[+bonus] [type]`` term: `count` dice of `sides` sides, plus `bonus`.

    Examples
    --------
    >>> str(DamageTerm(2, 6, 8, "slashing"))
    '2d6+8 slashing'
    """

    count: int
    sides: int
    bonus: int = 0
    type: str = ""

    @property
    def average(self) -> float:
        """The expected sum; each die of n sides counts (n + 1) / 2."""
        return self.count * (self.sides + 1) / 2 + self.bonus

    def __str__(self) -> str:
        dice = f"{self.count}d{self.sides}" if self.count else ""
        bonus = f"{self.bonus:+d}" if dice and self.bonus else "" if dice else str(self.bonus)
        return f"{dice}{bonus} {self.type}".strip()


class DiceError(ValueError):
    """A dice text that cannot be read; the message names the place and the remedy."""


def parse_damage(text: object) -> tuple[DamageTerm, ...]:
    """Read a sum of ``dice[+bonus] [type]`` terms.

    A die starts a new term; a plain number belongs to the die before it; a damage type closes the
    term it stands behind. A term without a type is untyped damage.

    Raises
    ------
    DiceError
        For anything else, naming the part that could not be read.

    Examples
    --------
    >>> [str(term) for term in parse_damage("2d6+8 slashing + 2d6 fire")]
    ['2d6+8 slashing', '2d6 fire']
    """
    if not isinstance(text, str):
        raise DiceError(f'expected a dice text such as "2d6+3 fire", got {shown(text)}')
    if len(text) > MAX_TEXT:
        raise DiceError(f"is {len(text)} characters long; at most {MAX_TEXT}")
    return _parse(text)


@lru_cache(maxsize=1024)
def _parse(text: str) -> tuple[DamageTerm, ...]:
    """Remembered, because a scenario is read many times with the same few texts."""
    if not text.strip(_BLANKS):
        raise DiceError('is empty; write dice such as "1d8+4 slashing"')
    terms: list[DamageTerm] = []
    sign, closed = 1, True  # closed: the next die or number starts a new term
    needs_value, position, body = True, 0, text.rstrip(_BLANKS)
    while position < len(body):
        match = _TOKEN.match(body, position)
        if match is None:
            raise DiceError(f"cannot read {shown(body[position:].strip())}; {_EXAMPLE}")
        piece = match.group(match.lastgroup or 0)
        position = match.end()
        if match["sign"]:
            if needs_value:
                raise DiceError(f'"{piece}" without a value before it; {_EXAMPLE}')
            sign, needs_value = (-1 if piece == "-" else 1), True
        elif match["word"]:
            if needs_value or closed:
                raise DiceError(f'"{piece[:30]}" without dice before it; {_EXAMPLE}')
            kind = piece.lower()
            if kind == "d":
                raise DiceError(f'"d" without a number of sides behind it; {_EXAMPLE}')
            if kind not in DAMAGE_TYPES:
                raise DiceError(f'unknown damage type "{piece[:30]}"{nearest(kind, DAMAGE_TYPES)}')
            last = terms[-1]
            terms[-1] = DamageTerm(last.count, last.sides, last.bonus, kind)
            closed = True
        elif not needs_value:
            raise DiceError(f'"{match.group().strip()}" needs a "+" before it; {_EXAMPLE}')
        else:
            needs_value = False
            if match["sides"]:
                if sign < 0:
                    raise DiceError("dice cannot be subtracted; subtract a plain number")
                terms.append(_dice_term(match["count"], match["sides"]))
            elif closed and sign < 0:
                raise DiceError(f'"-{piece}" must stand right behind its dice; {_EXAMPLE}')
            elif closed:
                terms.append(DamageTerm(0, 1, int(piece)))
            else:
                last = terms[-1]
                bonus = last.bonus + sign * int(piece)
                terms[-1] = DamageTerm(last.count, last.sides, bonus, last.type)
            closed = False
            sign = 1
    if needs_value:
        raise DiceError(f"nothing after the last sign; {_EXAMPLE}")
    _check(terms)
    return tuple(terms)


def parse_healing(text: object) -> DamageTerm:
    """Read one untyped ``dice[+bonus]`` term, such as ``"1d4+3"``; raises `DiceError`."""
    terms = parse_damage(text)
    if len(terms) != 1 or terms[0].type:
        raise DiceError(f'{shown(text)} is not healing; write dice and a bonus, such as "1d4+3"')
    return terms[0]


def damage_text(terms: tuple[DamageTerm, ...]) -> str:
    """Return the canonical text of damage terms; `parse_damage` reads it back unchanged."""
    # "1d6 + 3 fire" would be read as six-sided fire: untyped damage goes behind a typed number.
    if any(not a.type and b.type and not b.count for a, b in pairwise(terms)):
        terms = tuple(sorted(terms, key=lambda term: not term.type))
    return " + ".join(map(str, terms))


def _dice_term(count_text: str, sides_text: str) -> DamageTerm:
    count = int(count_text or 1)
    if count == 0:
        raise DiceError(f"0d{sides_text} rolls no die; {_EXAMPLE}")
    return DamageTerm(count, int(sides_text))


def _check(terms: list[DamageTerm]) -> None:
    if len(terms) > MAX_TERMS:
        raise DiceError(f"has {len(terms)} terms; at most {MAX_TERMS}")
    for term in terms:
        if term.count and not 1 <= term.sides <= MAX_SIDES:
            raise DiceError(f"{term.sides} sides are outside 1 to {MAX_SIDES}")
        if not -MAX_BONUS <= term.bonus <= MAX_BONUS:
            raise DiceError(f"bonus {term.bonus} is outside {-MAX_BONUS} to {MAX_BONUS}")
    dice = sum(term.count for term in terms)
    if dice > MAX_DICE:
        raise DiceError(f"{dice} dice are more than {MAX_DICE}")


_EXAMPLE = 'write for example "2d6+3 slashing + 1d6 fire"'
