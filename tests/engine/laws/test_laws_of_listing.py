"""Laws of the order in which combatants are listed: it decides what the tie rules say, no more.

The listing decides: who is aimed at among equal enemies, who is healed first among the fallen and
the equally hurt, who stands in front among those of one line, and which die of a run is whose. It
does not decide ties of initiative: these are for the higher bonus, then for a fair coin. So

- where the order of turns is fixed and no two enemies are equal to whom aims at them, run i is the
  same run, event by event, whatever the order of listing: the dice of initiative are as many in
  any order, and what follows is rolled in the order of turns;
- where initiative is rolled and ties, and targets are drawn at random, runs differ and chances do
  not: a statistical test, with a seed of its own for each order so that the two are independent.
"""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

from hypothesis import given, settings, strategies as st

from dualslot_widgets.scenario.scenario import Scenario
from tests.engine.laws.test_laws_of_fights import LARGEST_Z, wins
from tests.engine.tables_of import Rows, attack, by, creature, played, save, z

FEW = settings(max_examples=max(settings.default.max_examples // 10, 3))
RUNS = 4000


def content(players: list[dict], monsters: list[dict], seed: int, runs: int) -> dict[str, Any]:
    return {
        "players": players,
        "encounters": [{"monsters": monsters}],
        "settings": {"runs": runs, "seed": seed, "max_rounds": 20},
    }


@st.composite
def fighters(draw: st.DrawFn, side: str, number: int, **fixed: Any) -> dict[str, Any]:
    """A fighter with an attack, and now and then a blast on several."""
    actions = [attack(f"{draw(st.integers(1, 3))}d6+{number}", bonus=draw(st.integers(2, 9)))]
    if draw(st.booleans()):
        dc, targets = draw(st.integers(8, 18)), draw(st.integers(1, 3))
        actions.append(save(f"3d6+{number}", dc=dc, targets=targets, on_success="half", recharge=5))
    return creature(f"{side} {number}", *actions, hp=draw(st.integers(10, 70)), **fixed)


@st.composite
def sides_without_ties(draw: st.DrawFn) -> tuple[list[dict], list[dict]]:
    """Everybody's bonus is 20 above the next one's, and everybody's armor class is its own."""
    strategies = st.sampled_from(("lowest_ac", "highest_damage"))
    ranks = draw(st.permutations(range(-4, 4)))
    armor = draw(st.permutations(range(10, 18)))
    sides = []
    for side in range(2):
        count = draw(st.integers(1, 4))
        sides.append(
            [
                draw(
                    fighters(
                        ("Hero", "Orc")[side], n, initiative_bonus=20 * ranks[4 * side + n],
                        ac=armor[4 * side + n], targeting=draw(strategies),
                    )
                )
                for n in range(count)
            ]
        )  # fmt: skip
    return sides[0], sides[1]


def told(rows: Rows) -> Rows:
    """What happened, without whose die of initiative was which."""
    return [row for row in rows if row.get("kind") != "initiative"]


@given(sides=sides_without_ties(), seed=st.integers(0, 2**53 - 1), data=st.data())
def test_without_ties_every_run_is_the_same_in_any_order(sides, seed, data):
    players, monsters = sides
    one = played(Scenario.from_dict(content(players, monsters, seed, 12)))
    others = (data.draw(st.permutations(side)) for side in sides)
    other = played(Scenario.from_dict(content(*others, seed, 12)))
    assert told(one["events"]) == told(other["events"]), seed
    assert one["rounds"] == other["rounds"], seed
    assert one["runs"] == other["runs"], seed

    def by_name(row: dict[str, Any]) -> tuple[int, str]:
        return row["run"], row["name"]

    people = ([row | {"combatant": 0} for row in t["combatants"]] for t in (one, other))
    first, second = (sorted(rows, key=by_name) for rows in people)
    assert first == second, seed


@FEW
@given(number=st.integers(0, 10**6), data=st.data())
def test_with_ties_of_initiative_the_chances_are_the_same_in_any_order(number, data):
    dice = random.Random(number)
    bonus = dice.randint(-1, 3)
    players, monsters = (
        [
            data.draw(fighters(side, n, initiative_bonus=bonus, ac=12, targeting="random"))
            for n in range(dice.randint(2, 3))
        ]
        for side in ("Hero", "Orc")
    )
    one = content(players, monsters, 2 * number, RUNS)
    other = content(players[::-1], monsters[::-1], 2 * number + 1, RUNS)
    first, second = (wins(Scenario.from_dict(scenario)).mean() for scenario in (one, other))
    middle = (first + second) / 2
    print(f"number {number}: {first:.4f} in one order, {second:.4f} in the other")
    error = (2 * middle * (1 - middle) / RUNS) ** 0.5
    assert abs(first - second) <= LARGEST_Z * error


@FEW
@given(heroes=st.integers(1, 3), orcs=st.integers(1, 3), seed=st.integers(0, 2**53 - 1))
def test_with_equal_bonuses_everybody_is_first_equally_often(heroes, orcs, seed):
    """Whoever would win ties by its place in the list would be so more often."""
    sides = (
        [creature(f"{side} {n}", attack("1")) for n in range(number)]
        for side, number in (("Hero", heroes), ("Orc", orcs))
    )
    fight = content(*sides, seed, 8000)
    fight["settings"]["max_rounds"] = 1
    begun = Counter(row["actor"] for row in by(played(Scenario.from_dict(fight))["events"], turn=1))
    assert begun.total() == 8000, seed
    for name, count in begun.items():
        assert abs(z(count, 8000, 1 / (heroes + orcs))) < LARGEST_Z, (name, count, seed)
