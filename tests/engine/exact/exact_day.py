"""Whole scenarios, solved exactly: no dice are rolled, every probability is added up.

Top of the exact solver: one character against encounters of one or two monsters in a row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce

import numpy as np

from dualslot_widgets.scenario.creature import Creature
from dualslot_widgets.scenario.scenario import Scenario
from tests.engine.exact.exact_fight import over, turn, uses_of
from tests.engine.exact.exact_order import orders
from tests.engine.exact.exact_rolls import die, shifted


@dataclass
class Exact:
    """Exact distributions, each indexed by its value; `each` is of every combatant in turn."""

    win: float
    loss: float
    unresolved: float
    rounds: np.ndarray
    party_hp: np.ndarray
    monster_hp: np.ndarray
    each: list[np.ndarray]


def solve(scenario: Scenario) -> Exact:
    """Return how a scenario goes: one character, encounters of one or two monsters, no rests.

    Over several encounters the character has no limited action, which would be rationed.
    """
    (hero,), cap = scenario.players, scenario.settings.max_rounds
    rolled = scenario.settings.hit_points == "rolled"
    fights = [[m for m in e.monsters for _ in range(m.count)] for e in scenario.encounters]
    starts = [[hit_points_of(monster, rolled) for monster in fight] for fight in fights]
    monsters = [start for one in starts for start in one]
    exact = Exact(
        *(0.0, 0.0, 0.0, np.zeros(cap * len(fights) + 1), np.zeros(hero.max_hp + 1)),
        np.zeros(sum(len(start) - 1 for start in monsters) + 1),
        [np.zeros(hero.max_hp + 1), *(np.zeros(len(start)) for start in monsters)],
    )
    # With how many hit points the character enters, by the rounds fought before.
    enters = {0: np.eye(hero.max_hp + 1)[-1]}
    for number, fight in enumerate(fights):
        last = number == len(fights) - 1
        goes_on: dict[int, np.ndarray] = {}
        for before, hp in enters.items():
            for rounds, final in encounter(hero, fight, starts[number], hp, cap):
                won, lost, open_ = parts(final)
                ends = final
                if not last:
                    ends = lost + open_
                    beaten = won[(slice(None), *(0 for _ in fight))]
                    goes_on[before + rounds] = goes_on.get(before + rounds, 0.0) + beaten
                else:
                    exact.win += won.sum()
                exact.loss += lost.sum()
                exact.unresolved += open_.sum()
                exact.rounds[before + rounds] += ends.sum()
                count(exact, ends, starts, number)
        enters = goes_on
    exact.party_hp = exact.each[0]
    return exact


def parts(final: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Split final hit points into won, lost and still open."""
    lost = np.zeros_like(final)
    lost[0] = final[0]
    won = np.zeros_like(final)
    beaten = (slice(1, None), *(0 for _ in final.shape[1:]))
    won[beaten] = final[beaten]
    return won, lost, final - lost - won


def count(exact: Exact, ends: np.ndarray, starts: list[list[np.ndarray]], number: int) -> None:
    """Add what ended in an encounter: earlier monsters lie dead, later ones were never met."""
    total = ends.sum()
    behind = sum(map(len, starts[:number]))
    to_come = [start for later in starts[number + 1 :] for start in later]
    axes = range(ends.ndim)
    for axis in axes:
        place = axis + behind if axis else 0
        exact.each[place] += ends.sum(axis=tuple(a for a in axes if a != axis))
    for place in range(1, behind + 1):
        exact.each[place][0] += total
    for place, start in enumerate(to_come, start=ends.ndim + behind):
        exact.each[place] += total * start
    left = np.zeros(len(exact.monster_hp))
    for place, chance in np.ndenumerate(ends.sum(axis=0)):
        left[sum(place)] += chance
    for start in to_come:
        left = np.convolve(left, start)[: len(left)]
    exact.monster_hp += left


def hit_points_of(monster: Creature, rolled: bool) -> np.ndarray:
    """Distribution of the hit points with which a monster starts."""
    if not rolled or monster.hit_dice is None:
        return np.eye(monster.max_hp + 1)[-1]
    dice = np.ones(1)
    for _ in range(monster.hit_dice.count):
        dice = np.convolve(dice, die(monster.hit_dice.sides))
    return shifted(dice, monster.hit_dice.bonus, least=1)


def encounter(
    hero: Creature, monsters: list[Creature], starts: list[np.ndarray], hp: np.ndarray, cap: int
) -> Iterator[tuple[int, np.ndarray]]:
    """Yield (round, final hit points) of what ends in each round; the last has what never does."""
    people = [hero, *monsters]
    start = hp
    for chances in (*starts, *(np.eye(uses_of(person) + 1)[-1] for person in people)):
        start = np.multiply.outer(start, chances)
    ways = orders(tuple(person.initiative_bonus for person in people))
    paths = {order: start * float(share) for order, share in ways.items()}
    uses = tuple(range(len(people), start.ndim))
    done = over(start)
    for number in range(1, cap + 1):
        for order, path in paths.items():
            paths[order] = reduce(lambda now, who: turn(people, who, now), order, path)
        ends = sum(paths.values()) if number == cap else sum(paths.values()) * done
        yield number, ends.sum(axis=uses)
        paths = {order: path * ~done for order, path in paths.items()}
