"""Traits of monsters: regeneration, fortitude, resistance, legendary and lair actions."""

from __future__ import annotations

import pytest

from tests.engine.tables_of import attack, by, creature, fight, first, save, z

RUNS = 20_000


def kills(kind: str = "slashing", amount: int = 30, **more) -> dict:
    return first(creature("Hero", attack(f"{amount} {kind}", automatic=True, **more)))


def test_a_troll_regenerates_unless_it_was_burned():
    troll = {"regeneration": {"hp": 10, "stopped_by": ["acid", "fire"]}}
    for kind, amounts in (("slashing", {10}), ("fire", set())):
        events = fight([kills(kind)], [creature("Troll", hp=100, **troll)], rounds=2)["events"]
        assert {e["amount"] for e in by(events, kind="heal")} == amounts


def test_a_fallen_troll_rises_again_and_a_burned_one_dies():
    troll = {"regeneration": {"hp": 10, "stopped_by": ["fire"], "revives": True}}
    rat = creature("Rat", initiative_bonus=-50)  # so that the fight is not over
    for kind, states in (("slashing", {"up"}), ("fire", {"dead"})):
        hero = kills(kind, 30) | {"targeting": "highest_hp"}
        hero["actions"][0]["uses"] = 1
        tables = fight([hero], [creature("Troll", hp=30, **troll), rat | {"max_hp": 5}])
        fallen = by(tables["combatants"], name="Troll")
        assert {e["state"] for e in fallen} == states
        assert {e["final_hp"] for e in fallen} == ({10} if states == {"up"} else {0})


def test_undead_fortitude_by_damage_but_not_against_radiant_or_critical_hits():
    zombie = creature("Zombie", hp=6, traits=["undead_fortitude"], saving_throws={"con": 3})
    tables = fight([kills("slashing", 6)], [zombie], runs=RUNS)  # DC 5 + 6 with +3: 13 of 20
    alive = len(by(tables["combatants"], name="Zombie", final_hp=1))
    assert abs(z(alive, RUNS, 13 / 20)) < 4.5
    assert len(by(tables["events"], kind="endured")) == alive
    for hero in (kills("radiant", 6), first(creature("Hero", attack("6", critical_range=2)))):
        tables = fight([hero], [zombie], runs=2000)
        assert not by(tables["events"], kind="endured")


def test_relentless_once_and_not_against_a_heavy_blow():
    boar = creature("Boar", hp=10, relentless=10)
    lives = fight([kills(amount=10)], [boar], rounds=2, runs=50)
    assert len(by(lives["events"], kind="endured")) == 50
    assert {e["final_hp"] for e in by(lives["combatants"], name="Boar")} == {0}
    dies = fight([kills(amount=11)], [boar], runs=50)
    assert not by(dies["events"], kind="endured")


def test_damage_below_the_threshold_is_none():
    ship = creature("Ship", damage_threshold=10)
    assert {
        e["amount"] for e in by(fight([kills(amount=9)], [ship])["events"], kind="hit")
    } == {0}  # fmt: skip
    assert {
        e["amount"] for e in by(fight([kills(amount=10)], [ship])["events"], kind="hit")
    } == {10}  # fmt: skip


@pytest.mark.parametrize(("magical", "expected"), [(False, 5), (True, 10)])
def test_resistance_to_nonmagical_damage(magical, expected):
    werewolf = creature("Werewolf", resistances=["nonmagical slashing"])
    events = fight([kills("slashing", 10, magical=magical)], [werewolf])["events"]
    assert {e["amount"] for e in by(events, kind="hit")} == {expected}
    events = fight([kills("fire", 10, magical=magical)], [werewolf])["events"]
    assert {e["amount"] for e in by(events, kind="hit")} == {10}


def test_magic_resistance_and_advantage_on_an_ability():
    for change, spell, share in (
        ({"traits": ["magic_resistance"]}, {"spell": 0}, 0.25),
        ({"traits": ["magic_resistance"]}, {"magical": True}, 0.25),
        ({"traits": ["magic_resistance"]}, {}, 0.5),
        ({"save_advantage": ["dex"]}, {}, 0.25),
        ({"save_advantage": ["con"]}, {}, 0.5),
    ):
        mage = first(creature("Mage", save("1", dc=11) | spell))
        events = fight([mage], [creature("Devil", **change)], runs=RUNS)["events"]
        assert abs(z(len(by(events, kind="save_failed")), RUNS, share)) < 4.5


def test_evasion_leaves_none_or_half():
    for ability, made, failed in (("dex", 0, 5), ("con", 5, 10)):
        mage = first(creature("Mage", save("10", dc=11, ability=ability, on_success="half")))
        events = fight([mage], [creature("Monk", traits=["evasion"])])["events"]
        assert {e["amount"] for e in by(events, kind="save_made")} == {made}
        assert {e["amount"] for e in by(events, kind="save_failed")} == {failed}


def test_legendary_resistance_is_for_effects_and_deadly_damage():
    stun = save("1", effect={"name": "Stun", "conditions": ["stunned"]})
    dragon = {"legendary_resistance": 3}
    events = fight([first(creature("Mage", stun))], [creature("Dragon", **dragon)], rounds=5)
    used = by(events["events"], kind="legendary_resistance")
    assert {e["round"] for e in used} == {1, 2, 3}
    assert {e["round"] for e in by(events["events"], kind="effect")} == {4, 5} or {
        e["round"] for e in by(events["events"], kind="effect")
    } == {4}
    small = fight([first(creature("Mage", save("10")))], [creature("Dragon", hp=100, **dragon)])
    assert not by(small["events"], kind="legendary_resistance")
    large = fight([first(creature("Mage", save("50")))], [creature("Dragon", hp=100, **dragon)])
    assert len(by(large["events"], kind="legendary_resistance")) == 600


def test_pack_tactics_needs_an_ally_standing():
    wolf = creature("Wolf", attack("1", bonus=0), traits=["pack_tactics"])
    for count, share in ((1, 0.5), (2, 0.75)):
        events = fight([creature("Hero", ac=11)], [wolf | {"count": count}], runs=RUNS // count)
        bites = by(events["events"], action="Blow")
        assert abs(z(sum(e["kind"] != "miss" for e in bites), len(bites), share)) < 4.5


def test_reckless_both_ways():
    berserker = creature("Berserker", attack("1", bonus=0), ac=11, traits=["reckless"])
    hero = creature("Hero", attack("1", bonus=0, name="Stab"), ac=11)
    events = fight([hero], [berserker], runs=RUNS)["events"]
    for action in ("Blow", "Stab"):
        logged = by(events, action=action)
        assert abs(z(sum(e["kind"] != "miss" for e in logged), len(logged), 0.75)) < 4.5


def dragon(points: int, *actions: dict, **more) -> dict:
    legendary = [action | {"time": "legendary"} for action in actions]
    return creature("Dragon", *legendary, legendary_actions=points, **more)


def test_legendary_actions_at_the_end_of_others_turns_until_the_points_are_gone():
    tail = attack("1", name="Tail")
    for heroes, points, taken in ((1, 3, 1), (2, 3, 2), (5, 3, 3), (5, 1, 1)):
        events = fight([creature("Hero", count=heroes)], [dragon(points, tail)], rounds=3)
        for number in (2, 3):
            per_run = [
                len(by(events["events"], run=r, round=number, action="Tail")) for r in range(9)
            ]
            assert set(per_run) == {taken}


def test_a_costly_legendary_action_counts_by_its_worth_a_point():
    tail, wing = attack("8", name="Tail"), attack("10", name="Wing", legendary_cost=2)
    events = fight([creature("Hero", count=3)], [dragon(3, tail, wing)], runs=20)["events"]
    assert {e["action"] for e in by(events, actor="Dragon") if e["action"]} == {"Tail"}
    wing = wing | {"damage": "40"}
    events = fight([creature("Hero", count=3)], [dragon(3, tail, wing)], runs=20)["events"]
    # Two points, and the third for a tail.
    logged = [e["action"] for e in by(events, run=0, actor="Dragon") if e["action"]]
    assert sorted(logged) == ["Tail", "Wing"]


def test_a_stunned_dragon_takes_no_legendary_actions():
    stun = save("1", effect={"name": "Stun", "conditions": ["stunned"]})
    events = fight([first(creature("Mage", stun))], [dragon(3, attack("1", name="Tail"))])["events"]
    assert not by(events, action="Tail")


def test_a_lair_acts_on_20_behind_its_equals_and_never_twice_the_same():
    quake = save("5", name="Quake", time="lair")
    swarm = save("5", name="Swarm", time="lair")
    hero = creature("Hero", attack("1"))
    events = fight([hero], [creature("Dragon", quake, swarm)], rounds=4)["events"]
    for run in range(100):
        logged = [e["action"] for e in by(events, run=run, actor="Dragon") if e["action"]]
        assert logged in (["Quake", "Swarm"] * 2, ["Swarm", "Quake"] * 2)
        (roll,) = [e["total"] for e in by(events, run=run, actor="Hero", kind="initiative")]
        order = [e["actor"] for e in by(events, run=run, round=1)]
        assert (order[0] == "Hero") == (roll >= 20)


def test_who_falls_with_the_last_monster_has_lost():
    bomb = creature("Bomb", save("1000 fire", name="Burst", time="death"), hp=5)
    hero = kills() | {"max_hp": 10}
    runs = fight([hero], [bomb], runs=50)["runs"]
    assert {(run["outcome"], run["monster_hp"], run["survivors"]) for run in runs} == {
        ("loss", 0, 0)
    }
