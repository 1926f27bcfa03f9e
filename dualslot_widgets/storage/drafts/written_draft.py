"""A data set that is somewhere else, written into a draft on the disk as a whole."""

from __future__ import annotations

from collections.abc import Callable

from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.storage.drafts.draft_on_disk import DraftOnDisk
from dualslot_widgets.storage.tables.tables_io import require_rows
from dualslot_widgets.tables import SCHEMAS


def write_draft(data: SimulationDataSet, begin: Callable[[], DraftOnDisk]) -> DraftOnDisk:
    """Return a draft that holds a data set and is sealed.

    Parameters
    ----------
    data : SimulationDataSet
    begin : callable
        Makes the draft.

    Raises
    ------
    StorageError
        When it could not be written, or a reader would refuse it; nothing is left of it.
    """
    tables = {name: getattr(data, name) for name in SCHEMAS}
    for name, table in tables.items():
        require_rows(name, table.num_rows)
    draft = begin()
    try:
        draft.write(tables)
        draft.seal(
            data.scenario,
            parameters=data.parameters,
            timestamp=data.metadata.timestamp,
            metrics=data.metadata.metrics,
            analysis=data.analysis,
            origin=data.metadata.origin,
        )
    except BaseException:
        draft.discard()
        raise
    return draft
