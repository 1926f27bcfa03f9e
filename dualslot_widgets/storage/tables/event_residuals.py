"""How events are stored: in their own columns, with less in them of what the rules foretell.

The file has the schema `tables.EVENTS`, so that any Arrow reader opens it. `run`, `encounter` and
`turn` stand in it as they are. Of each record batch

1. `kind` and `actor` are sorted by `turn`, and the columns after them by `kind` and `actor`; rows
   that are equal in that stay in their order. What is alike stands together, and LZ4 finds it.
2. `round` is the step from the row before, less 1 where `turn` falls; `target_hp` is the step from
   what the same target had before, plus the `amount`; `total` is without its `roll`.

So the hit points are mostly 0, and the bytes half of those that plain LZ4 takes. Every value comes
back, whatever it is: numbers are reckoned modulo the width of their column, a null counts as 0, and
a column of steps that has a null stays as it is.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Integers = npt.NDArray[np.integer[Any]]

# By which columns, which are in place by then, which others are sorted.
_SORTED = (
    (("turn",), ("kind", "actor")),
    (("kind", "actor"), ("action", "target", "roll", "total", "amount", "target_hp")),
)
_AS_IT_IS = slice(None)


def encode(events: pa.RecordBatch) -> pa.RecordBatch:
    """Return a batch of events, valid by `RecordBatch.validate(full=True)`, as it is stored."""
    known = dict(zip(events.schema.names, events.columns, strict=True))
    columns = dict(known)
    columns["round"] = _steps(known["round"], _falls(known["turn"]))
    columns["target_hp"] = _steps(
        known["target_hp"], -_numbers(known["amount"]), _order(known["target"])
    )
    columns["total"] = _more(known["total"], -_numbers(known["roll"]).astype(np.int16))
    for labels, names in _SORTED:
        order = pa.array(_order(*(known[label] for label in labels)))
        columns |= {name: columns[name].take(order) for name in names}
    return pa.RecordBatch.from_arrays(list(columns.values()), schema=events.schema)


def decode(stored: pa.RecordBatch) -> pa.RecordBatch:
    """Return the events in a batch that is valid; nobody needs to vouch for what is in it."""
    columns = dict(zip(stored.schema.names, stored.columns, strict=True))
    for labels, names in _SORTED:
        order = _order(*(columns[label] for label in labels))
        place = np.empty_like(order)
        place[order] = np.arange(len(order))
        columns |= {name: columns[name].take(pa.array(place)) for name in names}
    columns["round"] = _sums(columns["round"], _falls(columns["turn"]))
    columns["target_hp"] = _sums(
        columns["target_hp"], -_numbers(columns["amount"]), _order(columns["target"])
    )
    columns["total"] = _more(columns["total"], _numbers(columns["roll"]))
    return pa.RecordBatch.from_arrays(list(columns.values()), schema=stored.schema)


def _order(*labels: pa.Array) -> npt.NDArray[np.intp]:
    """Return the rows sorted by labels, folded to 16 bits, which numpy sorts by counting."""
    folded = np.zeros(len(labels[0]), np.uint16)
    for label in labels:
        folded = (folded << np.uint16(8)) ^ _numbers(label).astype(np.uint16)
    return np.argsort(folded, kind="stable")


def _steps(column: pa.Array, foretold: Integers, order: Any = _AS_IT_IS) -> pa.Array:
    """Return the steps from row to row in an order, less what is foretold of them."""
    if column.null_count:
        return column
    values = _numbers(column)
    steps = np.empty_like(values)
    steps[order] = np.diff(values[order], prepend=values.dtype.type(0))
    return pa.array(steps - foretold.astype(steps.dtype))


def _sums(column: pa.Array, foretold: Integers, order: Any = _AS_IT_IS) -> pa.Array:
    """Return the column of which these are the steps."""
    if column.null_count:
        return column
    steps = _numbers(column) + foretold.astype(np.int16)
    # numpy sums up four bytes faster than two; the sum is taken modulo the width all the same.
    steps[order] = np.cumsum(steps[order], dtype=np.int32).astype(steps.dtype)
    return pa.array(steps)


def _more(column: pa.Array, by: Integers) -> pa.Array:
    nulls = column.is_null().to_numpy(zero_copy_only=False) if column.null_count else None
    return pa.array(_numbers(column) + by, mask=nulls)


def _falls(turn: pa.Array) -> Integers:
    falls = np.zeros(len(turn), np.int16)
    falls[1:] = np.diff(_numbers(turn).astype(np.int16)) < 0
    return falls


def _numbers(column: pa.Array) -> Integers:
    """Return the values of a column, or the keys of its words, with 0 for null."""
    if pa.types.is_dictionary(column.type):
        column = column.indices
    found: Integers = (column.fill_null(0) if column.null_count else column).to_numpy()
    return found
