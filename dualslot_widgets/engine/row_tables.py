"""The rows that a creature becomes: actions, riders, effects, damage terms, pools of uses.

A room of the engine floor below `encoding`. Each table is a list of rows that grows; a row is a
dict of column values, what it leaves out being 0. Names of columns are those of the world's fields
without their prefix.
"""

from __future__ import annotations

from collections.abc import Iterable

from dualslot_widgets.engine import codes
from dualslot_widgets.engine.codes import TYPE_CODES
from dualslot_widgets.errors import ScenarioError
from dualslot_widgets.scenario.actions import (
    ATTACKS,
    RESTS,
    TIMES,
    TRIGGERS,
    WHEN,
    Action,
    Attack,
    Counter,
    Defend,
    Enchant,
    Heal,
    Rider,
    Save,
)
from dualslot_widgets.scenario.creature import Creature
from dualslot_widgets.scenario.dice import DamageTerm
from dualslot_widgets.scenario.effects import ABILITIES, CLOCKS, CONDITIONS, Effect, Lasting
from dualslot_widgets.scenario.reading import shown
from dualslot_widgets.scenario.spell_levels import action_levels, rider_levels

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
#: Of `Aimed.requires`: these conditions are being incapacitated, too.
INCAPACITATING = ("incapacitated", "paralyzed", "petrified", "stunned", "unconscious")
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


class CreatureRows:
    """The rows of one creature, and its pools of uses.

    Attributes
    ----------
    pools : list of dict
        Columns `POOL_COLUMNS`; actions and riders name them by number.
    first_action, end_action, first_rider, end_rider : int
        Where its actions and its own riders stand.
    multiattack : list of int
        Rows of the actions.
    """

    def __init__(self, creature: Creature, tables: RowTables) -> None:
        self.creature = creature
        self.tables = tables
        self.pools: list[Row] = []
        self._pool_of: dict[str, int] = {}
        for name, resource in creature.resources:
            self._pool_of[f"resource {name}"] = self._pool(resource.uses, resource.per)
        for level, slots in enumerate(creature.spell_slots, start=1):
            if slots:
                self._pool_of[f"slot {level}"] = self._pool(slots, "long_rest")
        if creature.pact_magic is not None:
            pact = creature.pact_magic
            self._pool_of[f"slot {pact.level}"] = self._pool(pact.slots, "short_rest")
        self.resistance_pool = self._extra_pool(creature.legendary_resistance)
        self.relentless_pool = self._extra_pool(int(creature.relentless > 0))
        self.first_rider = len(tables.riders)
        self._once = 0
        self._follow_ups: list[tuple[int, str]] = []
        self._riders(creature.riders, {})
        self.end_rider = len(tables.riders)
        self.first_action = len(tables.actions)
        self._rows: dict[str, int] = {}
        for action in creature.actions:
            self._rows[action.name] = len(tables.actions)
            self._action(action)
        self.end_action = len(tables.actions)
        self.multiattack = [self._rows[name] for name in creature.multiattack]
        for rider_row, attack in self._follow_ups:
            tables.riders[rider_row]["follow_up"] = self._rows[attack]

    def _pool(self, most: int, per: str, recharge: int = 0, name: int = NONE) -> int:
        kind = codes.RECHARGE if recharge else RESTS.index(per)
        self.pools.append({"most": most, "per": kind, "recharge": recharge, "name": name})
        return len(self.pools) - 1

    def _extra_pool(self, most: int) -> int:
        return self._pool(most, "long_rest") if most else NONE

    def _limit(self, action: Action, level: int) -> tuple[int, int]:
        """Return the pool that an action takes from, and how much; NONE for at will."""
        if action.shares is not None:
            owner = next(a for a in self.creature.actions if a.name == action.shares)
            return self._limit(owner, 0)
        if action.recharge is not None:
            return self._named(f"action {action.name}", 1, action.per, action.recharge), 1
        if action.uses is not None:
            return self._named(f"action {action.name}", action.uses, action.per), 1
        if isinstance(action, Heal) and action.points is not None:
            return self._pool_of[f"resource {action.points}"], 1
        return self._cost(action, level)

    def _cost(self, what: Action | Rider, level: int) -> tuple[int, int]:
        if what.cost:
            name, amount = what.cost[0]
            return self._pool_of[f"resource {name}"], amount
        return (self._pool_of[f"slot {level}"], 1) if level else (NONE, 0)

    def _named(self, key: str, most: int, per: str, recharge: int = 0) -> int:
        if key not in self._pool_of:
            name = self.tables.names.number(key.removeprefix("action "))
            self._pool_of[key] = self._pool(most, per, recharge, name)
        return self._pool_of[key]

    def _riders(self, riders: Iterable[Rider], action: Row) -> None:
        for group, rider in enumerate(riders):
            once = NONE
            if rider.once_per_turn:
                once = self._once
                self._once += 1
                if once > MAX_ONCE:
                    raise ScenarioError(
                        f"{shown(self.creature.name)} has more than {MAX_ONCE} riders that apply "
                        "once per turn; drop some"
                    )
            for raised, level in rider_levels(self.creature, rider):
                pool, cost = self._cost(rider, level)
                if rider.follow_up is not None:
                    self._follow_ups.append((len(self.tables.riders), rider.follow_up))
                self.tables.add_rider(raised, pool, cost, group, once, action)

    def _action(self, action: Action) -> None:
        previous = NONE
        for raised, level in action_levels(self.creature, action):
            row = self._row(raised, level)
            # A slot more only where a lower one is gone, if the spell gains nothing by it.
            row["lower"] = previous if action.upcast is None else NONE
            previous = len(self.tables.actions)
            self.tables.actions.append(row)

    def _row(self, action: Action, level: int) -> Row:
        tables = self.tables
        pool, cost = self._limit(action, level)
        row: Row = {
            "time": TIMES.index(action.time),
            "name": tables.names.number(action.name),
            "spell": NONE if action.spell is None else action.spell,
            "level": max(level, action.spell or 0),
            "pool": pool,
            "cost": cost,
            "concentration": int(action.concentration),
            "legendary_cost": action.legendary_cost,
            "effect": NONE,
            "once": NONE,
            "targets": getattr(action, "targets", 1),
            "attacks": getattr(action, "attacks", 1),
            "area": int(getattr(action, "area", False)),
            "trigger": TRIGGERS.index(getattr(action, "trigger", TRIGGERS[0])),
            "ranged": 1,
            "magical": int(action.spell is not None or getattr(action, "magical", False)),
            "on": codes.ENEMIES,
            "requires": _required(getattr(action, "requires", ())),
            "hp_at_most": getattr(action, "hp_at_most", 0),
        }
        of = {"concentration": row["concentration"], "magical": row["magical"]}
        if isinstance(action, Attack):
            row["kind"] = codes.ATTACK
            row["bonus"] = action.attack_bonus
            row["critical"] = action.critical_range
            row["critical_dice"] = action.critical_dice
            row["reroll"] = action.reroll
            row["advantage"] = int(action.advantage) - int(action.disadvantage)
            row["ranged"] = int(action.ranged)
            row["automatic"] = int(action.automatic)
            row["first_term"], row["end_term"] = tables.add_terms(action.damage)
            wounded = tables.add_terms(action.wounded_damage)
            row["first_wounded"], row["end_wounded"] = wounded
            row["first_rider"] = len(tables.riders)
            self._riders(action.on_hit, row)
            row["end_rider"] = len(tables.riders)
        elif isinstance(action, Save):
            row["kind"] = codes.SAVE
            row["bonus"] = action.dc
            row["ability"] = ABILITIES.index(action.ability)
            row["half"] = int(action.on_success == "half")
            row["first_term"], row["end_term"] = tables.add_terms(action.damage)
            if action.once and action.effect is not None:
                row["once"] = tables.once.number(action.effect.name)
                if row["once"] >= MAX_ONCE:
                    raise ScenarioError(
                        f"scenario: more than {MAX_ONCE} effects have once; drop some"
                    )
            row["effect"] = tables.add_effect(
                action.effect, bonus=action.dc, ability=row["ability"], once=row["once"], **of
            )
        elif isinstance(action, Heal):
            row["kind"] = codes.HEAL
            row["points"] = int(action.points is not None)
            row["on"] = codes.SELF if action.on == "self" else codes.ALLIES
            row["first_term"], row["end_term"] = tables.add_terms((action.healing,))
            temporary = tables.add_terms((action.temporary_hp,))
            row["first_temporary"], row["end_temporary"] = temporary
        elif isinstance(action, Enchant):
            row["kind"] = codes.ENCHANT
            row["on"] = ("self", "allies", "enemies").index(action.on)
            row["first_pool"], row["end_pool"] = tables.add_terms((action.hp_pool,))
            row["usual_pool"] = round(action.hp_pool.average) if action.hp_pool else 0
            dc = NONE if action.dc is None else action.dc
            ability = ABILITIES.index(action.ability)
            row["effect"] = tables.add_effect(
                action.effect, bonus=dc, ability=ability, once=NONE, **of
            )
        elif isinstance(action, Defend):
            row["kind"] = codes.DEFEND
            row["armor"] = action.armor_class
            row["halve"] = int(action.halve)
            row["melee_only"] = int(action.melee_only)
            if action.lasting:
                shield = Effect(
                    name=action.name,
                    armor_class=action.armor_class,
                    duration=1,
                    clock="start_of_turn",
                )
                row["effect"] = tables.add_effect(shield, bonus=NONE, once=NONE, **of)
        elif isinstance(action, Counter):
            row["kind"] = codes.COUNTER
            row["bonus"] = action.check_bonus
        else:
            row["kind"] = codes.SURGE
        return row


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


def _required(conditions: Iterable[str]) -> int:
    """Return a mask of conditions; who is stunned or the like is incapacitated, too."""
    words = set(conditions)
    if "incapacitated" in words:
        words.update(INCAPACITATING)
    return sum(1 << CONDITIONS.index(word) for word in words)


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
