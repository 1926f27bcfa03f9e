"""A scenario: party, encounters and settings; everything that decides a result, and its JSON."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from dualslot_widgets.errors import ScenarioError
from dualslot_widgets.scenario import fields, paths
from dualslot_widgets.scenario.creature import MAX_COMBATANTS, Creature, read_creature
from dualslot_widgets.scenario.encounter import MAX_ENCOUNTERS, Encounter, read_encounter
from dualslot_widgets.scenario.identity.parameters import ScenarioParameters
from dualslot_widgets.scenario.reading import ObjectReader, Problems, shown
from dualslot_widgets.scenario.scenario_files import (
    MAX_FILE_BYTES,
    read_users_file,
    write_users_file,
)
from dualslot_widgets.scenario.schema import read_values, record_dict, whole
from dualslot_widgets.scenario.settings import Settings
from dualslot_widgets.scenario.spell_levels import MAX_RIDERS, MAX_ROWS, MAX_TERMS, size


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """Party, encounters in a row, and settings.

    Raises
    ------
    ScenarioError
        When any value is outside what can be played; all problems are reported together.

    Examples
    --------
    >>> scenario = Scenario.from_dict({
    ...     "name": "Duel",
    ...     "players": [{"name": "Fighter", "max_hp": 44, "armor_class": 18, "actions": [
    ...         {"type": "attack", "name": "Longsword", "attack_bonus": 7, "damage": "1d8+4"}]}],
    ...     "encounters": [{"monsters": [{"monster": "ogre"}]}],
    ... })
    >>> scenario.encounters[0].monsters[0].max_hp
    59
    >>> scenario.with_value("encounters[0].monsters[0].armor_class", 13).name
    'Duel'
    """

    name: str = fields.text("Unnamed scenario", edit=True, always=True)
    players: tuple[Creature, ...] = fields.records(
        Creature, MAX_COMBATANTS, read=read_creature, required=True, edit=True
    )
    encounters: tuple[Encounter, ...] = fields.records(
        Encounter, MAX_ENCOUNTERS, read=read_encounter, required=True, edit=True
    )
    settings: Settings = fields.record(Settings, Settings(), edit=True, always=True)

    def __post_init__(self) -> None:
        # Values built in Python pass the same gate as values from a file, and come out of it as
        # plain numbers and tuples, whatever they were built from.
        try:
            content = self.to_dict()
        except (AttributeError, TypeError) as error:
            raise ScenarioError(
                f"scenario: cannot be read ({error}); build it from Creature, Encounter and "
                "Settings, or with Scenario.from_dict"
            ) from error
        for key, value in _read(content).items():
            object.__setattr__(self, key, value)

    @classmethod
    def from_dict(cls, value: Mapping[str, Any]) -> Scenario:
        """Read the scenario JSON as Python objects; raises `ScenarioError` with all problems."""
        scenario = object.__new__(cls)  # whose gate, __post_init__, would read it once more
        for key, content in _read(value).items():
            object.__setattr__(scenario, key, content)
        return scenario

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Scenario:
        """Read a scenario file (UTF-8 JSON, at most 10 MB); raises `ScenarioError`.

        A link is followed; a folder, a pipe or a device is refused.
        """
        file = Path(path)
        content = read_users_file(file)
        if len(content) > MAX_FILE_BYTES:
            raise ScenarioError(f"{file}: is larger than 10 MB; that is not a scenario")
        try:
            value = json.loads(content.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            raise ScenarioError(f"{file}: is not JSON: {error}") from error
        try:
            return cls.from_dict(value)
        except ScenarioError as error:
            raise ScenarioError([f"{file}: {line}" for line in error.problems]) from error

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the scenario as indented JSON that `load` reads back to an equal scenario.

        The file is complete and durable when this returns; of a link, what it leads to is replaced.

        Raises
        ------
        ScenarioError
            When it could not be written; a file that was there before is as before, unless the
            message says otherwise.
        """
        write_users_file(Path(path), self.to_json())

    def to_json(self) -> str:
        """Return the indented JSON that `save` writes."""
        return json.dumps(self.to_dict(), indent=1, ensure_ascii=False) + "\n"

    def to_dict(self) -> dict[str, Any]:
        """Return the scenario JSON; `from_dict` reads it back to an equal scenario."""
        return record_dict(self)

    def with_value(self, path: str, value: Any) -> Scenario:
        """Return a copy with one value changed, named by its path.

        Parameters
        ----------
        path : str
            As error messages write it: ``"players[0].armor_class"``, ``"settings.seed"``. Whatever
            a scenario may say can be set, also what is left out because it is the usual.
        value
            The new value as JSON; None takes away what may be absent.

        Raises
        ------
        ScenarioError
            When the path leads nowhere or the value cannot be played.
        """
        content = self.to_dict()
        paths.set_value(SCHEMA, content, path, value)
        return Scenario.from_dict(content)

    @cached_property
    def parameters(self) -> ScenarioParameters:
        """The fingerprints of everything that can change a result."""
        return ScenarioParameters.from_scenario(self.to_dict())


#: What a scenario's JSON may say, to be asked by `paths.find`.
SCHEMA = whole(Scenario)


def _read(value: Any) -> dict[str, Any]:
    problems = Problems()
    reader = ObjectReader(value, "", problems)
    found = read_values(Scenario, reader)
    monsters = (monster for fight in found["encounters"] for monster in fight.monsters)
    creatures = [*found["players"], *monsters]
    combatants = sum(creature.count for creature in creatures)
    if combatants > MAX_COMBATANTS:
        problems.add("", f"{combatants} combatants are more than {MAX_COMBATANTS}; remove some")
    reader.finish()
    if not problems:
        _check_size(creatures, problems)
    if problems:
        raise ScenarioError(problems.lines())
    return found


def _check_size(creatures: list[Creature], problems: Problems) -> None:
    most = {"actions": MAX_ROWS, "riders": MAX_RIDERS, "dice terms": MAX_TERMS}
    sizes = [size(creature) for creature in creatures]
    for (what, at_most), found in zip(most.items(), zip(*sizes, strict=True), strict=True):
        if sum(found) > at_most:
            worst = creatures[found.index(max(found))].name
            problems.add(
                "",
                f"its creatures come to {sum(found)} {what}, each spell counted at every slot "
                f"level; at most {at_most}. Most are of {shown(worst)}",
            )
