"""A run in words: what was rolled, against what, and what came of it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings

import dualslot_widgets as dw
from dualslot_widgets.results.event_words import Sentences
from dualslot_widgets.results.replay import Replay
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.tables import KINDS
from tests.scenario.strategies import scenarios
from tests.widgets.parts.replay.chosen_run import EVENTS, NAMES, rich_run, rich_scenario

RUN = rich_run().replay(0)


def said(scenario: Scenario | None = None, **changes: object) -> str:
    """Goblin 1 hits the Cleric with 17 (rolled 13) for 6, but for some changes, in words."""
    event = {
        "encounter": 1,
        "round": 1,
        "turn": 1,
        "actor": "Goblin 1",
        "action": "Scimitar",
        "target": "Cleric",
        "kind": "hit",
        "roll": 13,
        "total": 17,
        "amount": 6,
        "target_hp": 11,
    }
    return Sentences(scenario or rich_scenario(), NAMES).describe(event | changes)


def protected(**change: object) -> Scenario:
    """The scenario, in which the Cleric can do one thing more."""
    plain = rich_scenario().to_dict()
    plain["players"][1]["actions"] += [change]
    return Scenario.from_dict(plain)


def test_every_kind_of_event_has_its_words():
    assert {event[6] for event in EVENTS} == set(KINDS) - {"option"}
    assert len(RUN.sentences) == len(EVENTS)
    assert not any("None" in sentence for sentence in RUN.sentences)


def test_a_sentence_stands_for_each_event_under_the_heading_of_its_round():
    lines = RUN.lines
    assert [line.strip() for line in lines if line.startswith("  ")] == RUN.sentences
    assert lines[0] == "Encounter 1, initiative"
    assert lines.count("Encounter 2, round 5") == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Scimitar: 17 (rolled 13) against armor class 15 hits; Cleric loses 6 (11 left)"),
        ({"kind": "miss", "roll": 1}, "Scimitar: a natural 1 misses Cleric"),
        ({"roll": None, "total": None}, "hits without a roll; Cleric loses 6 (11 left)"),
        ({"kind": "critical", "target_hp": 0}, "a critical hit; Cleric loses 6 (0 left) and goes"),
        ({"kind": "save_failed", "roll": None, "total": None}, "Cleric fails without a roll; Cl"),
        ({"kind": "save_failed", "action": "Nobody's"}, "Cleric fails with 17 (rolled 13); Cleric"),
    ],
)
def test_what_was_rolled_is_told_with_what_it_was_rolled_against(changes, words):
    assert words in said(**changes)


def test_the_dc_of_an_action_is_told():
    roar = {"actor": "Ogre", "action": "Roar", "kind": "save_failed", "amount": 0, "total": 9}
    assert said(**roar).endswith("Ogre, Roar: Cleric fails with 9 (rolled 13) against DC 13")


def test_a_save_that_legendary_resistance_made_is_not_said_to_reach_the_dc():
    roar = {"actor": "Ogre", "action": "Roar", "kind": "save_made", "amount": 0, "total": 9}
    assert said(**roar) == "Ogre, Roar: Cleric saves with 9 (rolled 13)"


def test_an_armor_class_that_may_change_is_not_told():
    shield = protected(type="defend", name="Shield", armor_class=5)
    assert "armor class" not in said(shield)
    assert "armor class" in said(shield, target="Rogue")
    faith = {"name": "Shield of Faith", "armor_class": 2}
    assert "armor class" not in said(
        protected(type="effect", name="Shield of Faith", on="allies", effect=faith), target="Rogue"
    )


def test_dcs_that_clash_under_one_name_are_not_told():
    roar = {"type": "save", "name": "Howl", "dc": 10, "ability": "wis", "damage": "1d4"}
    effect = {"name": "Howl", "conditions": ["prone"]}
    other = {**roar, "name": "Yell", "dc": 15, "effect": effect}
    plain = rich_scenario().to_dict()
    plain["players"][1]["actions"] += [roar, other]
    howl = {"actor": "Cleric", "action": "Howl", "kind": "save_failed", "target": "Ogre"}
    assert "DC" not in said(Scenario.from_dict(plain), **howl)


@settings(max_examples=40, deadline=None)
@given(scenarios())
def test_the_events_of_any_run_can_be_told_and_lead_to_its_result(scenario):
    """What the browser folds: of each target the hit points that its last event says are left."""
    run = Replay.from_scenario(scenario, 3)
    hp = dict(
        zip(*(run.combatants[name].to_pylist() for name in ("name", "start_hp")), strict=True)
    )
    for event in run.events.to_pylist():
        if event["kind"] != "endured":
            hp[event["target"]] = event["target_hp"]
    assert list(hp.values()) == run.combatants["final_hp"].to_pylist()
    assert len(run.sentences) == run.events.num_rows
    assert not any("None" in sentence for sentence in run.sentences)


@pytest.mark.parametrize("party", [("fighter", "cleric"), ("monk", "wizard"), ("rogue", "druid")])
def test_what_is_said_of_armor_class_and_dc_agrees_with_what_came_of_it(party):
    scenario = {
        "name": "night",
        "players": [dw.characters.character(name, 5) for name in party],
        "encounters": [{"monsters": [{"monster": "ogre", "count": 2}, {"monster": "ghoul"}]}],
    }
    data = dw.simulate(scenario, runs=40)
    checked = 0
    for sentence in (s for run in range(40) for s in data.replay(run).sentences):
        armor = re.search(r": (-?\d+) \(rolled (\d+)\) against armor class (\d+) (\w+)", sentence)
        dc = re.search(r"(fails|saves) with (-?\d+) \(rolled \d+\) against DC (\d+)", sentence)
        if armor and int(armor[2]) != 20:
            assert (int(armor[1]) >= int(armor[3])) == (armor[4] == "hits"), sentence
        if dc:
            assert (int(dc[2]) >= int(dc[3])) == (dc[1] == "saves"), sentence
        checked += bool(armor or dc)
    assert checked > 100
