"""What every action is worth on average: tables that the kernels' choices read.

They are worked out once a scenario with what stays the same in a fight (dice, defences, saving
throw bonuses); what changes (armor class, advantage, hit points left) the kernels look at. All
worth is in hit points: damage dealt, damage of an enemy prevented, damage of an ally added.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from dualslot_widgets.engine.encoded import codes
from dualslot_widgets.engine.encoded.codes import NONE
from dualslot_widgets.engine.encoded.columns import Row, span
from dualslot_widgets.engine.encoded.creature_rows import CreatureRows
from dualslot_widgets.engine.encoded.row_tables import RowTables
from dualslot_widgets.scenario.creature import Creature
from dualslot_widgets.scenario.effects import ABILITIES, CONDITIONS

Floats = npt.NDArray[np.float64]

#: How many rounds an effect without an earlier end is reckoned to matter.
ROUNDS = 3.0
#: Chance that an attack hits, where nobody knows yet whom.
USUAL_HIT = 0.65


def expectations(
    creatures: Sequence[Creature], rows: Sequence[CreatureRows], tables: RowTables
) -> dict[str, Floats]:
    """Return the tables, for K creatures, A action rows, E effects.

    Returns
    -------
    dict of str to float64 array
        ``m_hit`` (A * K): damage to a creature of kind k of one hit (attacks) or of one use
        (saving throws, ongoing damage). ``m_critical`` (A * K): what a critical hit adds.
        ``m_control`` (A * K): share of the target's output that is prevented, times rounds.
        ``v_heal``, ``v_temporary`` (A): hit points. ``v_gain``, ``v_each``, ``v_guard`` (A): of an
        effect on an ally, the share of its output gained, damage gained per swing, share of the
        enemies' output prevented. ``kind_output`` (K): damage a turn of what a creature does at
        will, hit or miss left out. ``kind_swings`` (K): weapon attacks a turn.
    """
    defences = _Defences(creatures, tables.terms)
    averages, damage = defences.averages, defences.damage
    shape = (len(tables.actions), len(creatures))
    hit, critical, control = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    out: dict[str, Floats] = {
        name: np.zeros(len(tables.actions))
        for name in ("v_heal", "v_temporary", "v_gain", "v_each", "v_guard")
    }
    for number, row in enumerate(tables.actions):
        kind, magical = row["kind"], bool(row["magical"])
        effect = tables.effects[row["effect"]] if row["effect"] != NONE else None
        if kind == codes.ATTACK:
            critical[number], hit[number] = damage(row, "term", magical)
            for rider in tables.riders[span(row, "rider")]:
                _add_rider(number, rider, hit, control, defences, tables, magical)
        elif kind == codes.SAVE:
            failed = defences.failed(row["bonus"], row["ability"], magical)
            left = 0.5 * row["half"]
            hit[number] = damage(row, "term", magical)[1] * (failed + (1 - failed) * left)
            if effect is not None:
                control[number] = failed * _control(effect, defences, failed)
                hit[number] += failed * damage(effect, "turn", True)[1] * 2
        elif kind == codes.HEAL:
            out["v_heal"][number] = sum(averages[span(row, "term")])
            out["v_temporary"][number] = sum(averages[span(row, "temporary")])
        elif kind == codes.ENCHANT and effect is not None:
            if row["on"] == codes.ENEMIES:
                control[number] = _control(effect, defences, None)
            hit[number] = damage(effect, "turn", True)[1] * (2 - effect["turn_save"] * 0.3)
            _add_buff(number, effect, averages, out)
    out["m_hit"], out["m_critical"] = hit.ravel(), critical.ravel()
    out["m_control"] = control.ravel()
    out["kind_output"], out["kind_swings"] = _outputs(rows, tables, averages)
    return out


class _Defences:
    """What damage terms and saving throws come to, for K kinds of creatures.

    Attributes
    ----------
    averages : list of float
        What each term deals, before any defence.
    """

    def __init__(self, creatures: Sequence[Creature], terms: Sequence[Row]) -> None:
        self._dice = [term["count"] * (term["sides"] + 1) / 2 for term in terms]
        self._types = [term["type"] for term in terms]
        self.averages = [dice + term["bonus"] for dice, term in zip(self._dice, terms, strict=True)]
        words = list(codes.TYPE_CODES)
        self._factor = np.ones((2, len(words), len(creatures)))
        for k, creature in enumerate(creatures):
            for share, named in (
                (0.0, creature.immunities),
                (0.5, creature.resistances),
                (2.0, creature.vulnerabilities),
            ):
                for word in named:
                    kind = word.removeprefix("nonmagical ")
                    for magical in (0, 1) if kind == word else (0,):
                        self._factor[magical, words.index(kind), k] *= share
        self._saves = np.array([creature.saving_throws for creature in creatures], np.float64)
        self._better = np.array(
            [["magic_resistance" in c.traits] + [a in c.save_advantage for a in ABILITIES]
             for c in creatures],
            np.bool_,
        )  # fmt: skip
        self.immune = np.array(
            [sum(1 << CONDITIONS.index(w) for w in c.condition_immunities) for c in creatures]
        )

    def damage(self, row: Row, what: str, magical: bool) -> tuple[Floats, Floats]:
        """Return what a row's terms do to each kind: their dice, and all of it."""
        rolled, total = np.zeros(len(self.immune)), np.zeros(len(self.immune))
        for t in range(len(self._types))[span(row, what)]:
            factor = self._factor[int(magical), self._types[t]]
            rolled += self._dice[t] * factor
            total += self.averages[t] * factor
        return rolled, np.maximum(total, 0)

    def failed(self, dc: int, ability: int, magical: bool) -> Floats:
        """Return the chance that a saving throw fails, for each kind."""
        made = np.clip((21 - (dc - self._saves[:, ability])) / 20, 0, 1)
        better = self._better[:, 1 + ability] | (self._better[:, 0] & bool(magical))
        chance: Floats = np.where(better, (1 - made) ** 2, 1 - made)
        return chance


#: Share of a creature's output that each bit costs it, or its enemies gain by it.
_SHARES = {
    codes.INCAPACITATED: 1.0,
    codes.ATTACK_DISADVANTAGE: 0.35,
    codes.ATTACKED_ADVANTAGE: 0.25,
    codes.ONE_ATTACK: 0.3,
    codes.HALVED_WEAPON: 0.5,
    codes.PRONE: 0.2,
    codes.NO_HEALING: 0.1,
    codes.CHARMED: 0.3,
    codes.MELEE_DISADVANTAGE: 0.3,
    codes.NO_BONUS_ACTION: 0.1,
}


def _rounds(effect: Row) -> float:
    return min(effect["duration"] or ROUNDS, ROUNDS)


def _control(effect: Row, defences: _Defences, failed: Floats | None) -> Floats:
    """Return what share of its output an effect costs each kind, times the rounds it lasts."""
    bits = effect["bits"]
    for number, word in enumerate(CONDITIONS):
        if effect["conditions"] >> number & 1:
            bits |= codes.CONDITION_BITS[word]
    share = min(1.0, sum(cost for bit, cost in _SHARES.items() if bits & bit))
    share += 0.04 * max(0, -effect["attack_count"]) * (effect["attack_sides"] + 1) / 2
    share -= 0.04 * min(0, effect["armor"])
    rounds = np.full(len(defences.immune), _rounds(effect))
    if effect["save_ends"] and failed is not None:
        rounds = np.minimum(rounds, 1 / np.maximum(1 - failed, 0.01))
    mask = effect["conditions"]
    suffers = (mask == 0) | (mask & ~defences.immune != 0)
    found: Floats = share * rounds * suffers
    return found


def _add_rider(
    number: int,
    rider: Row,
    hit: Floats,
    control: Floats,
    defences: _Defences,
    tables: RowTables,
    magical: bool,
) -> None:
    """Add what comes with every hit of an action."""
    if rider["when"] != codes.ALWAYS or rider["pool"] != NONE:
        return
    failed = np.ones(hit.shape[1])
    left = 0.0
    if rider["bonus"] != NONE:
        failed = defences.failed(rider["bonus"], rider["ability"], magical)
        left = 0.5 * rider["half"]
    hit[number] += defences.damage(rider, "term", magical)[1] * (failed + (1 - failed) * left)
    if rider["effect"] != NONE:
        effect = tables.effects[rider["effect"]]
        control[number] += failed * _control(effect, defences, failed)
        hit[number] += failed * defences.damage(effect, "turn", True)[1] * 2


def _add_buff(number: int, effect: Row, averages: list[float], out: dict[str, Floats]) -> None:
    """Reckon what an effect does for its bearer."""
    rounds = _rounds(effect)
    for average in averages[span(effect, "marked")]:
        out["v_each"][number] += average * USUAL_HIT * rounds
    bits = effect["bits"]
    for number_of, word in enumerate(CONDITIONS):
        if effect["conditions"] >> number_of & 1:
            bits |= codes.CONDITION_BITS[word]
    gain = 0.25 * bool(bits & codes.ATTACK_ADVANTAGE)
    gain += 0.7 * bool(bits & codes.EXTRA_ATTACK)
    gain += 0.05 * max(0, effect["attack_count"]) * (effect["attack_sides"] + 1) / 2
    gain += 0.05 * max(0, effect["attack_flat"])
    guard = 0.05 * max(0, effect["armor"]) + 0.3 * bool(bits & codes.ATTACKED_DISADVANTAGE)
    guard += 0.04 * (effect["resist"] & (1 << codes.NONMAGICAL_SHIFT) - 1).bit_count()
    guard += 0.12 * (effect["resist"] >> codes.NONMAGICAL_SHIFT).bit_count()
    guard += 0.1 * bool(effect["save_count"] > 0 or effect["save_flat"] > 0)
    out["v_gain"][number] = gain * rounds
    out["v_guard"][number] = min(guard, 0.8) * rounds
    each = float(effect["damage_roll"] + sum(averages[span(effect, "extra")]))
    out["v_each"][number] += max(each, 0.0) * USUAL_HIT * rounds
    out["v_temporary"][number] += sum(averages[span(effect, "temporary")])
    for average in averages[span(effect, "healing")]:
        out["v_temporary"][number] += average * rounds


def _outputs(
    rows: Sequence[CreatureRows], tables: RowTables, averages: list[float]
) -> tuple[Floats, Floats]:
    """Return the average damage a turn of what each kind does at will, and its weapon attacks."""
    output, swings = np.zeros(len(rows)), np.ones(len(rows))

    def average(row: Row) -> float:
        if row["kind"] not in (codes.ATTACK, codes.SAVE):
            return 0.0
        return max(sum(averages[span(row, "term")]), 0.0) * row["attacks"]

    for k, own in enumerate(rows):
        if own.multiattack:
            output[k] = sum(average(tables.actions[number]) for number in own.multiattack)
            swings[k] = len(own.multiattack)
        else:
            mine = tables.actions[own.first_action : own.end_action]
            at_will = [r for r in mine if r["pool"] == NONE and r["time"] == codes.ACTION]
            output[k] = max(map(average, at_will), default=0.0)
    return output, swings
