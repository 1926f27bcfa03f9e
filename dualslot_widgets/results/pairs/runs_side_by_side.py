"""Two data sets with the same dice side by side, one row a run.

Run i of a seed rolls the same dice whatever is played, so what differs in a row comes from what was
changed in the scenario, and not from luck.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dualslot_widgets.results.pairs.where_runs_part import Divergence
from dualslot_widgets.tables import OUTCOMES, PAIRED, RESULTS, dictionary_codes

#: What makes an ending beside its outcome; the score follows from these.
_COUNTED = ("survivors", "encounter", "rounds", "party_hp", "monster_hp")


def same_results(first: pa.Table, second: pa.Table) -> npt.NDArray[np.bool_]:
    """Return for each of R runs whether it ends the same in two runs tables.

    That is with the same outcome in the same encounter after as many rounds, and with as many
    survivors and hit points left on both sides.

    Parameters
    ----------
    first, second : pyarrow.Table
        As `tables.RUNS`, R rows each, the same runs.

    Returns
    -------
    (R,) bool array
    """
    same: npt.NDArray[np.bool_] = outcomes(first) == outcomes(second)
    for name in _COUNTED:
        same &= first[name].to_numpy() == second[name].to_numpy()
    return same


def outcomes(runs: pa.Table) -> npt.NDArray[np.int16]:
    """Return the outcomes of R runs as (R,) int16 indices into `tables.OUTCOMES`."""
    return dictionary_codes(runs["outcome"], OUTCOMES)


def paired_table(first: pa.Table, second: pa.Table, divergence: Divergence | None) -> pa.Table:
    """Return two runs tables as one.

    Parameters
    ----------
    first, second : pyarrow.Table
        As `tables.RUNS`, R rows each, the same runs of the same seed.
    divergence : Divergence or None
        Where their logs first differ; None when there are no logs.

    Returns
    -------
    pyarrow.Table
        As `tables.PAIRED`, R rows, sorted by run:

        - ``diverged`` says whether the run went differently, null when that is not known because
          no log was kept;
        - ``diverged_at`` is the index of the first event that differs within the run, from 0, with
          its ``diverged_encounter`` (from 1) and ``diverged_round`` (from 0, for initiative); null
          where nothing is known to differ;
        - ``same_result`` says whether it ended the same (`same_results`). Where a run went the same
          only hit points left may differ, if those on the sheet were changed;
        - the results of both, the second table's with ``_other`` behind their names.
    """
    rows = first.num_rows
    columns: dict[str, pa.Array | pa.ChunkedArray] = {
        "run": first["run"],
        "same_result": pa.array(same_results(first, second)),
    }
    if divergence is None:
        for name in ("diverged", "diverged_at", "diverged_encounter", "diverged_round"):
            columns[name] = pa.nulls(rows, PAIRED.field(name).type)
    else:
        never = divergence.at < 0
        columns["diverged"] = pa.array(~never)
        columns["diverged_at"] = pa.array(divergence.at, mask=never)
        columns["diverged_encounter"] = pa.array(divergence.encounter, mask=never)
        columns["diverged_round"] = pa.array(divergence.round, mask=never)
    for name in RESULTS:
        columns[name], columns[f"{name}_other"] = first[name], second[name]
    return pa.table(columns).select(PAIRED.names).cast(PAIRED)
