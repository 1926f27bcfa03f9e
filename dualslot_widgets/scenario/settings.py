"""The settings of a scenario: how often it is played, by which dice, and what has to be assumed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dualslot_widgets.scenario import fields
from dualslot_widgets.scenario.effects import MAX_ROUNDS
from dualslot_widgets.scenario.schema import record_dict

MAX_RUNS = 1_000_000
# The largest whole number that JavaScript keeps exactly: a seed must survive the browser.
MAX_SEED = 2**53 - 1
HIT_POINTS = ("average", "rolled")
SPREADS = ("loose", "normal", "tight")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How often and how long to play.

    Attributes
    ----------
    runs : int
        Five times an odd number (1005) gives every quintile an exact median run.
    seed : int
        Run i depends on (seed, i) alone.
    max_rounds : int
        A fight that reaches it is unresolved.
    hit_points : str
        "average": every monster has its `max_hp`; "rolled": each run rolls its `hit_dice`.
    spread : str
        How close everybody stands: areas catch half as many ("loose"), as many, or half as many
        again ("tight") as their `targets` say, rounded up.
    """

    runs: int = fields.integer(1, MAX_RUNS, 1005, edit=True, always=True)
    seed: int = fields.integer(0, MAX_SEED, 1, edit=True, always=True)
    max_rounds: int = fields.integer(1, MAX_ROUNDS, 50, title="most rounds", edit=True, always=True)
    hit_points: str = fields.word(
        HIT_POINTS, "average", title="monsters’ hit points", edit=True, names_default=True
    )
    spread: str = fields.word(
        SPREADS,
        "normal",
        edit=True,
        names_default=True,
        says={
            "loose": "loose: areas catch half as many",
            "tight": "tight: areas catch half as many again",
        },
    )

    def to_dict(self) -> dict[str, Any]:
        """Return the scenario JSON of the settings."""
        return record_dict(self)
