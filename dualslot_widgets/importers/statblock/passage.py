"""One entry of a stat block as the formats hand it over: an action, a trait, a reaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Passage:
    """One entry of a stat block.

    Attributes
    ----------
    place : str
        Path in the file.
    name : str
    text : str
    time : str
        What it takes of a turn, one of `actions.TIMES`.
    attack_bonus : int or None
        If the format gives it as a number. The text decides where it says something else.
    damage : str
        Dice that the format gives as data; used where the text has none.
    save : dict or None
        ``dc``, ``ability``, ``on_success`` that the format gives as data.
    limit : dict
        ``recharge``, or ``uses`` and ``per``, that the format gives as data.
    legendary_cost : int
    routines : tuple of tuple of (str, int)
        Of a multiattack that the format gives as data: each way to make it, as names and counts.
    """

    place: str
    name: str
    text: str = ""
    time: str = "action"
    attack_bonus: int | None = None
    damage: str = ""
    save: dict[str, Any] | None = None
    limit: dict[str, Any] = field(default_factory=dict)
    legendary_cost: int = 1
    routines: tuple[tuple[tuple[str, int], ...], ...] = ()
