"""The data set that a record describes, with its tables from a slot, a draft or memory.

In the middle of the storage floor, on `metadata`.
"""

from __future__ import annotations

from pathlib import Path

from dualslot_widgets.results.analysis.quintiles import QuintileAnalysis
from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.results.dataset_metadata import Metadata, PerformanceMetrics
from dualslot_widgets.results.table_source import TableSource
from dualslot_widgets.scenario.identity.parameters import ScenarioParameters
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.storage.record.metadata import SlotRecord


def stored_data_set(
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
    scenario = Scenario.from_dict(record.scenario)
    return SimulationDataSet(
        scenario,
        source,
        analysis=analysis,
        parameters=_parameters(record, scenario),
        metadata=Metadata(
            timestamp=record.timestamp,
            slot=record.slot if stored else None,
            generation=record.generation if stored else None,
            generation_count=record.generation_count,
            file_path=folder,
            pinned=stored and record.pinned,
            origin=record.origin,
            compressed_size=sum(f.bytes for f in record.files.values()) if stored else None,
            metrics=PerformanceMetrics.from_dict(record.metrics),
        ),
    )


def _parameters(record: SlotRecord, scenario: Scenario) -> ScenarioParameters:
    """Return the scenario's own parameters, by the rules that the record names.

    What else the record says of them is used for nothing; `agreement` checks it.
    """
    own = scenario.parameters
    if record.parameters == own.to_dict():
        return own
    return own.in_rules(ScenarioParameters.from_dict(record.parameters).rules_version)
