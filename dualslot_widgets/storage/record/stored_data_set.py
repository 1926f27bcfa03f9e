"""The data set that a record describes, with its tables from a slot, a draft or memory."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from dualslot_widgets.results.analysis.quintiles import QuintileAnalysis
from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.results.metadata import Metadata, PerformanceMetrics
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
        Where its tables come from.
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
    scenario, parameters = _read(json.dumps(record.scenario), json.dumps(record.parameters))
    return SimulationDataSet(
        scenario,
        source,
        analysis=analysis,
        parameters=parameters,
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


@lru_cache(maxsize=4)  # a commit and the looks around it read the same scenario again and again
def _read(scenario: str, parameters: str) -> tuple[Scenario, ScenarioParameters]:
    """Return a record's scenario and its own parameters, by the rules that the record names.

    What else the record says of them is used for nothing; `agreement` checks it.
    """
    found, stored = Scenario.from_dict(json.loads(scenario)), json.loads(parameters)
    own = found.parameters
    if stored == own.to_dict():
        return found, own
    return found, own.in_rules(ScenarioParameters.from_dict(stored).rules_version)
