"""Conditions and what they do, by numbers worked out by hand. SRD 5.1, appendix "Conditions"."""

from __future__ import annotations

import pytest

from tests.engine.tables_of import attack, by, creature, fight, first, save, z

RUNS = 6_000
#: Strikes once, and hits from 11 up without a bonus.
STRIKER = creature("Striker", attack("1", bonus=0), initiative_bonus=50)
#: Chances of a hit on armor class 11: plain, with advantage, with disadvantage.
PLAIN, BETTER, WORSE = 0.5, 0.75, 0.25


def cursed(*conditions: str, **more) -> dict:
    """Somebody who puts conditions on an enemy before anybody else moves; the save always fails."""
    effect = {"name": "Curse", "conditions": list(conditions)} | more
    action = save("0", dc=100, name="Curse", effect=effect)
    del action["damage"]
    return first(creature("Witch", action, position="back"))


def share_of_hits(players: list[dict], target: dict, actor: str = "Striker") -> float:
    events = fight(players, [target], runs=RUNS)["events"]
    blows = [e for e in events if e["actor"] == actor and e["kind"] in ("hit", "critical", "miss")]
    assert len(blows) == RUNS
    return sum(e["kind"] != "miss" for e in blows) / RUNS


@pytest.mark.parametrize(
    ("conditions", "melee", "ranged"),
    [
        (["blinded"], BETTER, BETTER),
        (["charmed"], PLAIN, PLAIN),
        (["deafened"], PLAIN, PLAIN),
        (["frightened"], PLAIN, PLAIN),
        (["grappled"], PLAIN, PLAIN),
        (["incapacitated"], PLAIN, PLAIN),
        (["invisible"], WORSE, WORSE),
        (["paralyzed"], BETTER, BETTER),
        (["petrified"], BETTER, BETTER),
        (["poisoned"], PLAIN, PLAIN),
        (["prone"], BETTER, WORSE),
        (["restrained"], BETTER, BETTER),
        (["stunned"], BETTER, BETTER),
        (["unconscious"], BETTER, PLAIN),  # advantage, and prone far away
        (["invisible", "blinded"], PLAIN, PLAIN),
        (["invisible", "blinded", "stunned"], PLAIN, PLAIN),  # however many there are of each
    ],
)
def test_attacks_against_somebody_with_a_condition(conditions, melee, ranged):
    for is_ranged, share in ((False, melee), (True, ranged)):
        striker = creature("Striker", attack("1", bonus=0, ranged=is_ranged), initiative_bonus=50)
        found = share_of_hits([cursed(*conditions), striker], creature("Dummy", ac=11))
        assert abs(z(round(found * RUNS), RUNS, share)) < 4.5


@pytest.mark.parametrize(
    ("condition", "share"),
    [
        ("blinded", WORSE),
        ("charmed", PLAIN),
        ("frightened", WORSE),
        ("grappled", PLAIN),
        ("invisible", BETTER),
        ("poisoned", WORSE),
        ("prone", PLAIN),  # it stands up first
        ("restrained", WORSE),
        ("deafened", PLAIN),
    ],
)
def test_attacks_of_somebody_with_a_condition(condition, share):
    victim = creature("Victim", attack("1", bonus=0), ac=11)
    # Of two in front of it the witch stands behind: it hits the other one.
    other = creature("Wall", ac=11)
    events = fight([cursed(condition), other], [victim], runs=RUNS)["events"]
    blows = [
        e for e in events if e["actor"] == "Victim" and e["kind"] in ("hit", "critical", "miss")
    ]
    assert len(blows) == RUNS
    assert abs(z(sum(e["kind"] != "miss" for e in blows), RUNS, share)) < 4.5


@pytest.mark.parametrize(
    "condition", ["incapacitated", "paralyzed", "petrified", "stunned", "unconscious"]
)
def test_who_is_helpless_does_nothing(condition):
    events = fight([cursed(condition)], [creature("Victim", attack("1"))], rounds=3)["events"]
    assert not [e for e in events if e["actor"] == "Victim" and e["kind"] != "initiative"]


def test_prone_with_no_way_to_stand_up_strikes_with_disadvantage():
    victim = creature("Victim", attack("1", bonus=0), ac=11)
    events = fight([cursed("prone", "grappled"), creature("Wall", ac=11)], [victim], runs=RUNS)
    blows = [e for e in events["events"] if e["actor"] == "Victim" and e["roll"] and e["action"]]
    assert abs(z(sum(e["kind"] != "miss" for e in blows), RUNS, WORSE)) < 4.5


@pytest.mark.parametrize("condition", ["paralyzed", "unconscious"])
def test_every_melee_hit_on_the_helpless_is_critical(condition):
    for ranged, kinds in ((False, {"critical", "miss"}), (True, {"hit", "critical", "miss"})):
        striker = creature("Striker", attack("1", bonus=5, ranged=ranged), initiative_bonus=50)
        events = fight([cursed(condition), striker], [creature("Dummy", ac=11)])["events"]
        assert {e["kind"] for e in by(events, actor="Striker", action="Blow")} == kinds


@pytest.mark.parametrize("condition", ["paralyzed", "petrified", "stunned", "unconscious"])
def test_the_helpless_fail_strength_and_dexterity_saves_without_a_roll(condition):
    strong = {"saving_throws": {"str": 100, "dex": 100, "con": 100}}
    for ability, word in (("str", "save_failed"), ("dex", "save_failed"), ("con", "save_made")):
        blaster = creature("Striker", save("1", dc=90, ability=ability), initiative_bonus=50)
        witch = cursed(condition)
        witch["actions"][0]["ability"] = "wis"
        events = fight([witch, blaster], [creature("Dummy", **strong)], runs=50)["events"]
        saves = by(events, actor="Striker", action="Blast")
        assert {e["kind"] for e in saves} == {word}
        assert all((e["roll"] is None) == (word == "save_failed") for e in saves)


def test_restrained_has_disadvantage_on_dexterity_saves_only():
    for ability, share in (("dex", 0.75), ("con", 0.5)):
        blaster = creature("Striker", save("1", dc=11, ability=ability), initiative_bonus=50)
        events = fight([cursed("restrained"), blaster], [creature("Dummy")], runs=RUNS)["events"]
        failed = by(events, actor="Striker", kind="save_failed")
        assert abs(z(len(failed), RUNS, share)) < 4.5


def test_petrified_resists_all_damage():
    striker = creature("Striker", attack("11 fire + 5"), initiative_bonus=50)
    events = fight([cursed("petrified"), striker], [creature("Dummy")])["events"]
    assert {e["amount"] for e in by(events, actor="Striker", kind="hit")} == {5 + 2}


def test_charmed_spares_the_charmer():
    bard = first(creature("Bard", *cursed("charmed")["actions"], hp=1))
    other = creature("Other", hp=500)
    events = fight([bard, other], [creature("Ogre", attack("1"))], rounds=3)["events"]
    assert {e["target"] for e in by(events, actor="Ogre", action="Blow")} == {"Other"}


def test_who_is_immune_to_a_condition_does_not_suffer_it():
    immune = creature("Golem", attack("1"), condition_immunities=["stunned"])
    events = fight([cursed("stunned")], [immune])["events"]
    assert not by(events, kind="effect")
    assert by(events, actor="Golem", action="Blow")
    partly = creature("Golem", attack("1"), condition_immunities=["incapacitated", "prone"])
    events = fight([cursed("prone", "stunned")], [partly])["events"]
    assert by(events, kind="effect")
    assert not by(events, actor="Golem", action="Blow")
