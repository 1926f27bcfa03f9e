"""What comes with a hit, and what a higher spell slot adds, as frozen data.

Rules: SRD 5.1, "Sneak Attack", "Divine Smite", "Casting a Spell at a Higher Level", and the attacks
of monsters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dualslot_widgets.scenario import fields
from dualslot_widgets.scenario.dice import DAMAGE_TYPES, DamageTerm
from dualslot_widgets.scenario.effects import ABILITIES, Effect
from dualslot_widgets.scenario.reading import ObjectReader

MAX_DC = 100
MAX_USES = 1000
MAX_TARGETS = 60
MAX_ATTACKS = 20
MAX_RIDERS = 10
#: When a rider applies: on every hit, on one with advantage or an ally of the attacker standing
#: (Sneak Attack), on a critical hit, with an ally standing (Martial Advantage), in the attacker's
#: first turn of an encounter (Charge), against the surprised, or on a hit that fells (Rampage).
WHEN = ("always", "advantage_or_ally", "critical", "ally", "charge", "surprised", "felled")
_WHEN_IN_WORDS = {
    "always": "on every hit",
    "advantage_or_ally": "with advantage or an ally near",
    "critical": "on a critical hit",
    "ally": "with an ally near",
    "charge": "in the first turn",
    "surprised": "against the surprised",
    "felled": "when it fells",
}
#: What a made saving throw leaves of damage.
HALF_OR_NONE = ("half", "none")
LEFT_IN_WORDS = {"half": "half damage", "none": "no damage"}
#: Which attacks a creature's own riders apply to.
ATTACKS = ("weapon", "melee_weapon", "any")


@dataclass(frozen=True, slots=True, kw_only=True)
class Upcast:
    """What a spell gains with each slot level above its own, or a cantrip is given outright.

    Attributes
    ----------
    damage : tuple of DamageTerm
    healing : DamageTerm or None
    targets, attacks : int
    """

    damage: tuple[DamageTerm, ...] = fields.damage()
    healing: DamageTerm | None = fields.points()
    targets: int = fields.integer(0, MAX_TARGETS, 0)
    attacks: int = fields.integer(0, MAX_ATTACKS, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rider:
    """What comes with a hit: more damage, a saving throw, an effect. Sneak Attack is one.

    With a `dc` the target rolls a saving throw: a made one leaves half or none of the rider's
    damage, and no effect. Without one the damage is rolled with the attack's own.

    Attributes
    ----------
    name : str
    when : str
        On which hits, one of `WHEN`.
    attacks : str
        The attacks it comes with, one of `ATTACKS`; that decides for a creature's own riders only.
    once_per_turn : bool
    damage : tuple of DamageTerm
    dc : int or None
    ability : str
        What the saving throw is made with.
    on_success : {"half", "none"}
    effect : Effect or None
    cost : tuple of (str, int)
        A resource of the creature and how much of it.
    spell : int or None
        Takes a spell slot of at least this level, as Divine Smite does.
    upcast : Upcast or None
        What a higher slot adds.
    drains : str or None
        A damage type: the target's maximum of hit points falls, until a long rest, by what the hit
        dealt of it; at 0 the target dies (Life Drain).
    heals : bool
        The attacker regains what it drains.
    follow_up : str or None
        The name of an attack made at once: against the same target if the rider's saving throw
        failed (Pounce), against the next one if it was felled (Rampage). Once a turn.
    """

    name: str = fields.text(edit=True)
    when: str = fields.word(WHEN, "always", edit=True, says=_WHEN_IN_WORDS)
    attacks: str = fields.word(ATTACKS, "weapon")
    once_per_turn: bool = fields.flag(edit=True)
    damage: tuple[DamageTerm, ...] = fields.damage(edit=True, removable=True)
    dc: int | None = fields.integer(0, MAX_DC, None, label="DC", edit=True)
    ability: str = fields.word(ABILITIES, "con", edit=True, removable=True)
    on_success: Literal["half", "none"] = fields.word(
        HALF_OR_NONE, "none", edit=True, says=LEFT_IN_WORDS
    )
    effect: Effect | None = fields.record(Effect, edit=True, removable=True)
    cost: tuple[tuple[str, int], ...] = fields.amounts(1, MAX_USES)
    spell: int | None = fields.integer(1, 9, None, phrase="spell of level {}")
    upcast: Upcast | None = fields.record(Upcast, phrase="a higher slot adds {}")
    drains: str | None = fields.word(DAMAGE_TYPES, None, phrase="drains {}")
    heals: bool = fields.flag(phrase="heals the attacker")
    follow_up: str | None = fields.text(None)


def check_rider(rider: Rider, key: str, reader: ObjectReader) -> None:
    """Note what is missing in a rider."""
    if not (rider.damage or rider.effect or rider.drains or rider.follow_up):
        reader.fail(f"{key}.damage", 'is missing; write dice such as "2d6", or give an effect')
    if len(rider.cost) > 1:
        reader.fail(f"{key}.cost", "names several resources; a rider takes one")
    if rider.follow_up is not None and not rider.once_per_turn:
        reader.fail(f"{key}.follow_up", "may not come at every hit; set once_per_turn")
