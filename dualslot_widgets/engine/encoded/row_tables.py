"""The tables that grow while a scenario is encoded: actions, riders, effects, damage terms."""

from __future__ import annotations

from collections.abc import Iterable

from dualslot_widgets.engine.encoded import codes
from dualslot_widgets.engine.encoded.codes import NONE, TYPE_CODES
from dualslot_widgets.engine.encoded.columns import (
    EFFECT_ROW,
    RIDER_ROW,
    TERM_ROW,
    Row,
)
from dualslot_widgets.scenario.dice import DamageTerm
from dualslot_widgets.scenario.effects import ABILITIES, CLOCKS, CONDITIONS, Lasting
from dualslot_widgets.scenario.riders import ATTACKS, WHEN, Rider


class Names(dict[str, int]):
    """Words and their numbers, in the order in which they were asked for."""

    def number(self, word: str) -> int:
        """Return the number of a word, a new one for a new word."""
        return self.setdefault(word, len(self))


class RowTables:
    """The tables while they grow, over all creatures of a scenario.

    Attributes
    ----------
    actions, riders, effects, terms : list of dict
        Rows of `columns`.
    names : Names
        What the log calls actions, riders and effects, behind `codes.EVENT_NAMES`.
    stacks : Names
        The names of effects: those of one name do not add up.
    once : Names
        The names of effects that who saves is immune to.
    """

    def __init__(self) -> None:
        self.actions: list[Row] = []
        self.riders: list[Row] = []
        self.effects: list[Row] = []
        self.terms: list[Row] = []
        self.names = Names(zip(codes.EVENT_NAMES, range(len(codes.EVENT_NAMES)), strict=True))
        self.stacks = Names()
        self.once = Names()

    def add_terms(self, terms: Iterable[DamageTerm | None]) -> tuple[int, int]:
        """Return where the terms stand, first and end."""
        first = len(self.terms)
        for term in terms:
            if term is not None:
                values = (term.count, term.sides, term.bonus, TYPE_CODES[term.type])
                self.terms.append(dict(zip(TERM_ROW, values, strict=True)))
        return first, len(self.terms)

    def add_effect(self, effect: Lasting | None, **of: int) -> int:
        """Return the row of an effect, NONE for none; `of` are columns of what brings it."""
        if effect is None:
            return NONE
        row = EFFECT_ROW | of
        for name in ("worsens", "badly"):
            row[name] = self.add_effect(getattr(effect, name, None), **of)
        row["name"] = self.names.number(effect.name)
        row["stack"] = self.stacks.number(effect.name)
        row["conditions"] = sum(1 << CONDITIONS.index(word) for word in effect.conditions)
        row["duration"] = effect.duration or 0
        row["clock"] = CLOCKS.index(effect.clock)
        row["save_ends"] = int(effect.save_ends)
        row["armor"] = effect.armor_class
        row["damage_roll"] = effect.damage_roll
        row["aura"] = effect.aura
        row["turn_save"] = codes.TURN_SAVES.index(effect.turn_save)
        for of_roll, text in (("attack", effect.attack_roll), ("save", effect.saving_throw)):
            count, sides, flat = roll_bonus(text)
            row |= {f"{of_roll}_count": count, f"{of_roll}_sides": sides, f"{of_roll}_flat": flat}
        for name, terms in (
            ("extra", effect.extra_damage),
            ("marked", effect.marked_damage),
            ("turn", effect.turn_damage),
            ("healing", (effect.turn_healing,)),
            ("temporary", (effect.temporary_hp,)),
            ("retribution", effect.retribution),
        ):
            row[f"first_{name}"], row[f"end_{name}"] = self.add_terms(terms)
        row["resist"] = defences(effect.resistances)
        row["immune"] = defences(effect.immunities)
        row["vulnerable"] = defences(effect.vulnerabilities)
        row["bits"] = _bits(effect)
        self.effects.append(row)
        return len(self.effects) - 1

    def add_rider(
        self, rider: Rider, pool: int, cost: int, group: int, once: int, action: Row
    ) -> None:
        """Add one rider at one slot level, of an action or (a row of nothing) the creature's own.

        `once` numbers those that apply once a turn.
        """
        dc = NONE if rider.dc is None else rider.dc
        row = RIDER_ROW | {
            "when": WHEN.index(rider.when),
            "attacks": ATTACKS.index(rider.attacks),
            "once": once,
            "group": group,
            "name": self.names.number(rider.name),
            "bonus": dc,
            "ability": ABILITIES.index(rider.ability),
            "half": int(rider.on_success == "half"),
            "pool": pool,
            "cost": cost,
            "drains": TYPE_CODES[rider.drains] if rider.drains else 0,
            "heals": int(rider.heals),
            "follow_up": NONE,
        }
        row["first_term"], row["end_term"] = self.add_terms(rider.damage)
        row["effect"] = self.add_effect(
            rider.effect,
            bonus=dc,
            ability=row["ability"],
            magical=action["magical"],
            concentration=action["concentration"],
            once=NONE,
        )
        self.riders.append(row)


def roll_bonus(text: str | None) -> tuple[int, int, int]:
    """Return dice count (negative to subtract), sides and flat number of "1d4", "-1d4", "2"."""
    if text is None:
        return 0, 0, 0
    if "d" not in text:
        return 0, 0, int(text)
    sign = -1 if text.startswith("-") else 1
    count, sides = text.removeprefix("-").split("d")
    return sign * int(count or 1), int(sides), 0


def defences(words: Iterable[str]) -> int:
    """Return a mask of damage types; those of nonmagical damage from `NONMAGICAL_SHIFT` on."""
    mask = 0
    for word in words:
        kind = word.removeprefix("nonmagical ")
        shift = codes.NONMAGICAL_SHIFT if kind != word else 0
        mask |= 1 << TYPE_CODES[kind] + shift
    return mask


def _bits(effect: Lasting) -> int:
    """Return what an effect does besides its conditions, as bits."""
    bits = 0
    for word in effect.grants:
        bits |= codes.GRANT_BITS[word]
    for word in effect.ends_on:
        bits |= codes.ENDS_ON_BITS[word]
    for ability in effect.save_advantage:
        bits |= 1 << codes.SAVE_ADVANTAGE + ABILITIES.index(ability)
    for ability in effect.save_disadvantage:
        bits |= 1 << codes.SAVE_DISADVANTAGE + ABILITIES.index(ability)
    if effect.attack_roll or effect.saving_throw:
        bits |= codes.ROLL_BONUS
    if effect.damage_roll or effect.extra_damage:
        bits |= codes.EXTRA_DAMAGE
    if effect.marked_damage:
        bits |= codes.MARKED
    if effect.retribution:
        bits |= codes.RETRIBUTION
    return bits
