"""A draft on the disk: a generation that is written while its job is played, and no slot names yet.

It is a folder of its own beside the slots, and its rows reach the disk as they come, so that a
job's memory does not grow with its runs. To store it is to rename the folder into a slot (see
`slots.commit`).
"""

from __future__ import annotations

import errno
import os
import sys
import threading
import time
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa

from dualslot_widgets.errors import DualSlotError, StorageError
from dualslot_widgets.results.analysis.quintiles import QuintileAnalysis
from dualslot_widgets.results.analysis.ranking import Scores
from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.results.metadata import PerformanceMetrics
from dualslot_widgets.results.origin import Origin
from dualslot_widgets.scenario.identity.parameters import ScenarioParameters
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.storage.disk import files
from dualslot_widgets.storage.disk.forks import renew_in_children
from dualslot_widgets.storage.disk.remedies import remedy
from dualslot_widgets.storage.drafts.draft_analysis import analyse_files
from dualslot_widgets.storage.drafts.draft_folders import DRAFTS_NAME, discard, hold
from dualslot_widgets.storage.generations.generation import Generation
from dualslot_widgets.storage.record.analysis_file import encode_analysis
from dualslot_widgets.storage.record.metadata import (
    ANALYSIS_FILE,
    TABLE_FILES,
    UNCOMMITTED_NAME,
    FileRecord,
    SlotRecord,
    decode,
    publishable,
)
from dualslot_widgets.storage.record.stored_data_set import stored_data_set
from dualslot_widgets.storage.tables.table_writer import TableWriter
from dualslot_widgets.storage.tables.tables_io import ENCODINGS, require_rows, require_storable
from dualslot_widgets.system.durable_files import sync_folder
from dualslot_widgets.system.uninterrupted import stop_if_interrupted, uninterrupted


class DraftOnDisk:
    """A generation in the making, and then the source of its data set's tables.

    One thread writes it; tables may then be asked for by any. It is deleted when nobody holds it
    any more and it was not stored.

    Parameters
    ----------
    root : Path
        The storage folder; made if need be.
    codec : str
        See `table_writer.CODECS`.

    Attributes
    ----------
    root : Path
    folder : Path
        Where its files are.
    token : str
        Part of the generation's name; no other draft has it.
    seconds : float
        How long writing took.

    Raises
    ------
    StorageError
        From every method that writes: the disk refuses. Discard the draft then.
    """

    def __init__(self, root: Path, codec: str) -> None:
        self.root = root
        self._process = os.getpid()
        self._record: SlotRecord | None = None
        self._lock = threading.Lock()  # guards _generation
        renew_in_children(self)
        self._generation: Generation | None = None
        self._scores = Scores()
        self.seconds = 0.0
        try:
            files.make_folder(root)
        except OSError as error:
            raise StorageError(
                f"{root} cannot be made: {error.strerror}; {remedy(error)}. The result is still in "
                "memory"
            ) from error
        with self._writing():
            files.add_folder(root / DRAFTS_NAME)
            self.token, self._held = hold(root / DRAFTS_NAME)
            self.folder = root / DRAFTS_NAME / self.token
            self._files: dict[str, files.HashingFile] = {}
            self._discard = weakref.finalize(self, discard, self.folder, self._held, self._files)
            try:
                files.add_folder(self.folder)
                for name, table in TABLE_FILES.items():
                    self._files[table] = files.HashingFile(self.folder / name)
            except BaseException:
                self.discard()
                raise
        self._writers = {t: TableWriter(t, file, codec) for t, file in self._files.items()}

    def write(self, tables: Mapping[str, pa.Table]) -> None:
        """Write the tables of some whole runs, which come after those written before."""
        self._require_own()
        uninterrupted(lambda: self._write(tables))

    def _write(self, tables: Mapping[str, pa.Table]) -> None:
        with self._writing():
            for name, writer in self._writers.items():
                stop_if_interrupted()
                writer.write(tables[name])
                self._require_storable(name)
        self._scores.add(tables["runs"])

    def seal(
        self,
        scenario: Scenario,
        *,
        parameters: ScenarioParameters | None = None,
        timestamp: datetime | None = None,
        metrics: PerformanceMetrics | None = None,
        analysis: QuintileAnalysis | None = None,
        origin: Origin | None = None,
    ) -> SimulationDataSet:
        """Make all that was written durable; return its data set, which is in no slot yet.

        What a reader would refuse raises `StorageError` here.
        """
        self._require_own()
        return uninterrupted(
            lambda: self._seal(scenario, parameters, timestamp, metrics, analysis, origin)
        )

    def _seal(
        self,
        scenario: Scenario,
        parameters: ScenarioParameters | None,
        timestamp: datetime | None,
        metrics: PerformanceMetrics | None,
        analysis: QuintileAnalysis | None,
        origin: Origin | None,
    ) -> SimulationDataSet:
        with self._writing():
            written = {name: self._close(table) for name, table in TABLE_FILES.items()}
            analysis = analysis or analyse_files(self.folder, self._scores, self._writers)
            size, digest = files.write_bytes(self.folder / ANALYSIS_FILE, encode_analysis(analysis))
            written[ANALYSIS_FILE] = FileRecord(size, digest)
        unpacked = sum(writer.unpacked_bytes for writer in self._writers.values())
        packed = sum(written[name].bytes for name in TABLE_FILES)
        measured = replace(
            metrics or PerformanceMetrics(),
            disk_seconds=self.seconds,
            compression_ratio=unpacked / packed,
        )
        record = SlotRecord(
            slot=0,
            generation=1,
            generation_count=1,
            folder=f"g00000001-{self.token}",
            other_generation=None,
            timestamp=timestamp or datetime.now(UTC),
            parameters=(parameters or scenario.parameters).to_dict(),
            scenario=scenario.to_dict(),
            metrics=measured.to_dict(),
            files=written,
            origin=origin,
        )
        with self._writing():
            content = publishable(record)
            files.write_bytes(self.folder / UNCOMMITTED_NAME, content)
            sync_folder(self.folder)
        self._record = decode(content, 0)
        # Windows neither renames nor deletes a folder of open files.
        if sys.platform != "win32" and self.open().missing:
            gone = FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
            raise not_stored(self.root, gone)
        try:
            return stored_data_set(self.record, self, analysis)
        except (DualSlotError, TypeError) as error:
            raise StorageError(f"this data set cannot be stored: {error}") from error

    @property
    def record(self) -> SlotRecord:
        """What a slot's metadata is going to say, its place aside; only after `seal`."""
        if self._record is None:
            raise StorageError("this draft is not sealed yet; nothing can be read from it")
        return self._record

    @property
    def waiting(self) -> bool:
        """Whether it is sealed and can be renamed into a slot."""
        own = self._process == os.getpid()
        return (
            own and self._record is not None and self._discard.alive and os.path.isdir(self.folder)
        )

    def move(self, folder: Path) -> None:
        """Rename the folder; from then on its files are there."""
        files.move(self.folder, folder)
        self.folder = folder

    def keep(self) -> None:
        """Leave its files to the slot that names them now."""
        self._discard.detach()
        self._held.release(delete=True)

    def discard(self) -> None:
        """Delete it; tables that are open already stay readable.

        A forked child lets go of its copy, and its parent keeps the draft.
        """
        uninterrupted(self._discard)

    def open(self) -> Generation:
        """Open its files, so that they stay readable whatever becomes of the folder."""
        with self._lock:
            if self._generation is None:
                self._generation = Generation(self.folder, self.record)
            return self._generation

    def table(self, name: str) -> pa.Table:
        """Return a table, verified (a `table_source.TableSource`)."""
        return self.open().table(name)

    def events_of_run(self, run: int) -> pa.Table:
        """Return the events of one run, verified."""
        return self.open().events_of_run(run)

    def renew_locks(self) -> None:
        """Replace its lock in a forked child; see `forks`."""
        self._lock = threading.Lock()

    def _require_own(self) -> None:
        if self._process != os.getpid():
            raise StorageError(
                "this draft belongs to the process that this one was forked from; begin one here"
            )

    def _require_storable(self, table: str) -> None:
        require_storable(table, self._files[table].size, self._writers[table].word_bytes)

    def _close(self, table: str) -> FileRecord:
        stop_if_interrupted()
        writer, file = self._writers[table], self._files[table]
        writer.close()
        self._require_storable(table)
        require_rows(table, writer.rows)
        file.close()
        return FileRecord(file.size, file.digest, writer.rows, ENCODINGS[table][0])

    @contextmanager
    def _writing(self) -> Iterator[None]:
        began = time.perf_counter()
        try:
            yield
        except OSError as error:
            raise not_stored(self.root, error) from error
        finally:
            self.seconds += time.perf_counter() - began


def not_stored(root: Path, error: OSError) -> StorageError:
    """Say what the slots hold after the disk refused a result, and the remedy."""
    if not os.path.lexists(root):
        return StorageError(
            f"the result was not stored: {root} was deleted or moved away meanwhile. Store again, "
            "and the folder is made anew"
        )
    where = f" ({error.filename})" if error.filename else ""
    return StorageError(
        f"the result was not stored in {root}: {error.strerror or error}{where}. Both slots are as "
        f"before; {remedy(error)}, and store again"
    )
