"""One generation on disk, read: its files stay readable when their slot is overwritten.

In the middle of the storage floor, on `files`, `metadata` and `tables_io`. All files are opened
when the slot is looked at, so a data set that was handed out is a snapshot; sizes are checked then,
hashes at every read.

A script may keep hundreds of results, and some systems grant a process 256 handles. So all
generations of a process share `MAX_OPEN_FILES` of them: where a new one needs room, the smallest
files that are open are taken into memory, as the compressed bytes they are on disk, and closed.
Reading every file at once would cost each dashboard the bytes of its tables, and closing a file
when its table is read would not help the script that reads only analyses. Measured with 200 results
of 4 v 7 at 1005 runs: 64 handles rather than 1000, and 50 MB of memory.
"""

from __future__ import annotations

import contextlib
import heapq
import json
import os
import threading
import weakref
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from dualslot_widgets.analysis.quintiles import QuintileAnalysis
from dualslot_widgets.dataset import SimulationDataSet
from dualslot_widgets.dataset_metadata import Metadata, PerformanceMetrics
from dualslot_widgets.errors import DamagedSlotError, DualSlotError, StorageError
from dualslot_widgets.scenario.parameters import ScenarioParameters
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.storage import files
from dualslot_widgets.storage.event_blocks import EventBlocks
from dualslot_widgets.storage.metadata import ANALYSIS_FILE, TABLE_FILES, SlotRecord
from dualslot_widgets.storage.slots import out_of_resources
from dualslot_widgets.storage.tables_io import read_blocks, read_table
from dualslot_widgets.table_source import TableSource

_FILE_OF = {table: file for file, table in TABLE_FILES.items()}
#: Of all generations in this process together; the two slots of a dashboard need ten.
MAX_OPEN_FILES = 64


class Generation(TableSource):
    """The files of one generation; hands out verified tables (a `dataset.TableSource`).

    Parameters
    ----------
    folder : Path
        Of the generation.
    record : SlotRecord
        What its slot's metadata says.

    Attributes
    ----------
    missing : bool
        Whether a file was not there, as when the slot was overwritten meanwhile.

    Raises
    ------
    StorageError
        When the system has no handles or memory left.
    """

    def __init__(self, folder: Path, record: SlotRecord) -> None:
        self.folder = folder
        self.record = record
        self.missing = False
        # Guards the positions of the open files, and the three below.
        self._lock = threading.Lock()
        self._handles: dict[str, int] = {}
        self._in_memory: dict[str, bytes] = {}
        self._problems: dict[str, str] = {}
        # Whoever needs it first sets it; twice at once does no harm.
        self._blocks: EventBlocks | None = None
        # Takes no lock: it may run in the middle of anything.
        weakref.finalize(self, _close, self._handles)
        with _opening:
            _make_room(len(record.files))
            _generations.add(self)
            for name in record.files:
                self._open(name)

    @property
    def problems(self) -> Mapping[str, str]:
        """What is wrong with which file, as far as it was looked at."""
        with self._lock:
            return dict(self._problems)

    def table(self, name: str) -> pa.Table:
        """Return a table, verified; raises `DamagedSlotError` when its bytes have changed."""
        file = _FILE_OF[name]
        content = self.content(file)
        try:
            expected = self.record.files[file]
            return read_table(name, content, expected.rows or 0, expected.encoding)
        except DamagedSlotError as error:
            raise self._damaged(file, str(error)) from error

    def events_of_run(self, run: int) -> pa.Table:
        """Return the events of one run, verified; raises `DamagedSlotError`.

        The file is read once, and a block of it decoded when a run in it is asked for.
        """
        file = _FILE_OF["events"]
        expected = self.record.files[file]
        if expected.encoding == "plain":
            return super().events_of_run(run)
        content = b"" if self._blocks else self.content(file)
        try:
            if self._blocks is None:
                self._blocks = read_blocks(content, expected.rows or 0)
            return self._blocks.of_run(run)
        except DamagedSlotError as error:
            raise self._damaged(file, str(error)) from error

    def analysis(self) -> QuintileAnalysis:
        """Return the stored analysis, verified; raises `DamagedSlotError`."""
        content = self.content(ANALYSIS_FILE)
        try:
            return QuintileAnalysis.from_dict(json.loads(content))
        except (ValueError, RecursionError, DualSlotError) as error:
            raise self._damaged(ANALYSIS_FILE, f"is no analysis: {error}") from error

    def content(self, name: str) -> bytes:
        """Return the bytes of a file, verified; raises `DamagedSlotError`."""
        expected = self.record.files[name]
        with self._lock:
            problem = self._problems.get(name)
            if problem is None:
                try:
                    content = self._read(name)
                except OSError as error:
                    problem = f"cannot be read: {error.strerror}"
        if problem is None and len(content) != expected.bytes:
            problem = f"has {len(content):,} bytes or more; {expected.bytes:,} were stored"
        if problem is None and files.blake2b(content) != expected.blake2b:
            problem = "does not have the bytes that were stored: its hash is wrong"
        if problem is not None:
            raise self._damaged(name, problem)
        return content

    def check(self) -> dict[str, str]:
        """Read every byte; return what is wrong with each file, empty where nothing is."""
        for name in self.record.files:
            with contextlib.suppress(DamagedSlotError):
                self.content(name)
        found = self.problems
        return {name: found.get(name, "") for name in self.record.files}

    def note(self, name: str, problem: str) -> None:
        """Remember what somebody else found to be wrong with a file."""
        with self._lock:
            self._problems[name] = problem

    def keep_in_memory(self, name: str) -> None:
        """Close a file and keep its bytes, unverified as they are on disk."""
        with self._lock:
            if name not in self._handles:
                return
            try:
                self._in_memory[name] = self._read(name)
            except OSError as error:
                self._problems[name] = f"cannot be read: {error.strerror}"
            os.close(self._handles.pop(name))

    @property
    def open_files(self) -> tuple[str, ...]:
        """The names of the files that hold a handle."""
        return tuple(self._handles)

    def _read(self, name: str) -> bytes:
        if name in self._in_memory:
            return self._in_memory[name]
        # A byte more than expected shows a file that has grown.
        return files.read_at_most(self._handles[name], self.record.files[name].bytes + 1)

    def _open(self, name: str) -> None:
        expected = self.record.files[name].bytes
        try:
            handle, size = files.open_regular(self.folder / name)
        except OSError as error:
            if out_of_resources(error):
                raise StorageError(
                    f"{self.folder / name} cannot be opened: {error.strerror}; close files, or let "
                    f"go of data sets that you keep: they hold up to {MAX_OPEN_FILES} open"
                ) from error
            self.missing = True
            self._problems[name] = f"cannot be opened: {error.strerror}"
            return
        if size == expected:
            self._handles[name] = handle
        else:
            os.close(handle)
            self._problems[name] = f"has {size:,} bytes; {expected:,} were stored"

    def _damaged(self, name: str, problem: str) -> DamagedSlotError:
        self.note(name, problem)
        return DamagedSlotError(
            f"slot {self.record.slot}: {name} {problem}. Play the scenario again; the next result "
            "is stored in the damaged slot"
        )


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


_generations: weakref.WeakSet[Generation] = weakref.WeakSet()
_opening = threading.Lock()  # held while files are opened, so that threads share the bound


def _make_room(count: int) -> None:
    """Have so many files fewer open than the bound allows; under _opening."""
    opened = [(one, name) for one in list(_generations) for name in one.open_files]
    surplus = len(opened) + count - MAX_OPEN_FILES
    for one, name in heapq.nsmallest(surplus, opened, lambda f: f[0].record.files[f[1]].bytes):
        one.keep_in_memory(name)


def _close(handles: dict[str, int]) -> None:
    while handles:
        os.close(handles.popitem()[1])
