"""The events of old slots are read, and no bytes of them are believed."""

from __future__ import annotations

import io
import random
from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pytest

import dualslot_widgets as dw
from dualslot_widgets.errors import DamagedSlotError
from dualslot_widgets.storage.older.bit_planes import ENCODED, decode_events
from tests.storage.test_older_layouts import STORED

LIES = 300
OLD = next(Path(STORED).glob("layout_3/simulations/slot_0/g*/events.arrow"))
WORD_COLUMNS = ENCODED.names[3:]


@pytest.fixture(scope="module")
def encoded() -> pa.Table:
    return pa.ipc.open_file(pa.BufferReader(OLD.read_bytes())).read_all()


def rows_of(encoded: pa.Table) -> int:
    return sum(encoded["rows"].to_pylist())


def changed(encoded: pa.Table, **values: object) -> pa.Table:
    return pa.Table.from_pylist([encoded.to_pylist()[0] | values], schema=ENCODED)


def refused_or_events(encoded: pa.Table, rows: int) -> None:
    """A lie may make other events, but valid ones; anything else is damage."""
    with suppress(DamagedSlotError):
        decode_events(encoded, rows).validate(full=True)


@pytest.mark.parametrize("rows", [0, 1, -1, 1 << 16, 10**12])
def test_another_number_of_rows_is_damage(encoded, rows):
    with pytest.raises(DamagedSlotError, match="rows"):
        decode_events(encoded, rows)
    if rows:
        with pytest.raises(DamagedSlotError, match="rows"):
            decode_events(encoded.slice(0, 0), rows)


@pytest.mark.parametrize("column", ENCODED.names)
def test_a_column_of_nothing_is_damage(encoded, column):
    with pytest.raises(DamagedSlotError):
        decode_events(changed(encoded, **{column: None}), rows_of(encoded))


@pytest.mark.parametrize("column", ["bits", "planes", *WORD_COLUMNS])
def test_a_column_cut_short_is_damage(encoded, column):
    value = encoded[column][0].as_py()
    for cut in (value[:0], value[:-1], value[: len(value) // 2], value + value):
        lie = changed(encoded, **{column: cut})
        if column in WORD_COLUMNS:
            refused_or_events(lie, rows_of(encoded))
        else:
            with pytest.raises(DamagedSlotError):
                decode_events(lie, rows_of(encoded))


@pytest.mark.slow
def test_lies_in_heads_and_planes_are_refused_or_harmless(encoded, seed):
    random_ = random.Random(seed)
    honest = encoded.to_pylist()[0]
    for _ in range(LIES):
        lie = {name: honest[name] for name in ("bits", "planes")}
        name = random_.choice(list(lie))
        values = list(lie[name])
        at = random_.randrange(len(values))
        values[at] = random_.choice([0, 255, (values[at] + 1) % 255, random_.randint(0, 255)])
        lie[name] = bytes(values) if name == "planes" else values
        refused_or_events(pa.Table.from_pylist([honest | lie], schema=ENCODED), rows_of(encoded))


def test_flipped_bits_of_the_file_are_refused_or_harmless(encoded, seed):
    random_ = random.Random(seed)
    sink = io.BytesIO()
    options = pa.ipc.IpcWriteOptions(compression="lz4")
    with pa.ipc.new_file(sink, ENCODED, options=options) as writer:
        writer.write_table(encoded)
    for _ in range(LIES):
        content = bytearray(sink.getvalue())
        content[random_.randrange(len(content))] ^= 1 << random_.randrange(8)
        try:
            lie = pa.ipc.open_file(pa.BufferReader(bytes(content))).read_all()
        except (pa.ArrowException, OSError, ValueError, MemoryError):
            continue
        if lie.schema.equals(ENCODED):
            refused_or_events(lie, rows_of(encoded))


def test_a_run_of_an_old_slot_is_replayed():
    storage = dw.SimulationStorage(OLD.parents[2])
    data = storage.slots[0]
    assert "initiative" in data.replay(0).events["kind"].to_pylist()
