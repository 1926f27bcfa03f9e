"""Declares each key of the scenario JSON once: its type, bounds, words, default and names.

Each function makes a dataclass field that carries a `schema.Declared`, which is the only statement
of its key: reading and writing, editing, comparing, the front end's words and the documentation
all ask it. Whatever else `Declared` holds is given as `more`.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from dualslot_widgets.scenario.dice import (
    DamageTerm,
    DiceError,
    damage_text,
    parse_damage,
    parse_healing,
)
from dualslot_widgets.scenario.reading import ObjectReader, Problems, shown
from dualslot_widgets.scenario.schema import (
    DECLARED,
    REQUIRED,
    Declared,
    Kind,
    Read,
    read_object,
    record_dict,
)

#: How many names an object of names may hold.
MAX_NAMED = 20
_ROLL_BONUS = re.compile(r"-?(?:[1-9]\d?)?d(?:[2-9]|1\d|20)|[+-]?\d{1,2}", re.ASCII)


def _field(kind: Kind, read: Read, default: Any = REQUIRED, **more: Any) -> Any:
    always = more.pop("always", False) or default is REQUIRED
    declared = Declared(kind=kind, read=read, default=default, always=always, **more)
    usual = dataclasses.MISSING if default is REQUIRED else default
    return dataclasses.field(default=usual, metadata={DECLARED: declared})


def text(default: Any = REQUIRED, **more: Any) -> Any:
    """Declare a text; `default` None for one that may be absent."""

    def read(reader: ObjectReader, key: str) -> str | None:
        if default is None and not reader.has(key):
            return None
        return reader.text(key, None if default is REQUIRED else default)

    return _field("text", read, default, **more)


def integer(low: int, high: int, default: Any = REQUIRED, **more: Any) -> Any:
    """Declare a whole number in [low, high]; `default` None for one that may be absent."""

    def read(reader: ObjectReader, key: str) -> int | None:
        if default is None and not reader.has(key):
            return None
        usual = low if default is None else None if default is REQUIRED else default
        return reader.integer(key, low, high, usual)

    return _field("number", read, default, low=low, high=high, **more)


def flag(**more: Any) -> Any:
    """Declare true or false; false when absent."""
    return _field("flag", lambda reader, key: reader.flag(key), False, **more)


def word(known: Sequence[str], default: Any = REQUIRED, **more: Any) -> Any:
    """Declare one of the known words; `default` None for one that may be absent."""

    def read(reader: ObjectReader, key: str) -> str | None:
        if default is None and not reader.has(key):
            return None
        usual = known[0] if default is None else None if default is REQUIRED else default
        return reader.choice(key, known, usual)

    return _field("word", read, default, known=tuple(known), **more)


def words(known: Sequence[str], **more: Any) -> Any:
    """Declare a list of distinct known words; empty when absent."""

    def read(reader: ObjectReader, key: str) -> tuple[str, ...]:
        return reader.choices(key, known)

    each = Declared(kind="word", known=tuple(known))
    listed = {"known": tuple(known), "at_most": len(known), "each": each}
    return _field("words", read, (), write=list, **listed, **more)


def names(at_most: int, what: str, **more: Any) -> Any:
    """Declare a list of names; empty when absent."""

    def read(reader: ObjectReader, key: str) -> tuple[str, ...]:
        found = []
        for path, value in reader.items(key, at_most):
            if isinstance(value, str):
                found.append(value)
            else:
                reader.problems.add(path, f"expected {what}, got {shown(value)}")
        return tuple(found)

    each = Declared(kind="text")
    return _field("names", read, (), write=list, at_most=at_most, each=each, **more)


def damage(*, required: bool = False, **more: Any) -> Any:
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

    return _field("damage", read, REQUIRED if required else (), write=_dice_text, **more)


def _dice_text(terms: tuple[DamageTerm, ...]) -> str | None:
    return damage_text(terms) or None


def points(**more: Any) -> Any:
    """Declare one untyped term of dice and a bonus, as healing is; None when absent."""

    def read(reader: ObjectReader, key: str) -> DamageTerm | None:
        if not reader.has(key):
            return None
        try:
            return parse_healing(reader.raw(key))
        except DiceError as error:
            reader.fail(key, str(error))
            return None

    return _field("points", read, None, write=str, **more)


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

    return _field("bonus", read, None)


def record(cls: type[Any], default: Any = None, **more: Any) -> Any:
    """Declare an object that another class declares; None when absent, unless it is required."""

    def read(reader: ObjectReader, key: str) -> Any:
        if not reader.has(key) and default is not REQUIRED:
            return default
        return read_object(cls, reader.raw(key, {}), reader.at(key), reader.problems)

    return _field("record", read, default, write=record_dict, of={"": cls}, **more)


def records(
    of: type[Any] | Mapping[str, type[Any]],
    at_most: int,
    *,
    read: Callable[[Any, str, Problems], Any] | None = None,
    write: Callable[[Any], Any] = record_dict,
    required: bool = False,
    edit: bool = False,
    **more: Any,
) -> Any:
    """Declare a list of objects of one class, or of several by their "type".

    Parameters
    ----------
    of : class, or mapping of str to class
    at_most : int
    read, write : callable, optional
        They read one entry from a value, its path and the problems so far, and write its JSON.
    required : bool
        There has to be one; else the list is empty when absent.
    edit : bool
    """
    classes = {"": of} if isinstance(of, type) else of
    entry = read or partial(read_object, classes.get("", object))

    def read_all(reader: ObjectReader, key: str) -> tuple[Any, ...]:
        found = reader.items(key, at_most, required=required)
        return tuple(entry(value, path, reader.problems) for path, value in found)

    def write_all(values: Sequence[Any]) -> list[Any]:
        return [write(value) for value in values]

    each = Declared(kind="record", of=classes, edit=edit)
    listed = {"at_most": at_most, "each": each, "edit": edit}
    default = REQUIRED if required else ()
    return _field("records", read_all, default, write=write_all, **listed, **more)


def numbers(low: int, high: int, at_most: int, *, edit: bool = False) -> Any:
    """Declare a list of whole numbers in [low, high]; empty when absent, and 0 beyond its end."""

    def read(reader: ObjectReader, key: str) -> tuple[int, ...]:
        found = []
        for index, (_, value) in enumerate(reader.items(key, at_most)):
            inner = ObjectReader({f"{key}[{index}]": value}, reader.path, reader.problems)
            found.append(inner.integer(f"{key}[{index}]", low, high))
        return tuple(found)

    each = _number(low, high, edit)
    return _field("numbers", read, (), write=list, at_most=at_most, each=each, edit=edit)


def bonuses(known: Sequence[str], low: int, high: int, *, edit: bool = False, **more: Any) -> Any:
    """Declare an object of known names to numbers, kept in their order; 0 where one is absent."""

    def read(reader: ObjectReader, key: str) -> tuple[int, ...]:
        if not reader.has(key):
            return (0,) * len(known)
        inner = ObjectReader(reader.raw(key), reader.at(key), reader.problems)
        found = tuple(inner.integer(name, low, high, 0) for name in known)
        inner.finish()
        return found

    def write(values: Sequence[int]) -> dict[str, int]:
        return dict(zip(known, values, strict=True))

    inside = {"known": tuple(known), "each": _number(low, high, edit), "edit": edit}
    return _field("named", read, (0,) * len(known), write=write, **inside, **more)


def amounts(low: int, high: int) -> Any:
    """Declare an object of names to numbers, kept as pairs in the given order."""
    return _named(_number(low, high))


def named_records(cls: type[Any]) -> Any:
    """Declare an object of names to objects of a class, kept as pairs in the given order."""

    def read(reader: ObjectReader, name: str) -> Any:
        return read_object(cls, reader.raw(name), reader.at(name), reader.problems)

    return _named(Declared(kind="record", read=read, write=record_dict, of={"": cls}))


def _number(low: int, high: int, edit: bool = False) -> Declared:
    def read(reader: ObjectReader, key: str) -> int:
        return reader.integer(key, low, high)

    return Declared(kind="number", read=read, low=low, high=high, edit=edit)


def _named(each: Declared) -> Any:
    def read(reader: ObjectReader, key: str) -> tuple[tuple[str, Any], ...]:
        if not reader.has(key):
            return ()
        inner = ObjectReader(reader.raw(key), reader.at(key), reader.problems)
        return tuple((name, each.read(inner, name)) for name in inner.names(MAX_NAMED))

    def write(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
        return {name: each.write(value) for name, value in pairs}

    return _field("named", read, (), write=write, each=each)
