"""What a creature spends and regains: points, pact magic, hit points at the start of its turn.

Rules: SRD 5.1, "Pact Magic", and "Regeneration" of monsters.
"""

from __future__ import annotations

from dataclasses import dataclass

from dualslot_widgets.scenario import fields
from dualslot_widgets.scenario.actions import RESTS
from dualslot_widgets.scenario.dice import DAMAGE_TYPES
from dualslot_widgets.scenario.riders import MAX_USES

MAX_SLOTS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """Points that actions and riders take: ki, sorcery points, rages.

    Attributes
    ----------
    uses : int
        How many.
    per : str
        Which rest brings them back, "short_rest" or "long_rest".
    """

    uses: int = fields.integer(1, MAX_USES, phrase="{} uses")
    per: str = fields.word(RESTS, "long_rest")


@dataclass(frozen=True, slots=True, kw_only=True)
class PactMagic:
    """A warlock's slots: `slots` of one `level`, back after a short rest."""

    slots: int = fields.integer(1, MAX_SLOTS)
    level: int = fields.integer(1, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Regeneration:
    """Hit points regained at the start of each turn with at least 1 hit point.

    Attributes
    ----------
    hp : int
    stopped_by : tuple of str
        Damage types that keep it from working at the next turn.
    revives : bool
        It works at 0 hit points, too, and only a turn without it kills (troll).
    """

    hp: int = fields.integer(1, 1000)
    stopped_by: tuple[str, ...] = fields.words(DAMAGE_TYPES)
    revives: bool = fields.flag()
