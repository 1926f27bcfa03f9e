"""Says whether a value is exactly of a type of the protocol, as the browser sees it."""

from __future__ import annotations

from enum import EnumMeta
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)


def problem(value: object, kind: Any, path: str = "", seen: set[Any] | None = None) -> str:
    """Return where a value is not of a type, empty where it is; `seen` gets all classes it met."""
    seen = set() if seen is None else seen
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Annotated, NotRequired):  # of two the second is the browser's
        return problem(value, args[-1], path, seen)
    if is_typeddict(kind):
        return _object(value, kind, path, seen)
    if origin in (Union, UnionType):
        found = [problem(value, each, path, seen) for each in args]
        return "" if "" in found else max(found, key=len)
    if origin in (list, tuple) and isinstance(value, list):
        kinds = args * len(value) if origin is list else args
        found = [problem(*each, path, seen) for each in zip(value, kinds, strict=True)]
        return next(filter(None, found), "")
    if origin is dict and isinstance(value, dict):
        return next(filter(None, (problem(v, args[1], path, seen) for v in value.values())), "")
    words = _words(kind)
    right = value in words if words else _plain(value, kind)
    return "" if right else f"{path}: {value!r} is no {kind}"


def _object(value: object, kind: Any, path: str, seen: set[Any]) -> str:
    hints = get_type_hints(kind, include_extras=True)
    needed = {key for key, hint in hints.items() if get_origin(hint) is not NotRequired}
    if not isinstance(value, dict) or not needed <= value.keys() <= hints.keys():
        return f"{path}: {value!r} has not the keys of {kind.__name__}"
    seen.add(kind)
    found = (problem(v, hints[key], f"{path}.{key}", seen) for key, v in value.items())
    return next(filter(None, found), "")


def _words(kind: Any) -> tuple[Any, ...]:
    if get_origin(kind) is Literal:
        return get_args(kind)
    if isinstance(kind, EnumMeta):
        return tuple(each.value for each in kind)
    return kind if isinstance(kind, tuple) else ()


def _plain(value: object, kind: Any) -> bool:
    if kind in (int, float):
        return isinstance(value, (int, kind)) and not isinstance(value, bool)
    return kind in (str, bool, NoneType) and isinstance(value, kind)
