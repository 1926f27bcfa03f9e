"""Whose turn it is, who is aimed at, what is done, and how encounters follow each other."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from tests.engine.tables_of import attack, by, creature, fight, first, heal, save, z

#: Three kinds that differ in everything; the second of each pair has the same numbers.
ENEMIES = [
    creature("Guard", attack("5", bonus=0), hp=40, ac=18),
    creature("Guard twin", attack("5", bonus=0), hp=40, ac=18),
    creature("Ogre", attack("30", bonus=0), hp=60, ac=8),
    creature("Imp", attack("2", bonus=0), hp=9, ac=13),
]


def first_targets(targeting: str, enemies: list[dict] = ENEMIES, **options) -> list[str]:
    striker = first(creature("Striker", attack("1"), targeting=targeting))
    events = fight([striker], enemies, **options)["events"]
    return [e["target"] for e in by(events, actor="Striker", action="Blow")]


@pytest.mark.parametrize(
    ("targeting", "expected"),
    [
        ("lowest_hp", "Imp"),
        ("highest_hp", "Ogre"),
        ("lowest_ac", "Ogre"),
        ("highest_damage", "Ogre"),
        ("focus_fire", "Imp"),
    ],
)
def test_each_strategy_aims_at_its_own(targeting, expected):
    assert set(first_targets(targeting)) == {expected}


@pytest.mark.parametrize("targeting", ["lowest_hp", "highest_hp", "lowest_ac", "highest_damage"])
def test_ties_go_to_the_one_listed_first(targeting):
    assert set(first_targets(targeting, ENEMIES[:2])) == {"Guard"}


def test_random_aims_at_everybody_alike():
    found = Counter(first_targets("random", runs=8000))
    assert len(found) == 4
    assert max(abs(z(count, 8000, 1 / 4)) for count in found.values()) < 4.5


def test_focus_fire_stays_on_its_target_until_it_falls():
    """Two strikers, 4 damage a hit: the imp (9) first, then always one enemy at a time."""
    pair = first(creature("Striker", attack("4"), count=2, targeting="focus_fire"))
    events = fight([pair], ENEMIES, rounds=10, runs=50)["events"]
    for run in range(50):
        struck = [e for e in by(events, run=run, action="Blow") if e["actor"].startswith("Str")]
        fallen: list[str] = []
        for before, after in pairwise(struck):
            if before["target_hp"] == 0:
                fallen.append(before["target"])
            else:
                assert after["target"] == before["target"]
        assert fallen[0] == "Imp"


def test_nobody_attacks_the_fallen():
    beast = first(creature("Beast", attack("15"), targeting="lowest_hp"))
    events = fight([creature("Victim", hp=10), creature("Witness")], [beast], rounds=5)["events"]
    for event in by(events, actor="Beast", action="Blow"):
        assert event["amount"] > 0 or event["kind"] == "miss"


def test_initiative_is_d20_and_bonus_and_decides_the_order_of_turns():
    one = creature("One", attack("1"), initiative_bonus=3)
    other = creature("Other", attack("1"), initiative_bonus=1)
    events = fight([one], [other], runs=4000)["events"]
    rolls = {(e["run"], e["actor"]): e for e in by(events, kind="initiative")}
    ties = 0
    for event in by(events, turn=1, action="Blow"):
        mine, theirs = rolls[event["run"], "One"], rolls[event["run"], "Other"]
        assert mine["total"] == mine["roll"] + 3
        assert theirs["total"] == theirs["roll"] + 1
        ties += mine["total"] == theirs["total"]
        leader = "Other" if theirs["total"] > mine["total"] else "One"  # a tie: the higher bonus
        assert event["actor"] == leader
    assert ties > 100


def test_equal_totals_and_bonuses_are_for_a_fair_coin():
    events = fight([creature("One", attack("1"))], [creature("Other", attack("1"))], runs=20_000)[
        "events"
    ]
    totals: dict[int, set] = {}
    for event in by(events, kind="initiative"):
        totals.setdefault(event["run"], set()).add(event["total"])
    tied = {run for run, found in totals.items() if len(found) == 1}
    led = [e["actor"] for e in by(events, turn=1, action="Blow") if e["run"] in tied]
    assert len(led) == len(tied) > 800
    assert abs(z(led.count("One"), len(led), 1 / 2)) < 4.5


def used(*actions: dict, enemies: list[dict] | None = None, **more) -> set[tuple[str, ...]]:
    """What a hero does in its first turn."""
    hero = first(creature("Hero", *actions, **more))
    events = fight([hero], enemies or [creature("Dummy", hp=500)], runs=50)["events"]
    mine = [e for e in events if e["actor"] == "Hero" and e["action"]]
    return {tuple(e["action"] for e in by(mine, run=run)) for run in range(50)}


def test_one_action_a_turn():
    assert used(attack("5", name="A"), attack("4", name="B")) == {("A",)}
    assert used(attack("4", name="A"), attack("5", name="B")) == {("B",)}


def test_a_multiattack_is_one_action_of_its_parts_in_order():
    parts = {"multiattack": ["B", "A", "B"]}
    assert used(attack("5", name="A"), attack("4", name="B"), **parts) == {("B", "A", "B")}


def test_a_limited_action_is_used_when_it_is_worth_more_now():
    strong, weak = attack("9", name="Strong", uses=1), attack("3", name="Weak", uses=1)
    blow = attack("5")
    assert used(blow, strong) == {("Strong",)}
    assert used(blow, weak) == {("Blow",)}
    assert used(weak, strong, blow) == {("Strong",)}
    # Three blows are worth more than the strong one.
    assert used(blow, strong, multiattack=["Blow"] * 3) == {("Blow",) * 3}


def test_worth_ends_at_the_hit_points_that_are_left():
    imp = [creature("Imp", hp=4)]
    assert used(attack("5"), attack("90", name="Overkill", uses=1), enemies=imp) == {("Blow",)}


def test_an_area_is_worth_what_it_does_to_all():
    crowd = [creature("Dummy", count=4, hp=100)]
    blast = save("4", targets=4, uses=1)
    assert {actions[0] for actions in used(attack("9"), blast, enemies=crowd)} == {"Blast"}
    alone = [creature("Dummy", hp=100)]
    assert used(attack("9"), blast, enemies=alone) == {("Blow",)}


def test_a_spent_part_of_a_multiattack_is_worth_nothing():
    """Mend, the whole multiattack, goes to nobody in round 1; in round 2 the ward needs help."""
    cures = heal("30", uses=1), heal("1", name="Salve")
    medic = first(creature("Medic", *cures, multiattack=["Mend"]))
    events = fight(
        [medic, creature("Ward", hp=100)], [creature("Foe", save("60"))], runs=9, rounds=2
    )["events"]
    assert [(e["round"], e["action"]) for e in by(events, kind="heal")] == [(2, "Salve")] * 9


def test_a_creature_without_actions_does_nothing():
    assert used() == {()}
    assert used(heal("5")) == {()}


def test_the_round_cap_leaves_a_fight_unresolved():
    tables = fight([creature("One")], [creature("Other")], rounds=7, runs=20)
    assert {(r["outcome"], r["rounds"]) for r in tables["runs"]} == {("unresolved", 7)}
    assert len(tables["rounds"]) == 140


def test_monsters_that_were_never_met_count_in_full():
    party = [creature("Victim", hp=1)]
    beast = first(creature("Beast", attack("1"), hp=50))
    tables = fight(party, [beast], [creature("Dragon", hp=200)], rounds=50)
    assert {r["monster_hp"] for r in by(tables["runs"], outcome="loss")} == {250}
    assert {c["state"] for c in by(tables["combatants"], name="Dragon")} == {"waiting"}
    assert {r["encounter"] for r in tables["runs"]} == {1}


def test_hit_points_carry_over_and_the_dying_are_stable_after_a_won_fight():
    """The beast fells the victim, then the hero kills it; the next fight finds both so."""
    hero = creature("Hero", attack("60"), initiative_bonus=50)
    party = [creature("Victim", hp=10, ac=5), hero]
    beast = first(creature("Beast", attack("10"), hp=50, targeting="lowest_ac"))
    tables = fight(party, [beast], [creature("Rat", hp=20)], rounds=50, runs=400)
    won = {r["run"] for r in by(tables["runs"], outcome="win")}
    assert len(won) == 400
    fallen = {e["run"] for e in by(tables["events"], target="Victim", target_hp=0, encounter=1)}
    assert len(fallen) > 300
    for row in by(tables["combatants"], name="Victim"):
        if row["run"] in fallen and row["final_hp"] == 0:
            assert row["state"] in ("stable", "dead")
            assert row["went_down_encounter"] == 1
    second = by(tables["events"], encounter=2, kind="death_save")
    assert second == []
    assert {r["rounds"] for r in tables["runs"]} >= {2}
