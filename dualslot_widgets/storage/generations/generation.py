"""One generation on disk, read: its files stay readable when their slot is overwritten.

All files are opened when the slot is looked at, so a data set that was handed out is a snapshot;
sizes are checked then, hashes at every read. How many stay open is bounded, see `open_files`.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import threading
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pyarrow as pa

from dualslot_widgets.errors import DamagedSlotError, StorageError
from dualslot_widgets.results.analysis.quintiles import QuintileAnalysis
from dualslot_widgets.results.table_source import TableSource
from dualslot_widgets.storage.disk import files
from dualslot_widgets.storage.disk.forks import renew_in_children
from dualslot_widgets.storage.disk.remedies import out_of_resources, read_remedy
from dualslot_widgets.storage.generations import open_files
from dualslot_widgets.storage.record.analysis_file import decode_analysis
from dualslot_widgets.storage.record.metadata import (
    ANALYSIS_FILE,
    RECORD_NAME,
    SlotRecord,
)
from dualslot_widgets.storage.record.record_copy import is_copy, read_copy
from dualslot_widgets.storage.tables.tables_io import read_events_of_run, read_table
from dualslot_widgets.system.durable_files import (
    NotRegularError,
    open_regular,
    patiently,
    read_at_most,
)
from dualslot_widgets.system.uninterrupted import stop_if_interrupted

_log = logging.getLogger(__name__)


class Generation(TableSource):
    """The files of one generation; hands out verified tables (a `table_source.TableSource`).

    Parameters
    ----------
    folder : Path
        Where the generation is.
    record : SlotRecord
        What its slot's metadata says of it.

    Attributes
    ----------
    missing : bool
        Whether a file was not there, as when the slot was overwritten meanwhile.

    A file that cannot be read now is not damaged: it is in `unread`, and read again when it is
    asked for.

    Raises
    ------
    StorageError
        When the system has no handles or memory left.
    """

    def __init__(self, folder: Path, record: SlotRecord) -> None:
        self.folder = folder
        self.record = record
        self.missing = False
        # Guards the four below.
        self._lock = threading.Lock()
        # They close themselves.
        self._handles: dict[str, files.Handle] = {}
        self._in_memory: dict[str, bytes] = {}
        self._problems: dict[str, str] = {}
        self._unread: dict[str, str] = {}
        renew_in_children(self)
        with open_files.opening(self, len(record.files)):
            for name in record.files:
                self._open(name)

    @property
    def problems(self) -> Mapping[str, str]:
        """What is wrong with which file, as far as it was looked at."""
        with self._lock:
            return dict(self._problems)

    @property
    def unread(self) -> Mapping[str, str]:
        """Why which file cannot be read now, which says nothing about what is in it."""
        with self._lock:
            return dict(self._unread)

    def read_again(self) -> None:
        """Open what could not be opened before."""
        with open_files.opening(self):
            for name in self.unread:
                # The copy of the record is never kept open: `check` alone reads it.
                if name in (RECORD_NAME, *self._handles, *self._in_memory):
                    self._unread.pop(name, None)
                else:
                    self._open(name)

    def renew_locks(self) -> None:
        """Replace its lock in a forked child; see `forks`."""
        self._lock = threading.Lock()

    def table(self, name: str) -> pa.Table:
        """Return a table, verified; raises `DamagedSlotError` when its bytes have changed."""
        return self._read_from(f"{name}.arrow", partial(read_table, name))

    def events_of_run(self, run: int) -> pa.Table:
        """Return the events of one run, verified; raises `DamagedSlotError`."""
        return self._read_from("events.arrow", partial(read_events_of_run, run=run))

    def _read_from(self, name: str, read: Callable[[bytes, int, str], pa.Table]) -> pa.Table:
        content, expected = self.content(name), self.record.files[name]
        try:
            return read(content, expected.rows or 0, expected.encoding)
        except DamagedSlotError as error:
            raise self._damaged(name, str(error)) from error

    def analysis(self) -> QuintileAnalysis:
        """Return the stored analysis, verified; raises `DamagedSlotError`."""
        content = self.content(ANALYSIS_FILE)
        try:
            return decode_analysis(content)
        except DamagedSlotError as error:
            raise self._damaged(ANALYSIS_FILE, str(error)) from error

    def content(self, name: str) -> bytes:
        """Return the bytes of a file, verified; raises `DamagedSlotError`.

        When they cannot be read now, it raises `StorageError` with the remedy.
        """
        expected = self.record.files[name]
        if name in self._unread:
            self.read_again()
        problem = self._problems.get(name)
        if problem is None:
            with self._lock:
                content = self._read_now(name)
        if problem is None and len(content) != expected.bytes:
            problem = f"has {len(content):,} bytes or more; {expected.bytes:,} were stored"
        if problem is None and files.blake2b(content) != expected.blake2b:
            problem = "does not have the bytes that were stored: its hash is wrong"
        if problem is not None:
            raise self._damaged(name, problem)
        return content

    def check(self) -> dict[str, str]:
        """Read every byte; return what is wrong with each file, empty where nothing is.

        What cannot be read now is in `unread` afterwards. The generation's own copy of its record
        is one of the files, where it has one.
        """
        for name in self.record.files:
            stop_if_interrupted()
            with contextlib.suppress(StorageError):
                self.content(name)
        self._check_copy()
        found = self.problems
        unsure = RECORD_NAME in found or RECORD_NAME in self.unread
        names = [*self.record.files, *([RECORD_NAME] if unsure else [])]
        return {name: found.get(name, "") for name in names}

    def _check_copy(self) -> None:
        try:
            copy = read_copy(self.folder, RECORD_NAME)
        except FileNotFoundError:
            return  # of an older version, or a snapshot whose folder is gone
        except DamagedSlotError as error:
            self.note(RECORD_NAME, str(error))
        except OSError as error:
            self._unread[RECORD_NAME] = _not_now(error)
        except StorageError as error:
            _log.debug("%s %s", self.folder / RECORD_NAME, error)
        else:
            if not is_copy(copy, self.record):
                self.note(RECORD_NAME, "is the record of another generation")

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
                # Its bytes are nowhere else.
                _log.debug("%s stays open: %s", self.folder / name, error)
                return
            self._handles.pop(name).close()

    @property
    def open_files(self) -> dict[str, int]:
        """The sizes of the files that hold a handle, by name."""
        return {name: self.record.files[name].bytes for name in tuple(self._handles)}

    def _read(self, name: str) -> bytes:
        if name in self._in_memory:
            return self._in_memory[name]
        handle, limit = self._handles[name].fileno(), self.record.files[name].bytes + 1
        # A byte more than expected shows a file that has grown.
        return patiently(lambda: read_at_most(handle, limit))

    def _read_now(self, name: str) -> bytes:
        """Return the bytes of a file as they are; under the lock."""
        if name not in self._unread:
            try:
                return self._read(name)
            except OSError as error:
                self._unread[name] = _not_now(error)
        raise StorageError(
            f"slot {self.record.slot}: {name} {self._unread[name]}, and read it again"
        )

    def _open(self, name: str) -> None:
        expected = self.record.files[name].bytes
        self._unread.pop(name, None)
        try:
            if not files.is_folder(self.folder):
                raise FileNotFoundError(errno.ENOENT, "its folder is not there", str(self.folder))
            handle, size = patiently(lambda: open_regular(self.folder / name))
        except (FileNotFoundError, NotADirectoryError, NotRegularError) as error:
            self.missing = True
            self._problems[name] = f"cannot be opened: {error.strerror}"
            return
        except OSError as error:
            if out_of_resources(error):
                raise StorageError(
                    f"{self.folder / name} cannot be opened: {error.strerror}; close files, or let "
                    "go of data sets that you keep: they hold up to "
                    f"{open_files.MAX_OPEN_FILES} open"
                ) from error
            self._unread[name] = _not_now(error)
            return
        if size == expected:
            self._handles[name] = files.Handle(handle)
        else:
            os.close(handle)
            self._problems[name] = f"has {size:,} bytes; {expected:,} were stored"

    def _damaged(self, name: str, problem: str) -> DamagedSlotError:
        self.note(name, problem)
        return DamagedSlotError(
            f"slot {self.record.slot}: {name} {problem}. Play the scenario again; the next result "
            "is stored in the damaged slot"
        )


def _not_now(error: OSError) -> str:
    return f"cannot be read now: {error.strerror or error}; {read_remedy(error)}"
