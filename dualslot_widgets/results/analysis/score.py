"""The score of a run, by which runs are sorted from disaster to legend."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

#: What one survivor counts, in hit points.
SURVIVOR_POINTS = 10_000


def scores(
    survivors: npt.NDArray[np.integer],
    party_hp: npt.NDArray[np.integer],
    monster_hp: npt.NDArray[np.integer],
) -> npt.NDArray[np.integer]:
    """Return the scores of R runs, (R,), from what is left at the end of the last encounter."""
    found: npt.NDArray[np.integer] = survivors * SURVIVOR_POINTS + party_hp - monster_hp
    return found
