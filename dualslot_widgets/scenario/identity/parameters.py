"""The fingerprints of a scenario: equal exactly when no result and no stored table can differ.

`scenario.Scenario.parameters` makes them, storage keeps them. `similarity` measures how near two
scenarios are, `differences` puts into words what changed.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from dualslot_widgets.errors import ScenarioError
from dualslot_widgets.scenario.creature import Creature
from dualslot_widgets.scenario.identity.differences import changed, differences
from dualslot_widgets.scenario.identity.similarity import LEAST, cost
from dualslot_widgets.scenario.schema import declared_in
from dualslot_widgets.scenario.settings import Settings

#: Counts up whenever the engine plays the same scenario differently, so that results of older
#: rules are never taken for results of these.
RULES_VERSION = 2

#: Greater numbers are no version of any rules.
MAX_RULES_VERSION = 1_000_000

#: Other rules can give the same scenario quite different results.
OTHER_RULES = 0.5
_PARTS = ("players", "monsters", "encounters", "settings")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioParameters:
    """The fingerprints of a scenario's parts; equality and hash go by `fingerprint` alone.

    Every field that can change a result or a stored table counts, names and the order of lists
    too (ties go to the creature listed first). The scenario's own name, the level of a player
    character and the order of resistances and their like do not.

    Attributes
    ----------
    players : str
        Fingerprint of the party, 32 hexadecimal digits as all of them.
    monsters : str
        That of the monsters' stat blocks.
    encounters : str
        That of which monsters meet the party when, and how many; of rests and surprise.
    settings : str
        That of runs, seed, round cap and the rest of the settings.
    rules_version : int
        Rules of the engine that the fingerprints were made for.
    fingerprint : str
        That of all this together.
    content : dict
        What was fingerprinted, as scenario JSON with all defaults written out.
    """

    players: str = field(compare=False)
    monsters: str = field(compare=False)
    encounters: str = field(compare=False)
    settings: str = field(compare=False)
    rules_version: int = field(compare=False)
    fingerprint: str
    content: Mapping[str, Any] = field(compare=False, repr=False)

    @classmethod
    def from_scenario(cls, scenario: Mapping[str, Any]) -> ScenarioParameters:
        """Return the parameters of a scenario given as its own `Scenario.to_dict` wrote it."""
        return cls._from_content(_canonical(scenario), RULES_VERSION)

    @classmethod
    def _from_content(cls, content: Mapping[str, Any], rules_version: int) -> ScenarioParameters:
        fights = content["encounters"]
        monsters = [monster for fight in fights for monster in fight["monsters"]]
        parts = {
            "players": _digest(content["players"]),
            "monsters": _digest([{**monster, "count": 1} for monster in monsters]),
            "encounters": _digest(
                [
                    {**fight, "monsters": [[m["name"], m["count"]] for m in fight["monsters"]]}
                    for fight in fights
                ]
            ),
            "settings": _digest(content["settings"]),
        }
        whole = {"rules_version": rules_version, **content}
        return cls(
            **parts, rules_version=rules_version, fingerprint=_digest(whole), content=content
        )

    def in_rules(self, version: int) -> ScenarioParameters:
        """Return the parameters of the same scenario when it is played by other rules."""
        return self._from_content(self.content, version)

    def similarity(self, other: ScenarioParameters) -> float:
        """Return how near another scenario is: 1 for equal parameters, less for each change.

        It is symmetric, and falls down to 0.
        """
        if self == other:
            return 1.0
        # One order for both directions: sums of floats depend on their order in the last digit.
        one, second = sorted((self, other), key=lambda parameters: parameters.fingerprint)
        return math.exp(-max(LEAST, _cost(one, second)))

    def differences(self, other: ScenarioParameters) -> list[str]:
        """Return what changes from this scenario to another, one line each.

        Examples of lines: ``"Ogre: armor class 11 -> 13"``, ``"Goblin: 4 -> 6"``.
        """
        if self == other:
            return []
        rules = changed("rules", "version", self.rules_version, other.rules_version)
        return [*differences(self.content, other.content), *rules]

    def to_dict(self) -> dict[str, Any]:
        """Return the parameters as JSON; `from_dict` reads them back."""
        out: dict[str, Any] = {part: getattr(self, part) for part in _PARTS}
        out |= {"rules_version": self.rules_version, "fingerprint": self.fingerprint}
        return out | {"content": self.content}

    @classmethod
    def from_dict(cls, value: Mapping[str, Any]) -> ScenarioParameters:
        """Read what `to_dict` wrote, of any rules version.

        Raises
        ------
        ScenarioError
            When something is missing, or the fingerprints are not those of the content.
        """
        try:
            version = value["rules_version"]
            if not isinstance(version, int) or isinstance(version, bool):
                raise TypeError("rules_version is not a whole number")
            if not 1 <= version <= MAX_RULES_VERSION:
                raise ValueError(f"rules_version is not from 1 to {MAX_RULES_VERSION}")
            found = cls._from_content(value["content"], version)
            wrong = [key for key in (*_PARTS, "fingerprint") if value[key] != getattr(found, key)]
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
            raise ScenarioError(
                f"parameters: cannot be read ({error!r}); make them anew from their scenario"
            ) from error
        if wrong:
            raise ScenarioError(
                f"parameters.{wrong[0]}: is not the fingerprint of the content beside it; "
                "make them anew from their scenario"
            )
        return found


@lru_cache(maxsize=64)
def _cost(first: ScenarioParameters, second: ScenarioParameters) -> float:
    other_rules = OTHER_RULES if first.rules_version != second.rules_version else 0
    return cost(first.content, second.content) + other_rules


def _canonical(scenario: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "players": [_creature(player) for player in scenario["players"]],
        "encounters": [
            {**fight, "monsters": [_creature(monster) for monster in fight["monsters"]]}
            for fight in scenario["encounters"]
        ],
        "settings": _SETTINGS | dict(scenario.get("settings", {})),
    }


def _spelled_out(cls: type[Any]) -> dict[str, Any]:
    """Return the defaults of which fingerprints are taken though they are not written."""
    return {
        key: declared.usual
        for key, declared in declared_in(cls).items()
        if (declared.spelled or declared.always) and not declared.required
    }


_CREATURE, _SETTINGS = _spelled_out(Creature), _spelled_out(Settings)
#: The lists of names, whose order counts; that of words decides nothing.
_ORDERED = {key for key, declared in declared_in(Creature).items() if declared.kind == "names"}


def _creature(creature: Mapping[str, Any]) -> dict[str, Any]:
    """Return a creature with its defaults spelled out, and without what decides nothing."""
    out = _CREATURE | {key: v for key, v in creature.items() if key != "level"}
    saves = {key: bonus for key, bonus in out["saving_throws"].items() if bonus}
    plain: dict[str, Any] = _in_order(out | {"saving_throws": saves})
    return plain


def _in_order(value: Any, key: str = "") -> Any:
    """Return JSON with every list of words sorted whose order decides nothing."""
    if isinstance(value, dict):  # of JSON; to ask for a Mapping takes four times as long
        return {name: _in_order(content, name) for name, content in value.items()}
    if isinstance(value, list):
        plain = [_in_order(item) for item in value]
        words = key not in _ORDERED and all(isinstance(item, str) for item in plain)
        return sorted(plain) if words else plain
    return value


def _digest(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.blake2b(text.encode("ascii"), digest_size=16).hexdigest()
