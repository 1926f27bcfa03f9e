"""How one result stands to another, as plain JSON; pure functions on `protocol`."""

from __future__ import annotations

from dualslot_widgets.results.pairs.comparison import Comparison
from dualslot_widgets.results.pairs.comparison_cache import Versus
from dualslot_widgets.widgets.protocol import results


def versus_view(found: Versus | None) -> results.Versus | None:
    """Return the difference of two win rates; None where nothing is compared."""
    if found is None:
        return None
    rate = found.win_rate
    return {
        "delta": rate.delta,
        "low": rate.low,
        "high": rate.high,
        "same_dice": None if found.paired is None else same_dice_view(found.paired),
    }


def same_dice_view(found: Comparison) -> results.SameDice | None:
    """Return what became of the pairs of fights; None where they do not pair."""
    if not found.paired:
        return None
    return {
        "runs": found.runs,
        "ended_differently": found.results_changed or 0,
        "won_only_here": found.won_only_here or 0,
        "won_only_there": found.won_only_there or 0,
    }
