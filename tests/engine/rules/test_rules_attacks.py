"""Attack rolls, critical hits, damage types, saving throws: each rule by hand-computed numbers."""

from __future__ import annotations

import pytest

from tests.engine.tables_of import attack, by, creature, fight, first, save, z

DUMMY = creature("Dummy")


def blows(*actions: dict, target: dict = DUMMY, **options) -> list[dict]:
    """Events of a striker that goes first, against one target that does nothing."""
    events = fight([first(creature("Striker", *actions))], [target], **options)["events"]
    return [e for e in events if e["actor"] == "Striker" and e["kind"] != "initiative"]


def test_a_natural_1_misses_whatever_the_bonus():
    events = blows(attack("1", bonus=100), target=creature("Dummy", ac=0))
    assert {e["kind"] for e in by(events, roll=1)} == {"miss"}
    assert {e["kind"] for e in events if e["roll"] > 1} == {"hit", "critical"}


def test_a_natural_20_hits_whatever_the_armor_class():
    events = blows(attack("1", bonus=-100), target=creature("Dummy", ac=100))
    assert {e["kind"] for e in by(events, roll=20)} == {"critical"}
    assert {e["kind"] for e in events if e["roll"] < 20} == {"miss"}


def test_a_total_equal_to_the_armor_class_hits():
    events = blows(attack("1", bonus=3), target=creature("Dummy", ac=15))
    assert {e["roll"] for e in by(events, kind="hit")} == set(range(12, 20))
    assert all(e["total"] == e["roll"] + 3 for e in events)


def test_a_critical_hit_doubles_dice_and_not_the_bonus():
    events = blows(attack("2d1+5 fire + 1d1 cold"))
    assert {e["amount"] for e in by(events, kind="hit")} == {8}
    assert {e["amount"] for e in by(events, kind="critical")} == {11}


def test_a_critical_range_counts_only_for_hits():
    events = blows(attack("1", bonus=0, critical_range=18), target=creature("Dummy", ac=19))
    found = {e["roll"]: e["kind"] for e in events if e["roll"] >= 17}
    assert found == {17: "miss", 18: "miss", 19: "critical", 20: "critical"}


@pytest.mark.parametrize(
    ("advantage", "disadvantage", "share"),
    [(False, False, 1 / 20), (True, False, 39 / 400), (False, True, 1 / 400), (True, True, 1 / 20)],
)
def test_advantage_and_disadvantage(advantage, disadvantage, share):
    action = attack("1", advantage=advantage, disadvantage=disadvantage)
    events = blows(action, runs=20_000)
    assert abs(z(len(by(events, roll=20)), 20_000, share)) < 4.5


@pytest.mark.parametrize(
    ("defences", "expected"),
    [
        ({}, 9 + 3),
        ({"resistances": ["fire"]}, 4 + 3),
        ({"resistances": ["fire", "cold"]}, 4 + 1),
        ({"vulnerabilities": ["fire"]}, 18 + 3),
        ({"resistances": ["fire"], "vulnerabilities": ["fire"]}, 8 + 3),
        ({"immunities": ["fire"]}, 3),
        ({"immunities": ["fire"], "vulnerabilities": ["fire"]}, 3),
        ({"resistances": ["acid"]}, 9 + 3),
    ],
)
def test_damage_types_are_summed_then_halved_or_doubled(defences, expected):
    events = blows(attack("5 fire + 3 cold + 4 fire"), target=creature("Dummy", **defences))
    hits = by(events, kind="hit")
    assert {e["amount"] for e in hits} == {expected}


def test_untyped_damage_meets_no_resistance():
    every = ["fire", "cold", "slashing", "piercing", "bludgeoning"]
    events = blows(attack("7"), target=creature("Dummy", resistances=every))
    assert {e["amount"] for e in by(events, kind="hit")} == {7}


def test_a_type_never_counts_below_zero():
    events = blows(attack("1d1-5 fire + 3 cold"))
    assert {e["amount"] for e in by(events, kind="hit")} == {3}


def test_no_more_hit_points_are_lost_than_there_are():
    events = blows(attack("50"), target=creature("Dummy", hp=20))
    assert {(e["amount"], e["target_hp"]) for e in by(events, kind="hit")} == {(20, 0)}


def test_a_saving_throw_knows_no_automatic_success_or_failure():
    bonus = {"saving_throws": {"dex": 4}}
    high = blows(save("1", dc=25), target=creature("Dummy", **bonus))
    assert {e["kind"] for e in high} == {"save_failed"}
    low = blows(save("1", dc=5), target=creature("Dummy", **bonus))
    assert {e["kind"] for e in low} == {"save_made"}
    even = blows(save("1", dc=15), target=creature("Dummy", **bonus))
    assert {e["roll"] for e in by(even, kind="save_made")} == set(range(11, 21))


@pytest.mark.parametrize(("on_success", "made"), [("half", 2 + 3), ("none", 0)])
def test_a_save_made_halves_each_type_rounded_down_or_takes_all(on_success, made):
    events = blows(save("5 fire + 7 cold", dc=11, on_success=on_success))
    assert {e["amount"] for e in by(events, kind="save_failed")} == {12}
    assert {e["amount"] for e in by(events, kind="save_made")} == {made}


def test_half_of_a_save_comes_before_resistance():
    events = blows(save("7 fire", dc=11), target=creature("Dummy", resistances=["fire"]))
    assert {e["amount"] for e in by(events, kind="save_failed")} == {3}
    assert {e["amount"] for e in by(events, kind="save_made")} == {1}


def test_an_area_rolls_its_damage_once_for_all_it_reaches():
    events = blows(save("8d6 fire", targets=3), target=creature("Dummy", count=5))
    runs: dict[int, list] = {}
    for event in events:
        runs.setdefault(event["run"], []).append(event)
    assert {len(found) for found in runs.values()} == {3}
    assert {len({e["target"] for e in found}) for found in runs.values()} == {3}
    assert {len({e["amount"] for e in found}) for found in runs.values()} == {1}
    assert len({found[0]["amount"] for found in runs.values()}) > 20


def test_an_area_reaches_no_more_than_there_are():
    events = blows(save("1", targets=9), target=creature("Dummy", count=2), runs=50)
    assert len(events) == 100
