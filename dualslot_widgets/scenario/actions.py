"""What a creature can do on its turn: attacks, saving-throw actions and healing, as frozen data.

Third room of the scenario floor. Rules: SRD 5.1, "Making an Attack", "Saving Throws", "Healing",
and "Limited Usage" of monster actions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from dualslot_widgets.scenario.dice import (
    DamageTerm,
    DiceError,
    damage_text,
    parse_damage,
    parse_healing,
)
from dualslot_widgets.scenario.reading import ObjectReader, Problems

ABILITIES = ("str", "dex", "con", "int", "wis", "cha")
MAX_BONUS = 100
MAX_DC = 100
MAX_USES = 1000
MAX_TARGETS = 60

_UNREAD = (DamageTerm(0, 1, 0),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limited:
    """What limits an action: `recharge` on a d6 at the start of a turn, or a number of `uses`.

    Attributes
    ----------
    name : str
        Unique within its creature.
    recharge : int or None
        Lowest d6 roll (2 to 6) that makes the action ready again.
    uses : int or None
        How often the scenario allows it. None for both means at will.
    """

    name: str
    recharge: int | None = None
    uses: int | None = None

    @property
    def at_will(self) -> bool:
        """Whether nothing limits the action."""
        return self.recharge is None and self.uses is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attack(Limited):
    """An attack roll against armor class; a critical hit doubles every damage die.

    `critical_range` is the lowest natural roll that is a critical hit (20 by default). Only a
    natural 20 hits whatever the armor class.
    """

    attack_bonus: int
    damage: tuple[DamageTerm, ...]
    critical_range: int = 20
    advantage: bool = False
    disadvantage: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Save(Limited):
    """An effect that up to `targets` enemies resist with a saving throw against `dc`."""

    dc: int
    ability: str
    damage: tuple[DamageTerm, ...]
    on_success: Literal["half", "none"] = "half"
    targets: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Heal(Limited):
    """Restores hit points to up to `targets` allies, never above their maximum."""

    healing: DamageTerm
    targets: int = 1


Action: TypeAlias = Attack | Save | Heal
ACTION_TYPES = ("attack", "save", "heal")


def read_action(value: Any, path: str, problems: Problems) -> Action:
    """Read one action of the scenario JSON, noting every problem under its path."""
    reader = ObjectReader(value, path, problems)
    kind = reader.choice("type", ACTION_TYPES)
    name = reader.text("name")
    if reader.raw("type") != kind:  # which other keys it should have is anybody's guess
        return Attack(name=name, attack_bonus=0, damage=_UNREAD)
    recharge = reader.integer("recharge", 2, 6, 6) if reader.has("recharge") else None
    uses = reader.integer("uses", 1, MAX_USES, 1) if reader.has("uses") else None
    if recharge is not None and uses is not None:
        reader.fail("uses", "and recharge exclude each other; keep one")
    action: Action
    if kind == "attack":
        action = Attack(
            name=name,
            recharge=recharge,
            uses=uses,
            attack_bonus=reader.integer("attack_bonus", -MAX_BONUS, MAX_BONUS),
            damage=_damage(reader),
            critical_range=reader.integer("critical_range", 2, 20, 20),
            advantage=reader.flag("advantage"),
            disadvantage=reader.flag("disadvantage"),
        )
    elif kind == "save":
        on_success = reader.choice("on_success", ("half", "none"), "half")
        action = Save(
            name=name,
            recharge=recharge,
            uses=uses,
            dc=reader.integer("dc", 0, MAX_DC),
            ability=reader.choice("ability", ABILITIES),
            damage=_damage(reader),
            on_success="half" if on_success == "half" else "none",
            targets=reader.integer("targets", 1, MAX_TARGETS, 1),
        )
    else:
        action = Heal(
            name=name,
            recharge=recharge,
            uses=uses,
            healing=_healing(reader),
            targets=reader.integer("targets", 1, MAX_TARGETS, 1),
        )
    reader.finish()
    return action


def action_dict(action: Action) -> dict[str, Any]:
    """Return the scenario JSON of an action; `read_action` reads it back unchanged."""
    out: dict[str, Any]
    if isinstance(action, Attack):
        out = {
            "type": "attack",
            "name": action.name,
            "attack_bonus": action.attack_bonus,
            "damage": damage_text(action.damage),
        }
        if action.critical_range != 20:
            out["critical_range"] = action.critical_range
        out |= {key: True for key in ("advantage", "disadvantage") if getattr(action, key)}
    elif isinstance(action, Save):
        out = {
            "type": "save",
            "name": action.name,
            "dc": action.dc,
            "ability": action.ability,
            "damage": damage_text(action.damage),
            "on_success": action.on_success,
            "targets": action.targets,
        }
    else:
        out = {
            "type": "heal",
            "name": action.name,
            "healing": str(action.healing),
            "targets": action.targets,
        }
    if action.recharge is not None:
        out["recharge"] = action.recharge
    if action.uses is not None:
        out["uses"] = action.uses
    return out


def _damage(reader: ObjectReader) -> tuple[DamageTerm, ...]:
    if not reader.has("damage"):
        reader.fail("damage", 'is missing; write dice such as "1d8+4 slashing"')
        return _UNREAD
    try:
        return parse_damage(reader.raw("damage"))
    except DiceError as error:
        reader.fail("damage", str(error))
        return _UNREAD


def _healing(reader: ObjectReader) -> DamageTerm:
    if not reader.has("healing"):
        reader.fail("healing", 'is missing; write dice such as "1d4+3"')
        return _UNREAD[0]
    try:
        return parse_healing(reader.raw("healing"))
    except DiceError as error:
        reader.fail("healing", str(error))
        return _UNREAD[0]
