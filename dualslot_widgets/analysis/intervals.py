"""How sure a share is: Wilson intervals, and the difference of two shares.

First room of the analysis floor. Wilson (1927); Newcombe (1998), method 10, for the difference.
"""

from __future__ import annotations

import math
from statistics import NormalDist


def wilson(successes: int, trials: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return the Wilson interval of a share.

    Parameters
    ----------
    successes, trials : int
        ``0 <= successes <= trials`` and ``trials >= 1``.
    confidence : float
        Between 0 and 1.

    Returns
    -------
    tuple of float
        Lower and upper bound, fractions in [0, 1].

    Raises
    ------
    ValueError
        For counts that cannot be.

    Examples
    --------
    >>> low, high = wilson(0, 1005)
    >>> low, round(high, 4)
    (0.0, 0.0038)
    """
    if not 0 <= successes <= trials or trials < 1:
        raise ValueError(f"{successes} of {trials} is not a share")
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    share = successes / trials
    centre = share + z * z / (2 * trials)
    half = z * math.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    scale = 1 + z * z / trials
    # The bounds at 0 and 1 are exact; rounding must not push them past the ends.
    low = 0.0 if successes == 0 else (centre - half) / scale
    high = 1.0 if successes == trials else (centre + half) / scale
    return low, high


def difference(
    first: tuple[int, int], second: tuple[int, int], confidence: float = 0.95
) -> tuple[float, float, float]:
    """Return first share minus second, and its interval, for independent runs.

    Parameters
    ----------
    first, second : tuple of int
        ``(successes, trials)`` each.

    Returns
    -------
    tuple of float
        Difference, lower and upper bound, in [-1, 1].

    Examples
    --------
    >>> [round(x, 3) for x in difference((846, 1005), (921, 1005))]
    [-0.075, -0.103, -0.046]
    """
    p, q = first[0] / first[1], second[0] / second[1]
    p_low, p_high = wilson(*first, confidence)
    q_low, q_high = wilson(*second, confidence)
    delta = p - q
    low = delta - math.hypot(p - p_low, q_high - q)
    high = delta + math.hypot(p_high - p, q - q_low)
    return delta, low, high
