"""The exact solver against fights that a hand can solve, and its dice against another library."""

from __future__ import annotations

import icepool
import numpy as np
import pytest

from dualslot_widgets.scenario.dice import DamageTerm
from dualslot_widgets.scenario.scenario import Scenario
from tests.engine.exact.exact_day import hit_points_of, solve
from tests.engine.exact.exact_maps import attack, chance_to_save, damage_of_attack, saves
from tests.engine.exact.exact_order import goes_first, orders
from tests.engine.exact.exact_rolls import d20, damage_of, rolled_by_kind
from tests.engine.tables_of import save


def scenario(player: dict, *monsters: dict, max_rounds: int = 50, **settings) -> Scenario:
    def fighter(given: dict) -> dict:
        body = {"name": "X", "armor_class": 1, "max_hp": 1} | given
        if "actions" not in body:
            keys = ("attack_bonus", "damage", "attacks", "critical_range", "critical_dice")
            given = {key: body.pop(key) for key in keys if key in body}
            blow = {"type": "attack", "name": "Blow", "attack_bonus": 0, "damage": "1"} | given
            body["actions"] = [blow]
        return body

    return Scenario.from_dict(
        {
            "players": [fighter(player)],
            "encounters": [{"monsters": [fighter(monster) for monster in monsters]}],
            "settings": {"max_rounds": max_rounds} | settings,
        }
    )


def people(of: Scenario):
    return of.players[0], of.encounters[0].monsters[0]


def test_who_strikes_first():
    """Both hit with 19 of 20 faces and fall at the first hit; equal bonuses, so a fair start."""
    exact = solve(scenario({"attack_bonus": 5}, {"attack_bonus": 5}))
    assert exact.win == pytest.approx(0.5)
    hit, miss = 0.95, 0.05
    assert exact.rounds[1] == pytest.approx(hit + miss * hit)
    assert exact.unresolved == pytest.approx(miss**100)


def test_a_cap_of_rounds():
    sure = {"attack_bonus": 5, "initiative_bonus": 30}
    weak = {"max_hp": 2, "attack_bonus": -50}  # hits with 20 only
    exact = solve(scenario(sure, weak, max_rounds=1))
    assert exact.win == pytest.approx(0)  # even a critical hit does 1 damage: there is no die
    assert exact.loss == pytest.approx(0.05)
    assert exact.unresolved == pytest.approx(0.95)


def test_initiative():
    assert goes_first(0, 0) == pytest.approx(0.5)
    assert float(goes_first(1, 0)) == pytest.approx(229 / 400)  # 210 + 19
    assert goes_first(20, 0) == 1
    assert sum(orders((3, 0, 0)).values()) == 1
    assert orders((3, 0, 0))[0, 1, 2] == orders((3, 0, 0))[0, 2, 1]
    assert set(orders((1, 1, 1)).values()) == {goes_first(0, 0) / 3}


def test_advantage():
    assert d20(True, True) == [1 / 20] * 20
    assert sum(d20(True, False)) == pytest.approx(1)
    assert d20(True, False)[19] == pytest.approx(1 - 0.95**2)
    assert d20(False, True)[19] == pytest.approx(0.05**2)


def test_one_attack():
    """1d2 against 3 hit points, hit from 11: 9 plain faces and one critical, which rolls 2d2."""
    hero, monster = people(scenario({"damage": "1d2"}, {"max_hp": 3, "armor_class": 11}))
    after = attack(hero.actions[0], monster, 4)[3]
    assert after == pytest.approx(
        np.array([0.05 * 0.75, 0.45 * 0.5 + 0.05 * 0.25, 0.45 * 0.5, 0.5])
    )


def test_two_fall_one_after_the_other():
    """Sure hits for 1: with two monsters of 1 and 2 hit points three rounds are needed."""
    sure = {"attack_bonus": 50, "initiative_bonus": 50, "max_hp": 9}
    small, large = ({"name": "abc"[n], "max_hp": n, "damage": "0"} for n in (1, 2))
    exact = solve(scenario(sure, large, small))
    assert exact.rounds[3] == pytest.approx(0.95**3)
    capped = solve(scenario(sure, large, small, max_rounds=1))
    assert capped.each[2][0] == pytest.approx(0.95)  # the lowest falls first, though listed second
    assert capped.each[1][2] == pytest.approx(1)


def test_an_area_rolls_once_and_each_saves_by_itself():
    """1d2, half when made (15 of 20 fail): both lose the same roll or half of it."""
    blast = save("1d2", dc=16, on_success="half", targets=2)
    of = scenario({"actions": [blast]}, {"max_hp": 2, "count": 2})
    hero, monster = people(of)
    both = saves(hero.actions[0], ((monster, 3), (monster, 3))).reshape(3, 3, 3, 3)[2, 2]
    assert chance_to_save(hero.actions[0], monster) == pytest.approx(0.25)
    assert both[0, 0] == pytest.approx(0.5 * 0.75**2)  # rolled 2, both fail
    assert both[0, 1] == pytest.approx(0.5 * 0.75 * 0.25)
    assert both[1, 1] == pytest.approx(0.5 * 0.25**2 + 0.5 * 0.75**2)
    assert both[2, 2] == pytest.approx(0.5 * 0.25**2)  # rolled 1: half is nothing
    assert both[0, 2] == 0


def test_recharge_waits_three_rounds_on_average():
    """A blast that always kills, of somebody with nothing else: 1/3 a turn after the first."""
    blast = save("1", dc=100, recharge=5, targets=1)
    hero = {"actions": [blast], "initiative_bonus": 50}
    exact = solve(scenario(hero, {"max_hp": 2, "damage": "0"}))
    wait = np.arange(1, 30)
    assert exact.rounds[2:31][: len(wait)] == pytest.approx((2 / 3) ** (wait - 1) / 3)
    uses = solve(scenario({"actions": [save("1", dc=100, uses=1)]}, {"max_hp": 2, "damage": "0"}))
    assert uses.unresolved == pytest.approx(1)


def test_rolled_hit_points_are_at_least_1():
    (_, monster) = people(scenario({}, {"hit_dice": "1d4-2"}, hit_points="rolled"))
    assert hit_points_of(monster, True) == pytest.approx([0, 0.75, 0.25])
    assert hit_points_of(monster, False) == pytest.approx([0, 1])


def test_a_second_encounter_is_entered_as_the_first_was_left():
    """The first costs 1 hit point half of the time, the second kills who has 1 left."""
    hero = {"name": "H", "armor_class": 11, "max_hp": 2, "initiative_bonus": -50,
            "actions": [{"type": "attack", "name": "B", "attack_bonus": 0, "damage": "9",
                         "automatic": True}]}  # fmt: skip
    rat = {"name": "R", "armor_class": 1, "max_hp": 1, "actions": [
        {"type": "attack", "name": "B", "attack_bonus": 0, "damage": "1"}]}  # fmt: skip
    day = {"players": [hero], "encounters": [{"monsters": [rat]}, {"monsters": [rat]}]}
    exact = solve(Scenario.from_dict(day))
    assert exact.loss == pytest.approx(0.25)
    assert exact.party_hp == pytest.approx([0.25, 0.5, 0.25])
    assert exact.rounds[2] == pytest.approx(1)
    assert exact.each[2] == pytest.approx([0.75, 0.25])


@pytest.mark.parametrize(
    ("terms", "pool"),
    [
        ([DamageTerm(2, 6, 3, "fire")], 2 @ icepool.d6 + 3),
        ([DamageTerm(8, 6, 0, "fire")], 8 @ icepool.d6),
        ([DamageTerm(1, 8, 1, ""), DamageTerm(2, 4, -1, "")], icepool.d8 + 2 @ icepool.d4),
    ],
)
def test_dice_as_another_library_rolls_them(terms, pool):
    (rolled,) = rolled_by_kind(tuple(terms)).values()
    assert rolled[pool.min_outcome() :] == pytest.approx(
        [float(pool.probability(n)) for n in range(pool.min_outcome(), pool.max_outcome() + 1)]
    )


@pytest.mark.parametrize("critical_range", [18, 20])
@pytest.mark.parametrize("bonus", [0, 5])
def test_an_attack_as_another_library_rolls_it(critical_range, bonus):
    """Resistance to one of two kinds, an extra critical die, great weapon fighting left out."""
    of = scenario(
        {"attack_bonus": bonus, "damage": "2d6+3 fire + 1d8 cold", "critical_dice": 1,
         "critical_range": critical_range},
        {"armor_class": 16, "resistances": ["fire"], "vulnerabilities": ["cold"]},
    )  # fmt: skip
    hero, monster = people(of)

    def dealt(fire: int, cold: int) -> icepool.Die:
        return (fire @ icepool.d6 + 3) // 2 + 2 * (cold @ icepool.d8)

    def roll(face: int) -> icepool.Die:
        if face == 1 or (face < 20 and face + bonus < 16):
            return icepool.Die([0])
        return dealt(5, 2) if face >= critical_range else dealt(2, 1)

    whole = icepool.d20.map(roll)
    found = damage_of_attack(hero.actions[0], monster)
    for amount in range(len(found)):
        assert found[amount] == pytest.approx(float(whole.probability(amount)), abs=1e-12)


def test_rerolled_dice_and_thresholds():
    great = icepool.d6.reroll([1, 2], depth=1)
    (rolled,) = rolled_by_kind((DamageTerm(2, 6, 0, "slashing"),), reroll=2).values()
    for total in range(2, 13):
        assert rolled[total] == pytest.approx(float((2 @ great).probability(total)))
    _, monster = people(scenario({}, {"damage_threshold": 4}))
    arrives = damage_of({"slashing": np.full(6, 1 / 6)}, monster, False)
    assert arrives == pytest.approx(np.array([4, 0, 0, 0, 1, 1, *[0] * (len(arrives) - 6)]) / 6)
