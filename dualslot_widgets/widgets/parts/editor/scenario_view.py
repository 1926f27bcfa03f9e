"""The scenario on screen as plain JSON: its name, its creatures, what can be changed.

All functions are pure, so that they are tested without a kernel. `action_view` draws actions.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from dualslot_widgets.editing.new_actions import library
from dualslot_widgets.library import bestiary
from dualslot_widgets.library.ready_made import class_of
from dualslot_widgets.scenario.creature import MAX_HP, Creature
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.scenario.schema import declared_in
from dualslot_widgets.widgets.parts.editor.action_view import action_view, rider_view
from dualslot_widgets.widgets.parts.editor.field_view import editable, field_views, number_view
from dualslot_widgets.widgets.parts.editor.rest_in_words import rest_in_words
from dualslot_widgets.widgets.protocol.scenario import (
    CreatureView,
    LibraryView,
    MonsterView,
    NumberField,
    PasteView,
    ScenarioView,
)
from dualslot_widgets.words.plural import plural

#: The plain actions of `new_actions.TEMPLATES` in words.
_TEMPLATES = {
    "melee_attack": ("Melee attack", "An attack roll with the creature's own bonus"),
    "ranged_attack": ("Ranged attack", "An attack roll that reaches the back line, too"),
    "venomous_attack": (
        "Attack with a condition",
        "Who is hit makes a saving throw or is poisoned; save ends",
    ),
    "area_save": (
        "Area saving throw",
        "Damage to several, half on a made saving throw; recharges on 5 and 6",
    ),
    "condition": ("Condition", "A saving throw against being frightened; save ends"),
    "heal": ("Healing", "Gives hit points back to an ally"),
    "blessing": ("Blessing", "Adds to the attack rolls of allies for a while"),
    "parry": ("Parry", "A reaction: more armor class against a melee attack"),
}
#: Where sliders of hit points may end; the first that is well above the value is taken.
_SLIDER_ENDS = (50, 100, 200, 400, 800, MAX_HP)


def scenario_view(
    scenario: Scenario,
    revision: int,
    *,
    steps: tuple[int, int] = (0, 0),
    change: str = "",
    paste: PasteView | None = None,
) -> ScenarioView:
    """Return the scenario on screen with all that can be changed.

    Parameters
    ----------
    scenario : Scenario
    revision : int
    steps : (int, int)
        How many can be undone, and redone.
    change : str
        What was undone or redone just now, in words.
    paste : PasteView, optional
        What came of the last pasted text.
    """
    return {
        "name": scenario.name,
        "summary": summary(scenario),
        "revision": revision,
        "creatures": list(_creatures(scenario)),
        "encounters": [
            {"path": f"encounters[{number}]", "fields": field_views(fight, f"encounters[{number}]")}
            for number, fight in enumerate(scenario.encounters)
        ],
        "settings": field_views(scenario.settings, "settings"),
        "steps": list(steps),
        "change": change,
        "paste": paste or {"number": 0, "problems": [], "note": ""},
    }


def summary(scenario: Scenario) -> str:
    """Return words such as "4 characters, level 2, against 6 × Goblin and Ogre"."""
    party = sum(player.count for player in scenario.players)
    levels = sorted({p.level for p in scenario.players if p.level is not None})
    level = ""
    if levels:
        span = str(levels[0]) if len(levels) == 1 else f"{levels[0]} to {levels[-1]}"
        level = f", level {span}"
    fights = [
        " and ".join(
            f"{monster.count} × {monster.name}" if monster.count > 1 else monster.name
            for monster in encounter.monsters
        )
        for encounter in scenario.encounters
    ]
    return f"{plural(party, 'character')}{level}, against {', then '.join(fights)}"


@cache
def bestiary_view() -> list[MonsterView]:
    """Return all monsters of the bestiary, by challenge rating and name; never changed."""
    return [
        {
            "key": row["key"],
            "name": row["name"],
            "cr": row["challenge_rating"],
            "max_hp": row["max_hp"],
            "armor_class": row["armor_class"],
            "coverage": row["coverage"],
            "left_out": row["left_out"],
        }
        for row in bestiary.find().to_dict("records")
    ]


@cache
def library_view() -> LibraryView:
    """Return the names of all actions that can be added; never changed."""
    found = library()
    return {
        "template": [
            {"name": name, "title": title, "about": about}
            for name, (title, about) in _TEMPLATES.items()
        ],
        "spell": found["spell"],
        "monsters": found["monsters"],
    }


def _creatures(scenario: Scenario) -> Iterator[CreatureView]:
    for index, player in enumerate(scenario.players):
        yield _creature(player, "party", 0, f"players[{index}]")
    for number, encounter in enumerate(scenario.encounters):
        for index, monster in enumerate(encounter.monsters):
            yield _creature(
                monster, "monsters", number + 1, f"encounters[{number}].monsters[{index}]"
            )


def _creature(creature: Creature, side: str, encounter: int, path: str) -> CreatureView:
    return {
        "name": creature.name,
        "side": "party" if side == "party" else "monsters",
        "encounter": encounter,
        "path": path,
        "fields": _fields(creature, path),
        "class_name": (class_of(creature) or "") if side == "party" else "",
        "level": creature.level,
        "initiative_bonus": creature.initiative_bonus,
        "saving_throws": list(creature.saving_throws),
        "arrives": creature.arrives,
        "targeting": creature.targeting,
        "position": creature.position,
        "role": creature.role,
        "actions": [action_view(action) for action in creature.actions],
        "multiattack": list(creature.multiattack),
        "riders": [rider_view(rider) for rider in creature.riders],
        "spell_slots": [*creature.spell_slots, *(0,) * (9 - len(creature.spell_slots))],
        "legendary_actions": creature.legendary_actions,
        "resistances": list(creature.resistances),
        "immunities": list(creature.immunities),
        "vulnerabilities": list(creature.vulnerabilities),
        "condition_immunities": list(creature.condition_immunities),
        "rest": ", ".join(rest_in_words(creature, editable(creature))),
    }


def _fields(creature: Creature, path: str) -> list[NumberField]:
    end = next((end for end in _SLIDER_ENDS if 1.25 * creature.max_hp <= end), MAX_HP)
    sliders = {"count": (), "max_hp": (1, end), "armor_class": (5, 30)}
    return [
        number_view(declared_in(Creature)[key], f"{path}.{key}", getattr(creature, key), slider)
        for key, slider in sliders.items()
    ]
