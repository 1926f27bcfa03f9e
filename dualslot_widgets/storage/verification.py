"""`verify()`: every byte of a slot is read, and what is wrong with which file is told.

In the middle of the storage floor, on `generation` and `slots`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dualslot_widgets.storage.generation import Generation
from dualslot_widgets.storage.metadata import METADATA_NAME
from dualslot_widgets.storage.slots import SlotState


@dataclass(frozen=True, slots=True)
class FileCheck:
    """One file, every byte of it checked; `problem` is empty when all is well.

    `slot` is None for a file of the history.
    """

    slot: int | None
    file: str
    bytes: int
    problem: str


def checks_of(state: SlotState, generation: Generation | None) -> Iterator[FileCheck]:
    """Check a slot as it is on disk now; what is wrong is noted in the open generation too."""
    if state.raw is not None or state.problem is not None:
        yield FileCheck(state.slot, METADATA_NAME, len(state.raw or b""), state.problem or "")
    if generation is None or state.record is None:
        return
    # Afresh from disk: the open files of a snapshot need not be what the folder holds now.
    for name, problem in Generation(generation.folder, state.record).check().items():
        yield FileCheck(state.slot, name, state.record.files[name].bytes, problem)
        if problem:
            generation.note(name, problem)
