"""`SimulationStorage`: the two slots of a folder, as the rest of the house sees them.

Reading takes no lock between kernels; writing takes the folder's.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pandas as pd
import pyarrow as pa

from dualslot_widgets.errors import DamagedSlotError, StorageError
from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.scenario.identity.parameters import ScenarioParameters
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.storage.archive.archive import read_archive, require_outside, write_archive
from dualslot_widgets.storage.disk import files
from dualslot_widgets.storage.disk.forks import renew_in_children
from dualslot_widgets.storage.disk.lock import writer_lock
from dualslot_widgets.storage.drafts.draft_on_disk import DraftOnDisk
from dualslot_widgets.storage.drafts.written_draft import write_draft
from dualslot_widgets.storage.history import history
from dualslot_widgets.storage.history.history_notes import HistoryNotes
from dualslot_widgets.storage.history.history_rows import to_frame
from dualslot_widgets.storage.slots.commit import commit
from dualslot_widgets.storage.slots.pinning import pinned_slot, set_pin
from dualslot_widgets.storage.slots.set_aside import recovered
from dualslot_widgets.storage.slots.slot_cache import Both, SlotCache
from dualslot_widgets.storage.slots.slots_on_disk import SLOTS, Trouble, read_states
from dualslot_widgets.storage.slots.verification import FileCheck
from dualslot_widgets.storage.tables.table_writer import CODECS
from dualslot_widgets.system.memory import MemoryUsage, process_memory
from dualslot_widgets.system.uninterrupted import holding, uninterrupted

#: How long a commit waits for another kernel's, in seconds; a commit takes a fraction of one.
LOCK_SECONDS = 30.0
#: Pinning is asked for by a click, which must not wait long.
PIN_SECONDS = 2.0


class SimulationStorage:
    """Two slots on disk that hold the two latest data sets.

    Parameters
    ----------
    path : path-like
        The folder; made at the first commit.
    lock_timeout : float
        Seconds to wait for another kernel that is writing.
    codec : {"lz4", "zstd"}
        How new files are compressed; zstd's are smaller. Either is read whatever it is.

    Raises
    ------
    StorageError
        When there is no such codec, or no system could have such a path.

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

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        lock_timeout: float = LOCK_SECONDS,
        codec: str = CODECS[0],
    ) -> None:
        if codec not in CODECS:
            raise StorageError(f"there is no codec {codec!r:.40}; use {' or '.join(CODECS)}")
        self.path = files.possible_path(path)
        self._codec = codec
        self._lock_timeout = lock_timeout
        # Lets one thread of this process commit at a time; guards _cache and _notes.
        self._lock = threading.RLock()
        self._cache = SlotCache(self.path, self._lock)
        self._notes = HistoryNotes(self.path)
        renew_in_children(self)

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
        """What is known to be wrong with each slot; None when nothing is.

        A slot that cannot be read now is said to be so, as long as it cannot.
        """
        first, second = self._look()
        return first.problem, second.problem

    @property
    def barred(self) -> tuple[bool, bool]:
        """Whether the problem of each slot is no damage, so that no result takes its place.

        It cannot be read now, or something that is not ours stands there.
        """
        first, second = self._look()
        return first.barred, second.barred

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

    @property
    def history(self) -> pd.DataFrame:
        """One row per commit ever made, at most 10,000, newest last.

        Its columns are always the same: what the commit was (generation, slot, generation_count,
        times_stored, timestamp), the scenario (scenario_name, fingerprint, scenario as JSON), what
        came of it (runs, wins, losses, unresolved, win_rate with its interval, grade, tier, label)
        and what it cost (simulation_seconds, disk_seconds, compressed_size). Damaged rows are left
        out; `verify` names them.

        Raises
        ------
        StorageError
            When it cannot be read.
        """
        return uninterrupted(lambda: to_frame(history.read(self.path)[0]))

    def exact_slot(self, parameters: ScenarioParameters) -> int | None:
        """Return the undamaged slot that holds the result of exactly these parameters, or None.

        What was imported and could not be verified is nobody's result.
        """
        for number, slot in enumerate(self._look()):
            if slot.data is not None and slot.data.answers(parameters) and not slot.problem:
                return number
        return None

    def needs_new_simulation(self, scenario: Scenario) -> bool:
        """Say whether no slot holds the result of exactly this scenario's parameters."""
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

    def paired(self) -> pa.Table:
        """Return slot 0's runs beside the same runs of slot 1; see `SimulationDataSet.paired_with`.

        Raises
        ------
        DualSlotError
            When the two slots do not share their dice: another seed, or another number of runs.
        StorageError
            When a slot is empty or damaged.
        """
        first, second = self.slots
        if first is None or second is None:
            raise StorageError("both slots must hold a result to be paired; store two results")
        return first.paired_with(second)

    def store_simulation(self, data: SimulationDataSet) -> int:
        """Store a data set; return the slot, 0 or 1, only after it is durable.

        It goes where equal parameters are, else into a damaged slot, else an empty one, else the
        older one.

        Raises
        ------
        StorageError
            When it could not be stored; the message says what the slots hold now, and the remedy.
            Also when it came from a file and is not verified, and a slot holds the result of the
            very same parameters, whose place it would take.
        """
        return uninterrupted(lambda: self._store(data))

    def _store(self, data: SimulationDataSet) -> int:
        own = None if data.verified else self.exact_slot(data.parameters)
        if own is not None:
            raise StorageError(
                f"this result is not stored: slot {own} holds the one of this very scenario, and "
                f"this one is {data.metadata.origin.words if data.metadata.origin else ''}. Look "
                "at it in memory, or store it in another folder"
            )
        source = data.source
        if isinstance(source, DraftOnDisk) and source.root == self.path and source.waiting:
            draft = source
        else:
            draft = write_draft(data, self.begin)
        try:
            with holding(self._lock), writer_lock(self.path, self._lock_timeout):
                states = read_states(self.path)
                generations = {state.record.generation for state in states if state.record}
                if self._notes.lacks(generations):  # it may be about to be overwritten
                    self._note(None)
                slot = commit(self.path, draft, states, self._cache.is_damaged)
                self._note(slot)
                return slot
        finally:
            if draft is not source:
                draft.discard()

    def begin(self) -> DraftOnDisk:
        """Return a draft that takes a job's tables as they come; raises `StorageError`."""
        return uninterrupted(lambda: DraftOnDisk(self.path, self._codec))

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
        uninterrupted(lambda: self._pin(slot))

    def _pin(self, slot: int | None) -> None:
        if not os.path.isdir(self.path):  # and so there is no lock to take
            set_pin(self.path, slot, read_states(self.path))
            return
        with holding(self._lock), writer_lock(self.path, min(self._lock_timeout, PIN_SECONDS)):
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
            When the slot is empty or cannot be read now, the file exists, is one of this storage,
            or the disk refuses.
        """
        if isinstance(slot, bool) or slot not in SLOTS:
            raise StorageError(f"there is no slot {slot!r}; export 0 or 1")
        target = files.possible_path(path)
        uninterrupted(lambda: self._export(slot, target, overwrite=overwrite))
        return target

    def _export(self, slot: int, target: Path, *, overwrite: bool) -> None:
        found = self._cache.look()[slot]
        if found.state.trouble is Trouble.UNKNOWN:
            raise StorageError(f"slot {slot} is not exported: {found.state.problem}, and try again")
        if found.state.problem is not None:
            raise DamagedSlotError(
                f"slot {slot} is not exported: {found.state.problem}. Play the scenario again, "
                "and export the new result"
            )
        if found.generation is None:
            raise StorageError(f"slot {slot} is empty; store a result, then export it")
        require_outside(self.path, target)
        write_archive(found.generation, target, overwrite=overwrite)

    def import_archive(self, path: str | os.PathLike[str]) -> int:
        """Store the data set of an exported file; return the slot, as `store_simulation` does.

        The file is not trusted: it is read and verified whole before anything is stored, and its
        runs are played again; see `archive.read_archive`, which reads it into memory only. What
        cannot be played again is stored all the same, and `metadata.origin` says why it is not
        verified; such a result answers no request, and takes the place of none that does.

        Raises
        ------
        StorageError
            When it is not an archive, or not whole, or not what the game gives, or could not be
            stored; the slots are as before then.
        """
        return uninterrupted(lambda: self._store(read_archive(path)))

    def recover(self) -> tuple[SimulationDataSet, ...]:
        """Return the results that are whole in the folder and that no slot shows, newest first.

        There are some when a slot's metadata was damaged or deleted: beside it, or in `set_aside`,
        where a commit that needed the slot moved them, and where the four newest stay. They are
        read into memory; `store_simulation` puts one into a slot again. What is there and not whole
        is logged, with the reason.
        """
        return uninterrupted(lambda: recovered(self.path, read_states(self.path)))

    def verify(self, *, replay: bool = False) -> tuple[FileCheck, ...]:
        """Read every byte of both slots and of the history; return a check for each file.

        Parameters
        ----------
        replay : bool
            Whether to check each slot against the game, too, as an import does: its tables must fit
            its scenario, and its runs are played again and must agree to the event. A table that
            does not is a problem that names the run, and the slot counts as damaged from then on;
            the `note` beside the slot's metadata says how many runs agreed, or why none could be
            played again. This reads both slots' tables into memory and takes about a second of
            this thread for each, at most about 6, and no lock; the first time in a process also
            as long as the engine takes to load or to be compiled.
        """
        return uninterrupted(lambda: self._verify(replay=replay))

    def _verify(self, *, replay: bool) -> tuple[FileCheck, ...]:
        slots = self._cache.verify(replay=replay)
        history_files = self._notes.check(self.newest, self._lock_timeout)
        return (*slots, *(FileCheck(None, name, *found) for name, found in history_files.items()))

    def memory_usage(self) -> MemoryUsage:
        """Return what the loaded tables of both slots and the process take, in bytes."""
        total, peak = process_memory()
        return MemoryUsage(slots=self._cache.loaded_bytes(), total=total, peak=peak)

    def close(self) -> None:
        """Let go of what is cached; data sets that were handed out stay readable."""
        self._cache.close()

    def __repr__(self) -> str:
        words = [
            "unknown"
            if slot.state.trouble is Trouble.UNKNOWN
            else "damaged"
            if slot.problem
            else "empty"
            if slot.data is None
            else repr(slot.data)
            for slot in self._look()
        ]
        return f"<SimulationStorage {str(self.path)!r}: {'; '.join(words)}>"

    def renew_locks(self) -> None:
        """Replace its lock in a forked child; see `forks`."""
        self._lock = threading.RLock()
        self._cache.renew_lock(self._lock)

    def _look(self) -> Both:
        return uninterrupted(self._cache.look)

    def _note(self, committed: int | None) -> None:
        """Note in the history what the slots hold; whatever goes wrong, a commit stands."""
        try:
            stored = [slot.data for slot in self._cache.look() if slot.data is not None]
        except StorageError as error:
            self._notes.fail(str(error))
            return
        self._notes.note(stored, committed)
