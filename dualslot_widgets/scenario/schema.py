"""What is declared of each key of the scenario JSON, by class and by path; how records are read.

`fields` declares; whoever needs to know of a key what it takes, what it is called, or whether it
may be edited, asks here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final, Literal, TypeAlias, TypeVar

from dualslot_widgets.scenario.reading import ObjectReader, Problems

Record = TypeVar("Record")
Read: TypeAlias = Callable[[ObjectReader, str], Any]
#: "damage" and "points" are dice, "bonus" is what is added to a d20; "named" is an object of names.
Kind: TypeAlias = Literal[
    "text", "number", "flag", "word", "words", "names", "damage", "points", "bonus",
    "record", "records", "numbers", "named",
]  # fmt: skip

#: The default of what may not be absent.
REQUIRED: Any = object()
#: Where a dataclass field carries its `Declared`.
DECLARED: Final = "declared"


def _as_it_is(value: Any) -> Any:
    return value


def _raw(reader: ObjectReader, key: str) -> Any:
    return reader.raw(key)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """All that is to be known of one key of the scenario JSON.

    Attributes
    ----------
    kind : str
    read, write : callable
        From the JSON, noting every problem; and to it. Entries of lists are read with their list.
    default
        The value where the key is absent; `REQUIRED` where it may not be.
    always : bool
        It is written even where it has its default.
    low, high : int
        Bounds of a number.
    known : tuple of str
        The words, or the names of a "named" object if those are given.
    each : Declared or None
        One entry of a list or of a "named" object.
    of : mapping of str to class
        The classes of a "record" by its "type", or its only one.
    at_most : int
        Entries of a list.
    edit, removable : bool
        Whether an editor may change it (or what is in it), and whether it may take it away.
    spelled : bool
        Fingerprints are taken of its default too, though it is not written.
    names_default : bool
        Where it changes from or to its default, that is named.
    none : str
        What its absence is called.
    label, title, phrase : str
        What it is called in a sentence, above an input, and with its value in place of "{}".
    says : mapping of str to str
        What its words are called; "" is its absence.
    key : str
        Its key.
    """

    kind: Kind
    read: Read = _raw
    write: Callable[[Any], Any] = _as_it_is
    default: Any = REQUIRED
    always: bool = False
    low: int = 0
    high: int = 0
    known: tuple[str, ...] = ()
    each: Declared | None = None
    of: Mapping[str, type[Any]] = dataclasses.field(default_factory=dict)
    at_most: int = 0
    edit: bool = False
    removable: bool = False
    spelled: bool = False
    names_default: bool = False
    none: str = ""
    label: str = ""
    title: str = ""
    phrase: str = ""
    says: Mapping[str, str] = dataclasses.field(default_factory=dict)
    key: str = ""

    @property
    def required(self) -> bool:
        """Whether the key may not be absent."""
        return self.default is REQUIRED

    @property
    def usual(self) -> Any:
        """The JSON of the default; None for none."""
        return None if self.required or self.default is None else self.write(self.default)

    @property
    def absent(self) -> str | int | None:
        """What is written in place of its value where it is absent; None for nothing."""
        return self.none or (self.default if self.names_default else None)


#: What each class declares; to collect it anew took a tenth of reading a slot.
_collected: dict[type[Any], Mapping[str, Declared]] = {}


def declared_in(cls: type[Any]) -> Mapping[str, Declared]:
    """Return what a class declares, by key and in order."""
    if cls not in _collected:
        _collected[cls] = MappingProxyType(_collect(cls))
    return _collected[cls]


def _collect(cls: type[Any]) -> dict[str, Declared]:
    found = {}
    for each in dataclasses.fields(cls):
        declared: Declared = each.metadata[DECLARED]
        label = declared.label or each.name.replace("_", " ")
        found[each.name] = dataclasses.replace(
            declared,
            key=each.name,
            label=label,
            title=declared.title or label,
            phrase=declared.phrase or (label if declared.kind == "flag" else f"{label} {{}}"),
        )
    return found


def read_values(cls: type[Any], reader: ObjectReader) -> dict[str, Any]:
    """Read all that a class declares, noting every problem; unknown keys are not reported."""
    return {key: declared.read(reader, key) for key, declared in declared_in(cls).items()}


def read_record(cls: type[Record], reader: ObjectReader) -> Record:
    """Read a record of a class, noting every problem; unknown keys are not reported."""
    return cls(**read_values(cls, reader))


def read_object(cls: type[Record], value: Any, path: str, problems: Problems) -> Record:
    """Read a whole object; unknown keys are reported."""
    reader = ObjectReader(value, path, problems)
    found = read_record(cls, reader)
    reader.finish()
    return found


def record_dict(value: Any, without: Collection[str] = ()) -> dict[str, Any]:
    """Return the JSON of declared fields, defaults left out; `read_record` reads it back."""
    out = {}
    for key, declared in declared_in(type(value)).items():
        content = getattr(value, key)
        if key not in without and (declared.always or content != declared.default):
            out[key] = declared.write(content)
    return out


def whole(cls: type[Any]) -> Declared:
    """Return the declaration of a JSON object that a class declares."""
    return Declared(kind="record", of={"": cls}, edit=True)


def inside(declared: Declared, step: str | int, kind: str = "") -> tuple[Declared, ...]:
    """Return what may stand one step further in.

    Parameters
    ----------
    declared : Declared
    step : str or int
        A key or an index.
    kind : str
        The "type" of an action; without it, each type that has the key has its own.
    """
    if isinstance(step, int):
        return (declared.each,) if declared.each and step < declared.at_most else ()
    if declared.kind == "named" and declared.each:
        return (declared.each,) if step in (declared.known or (step,)) else ()
    if step == "type" and len(declared.of) > 1:
        return (Declared(kind="word", known=tuple(declared.of)),)
    each = (declared_in(cls).get(step) for cls in _classes(declared, kind))
    return tuple(found for found in each if found is not None)


def keys_of(declared: Declared, kind: str = "") -> list[str]:
    """Return the known keys of an object, see `inside`; none where they are the user's own."""
    own = [key for cls in _classes(declared, kind) for key in declared_in(cls)]
    return [*declared.known, *dict.fromkeys(own)]


def _classes(declared: Declared, kind: str) -> Iterable[type[Any]]:
    return [declared.of[kind]] if kind in declared.of else declared.of.values()
