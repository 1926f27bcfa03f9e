"""Declares a field of scenario data once: how it is read from JSON, and how it is written back.

A room of the scenario floor, between `reading` and the data classes. Each function below makes a
dataclass field that knows its JSON; `read_record` and `record_dict` do the rest, so that a new key
is one line in its class.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from dualslot_widgets.scenario.dice import (
    DamageTerm,
    DiceError,
    damage_text,
    parse_damage,
    parse_healing,
)
from dualslot_widgets.scenario.reading import ObjectReader, Problems, shown

Record = TypeVar("Record")
Read = Callable[[ObjectReader, str], Any]

_READ, _WRITE, _ALWAYS = "read", "write", "always"
_REQUIRED: Any = dataclasses.MISSING
_ROLL_BONUS = re.compile(r"-?(?:[1-9]\d?)?d(?:[2-9]|1\d|20)|[+-]?\d{1,2}", re.ASCII)


def _field(
    read: Read, default: Any, write: Callable[[Any], Any] | None = None, *, always: bool = False
) -> Any:
    how = {_READ: read, _WRITE: write or (lambda value: value), _ALWAYS: always}
    return dataclasses.field(default=default, metadata=how)


def text() -> Any:
    """Declare a required text."""
    return _field(lambda reader, key: reader.text(key), _REQUIRED, always=True)


def integer(low: int, high: int, default: Any = _REQUIRED, *, always: bool = False) -> Any:
    """Declare a whole number in [low, high]; `default` None for one that may be absent."""

    def read(reader: ObjectReader, key: str) -> int | None:
        if default is None and not reader.has(key):
            return None
        usual = low if default is None else None if default is _REQUIRED else default
        return reader.integer(key, low, high, usual)

    return _field(read, default, always=always or default is _REQUIRED)


def flag() -> Any:
    """Declare true or false; false when absent."""
    return _field(lambda reader, key: reader.flag(key), False)


def word(known: Sequence[str], default: Any = _REQUIRED, *, always: bool = False) -> Any:
    """Declare one of the known words; `default` None for one that may be absent."""

    def read(reader: ObjectReader, key: str) -> str | None:
        if default is None and not reader.has(key):
            return None
        usual = known[0] if default is None else None if default is _REQUIRED else default
        return reader.choice(key, known, usual)

    return _field(read, default, always=always or default is _REQUIRED)


def words(known: Sequence[str]) -> Any:
    """Declare a list of distinct known words; empty when absent."""
    return _field(lambda reader, key: reader.choices(key, known), (), list)


def damage(*, required: bool = False) -> Any:
    """Declare damage as terms, written as dice text; none when absent."""

    def read(reader: ObjectReader, key: str) -> tuple[DamageTerm, ...]:
        if not reader.has(key):
            if required and reader.readable:
                reader.fail(key, 'is missing; write dice such as "1d8+4 slashing"')
            return ()
        try:
            return parse_damage(reader.raw(key))
        except DiceError as error:
            reader.fail(key, str(error))
            return ()

    return _field(read, _REQUIRED if required else (), damage_text, always=required)


def points() -> Any:
    """Declare one untyped term of dice and a bonus, as healing is; None when absent."""

    def read(reader: ObjectReader, key: str) -> DamageTerm | None:
        if not reader.has(key):
            return None
        try:
            return parse_healing(reader.raw(key))
        except DiceError as error:
            reader.fail(key, str(error))
            return None

    return _field(read, None, str)


def roll_bonus() -> Any:
    """Declare what is added to a d20: dice of one kind or a number, "1d4", "-1d4", "2"."""

    def read(reader: ObjectReader, key: str) -> str | None:
        if not reader.has(key):
            return None
        value = reader.raw(key)
        if isinstance(value, str) and _ROLL_BONUS.fullmatch(value):
            return value
        reader.fail(key, f'expected a text such as "1d4", "-1d4" or "2", got {shown(value)}')
        return None

    return _field(read, None)


def record(cls: type[Any], *, required: bool = False) -> Any:
    """Declare an object that another class declares; None when absent."""

    def read(reader: ObjectReader, key: str) -> Any:
        if not (reader.has(key) or required):
            return None
        return read_object(cls, reader.raw(key, {}), reader.at(key), reader.problems)

    return _field(read, _REQUIRED if required else None, record_dict, always=required)


def records(cls: type[Any], at_most: int) -> Any:
    """Declare a list of such objects; empty when absent."""

    def read(reader: ObjectReader, key: str) -> tuple[Any, ...]:
        found = reader.items(key, at_most)
        return tuple(read_object(cls, value, path, reader.problems) for path, value in found)

    return _field(read, (), lambda values: [record_dict(value) for value in values])


def numbers(low: int, high: int, at_most: int) -> Any:
    """Declare a list of whole numbers in [low, high]; empty when absent."""

    def read(reader: ObjectReader, key: str) -> tuple[int, ...]:
        found = []
        for index, (_, value) in enumerate(reader.items(key, at_most)):
            inner = ObjectReader({f"{key}[{index}]": value}, reader.path, reader.problems)
            found.append(inner.integer(f"{key}[{index}]", low, high))
        return tuple(found)

    return _field(read, (), list)


def named(read_value: Callable[[ObjectReader, str], Any], write: Callable[[Any], Any]) -> Any:
    """Declare an object of names to values, kept as a tuple of pairs in the given order."""

    def read(reader: ObjectReader, key: str) -> tuple[tuple[str, Any], ...]:
        if not reader.has(key):
            return ()
        inner = ObjectReader(reader.raw(key), reader.at(key), reader.problems)
        return tuple((name, read_value(inner, name)) for name in inner.names(MAX_NAMED))

    return _field(read, (), lambda pairs: {name: write(value) for name, value in pairs})


def custom(read: Read, default: Any, write: Callable[[Any], Any]) -> Any:
    """Declare a field that is read and written in its class's own way."""
    return _field(read, default, write)


#: How many names an object of names may hold.
MAX_NAMED = 20


# The declared fields of a class; to collect them anew took a tenth of reading a slot.
_fields: Callable[[type], tuple[dataclasses.Field[Any], ...]] = lru_cache(dataclasses.fields)


def read_record(cls: type[Record], reader: ObjectReader) -> Record:
    """Read the declared fields of a class, noting every problem; unknown keys are not reported."""
    return cls(**{f.name: f.metadata[_READ](reader, f.name) for f in _fields(cls)})


def read_object(cls: type[Record], value: Any, path: str, problems: Problems) -> Record:
    """Read a whole object; unknown keys are reported."""
    reader = ObjectReader(value, path, problems)
    found = read_record(cls, reader)
    reader.finish()
    return found


def record_dict(value: Any, without: Collection[str] = ()) -> dict[str, Any]:
    """Return the JSON of declared fields, defaults left out; `read_record` reads it back."""
    out = {}
    for f in _fields(type(value)):
        if f.name in without:
            continue
        content = getattr(value, f.name)
        if f.metadata[_ALWAYS] or content != f.default:
            out[f.name] = f.metadata[_WRITE](content)
    return out


def optional_name() -> Any:
    """Declare a name that may be absent."""
    return custom(lambda reader, key: reader.text(key) if reader.has(key) else None, None, str)


def amounts(low: int, high: int) -> Any:
    """Declare names with an amount of each."""
    return named(lambda reader, name: reader.integer(name, low, high), int)
