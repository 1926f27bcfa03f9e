"""Grade, tier, label and suggestions of a scenario, from its five representative runs.

The quintile method: the safety grade comes from the Disaster, Struggle and Typical representatives,
the intensity tier from what Typical has left.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

GRADES: Final = {"A": "secure", "B": "fair", "C": "risky", "D": "unstable", "F": "broken"}
TIERS: Final = {1: "trivial", 2: "light", 3: "moderate", 4: "heavy", 5: "extreme"}
#: Tier n starts where the share of the party's hit points left falls below this.
TIER_BOUNDS: Final = (0.90, 0.70, 0.40, 0.10)
#: Grade A: in the Disaster run every character standing has more than this share left.
SECURE_SHARE: Final = 0.10

LABELS: Final = {
    ("A", 1): "Stroll",
    ("A", 2): "Warm-up",
    ("A", 3): "Tactical grinder",
    ("A", 4): "War of attrition",
    ("A", 5): "The slog",
    ("B", 1): "Ambush in the park",
    ("B", 2): "Action movie",
    ("B", 3): "Fair fight",
    ("B", 4): "Epic challenge",
    ("B", 5): "Last one standing",
    ("C", 1): "Hidden teeth",
    ("C", 2): "The trap",
    ("C", 3): "Gamble",
    ("C", 4): "Do or die",
    ("C", 5): "Desperate stand",
    ("D", 1): "Lightning in a clear sky",
    ("D", 2): "Glass cannons",
    ("D", 3): "Coin flip",
    ("D", 4): "Against the odds",
    ("D", 5): "Pyrrhic victory",
    ("F", 1): "Rout",
    ("F", 2): "Sudden ruin",
    ("F", 3): "Crushing defeat",
    ("F", 4): "Massacre",
    ("F", 5): "Last stand",
}


def safety_grade(standing: Sequence[int], disaster_shares: Sequence[float]) -> str:
    """Return the safety grade.

    Parameters
    ----------
    standing : sequence of int
        Characters standing in the Disaster, Struggle and Typical representatives.
    disaster_shares : sequence of float
        Share of hit points left of each character standing in the Disaster run.

    Returns
    -------
    str
        "A" to "D", or "F".
    """
    disaster, struggle, typical = standing[:3]
    if typical == 0:
        return "F"
    if struggle == 0:
        return "D"
    if disaster == 0:
        return "C"
    return "A" if min(disaster_shares) > SECURE_SHARE else "B"


def intensity_tier(share_left: float) -> int:
    """Return the tier, 1 to 5, from the share of hit points Typical has left, in [0, 1]."""
    if share_left > TIER_BOUNDS[0]:
        return 1
    return 2 + sum(share_left < bound for bound in TIER_BOUNDS[1:])


def suggestions(grade: str, tier: int, *, loss_rate: float, unresolved_rate: float) -> list[str]:
    """Return what a game master may want to do about the scenario, most pressing first."""
    advice = []
    if unresolved_rate > 0.01:
        advice.append(
            f"{unresolved_rate:.1%} of the fights reach the round limit: raise max_rounds, or give "
            "somebody an attack that works."
        )
    if grade == "F":
        advice.append("The typical party dies. Remove monsters, or lower their damage.")
    elif grade == "D":
        advice.append("Four parties in ten are lost or close to it. Soften the strongest monster.")
    elif grade == "C":
        advice.append("Bad luck kills everybody. Plan a way out: retreat, a truce, or help.")
    elif tier == 1:
        advice.append(
            "Nobody is in danger. Add monsters, or let it cost something else than blood."
        )
    elif grade == "A" and tier == 2:
        advice.append(
            "Safe and short: room for one more monster, or for a second fight before rest."
        )
    elif tier >= 4:
        advice.append("It is won, and it costs nearly everything: plan a rest behind it.")
    if grade in "AB" and loss_rate > 0.05:
        advice.append(f"Still, {loss_rate:.0%} of the fights are lost: the dice can turn it.")
    return advice or ["Well balanced: change nothing."]
