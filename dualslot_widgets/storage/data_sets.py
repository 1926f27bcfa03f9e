"""The data set that a record describes, with its tables from a slot, a draft or memory.

In the middle of the storage floor, on `metadata`.
"""

from __future__ import annotations

from pathlib import Path

from dualslot_widgets.analysis.quintiles import QuintileAnalysis
from dualslot_widgets.dataset import SimulationDataSet
from dualslot_widgets.dataset_metadata import Metadata, PerformanceMetrics
from dualslot_widgets.scenario.parameters import ScenarioParameters
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.storage.metadata import SlotRecord
from dualslot_widgets.table_source import TableSource


def data_set_of(
    record: SlotRecord,
    source: TableSource,
    analysis: QuintileAnalysis | None = None,
    folder: Path | None = None,
) -> SimulationDataSet:
    """Return the data set that a record describes.

    Parameters
    ----------
    record : SlotRecord
    source : TableSource
        Of its tables.
    analysis : QuintileAnalysis, optional
        Instead of deriving it.
    folder : Path, optional
        Where its files are; None for a data set in memory, which has no slot then.

    Raises
    ------
    DualSlotError, TypeError
        When the record's scenario, parameters or metrics are none.
    """
    stored = folder is not None
    return SimulationDataSet(
        Scenario.from_dict(record.scenario),
        source,
        analysis=analysis,
        parameters=ScenarioParameters.from_dict(record.parameters),
        metadata=Metadata(
            timestamp=record.timestamp,
            slot=record.slot if stored else None,
            generation=record.generation if stored else None,
            generation_count=record.generation_count,
            file_path=folder,
            pinned=stored and record.pinned,
            compressed_size=sum(f.bytes for f in record.files.values()) if stored else None,
            metrics=PerformanceMetrics.from_dict(record.metrics),
        ),
    )
