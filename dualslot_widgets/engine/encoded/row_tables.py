"""The rows that a creature becomes: actions, riders, effects, damage terms, pools of uses.

A room of the engine floor below `encoding`. Each table is a list of rows that grows; a row is a
dict of column values, what it leaves out being 0. Names of columns are those of the world's fields
without their prefix.
"""

from __future__ import annotations

from collections.abc import Iterable

from dualslot_widgets.engine.encoded import codes
from dualslot_widgets.engine.encoded.codes import TYPE_CODES
from dualslot_widgets.scenario.dice import DamageTerm
from dualslot_widgets.scenario.effects import ABILITIES, CLOCKS, CONDITIONS, Lasting
from dualslot_widgets.scenario.riders import ATTACKS, WHEN, Rider

Row = dict[str, int]

ACTION_COLUMNS = (
    *("kind", "time", "name", "bonus", "critical", "critical_dice", "reroll", "advantage"),
    *("ability", "half", "targets", "attacks", "on", "ranged", "magical", "automatic", "area"),
    *("spell", "level", "lower", "pool", "cost", "points", "concentration", "legendary_cost"),
    *("first_term", "end_term", "first_rider", "end_rider", "first_temporary", "end_temporary"),
    *("effect", "once", "trigger", "armor", "halve", "melee_only", "requires", "hp_at_most"),
    *("first_wounded", "end_wounded", "first_pool", "end_pool", "usual_pool"),
)
RIDER_COLUMNS = (
    *("when", "attacks", "once", "group", "name", "bonus", "ability", "half", "pool", "cost"),
    *("first_term", "end_term", "effect", "drains", "heals", "follow_up"),
)
EFFECT_COLUMNS = (
    *("name", "stack", "conditions", "bits", "duration", "clock", "save_ends", "armor"),
    *("attack_count", "attack_sides", "attack_flat", "save_count", "save_sides", "save_flat"),
    *("damage_roll", "first_extra", "end_extra", "first_marked", "end_marked"),
    *("resist", "immune", "vulnerable", "first_turn", "end_turn", "turn_save", "first_healing"),
    *("end_healing", "first_temporary", "end_temporary", "aura", "bonus", "ability", "magical"),
    *("concentration", "once", "first_retribution", "end_retribution", "worsens", "badly"),
)
TERM_COLUMNS = ("count", "sides", "bonus", "type")
POOL_COLUMNS = ("most", "per", "recharge", "name")
NONE = -1
#: Marks fit an integer of 64 bits.
MAX_ONCE = 62


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
    names : Names
        Of actions, riders and effects: what the log calls them.
    stacks : Names
        Of effects: those of one name do not add up.
    once : Names
        Of effects that who saves is immune to.
    """

    def __init__(self) -> None:
        self.actions: list[Row] = []
        self.riders: list[Row] = []
        self.effects: list[Row] = []
        self.terms: list[Row] = []
        self.names = Names()
        self.stacks = Names()
        self.once = Names()

    def add_terms(self, terms: Iterable[DamageTerm | None]) -> tuple[int, int]:
        """Return where the terms stand, first and end."""
        first = len(self.terms)
        for term in terms:
            if term is not None:
                self.terms.append(
                    {
                        "count": term.count,
                        "sides": term.sides,
                        "bonus": term.bonus,
                        "type": TYPE_CODES[term.type],
                    }
                )
        return first, len(self.terms)

    def add_effect(self, effect: Lasting | None, **of: int) -> int:
        """Return the row of an effect, NONE for none; `of` are columns of what brings it."""
        if effect is None:
            return NONE
        row: Row = dict(of)
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
        row["turn_save"] = ("half", "none").index(effect.turn_save) + 1 if effect.turn_save else 0
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
        """Add one rider at one slot level, of an action's row or (empty) the creature's own.

        `once` numbers those that apply once a turn.
        """
        dc = NONE if rider.dc is None else rider.dc
        ability = ABILITIES.index(rider.ability)
        first, end = self.add_terms(rider.damage)
        row = {
            "when": WHEN.index(rider.when),
            "attacks": ATTACKS.index(rider.attacks),
            "once": once,
            "group": group,
            "name": self.names.number(rider.name),
            "bonus": dc,
            "ability": ability,
            "half": int(rider.on_success == "half"),
            "pool": pool,
            "cost": cost,
            "first_term": first,
            "end_term": end,
            "drains": TYPE_CODES[rider.drains] if rider.drains else 0,
            "heals": int(rider.heals),
            "follow_up": NONE,
            "effect": self.add_effect(
                rider.effect,
                bonus=dc,
                ability=ability,
                magical=int(action.get("magical", 0)),
                concentration=action.get("concentration", 0),
                once=NONE,
            ),
        }
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
