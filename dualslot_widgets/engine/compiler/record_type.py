"""A numba type for one flat record in memory: `w.hp[i]` is a load at a known place, no more.

numba has records and arrays of its own; on both, each access costs several times as much to
compile, and to run. Measured on these kernels: half the compile time, and a fifth of the running
time. Fields are arrays of int64, uint64 or float64 with one or two axes; indices are not checked,
as everywhere in numba.
"""

# mypy: disable-error-code="no-untyped-def, no-untyped-call, misc, import-untyped, attr-defined"

from __future__ import annotations

import operator

import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.core.imputils import lower_builtin, lower_getattr_generic
from numba.core.typing.templates import (
    AbstractTemplate,
    AttributeTemplate,
    infer_getattr,
    infer_global,
    signature,
)
from numba.extending import intrinsic, models, register_model

_INDEX = ir.IntType(64)
_BYTES = ir.IntType(8).as_pointer()
_ITEMS = {
    np.dtype(np.int64): types.int64,
    np.dtype(np.uint64): types.uint64,
    np.dtype(np.float64): types.float64,
}


class RecordType(types.Type):
    """The address of a record of this dtype; types of equal names are equal to numba."""

    def __init__(self, name: str, dtype: np.dtype) -> None:
        self.fields = dtype.fields
        super().__init__(name=name)


class FieldType(types.Type):
    """The address of a field of a record; fields of equal shapes are of one type."""

    def __init__(self, shape: tuple[int, ...], item: types.Type) -> None:
        self.shape = shape
        self.item = item
        super().__init__(name=f"field({shape}, {item})")


@register_model(RecordType)
@register_model(FieldType)
class _AddressModel(models.PrimitiveModel):
    def __init__(self, manager, kind):
        super().__init__(manager, kind, _BYTES)


def record_at(kind: RecordType):
    """Return a function for kernels that makes a record of the integer address of its bytes."""

    @intrinsic
    def at(context, address):
        def generate(context, builder, signature, arguments):
            return builder.inttoptr(arguments[0], _BYTES)

        return signature(kind, types.int64), generate

    return at


@intrinsic
def store_int32(context, address, index, value):
    """Write one int32 of an array that is known by its address."""

    def generate(context, builder, signature, arguments):
        items = builder.inttoptr(arguments[0], ir.IntType(32).as_pointer())
        narrow = builder.trunc(arguments[2], ir.IntType(32))
        builder.store(narrow, builder.gep(items, [arguments[1]]))
        return context.get_dummy_value()

    return signature(types.none, types.int64, types.int64, types.int64), generate


@intrinsic
def load_shared(context, field):
    """Read the first int64 of a field that another thread may write meanwhile; a plain load."""

    def generate(context, builder, signature, arguments):
        item = builder.bitcast(arguments[0], _INDEX.as_pointer())
        return builder.load_atomic(item, "monotonic", 8)

    return signature(types.int64, field), generate


@infer_getattr
class _Fields(AttributeTemplate):
    key = RecordType

    def generic_resolve(self, record, name):
        if name not in record.fields:
            return None
        dtype = record.fields[name][0]
        return FieldType(dtype.shape, _ITEMS[dtype.base])


@lower_getattr_generic(RecordType)
def _field(context, builder, record, address, name):
    return builder.gep(address, [ir.Constant(_INDEX, record.fields[name][1])])


def _place(index):
    return types.int64 if isinstance(index, types.Integer) else types.UniTuple(types.int64, 2)


@infer_global(operator.getitem)
class _Load(AbstractTemplate):
    metadata = {"target": "cpu"}  # tried before the many templates that are for any target

    def generic(self, args, kws):
        field, index = args
        if isinstance(field, FieldType):
            return signature(field.item, field, _place(index))
        return None


@infer_global(operator.setitem)
class _Store(AbstractTemplate):
    metadata = {"target": "cpu"}

    def generic(self, args, kws):
        field, index, _ = args
        if isinstance(field, FieldType):
            return signature(types.none, field, _place(index), field.item)
        return None


def _item(context, builder, field, address, index_type, index):
    if not isinstance(index_type, types.Integer):
        row, column = cgutils.unpack_tuple(builder, index)
        width = ir.Constant(_INDEX, field.shape[1])
        index = builder.add(builder.mul(row, width), column)
    items = builder.bitcast(address, context.get_value_type(field.item).as_pointer())
    return builder.gep(items, [index])


@lower_builtin(operator.getitem, FieldType, types.Integer)
@lower_builtin(operator.getitem, FieldType, types.UniTuple)
def _load(context, builder, sig, args):
    field, index = sig.args
    return builder.load(_item(context, builder, field, args[0], index, args[1]))


@lower_builtin(operator.setitem, FieldType, types.Integer, types.Any)
@lower_builtin(operator.setitem, FieldType, types.UniTuple, types.Any)
def _store(context, builder, sig, args):
    field, index, _ = sig.args
    builder.store(args[2], _item(context, builder, field, args[0], index, args[1]))
