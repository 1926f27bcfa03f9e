"""A scenario: party, encounters and settings; everything that decides a result, and its JSON.

Top room of the scenario floor; the format is described in the README.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from dualslot_widgets.errors import ScenarioError
from dualslot_widgets.scenario import fields
from dualslot_widgets.scenario.actions import RESTS
from dualslot_widgets.scenario.creature import MAX_COMBATANTS, Creature, read_creature
from dualslot_widgets.scenario.identity.parameters import ScenarioParameters
from dualslot_widgets.scenario.reading import ObjectReader, Problems, shown
from dualslot_widgets.scenario.scenario_files import (
    MAX_FILE_BYTES,
    read_users_file,
    write_users_file,
)
from dualslot_widgets.scenario.spell_levels import MAX_RIDERS, MAX_ROWS, MAX_TERMS, size

MAX_RUNS = 1_000_000
MAX_ROUNDS = 1000
MAX_ENCOUNTERS = 20
# The largest whole number that JavaScript keeps exactly: a seed must survive the browser.
MAX_SEED = 2**53 - 1
HIT_POINTS = ("average", "rolled")
SPREADS = ("loose", "normal", "tight")
SIDES = ("party", "monsters")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How often and how long to play.

    Attributes
    ----------
    runs : int
        1 to 1,000,000. Five times an odd number (1005) gives every quintile an exact median run.
    seed : int
        0 to 2**53 - 1. Run i depends on (seed, i) alone.
    max_rounds : int
        1 to 1000; a fight that reaches it is unresolved.
    hit_points : str
        "average": every monster has its `max_hp`; "rolled": each run rolls its `hit_dice`.
    spread : str
        How close everybody stands: areas catch half as many ("loose"), as many, or half as many
        again ("tight") as their `targets` say, rounded up.
    """

    runs: int = fields.integer(1, MAX_RUNS, 1005, always=True)
    seed: int = fields.integer(0, MAX_SEED, 1, always=True)
    max_rounds: int = fields.integer(1, MAX_ROUNDS, 50, always=True)
    hit_points: str = fields.word(HIT_POINTS, "average")
    spread: str = fields.word(SPREADS, "normal")

    def to_dict(self) -> dict[str, Any]:
        """Return the scenario JSON of the settings."""
        return fields.record_dict(self)


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

    monsters: tuple[Creature, ...]
    rest: str | None = None
    surprised: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the scenario JSON of the encounter."""
        out: dict[str, Any] = {"monsters": [monster.to_dict() for monster in self.monsters]}
        if self.rest is not None:
            out["rest"] = self.rest
        if self.surprised is not None:
            out["surprised"] = self.surprised
        return out


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

    name: str
    players: tuple[Creature, ...]
    encounters: tuple[Encounter, ...]
    settings: Settings = field(default_factory=Settings)

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
        return {
            "name": self.name,
            "players": [player.to_dict() for player in self.players],
            "encounters": [encounter.to_dict() for encounter in self.encounters],
            "settings": self.settings.to_dict(),
        }

    def with_value(self, path: str, value: Any) -> Scenario:
        """Return a copy with one number or text changed, named by its path.

        Parameters
        ----------
        path : str
            As error messages write it: ``"players[0].armor_class"``, ``"settings.seed"``.
        value
            The new value.

        Raises
        ------
        ScenarioError
            When the path leads nowhere or the value cannot be played.
        """
        content: Any = self.to_dict()
        steps = [
            int(index) if index else key for key, index in re.findall(r"(\w+)|\[(\d+)\]", path)
        ]
        place = content
        try:
            for step in steps[:-1]:
                place = place[step]
            place[steps[-1]]  # only what is there can be changed
            place[steps[-1]] = value
        except (KeyError, IndexError, TypeError):
            raise ScenarioError(f"{path[:100]}: there is no such value in this scenario") from None
        return Scenario.from_dict(content)

    @cached_property
    def parameters(self) -> ScenarioParameters:
        """The fingerprints of everything that can change a result."""
        return ScenarioParameters.of(self.to_dict())


def _read(value: Any) -> dict[str, Any]:
    problems = Problems()
    reader = ObjectReader(value, "", problems)
    name = reader.text("name", "Unnamed scenario")
    players = tuple(
        read_creature(item, path, problems)
        for path, item in reader.items("players", MAX_COMBATANTS, required=True)
    )
    encounters = tuple(
        _read_encounter(item, path, problems)
        for path, item in reader.items("encounters", MAX_ENCOUNTERS, required=True)
    )
    settings = fields.read_object(Settings, reader.raw("settings", {}), "settings", problems)
    creatures = [*players, *(monster for fight in encounters for monster in fight.monsters)]
    combatants = sum(creature.count for creature in creatures)
    if combatants > MAX_COMBATANTS:
        problems.add("", f"{combatants} combatants are more than {MAX_COMBATANTS}; remove some")
    reader.finish()
    if not problems:
        _check_size(creatures, problems)
    if problems:
        raise ScenarioError(problems.lines())
    return {"name": name, "players": players, "encounters": encounters, "settings": settings}


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


def _read_encounter(value: Any, path: str, problems: Problems) -> Encounter:
    reader = ObjectReader(value, path, problems)
    monsters = tuple(
        read_creature(item, where, problems)
        for where, item in reader.items("monsters", MAX_COMBATANTS, required=True)
    )
    rest = reader.choice("rest", RESTS) if reader.has("rest") else None
    surprised = reader.choice("surprised", SIDES) if reader.has("surprised") else None
    if monsters and all(monster.arrives > 1 for monster in monsters):
        reader.fail("monsters", "all arrive later; let one be there from the start")
    reader.finish()
    return Encounter(monsters=monsters, rest=rest, surprised=surprised)
