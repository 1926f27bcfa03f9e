"""A history that somebody made up is refused: right hashes, huge claims, any bytes."""

from __future__ import annotations

import errno
import io

import pyarrow as pa
import pytest
from hypothesis import given, strategies as st

import dualslot_widgets as dw
from dualslot_widgets.storage import files
from dualslot_widgets.storage.history import history, history_file
from dualslot_widgets.storage.history.history import OLDER_NAME, RECENT_NAME
from dualslot_widgets.storage.history.history_file import (
    LAYOUT,
    MAX_BYTES,
    open_segment,
    write_segment,
)
from dualslot_widgets.storage.history.history_rows import SCHEMA
from tests.storage.history.rows import assert_clean, generations, many, problems
from tests.storage.small_data import assert_whole, small


def sealed(table: pa.Table, last: int, layout: int = LAYOUT, name: str = RECENT_NAME) -> bytes:
    """A file of the history whose hash is right, whatever is in it."""
    seal = f"{name} layout:{layout} rows:{last - table.num_rows + 1}-{last} blake2b:{'0' * 64}"
    sink = io.BytesIO()
    schema = table.schema.with_metadata({"seal": seal})
    options = pa.ipc.IpcWriteOptions(compression="lz4")
    with pa.ipc.new_file(sink, schema, options=options) as writer:
        writer.write_table(table)
    return resealed(sink.getvalue())


def resealed(content: bytes) -> bytes:
    """The same with its hash made right."""
    seal = history_file._SEALED.search(content)
    digest = history_file._unsealed_hash(content, seal[0]).encode()
    return content.replace(seal[0], seal[0].replace(seal[5], digest))


def replaced(name: str, value: object) -> pa.Table:
    table = many(1, 3)
    at, field = SCHEMA.get_field_index(name), SCHEMA.field(name)
    values = [*table[name].to_pylist()[:2], value]
    return table.set_column(at, field, pa.array(values, field.type))


LIES = {
    "another table": lambda: (pa.table({"generation": [1, 2, 3]}), 3),
    "a column too many": lambda: (many(1, 3).append_column("html", [["a", "b", "c"]]), 3),
    "fewer rows than it says": lambda: (many(1, 3).slice(0, 2), 3),
    "a null": lambda: (replaced("scenario_name", None), 3),
    "a null number": lambda: (replaced("runs", None), 3),
    "no number": lambda: (replaced("win_rate", float("nan")), 3),
    "a rate above 1": lambda: (replaced("win_rate_high", 1.1), 3),
    "endless seconds": lambda: (replaced("disk_seconds", float("inf")), 3),
    "a negative count": lambda: (replaced("generation", -1), 3),
    "more wins than runs": lambda: (replaced("wins", 1006), 3),
    "a third slot": lambda: (replaced("slot", 2), 3),
    "a time beyond calendars": lambda: (
        replaced("timestamp", pa.scalar(2**62, pa.timestamp("us", "UTC"))),
        3,
    ),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_with_a_right_hash_is_refused(tmp_path, lie):
    table, last = LIES[lie]()
    content = sealed(table, last)
    if lie == "fewer rows than it says":
        content = resealed(content.replace(b"rows:2-3", b"rows:1-3"))
    (tmp_path / RECENT_NAME).write_bytes(content)
    table, wrong = history.read(tmp_path)
    assert table.num_rows == 0
    assert set(wrong) == {RECENT_NAME}
    storage = dw.SimulationStorage(tmp_path)
    assert len(storage.history) == 0
    storage.store_simulation(small(1))
    assert generations(storage) == [1]
    assert (tmp_path / "history.damaged-1.arrow").read_bytes() == content


def test_a_lie_in_the_older_file_is_set_aside_when_rows_move(folder, small_files):
    (folder / OLDER_NAME).write_bytes(sealed(replaced("win_rate", 7.0), 3, name=OLDER_NAME))
    storage = dw.SimulationStorage(folder)
    assert set(problems(storage)) == {OLDER_NAME}
    for number in range(10, 14):
        storage.store_simulation(small(number))
    assert generations(storage) == list(range(4, 12))
    assert (folder / "history.damaged-1.arrow").exists()
    assert_clean(storage)


def test_a_file_beyond_bounds_is_not_read(tmp_path, monkeypatch):
    with (tmp_path / RECENT_NAME).open("wb") as stream:
        stream.truncate(MAX_BYTES * 1000)
    monkeypatch.setattr(files, "read_at_most", None)
    table, wrong = history.read(tmp_path)
    assert table.num_rows == 0
    assert "larger than" in wrong[RECENT_NAME]


def test_a_buffer_that_claims_to_be_huge_is_refused(tmp_path):
    honest = sealed(many(1, 3), 3)
    refused = 0
    for at in range(0, len(honest) - 8, 8):
        if 0 < int.from_bytes(honest[at : at + 8], "little") < 10_000:
            lie = honest[:at] + (2**50).to_bytes(8, "little") + honest[at + 8 :]
            if history_file._SEALED.search(lie) is None:
                continue
            (tmp_path / RECENT_NAME).write_bytes(resealed(lie))
            try:
                refused += set(history.read(tmp_path)[1]) == {RECENT_NAME}
            except dw.StorageError:  # it does not fit into memory
                refused += 1
    print(f"{refused} lengths beyond memory were refused")
    assert refused > 20


@given(content=st.binary(max_size=400))
def test_any_bytes_are_refused(tmp_path_factory, content):
    folder = tmp_path_factory.getbasetemp()
    (folder / RECENT_NAME).write_bytes(content)
    assert set(history.read(folder)[1]) == {RECENT_NAME}


def test_a_newer_layout_is_named_and_left_alone(folder):
    newer = sealed(many(1, 3), 3, layout=LAYOUT + 1)
    (folder / RECENT_NAME).write_bytes(newer)
    storage = dw.SimulationStorage(folder)
    slot = storage.store_simulation(small(9))
    assert_whole(storage.slots[slot])
    assert (folder / RECENT_NAME).read_bytes() == newer
    assert "newer dualslot_widgets" in problems(storage)[RECENT_NAME]
    assert generations(storage) == [1, 2, 3]


def test_a_file_that_cannot_be_read_is_no_damage(folder, monkeypatch):
    storage = dw.SimulationStorage(folder)
    data = storage.newest
    really = files.open_regular

    def refused(path):
        if path.parent == folder:
            raise PermissionError(errno.EACCES, "Permission denied")
        return really(path)

    with monkeypatch.context() as patched:
        patched.setattr(files, "open_regular", refused)
        with pytest.raises(dw.StorageError, match="cannot be read: Permission denied"):
            _ = storage.history
        assert "cannot be read" in problems(storage)[RECENT_NAME]
        with pytest.raises(dw.StorageError, match="cannot be read"):
            history.append(folder, [data], data.metadata.slot)
        slot = storage.store_simulation(small(9))
    assert_whole(storage.slots[slot])
    storage.store_simulation(small(10))
    assert generations(storage) == list(range(1, 10))
    assert_clean(storage)


def test_a_text_that_looks_like_a_seal_comes_back(tmp_path):
    seal = f"{RECENT_NAME} layout:{LAYOUT} rows:1-3 blake2b:{'0' * 64}"
    table = replaced("label", seal)
    write_segment(tmp_path / RECENT_NAME, 3, table)
    assert open_segment(tmp_path / RECENT_NAME).table().equals(table)
