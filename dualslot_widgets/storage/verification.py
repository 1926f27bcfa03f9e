"""`verify()`: every byte of a slot is read, and what is wrong with which file is told.

In the middle of the storage floor, on `generation` and `slots`.
"""

from __future__ import annotations

from dataclasses import dataclass

from dualslot_widgets.storage.generation import Generation
from dualslot_widgets.storage.metadata import METADATA_NAME
from dualslot_widgets.storage.slots import SlotState, Trouble


@dataclass(frozen=True, slots=True)
class FileCheck:
    """One file, every byte of it checked; `problem` is empty when all is well.

    `slot` is None for a file of the history. With `unread` it could not be read now, which says
    nothing about what is in it.
    """

    slot: int | None
    file: str
    bytes: int
    problem: str
    unread: bool = False


def checks_of(state: SlotState, generation: Generation | None) -> tuple[FileCheck, ...]:
    """Check a slot as it is on disk now.

    When another kernel overwrites it meanwhile, files seem to be missing; only a slot whose state
    is the same afterwards has the problems that were found.
    """
    found = []
    if state.raw is not None or state.problem is not None:
        problem = state.problem or ""
        unread = state.trouble is Trouble.UNKNOWN
        found.append(FileCheck(state.slot, METADATA_NAME, len(state.raw or b""), problem, unread))
    if generation is not None and state.record is not None:
        # Afresh from disk: the open files of a snapshot need not be what the folder holds now.
        now = Generation(generation.folder, state.record)
        for name, problem in now.check().items():
            size = state.record.files[name].bytes if name in state.record.files else 0
            why = now.unread.get(name, "")
            found.append(FileCheck(state.slot, name, size, problem or why, unread=bool(why)))
    return tuple(found)
