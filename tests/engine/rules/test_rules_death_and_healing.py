"""Falling, dying, standing up again, and what limits an action."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from tests.engine.tables_of import attack, by, creature, fight, first, heal, save, z

WITNESS = creature("Witness", ac=30)


def struck(damage: int, hp: int = 10, *, rounds: int = 1, runs: int = 1000, others=(WITNESS,)):
    """A victim that a monster strikes first, while somebody else keeps standing."""
    monster = first(creature("Beast", attack(str(damage)), targeting="lowest_ac"))
    return fight([creature("Victim", hp=hp), *others], [monster], rounds=rounds, runs=runs)


def states(tables: dict, name: str) -> set[str]:
    hit = {e["run"] for e in tables["events"] if e["kind"] in ("hit", "critical")}
    return {c["state"] for c in by(tables["combatants"], name=name) if c["run"] in hit}


@pytest.mark.parametrize(("damage", "state"), [(10, "dying"), (19, "dying"), (20, "dead")])
def test_damage_left_over_kills_from_the_maximum_on(damage, state):
    """One round only: a death save may come in it, so one success or failure changes nothing."""
    found = states(struck(damage), "Victim")
    assert found <= {state, "up"} if state == "dying" else found == {state}
    assert state in found


def test_a_monster_dies_at_zero():
    striker = first(creature("Striker", attack("10")))
    tables = fight([striker], [creature("Ogre", hp=10)])
    assert {c["state"] for c in by(tables["combatants"], name="Ogre", final_hp=0)} == {"dead"}
    assert {r["outcome"] for r in by(tables["runs"], monster_hp=0)} == {"win"}


@cache
def ends(made: int = 0, failed: int = 0) -> tuple[float, float, float]:
    """Chances to end stable, dead, or up by a natural 20, from the closed rules."""
    if made == 3:
        return (1.0, 0.0, 0.0)
    if failed >= 3:
        return (0.0, 1.0, 0.0)
    steps = [(10 / 20, ends(made + 1, failed)), (8 / 20, ends(made, failed + 1))]
    steps += [(1 / 20, ends(made, failed + 2)), (1 / 20, (0.0, 0.0, 1.0))]
    return tuple(sum(p * end[i] for p, end in steps) for i in range(3))


def test_death_saves_end_as_often_as_the_rules_say():
    tables = struck(10, rounds=7, runs=20_000)
    saves: dict[int, list[int]] = {}
    for event in by(tables["events"], kind="death_save"):
        saves.setdefault(event["run"], []).append(event["roll"])
    found = {"stable": 0, "dead": 0, "up": 0}
    for rolls in saves.values():
        made = failed = 0
        for roll in rolls:
            made += 10 <= roll < 20
            failed += (2 if roll == 1 else 1) if roll < 10 else 0
            end = "up" if roll == 20 else "stable" if made == 3 else "dead" if failed > 2 else ""
            if end:
                found[end] += 1
                break
    trials = len(saves)
    assert trials > 18_000
    assert sum(found.values()) > 0.99 * trials  # the rest fell in a late round
    for end, share in zip(found, ends(), strict=True):
        assert abs(z(found[end], trials, share)) < 4.5, (end, found, share)


def test_a_natural_20_stands_up_with_1_hit_point_and_acts():
    victim = creature("Victim", attack("1"), hp=10)
    beast = first(creature("Beast", attack("10"), targeting="lowest_ac"))
    events = fight([victim, WITNESS], [beast], rounds=2, runs=5000)["events"]
    risen = by(events, kind="death_save", roll=20)
    assert {(e["amount"], e["target_hp"]) for e in risen} == {(1, 1)}
    acted = {(e["run"], e["round"]) for e in by(events, actor="Victim", action="Blow")}
    assert all((e["run"], e["round"]) in acted for e in risen)
    asleep = [e for e in by(events, kind="death_save") if e["roll"] != 20]
    assert not any((e["run"], e["round"]) in acted for e in asleep)


def heals(tables: dict) -> list[dict]:
    """What was healed in runs in which nobody rose by itself."""
    risen = {e["run"] for e in by(tables["events"], kind="death_save", roll=20)}
    return [e for e in by(tables["events"], kind="heal") if e["run"] not in risen]


def healed(damage: int, action: dict, *, hp: int = 10) -> list[dict]:
    healer = creature("Healer", action, ac=30)
    return heals(struck(damage, hp, others=(WITNESS, healer)))


def test_healing_brings_back_the_fallen():
    events = healed(10, heal("4"))
    assert {(e["target"], e["amount"], e["target_hp"]) for e in events} == {("Victim", 4, 4)}


def test_healing_stops_at_the_maximum():
    assert {(e["amount"], e["target_hp"]) for e in healed(10, heal("50"))} == {(10, 10)}


def test_healing_goes_to_the_standing_only_below_half():
    assert healed(5, heal("4")) == []
    assert {e["target_hp"] for e in healed(6, heal("4"))} == {8}


def test_nothing_heals_the_dead():
    assert healed(20, heal("4")) == []


def test_the_fallen_are_healed_before_the_wounded():
    """Both are struck by one area: one falls, the other keeps 1 of 11."""
    beast = first(creature("Beast", save("10", targets=3)))
    party = [creature("Hurt", hp=11), creature("Fallen", hp=10), creature("Healer", heal("3"))]
    assert {e["target"] for e in heals(fight(party, [beast]))} == {"Fallen"}
    party[2] = creature("Healer", heal("3", targets=2))
    events = heals(fight(party, [beast]))
    assert [e["target"] for e in events] == ["Fallen", "Hurt"] * (len(events) // 2)


def test_a_heal_has_its_uses():
    events = fight(
        [creature("Victim", hp=10), creature("Healer", heal("4", uses=2), ac=30), WITNESS],
        [first(creature("Beast", attack("10"), targeting="lowest_ac"))],
        rounds=6,
    )["events"]
    counts = Counter(event["run"] for event in by(events, kind="heal"))
    assert max(counts.values()) == 2


def test_recharge_comes_back_on_five_or_six_and_is_used_at_once():
    dragon = first(creature("Dragon", attack("1", name="Breath", recharge=5)))
    events = fight([WITNESS], [dragon], rounds=12, runs=3000)["events"]
    used = {(e["run"], e["round"]) for e in by(events, action="Breath") if e["kind"] != "recharge"}
    rolled = by(events, kind="recharge")
    back = [e for e in rolled if e["roll"] >= 5]
    assert used == {(run, 1) for run in range(3000)} | {(e["run"], e["round"]) for e in back}
    assert abs(z(len(back), len(rolled), 1 / 3)) < 4.5


def test_uses_are_for_the_whole_scenario_and_recharge_is_ready_in_each_encounter():
    hero = first(
        creature(
            "Hero",
            attack("10", name="Smite", uses=3),
            attack("9", name="Breath", recharge=6),
            attack("1", name="Blow"),
        )
    )
    tables = fight([hero], [creature("Ogre", hp=20)], [creature("Troll", hp=500)], rounds=20)
    acts = [e for e in tables["events"] if e["kind"] in ("hit", "miss", "critical")]
    spent = [e for e in tables["events"] if e["kind"] == "recharge"]
    assert {len(by(acts, run=run, action="Smite")) for run in range(50)} == {3}
    for run in range(50):
        second = by(acts, run=run, encounter=2)
        breath = by(second, action="Breath")[0]
        # Ready from the start: it was used before any die was rolled to bring it back.
        assert not [e for e in by(spent, run=run, encounter=2) if e["round"] <= breath["round"]]
