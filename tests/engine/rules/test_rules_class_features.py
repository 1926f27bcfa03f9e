"""Numbers of class features that other tests do not reach.

SRD 5.1: "Great Weapon Fighting", "Brutal Critical", "Bardic Inspiration", "Quickened Spell".
"""

from __future__ import annotations

import dualslot_widgets as dw
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


BOLT, QUICKENED = "Fire Bolt", "Quickened Fire Bolt"


def sorcerer(*names: str) -> dict:
    """A ready-made sorcerer of level 5, with 5 sorcery points; only with these actions, if any."""
    built = dw.characters.character("sorcerer", 5)
    if names:
        built["spell_slots"] = []
        built["actions"] = [a for a in built["actions"] if a["name"] in names]
    return built


def test_a_sorcerer_quickens_a_fire_bolt_while_two_points_are_left():
    """By hand: 2d10 at +7 against 17 is 10/20 of 11 and 1/20 of 22, which is 6.6 a bolt.

    Its square is 10/20 of 137.5 and 1/20 of 517, so that a bolt's variance is 94.6 - 43.56. Of 5
    points two bolts are quickened, so in three rounds there are five.
    """
    wall = creature("Wall", ac=17)
    tables = fight([sorcerer(BOLT, QUICKENED)], [wall], runs=RUNS, rounds=3)
    for number, bolts in ((1, 2), (2, 2), (3, 1)):
        logged = by(tables["events"], round=number)
        assert len([e for e in logged if e["action"] in (BOLT, QUICKENED)]) == bolts * RUNS
    dealt = sum(row["damage_taken"] for row in by(tables["combatants"], name="Wall"))
    assert abs((dealt / RUNS - 5 * 6.6) / (5 * (94.6 - 43.56) / RUNS) ** 0.5) < 4.5


def test_a_quickened_spell_leaves_a_cantrip_only():
    """SRD 5.1, "Bonus Action": beside it no spell with a slot is cast in the same turn."""
    events = fight([sorcerer()], [creature("Wall")], runs=200, rounds=12)["events"]
    turns = {(e["run"], e["round"]) for e in by(events, action=QUICKENED)}
    assert len(turns) == 200 * 2
    cast = {e["action"] for e in events if (e["run"], e["round"]) in turns and e["action"]}
    assert cast == {BOLT, QUICKENED}
