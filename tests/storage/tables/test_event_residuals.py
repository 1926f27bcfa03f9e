"""Events come back exactly from their residuals, whatever they are; and no bytes are believed."""

from __future__ import annotations

import io
import random
from functools import cache

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, strategies as st
from pyarrow import feather

import dualslot_widgets as dw
from dualslot_widgets.errors import DamagedSlotError
from dualslot_widgets.storage.tables import table_writer
from dualslot_widgets.storage.tables.event_residuals import decode, encode
from dualslot_widgets.storage.tables.tables_io import read_events_of_run, read_table
from dualslot_widgets.tables import EVENTS, KINDS, rows_of_run
from tests.reference.fights import ALL
from tests.storage.small_data import small

LIES = 300
#: The promises: bytes of events by those of a plain LZ4 file, and bytes of a slot of 1005 runs.
STORED_SHARE = 0.55
SLOT_BYTES = 4_000_000
BLOCK_ROWS = 1 << 16
WORD_COLUMNS = tuple(field.name for field in EVENTS if pa.types.is_dictionary(field.type))


def assert_lossless(events: pa.Table) -> pa.RecordBatch:
    """Encodes and decodes; every value, null and dictionary is as it was."""
    whole = events.unify_dictionaries().combine_chunks().to_batches()
    batch = whole[0] if whole else pa.RecordBatch.from_pylist([], schema=EVENTS)
    stored = encode(batch)
    assert stored.schema.equals(EVENTS)
    stored.validate(full=True)
    events_again = decode(stored)
    events_again.validate(full=True)
    assert events_again.equals(batch)
    assert events_again.to_pydict() == events.to_pydict()
    return stored


def written(events: pa.Table) -> bytes:
    """The file of a table of events."""
    sink = io.BytesIO()
    writer = table_writer.TableWriter("events", sink, "lz4")
    writer.write(events)
    writer.close()
    return sink.getvalue()


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
def test_a_fight_comes_back_and_its_hit_points_are_mostly_foretold(number):
    stored = assert_lossless(fight(number))
    assert np.mean(stored["target_hp"].to_numpy() == 0) > 0.6


def test_a_table_without_a_chunk_comes_back():
    assert_lossless(EVENTS.empty_table())
    assert_lossless(pa.Table.from_batches([], schema=EVENTS))


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


@pytest.mark.parametrize("rows", [0, 1, -1, BLOCK_ROWS, 10**12])
def test_another_number_of_rows_is_damage(rows):
    with pytest.raises(DamagedSlotError, match=r"rows|claims"):
        read_table("events", written(small(1).events), rows, "residuals")


def test_another_table_is_damage():
    sink = io.BytesIO()
    with pa.ipc.new_file(sink, small(1).runs.schema) as writer:
        writer.write_table(small(1).runs)
    with pytest.raises(DamagedSlotError, match="columns"):
        read_table("events", sink.getvalue(), small(1).runs.num_rows, "residuals")


def test_the_file_is_one_that_any_arrow_reader_opens():
    events = small(1).events
    table = feather.read_table(pa.BufferReader(written(events)))
    assert table.schema.equals(EVENTS)
    for name in ("run", "encounter", "turn"):
        assert table[name].equals(events[name])
    assert sorted(table["kind"].to_pylist()) == sorted(events["kind"].to_pylist())


def test_a_key_that_points_nowhere_is_damage():
    events = small(1).events
    for name in WORD_COLUMNS:
        nowhere = pa.DictionaryArray.from_arrays(
            pa.array([3] * events.num_rows, events.schema.field(name).type.index_type),
            pa.array(["a word"]),
            safe=False,
        )
        lie = events.set_column(events.column_names.index(name), EVENTS.field(name), nowhere)
        sink = io.BytesIO()
        with pa.ipc.new_file(sink, EVENTS) as writer:
            writer.write_table(lie.combine_chunks())
        with pytest.raises(DamagedSlotError):
            read_table("events", sink.getvalue(), events.num_rows, "residuals")
        with pytest.raises(DamagedSlotError):
            read_events_of_run(sink.getvalue(), events.num_rows, "residuals", 3)


def refused_or_events(content: bytes, rows: int) -> None:
    """A lie may make other events, but valid ones; anything else is damage."""
    try:
        table = read_table("events", content, rows, "residuals")
    except DamagedSlotError:
        return
    table.validate(full=True)
    assert table.num_rows == rows


@pytest.mark.slow
def test_any_columns_make_valid_events_or_are_refused(seed):
    random_ = np.random.default_rng(seed)
    batch = small(1).events.unify_dictionaries().combine_chunks().to_batches()[0]
    for _ in range(LIES):
        columns = dict(zip(EVENTS.names, batch.columns, strict=True))
        for name in random_.choice(EVENTS.names, 3):
            kind = EVENTS.field(name).type
            is_word = name in WORD_COLUMNS
            low, high = limits(kind.index_type if is_word else kind)
            size = len(columns[name].dictionary) if is_word else 0
            values = random_.integers(
                0 if is_word else low,
                max(0, size - 1) if is_word else high,
                len(batch),
                endpoint=True,
            )
            array = pa.array(
                values,
                kind.index_type if is_word else kind,
                mask=random_.random(len(batch)) < random_.choice([0, 0.3, 1]),
            )
            if is_word:
                array = pa.DictionaryArray.from_arrays(array, columns[name].dictionary)
            columns[name] = array
        lie = pa.RecordBatch.from_arrays(list(columns.values()), schema=EVENTS)
        decode(lie).validate(full=True)
        assert encode(decode(lie)).to_pydict() == lie.to_pydict()


def test_flipped_bits_of_the_file_are_refused_or_harmless(seed):
    random_ = random.Random(seed)
    events = small(1).events
    honest = written(events)
    for _ in range(LIES):
        content = bytearray(honest)
        content[random_.randrange(len(content))] ^= 1 << random_.randrange(8)
        refused_or_events(bytes(content), events.num_rows)
        refused_or_events(bytes(content[: random_.randrange(len(content))]), events.num_rows)


@pytest.mark.parametrize("rows", [1, 50, 400, 10**6])
def test_the_events_of_any_run_are_decoded_without_those_of_other_batches(rows, monkeypatch):
    monkeypatch.setattr(table_writer, "BATCH_ROWS", rows)
    monkeypatch.setattr("dualslot_widgets.storage.tables.tables_io.BATCH_ROWS", rows)
    events = dw.simulate(ALL[1], runs=105).events
    content = written(events)
    decoded = []
    monkeypatch.setattr(
        "dualslot_widgets.storage.tables.event_residuals.decode",
        lambda batch: decoded.append(batch.num_rows) or decode(batch),
    )
    for run in range(105):
        found = read_events_of_run(content, events.num_rows, "residuals", run)
        assert found.combine_chunks().equals(rows_of_run(events, run).combine_chunks())
    assert len(decoded) == 105
    for run in (-1, 105):
        assert read_events_of_run(content, events.num_rows, "residuals", run).num_rows == 0
    assert read_table("events", content, events.num_rows, "residuals").equals(events)


@pytest.mark.parametrize("scenario", ALL, ids=lambda scenario: scenario.name)
def test_stored_events_are_about_half_of_plain_ones(scenario, tmp_path):
    data = dw.simulate(scenario)
    feather.write_feather(data.events, str(tmp_path / "plain"), compression="lz4")
    storage = dw.SimulationStorage(tmp_path / "simulations")
    storage.store_simulation(data)
    stored = (storage.slots[0].metadata.file_path / "events.arrow").stat().st_size
    share = stored / (tmp_path / "plain").stat().st_size
    print(f"\n{scenario.name}: {data.events.num_rows:,} events, {share:.2f} of plain LZ4")
    assert share <= STORED_SHARE
    assert storage.slots[0].metadata.compressed_size < SLOT_BYTES
