"""`verify()`: every byte of a slot is read, and what is wrong with which file is put into words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pyarrow import ArrowException

from dualslot_widgets.errors import DamagedSlotError, DualSlotError, StorageError
from dualslot_widgets.results.agreement.check import check
from dualslot_widgets.results.agreement.disagreement import DisagreementError
from dualslot_widgets.results.origin import checked_in_words
from dualslot_widgets.storage.generations.generation import Generation
from dualslot_widgets.storage.record.metadata import ANALYSIS_FILE, METADATA_NAME, SlotRecord
from dualslot_widgets.storage.record.stored_data_set import stored_data_set
from dualslot_widgets.storage.slots.slots_on_disk import SlotState, Trouble

# What Arrow and code that meets values of the wrong kind raise: a forged slot has right hashes.
_TRAPS = (ArrowException, ArithmeticError, LookupError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class FileCheck:
    """One file, every byte of it checked; `problem` is empty when all is well.

    `slot` is None for a file of the history. With `unread` it could not be read now, which says
    nothing about what is in it. `note`, beside a slot's metadata, says what came of playing its
    runs again, where that was asked for.
    """

    slot: int | None
    file: str
    bytes: int
    problem: str
    unread: bool = False
    note: str = ""


def check_slot(state: SlotState, generation: Generation | None) -> tuple[FileCheck, ...]:
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


@dataclass(frozen=True, slots=True)
class Replayed:
    """What came of holding a slot against the game, in words, and the file it stands beside."""

    file: str
    problem: str = ""
    note: str = ""

    def beside(self, checks: Sequence[FileCheck]) -> tuple[FileCheck, ...]:
        """Return the checks of the slot's files, one of them with what was found."""
        return tuple(
            replace(c, problem=c.problem or self.problem, note=self.note)
            if c.file == self.file
            else c
            for c in checks
        )


def replayed(generation: Generation, record: SlotRecord) -> Replayed:
    """Hold a slot whose bytes are right against the game; raises nothing."""
    try:
        afresh = Generation(generation.folder, record)
        data = stored_data_set(record, afresh)
        found = check(data, record.parameters)
        stored = afresh.analysis().to_dict()
    except DisagreementError as error:
        file = f"{error.table}.arrow" if error.table else METADATA_NAME
        return Replayed(file, f"is not what the game gives: {error.problem}")
    except DamagedSlotError as error:
        problems = afresh.problems
        file = next(iter(problems), METADATA_NAME)
        return Replayed(file, problems.get(file, f"cannot be checked: {error!s:.300}"))
    except (StorageError, MemoryError) as error:  # which says nothing of what is in the slot
        return Replayed(METADATA_NAME, note=f"not verified: {error!s:.300}")
    except DualSlotError as error:
        return Replayed(METADATA_NAME, f"cannot be checked: {error!s:.300}")
    except _TRAPS as error:
        return Replayed(METADATA_NAME, f"cannot be checked: {error!r:.300}")
    if not _same(stored, found.analysis.to_dict()):
        return Replayed(ANALYSIS_FILE, "is not what its tables say")
    return Replayed(METADATA_NAME, note=checked_in_words(found.played_again, found.doubt))


def _same(one: Any, other: Any) -> bool:
    """Say whether two analyses are the same but for the last digits, which differ by machine."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)
    return type(one) is type(other) and bool(one == other)
