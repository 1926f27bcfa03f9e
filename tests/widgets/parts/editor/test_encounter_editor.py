"""The editor without a browser: one state with Python, step by step, and nothing that vanishes."""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from dualslot_widgets.editing import new_actions
from dualslot_widgets.library import bestiary
from dualslot_widgets.library.starter import starter_scenario
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.widgets.parts.editor.encounter_editor import EncounterEditor
from dualslot_widgets.widgets.protocol.edit_messages import MAX_PASTED
from dualslot_widgets.workbench import screen as screen_module
from tests.editing.test_edits import KNOWN, entries
from tests.scenario.strategies import scenarios
from tests.widgets.data_sets import HOSTILE, hostile_scenario
from tests.widgets.watched import Watched

STARTER = starter_scenario()
OGRE = "encounters[0].monsters[1]"


@pytest.fixture
def alone():
    """An editor of a scenario by itself."""
    editor = EncounterEditor(STARTER)
    yield Watched(editor)
    editor.close()


def scenario_of(watched):
    return watched.display.scenario


def test_an_editor_works_without_a_workbench_and_is_one_state_with_python(alone):
    alone.tell(type="edit", path=f"{OGRE}.armor_class", value=15)
    assert scenario_of(alone).encounters[0].monsters[1].armor_class == 15
    alone.display.scenario = hostile_scenario()
    alone.until(lambda d: d.scenario_view["name"] == HOSTILE)


def test_the_editor_of_a_workbench_and_its_dashboard_show_the_same(bench, watched, staged):
    staged.freely()
    editor = Watched(EncounterEditor(bench))
    editor.tell(type="add_monster", encounter=0, key="wolf")
    watched.until(lambda d: d.scenario_view["creatures"][-1]["name"] == "Wolf")
    assert bench.scenario.encounters[0].monsters[-1].name == "Wolf"
    bench.scenario = STARTER
    editor.until(lambda d: d.scenario_view["creatures"][-1]["name"] == "Ogre")
    editor.display.close()


def test_the_whole_bestiary_is_there_to_be_searched_and_is_sent_once(alone):
    monsters = alone.display.bestiary
    assert [monster["key"] for monster in monsters] == bestiary.find().key.tolist()
    found = bestiary.coverage().set_index("key")
    for monster in monsters:
        assert monster["coverage"] == found.coverage[monster["key"]]
        assert monster["left_out"] == found.left_out[monster["key"]]
    alone.tell(type="edit", path="name", value="Another")
    alone.until(lambda d: d.scenario_view["name"] == "Another")
    assert not any("bestiary" in message.get("state", {}) for message in alone.sent)
    assert len(json.dumps(monsters)) < 50_000


def test_steps_are_undone_and_redone_and_told_in_words(alone):
    alone.tell(type="edit", path=f"{OGRE}.armor_class", value=15)
    alone.tell(type="add_character", class_name="monk", level=3)
    alone.until(lambda d: d.scenario_view["steps"] == [2, 0])
    alone.tell(type="undo")
    alone.until(lambda d: d.scenario_view["change"] == "Undone: Monk removed (1)")
    alone.tell(type="undo")
    alone.until(lambda d: d.scenario_view["change"] == "Undone: Ogre: armor class 15 -> 11")
    assert alone.display.scenario_view["steps"] == [0, 2]
    assert scenario_of(alone) == STARTER
    alone.tell(type="redo")
    alone.until(lambda d: d.scenario_view["change"] == "Redone: Ogre: armor class 11 -> 15")
    alone.tell(type="edit", path="settings.seed", value=7)
    alone.until(lambda d: d.scenario_view["steps"] == [2, 0])
    assert alone.display.scenario_view["change"] == ""


def test_what_is_undone_before_it_was_drawn_is_told_too(alone):
    for armor in range(12, 17):
        revision = alone.display.scenario_view["revision"]
        alone.tell(type="edit", path=f"{OGRE}.armor_class", value=armor)
        alone.tell(type="undo")
        words = f"Undone: Ogre: armor class {armor} -> 11"
        alone.until(lambda d, words=words: d.scenario_view["change"] == words)
        assert alone.display.scenario_view["revision"] > revision  # inputs take the true value


def test_an_action_is_added_and_its_rider_changed_step_by_step(alone):
    alone.tell(type="add_action", path=OGRE, source="template", name="venomous_attack")
    rider = f"{OGRE}.actions[2].on_hit[0]"
    alone.tell(type="edit", path=f"{rider}.effect.conditions", value=["prone", "stunned"])
    alone.tell(type="edit", path=f"{rider}.dc", value=17)
    alone.until(lambda d: d.scenario_view["steps"] == [3, 0])
    found = scenario_of(alone).encounters[0].monsters[1].actions[2].on_hit[0]
    assert (found.dc, found.effect.conditions) == (17, ("prone", "stunned"))
    for _ in range(2):
        alone.tell(type="undo")
    alone.tell(type="undo")
    alone.until(lambda d: d.scenario_view["change"] == "Undone: Ogre: Sting removed")
    assert scenario_of(alone) == STARTER


def test_the_library_is_there_to_be_searched_and_is_sent_once(alone):
    found = alone.display.library
    assert found["monsters"]["adult-red-dragon"][0] == "Bite"
    assert {"Fireball", "Bless"} <= set(found["spell"])
    assert [each["name"] for each in found["template"]] == list(new_actions.TEMPLATES)
    alone.tell(type="edit", path="name", value="Another")
    alone.until(lambda d: d.scenario_view["name"] == "Another")
    assert not any("library" in message.get("state", {}) for message in alone.sent)
    assert len(json.dumps(found)) < 25_000


def test_undo_without_a_step_is_no_error(alone):
    for way in ("undo", "redo"):
        alone.tell(type=way)
    alone.tell(type="edit", path="settings.seed", value=7)
    alone.until(lambda d: d.scenario_view["steps"] == [1, 0])
    assert alone.display.error == ""


def test_a_slider_that_is_dragged_is_one_step(alone, monkeypatch):
    monkeypatch.setattr(screen_module, "DRAG_SECONDS", 3600)  # a hand that never rests
    for armor in range(12, 20):
        alone.tell(type="edit", path=f"{OGRE}.armor_class", value=armor)
    alone.tell(type="undo")
    assert scenario_of(alone) == STARTER


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ({"type": "remove", "path": "encounters[0]"}, "is the last encounter"),
        ({"type": "add_monster", "encounter": 3, "key": "ogre"}, "no such value"),
        ({"type": "add_monster", "encounter": 0, "key": HOSTILE}, "is not in the bestiary"),
        ({"type": "add_character", "class_name": HOSTILE, "level": 3}, "is not a class"),
        ({"type": "edit", "path": "players[0].actions[0].damage", "value": "2d"}, "sides behind"),
        ({"type": "edit", "path": "players[0].actions[0].healing", "value": "2"}, "unknown key"),
        ({"type": "edit", "path": "players[0].name", "value": " "}, "is empty; give it a name"),
        ({"type": "edit", "path": f"{OGRE}.role", "value": "brut"}, 'did you mean "brute"'),
        (
            {"type": "add_action", "path": OGRE, "source": "template", "name": HOSTILE},
            "has nothing called",
        ),
        (
            {"type": "add_rider", "path": "players[1].actions[2]", "name": "condition"},
            "takes no condition here; add it to an attack",
        ),
        (
            {"type": "edit", "path": f"{OGRE}.resistances", "value": ["fire", "fre"]},
            'did you mean "fire"',
        ),
        ({"type": "paste", "text": "x" * (MAX_PASTED + 1)}, "at most 1000000"),
    ],
)
def test_an_edit_that_cannot_be_is_told_and_changes_nothing(alone, message, words):
    revision = alone.display.scenario_view["revision"]
    alone.tell(**message)
    alone.until(lambda d: words in d.error)
    assert scenario_of(alone) == STARTER
    assert alone.display.scenario_view["revision"] > revision  # inputs take the true value again
    assert alone.display.scenario_view["steps"] == [0, 0]


def test_a_pasted_scenario_takes_the_place_of_the_other_as_one_step(alone):
    alone.tell(type="paste", text=hostile_scenario().to_json())
    alone.until(lambda d: d.scenario_view["paste"]["number"] == 1)
    assert alone.display.scenario_view["paste"]["problems"] == []
    assert scenario_of(alone) == hostile_scenario()
    alone.tell(type="undo")
    assert scenario_of(alone) == STARTER


def test_all_problems_of_a_pasted_text_are_told_beside_it_and_nothing_is_changed(alone):
    content = STARTER.to_dict()
    content["players"][0]["max_hp"] = -1
    content["settings"]["runs"] = HOSTILE
    alone.tell(type="paste", text=json.dumps(content))
    alone.until(lambda d: d.scenario_view["paste"]["number"] == 1)
    problems = alone.display.scenario_view["paste"]["problems"]
    assert [line.partition(":")[0] for line in problems] == ["players[0].max_hp", "settings.runs"]
    assert alone.display.error == ""
    assert scenario_of(alone) == STARTER
    alone.tell(type="paste", text="{")
    alone.until(lambda d: d.scenario_view["paste"]["number"] == 2)
    assert "is not JSON" in alone.display.scenario_view["paste"]["problems"][0]


def test_the_json_of_the_scenario_is_there_when_it_is_asked_for_and_gone_when_it_changes(alone):
    assert alone.display.scenario_json == ""
    alone.tell(type="copy")
    alone.until(lambda d: d.scenario_json)
    assert Scenario.from_dict(json.loads(alone.display.scenario_json)) == STARTER
    alone.tell(type="edit", path="settings.seed", value=7)
    alone.until(lambda d: not d.scenario_json)


def test_a_workbench_previews_and_stores_what_an_undo_leads_back_to(bench, watched, staged):
    staged.freely()
    watched.tell(type="edit", path=f"{OGRE}.armor_class", value=17)
    watched.tell(type="undo")
    watched.until(lambda d: d.slots[0]["exact"])
    assert bench.storage.slots[0].scenario == STARTER


def test_edits_of_two_widgets_of_a_workbench_at_once_are_all_kept(bench, watched, staged):
    staged.freely()
    editors = [watched, Watched(EncounterEditor(bench))]
    paths = [f"players[{n}].{what}" for n in range(4) for what in ("max_hp", "armor_class")]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(len(paths)) as threads:
            for turn in range(3):
                told = [
                    threads.submit(editors[n % 2].tell, type="edit", path=path, value=70 + turn)
                    for n, path in enumerate(paths)
                ]
                assert all(each.result() is None for each in told)
                players = bench.scenario.players
                assert [(p.max_hp, p.armor_class) for p in players] == [(70 + turn, 70 + turn)] * 4
    finally:
        sys.setswitchinterval(interval)
        editors[1].display.close()


EFFECT_KEYS = ("conditions", "duration", "save_ends", "turn_damage", "clock")


def messages(scenario):
    """Any message that the editor may send of a scenario."""
    path = st.sampled_from(entries(scenario))
    monster = st.sampled_from(["goblin", "ogre", "lich", "frog"])
    words = ["1d6 fire", "Ada", HOSTILE, "long_rest", "back", "legendary", "wis"]
    lists = [[], ["fire"], ["prone", "stunned"], ["cold", HOSTILE]]
    value = st.sampled_from([1, 3, 21, 60, None, True, False, *words, *lists])
    keys = ["name", "count", "level", "position", "damage", "uses", "recharge", "rest", "surprised"]
    keys += ["time", "advantage", "area", "ability", "dc", "critical_range", "once_per_turn"]
    keys += ["resistances", "condition_immunities", "spell_slots[0]", "legendary_actions"]
    keys += ["multiattack", "effect", *(f"effect.{key}" for key in EFFECT_KEYS)]

    def one(kind, **parts):
        return st.fixed_dictionaries({"type": st.just(kind), **parts})

    return st.one_of(
        one("remove", path=path),
        one("duplicate", path=path),
        one("add_monster", encounter=st.integers(0, 2), key=monster),
        one("add_character", class_name=st.sampled_from(["bard", "x"]), level=st.integers(0, 21)),
        one("add_encounter", key=monster),
        st.tuples(path, st.sampled_from(KNOWN)).map(
            lambda a: {"type": "add_action", "path": a[0], "source": a[1][0], "name": a[1][1]}
        ),
        one("add_rider", path=path, name=st.sampled_from(["damage", "condition", "x"])),
        one("edit", path=st.builds("{}.{}".format, path, st.sampled_from(keys)), value=value),
        one("paste", text=st.sampled_from(["{", "[]", hostile_scenario().to_json()])),
        one("undo"),
        one("redo"),
        one("copy"),
    )


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(scenarios(), st.data())
def test_any_messages_leave_a_scenario_that_can_be_played_and_all_of_it_can_be_undone(start, data):
    editor = EncounterEditor(start)
    try:
        screen = editor.source.screen
        for _ in range(8):
            message = data.draw(messages(screen.scenario))
            editor._handle_custom_msg(message, [])
            now = screen.scenario
            assert Scenario.from_dict(json.loads(now.to_json())) == now
        end, taken = screen.scenario, screen.steps[0]
        for _ in range(taken):
            editor._handle_custom_msg({"type": "undo"}, [])
        assert screen.scenario == start
        assert screen.steps[0] == 0
        for _ in range(taken):
            editor._handle_custom_msg({"type": "redo"}, [])
        assert screen.scenario == end
    finally:
        editor.close()
    editor.publisher.thread.join(60)  # it may be drawing; closing waits a second for it at most
    assert not editor.publisher.thread.is_alive()
