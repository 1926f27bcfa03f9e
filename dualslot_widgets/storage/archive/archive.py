"""One data set as one portable file: a tar of a slot's files inside one LZ4 frame.

Equal slots give equal bytes. Who reads an archive trusts nothing in it: its members come in one
order, each of a size that is known and bounded before it is unpacked, into memory and never to disk
by name.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tarfile import BLOCKSIZE, REGTYPE, USTAR_FORMAT, TarError, TarInfo

from lz4.frame import LZ4FrameCompressor
from pyarrow import ArrowException

from dualslot_widgets.errors import DamagedSlotError, DualSlotError, StorageError
from dualslot_widgets.results.agreement.check import check
from dualslot_widgets.results.agreement.disagreement import DisagreementError
from dualslot_widgets.results.agreement.row_counts import check_rows
from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.results.origin import Origin
from dualslot_widgets.results.table_source import TablesInMemory, TableSource
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.storage.archive.frame import PIECE_BYTES, FrameReader, open_frame
from dualslot_widgets.storage.disk import files
from dualslot_widgets.storage.generations.generation import Generation
from dualslot_widgets.storage.record.metadata import (
    MAX_METADATA_BYTES,
    METADATA_NAME,
    TABLE_FILES,
    SlotRecord,
    UnknownLayoutError,
    decode,
    encode,
)
from dualslot_widgets.storage.record.stored_data_set import stored_data_set
from dualslot_widgets.storage.tables.tables_io import MAX_TABLE_BYTES, read_table, unpacked_bytes
from dualslot_widgets.system import durable_files

#: The most bytes of all members together, as files and as tables in memory.
MAX_ARCHIVE_BYTES = MAX_TABLE_BYTES
# Names right in a storage folder that are its own.
_OWN = re.compile(r"slot_[01]$|set_aside$|history\.|on_screen|\.")
_TAR_END = bytes(2 * BLOCKSIZE)
# What tarfile, lz4 (RuntimeError), Arrow and code that meets values of the wrong kind raise.
_TRAPS = (
    TarError,
    RuntimeError,
    ArrowException,
    ArithmeticError,
    LookupError,
    TypeError,
    ValueError,
)


def require_outside(root: Path, path: Path) -> None:
    """Make sure that a new file is none of the storage folder's own; raises `StorageError`."""
    folder = Path(os.path.realpath(path.parent))
    own = Path(os.path.realpath(root))
    if own in folder.parents or (folder == own and _OWN.match(path.name)):
        raise StorageError(
            f"{path} belongs to the storage folder itself and is not overwritten; choose another "
            "place"
        )


def write_archive(generation: Generation, path: Path, *, overwrite: bool = False) -> None:
    """Write a generation to one file, durably, after every byte of it was verified.

    Parameters
    ----------
    generation : Generation
    path : Path
        The new file; its folder must exist.
    overwrite : bool
        Whether a file that is there already may go.

    Raises
    ------
    DamagedSlotError
        When a file of the generation is not what was stored.
    StorageError
        When the archive could not be written; a file that was there before is as before, unless
        the message says otherwise.
    """
    slot = generation.record.slot
    for name, problem in generation.check().items():
        if problem:
            raise DamagedSlotError(
                f"slot {slot} is not exported: {name} {problem}. Play the scenario again, and "
                "export the new result"
            )
    size = sum(file.bytes for file in generation.record.files.values())
    if size > MAX_ARCHIVE_BYTES:
        raise StorageError(
            f"slot {slot} has {size:,} bytes; an archive holds at most "
            f"{MAX_ARCHIVE_BYTES:,}. Copy the storage folder instead, or play fewer runs"
        )
    if not overwrite and os.path.lexists(path):
        raise _exists(path)
    _put_in_place(generation, path, overwrite=overwrite)
    try:
        durable_files.sync_folder(path.parent)
    except OSError as error:
        raise StorageError(
            f"{path} was written, but may not survive a power cut: {error.strerror}; export it "
            "again, with overwrite=True"
        ) from error


def _put_in_place(generation: Generation, path: Path, *, overwrite: bool) -> None:
    temporary = durable_files.temporary_path(path)
    try:
        kind = files.kind_at(path)
        if kind not in (None, "", "a link"):
            raise StorageError(
                f"{path} was not written: there is {kind} of that name; choose another name"
            )
        _write(generation, temporary)
        if overwrite:
            durable_files.replace(temporary, path)
        else:
            files.put_new(temporary, path)
    except BaseException as error:
        if os.path.lexists(temporary):
            durable_files.delete_file(temporary)
        if isinstance(error, FileExistsError) and not overwrite:
            raise _exists(path) from error
        if isinstance(error, OSError):
            raise StorageError(
                f"{path} was not written: {error.strerror or error}; free space, or choose a "
                "folder that exists and that you may write"
            ) from error
        raise


def _exists(path: Path) -> StorageError:
    return StorageError(
        f"{path} exists already and is not overwritten; choose another name, or overwrite=True"
    )


def read_archive(
    path: str | os.PathLike[str], *, sample_seed: int | None = None
) -> SimulationDataSet:
    """Return the data set in an archive, verified and in memory; nothing is written anywhere.

    Its tables must fit its scenario, and its runs are played again and must agree to the event: all
    of them where that takes about a second, else those that represent the five timelines and at
    least 30 more; see `agreement.check`. What cannot be played again, as of other rules, is
    returned all the same; `metadata.origin` says why it is not verified.

    Parameters
    ----------
    path : path-like
        A file that `SimulationStorage.export` wrote, or anything else: it is not trusted.
    sample_seed : int, optional
        Decides which runs are played again; by default nobody can foretell it.

    Raises
    ------
    StorageError
        When it is anything but such a file, whole, or not what the game gives; the message names
        it, what is wrong and the remedy.
    """
    shown = Path(path)
    try:
        with open_frame(shown) as stream:
            record, source = _read(stream)
        return _checked(record, source, shown.name, sample_seed)
    except (DualSlotError, OSError, MemoryError, *_TRAPS) as error:
        raise StorageError(f"{shown} {_reason(error)}") from error


def _reason(error: Exception) -> str:
    if isinstance(error, UnknownLayoutError):
        return "is not read: it was written by a newer dualslot_widgets; upgrade this one"
    if isinstance(error, MemoryError) or isinstance(error.__cause__, MemoryError):
        return "does not fit into memory; close other notebooks, or read it on another machine"
    if isinstance(error, OSError):
        return f"cannot be read: {error.strerror or error}; name a file that export wrote"
    if isinstance(error, DisagreementError):
        return (
            f"is not what the game gives: {error!s:.500}. It was forged, or made by another "
            "engine, and nothing was stored; play its scenario here, or get the file anew"
        )
    return (
        f"is not the archive of a data set, or no longer: {error!s:.500}. Nothing was stored; get "
        "the file anew, or export it anew where it came from"
    )


def _checked(
    record: SlotRecord, source: TableSource, name: str, seed: int | None
) -> SimulationDataSet:
    """Return the data set of an archive after it was held against the game.

    Nothing that can be derived is believed, and where it came from is not taken from it.
    """
    claimed = stored_data_set(record, source)
    found = check(claimed, record.parameters, seed=seed)
    origin = Origin.from_file(name, played_again=found.played_again, doubt=found.doubt)
    return stored_data_set(replace(record, origin=origin), found.tables, found.analysis)


def _read(stream: FrameReader) -> tuple[SlotRecord, TableSource]:
    """Return what an archive's metadata says, and its tables."""
    info = TarInfo.frombuf(stream.take(BLOCKSIZE), "utf-8", "surrogateescape")
    _require_member(info, METADATA_NAME, min(info.size, MAX_METADATA_BYTES))
    record = decode(_content(stream, info.size), 0)
    packed = sum(file.bytes for file in record.files.values())
    unpacked = sum(unpacked_bytes(t, record.files[f].rows or 0) for f, t in TABLE_FILES.items())
    if max(packed, unpacked) > MAX_ARCHIVE_BYTES:
        raise DamagedSlotError(f"it claims more than {MAX_ARCHIVE_BYTES:,} bytes")
    scenario = Scenario.from_dict(record.scenario)
    check_rows(scenario, {t: record.files[f].rows or 0 for f, t in TABLE_FILES.items()})
    tables = {}
    for name, expected in sorted(record.files.items()):
        info = TarInfo.frombuf(stream.take(BLOCKSIZE), "utf-8", "surrogateescape")
        _require_member(info, name, expected.bytes)
        content = _content(stream, expected.bytes)
        if files.blake2b(content) != expected.blake2b:
            raise DamagedSlotError(f"the hash of {name} is wrong")
        if expected.rows is None:
            continue
        try:
            table = TABLE_FILES[name]
            tables[table] = read_table(table, content, expected.rows, expected.encoding)
        except DamagedSlotError as error:
            raise DamagedSlotError(f"{name} {error}") from error
    if stream.take(len(_TAR_END)) != _TAR_END:
        raise DamagedSlotError("it has more members than a data set has files")
    stream.finish()
    return record, TablesInMemory(tables)


def _require_member(info: TarInfo, name: str, size: int) -> None:
    if info.name != name:
        raise DamagedSlotError(f"it has {info.name!r:.120} where {name} belongs")
    if info.type != REGTYPE:
        raise DamagedSlotError(f"{name} is not a file in it, but a link, a device or the like")
    if info.size != size:
        raise DamagedSlotError(f"{name} has {info.size:,} bytes in it; {size:,} are expected")


def _content(stream: FrameReader, size: int) -> bytes:
    content = stream.take(size)
    if any(stream.take(-size % BLOCKSIZE)):
        raise DamagedSlotError("there is something between its members")
    return content


def _write(generation: Generation, path: Path) -> None:
    # With a checksum of the blocks, no byte of the file can change: another one may unpack alike.
    packer = LZ4FrameCompressor(content_checksum=True, block_checksum=True)
    file = files.HashingFile(path)
    try:
        file.write(packer.begin())
        for name, content in _members(generation):
            info = TarInfo(name)
            info.size = len(content)
            file.write(packer.compress(info.tobuf(USTAR_FORMAT)))
            with memoryview(content) as view:
                for start in range(0, len(content), PIECE_BYTES):
                    file.write(packer.compress(view[start : start + PIECE_BYTES]))
            file.write(packer.compress(bytes(-len(content) % BLOCKSIZE)))
        file.write(packer.compress(_TAR_END))
        file.write(packer.flush())
        file.close()
    finally:
        file.abandon()


def _members(generation: Generation) -> Iterator[tuple[str, bytes]]:
    yield METADATA_NAME, encode(_portable(generation.record))
    for name in sorted(generation.record.files):
        yield name, generation.content(name)


def _portable(record: SlotRecord) -> SlotRecord:
    """Return a record without the folder where it was and the way it came there."""
    return replace(
        record,
        slot=0,
        generation=1,
        folder="g00000001-00000000",
        other_generation=None,
        pinned=False,
        origin=None,
    )
