"""What bodies and minds are proof against, and what wears them down.

SRD 5.1: "Grappled", the monsters' traits Brave, Fey Ancestry, Gnome Cunning, Steadfast, Reactive,
Grappler, Fire Absorption, Life Drain, Petrifying Breath, Slowing and Weakening Breath, and the
spells Sleep, Banishment, Power Word Stun.
"""

from __future__ import annotations

import pytest

from dualslot_widgets.errors import ScenarioError
from dualslot_widgets.results.table_simulation import TableSimulation
from dualslot_widgets.scenario.scenario import Scenario
from tests.engine.tables_of import attack, by, creature, fight, first, heal, save, z

RUNS = 5_000
FEAR = {"name": "Fear", "conditions": ["frightened"]}


@pytest.mark.parametrize(
    ("words", "share"), [(["frightened"], 0.25), (["charmed"], 0.5), ([], 0.5)]
)
def test_the_brave_save_with_advantage_against_fear_alone(words, share):
    hag = first(creature("Hag", save("0", dc=11, ability="wis", effect=FEAR)))
    knight = creature("Knight", condition_advantage=words)
    events = fight([hag], [knight], runs=RUNS)["events"]
    assert abs(z(len(by(events, kind="save_failed")), RUNS, share)) < 4.5
    bite = attack("1", automatic=True, on_hit=[{"name": "Fright", "dc": 11, "effect": FEAR}])
    events = fight([first(creature("Hag", bite))], [knight], runs=RUNS)["events"]
    assert abs(z(len(by(events, kind="save_failed")), RUNS, share)) < 4.5


def test_the_brave_shake_fear_off_with_advantage_too():
    fear = FEAR | {"save_ends": True}
    hag = first(creature("Hag", save("0", dc=11, ability="wis", effect=fear)))
    events = fight([hag], [creature("Knight", condition_advantage=["frightened"])], runs=RUNS)
    failed = len(by(events["events"], action="Blast", kind="save_failed"))
    kept = len(by(events["events"], action="Fear", kind="save_failed"))
    assert abs(z(kept, failed, 0.25)) < 4.5


def test_gnome_cunning_is_for_minds_and_magic():
    for ability, magical, share in (("wis", True, 0.25), ("wis", False, 0.5), ("dex", True, 0.5)):
        mage = first(creature("Mage", save("1", dc=11, ability=ability, magical=magical)))
        events = fight([mage], [creature("Gnome", traits=["gnome_cunning"])], runs=RUNS)["events"]
        assert abs(z(len(by(events, kind="save_failed")), RUNS, share)) < 4.5


@pytest.mark.parametrize(("count", "afraid"), [(1, True), (2, False)])
def test_the_steadfast_fear_nothing_beside_an_ally(count, afraid):
    hag = first(creature("Hag", save("0", ability="wis", effect=FEAR)))
    devils = creature("Devil", traits=["steadfast"], count=count)
    assert bool(by(fight([hag], [devils])["events"], kind="effect")) == afraid


@pytest.mark.parametrize(("traits", "parried"), [([], 1), (["reactive"], 3)])
def test_the_reactive_react_once_in_every_turn(traits, parried):
    parry = {"type": "defend", "name": "Parry", "armor_class": 20}
    demon = creature("Demon", parry, ac=20, traits=traits, initiative_bonus=-100)
    heroes = creature("Hero", attack("1", bonus=19), count=3)
    events = fight([heroes], [demon])["events"]
    hit_by = dict.fromkeys(range(600), 0)
    for event in by(events, kind="reaction"):
        hit_by[event["run"]] += 1
    assert max(hit_by.values()) == parried


def test_grapplers_have_advantage_against_whom_they_hold():
    hold = {"name": "Hold", "effect": {"name": "Hold", "conditions": ["grappled"]}}
    grab = attack("0", name="Grab", automatic=True, on_hit=[hold])
    slam = attack("1", bonus=0, name="Slam")
    mimic = first(creature("Mimic", grab, slam, multiattack=["Grab", "Slam"]))
    for traits, share in ((["grappler"], 0.75), ([], 0.5)):
        events = fight([mimic | {"traits": traits}], [creature("Wall", ac=11)], runs=RUNS)
        slams = by(events["events"], action="Slam")
        assert abs(z(sum(e["kind"] != "miss" for e in slams), RUNS, share)) < 4.5


def test_a_grapple_ends_when_the_grappler_falls_or_is_stunned():
    held = {"name": "Hold", "conditions": ["restrained"], "ends_on": ["source_down"]}
    snake = first(creature("Snake", attack("1", automatic=True, on_hit=[{"name": "Hold",
                  "effect": held}]), hp=10))  # fmt: skip
    stun = save("0", effect={"name": "Stun", "conditions": ["stunned"]}, ability="wis")
    for answer in (attack("10", name="Kill", automatic=True), stun):
        hero = creature("Hero", answer)
        events = fight([snake], [hero], runs=50)["events"]
        ended = by(events, action="Hold", kind="effect_ended")
        assert {e["target"] for e in ended} == {"Hero"}
        assert len(ended) == 50


def test_a_golem_of_iron_is_healed_by_fire():
    golem = creature("Golem", hp=100, absorbs=["fire"])
    mage = first(creature("Mage", attack("30 slashing + 12 fire", automatic=True)))
    tables = fight([mage], [golem])
    assert {e["amount"] for e in by(tables["events"], kind="hit")} == {30}
    wounded = fight(
        [
            mage
            | {
                "actions": [
                    attack("30 slashing", automatic=True, uses=1),
                    attack("12 fire", name="Bolt", automatic=True),
                ]
            }
        ],
        [golem],
        rounds=2,
    )
    assert {e["final_hp"] for e in by(wounded["combatants"], name="Golem")} == {82}


def test_a_drained_maximum_stays_low_until_a_long_rest():
    drain = {"name": "Drain", "drains": "necrotic", "dc": 100}
    wight = creature("Wight", attack("10 necrotic + 5 cold", automatic=True, on_hit=[drain],
                     uses=1), hp=1)  # fmt: skip
    hero = creature("Hero", attack("1", automatic=True), heal("90", on="self"), hp=40,
                    initiative_bonus=-100)  # fmt: skip
    rat = creature("Rat", hp=50)
    tables = fight([hero], [wight | {"max_hp": 50}, rat], rounds=30, runs=20)
    assert {e["final_hp"] for e in by(tables["combatants"], name="Hero")} <= {25, 30}
    for rest, hp in (("short_rest", {25, 30}), ("long_rest", {40})):
        scenario = Scenario.from_dict(
            {
                "players": [hero | {"hit_dice": "9d10+90"}],
                "encounters": [{"monsters": [wight]}, {"monsters": [rat], "rest": rest}],
                "settings": {"runs": 20, "max_rounds": 60},
            }
        )
        simulation = TableSimulation(scenario)
        simulation.play_batch(20)
        rows = simulation.take_tables()["combatants"].to_pylist()
        assert {e["final_hp"] for e in by(rows, name="Hero")} <= hp
        assert {e["start_hp"] for e in by(rows, name="Hero")} == {40}


def test_a_maximum_that_is_gone_is_death_and_a_saving_throw_keeps_it():
    # Temporary hit points keep the target standing while its maximum goes.
    drain = {"name": "Drain", "drains": "necrotic"}
    wraith = creature("Wraith", attack("9 necrotic", automatic=True, on_hit=[drain]))
    shield = {"type": "effect", "name": "Ward", "time": "start",
              "effect": {"name": "Ward", "temporary_hp": "9"}}  # fmt: skip
    hero = creature("Hero", shield, hp=9)
    for dc, states in (({}, {"dead"}), ({"dc": 0}, {"up"})):
        drain_by = attack("9 necrotic", automatic=True, on_hit=[drain | dc])
        tables = fight([hero], [wraith | {"actions": [drain_by]}], runs=50)
        assert {e["state"] for e in by(tables["combatants"], name="Hero")} == states


def test_a_vampire_is_healed_by_what_it_drains():
    drain = {"name": "Drain", "drains": "necrotic", "heals": True}
    bite = attack("5 piercing + 7 necrotic", automatic=True, on_hit=[drain], name="Bite")
    hero = first(creature("Hero", attack("20", automatic=True)))
    events = fight([hero], [creature("Vampire", bite, hp=100)])["events"]
    assert {e["amount"] for e in by(events, action="Drain", kind="heal")} == {7}


def test_a_bite_for_the_held_alone_waits_for_one():
    bite = attack("50", name="Bite", automatic=True, requires=["incapacitated"])
    vampire = creature("Vampire", bite, attack("1", name="Claw"))
    events = fight([creature("Hero")], [vampire])["events"]
    assert {e["action"] for e in by(events, actor="Vampire") if e["action"]} == {"Claw"}
    stun = save("0", ability="wis", effect={"name": "Stun", "conditions": ["stunned"]})
    events = fight([creature("Hero"), creature("Other")], [first(creature("Mage", stun)), vampire],
                   runs=50)["events"]  # fmt: skip
    stunned = {e["target"] for e in by(events, run=0, kind="effect")}
    assert {e["target"] for e in by(events, run=0, action="Bite")} == stunned


def test_turning_to_stone_takes_two_failures_and_a_bad_one_is_enough():
    stone = {"name": "Stone", "conditions": ["petrified"]}
    turning = {"name": "Turning", "conditions": ["restrained"], "save_ends": True, "worsens": stone}
    gaze = save("0", dc=11, ability="con", uses=1, effect=turning)
    tables = fight(
        [creature("Hero", attack("9"))], [first(creature("Basilisk", gaze))], runs=RUNS, rounds=2
    )
    turned = len(by(tables["events"], action="Stone", kind="effect"))
    assert abs(z(turned, RUNS, 0.25)) < 4.5
    assert len(by(tables["events"], action="Turning", kind="effect")) > turned
    badly = gaze | {"effect": turning | {"badly": stone}}
    tables = fight([creature("Hero", attack("9"))], [first(creature("Medusa", badly))], runs=RUNS)[
        "events"
    ]
    at_once = [e for e in by(tables, action="Stone", kind="effect") if e["actor"] == "Medusa"]
    instantly = len({e["run"] for e in by(tables, action="Blast", kind="save_failed")
                     if e["total"] <= 6})  # fmt: skip
    assert abs(z(instantly, RUNS, 6 / 20)) < 4.5
    assert {e["run"] for e in at_once} >= {
        e["run"] for e in by(tables, action="Blast", kind="save_failed") if e["total"] <= 6
    }


def test_a_second_breath_takes_the_first_one_s_recharge():
    fire = save("30", name="Fire Breath", recharge=5)
    sleep = save("20", name="Sleep Breath", shares="Fire Breath")
    events = fight([creature("Hero")], [creature("Dragon", fire, sleep)], runs=RUNS, rounds=2)
    logged = [e["action"] for e in by(events["events"], round=1, kind="save_failed")]
    assert set(logged) == {"Fire Breath"}
    assert len(logged) == RUNS
    rolls = by(events["events"], round=2, kind="recharge")
    assert len(rolls) == RUNS  # one roll, not one for each breath
    assert abs(z(len(by(events["events"], round=2, kind="save_failed")), RUNS, 1 / 3)) < 4.5


def test_what_slow_and_weakening_breath_take_away():
    second = attack("1", name="Second", time="bonus_action")
    hero = creature("Hero", attack("1", name="Blow"), second)
    slowed = {"name": "Slow", "grants": ["no_bonus_action"]}
    events = fight([hero], [first(creature("Golem", save("0", effect=slowed)))])["events"]
    assert not by(events, action="Second")
    weak = {"name": "Weak", "grants": ["melee_disadvantage"]}
    for more, share in (({}, 0.25), ({"ranged": True}, 0.5), ({"spell": 0}, 0.5)):
        weakened = creature("Hero", attack("1", bonus=0, **more))
        dragon = first(creature("Dragon", save("0", effect=weak), ac=11))
        blows = by(fight([weakened], [dragon], runs=RUNS)["events"], action="Blow")
        assert abs(z(sum(e["kind"] != "miss" for e in blows), RUNS, share)) < 4.5


def test_sleep_takes_the_lowest_hit_points_first_while_its_roll_lasts():
    sleep = {"type": "effect", "name": "Sleep", "on": "enemies", "hp_pool": "20", "targets": 6,
             "effect": {"name": "Sleep", "conditions": ["unconscious"]}}  # fmt: skip
    blow, awake = attack("9"), {"condition_immunities": ["unconscious"]}
    foes = [
        creature("Big", blow, hp=21),
        creature("Small", blow, hp=5, count=2),
        creature("Middle", blow, hp=8),
        creature("Elf", blow, hp=1, **awake),
    ]
    events = fight([first(creature("Mage", sleep))], foes, runs=20)["events"]
    asleep = [e["target"] for e in by(events, run=0, kind="effect")]
    assert asleep == ["Small 1", "Small 2", "Middle"]


def test_a_word_of_power_is_for_those_of_few_hit_points():
    word = attack("1000", name="Word", automatic=True, ranged=True, hp_at_most=100)
    foes = [creature("Strong", hp=101), creature("Weak", hp=100)]
    for targeting in ("lowest_hp", "highest_hp"):
        mage = first(creature("Mage", word, targeting=targeting))
        events = fight([mage], foes, runs=20)["events"]
        assert {e["target"] for e in by(events, action="Word")} == {"Weak"}


def test_nobody_aims_at_who_is_banished():
    gone = {"name": "Gone", "grants": ["out_of_reach"], "conditions": ["incapacitated"]}
    banish = save("0", ability="cha", uses=1, effect=gone)
    heroes = [creature("A", attack("9"), hp=100), creature("B", attack("9"), hp=200)]
    demon = first(creature("Demon", banish))
    events = fight(heroes, [demon, creature("Imp", attack("1", name="Sting"))], runs=50, rounds=2)[
        "events"
    ]
    (banished,) = {e["target"] for e in by(events, kind="effect")}
    assert banished == "A"
    assert {e["target"] for e in by(events, action="Sting")} == {"B"}


@pytest.mark.parametrize(
    ("actions", "message"),
    [
        ([attack("1", time="aura")], 'time: is only for actions of type "save"'),
        ([save("1", time="start")], 'time: is only for actions of type "effect"'),
        ([save("1", shares="Fire")], "shares: names 'Fire', which is no action with uses"),
        (
            [attack("1", on_hit=[{"name": "X", "follow_up": "Y", "once_per_turn": True}])],
            "follow_up: names 'Y', which is no attack of it",
        ),
        (
            [attack("1", on_hit=[{"name": "X", "follow_up": "Blow"}])],
            "follow_up: may not come at every hit",
        ),
        (
            [save("1", name="A", recharge=5), save("1", name="B", shares="A", uses=1)],
            "shares: takes the place of uses",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(actions, message):
    value = {
        "players": [creature("Hero", *actions)],
        "encounters": [{"monsters": [creature("Wall")]}],
    }
    with pytest.raises(ScenarioError, match=message):
        Scenario.from_dict(value)
