"""What metadata.json says of a slot, and how its bytes prove themselves.

The file's first line holds the blake2b of all bytes after it, so
that not one of them can change unnoticed; then comes readable JSON. Nothing is parsed before the
hash was right, and nothing is believed before it was checked: the hash finds accidents, not lies.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from dualslot_widgets.errors import DamagedSlotError, StorageError
from dualslot_widgets.results.origin import Origin
from dualslot_widgets.storage.disk.files import blake2b
from dualslot_widgets.storage.tables.tables_io import ENCODINGS, MAX_TABLE_BYTES
from dualslot_widgets.tables import SCHEMAS

#: The folder's layout; it counts up when older code would misread it. 1 knew no encodings, 2 no
#: origins (it would take what was imported and not verified for a result of its own), and 3 no
#: events as residuals.
LAYOUT = 4
METADATA_NAME = "metadata.json"
#: A generation's own copy of its record, for when its slot has none any more.
RECORD_NAME = "record.json"
#: The name of that copy until a slot names the generation.
UNCOMMITTED_NAME = "uncommitted.json"
ANALYSIS_FILE = "quintile_analysis.json"
TABLE_FILES = {f"{name}.arrow": name for name in SCHEMAS}
MAX_METADATA_BYTES = 1_000_000
MAX_ANALYSIS_BYTES = 5_000_000
MAX_COUNT = 2**53

_FIRST_LINE = b'{"blake2b": "%s",\n'
_FIRST_LINE_BYTES = len(_FIRST_LINE % bytes(64))
_FOLDER = re.compile(r"g(\d{8,16})-[0-9a-f]{8}", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


class UnknownLayoutError(StorageError):
    """A healthy slot that a newer version of this package wrote."""


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One file of a generation: size, hash, and of a table its rows and their encoding."""

    bytes: int
    blake2b: str
    rows: int | None = None
    encoding: str = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotRecord:
    """The content of one metadata.json.

    Attributes
    ----------
    slot, generation, generation_count : int
        Which slot; the commit's number, the newest slot having the higher one; how often these
        parameters were stored one after the other.
    folder : str
        Name of the generation's folder.
    other_generation : int or None
        A generation that the other slot held. A slot once filled is never empty again, so its
        metadata cannot go missing unnoticed.
    timestamp : datetime
        When the data set was made, UTC.
    parameters, scenario, metrics : dict
        The JSON of `ScenarioParameters`, `Scenario` and `PerformanceMetrics`.
    files : dict
        `FileRecord` of every file in the folder, by name.
    pinned : bool
        Whether no commit may overwrite the slot.
    origin : Origin or None
        Which file it was imported from; None when it was played here.
    """

    slot: int
    generation: int
    generation_count: int
    folder: str
    other_generation: int | None
    timestamp: datetime
    parameters: Mapping[str, Any]
    scenario: Mapping[str, Any]
    metrics: Mapping[str, Any]
    files: Mapping[str, FileRecord]
    pinned: bool = False
    origin: Origin | None = None


def generation_number(folder: str) -> int | None:
    """Return the generation in the name of a generation's folder, None for any other name."""
    match = _FOLDER.fullmatch(folder)
    return int(match[1]) if match else None


def publishable(record: SlotRecord) -> bytes:
    """Return the bytes of metadata.json, which `decode` is known to read.

    Raises
    ------
    StorageError
        When a reader would refuse what the record says.
    """
    raw = encode(record)
    try:
        decode(raw, record.slot)
    except DamagedSlotError as error:
        raise StorageError(
            f"this data set cannot be stored: no reader would take its metadata, which {error}"
        ) from error
    return raw


def encode(record: SlotRecord) -> bytes:
    """Return the bytes of metadata.json; raises `StorageError` when there can be none."""
    # `asdict` would copy the scenario deeply, which took longer than an fsync.
    content = {"layout": LAYOUT, **{f.name: getattr(record, f.name) for f in fields(record)}}
    content["timestamp"] = _in_utc(record.timestamp).isoformat()
    content["files"] = {name: asdict(file) for name, file in record.files.items()}
    content["origin"] = None if record.origin is None else record.origin.to_dict()
    try:
        body = readable_json(content).removeprefix("{\n").encode("utf-8") + b"\n"
    except (TypeError, ValueError) as error:
        raise StorageError(f"the data set's metadata cannot be written as JSON: {error}") from error
    if _FIRST_LINE_BYTES + len(body) > MAX_METADATA_BYTES:
        raise StorageError(
            f"the scenario is too large to be stored: {len(body):,} bytes of metadata, at most "
            f"{MAX_METADATA_BYTES:,}; remove creatures or actions"
        )
    return _FIRST_LINE % blake2b(body).encode("ascii") + body


def _in_utc(timestamp: datetime) -> datetime:
    try:
        if timestamp.utcoffset() is None:
            raise ValueError("it has no time zone")
        return timestamp.astimezone(UTC)
    except (AttributeError, TypeError, ValueError, OverflowError) as error:
        raise StorageError(
            f"the data set's timestamp cannot be stored: {error}; give a time with a zone, such as "
            "datetime.now(UTC)"
        ) from error


def readable_json(content: Mapping[str, Any]) -> str:
    """Return an object as JSON with a line for each member, and for each element of a list.

    `json` indents in Python; without, it is ten times as fast (measured).
    """
    lines = []
    for name, value in content.items():
        if isinstance(value, (list, tuple)) and value:
            text = "[\n  " + ",\n  ".join(map(_json, value)) + "]"
        else:
            text = _json(value)
        lines.append(f" {_json(name)}: {text}")
    return "{\n" + ",\n".join(lines) + "\n}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


@lru_cache(maxsize=4)  # a commit and the looks around it read the same bytes again and again
def decode(raw: bytes, slot: int) -> SlotRecord:
    """Read the bytes of the metadata.json of slot `slot`.

    Raises
    ------
    DamagedSlotError
        When they are not what was written.
    UnknownLayoutError
        When they are, by a version that lays slots out in another way.
    """
    if len(raw) > MAX_METADATA_BYTES:
        raise DamagedSlotError(f"is larger than {MAX_METADATA_BYTES:,} bytes")
    body = raw[_FIRST_LINE_BYTES:]
    if raw[:_FIRST_LINE_BYTES] != _FIRST_LINE % blake2b(body).encode("ascii"):
        raise DamagedSlotError("does not have the bytes that were written: its hash is wrong")
    try:
        content = json.loads(b"{" + body, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise DamagedSlotError(f"is not JSON: {error}") from error
    layout = content.pop("layout", None)
    if _is_count(layout) and layout > LAYOUT:
        raise UnknownLayoutError(
            f"was written by a newer dualslot_widgets (layout {layout}; this one reads {LAYOUT}); "
            "upgrade, or use another folder"
        )
    if not _is_count(layout):
        raise DamagedSlotError(f"has no known layout; this version reads 1 to {LAYOUT}")
    try:
        return _checked(content, slot)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise DamagedSlotError(f"does not describe a slot: {error!r:.300}") from error


def _no_constant(word: str) -> float:
    raise ValueError(f"{word} is not a number of JSON")


def _is_count(value: Any, low: int = 1, high: int = MAX_COUNT) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def _require(ok: bool, what: str) -> None:
    if not ok:
        raise ValueError(what)


def _checked(content: dict[str, Any], slot: int) -> SlotRecord:
    _require(content["slot"] == slot, f"it belongs to slot {content['slot']!r:.20}")
    _require(_is_count(content["generation"]), "generation")
    _require(_is_count(content["generation_count"]), "generation_count")
    other = content["other_generation"]
    _require(other is None or _is_count(other), "other_generation")
    _require(generation_number(content["folder"]) == content["generation"], "folder")
    for key in ("parameters", "scenario", "metrics", "files"):
        _require(isinstance(content[key], dict), key)
    for key, number in content["metrics"].items():
        possible = isinstance(number, (int, float)) and 0 <= number <= MAX_COUNT
        _require(possible and not isinstance(number, bool), f"metrics.{key!s:.40}")
    _require(isinstance(content["pinned"], bool), "pinned")
    timestamp = datetime.fromisoformat(content["timestamp"])
    _require(timestamp.utcoffset() == timedelta(0), "timestamp is not in UTC")
    content["timestamp"] = timestamp.astimezone(UTC)
    content["files"] = {name: _file(name, value) for name, value in content["files"].items()}
    origin = content.get("origin")
    content["origin"] = None if origin is None else Origin.from_dict(origin)
    _require(set(content["files"]) == {*TABLE_FILES, ANALYSIS_FILE}, "files")
    return SlotRecord(**content)


def _file(name: str, value: dict[str, Any]) -> FileRecord:
    record = FileRecord(**value)
    is_table = name in TABLE_FILES
    limit = MAX_TABLE_BYTES if is_table else MAX_ANALYSIS_BYTES
    _require(_is_count(record.bytes, 0, limit), f"bytes of {name!s:.40}")
    _require(isinstance(record.blake2b, str), f"blake2b of {name!s:.40}")
    _require(_DIGEST.fullmatch(record.blake2b) is not None, f"blake2b of {name!s:.40}")
    known = ENCODINGS[TABLE_FILES[name]] if is_table else ("plain",)
    _require(record.encoding in known, f"encoding of {name!s:.40}")
    rows_ok = _is_count(record.rows, 0) if is_table else record.rows is None
    _require(rows_ok, f"rows of {name!s:.40}")
    return record
