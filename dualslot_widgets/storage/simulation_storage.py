"""`SimulationStorage`: the two slots of a folder, as the rest of the house sees them.

Top room of the storage floor. Reading takes no lock between kernels; writing takes the folder's.
"""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from pathlib import Path

from dualslot_widgets.dataset import SimulationDataSet
from dualslot_widgets.errors import DamagedSlotError, DualSlotError, StorageError
from dualslot_widgets.memory import MemoryUsage, process_memory
from dualslot_widgets.scenario.parameters import ScenarioParameters
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.storage import files
from dualslot_widgets.storage.archive import read_archive, write_archive
from dualslot_widgets.storage.commit import commit
from dualslot_widgets.storage.generation import Generation, data_set_of
from dualslot_widgets.storage.lock import writer_lock
from dualslot_widgets.storage.pinning import pinned_slot, set_pin
from dualslot_widgets.storage.remedies import remedy
from dualslot_widgets.storage.slots import SLOTS, SlotState, read_states, slot_folder
from dualslot_widgets.storage.verification import FileCheck, checks_of
from dualslot_widgets.tables import SCHEMAS

#: How long a commit waits for another kernel's, in seconds; a commit takes a fraction of one.
LOCK_SECONDS = 30.0
#: Pinning is asked for by a click, which must not wait long.
PIN_SECONDS = 2.0
_MAX_TRIES = 100


@dataclass(frozen=True, slots=True)
class _Slot:
    state: SlotState
    generation: Generation | None = None
    data: SimulationDataSet | None = None


class SimulationStorage:
    """Two slots on disk that hold the two latest data sets.

    Parameters
    ----------
    path : path-like
        The folder; made at the first commit.
    lock_timeout : float
        Seconds to wait for another kernel that is writing.

    Examples
    --------
    >>> import tempfile
    >>> from dualslot_widgets import simulate, starter_scenario
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     storage = SimulationStorage(folder)
    ...     slot = storage.store_simulation(simulate(starter_scenario(), runs=105))
    ...     kept = storage.slots[slot].analysis.runs
    >>> slot, kept
    (0, 105)
    """

    def __init__(self, path: str | os.PathLike[str], *, lock_timeout: float = LOCK_SECONDS) -> None:
        self.path = Path(path).absolute()
        self._lock_timeout = lock_timeout
        # Guards _known, and lets one thread of this process commit at a time.
        self._lock = threading.RLock()
        self._known = (_Slot(SlotState(0)), _Slot(SlotState(1)))

    @property
    def slots(self) -> tuple[SimulationDataSet | None, SimulationDataSet | None]:
        """Both data sets, None for an empty slot or one whose metadata is damaged.

        A data set is a snapshot: it stays readable when its slot is overwritten. Tables are read
        and verified when asked for; a damaged one raises `DamagedSlotError` then.
        """
        first, second = self._look()
        return first.data, second.data

    @property
    def damage(self) -> tuple[str | None, str | None]:
        """What is known to be wrong with each slot; None when nothing is."""
        first, second = self._look()
        return _problem(first), _problem(second)

    @property
    def newest_slot(self) -> int | None:
        """The slot with the higher generation; None while both are empty."""
        found = [s.state.record for s in self._look() if s.data is not None]
        records = [record for record in found if record is not None]
        return max(records, key=lambda r: r.generation).slot if records else None

    @property
    def newest(self) -> SimulationDataSet | None:
        """The data set stored last."""
        slot = self.newest_slot
        return None if slot is None else self.slots[slot]

    def exact_slot(self, parameters: ScenarioParameters) -> int | None:
        """Return the undamaged slot that holds exactly these parameters, or None."""
        for number, slot in enumerate(self._look()):
            if slot.data is not None and slot.data.parameters == parameters and not _problem(slot):
                return number
        return None

    def needs_new_simulation(self, scenario: Scenario) -> bool:
        """Say whether no slot holds exactly this scenario's parameters."""
        return self.exact_slot(scenario.parameters) is None

    def most_similar(self, scenario: Scenario) -> tuple[int, float] | None:
        """Return (slot, similarity) of the data set nearest to a scenario; ties: the newer."""
        newest = self.newest_slot
        found = [
            (data.parameters.similarity(scenario.parameters), number == newest, number)
            for number, data in enumerate(self.slots)
            if data is not None
        ]
        if not found:
            return None
        similarity, _, number = max(found)
        return number, similarity

    def store_simulation(self, data: SimulationDataSet) -> int:
        """Store a data set; return the slot, 0 or 1, only after it is durable.

        It goes where equal parameters are, else into a damaged slot, else an empty one, else the
        older one.

        Raises
        ------
        StorageError
            When it could not be stored; the message says what the slots hold now, and the remedy.
        """
        with self._lock:
            try:
                files.make_folder(self.path)
            except OSError as error:
                raise StorageError(
                    f"{self.path} cannot be made: {error.strerror}; {remedy(error)}. The data set "
                    "is still in memory"
                ) from error
            with writer_lock(self.path, self._lock_timeout):
                states = read_states(self.path)
                return commit(self.path, data, states, self._is_damaged)

    @property
    def pinned_slot(self) -> int | None:
        """The slot that no result may overwrite, or None."""
        first, second = self._look()
        return pinned_slot((first.state, second.state))

    def pin(self, slot: int | None) -> None:
        """Keep a slot as the baseline: no result overwrites it until `pin(None)` lets it go.

        Results of the same parameters go to the other slot then.

        Raises
        ------
        DualSlotError
            When the slot holds nothing that can be kept, or the other one is pinned: new results
            need a place.
        StorageError
            When it could not be written down.
        """
        if not self.path.is_dir():  # and so there is no lock to take
            set_pin(self.path, slot, read_states(self.path))
            return
        with self._lock, writer_lock(self.path, min(self._lock_timeout, PIN_SECONDS)):
            set_pin(self.path, slot, read_states(self.path))

    def export(self, slot: int, path: str | os.PathLike[str], *, overwrite: bool = False) -> Path:
        """Write a slot's data set to one portable file, say ``"ambush.dualslot"``; return its path.

        Parameters
        ----------
        slot : int
            0 or 1.
        path : path-like
            The new file, durable when this returns. Equal slots give equal bytes.
        overwrite : bool
            Whether a file that is there already may go.

        Raises
        ------
        DamagedSlotError
            When one byte of the slot is wrong; nothing is written then.
        StorageError
            When the slot is empty, the file exists, or the disk refuses.
        """
        if slot not in SLOTS:
            raise StorageError(f"there is no slot {slot!r}; export 0 or 1")
        found = self._look()[slot]
        if found.state.problem is not None:
            raise DamagedSlotError(
                f"slot {slot} is not exported: {found.state.problem}. Play the scenario again, "
                "and export the new result"
            )
        if found.generation is None:
            raise StorageError(f"slot {slot} is empty; store a result, then export it")
        target = Path(path).absolute()
        write_archive(found.generation, target, overwrite=overwrite)
        return target

    def import_archive(self, path: str | os.PathLike[str]) -> int:
        """Store the data set of an exported file; return the slot, as `store_simulation` does.

        The file is not trusted: it is read and verified whole before anything is stored.
        `archive.read_archive` reads it into memory only.

        Raises
        ------
        StorageError
            When it is not an archive, or not whole, or could not be stored; the slots are as
            before then.
        """
        return self.store_simulation(read_archive(path))

    def verify(self) -> tuple[FileCheck, ...]:
        """Read every byte of both slots and return a check for each file."""
        return tuple(
            check for slot in self._look() for check in checks_of(slot.state, slot.generation)
        )

    def memory_usage(self) -> MemoryUsage:
        """Return what the loaded tables of both slots and the process take, in bytes."""
        with self._lock:
            known = self._known
        loaded = sum(
            vars(slot.data)[name].nbytes
            for slot in known
            if slot.data is not None
            for name in SCHEMAS
            if name in vars(slot.data)
        )
        total, peak = process_memory()
        return MemoryUsage(slots=loaded, total=total, peak=peak)

    def close(self) -> None:
        """Let go of what is cached; data sets that were handed out stay readable."""
        with self._lock:
            self._known = (_Slot(SlotState(0)), _Slot(SlotState(1)))

    def __repr__(self) -> str:
        words = [
            "damaged" if _problem(slot) else "empty" if slot.data is None else repr(slot.data)
            for slot in self._look()
        ]
        return f"<SimulationStorage {str(self.path)!r}: {'; '.join(words)}>"

    def _look(self) -> tuple[_Slot, _Slot]:
        """Return both slots as they are on disk now; what has not changed is not read again."""
        with self._lock:
            for _ in range(_MAX_TRIES):
                states = read_states(self.path)
                found = (self._opened(states[0]), self._opened(states[1]))
                gone = any(s.generation is not None and s.generation.missing for s in found)
                if not gone or read_states(self.path) == states:
                    break
            self._known = found
            return found

    def _opened(self, state: SlotState) -> _Slot:
        known = self._known[state.slot]
        if known.state == state:
            return known
        if state.record is None:
            return _Slot(state)
        record = state.record
        generation = Generation(slot_folder(self.path, state.slot) / record.folder, record)
        try:
            analysis = generation.analysis()
        except DamagedSlotError:
            analysis = None  # derived: the tables say the same
        try:
            data = data_set_of(record, generation, analysis, generation.folder)
        except (DualSlotError, TypeError) as error:
            return _Slot(SlotState(state.slot, state.raw, problem=f"metadata.json: {error}"))
        return _Slot(state, generation, data)

    def _is_damaged(self, state: SlotState) -> bool:
        """Say whether one byte of a slot is wrong, so that a damaged slot goes first."""
        slot = self._opened(state)
        if slot.generation is not None and slot.state.record is not None:
            found = Generation(slot.generation.folder, slot.state.record).check()
            return any(found.values())
        return slot.state.problem is not None


def _problem(slot: _Slot) -> str | None:
    if slot.state.problem is not None:
        return slot.state.problem
    if slot.generation is None:
        return None
    problems = slot.generation.problems
    return "; ".join(f"{name} {what}" for name, what in problems.items()) or None
