"""The analysis of a draft's files, which are never in memory as a whole."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import pyarrow as pa

from dualslot_widgets.results.analysis.quintiles import QuintileAnalysis, analyse_scores
from dualslot_widgets.results.analysis.ranking import Scores
from dualslot_widgets.storage.tables.table_writer import TableWriter


def analyse_files(
    folder: Path, scores: Scores, writers: Mapping[str, TableWriter]
) -> QuintileAnalysis:
    """Analyse what was written: once more through the runs' file, a record batch at a time.

    Parameters
    ----------
    folder : Path
        Where the files are.
    scores : Scores
        The scores of all runs in them.
    writers : dict
        What wrote the files, by table.
    """
    each = writers["combatants"].rows // max(1, scores.runs)

    @lru_cache(maxsize=4)
    def batch(name: str, number: int) -> pa.Table:
        with pa.OSFile(str(folder / f"{name}.arrow")) as source:
            return pa.Table.from_batches([pa.ipc.open_file(source).get_batch(number)])

    def rows(name: str, start: int, count: int) -> pa.Table:
        first_rows = writers[name].first_rows
        number = bisect_right(first_rows, start) - 1
        return batch(name, number).slice(start - first_rows[number], count)

    def look_up(row: int) -> tuple[pa.Table, pa.Table]:
        return rows("runs", row, 1), rows("combatants", row * each, each)

    runs = (batch("runs", n) for n in range(len(writers["runs"].first_rows)))
    return analyse_scores(scores, runs, look_up)
