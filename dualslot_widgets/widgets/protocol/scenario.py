"""The scenario on screen, as the editor and the header draw it."""

from __future__ import annotations

from typing import Literal, TypedDict


class Field(TypedDict):
    """A number that can be changed: its path in the scenario, bounds, and a slider's range."""

    path: str
    label: str
    value: int
    min: int
    max: int
    slider: list[int]


class CreatureView(TypedDict):
    """One kind of creature with the numbers that people change most."""

    name: str
    side: Literal["party", "monsters"]
    encounter: int
    fields: list[Field]


class ScenarioView(TypedDict):
    """The scenario on screen; `revision` counts up when it changed, so that inputs follow it."""

    name: str
    summary: str
    revision: int
    creatures: list[CreatureView]
    settings: list[Field]
