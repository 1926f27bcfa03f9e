"""The scenario on screen, as the editor and the header draw it."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

from dualslot_widgets.widgets.protocol.replay import Side


class NumberField(TypedDict):
    """A number that can be changed: its path in the scenario, bounds, and a slider's range."""

    kind: Literal["number"]
    path: str
    label: str
    value: int
    min: int
    max: int
    slider: list[int]


class Choice(TypedDict):
    """A word and what it is called; "" stands for none of the words."""

    word: str
    says: str


class ChoiceField(TypedDict):
    """One of a few words that can be changed; the value is "" for none of them."""

    kind: Literal["choice"]
    path: str
    label: str
    value: str
    choices: list[Choice]


class FlagField(TypedDict):
    """What is so or not, and can be changed."""

    kind: Literal["flag"]
    path: str
    label: str
    value: bool


#: What can be changed, drawn by its kind.
Field: TypeAlias = NumberField | ChoiceField | FlagField


class EffectView(TypedDict):
    """An effect: what of it can be changed, and in words (`rest`) what cannot."""

    name: str
    conditions: list[str]
    duration: int | None
    clock: str
    save_ends: bool
    turn_damage: str | None
    rest: str


class RiderView(TypedDict):
    """What comes with a hit: what of it can be changed, and in words (`rest`) what cannot.

    `dc` and `ability` are None without a saving throw.
    """

    name: str
    when: str
    once_per_turn: bool
    damage: str | None
    dc: int | None
    ability: str | None
    on_success: str
    effect: EffectView | None
    rest: str


class ActionView(TypedDict):
    """An action; None for what this kind of action has not.

    `limit` says in words what else limits it, and `note` what else it does. Of that, `details` can
    be changed (only what this kind has, by key), `flags` are those that are set, and `rest` says
    in words what cannot be changed.
    """

    type: str
    name: str
    attack_bonus: int | None
    dc: int | None
    ability: str | None
    on_success: str | None
    damage: str | None
    healing: str | None
    temporary_hp: str | None
    targets: int | None
    uses: int | None
    per: str
    recharge: int | None
    limit: str
    note: str
    details: dict[str, int | str]
    flags: list[str]
    riders: list[RiderView]
    effect: EffectView | None
    rest: str


class CreatureView(TypedDict):
    """One kind of creature: the numbers that people change most, and the others.

    `class_name` is the class of a ready-made character, else empty; `spell_slots` has nine numbers;
    `riders` come with all its hits; `rest` says in words what cannot be changed.
    """

    name: str
    side: Side
    encounter: int
    path: str
    fields: list[NumberField]
    class_name: str
    level: int | None
    initiative_bonus: int
    saving_throws: list[int]
    arrives: int
    targeting: str
    position: str
    role: str
    actions: list[ActionView]
    multiattack: list[str]
    riders: list[RiderView]
    spell_slots: list[int]
    legendary_actions: int
    resistances: list[str]
    immunities: list[str]
    vulnerabilities: list[str]
    condition_immunities: list[str]
    rest: str


class EncounterView(TypedDict):
    """How the party comes to an encounter."""

    path: str
    fields: list[Field]


class PasteView(TypedDict):
    """What came of the last pasted text: its number, and its problems unless it was taken.

    `note` says what became of a file of another program.
    """

    number: int
    problems: list[str]
    note: str


class ScenarioView(TypedDict):
    """The scenario on screen; `revision` counts up when it changed, so that inputs follow it.

    `steps` can be undone and redone; `change` says what was undone or redone just now.
    """

    name: str
    summary: str
    revision: int
    creatures: list[CreatureView]
    encounters: list[EncounterView]
    settings: list[Field]
    steps: list[int]
    change: str
    paste: PasteView


class MonsterView(TypedDict):
    """A monster of the bestiary, to be searched for; `left_out` says what of it is not played."""

    key: str
    name: str
    cr: float
    max_hp: int
    armor_class: int
    coverage: Literal["full", "partial", "none"]
    left_out: str


class TemplateView(TypedDict):
    """A plain action to begin with."""

    name: str
    title: str
    about: str


class LibraryView(TypedDict):
    """The names of the actions that can be added; those of monsters by the monster's key."""

    template: list[TemplateView]
    spell: list[str]
    monsters: dict[str, list[str]]
