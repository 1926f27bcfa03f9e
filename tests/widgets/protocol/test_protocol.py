"""The protocol is what its fixtures say, and nothing gets past it unchecked."""

from __future__ import annotations

import json
from typing import Any, get_type_hints

import pytest
from hypothesis import given, strategies as st

from dualslot_widgets.editing import edits
from dualslot_widgets.errors import DualSlotError
from dualslot_widgets.library.starter import starter_scenario
from dualslot_widgets.scenario.effects import ABILITIES
from dualslot_widgets.widgets.parts.editor.action_view import FLAGS
from dualslot_widgets.widgets.protocol import (
    comparison,
    edit_messages,
    footer,
    jobs,
    replay,
    results,
    scenario as scenario_views,
)
from dualslot_widgets.widgets.protocol.messages import read_message
from tests.widgets.parts.editor.editor_examples import scenarios_on_screen
from tests.widgets.protocol.message_examples import invalid_messages, valid_messages
from tests.widgets.protocol.protocol_examples import FOLDER, examples

EXAMPLES = examples()
HOMEBREW = EXAMPLES["scenario"]["homebrew"]["creatures"][-1]
SCENARIOS = scenarios_on_screen()
VALID = valid_messages()
INVALID = [
    pytest.param(content, words, id=f"{words}-{index}")
    for words, contents in invalid_messages().items()
    for index, content in enumerate(contents)
]


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_fixture_is_what_the_kernel_makes_today(name):
    found = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    remedy = "if that is meant: python -m tests.widgets.protocol.protocol_examples --write"
    assert found == EXAMPLES[name], remedy


def test_no_fixture_is_left_over():
    assert {path.stem for path in FOLDER.iterdir()} == EXAMPLES.keys()


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (scenario_views.ScenarioView, list(EXAMPLES["scenario"].values())),
        (scenario_views.CreatureView, EXAMPLES["scenario"]["hostile"]["creatures"]),
        (scenario_views.Field, EXAMPLES["scenario"]["hostile"]["settings"]),
        (scenario_views.EncounterView, EXAMPLES["scenario"]["made"]["encounters"]),
        (scenario_views.ActionView, EXAMPLES["scenario"]["made"]["creatures"][0]["actions"]),
        (scenario_views.ActionView, HOMEBREW["actions"]),
        (scenario_views.EffectView, [HOMEBREW["actions"][3]["effect"]]),
        (scenario_views.RiderView, HOMEBREW["actions"][2]["riders"]),
        (scenario_views.TemplateView, EXAMPLES["library"]["template"]),
        (scenario_views.LibraryView, [EXAMPLES["library"]]),
        (scenario_views.PasteView, [EXAMPLES["scenario"]["made"]["paste"]]),
        (scenario_views.MonsterView, EXAMPLES["bestiary"]),
        (jobs.JobView, [job for job in EXAMPLES["job"].values() if job]),
        (results.SlotView, [slot for pair in EXAMPLES["slots"].values() for slot in pair]),
        (results.OriginView, [slot["origin"] for slot in EXAMPLES["slots"]["imported"]]),
        (results.PreviewView, [view for view in EXAMPLES["preview"].values() if view]),
        (results.UnsavedView, [EXAMPLES["preview"]["unsaved"]["unsaved"]]),
        (results.StripView, list(EXAMPLES["strip"].values())),
        (replay.ReplayView, [view for view in EXAMPLES["replay"].values() if view]),
        (replay.PartingView, [view for view in EXAMPLES["parting"].values() if view]),
        (replay.ReplayCombatant, EXAMPLES["replay"]["told"]["combatants"]),
        (comparison.CompareView, list(EXAMPLES["comparison"].values())),
        (comparison.Side, EXAMPLES["comparison"]["paired"]["sides"]),
        (comparison.TimelineEnd, EXAMPLES["comparison"]["paired"]["sides"][0]["timelines"]),
        (comparison.Direction, EXAMPLES["comparison"]["paired"]["directions"]),
        (comparison.Contrast, EXAMPLES["comparison"]["single"]["directions"][0]["contrasts"]),
        (footer.FooterView, list(EXAMPLES["footer"].values())),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_view_has_exactly_the_keys_of_its_type(kind, values):
    assert values
    assert [value.keys() for value in values] == [get_type_hints(kind).keys()] * len(values)


@pytest.mark.parametrize("content", VALID.values(), ids=VALID)
def test_a_valid_message_is_read_as_it_is(content):
    assert read_message(content) == content


@pytest.mark.parametrize("content", VALID.values(), ids=VALID)
def test_what_a_message_need_not_have_is_dropped(content):
    assert read_message({**content, "extra": "x" * 1000, "Value": 3}) == content


@pytest.mark.parametrize(("content", "words"), INVALID)
def test_an_invalid_message_is_refused_in_words(content, words):
    with pytest.raises(DualSlotError, match=words) as caught:
        read_message(content)
    assert len(str(caught.value)) < 200


def test_a_refusal_repeats_no_flood():
    flood = "settings.runs" + "!" * 1_000_000
    for content in (
        {"type": flood},
        {"type": "edit", "path": flood, "value": 1},
        {"type": "edit", "path": "settings.runs", "value": flood},
        {"type": "edit", "path": "name", "value": flood},
        {"type": "add_monster", "encounter": flood, "key": flood},
        {"type": "edit", "path": "players[0].resistances", "value": [flood]},
        {"type": "add_action", "path": flood, "source": flood, "name": flood},
        {"type": "add_action", "path": "players[0]", "source": flood, "name": flood},
        {"type": "remove", "path": flood},
        {"type": "paste", "text": flood},
        {"type": "display_mode", "mode": flood},
        {"type": "choose_slot", "slot": 10**5000},
    ):
        with pytest.raises(DualSlotError) as caught:
            read_message(content)
        assert len(str(caught.value)) < 200


def fields_of(view: dict[str, Any]) -> list[dict[str, Any]]:
    fields = [field for creature in view["creatures"] for field in creature["fields"]]
    return fields + view["settings"]


def values_of(view: dict[str, Any]) -> dict[str, Any]:
    """Return every value on screen that is no number field, by its path."""
    found = {"name": view["name"]}
    found |= {f"settings.{key}": view[key] for key in ("hit_points", "spread")}
    for fight in view["encounters"]:
        found |= {f"{fight['path']}.{key}": fight[key] for key in ("rest", "surprised")}
    for creature in view["creatures"]:
        path = creature["path"]
        keys = ("name", "initiative_bonus", "arrives", "targeting", "position", "role")
        found |= {f"{path}.{key}": creature[key] for key in keys}
        if creature["side"] == "party":
            found[f"{path}.level"] = creature["level"]
        saves = zip(ABILITIES, creature["saving_throws"], strict=True)
        found |= {f"{path}.saving_throws.{ability}": bonus for ability, bonus in saves}
        slots = enumerate(creature["spell_slots"])
        found |= {f"{path}.spell_slots[{level}]": number for level, number in slots}
        found |= {f"{path}.{key}": creature[key] for key in (*LISTS, "legendary_actions")}
        for index, rider in enumerate(creature["riders"]):
            found |= rider_values(rider, f"{path}.riders[{index}]")
        for index, action in enumerate(creature["actions"]):
            found |= action_values(action, f"{path}.actions[{index}]")
    return found


LISTS = ("multiattack", "resistances", "immunities", "vulnerabilities", "condition_immunities")


def action_values(action: dict[str, Any], path: str) -> dict[str, Any]:
    told = {"type", "limit", "note", "rest", "details", "flags", "riders", "effect"}
    told |= {key for key, value in action.items() if value is None and key in HAS_NOT}
    if action["uses"] is None:
        told.add("per")
    found = {f"{path}.{key}": value for key, value in action.items() if key not in told}
    found |= {f"{path}.{key}": value for key, value in action["details"].items()}
    found |= {f"{path}.{flag}": flag in action["flags"] for flag in FLAGS[action["type"]]}
    for index, rider in enumerate(action["riders"]):
        found |= rider_values(rider, f"{path}.on_hit[{index}]")
    return found | effect_values(action["effect"], f"{path}.effect")


def rider_values(rider: dict[str, Any], path: str) -> dict[str, Any]:
    told = {"effect", "rest"} | ({"dc"} if rider["dc"] is None else set())
    found = {f"{path}.{key}": value for key, value in rider.items() if key not in told}
    return found | effect_values(rider["effect"], f"{path}.effect")


def effect_values(effect: dict[str, Any] | None, path: str) -> dict[str, Any]:
    told = ("name", "rest")
    return {f"{path}.{key}": value for key, value in (effect or {}).items() if key not in told}


#: What of an action may be None because that kind of action has it not.
HAS_NOT = scenario_views.ActionView.__annotations__.keys() - {"uses", "recharge"}


@pytest.mark.parametrize("name", EXAMPLES["scenario"])
def test_every_value_on_screen_may_be_edited_and_is_the_scenarios_own(name):
    scenario = SCENARIOS[name]
    for path, value in values_of(EXAMPLES["scenario"][name]).items():
        content = {"type": "edit", "path": path, "value": value}
        assert read_message(content) == content
        assert edits.with_value(scenario, path, value) == scenario, path


@pytest.mark.parametrize("name", EXAMPLES["scenario"])
def test_every_field_on_screen_may_be_edited_and_has_its_value_in_bounds(name):
    for field in fields_of(EXAMPLES["scenario"][name]):
        path, value = field["path"], field["value"]
        content = {"type": "edit", "path": path, "value": value}
        assert read_message(content) == content
        assert field["min"] <= value <= field["max"]
        if field["slider"]:
            low, high = field["slider"]
            assert field["min"] <= low <= value <= high <= field["max"]


def test_an_edit_of_every_field_changes_that_number_alone():
    scenario = starter_scenario()
    for field in fields_of(EXAMPLES["scenario"]["starter"]):
        value = field["value"] + 1
        changed = scenario.with_value(field["path"], value)
        assert changed != scenario
        assert changed.with_value(field["path"], field["value"]) == scenario


@pytest.mark.parametrize("kind", EXAMPLES["scenario"])
def test_all_that_is_in_a_scenario_can_be_removed_and_duplicated_from_the_browser(kind):
    view = EXAMPLES["scenario"][kind]
    paths = [each["path"] for each in view["creatures"] + view["encounters"]]
    paths += [
        f"{creature['path']}.actions[{index}]"
        for creature in view["creatures"]
        for index in range(len(creature["actions"]))
    ]
    for path in paths:
        for message in ({"type": "remove", "path": path}, {"type": "duplicate", "path": path}):
            assert read_message(message) == message


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=8,
)
words = st.sampled_from(
    [
        *(
            "run",
            "select_run",
            "display_mode",
            "choose_slot",
            "newest",
            "settings.runs",
            "players[0].count",
        ),
        *("encounters[0].rest", "players[0].actions[1]", "ogre", "wizard", *edit_messages.KINDS),
    ]
)
KEYS = (
    "path",
    "value",
    "mode",
    "slot",
    "encounter",
    "key",
    "class_name",
    "level",
    "text",
    "run",
    "source",
    "name",
)


@given(json_values)
def test_any_json_is_read_or_refused(content):
    assert_read_or_refused(content)


@given(
    st.fixed_dictionaries(
        {"type": words | json_values},
        optional=dict.fromkeys(KEYS, words | json_values),
    )
)
def test_anything_that_looks_like_a_message_is_read_or_refused(content):
    assert_read_or_refused(content)


def assert_read_or_refused(content: object) -> None:
    try:
        message = read_message(content)
    except DualSlotError:
        return
    assert isinstance(content, dict)
    assert message.items() <= content.items()
    assert read_message(message) == message
