"""Duels, solved exactly: no dice are rolled, every probability is added up.

One character against one monster, each with one attack or a multiattack of attacks. The two hit
points are a matrix of probabilities; an attack is a linear map of one of its axes, so a round is a
few matrix products. Written from the rules, not from the engine: they share the parsed scenario.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

import numpy as np

from dualslot_widgets.scenario.actions import Attack
from dualslot_widgets.scenario.creature import Creature
from dualslot_widgets.scenario.dice import DamageTerm
from dualslot_widgets.scenario.scenario import Scenario

FACES = range(1, 21)


@dataclass(frozen=True)
class Duel:
    """Exact distributions; `rounds`, `party_hp` and `monster_hp` are indexed by their value."""

    win: float
    loss: float
    unresolved: float
    rounds: np.ndarray
    party_hp: np.ndarray
    monster_hp: np.ndarray


def solve(scenario: Scenario) -> Duel:
    """Return how a duel goes; the scenario holds one character and one monster."""
    (player,), ((monster,),) = scenario.players, [e.monsters for e in scenario.encounters]
    cap = scenario.settings.max_rounds
    hits_monster, hits_player = turn(player, monster), turn(monster, player)
    rounds = np.zeros(cap + 1)
    final = np.zeros((player.max_hp + 1, monster.max_hp + 1))
    first = player_goes_first(player.initiative_bonus, monster.initiative_bonus)
    for player_leads, share in ((True, first), (False, 1 - first)):
        fight = np.zeros_like(final)
        fight[-1, -1] = float(share)
        for number in range(1, cap + 1):
            for player_acts in (player_leads, not player_leads):
                fight = fight @ hits_monster if player_acts else hits_player.T @ fight
                ended = np.zeros_like(fight)
                ended[:, 0], ended[0, :] = fight[:, 0], fight[0, :]
                final += ended
                fight -= ended
                rounds[number] += ended.sum()
        final += fight
        rounds[cap] += fight.sum()
    win, loss = final[1:, 0].sum(), final[0, 1:].sum()
    return Duel(win, loss, final[1:, 1:].sum(), rounds, final.sum(axis=1), final.sum(axis=0))


def player_goes_first(player: int, monster: int) -> Fraction:
    """d20 + bonus each; ties go to the higher bonus, then to a fair coin."""
    tie = Fraction(1, 2) if player == monster else Fraction(int(player > monster))
    total = Fraction(0)
    for mine in FACES:
        for other in FACES:
            lead = (mine + player) - (other + monster)
            total += tie if lead == 0 else int(lead > 0)
    return total / 400


def turn(actor: Creature, target: Creature) -> np.ndarray:
    """The map [hit points before, after] of the target in the actor's turn."""
    actions = {action.name: action for action in actor.actions}
    names = actor.multiattack or [actor.actions[0].name]
    whole = np.eye(target.max_hp + 1)
    for name in names:
        whole = whole @ attack(actions[name], target)
    return whole


def attack(action: Attack, target: Creature) -> np.ndarray:
    """The map [hit points before, after] of one attack; who has fallen stays as it is."""
    damage = np.zeros(1)
    for face, chance in enumerate(d20(action.advantage, action.disadvantage), start=1):
        hits = face == 20 or (face != 1 and face + action.attack_bonus >= target.armor_class)
        critical = hits and face >= action.critical_range
        dealt = damage_of(action.damage, target, 2 if critical else 1) if hits else np.ones(1)
        damage = added(damage, chance * dealt)
    size = target.max_hp + 1
    effect = np.zeros((size, size))
    effect[0, 0] = 1.0
    for before in range(1, size):
        for lost, chance in enumerate(damage):
            effect[before, max(0, before - lost)] += chance
    return effect


def d20(advantage: bool, disadvantage: bool) -> list[float]:
    """Chances of the faces 1 to 20; advantage and disadvantage cancel."""
    if advantage == disadvantage:
        return [1 / 20] * 20
    if advantage:
        return [(2 * face - 1) / 400 for face in FACES]
    return [(41 - 2 * face) / 400 for face in FACES]


def damage_of(terms: tuple[DamageTerm, ...], target: Creature, times: int) -> np.ndarray:
    """Distribution of the damage that arrives; every die is rolled `times` times."""
    total = np.ones(1)
    for kind, group in groupby(sorted(terms, key=lambda term: term.type), lambda term: term.type):
        rolled, bonus = np.ones(1), 0
        for term in group:
            bonus += term.bonus
            for _ in range(term.count * times):
                rolled = np.convolve(rolled, np.r_[0.0, np.full(term.sides, 1 / term.sides)])
        arrives = np.zeros(2 * max(len(rolled) + bonus, 1))
        for value, chance in enumerate(rolled):
            arrives[after_defences(max(0, value + bonus), kind, target)] += chance
        total = np.convolve(total, arrives)
    return total


def after_defences(damage: int, kind: str, target: Creature) -> int:
    """SRD 5.1, "Damage Resistance and Vulnerability": resistance first, then vulnerability."""
    if kind in target.immunities:
        return 0
    if kind in target.resistances:
        damage //= 2
    if kind in target.vulnerabilities:
        damage *= 2
    return damage


def added(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """The sum of two distributions of different lengths."""
    longer = np.zeros(max(len(one), len(other)))
    longer[: len(one)] += one
    longer[: len(other)] += other
    return longer
