"""Messages that a browser may send, and those that are refused; see `protocol_examples`."""

from __future__ import annotations

from typing import Any, get_args

from dualslot_widgets.widgets.protocol.message_checks import DisplayMode, Move
from tests.widgets.data_sets import (
    HOSTILE,
)


def valid_messages() -> dict[str, dict[str, Any]]:
    ogre = "encounters[0].monsters[1]"
    edits = {
        "edit_armor_class": (f"{ogre}.armor_class", 17),
        "edit_hit_points": (f"{ogre}.max_hp", 30_000),
        "edit_count": ("players[12].count", 1),
        "edit_attack_bonus": ("players[0].actions[0].attack_bonus", -3),
        "edit_runs": ("settings.runs", 105),
        "edit_seed": ("settings.seed", 2**53 - 1),
        "edit_save": (f"{ogre}.saving_throws.dex", -1),
        "edit_level": ("players[0].level", 9),
        "edit_no_level": ("players[0].level", None),
        "edit_name": ("players[0].name", HOSTILE),
        "edit_damage": ("players[0].actions[0].damage", "2d6+3 fire"),
        "edit_recharge": (f"{ogre}.actions[1].recharge", 5),
        "edit_at_will": (f"{ogre}.actions[1].uses", None),
        "edit_targeting": (f"{ogre}.targeting", "focus_fire"),
        "edit_rest": ("encounters[1].rest", "short_rest"),
        "edit_no_rest": ("encounters[1].rest", None),
        "edit_resistances": (f"{ogre}.resistances", ["fire", "nonmagical slashing"]),
        "edit_multiattack": (f"{ogre}.multiattack", []),
        "edit_slots": (f"{ogre}.spell_slots[8]", 1),
        "edit_time": (f"{ogre}.actions[0].time", "legendary"),
        "edit_advantage": (f"{ogre}.actions[0].advantage", True),
        "edit_rider_dc": (f"{ogre}.actions[0].on_hit[0].dc", 15),
        "edit_no_rider_damage": ("players[3].riders[0].damage", None),
        "edit_conditions": (f"{ogre}.actions[0].on_hit[0].effect.conditions", ["prone"]),
        "edit_save_ends": (f"{ogre}.actions[1].effect.save_ends", False),
        "edit_no_effect": (f"{ogre}.actions[1].effect", None),
    }
    return {
        **{kind: {"type": kind} for kind in ("run", "dismiss", "clear_finished")},
        **{
            kind: {"type": kind, "job": 7}
            for kind in ("cancel", "save_again", "run_again", "edit_job")
        },
        **{f"move_{to}": {"type": "move_job", "job": 7, "to": to} for to in get_args(Move)},
        **{k: {"type": "edit", "path": path, "value": v} for k, (path, v) in edits.items()},
        "add_monster": {"type": "add_monster", "encounter": 0, "key": "ogre"},
        "add_character": {"type": "add_character", "class_name": "wizard", "level": 9},
        "add_encounter": {"type": "add_encounter", "key": "ogre"},
        "add_action": {
            "type": "add_action",
            "path": ogre,
            "source": "adult-red-dragon",
            "name": "Fire Breath",
        },
        "add_rider": {"type": "add_rider", "path": f"{ogre}.actions[0]", "name": "condition"},
        "remove": {"type": "remove", "path": ogre},
        "remove_rider": {"type": "remove", "path": f"{ogre}.actions[0].on_hit[0]"},
        "duplicate": {"type": "duplicate", "path": "players[0].actions[0]"},
        "undo": {"type": "undo"},
        "redo": {"type": "redo"},
        "paste": {"type": "paste", "text": "{}"},
        "copy": {"type": "copy"},
        **{mode: {"type": "display_mode", "mode": mode} for mode in get_args(DisplayMode)},
        **{f"slot_{slot}": {"type": "choose_slot", "slot": slot} for slot in (0, 1)},
        **{f"edit_slot_{slot}": {"type": "edit_slot", "slot": slot} for slot in (0, 1)},
        **{f"pin_{slot}": {"type": "pin", "slot": slot} for slot in (0, 1, None)},
        **{f"select_{run}": {"type": "select_run", "run": run} for run in (0, 999_999, None)},
    }


def invalid_messages() -> dict[str, Any]:
    """Return messages that are refused, each under the words of the error that tells so."""
    edit = {"type": "edit", "path": "settings.seed", "value": 1}
    paths = (
        "players[0].actions[0].on_hit[0].cost",
        "players[0].actions[0].on_hit",
        "players[0].spell_slots[9]",
        "settings",
        "encounters[0].level",
        "",
        "settings.runs ",
        "settings.runs\n",
        "players[٣].count",
        "players[100].count",
    )
    odd = (*paths, "__proto__.polluted", "players[-1].count", f"players[0].{HOSTILE}", None, 3, [])
    return {
        "a message must be an object": [None, 1, "run", ["run"], True, [{"type": "run"}]],
        "message type": [{}, {"type": HOSTILE}, {"type": None}, {"type": ["run"]}, {"Type": "run"}],
        "is nothing that can be edited": [{**edit, "path": path} for path in odd],
        "is no whole number": [
            {**edit, "value": value} for value in ("5", 1.5, 1.0, True, None, [1], {"value": 1})
        ],
        "is neither true nor false": [
            {**edit, "path": "players[0].actions[0].area", "value": value}
            for value in (0, 1, "true", None, [])
        ],
        "is no list of at most 50 words": [
            {**edit, "path": "players[0].resistances", "value": value}
            for value in ("fire", None, {"fire": 1}, ["fire"] * 51)
        ],
        "is nothing that (action|rider)s are added to": [
            {"type": "add_action", "path": path, "source": "template", "name": "heal"}
            for path in ("players[0].actions[0]", "encounters[0]", None, HOSTILE)
        ]
        + [{"type": "add_rider", "path": "players[0]", "name": "damage"}],
        "is no text": [
            {**edit, "path": "players[0].resistances", "value": ["fire", 3]},
            {"type": "add_action", "path": "players[0]", "source": None, "name": "heal"},
            {"type": "add_action", "path": "players[0]", "source": "template"},
            *({**edit, "path": "name", "value": value} for value in (5, None, ["x"])),
            {"type": "edit", "path": "encounters[0].rest"},
            {"type": "add_monster", "encounter": 0, "key": None},
            {"type": "add_encounter"},
            {"type": "paste", "text": {"name": "x"}},
        ],
        "characters long": [
            {**edit, "path": "name", "value": "x" * 501},
            {"type": "add_encounter", "key": "x" * 101},
            {"type": "add_rider", "path": "players[0].actions[0]", "name": "x" * 101},
            {**edit, "path": "players[0].resistances", "value": ["x" * 501]},
        ],
        "is no number from 0 to 1000": [
            *({"type": "add_monster", "encounter": n, "key": "ogre"} for n in (-1, "0", 10**20)),
            {"type": "add_character", "class_name": "wizard", "level": None},
        ],
        "is nothing that can be (removed|duplicated)": [
            {"type": "remove", "path": path} for path in ("settings", "players", None, HOSTILE)
        ]
        + [{"type": "duplicate", "path": "players[0].name"}],
        "is no number of a job": [
            {"type": kind, "job": job}
            for kind in ("cancel", "save_again", "run_again", "edit_job")
            for job in (None, 0, -1, "7", 7.0, True, 2**53, [7])
        ]
        + [{"type": "cancel"}, {"type": "move_job", "to": "up"}],
        "a job is moved next, up or down": [
            {"type": "move_job", "job": 7, "to": to} for to in ("", "UP", 0, None, ["up"])
        ]
        + [{"type": "move_job", "job": 7}],
        "display mode": [
            {"type": "display_mode", "mode": mode} for mode in ("", "NEWEST", 0, None, ["newest"])
        ],
        "is no slot": [
            *(
                {"type": kind, "slot": slot}
                for kind in ("choose_slot", "edit_slot")
                for slot in (2, -1, "0", 0.0, False, None, [0])
            ),
            *({"type": "pin", "slot": slot} for slot in (2, -1, "0", False, [None])),
            {"type": "pin"},
        ],
        "is no run": [
            *(
                {"type": "select_run", "run": run}
                for run in (-1, 1_000_000, 10**400, "0", 0.0, True, [0], {})
            ),
            {"type": "select_run"},
        ],
    }
