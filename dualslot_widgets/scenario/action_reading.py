"""Actions from the scenario JSON and back, with every problem named by its path."""

from __future__ import annotations

from typing import Any

from dualslot_widgets.scenario.actions import (
    ACTION_CLASSES,
    BY_THEMSELVES,
    ONLY_REACTIONS,
    REACTIONS,
    Action,
    Attack,
    Defend,
    Enchant,
    Heal,
    Save,
    type_of,
)
from dualslot_widgets.scenario.reading import ObjectReader, Problems
from dualslot_widgets.scenario.riders import check_rider
from dualslot_widgets.scenario.schema import read_record, record_dict


def read_action(value: Any, path: str, problems: Problems) -> Action:
    """Read one action of the scenario JSON, noting every problem under its path."""
    reader = ObjectReader(value, path, problems)
    kind = reader.choice("type", tuple(ACTION_CLASSES))
    if reader.raw("type") != kind:  # which other keys it should have is anybody's guess
        return Attack(name=reader.text("name"), attack_bonus=0, damage=())
    action: Action = read_record(ACTION_CLASSES[kind], reader)
    reader.finish()
    _check(action, kind, reader)
    return action


def action_dict(action: Action) -> dict[str, Any]:
    """Return the scenario JSON of an action; `read_action` reads it back unchanged."""
    return {"type": type_of(action)} | record_dict(action)


def _check(action: Action, kind: str, reader: ObjectReader) -> None:
    if action.recharge is not None and action.uses is not None:
        reader.fail("uses", "and recharge exclude each other; keep one")
    if len(action.cost) > 1:
        reader.fail("cost", "names several resources; an action takes one")
    if isinstance(action, Heal) and not (action.healing or action.points or action.temporary_hp):
        reader.fail("healing", 'is missing; write dice such as "1d4+3"')
    if isinstance(action, Save) and not (action.damage or action.effect):
        reader.fail("damage", 'is missing; write dice such as "8d6 fire", or give an effect')
    if isinstance(action, Enchant) and action.dc is None:
        needs = [key for key in ("turn_save", "save_ends") if getattr(action.effect, key)]
        if needs:
            reader.fail("dc", f"is missing; the effect's {needs[0]} needs it")
    if isinstance(action, Defend) and not (action.armor_class or action.halve):
        reader.fail("armor_class", "is missing; or let it halve the damage")
    if kind in ONLY_REACTIONS and action.time != "reaction":
        reader.fail("time", 'is always "reaction" for this type; leave it out')
    if kind not in REACTIONS and action.time == "reaction":
        reader.fail("time", "is no reaction's; attack, save, defend and counter can be reactions")
    only = BY_THEMSELVES.get(action.time, kind)
    if only != kind:
        reader.fail("time", f'is only for actions of type "{only}"')
    if action.shares and (action.uses or action.recharge or action.cost):
        reader.fail("shares", "takes the place of uses, recharge and cost; keep one")
    for index, rider in enumerate(getattr(action, "on_hit", ())):
        check_rider(rider, f"on_hit[{index}]", reader)
