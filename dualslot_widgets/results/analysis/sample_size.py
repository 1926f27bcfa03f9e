"""How many runs it takes to see a difference of win rates, if there is one.

To see means: a test at the 5 % level, as the 95 % intervals are, rejects "no difference" in four of
five comparisons (a power of 80 %) when the true difference is the one that is asked for. Both
formulas take the spread from results at hand.
"""

from __future__ import annotations

import math
from statistics import NormalDist

#: What is asked for by default: one point of a hundred.
POINT = 0.01
_LEVEL = NormalDist().inv_cdf(0.975)
_POWER = NormalDist().inv_cdf(0.8)


def runs_to_see_paired(discordant: int, pairs: int, difference: float = POINT) -> int:
    """Return how many pairs of runs with the same dice show a difference of win rates.

    Connor (1987), "Sample size for testing differences in proportions for the paired-sample
    design", Biometrics 43, 207-211, for McNemar's test, which Tango's interval agrees with.

    Parameters
    ----------
    discordant, pairs : int
        How many of how many pairs were won in only one of the two. Where there are fewer than the
        difference itself needs, as many are taken.
    difference : float
        Between 0 and 1.

    Examples
    --------
    >>> runs_to_see_paired(40, 1005)
    3122
    """
    share = max(discordant / pairs, difference)
    spread = math.sqrt(share - difference**2)
    return math.ceil(((_LEVEL * math.sqrt(share) + _POWER * spread) / difference) ** 2)


def runs_to_see(wins: int, runs: int, difference: float = POINT) -> int:
    """Return how many runs on each side show a difference of win rates, with different dice.

    Fleiss, Levin and Paik (2003), "Statistical methods for rates and proportions", third edition,
    without correction for continuity.

    Parameters
    ----------
    wins, runs : int
        Those of both sides together; the two rates are taken half the difference to either side.
    difference : float
        Between 0 and 1.

    Examples
    --------
    >>> runs_to_see(1005, 2010)
    39244
    """
    half = difference / 2
    middle = min(max(wins / runs, half), 1 - half)
    low, high = middle - half, middle + half
    level = _LEVEL * math.sqrt(2 * middle * (1 - middle))
    power = _POWER * math.sqrt(low * (1 - low) + high * (1 - high))
    return math.ceil(((level + power) / difference) ** 2)
