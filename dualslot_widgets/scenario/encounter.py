"""An encounter: one fight, its monsters, and how the party comes to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dualslot_widgets.scenario import fields
from dualslot_widgets.scenario.actions import RESTS
from dualslot_widgets.scenario.creature import MAX_COMBATANTS, Creature, read_creature
from dualslot_widgets.scenario.reading import ObjectReader, Problems
from dualslot_widgets.scenario.schema import read_record, record_dict

MAX_ENCOUNTERS = 20
SIDES = ("party", "monsters")


@dataclass(frozen=True, slots=True, kw_only=True)
class Encounter:
    """One fight: its monsters, and how the party comes to it.

    Attributes
    ----------
    monsters : tuple of Creature
    rest : str or None
        The rest that the party takes before it, "short_rest" or "long_rest".
    surprised : str or None
        The side, "party" or "monsters", that does nothing in the first round.
    """

    monsters: tuple[Creature, ...] = fields.records(
        Creature, MAX_COMBATANTS, read=read_creature, required=True, edit=True
    )
    rest: str | None = fields.word(
        RESTS,
        None,
        title="rest before it",
        edit=True,
        removable=True,
        says={
            "": "no rest before",
            "short_rest": "short rest before",
            "long_rest": "long rest before",
        },
    )
    surprised: str | None = fields.word(
        SIDES,
        None,
        edit=True,
        removable=True,
        says={
            "": "nobody surprised",
            "party": "party surprised",
            "monsters": "monsters surprised",
        },
    )

    def to_dict(self) -> dict[str, Any]:
        """Return the scenario JSON of the encounter."""
        return record_dict(self)


def read_encounter(value: Any, path: str, problems: Problems) -> Encounter:
    """Read one encounter of the scenario JSON, noting every problem under its path."""
    reader = ObjectReader(value, path, problems)
    encounter = read_record(Encounter, reader)
    monsters = encounter.monsters
    if monsters and all(monster.arrives > 1 for monster in monsters):
        reader.fail("monsters", "all arrive later; let one be there from the start")
    reader.finish()
    return encounter
