"""The history: one row per commit ever made, which stays when both slots have moved on.

Rows are in two Arrow IPC files with LZ4 buffers: `history.arrow` has the newest and is written anew
at every commit; when it has grown beyond 256 rows all but the newest 64 move to
`history.older.arrow`. There are two, because one file of 10,000 rows takes about 100 ms to write
anew, nearly all of it for 10,000 scenarios, and because an Arrow file to which single rows are
appended is many times as large.

A row can be made again from its slot, so one fsync per commit does. What a kill or a power cut
takes is only the last row, and a commit, before it overwrites anything, notes what a slot still
holds; its own fsync of the storage folder made durable what was renamed before.

These are no sqlite3 database: its appends take a fifth of the time, but of 1500 flipped bits it
shows 990 as other rows, it is 32 times as large, and what it does to the disk no test can cut.

The rows of both files are counted from 1, so that a missing or doubled stretch is noticed. Who
appends holds the writer's lock and checks every byte of the newer file, and of the older one when
it has been changed or rows move to it. Readers take no lock: they open the newer file first, and
rows that both files have were just being moved.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from dualslot_widgets.errors import DamagedSlotError, StorageError
from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.storage.history.history_file import (
    Segment,
    last_or_set_aside,
    open_segment,
    rows_or_set_aside,
    write_segment,
)
from dualslot_widgets.storage.history.history_rows import (
    MAX_ROWS,
    joined,
    newest,
    row_from_data_set,
)
from dualslot_widgets.storage.record.metadata import UnknownLayoutError
from dualslot_widgets.system.durable_files import sync_folder

_log = logging.getLogger(__name__)

RECENT_NAME, OLDER_NAME = "history.arrow", "history.older.arrow"

# Rows of the newer file at which some move, and how many stay; bytes of scenarios likewise.
_RECENT_ROWS, _STAYING_ROWS = 256, 64
_RECENT_TEXT, _STAYING_TEXT = 4 << 20, 1 << 20


def read(root: Path) -> tuple[pa.Table, dict[str, str]]:
    """Return all undamaged rows, newest last, and what is wrong with which file.

    Raises
    ------
    StorageError
        When a file cannot be read, which says nothing about what is in it.
    """
    problems: dict[str, str] = {}
    segments: dict[str, Segment] = {}
    tables: dict[str, pa.Table] = {}
    for name in (RECENT_NAME, OLDER_NAME):
        try:
            segment = open_segment(root / name)
            if segment is not None:
                tables[name] = segment.table()
                segments[name] = segment
        except (DamagedSlotError, UnknownLayoutError) as error:
            problems[name] = str(error)
    recent = segments.get(RECENT_NAME)
    end = segments[OLDER_NAME].last if OLDER_NAME in segments else 0
    if recent is not None:
        tables[RECENT_NAME] = _behind(tables[RECENT_NAME], recent, end)
        if recent.first > end + 1 and not problems:
            problems[OLDER_NAME] = f"lacks the rows {end + 1} to {recent.first - 1} of the history"
    for name, problem in problems.items():
        _log.warning("rows are missing: %s %s", root / name, problem)
    table = joined([tables[name] for name in (OLDER_NAME, RECENT_NAME) if name in tables])
    return table.slice(max(0, table.num_rows - MAX_ROWS)), problems


def append(root: Path, stored: Sequence[SimulationDataSet], committed: int | None) -> None:
    """Note what the slots hold and the history lacks; the writer's lock is held.

    Parameters
    ----------
    root : Path
        The storage folder.
    stored : sequence of SimulationDataSet
        What the slots hold. Those of a later generation than the last row are noted.
    committed : int or None
        The slot that was just stored; it is noted whatever its generation.

    Raises
    ------
    StorageError, OSError
        When it could not be done; what was noted before is still there.
    """
    end = last_or_set_aside(root, OLDER_NAME)
    recent, table = rows_or_set_aside(root, RECENT_NAME)
    if recent is not None:
        table = _behind(table, recent, end)
    known = table
    if table.num_rows == 0:
        older, known = rows_or_set_aside(root, OLDER_NAME)
        end = 0 if older is None else older.last
    last = known["generation"][-1].as_py() if known.num_rows else 0
    rows = []
    for data in sorted(stored, key=lambda data: data.metadata.generation or 0):
        if data.metadata.slot == committed or (data.metadata.generation or 0) > last:
            try:
                rows.append(row_from_data_set(data))
            except DamagedSlotError as error:
                _log.warning("the history does without %r: %s", data.scenario.name, error)
    if not rows:
        return
    table = joined([table, *rows])
    if table.num_rows > _RECENT_ROWS or newest(table, _RECENT_ROWS, _RECENT_TEXT) < len(table):
        staying = max(1, newest(table, _STAYING_ROWS, _STAYING_TEXT))
        moving = table.num_rows - staying
        end += moving
        _, before = rows_or_set_aside(root, OLDER_NAME)
        write_segment(root / OLDER_NAME, end, joined([before, table.slice(0, moving)]))
        sync_folder(root)  # a power cut must not keep the next replace without this one
        table = joined([table.slice(moving)])
    write_segment(root / RECENT_NAME, end + table.num_rows, table)


def stamp(root: Path) -> tuple[int, ...]:
    """Return what changes whenever somebody writes the newer file; nothing if there is none."""
    try:
        status = os.stat(root / RECENT_NAME, follow_symlinks=False)
    except OSError:
        return ()
    return (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def check(root: Path, stored: SimulationDataSet | None, why: str) -> dict[str, tuple[int, str]]:
    """Read every byte; return size and problem of each file, the problem empty when all is well.

    Parameters
    ----------
    root : Path
        The storage folder.
    stored : SimulationDataSet or None
        The newest in the slots, which must be in the history.
    why : str
        What is known of a failure to append.
    """
    try:
        table, problems = read(root)
    except StorageError as error:
        return {RECENT_NAME: (0, str(error))}
    if stored is not None and RECENT_NAME not in problems:
        row = stored.metadata.generation, stored.metadata.timestamp
        known = zip(table["generation"].to_pylist(), table["timestamp"].to_pylist(), strict=True)
        if row not in known:
            problems[RECENT_NAME] = f"lacks generation {row[0]}" + (f": {why}" if why else "")
    found = {}
    for name in (RECENT_NAME, OLDER_NAME):
        try:
            size = os.lstat(root / name).st_size
        except OSError:
            size = 0
        if size or name in problems:
            found[name] = (size, problems.get(name, ""))
    return found


def _behind(table: pa.Table, segment: Segment, end: int) -> pa.Table:
    """Return the rows of a segment whose number is above `end`."""
    return table.slice(min(table.num_rows, max(0, end + 1 - segment.first)))
