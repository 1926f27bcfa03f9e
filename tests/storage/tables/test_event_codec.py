"""Encoded events come back exactly, whatever they are; and no bytes are believed."""

from __future__ import annotations

import io
import random
from contextlib import suppress
from functools import cache
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, strategies as st
from pyarrow import feather

import dualslot_widgets as dw
from dualslot_widgets.errors import DamagedSlotError
from dualslot_widgets.storage.tables.event_blocks import EventBlocks, decode_events
from dualslot_widgets.storage.tables.event_codec import ENCODED, WORD_COLUMNS, encode_block
from dualslot_widgets.tables import EVENTS, KINDS, rows_of_run
from tests.reference.fights import ALL
from tests.storage.small_data import small

LIES = 300
#: The promises: bytes of events by those of a plain LZ4 file, and bytes of a slot of 1005 runs.
ENCODED_SHARE = 0.55
SLOT_BYTES = 4_000_000
BLOCK_ROWS = 1 << 16
EMPTY = ENCODED.empty_table()


def encode_events(events: pa.Table) -> pa.Table:
    """Encode a table as `TableWriter` does, in blocks of one size."""
    whole = events.unify_dictionaries().combine_chunks()
    blocks = whole.to_batches(max_chunksize=BLOCK_ROWS) or [
        pa.RecordBatch.from_pylist([], schema=EVENTS)
    ]
    return pa.Table.from_batches(
        [encode_block(block, first=not number) for number, block in enumerate(blocks)]
    )


def assert_lossless(events: pa.Table) -> pa.Table:
    """Encodes and decodes; every value, null and dictionary is as it was."""
    encoded = encode_events(events)
    assert encoded.schema.equals(ENCODED)
    decoded = decode_events(encoded, events.num_rows)
    decoded.validate(full=True)
    assert decoded.schema.equals(EVENTS)
    assert decoded.equals(events.unify_dictionaries().combine_chunks())
    assert decoded.to_pydict() == events.to_pydict()
    return encoded


@cache
def fight(number: int) -> pa.Table:
    """The events of a fight that the speed is measured on, of fewer runs."""
    return dw.simulate(ALL[number], runs=105).events


def limits(kind: pa.DataType) -> tuple[int, int]:
    found = np.iinfo(kind.to_pandas_dtype())
    return int(found.min), int(found.max)


@st.composite
def chunks(draw, *, null_words: bool = True) -> pa.Table:
    """A legal table of one chunk: any values, extremes, nulls, dictionaries in any order."""
    rows = draw(st.integers(0, 30))
    arrays = []
    for field in EVENTS:
        missing = draw(st.sampled_from([st.just(False), st.booleans(), st.just(True)]))
        mask = np.array(draw(st.lists(missing, min_size=rows, max_size=rows)), bool)
        is_word = field.name in WORD_COLUMNS
        words: list[str | None] = []
        if is_word:
            some = st.sampled_from(KINDS) | st.text(max_size=3)
            words = draw(st.lists(some, min_size=int(not mask.all()), max_size=6, unique=True))
            words += draw(st.sampled_from([[], [None]])) if null_words else []
        kind = field.type.index_type if is_word else field.type
        low, high = (0, max(0, len(words) - 1)) if is_word else limits(kind)
        near = st.integers(max(low, 0), min(high, 12))
        value = draw(st.sampled_from([near, st.sampled_from([low, high]), st.integers(low, high)]))
        values = draw(st.lists(value, min_size=rows, max_size=rows))
        array = pa.array(np.array(values, kind.to_pandas_dtype()), type=kind, mask=mask)
        if is_word:
            array = pa.DictionaryArray.from_arrays(array, pa.array(words, pa.string()))
        arrays.append(array)
    return pa.Table.from_arrays(arrays, schema=EVENTS)


# Arrow makes no one dictionary of several with null in them; nor could they be stored plain.
@given(parts=st.lists(chunks(null_words=False), min_size=1, max_size=3))
def test_any_legal_table_comes_back(parts):
    assert_lossless(pa.concat_tables(parts))


@given(part=chunks(), start=st.integers(0, 10), length=st.integers(0, 30))
def test_a_slice_of_a_table_comes_back(part, start, length):
    assert_lossless(part.slice(start, length))


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(ALL)), ids=lambda number: ALL[number].name)
def test_a_fight_comes_back_and_is_mostly_foretold(number):
    encoded = assert_lossless(fight(number))
    assert encoded["planes"].nbytes < fight(number).nbytes / 3


def test_a_table_without_a_chunk_comes_back():
    assert_lossless(EVENTS.empty_table())
    assert_lossless(pa.Table.from_batches([], schema=EVENTS))


@pytest.mark.slow
@pytest.mark.parametrize("more", [-1, 0, 1])
def test_tables_of_about_two_blocks_come_back(more):
    events = pa.concat_tables([fight(0)] * 30).slice(1000, 2 * BLOCK_ROWS + more)
    assert encode_events(events).num_rows == 2 + (more == 1)
    assert_lossless(events)


@pytest.mark.slow
def test_a_block_of_noise_comes_back(seed):
    random_ = np.random.default_rng(seed)
    rows = BLOCK_ROWS + 7
    arrays = []
    for field in EVENTS:
        is_word = field.name in WORD_COLUMNS
        kind = field.type.index_type if is_word else field.type
        low, high = limits(kind)
        values = random_.integers(0 if is_word else low, high, rows, endpoint=True)
        array = pa.array(values, type=kind, mask=random_.random(rows) < 0.1)
        if is_word:
            words = pa.array([f"word {number}" for number in range(high + 1)])
            array = pa.DictionaryArray.from_arrays(array, words)
        arrays.append(array)
    assert_lossless(pa.Table.from_arrays(arrays, schema=EVENTS))


def refused_or_events(encoded: pa.Table, rows: int) -> None:
    """A lie may make other events, but valid ones; anything else is damage."""
    with suppress(DamagedSlotError):
        decode_events(encoded, rows).validate(full=True)


@pytest.mark.parametrize("rows", [0, 1, -1, BLOCK_ROWS, 10**12])
def test_another_number_of_rows_is_damage(rows):
    encoded = encode_events(small(1).events)
    with pytest.raises(DamagedSlotError, match="rows"):
        decode_events(encoded, rows)
    if rows:
        with pytest.raises(DamagedSlotError, match="rows"):
            decode_events(encoded.slice(0, 0), rows)


def test_another_table_is_damage():
    with pytest.raises(DamagedSlotError, match="columns"):
        decode_events(small(1).events, small(1).events.num_rows)


def changed(encoded: pa.Table, **values: object) -> pa.Table:
    return pa.Table.from_pylist([encoded.to_pylist()[0] | values], schema=ENCODED)


@pytest.mark.parametrize("column", ENCODED.names)
def test_a_column_of_nothing_is_damage(column):
    encoded = encode_events(small(1).events)
    with pytest.raises(DamagedSlotError):
        decode_events(changed(encoded, **{column: None}), small(1).events.num_rows)


@pytest.mark.parametrize("column", ["bits", "planes", *WORD_COLUMNS])
def test_a_column_cut_short_is_damage(column):
    encoded = encode_events(small(1).events)
    value = encoded[column][0].as_py()
    for cut in (value[:0], value[:-1], value[: len(value) // 2], value + value):
        lie = changed(encoded, **{column: cut})
        if column in WORD_COLUMNS:
            refused_or_events(lie, small(1).events.num_rows)
        else:
            with pytest.raises(DamagedSlotError):
                decode_events(lie, small(1).events.num_rows)


@pytest.mark.slow
def test_lies_in_heads_and_planes_are_refused_or_harmless(seed):
    random_ = random.Random(seed)
    events = small(1).events
    honest = encode_events(events).to_pylist()[0]
    for _ in range(LIES):
        lie = {name: honest[name] for name in ("bits", "planes")}
        name = random_.choice(list(lie))
        values = list(lie[name])
        at = random_.randrange(len(values))
        values[at] = random_.choice([0, 255, (values[at] + 1) % 255, random_.randint(0, 255)])
        lie[name] = bytes(values) if name == "planes" else values
        refused_or_events(pa.Table.from_pylist([honest | lie], schema=ENCODED), events.num_rows)


def test_flipped_bits_of_the_file_are_refused_or_harmless(seed):
    random_ = random.Random(seed)
    events = small(1).events
    sink = io.BytesIO()
    encoded = encode_events(events)
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
        refused_or_events(lie, events.num_rows)


def many_blocks(data: dw.SimulationDataSet, rows: int) -> pa.Table:
    """Encode the events of a data set in blocks of about so many rows, cut between runs."""
    whole = data.events.unify_dictionaries().combine_chunks()
    run = whole["run"].to_numpy()
    cuts = [0, *np.unique(np.searchsorted(run, run[rows::rows])), len(run)]
    blocks = [
        whole.slice(start, end - start).combine_chunks().to_batches()[0]
        for start, end in pairwise(cuts)
        if start < end
    ]
    return pa.Table.from_batches([encode_block(b, first=not i) for i, b in enumerate(blocks)])


@pytest.mark.parametrize("rows", [1, 50, 400, 10**6])
def test_the_events_of_any_run_are_decoded_without_those_of_other_blocks(rows):
    data = dw.simulate(ALL[1], runs=105)
    encoded = many_blocks(data, rows)
    for run in range(105):
        blocks = EventBlocks(encoded, data.events.num_rows)
        assert blocks.of_run(run).equals(rows_of_run(data.events, run).combine_chunks())
        assert len(blocks._decoded) == 1
    assert blocks.of_run(105).num_rows == blocks.of_run(-1).num_rows == 0
    assert EventBlocks(EMPTY, 0).of_run(0).equals(EVENTS.empty_table())
    assert blocks.table().equals(decode_events(encoded, data.events.num_rows))


def test_a_lie_in_the_block_of_a_run_is_damage():
    events = dw.simulate(ALL[1], runs=105).events
    encoded = encode_events(events)
    lie = changed(encoded, planes=encoded["planes"][0].as_py()[:-1])
    with pytest.raises(DamagedSlotError):
        EventBlocks(lie, events.num_rows).of_run(17)


@pytest.mark.parametrize("scenario", ALL, ids=lambda scenario: scenario.name)
def test_encoded_events_are_about_half_of_plain_ones(scenario, tmp_path):
    data = dw.simulate(scenario)
    feather.write_feather(data.events, str(tmp_path / "plain"), compression="lz4")
    storage = dw.SimulationStorage(tmp_path / "simulations")
    storage.store_simulation(data)
    encoded = (storage.slots[0].metadata.file_path / "events.arrow").stat().st_size
    share = encoded / (tmp_path / "plain").stat().st_size
    print(f"\n{scenario.name}: {data.events.num_rows:,} events, {share:.2f} of plain LZ4")
    assert share <= ENCODED_SHARE
    assert storage.slots[0].metadata.compressed_size < SLOT_BYTES
