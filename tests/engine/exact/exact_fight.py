"""Turns of one character against one or two monsters, for every state of the fight at once.

A fight is an array of chances: one axis for the hit points of each combatant (the character first),
then one for the uses that each has left of its limited action. A blow is a linear map of one axis.

What the rules leave to the players is forced here, never copied from the engine's choices: a
creature has attacks at will (all of its multiattack, else its one) and at most one limited saving
throw, which it uses when it can. `random_fights` builds only creatures for which nothing else is
sensible. Nobody needs death saves: when the only character drops, the fight is lost.
"""

from __future__ import annotations

import numpy as np

from dualslot_widgets.scenario.actions import Attack, Save
from dualslot_widgets.scenario.creature import Creature
from tests.engine.exact.exact_maps import attack, saves


def limited(creature: Creature) -> Save | None:
    """Return the limited saving throw of a creature, if it has one."""
    found = [action for action in creature.actions if isinstance(action, Save)]
    return found[0] if found else None


def at_will(creature: Creature) -> list[Attack]:
    """The attacks of a turn, roll by roll."""
    attacks = {action.name: action for action in creature.actions if isinstance(action, Attack)}
    names = creature.multiattack or list(attacks)[:1]
    return [attacks[name] for name in names for _ in range(attacks[name].attacks)]


def uses_of(creature: Creature) -> int:
    action = limited(creature)
    return 0 if action is None else action.uses or 1


def over(fight: np.ndarray) -> np.ndarray:
    """Where the character is down, or every monster."""
    hp = np.indices(fight.shape, sparse=True)
    beaten = sum(hp[axis] for axis in range(1, fight.ndim // 2)) == 0
    return (hp[0] == 0) | beaten


def turn(people: list[Creature], who: int, fight: np.ndarray) -> np.ndarray:
    """One turn of one combatant, for every state of the fight at once."""
    size = len(people)
    acts = (np.indices(fight.shape, sparse=True)[who] > 0) & ~over(fight)
    rests, fight = fight * ~acts, fight * acts
    action = limited(people[who])
    if action is not None:
        axis = size + who
        if action.recharge is not None:
            back = (7 - action.recharge) / 6
            fight = moved(fight, (axis,), np.array([[1 - back, back], [0.0, 1.0]]))
        has_use = np.indices(fight.shape, sparse=True)[axis] > 0
        spending, fight = fight * has_use, fight * ~has_use
        spent = np.eye(fight.shape[axis], k=-1)
        rests = rests + save(people, who, action, moved(spending, (axis,), spent))
    for blow in at_will(people[who]):
        fight = hit(people, who, blow, fight)
    return rests + fight


def aims(people: list[Creature], who: int, fight: np.ndarray) -> list[tuple[np.ndarray, list[int]]]:
    """Split the fight by whom somebody would aim at, in order: masks, and the axes of the standing.

    Ties go to the one listed first.
    """
    if who > 0:
        return [(np.ones((1,) * fight.ndim, bool), [0])]
    hp = np.indices(fight.shape, sparse=True)
    if len(people) == 2:
        return [(np.ones((1,) * fight.ndim, bool), [1])]
    strategy = people[0].targeting
    if strategy == "lowest_ac":
        first = np.array(people[1].armor_class <= people[2].armor_class)
    else:
        first = hp[1] <= hp[2] if strategy == "lowest_hp" else hp[1] >= hp[2]
    both = (hp[1] > 0) & (hp[2] > 0)
    return [
        (both & first, [1, 2]),
        (both & ~first, [2, 1]),
        ((hp[1] > 0) & (hp[2] == 0), [1]),
        ((hp[1] == 0) & (hp[2] > 0), [2]),
    ]


def hit(people: list[Creature], who: int, blow: Attack, fight: np.ndarray) -> np.ndarray:
    """One attack roll; where nobody is left to aim at, nothing happens."""
    found = np.zeros_like(fight)
    rest = fight
    for mask, (target, *_) in aims(people, who, fight):
        found += moved(fight * mask, (target,), attack(blow, people[target], fight.shape[target]))
        rest = rest * ~mask
    return found + rest


def save(people: list[Creature], who: int, action: Save, fight: np.ndarray) -> np.ndarray:
    """A saving throw of as many as it reaches, against one roll of damage."""
    found = np.zeros_like(fight)
    for mask, standing in aims(people, who, fight):
        reached = tuple(standing[: action.targets])
        does = saves(action, tuple((people[target], fight.shape[target]) for target in reached))
        found += moved(fight * mask, reached, does)
    return found


def moved(fight: np.ndarray, axes: tuple[int, ...], by: np.ndarray) -> np.ndarray:
    """Apply a map [before, after] to axes, taken together if there are several."""
    last = tuple(range(-len(axes), 0))
    front = np.moveaxis(fight, axes, last)
    merged = front.reshape(*front.shape[: -len(axes)], len(by))
    return np.moveaxis((merged @ by).reshape(front.shape), last, axes)
