"""One portable file of a slot: exact, deterministic, durable, overwritten only when asked."""

from __future__ import annotations

import errno
import io
import os
import tarfile
from contextlib import suppress

import lz4.frame
import pyarrow as pa
import pytest

import dualslot_widgets as dw
from dualslot_widgets.storage.archive import archive, frame
from dualslot_widgets.storage.archive.archive import read_archive
from dualslot_widgets.storage.disk import files
from dualslot_widgets.storage.record.metadata import METADATA_NAME, TABLE_FILES
from dualslot_widgets.storage.tables.tables_io import read_table
from dualslot_widgets.system import durable_files
from dualslot_widgets.tables import SCHEMAS
from tests.crash.failing_os import MOST_OPERATIONS, OPERATIONS, FailingOs
from tests.storage.archive.hostile_archives import names_in
from tests.storage.small_data import assert_healthy, assert_whole, seeds, small


def test_a_data_set_comes_back_exactly_in_another_storage(home, tmp_path):
    other = dw.SimulationStorage(tmp_path / "other")
    assert other.import_archive(home / "seed2.dualslot") == 0
    assert other.import_archive(str(home / "seed1.dualslot")) == 1
    assert seeds(other) == [2, 1]
    assert_healthy(other)
    original = dw.SimulationStorage(home / "simulations").slots[1].metadata
    assert other.slots[0].metadata.timestamp == original.timestamp
    assert other.slots[0].metadata.metrics.simulation_seconds == original.metrics.simulation_seconds


def test_an_archive_can_be_read_into_memory_only(home):
    data = read_archive(home / "seed1.dualslot")
    assert_whole(data)
    assert str(data.replay(3)) == str(small(1).replay(3))
    assert data.metadata.slot is data.metadata.generation is data.metadata.file_path is None
    assert "in memory" in repr(data)


def test_an_import_goes_where_a_new_result_would(home, tmp_path):
    storage = dw.SimulationStorage(tmp_path / "simulations")
    for seed in (1, 3):
        storage.store_simulation(small(seed))
    assert storage.import_archive(home / "seed1.dualslot") == 0  # equal parameters
    assert storage.slots[0].metadata.generation_count == 2
    assert storage.import_archive(home / "seed2.dualslot") == 1  # the older one
    assert seeds(storage) == [1, 2]


def test_an_archive_is_a_tar_in_an_lz4_frame_that_other_programs_open(members, packed):
    assert [name for name, _ in members] == [
        "metadata.json",
        "combatants.arrow",
        "events.arrow",
        "quintile_analysis.json",
        "rounds.arrow",
        "runs.arrow",
    ]
    for name, content in members:
        if name in TABLE_FILES:
            expected = getattr(small(1), TABLE_FILES[name])
            table = pa.ipc.open_file(content).read_all()
            if name == "events.arrow":
                table = read_table("events", content, expected.num_rows, "residuals")
            assert table.equals(expected)
    assert lz4.frame.get_frame_info(packed)["content_checksum"]
    with tarfile.open(fileobj=io.BytesIO(lz4.frame.decompress(packed))) as tar:
        assert {(i.mtime, i.uid, i.gid, i.mode, i.uname) for i in tar} == {(0, 0, 0, 0o644, "")}


def test_equal_data_sets_give_equal_bytes_wherever_they_stand(home, packed, tmp_path):
    storage = dw.SimulationStorage(home / "simulations")
    assert storage.export(0, tmp_path / "again").read_bytes() == packed
    moved = dw.SimulationStorage(tmp_path / "moved")
    moved.store_simulation(small(5))
    data = storage.slots[0]
    slot = moved.store_simulation(data)
    assert slot == 1
    exported = [tmp_path / "a", tmp_path / "b"]
    for path in exported:
        moved.export(1, path)
    first, second = (path.read_bytes() for path in exported)
    assert first == second
    # Storing measures its own seconds; all else is the same.
    texts = [lz4.frame.decompress(raw) for raw in (first, packed)]
    assert len({text[text.index(b"combatants.arrow\0") :] for text in texts}) == 1
    names = {file.name for file in (tmp_path / "moved").rglob("g*") if file.is_dir()}
    assert not any(name.encode() in text for name in names for text in texts)


@pytest.mark.parametrize("size", [1, 7, 512, 5000])
def test_pieces_of_any_size_are_put_together(home, monkeypatch, size):
    monkeypatch.setattr(frame, "PIECE_BYTES", size)
    assert_whole(read_archive(home / "seed1.dualslot"))


def test_a_stored_data_set_many_pieces_comes_back(tmp_path):
    data = dw.simulate(small(1).scenario, runs=5005)
    storage = dw.SimulationStorage(tmp_path / "simulations")
    storage.store_simulation(data)
    path = storage.export(0, tmp_path / "large.dualslot")
    assert path.stat().st_size > frame.PIECE_BYTES
    again = read_archive(path)
    assert all(getattr(again, name).equals(getattr(data, name)) for name in SCHEMAS)
    assert again.analysis == data.analysis


def test_an_archive_may_be_named_by_a_link(home, tmp_path):
    (tmp_path / "link").symlink_to(home / "seed1.dualslot")
    assert_whole(read_archive(tmp_path / "link"))


def test_an_export_returns_its_absolute_path_and_leaves_nothing_else(home, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = dw.SimulationStorage(home / "simulations").export(0, "ambush.dualslot")
    assert path == tmp_path / "ambush.dualslot"
    assert names_in(tmp_path) == {"ambush.dualslot"}


@pytest.mark.parametrize("kind", ["file", "folder", "dangling link"])
def test_an_export_overwrites_only_when_asked(home, packed, tmp_path, kind):
    storage = dw.SimulationStorage(home / "simulations")
    path = tmp_path / "ambush.dualslot"
    if kind == "file":
        path.write_bytes(b"precious")
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to(tmp_path / "nowhere")
    with pytest.raises(dw.StorageError, match=r"ambush\.dualslot exists already.*overwrite=True"):
        storage.export(0, path)
    assert names_in(tmp_path) == {path.name}
    if kind == "folder":
        with pytest.raises(dw.StorageError, match="was not written"):
            storage.export(0, path, overwrite=True)
        assert path.is_dir()
    else:
        storage.export(0, path, overwrite=True)
        assert path.read_bytes() == packed
    assert names_in(tmp_path) == {path.name}


@pytest.mark.parametrize("links", [True, False], ids=["hard links", "no hard links"])
def test_a_file_that_appears_meanwhile_is_not_overwritten(home, tmp_path, monkeypatch, links):
    path = tmp_path / "ambush.dualslot"
    write = archive._write

    def slowly(generation, temporary):
        write(generation, temporary)
        path.write_bytes(b"precious")

    def no_link(source, target):
        raise OSError(errno.EPERM, "no hard links here")

    monkeypatch.setattr(archive, "_write", slowly)
    if not links:
        monkeypatch.setattr(files.os, "link", no_link)
    with pytest.raises(dw.StorageError, match="exists already"):
        dw.SimulationStorage(home / "simulations").export(0, path)
    assert path.read_bytes() == b"precious"
    assert names_in(tmp_path) == {path.name}


def test_what_is_not_there_is_not_exported(tmp_path):
    storage = dw.SimulationStorage(tmp_path / "simulations")
    with pytest.raises(dw.StorageError, match="slot 0 is empty"):
        storage.export(0, tmp_path / "a")
    with pytest.raises(dw.StorageError, match="no slot 2"):
        storage.export(2, tmp_path / "a")
    storage.store_simulation(small(1))
    with pytest.raises(dw.StorageError, match="folder that exists"):
        storage.export(0, tmp_path / "missing" / "a")


@pytest.mark.parametrize(
    "name", [*(f"{name}.arrow" for name in SCHEMAS), "quintile_analysis.json", "metadata.json"]
)
def test_a_damaged_slot_is_not_exported(tmp_path, name):
    storage = dw.SimulationStorage(tmp_path / "simulations")
    storage.store_simulation(small(1))
    folder = storage.slots[0].metadata.file_path
    file = (folder.parent if name == METADATA_NAME else folder) / name
    raw = bytearray(file.read_bytes())
    raw[len(raw) // 2] ^= 4
    file.write_bytes(raw)
    for opened in (storage, dw.SimulationStorage(storage.path)):
        with pytest.raises(dw.DamagedSlotError, match=rf"slot 0 is not exported: {name}"):
            opened.export(0, tmp_path / "a")
    assert names_in(tmp_path) == {"simulations"}


@pytest.mark.slow
@pytest.mark.parametrize("overwrite", [False, True])
@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC, None], ids=str)
def test_a_disk_that_fails_leaves_no_half_archive(
    home, packed, tmp_path, monkeypatch, code, overwrite
):
    monkeypatch.setattr("tests.crash.failing_os.OPERATIONS", (*OPERATIONS, "link", "pread"))
    storage = dw.SimulationStorage(home / "simulations")
    path = tmp_path / "ambush.dualslot"
    failed = set()
    for fail_at in range(1, MOST_OPERATIONS):
        path.unlink(missing_ok=True)
        if overwrite:
            path.write_bytes(b"precious")
        storage.close()
        assert storage.slots[0] is not None  # opened before the disk fails
        failing = FailingOs(fail_at, code)
        with monkeypatch.context() as patched:
            for module in (files, durable_files):
                patched.setattr(module, "os", failing)
            patched.setattr(storage._cache, "look", lambda known=storage._cache._known: known)
            with suppress(dw.StorageError, KeyboardInterrupt):
                storage.export(0, path, overwrite=overwrite)
        if path.exists():
            assert path.read_bytes() in ((packed, b"precious") if overwrite else (packed,))
        if failing.failed != "unlink":  # a temporary that cannot be deleted stays
            assert names_in(tmp_path) <= {path.name}
        for file in names_in(tmp_path) - {path.name}:
            (tmp_path / file).unlink()
        if not failing.failed:
            assert path.read_bytes() == packed
            break
        failed.add(failing.failed)
    else:
        pytest.fail("an export takes more operations than expected")
    assert {"open", "write", "fsync", "replace" if overwrite else "link"} <= failed


def test_an_import_onto_a_disk_that_is_full_says_so(home, tmp_path, monkeypatch):
    storage = dw.SimulationStorage(tmp_path / "simulations")
    storage.store_simulation(small(3))

    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(files.HashingFile, "flush", full)
        with pytest.raises(dw.StorageError, match=r"not stored.*No space left"):
            storage.import_archive(home / "seed1.dualslot")
    assert seeds(storage) == [3, None]
    assert_healthy(storage)
