"""Archives that are traps: frames and tables that unpack to more, or to something else."""

from __future__ import annotations

import io
import json
import os
import tracemalloc
from contextlib import suppress
from dataclasses import asdict

import lz4.frame
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, strategies as st

import dualslot_widgets as dw
from dualslot_widgets.errors import DamagedSlotError
from dualslot_widgets.storage.archive.archive import MAX_ARCHIVE_BYTES, read_archive
from dualslot_widgets.storage.slots.metadata import METADATA_NAME, TABLE_FILES
from dualslot_widgets.storage.tables.arrow_claims import claimed_bytes
from dualslot_widgets.tables import RUNS, SCHEMAS
from tests.storage.archive.hostile_archives import (
    REFUSED,
    described,
    framed,
    member,
    refused,
    tarred,
    with_files,
)
from tests.storage.slots.test_hostile_metadata import body_of, signed
from tests.storage.small_data import assert_whole, small


def test_other_frames_are_refused(home, members, packed):
    honest = tarred(members)
    for without in ({"content_checksum": False}, {"block_checksum": False}):
        refused(home, framed(honest, **without), "does not start as one")
    skippable = b"\x50\x2a\x4d\x18" + (4).to_bytes(4, "little") + b"skip"
    refused(home, skippable + packed, "does not start as one")
    refused(home, b"\x02\x21\x4c\x18" + packed[4:], "does not start as one")  # the legacy frame
    refused(home, honest, "does not start as one")
    refused(home, b"\x1f\x8b" + packed, "does not start as one")
    refused(home, framed(honest) + skippable, "goes on behind its end")
    refused(home, framed(b"") + packed)
    declared = framed(honest, store_size=True)
    assert lz4.frame.get_frame_info(declared)["content_size"] == len(honest)
    too_much = declared[:6] + (10**15).to_bytes(8, "little") + declared[14:]
    refused(home, too_much)


def test_a_frame_that_asks_for_a_dictionary_is_refused(home, packed):
    flags = bytes([packed[4] | 1])
    with_dictionary = packed[:4] + flags + packed[5:6] + b"\1\0\0\0" + packed[6:]
    refused(home, with_dictionary, "does not start as one")


BOMB_BYTES = 100 << 20


@pytest.mark.slow
@pytest.mark.parametrize("where", ["first header", "metadata", "table", "end", "behind"])
def test_a_bomb_is_refused_before_it_takes_memory(home, members, where):
    bomb = bytes(BOMB_BYTES)
    content = described(members)
    huge = dict(content["files"]["combatants.arrow"]) | {"bytes": BOMB_BYTES}
    lying = signed(body_of(content | {"files": content["files"] | {"combatants.arrow": huge}}))
    raw = {
        "first header": bomb,
        "metadata": member(METADATA_NAME, size=BOMB_BYTES).tobuf() + bomb,
        "table": tarred(members[:1]).removesuffix(bytes(1024))
        + member("combatants.arrow", size=BOMB_BYTES).tobuf()
        + bomb,
        "end": tarred(members) + bomb,
        "behind": tarred([(METADATA_NAME, lying)]).removesuffix(bytes(1024)) + bomb,
    }[where]
    packed = framed(raw)
    assert len(packed) < BOMB_BYTES // 200
    del raw, bomb
    path = home / "bomb.dualslot"
    path.write_bytes(packed)
    tracemalloc.start()
    try:
        with pytest.raises(dw.StorageError, match=REFUSED):
            read_archive(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        path.unlink()
    assert peak < 10 << 20


def test_more_than_an_archive_may_hold_is_refused_before_it_is_unpacked(home, members):
    content = described(members)
    for name in TABLE_FILES:
        content["files"][name]["bytes"] = MAX_ARCHIVE_BYTES // 3
    refused(home, framed(tarred([(METADATA_NAME, signed(body_of(content)))])), "claims more than")


def arrow_file(table, **options) -> bytes:
    sink = io.BytesIO()
    with pa.ipc.new_file(sink, table.schema, options=pa.ipc.IpcWriteOptions(**options)) as writer:
        writer.write_table(table)
    return sink.getvalue()


def changed_column(table, name, column):
    return table.set_column(table.schema.get_field_index(name), table.schema.field(name), column)


def test_dictionary_keys_that_point_nowhere_are_refused(home, members):
    runs = small(1).runs
    for key in (3, 127, -1):
        keys = pa.array([key] * runs.num_rows, pa.int8())
        words = pa.array(["win", "loss", "unresolved"])
        column = pa.DictionaryArray.from_arrays(keys, words, safe=False)
        raw = arrow_file(changed_column(runs, "outcome", column))
        refused(home, framed(tarred(with_files(members, runs=raw))), r"runs\.arrow")


def test_a_table_with_other_columns_is_refused(home, members):
    raw = arrow_file(small(1).rounds)
    refused(home, framed(tarred(with_files(members, runs=raw))), r"runs\.arrow.*columns")
    refused(home, framed(tarred(with_files(members, runs=b"no table"))), r"runs\.arrow")


def test_a_table_without_runs_is_refused(home, members):
    content = described(with_files(members, runs=arrow_file(small(1).runs.slice(0, 0))))
    content["files"]["runs.arrow"]["rows"] = 0
    other = dict(with_files(members, runs=arrow_file(small(1).runs.slice(0, 0))))
    other[METADATA_NAME] = signed(body_of(content))
    refused(home, framed(tarred(list(other.items()))), "0 rows; the scenario 15 runs")


def test_an_analysis_that_lies_is_derived_anew(home, members):
    lie = asdict(small(1).analysis) | {"win_rate": 0.0, "label": "Impossible"}
    raw = framed(tarred(with_files(members, quintile_analysis=json.dumps(lie).encode())))
    (home / "lie").write_bytes(raw)
    assert_whole(read_archive(home / "lie"))


def test_what_cannot_be_opened_is_named(home, tmp_path):
    for path in (tmp_path / "nowhere.dualslot", tmp_path):
        with pytest.raises(dw.StorageError, match="cannot be read") as caught:
            read_archive(path)
        assert str(path) in str(caught.value)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(dw.StorageError, match="cannot be read"):
        read_archive(tmp_path / "pipe")


@pytest.fixture
def unpacked(monkeypatch):
    """The sizes of all files that Arrow was asked to unpack."""
    sizes = []
    open_file = pa.ipc.open_file

    def noting(source):
        sizes.append(source.size())
        return open_file(source)

    monkeypatch.setattr(pa.ipc, "open_file", noting)
    return sizes


def column_of_zeros(kind: pa.DataType, rows: int) -> pa.Array:
    if pa.types.is_dictionary(kind):
        keys = pa.array(np.zeros(rows, kind.index_type.to_pandas_dtype()))
        return pa.DictionaryArray.from_arrays(keys, pa.array(["win"]))
    return pa.array(np.zeros(rows, kind.to_pandas_dtype()))


@pytest.mark.parametrize("compression", ["lz4", "zstd"])
def test_a_table_that_unpacks_to_more_than_its_rows_is_refused_unread(
    home, members, unpacked, compression
):
    rows = 3_000_000
    runs = pa.table([column_of_zeros(kind, rows) for kind in RUNS.types], schema=RUNS)
    raw = arrow_file(runs, compression=compression)
    assert len(raw) < runs.nbytes // 100
    refused(home, framed(tarred(with_files(members, runs=raw))), r"runs\.arrow claims .* 15 rows")
    assert len(raw) not in unpacked


def test_words_of_a_dictionary_are_bounded_too(home, members):
    runs = small(1).runs
    words = pa.array(["win", "loss", "unresolved", "x" * (10 << 20)])
    column = pa.DictionaryArray.from_arrays(runs["outcome"].combine_chunks().indices, words)
    raw = arrow_file(changed_column(runs, "outcome", column), compression="lz4")
    refused(home, framed(tarred(with_files(members, runs=raw))), r"runs\.arrow claims")


def test_many_batches_are_refused_unread(home, members, unpacked):
    sink = io.BytesIO()
    with pa.ipc.new_file(sink, RUNS) as writer:
        for _ in range(5000):
            writer.write_batch(small(1).runs.to_batches()[0].slice(0, 0))
    raw = sink.getvalue()
    refused(home, framed(tarred(with_files(members, runs=raw))), r"runs\.arrow has .*batches")
    assert len(raw) not in unpacked


@pytest.mark.parametrize("name", SCHEMAS)
def test_what_a_file_claims_is_what_arrow_allocates(members, name):
    raw = dict(members)[f"{name}.arrow"]
    table = pa.ipc.open_file(raw).read_all()
    claimed = claimed_bytes(raw, 20)
    assert table.nbytes <= claimed <= table.nbytes + 64
    assert (
        table.nbytes
        <= claimed_bytes(arrow_file(table.combine_chunks()), 20)
        < 2 * len(arrow_file(table.combine_chunks()))
    )


@given(data=st.data())
def test_claims_of_any_bytes_are_read_or_refused(members, data):
    raw = bytearray(dict(members)["runs.arrow"])
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + 4] = data.draw(st.binary(min_size=4, max_size=4))
    with suppress(DamagedSlotError):
        assert claimed_bytes(bytes(raw), 20) >= 0
