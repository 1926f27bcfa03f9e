"""What an import returns: creatures or a scenario, and the report of what became of the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from dualslot_widgets.errors import ScenarioError
from dualslot_widgets.importers.report import Report
from dualslot_widgets.scenario.actions import ACTION_CLASSES
from dualslot_widgets.scenario.creature import Creature
from dualslot_widgets.scenario.reading import nearest
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.words.plural import plural

_WORDS = {cls: word for word, cls in ACTION_CLASSES.items()}


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file held, in the words of a scenario. `print(imported)` shows the report.

    Attributes
    ----------
    format : str
        The format that was found: "5e-bits monster", "Open5e v1 monster", "Open5e v2 creature",
        "5etools bestiary", "Improved Initiative creature", "battleSim save", "battlesim2 save".
    creatures : tuple of Creature
        Monsters; of a save file all creatures, players first.
    scenario : Scenario or None
        The whole scenario of a simulator's save file; None for monsters, see `against`.
    report : Report
        What was understood, how it was taken, and what is left out.

    Examples
    --------
    >>> import dualslot_widgets as dw
    >>> wolf = {"index": "dog", "name": "Dog", "hit_points": 5, "armor_class": 12, "strength": 11,
    ...         "dexterity": 14, "actions": [{"name": "Bite", "desc": "Melee Weapon Attack: +3 to "
    ...         "hit, reach 5 ft., one target. Hit: 4 (1d6 + 1) piercing damage."}]}
    >>> imported = dw.import_data(wolf)
    >>> imported.against([{"character": "fighter", "level": 1}], count=2).encounters[0].monsters[0]
    ... # doctest: +ELLIPSIS
    Creature(name='Dog', level=None, count=2, max_hp=5, armor_class=12, ...
    """

    format: str
    creatures: tuple[Creature, ...]
    scenario: Scenario | None = None
    report: Report = field(default_factory=Report)

    def against(
        self, party: Scenario | Sequence[Creature | dict[str, Any]], *names: str, count: int = 1
    ) -> Scenario:
        """Return a scenario in which a party meets imported monsters in one encounter.

        Parameters
        ----------
        party : Scenario or sequence of Creature or dict
            A scenario lends its players and settings.
        *names : str
            Names of the monsters; without any, all that were imported.
        count : int
            How many of each.

        Raises
        ------
        ScenarioError
            For a name that was not imported, and whatever a scenario does not accept.
        """
        by_name = {creature.name.casefold(): creature for creature in reversed(self.creatures)}
        chosen = []
        for name in names:
            if name.casefold() not in by_name:
                hint = nearest(name, by_name)
                raise ScenarioError(f"{name[:100]!r}: is not among the imported creatures{hint}")
            chosen.append(by_name[name.casefold()])
        players = party.players if isinstance(party, Scenario) else party
        monsters = [replace(creature, count=count) for creature in chosen or self.creatures]
        scenario: dict[str, Any] = {
            "name": ", ".join(monster.name for monster in monsters)[:100],
            "players": [p.to_dict() if isinstance(p, Creature) else p for p in players],
            "encounters": [{"monsters": [monster.to_dict() for monster in monsters]}],
        }
        if isinstance(party, Scenario):
            scenario["settings"] = party.settings.to_dict()
        return Scenario.from_dict(scenario)

    def __str__(self) -> str:
        return f"{self.format}\n{self.report}"


def understood(creature: Creature) -> str:
    """Return a line on what a creature has in the scenario."""
    kinds: dict[str, int] = {}
    for action in creature.actions:
        word = _WORDS[type(action)]
        kinds[word] = kinds.get(word, 0) + 1
    parts = [f"{creature.max_hp} hit points", f"armor class {creature.armor_class}"]
    parts += [plural(number, word) for word, number in kinds.items()]
    if creature.multiattack:
        parts.append(f"multiattack {' + '.join(creature.multiattack)}")
    parts += [trait.replace("_", " ") for trait in creature.traits]
    return f"{creature.name}: {', '.join(parts)}"
