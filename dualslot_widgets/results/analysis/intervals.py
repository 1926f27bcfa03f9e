"""How sure a share is, and how sure the difference of two shares or of two means is.

A share has the interval of Wilson (1927). The difference of two shares has that of Newcombe (1998),
method 10, when runs are independent, and that of Tango (1998) when they are paired. Means have
Student's t, with the degrees of freedom of Welch (1947) when runs are independent.
"""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

# Halvings of an interval of length 2, down to the spacing of floats.
_HALVINGS = 60
# From so many degrees of freedom on, Student's t is known from the normal to seven digits.
_FEW = 30


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


def paired_difference(
    only_first: int, only_second: int, pairs: int, confidence: float = 0.95
) -> tuple[float, float, float]:
    """Return first share minus second, and its interval, for paired runs.

    The score interval of Tango (1998), "Equivalence test and confidence interval for the difference
    in proportions for the paired-sample design", Statistics in Medicine 17, 891-908: all
    differences that the score test does not reject. It leaves out 0 exactly when McNemar's test
    does, and it has width even when no pair differs, which says little about rare differences;
    few pairs that differ, all to one side, are the usual case here. Limits by bisection.

    Parameters
    ----------
    only_first, only_second : int
        Pairs in which only the first, and only the second, was a success.
    pairs : int
        All pairs, at least 1.
    confidence : float
        Between 0 and 1.

    Returns
    -------
    tuple of float
        Difference, lower and upper bound, in [-1, 1].

    Raises
    ------
    ValueError
        For counts that cannot be.

    Examples
    --------
    >>> [round(x, 4) for x in paired_difference(6, 16, 161)]
    [-0.0621, -0.124, -0.0054]
    """
    if pairs < 1 or min(only_first, only_second) < 0 or only_first + only_second > pairs:
        raise ValueError(f"{only_first} and {only_second} are no parts of {pairs} pairs")
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    delta = (only_first - only_second) / pairs
    low = -_tango_upper(only_second, only_first, pairs, z)
    return delta, low, _tango_upper(only_first, only_second, pairs, z)


def _tango_upper(first: int, second: int, pairs: int, z: float) -> float:
    """Return the greatest difference that the score test does not reject."""

    def rejected(delta: float) -> bool:
        # The likeliest share of pairs with only the second, if `delta` is the difference.
        b = (2 * pairs - first + second) * delta - first - second
        c = -second * delta * (1 - delta)
        share = (math.sqrt(max(b * b - 8 * pairs * c, 0.0)) - b) / (4 * pairs)
        variance = pairs * (2 * share + delta * (1 - delta))
        return first - second - pairs * delta < -z * math.sqrt(max(variance, 0.0))

    low, high = (first - second) / pairs, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if rejected(middle) else (middle, high)
    return high


def paired_mean_difference(
    first: npt.NDArray[np.number], second: npt.NDArray[np.number], confidence: float = 0.95
) -> tuple[float, float, float]:
    """Return the mean of first minus second over pairs, and its interval by Student's t.

    Parameters
    ----------
    first, second : (R,) array
        R >= 1 pairs, in any unit.
    confidence : float
        Between 0 and 1.

    Returns
    -------
    tuple of float
        Difference, lower and upper bound, in the same unit. A single pair says nothing about the
        spread: the bounds are infinite. Where all pairs differ by the same, the bounds are the
        difference.

    Examples
    --------
    >>> paired = paired_mean_difference(np.array([5, 7, 9, 4]), np.array([4, 5, 9, 3]))
    >>> [round(x, 2) for x in paired]
    [1.0, -0.3, 2.3]
    """
    each = first.astype(np.float64) - second
    return _around(float(each.mean()), _error_squared(each), len(each) - 1, confidence)


def mean_difference(
    first: npt.NDArray[np.number], second: npt.NDArray[np.number], confidence: float = 0.95
) -> tuple[float, float, float]:
    """Return first mean minus second, and its interval by Welch's t, for independent runs.

    Parameters
    ----------
    first, second : (R,) and (S,) array
        R, S >= 1 values, in any unit.
    confidence : float
        Between 0 and 1.

    Returns
    -------
    tuple of float
        Difference, lower and upper bound, in the same unit; the bounds are infinite when one of the
        two has a single value.

    Examples
    --------
    >>> [round(x, 2) for x in mean_difference(np.array([5, 7, 9, 4]), np.array([4, 5, 9, 3]))]
    [1.0, -3.24, 5.24]
    """
    delta = float(first.mean() - second.mean())
    a, b = _error_squared(first), _error_squared(second)
    freedom = float(min(len(first), len(second)) - 1)
    if freedom and a + b:
        freedom = (a + b) ** 2 / (a * a / (len(first) - 1) + b * b / (len(second) - 1))
    return _around(delta, a + b, freedom, confidence)


def _error_squared(values: npt.NDArray[np.number]) -> float:
    return float(values.var(ddof=1)) / len(values) if len(values) > 1 else math.inf


def _around(
    delta: float, error_squared: float, freedom: float, confidence: float
) -> tuple[float, float, float]:
    if not freedom:
        return delta, -math.inf, math.inf
    half = _student(freedom, 0.5 + confidence / 2) * math.sqrt(error_squared)
    return delta, delta - half, delta + half


def _student(freedom: float, share: float) -> float:
    """Return the quantile of Student's t."""
    if freedom < _FEW:
        from scipy.special import stdtrit  # half a second, which many runs need not wait for

        return float(stdtrit(freedom, share))
    # Abramowitz and Stegun (1964), 26.7.5.
    z = NormalDist().inv_cdf(share)
    y = z * z
    terms = (
        z * (y + 1) / 4,
        z * ((5 * y + 16) * y + 3) / 96,
        z * (((3 * y + 19) * y + 17) * y - 15) / 384,
        z * ((((79 * y + 776) * y + 1482) * y - 1920) * y - 945) / 92160,
    )
    return z + sum(term / freedom**power for power, term in enumerate(terms, start=1))
