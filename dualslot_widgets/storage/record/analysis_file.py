"""The analysis as a file of a generation: what is written is what is read."""

from __future__ import annotations

import json

from dualslot_widgets.errors import DamagedSlotError, DualSlotError, StorageError
from dualslot_widgets.results.analysis.quintiles import QuintileAnalysis
from dualslot_widgets.storage.record.metadata import MAX_ANALYSIS_BYTES, readable_json


def encode_analysis(analysis: QuintileAnalysis) -> bytes:
    """Return the bytes of an analysis' file, which are known to be read.

    Raises
    ------
    StorageError
        When a reader would refuse them.
    """
    try:
        content = readable_json(analysis.to_dict()).encode("utf-8")
        decode_analysis(content)
    except (TypeError, ValueError, DualSlotError) as error:
        raise StorageError(f"the analysis cannot be stored: {error}") from error
    if len(content) > MAX_ANALYSIS_BYTES:
        raise StorageError(
            f"the analysis has {len(content):,} bytes; at most {MAX_ANALYSIS_BYTES:,} are stored. "
            "Remove creatures"
        )
    return content


def decode_analysis(content: bytes) -> QuintileAnalysis:
    """Return the analysis in the bytes of its file; raises `DamagedSlotError`."""
    try:
        return QuintileAnalysis.from_dict(json.loads(content))
    except (ValueError, RecursionError, DualSlotError) as error:
        raise DamagedSlotError(f"is no analysis: {error}") from error
