"""Numbers of class features that other tests do not reach.

SRD 5.1: "Great Weapon Fighting", "Brutal Critical", "Bardic Inspiration".
"""

from __future__ import annotations

from tests.engine.tables_of import attack, by, creature, fight, first, z

RUNS = 20_000


def test_great_weapon_fighting_rolls_ones_and_twos_again_once():
    hero = first(creature("Hero", attack("1d6", automatic=True, reroll=2)))
    hits = by(fight([hero], [creature("Wall")], runs=RUNS)["events"], kind="hit")
    for face in range(1, 7):
        # A low face must be rolled twice; a high one comes at once or after a low one.
        share = 2 / 6 / 6 if face <= 2 else 1 / 6 + 2 / 6 / 6
        assert abs(z(len([e for e in hits if e["amount"] == face]), RUNS, share)) < 4.5


def test_a_brutal_critical_rolls_more_of_the_weapon_s_dice():
    hero = first(creature("Hero", attack("1d1+5 slashing + 1d1 fire", critical_dice=2)))
    events = fight([hero], [creature("Wall")], runs=2000)["events"]
    assert {e["amount"] for e in by(events, kind="hit")} == {7}
    # 2 + 5 slashing and 2 fire as of any critical hit, and two dice of the weapon's.
    assert {e["amount"] for e in by(events, kind="critical")} == {11}


def test_bardic_inspiration_is_a_die_for_one_attack_and_takes_a_use():
    inspiration = {
        "type": "effect", "name": "Inspiration", "on": "allies", "time": "bonus_action",
        "cost": {"inspiration": 1},
        "effect": {"name": "Inspiration", "attack_roll": "1d6", "ends_on": ["attack"]},
    }  # fmt: skip
    bard = first(creature("Bard", inspiration, resources={"inspiration": {"uses": 2}}))
    fighter = creature("Fighter", attack("9", bonus=0))
    events = fight([bard, fighter], [creature("Wall", ac=14)], runs=RUNS, rounds=4)["events"]
    given = by(events, action="Inspiration", kind="effect")
    assert {e["target"] for e in given} == {"Fighter"}
    assert {e["round"] for e in given} == {1, 2}
    # d20 + d6 against 14, the natural 1 missing and the natural 20 hitting.
    inspired = sum(
        face > 1 and (face == 20 or face + die >= 14)
        for face in range(1, 21)
        for die in range(1, 7)
    )
    for number, share in ((1, inspired / 120), (4, 7 / 20)):
        blows = by(events, round=number, action="Blow")
        assert abs(z(sum(e["kind"] != "miss" for e in blows), RUNS, share)) < 4.5
