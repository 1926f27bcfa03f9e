"""The rows of one creature, made of its stat block: actions at every slot level, riders, pools."""

from __future__ import annotations

from collections.abc import Iterable

from dualslot_widgets.engine.encoded import codes
from dualslot_widgets.engine.encoded.codes import MAX_ONCE, NONE, POOL_COLUMNS
from dualslot_widgets.engine.encoded.columns import ACTION_ROW, Row
from dualslot_widgets.engine.encoded.row_tables import RowTables
from dualslot_widgets.errors import ScenarioError
from dualslot_widgets.scenario.actions import (
    RESTS,
    TIMES,
    TRIGGERS,
    Action,
    Attack,
    Counter,
    Defend,
    Enchant,
    Heal,
    Save,
)
from dualslot_widgets.scenario.creature import Creature
from dualslot_widgets.scenario.effects import ABILITIES, CONDITIONS, Effect
from dualslot_widgets.scenario.reading import shown
from dualslot_widgets.scenario.riders import Rider
from dualslot_widgets.scenario.spell_levels import action_levels, rider_levels

#: Whoever suffers one of these is incapacitated, too, as `Aimed.requires` has it.
INCAPACITATING = ("incapacitated", "paralyzed", "petrified", "stunned", "unconscious")


class CreatureRows:
    """The rows of one creature, and its pools of uses.

    Attributes
    ----------
    pools : list of dict
        Columns `codes.POOL_COLUMNS`; actions and riders name them by number.
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
        self._riders(creature.riders, dict(ACTION_ROW))
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
        self.pools.append(dict(zip(POOL_COLUMNS, (most, kind, recharge, name), strict=True)))
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
        pool, cost = self._limit(action, level)
        row = ACTION_ROW | {
            "time": TIMES.index(action.time),
            "name": self.tables.names.number(action.name),
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
        match action:
            case Attack():
                self._attack(row, action)
            case Save():
                self._save(row, action)
            case Heal():
                self._heal(row, action)
            case Enchant():
                self._enchant(row, action)
            case Defend():
                self._defend(row, action)
            case Counter():
                row |= {"kind": codes.COUNTER, "bonus": action.check_bonus}
            case _:
                row["kind"] = codes.SURGE
        return row

    def _effect(self, row: Row, effect: Effect | None, **of: int) -> int:
        magic = {name: row[name] for name in ("concentration", "magical", "once")}
        return self.tables.add_effect(effect, **magic, **of)

    def _attack(self, row: Row, action: Attack) -> None:
        tables = self.tables
        row["kind"] = codes.ATTACK
        row["bonus"] = action.attack_bonus
        row["critical"] = action.critical_range
        row["critical_dice"] = action.critical_dice
        row["reroll"] = action.reroll
        row["advantage"] = int(action.advantage) - int(action.disadvantage)
        row["ranged"] = int(action.ranged)
        row["automatic"] = int(action.automatic)
        row["first_term"], row["end_term"] = tables.add_terms(action.damage)
        row["first_wounded"], row["end_wounded"] = tables.add_terms(action.wounded_damage)
        row["first_rider"] = len(tables.riders)
        self._riders(action.on_hit, row)
        row["end_rider"] = len(tables.riders)

    def _save(self, row: Row, action: Save) -> None:
        row["kind"] = codes.SAVE
        row["bonus"] = action.dc
        row["ability"] = ABILITIES.index(action.ability)
        row["half"] = int(action.on_success == "half")
        row["first_term"], row["end_term"] = self.tables.add_terms(action.damage)
        if action.once and action.effect is not None:
            row["once"] = self.tables.once.number(action.effect.name)
            if row["once"] >= MAX_ONCE:
                raise ScenarioError(f"scenario: more than {MAX_ONCE} effects have once; drop some")
        row["effect"] = self._effect(row, action.effect, bonus=action.dc, ability=row["ability"])

    def _heal(self, row: Row, action: Heal) -> None:
        row["kind"] = codes.HEAL
        row["points"] = int(action.points is not None)
        row["on"] = codes.SELF if action.on == "self" else codes.ALLIES
        row["first_term"], row["end_term"] = self.tables.add_terms((action.healing,))
        temporary = self.tables.add_terms((action.temporary_hp,))
        row["first_temporary"], row["end_temporary"] = temporary

    def _enchant(self, row: Row, action: Enchant) -> None:
        row["kind"] = codes.ENCHANT
        row["on"] = ("self", "allies", "enemies").index(action.on)
        row["first_pool"], row["end_pool"] = self.tables.add_terms((action.hp_pool,))
        row["usual_pool"] = round(action.hp_pool.average) if action.hp_pool else 0
        dc = NONE if action.dc is None else action.dc
        ability = ABILITIES.index(action.ability)
        row["effect"] = self._effect(row, action.effect, bonus=dc, ability=ability)

    def _defend(self, row: Row, action: Defend) -> None:
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
            row["effect"] = self._effect(row, shield, bonus=NONE)


def _required(conditions: Iterable[str]) -> int:
    """Return a mask of conditions; who is stunned or the like is incapacitated, too."""
    words = set(conditions)
    if "incapacitated" in words:
        words.update(INCAPACITATING)
    return sum(1 << CONDITIONS.index(word) for word in words)
