"""What comes by itself: natures, auras, deaths, charges, first rounds, attacks that follow.

SRD 5.1, monsters' traits: Charge, Pounce, Rampage, Martial Advantage, Surprise Attack, Assassinate,
Ambusher, Death Burst, Stench, Heated Body, Fire Aura, Swarm.
"""

from __future__ import annotations

import pytest

from dualslot_widgets.results.table_simulation import TableSimulation
from dualslot_widgets.scenario.scenario import Scenario
from tests.engine.tables_of import attack, by, creature, fight, first, save, z

RUNS = 5_000
PRONE = {"name": "Prone", "conditions": ["prone"]}


def damages(events: list[dict], action: str, **more) -> set[int]:
    return {e["amount"] for e in by(events, action=action, **more) if e["kind"] == "hit"}


def test_a_charge_comes_with_hits_of_the_first_turn_of_each_encounter():
    charge = {"name": "Charge", "damage": "5", "when": "charge", "once_per_turn": True}
    gore = attack("10", name="Gore", on_hit=[charge])
    boar = creature("Boar", gore, hp=1, multiattack=["Gore", "Gore"])
    rat = creature("Rat", hp=1)
    events = fight([boar | {"max_hp": 50}], [creature("Wall")], rounds=2)["events"]
    assert damages(events, "Gore", round=1) == {10, 15}
    assert damages(events, "Gore", round=2) == {10}
    again = fight([first(boar)], [rat], [rat])["events"]
    for encounter in (1, 2):
        assert by(again, encounter=encounter, action="Gore", kind="hit")
    # A creature that loses its first turn to surprise charges in its second.
    late = play_surprised([boar | {"max_hp": 50}], [creature("Wall")], "party", rounds=2)
    assert damages(late, "Gore", round=2) == {10, 15}


def play_surprised(players: list, monsters: list, side: str, rounds: int = 1, runs: int = 600):
    scenario = Scenario.from_dict(
        {
            "players": players,
            "encounters": [{"monsters": monsters, "surprised": side}],
            "settings": {"runs": runs, "max_rounds": rounds},
        }
    )
    simulation = TableSimulation(scenario, log=True)
    simulation.play_batch(runs)
    return simulation.take_tables()["events"].to_pylist()


def test_a_pounce_knocks_prone_and_bites_by_the_saving_throw_s_chance():
    pounce = {"name": "Pounce", "when": "charge", "once_per_turn": True, "dc": 11,
              "ability": "str", "effect": PRONE, "follow_up": "Bite"}  # fmt: skip
    lion = creature("Lion", attack("1", name="Claw", on_hit=[pounce]), attack("0", name="Bite"))
    events = fight([first(lion)], [creature("Wall")], runs=RUNS, rounds=2)["events"]
    failed = by(events, action="Pounce", kind="save_failed")
    tried = [e for e in by(events, action="Pounce") if e["kind"].startswith("save")]
    assert abs(z(len(failed), len(tried), 0.5)) < 4.5
    assert {e["round"] for e in tried} == {1}
    assert len(by(events, action="Bite", round=1)) == len(failed)
    # The bite is against somebody prone, with advantage: it misses only on two ones.
    misses = len(by(events, action="Bite", round=1, kind="miss"))
    assert abs(z(misses, len(failed), 1 / 400)) < 4.5


def test_who_cannot_fall_is_not_bitten_either():
    pounce = {"name": "Pounce", "when": "charge", "once_per_turn": True, "dc": 100,
              "effect": PRONE, "follow_up": "Bite"}  # fmt: skip
    lion = creature("Lion", attack("1", name="Claw", on_hit=[pounce]), attack("0", name="Bite"))
    ooze = creature("Ooze", condition_immunities=["prone"])
    assert not by(fight([first(lion)], [ooze])["events"], action="Bite")


def test_rampage_bites_the_next_one_once_a_turn():
    rampage = {"name": "Rampage", "when": "felled", "once_per_turn": True, "follow_up": "Bite",
               "attacks": "melee_weapon"}  # fmt: skip
    spear, bite = attack("10", name="Spear", automatic=True), attack("8", name="Bite")
    gnoll = creature("Gnoll", spear, bite | {"automatic": True}, riders=[rampage])
    events = fight([first(gnoll)], [creature("Rat", hp=7, count=5)])["events"]
    logged = [e["action"] for e in by(events, run=0, actor="Gnoll") if e["action"]]
    assert logged == ["Spear", "Bite"]  # the second kill of the turn gives no third attack
    assert {e["target"] for e in by(events, run=0, action="Bite")} == {"Rat 2"}
    tough = fight([first(gnoll)], [creature("Ogre", hp=50)])["events"]
    assert not by(tough, action="Bite")


@pytest.mark.parametrize(("count", "extra"), [(1, 0), (2, 7)])
def test_martial_advantage_needs_an_ally_standing(count, extra):
    rider = {"name": "Martial Advantage", "damage": "7", "when": "ally", "once_per_turn": True}
    hobgoblin = creature("Hobgoblin", attack("10"), riders=[rider], count=count)
    events = fight([first(hobgoblin)], [creature("Wall")])["events"]
    assert damages(events, "Blow") == {10 + extra}


def test_a_surprise_attack_hurts_the_surprised_more_and_only_in_the_first_round():
    rider = {"name": "Surprise Attack", "damage": "7", "when": "surprised", "attacks": "any"}
    bugbear = first(creature("Bugbear", attack("10"), riders=[rider]))
    events = play_surprised([bugbear], [creature("Wall")], "monsters", rounds=2)
    assert damages(events, "Blow", round=1) == {17}
    assert damages(events, "Blow", round=2) == {10}
    late = creature("Bugbear", attack("10"), riders=[rider], initiative_bonus=-100)
    # The surprise of who had its turn is over.
    assert damages(play_surprised([late], [creature("Wall")], "monsters"), "Blow") == {10}


@pytest.mark.parametrize(
    ("trait", "surprised", "hits", "critical"),
    [
        ("ambusher", None, 0.5, False),
        ("ambusher", "monsters", 0.75, False),
        ("assassinate", None, 0.75, False),
        ("assassinate", "monsters", 0.75, True),
    ],
)
def test_an_assassin_before_its_victim_s_first_turn(trait, surprised, hits, critical):
    killer = first(creature("Killer", attack("1", bonus=0), traits=[trait]))
    wall = creature("Wall", ac=11)
    events = play_surprised([killer], [wall], surprised or "party", runs=RUNS, rounds=2)
    if surprised is None:  # surprised itself, it acts in round 2, when all had their turn
        events = fight([killer], [wall], runs=RUNS)["events"]
    blows = by(events, action="Blow", round=1)
    struck = [e for e in blows if e["kind"] != "miss"]
    assert abs(z(len(struck), len(blows), hits)) < 4.5
    if critical:
        assert {e["kind"] for e in struck} == {"critical"}


def test_a_death_burst_catches_enemies_and_may_set_off_another():
    burst = save("4", dc=100, name="Burst", time="death", targets=2, ability="dex")
    mephit = creature("Mephit", burst, hp=5, count=2)
    hero = first(creature("Hero", attack("5", automatic=True), hp=100))
    tables = fight([hero, creature("Friend", hp=100)], [mephit], rounds=3, runs=50)
    logged = by(tables["events"], run=0, action="Burst")
    assert [(e["actor"], e["target"], e["amount"]) for e in logged] == [
        *(("Mephit 1", "Hero", 4), ("Mephit 1", "Friend", 4)),
        *(("Mephit 2", "Hero", 4), ("Mephit 2", "Friend", 4)),
    ]
    # Two that die by each other's bursts: a character's death is no less loud.
    loud = creature("Martyr", save("50", name="Last Word", time="death"), hp=5)
    end = fight(
        [loud, creature("Friend")],
        [mephit | {"max_hp": 1}, first(creature("Ogre", attack("20")))],
        runs=50,
    )
    assert by(end["events"], action="Last Word")
    assert by(end["events"], action="Burst")


def test_an_aura_reaches_so_many_at_the_start_of_their_turns_and_spares_who_withstood_it():
    poisoned = {"name": "Stench", "conditions": ["poisoned"], "duration": 1,
                "clock": "start_of_turn"}  # fmt: skip
    stench = save("0", dc=11, name="Stench", ability="con", time="aura", targets=2, once=True,
                  effect=poisoned)  # fmt: skip
    ghast = creature("Ghast", stench, initiative_bonus=-100)
    heroes = [creature("Back", attack("1"), position="back"), creature("Front", count=2)]
    tables = fight(heroes, [ghast], runs=RUNS // 4, rounds=3)
    saves = [e for e in by(tables["events"], action="Stench") if e["kind"].startswith("save")]
    assert {e["target"] for e in saves} == {"Front 1", "Front 2"}
    for number, share in ((1, 1), (2, 1 / 2), (3, 1 / 4)):
        rolled = len([e for e in saves if e["round"] == number])
        everybody = 2 * (RUNS // 4)
        assert rolled == everybody if share == 1 else abs(z(rolled, everybody, share)) < 4.5
    stunned = {"name": "Stun", "conditions": ["stunned"]}
    mage = first(creature("Mage", save("0", dc=100, effect=stunned)))
    quiet = fight([mage, creature("Front")], [creature("Ghast", stench)], rounds=2)["events"]
    assert not by([e for e in quiet if e["target"] == "Front"], action="Stench", round=2)


def test_whoever_strikes_a_body_of_fire_is_burned_unless_from_afar():
    fire = {"name": "Heated Body", "retribution": "7 fire"}
    azer = creature("Azer", {"type": "effect", "name": "Heat", "time": "start", "effect": fire})
    for ranged, amounts in ((False, {7}), (True, set())):
        hero = first(creature("Hero", attack("1", ranged=ranged)))
        events = fight([hero], [azer])["events"]
        burns = by(events, action="Heated Body", kind="damage")
        assert {e["amount"] for e in burns} == amounts
        assert len(burns) == (0 if ranged else len(by(events, action="Blow", kind="hit")) +
                              len(by(events, action="Blow", kind="critical")))  # fmt: skip
    proof = first(creature("Hero", attack("1"), immunities=["fire"]))
    assert {e["amount"] for e in by(fight([proof], [azer])["events"], kind="damage")} == {0}


def test_what_is_borne_from_the_start_is_there_in_every_encounter():
    unseen = {"name": "Unseen", "conditions": ["invisible"]}
    stalker = first(
        creature(
            "Stalker",
            {"type": "effect", "name": "Nature", "time": "start", "effect": unseen},
            attack("1", bonus=0, name="Slam"),
        )
    )
    wall = creature("Wall", ac=11, hp=1)
    events = fight([stalker | {"position": "front"}], [wall], [wall], runs=RUNS)["events"]
    for number in (1, 2):
        slams = by(events, encounter=number, action="Slam")
        hits = [e for e in slams if e["kind"] != "miss"]
        assert abs(z(len(hits), len(slams), 0.75)) < 4.5


@pytest.mark.parametrize(("hp", "expected"), [(11, {10}), (10, {4}), (2, {4})])
def test_a_swarm_is_weaker_from_half_of_its_hit_points_down(hp, expected):
    swarm = creature("Swarm", attack("10", name="Bites", wounded_damage="4"), hp=20)
    cut = attack(str(20 - hp), automatic=True)
    hero = first(creature("Hero", cut))
    events = fight([hero], [swarm])["events"]
    assert damages(events, "Bites") == expected
