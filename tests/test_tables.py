"""Columns made and read without pandas are those that pyarrow makes and reads."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, strategies as st

from dualslot_widgets.tables import dictionary_column, integer_column, numbers

KINDS = (pa.int8(), pa.uint8(), pa.int16(), pa.int32(), pa.int64())


@given(
    kind=st.sampled_from(KINDS),
    values=st.lists(st.integers(0, 127), max_size=40),
    seed=st.integers(0, 2**32 - 1),
    parts=st.integers(1, 4),
)
def test_columns_are_those_of_pyarrow(kind, values, seed, parts):
    array = np.array(values, kind.to_pandas_dtype())
    missing = np.random.default_rng(seed).random(len(values)) < 0.3
    assert integer_column(array, kind) == pa.array(array, type=kind)
    masked = integer_column(array, kind, missing)
    masked.validate(full=True)
    assert masked == pa.array(array, type=kind, mask=missing)
    whole = pa.chunked_array(
        [integer_column(part, kind) for part in np.array_split(array, parts)], type=kind
    )
    assert numbers(whole).tolist() == values
    assert numbers(whole.slice(len(values) // 2)).tolist() == values[len(values) // 2 :]


@given(st.lists(st.text(max_size=8), min_size=1, max_size=8, unique=True))
def test_words_are_text(words):
    kind = pa.dictionary(pa.int8(), pa.string())
    column = dictionary_column(np.arange(len(words), dtype=np.int8), words, kind)
    column.validate(full=True)
    assert column.to_pylist() == words


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_column_has_its_type(kind):
    assert numbers(pa.chunked_array([], type=kind)).dtype == kind.to_pandas_dtype()
