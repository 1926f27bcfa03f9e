"""Small fights for tests of single rules: creatures in a line, events as dicts."""

from __future__ import annotations

from typing import Any

from dualslot_widgets.engine.simulate import Simulation
from dualslot_widgets.scenario.scenario import Scenario

#: Hits whatever it is rolled against, but for a natural 1.
SURE = 100
#: Takes all that tests deal.
ENDLESS = 30_000

Rows = list[dict[str, Any]]


def attack(damage: str, bonus: int = SURE, name: str = "Blow", **more: Any) -> dict[str, Any]:
    return {"type": "attack", "name": name, "attack_bonus": bonus, "damage": damage} | more


def save(damage: str, dc: int = 100, name: str = "Blast", **more: Any) -> dict[str, Any]:
    return {"type": "save", "name": name, "dc": dc, "ability": "dex", "damage": damage} | more


def heal(healing: str, name: str = "Mend", **more: Any) -> dict[str, Any]:
    return {"type": "heal", "name": name, "healing": healing} | more


def creature(name: str, *actions: dict, hp: int = ENDLESS, ac: int = 10, **more: Any) -> dict:
    return {"name": name, "max_hp": hp, "armor_class": ac, "actions": list(actions)} | more


def first(given: dict) -> dict:
    """The creature, with an initiative that nobody beats."""
    return given | {"initiative_bonus": 100}


def fight(
    players: list[dict], *encounters: list[dict], runs: int = 600, rounds: int = 1, seed: int = 1
) -> dict[str, Rows]:
    """The tables of a fight, with a full log, as lists of dicts."""
    scenario = Scenario.from_dict(
        {
            "name": "a rule",
            "players": players,
            "encounters": [{"monsters": monsters} for monsters in encounters],
            "settings": {"runs": runs, "seed": seed, "max_rounds": rounds},
        }
    )
    simulation = Simulation(scenario, log=True)
    simulation.play_batch(runs)
    return {name: table.to_pylist() for name, table in simulation.take_tables().items()}


def by(rows: Rows, **values: Any) -> Rows:
    """The rows that have these values."""
    return [row for row in rows if all(row[key] == value for key, value in values.items())]


def z(count: int, trials: int, share: float) -> float:
    """How many standard deviations a count is from what is expected."""
    return (count - trials * share) / (trials * share * (1 - share)) ** 0.5
