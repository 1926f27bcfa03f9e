"""How well an engine's runs agree with exact distributions: z of shares and means, chi-square."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass, field

import numpy as np
from scipy.stats import binomtest, chi2, norm

from dualslot_widgets.results.table_simulation import TableSimulation
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.tables import OUTCOMES, dictionary_codes
from tests.engine.exact.exact_day import Exact

#: Of each scenario; `make proof` plays 5,000,000.
RUNS = int(os.environ.get("DUALSLOT_PROOF_RUNS", "200000"))
#: Played and counted at once, so that memory does not grow with the runs.
CHUNK = 100_000
#: P(|z| >= 4.5) is 7e-6. The fights are always the same ones, so the verdict never flickers.
LARGEST_Z = 4.5
SMALLEST_P = 1e-6
#: Bins of a chi-square test are merged until each expects at least this many runs; what is rarer
#: than that has no normal mean either.
FULL_BIN = 20


@dataclass
class Agreement:
    """Verdicts by what was compared, and the two win rates."""

    exact: float
    found: float
    z: dict[str, float] = field(default_factory=dict)
    p: dict[str, float] = field(default_factory=dict)

    @property
    def largest_z(self) -> float:
        return max(self.z.values(), key=abs)

    @property
    def smallest_p(self) -> float:
        return min(self.p.values())

    def __str__(self) -> str:
        return (
            f"exact {self.exact:.6f}, simulated {self.found:.6f}, largest z {self.largest_z:+.2f}, "
            f"smallest p {self.smallest_p:.4f}"
        )


def compare(scenario: Scenario, exact: Exact, runs: int = RUNS) -> Agreement:
    """Play a scenario and hold it against its exact solution."""
    outcomes, columns = counted(scenario, exact, runs)
    found = Agreement(exact.win, outcomes[0] / runs)
    for word, count in zip(OUTCOMES, outcomes, strict=True):
        found.z[word] = z_of_share(count, getattr(exact, word), runs)
    for name, counts in columns.items():
        at = name.removeprefix("hp of ")
        chances = exact.each[int(at)] if at != name else getattr(exact, name)
        found.z[name] = z_of_mean(counts, chances)
        found.p[name] = p_of_distribution(counts, chances)
    return found


def counted(scenario: Scenario, exact: Exact, runs: int) -> tuple[list[int], dict[str, np.ndarray]]:
    """Count outcomes, and how often each value of each distribution came up."""
    simulation = TableSimulation(scenario, runs=runs, log=False)
    outcomes = np.zeros(len(OUTCOMES), np.int64)
    columns = {name: len(getattr(exact, name)) for name in ("rounds", "party_hp", "monster_hp")}
    columns |= {f"hp of {at}": len(chances) for at, chances in enumerate(exact.each)}
    counts = {name: np.zeros(size, np.int64) for name, size in columns.items()}
    while simulation.play_batch(CHUNK):
        tables = simulation.take_tables()
        codes = dictionary_codes(tables["runs"]["outcome"], OUTCOMES)
        outcomes += np.bincount(codes, minlength=len(OUTCOMES))
        each = tables["combatants"]["final_hp"].to_numpy().reshape(-1, len(exact.each))
        for name, so_far in counts.items():
            at = name.removeprefix("hp of ")
            values = each[:, int(at)] if at != name else tables["runs"][name].to_numpy()
            found = np.bincount(values, minlength=len(so_far))
            assert len(found) == len(so_far), f"{name} {values.max()} cannot happen"
            so_far[:] += found
    return outcomes.tolist(), counts


def z_of_share(found: int, share: float, runs: int) -> float:
    """The z that is as unlikely as the count, by the exact binomial distribution."""
    share = min(max(share, 0.0), 1.0)
    p = binomtest(found, runs, share).pvalue
    return float(math.copysign(norm.isf(p / 2), found - runs * share))


def z_of_mean(counts: np.ndarray, exact: np.ndarray) -> float:
    """How many standard errors the mean is off."""
    runs = int(counts.sum())
    values = np.arange(len(exact))
    mean = exact @ values
    usual = int(exact.argmax())
    if (1 - exact[usual]) * runs < FULL_BIN:
        return z_of_share(int(counts[usual]), exact[usual], runs)
    variance = exact @ (values - mean) ** 2
    return float((counts @ values / runs - mean) / math.sqrt(variance / runs))


def p_of_distribution(counts: np.ndarray, exact: np.ndarray) -> float:
    """Chi-square over bins that are merged from the left until each is full."""
    runs = int(counts.sum())
    assert not counts[exact == 0].any()  # what cannot happen did not
    expected, observed, bins = 0.0, 0, []
    for share, count in zip(exact, counts, strict=True):
        expected += share * runs
        observed += count
        if expected >= FULL_BIN:
            bins.append((expected, observed))
            expected, observed = 0.0, 0
    bins[-1] = (bins[-1][0] + expected, bins[-1][1] + observed)
    distance = sum((count - mean) ** 2 / mean for mean, count in bins)
    return float(chi2.sf(distance, len(bins) - 1)) if len(bins) > 1 else 1.0
