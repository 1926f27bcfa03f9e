"""A metadata.json that lies with a right hash: refused in words, nothing outside is read."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress

import pytest
from hypothesis import given, strategies as st

import dualslot_widgets as dw
from dualslot_widgets.errors import DamagedSlotError
from dualslot_widgets.storage.files import blake2b
from dualslot_widgets.storage.slots.metadata import (
    LAYOUT,
    MAX_METADATA_BYTES,
    UnknownLayoutError,
    decode,
)
from tests.storage.small_data import assert_whole, small


def signed(body: bytes) -> bytes:
    """The bytes of a metadata.json whose hash is right."""
    return b'{"blake2b": "%s",\n' % blake2b(body).encode() + body


@pytest.fixture(scope="module")
def honest(tmp_path_factory):
    storage = dw.SimulationStorage(tmp_path_factory.mktemp("honest"))
    storage.store_simulation(small(1))
    storage.store_simulation(small(2))
    raw = (storage.path / "slot_0" / "metadata.json").read_bytes()
    content = json.loads(raw)
    del content["blake2b"]
    return storage.path, content


def body_of(content: object) -> bytes:
    return json.dumps(content).removeprefix("{").encode()


def changed(content, path, value):
    copy = json.loads(json.dumps(content))
    place = copy
    for key in path[:-1]:
        place = place[key]
    if value is None and path[-1] in place and path != ("other_generation",):
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return copy


LIES = {
    "a folder outside": (("folder",), "../../elsewhere"),
    "an absolute folder": (("folder",), "/etc"),
    "a folder of another generation": (("folder",), "g00000099-00000000"),
    "no folder": (("folder",), None),
    "a generation that is text": (("generation",), "1"),
    "a generation that is true": (("generation",), True),
    "a generation beyond counting": (("generation",), 10**30),
    "a generation below 1": (("generation",), 0),
    "another slot": (("slot",), 1),
    "a time without a zone": (("timestamp",), "2026-01-01T00:00:00"),
    "no time": (("timestamp",), "soon"),
    "a file with a path": (("files", "../runs.arrow"), {"bytes": 1, "blake2b": "0", "rows": 1}),
    "a file too few": (("files", "runs.arrow"), None),
    "a file beyond bounds": (("files", "runs.arrow", "bytes"), 10**15),
    "a size below 0": (("files", "runs.arrow", "bytes"), -1),
    "a size in fractions": (("files", "runs.arrow", "bytes"), 1.5),
    "no hash": (("files", "runs.arrow", "blake2b"), "00"),
    "rows beyond counting": (("files", "runs.arrow", "rows"), 10**30),
    "rows of an analysis": (("files", "quintile_analysis.json", "rows"), 1),
    "a metric that is no number": (("metrics", "disk_seconds"), "fast"),
    "an unknown key": (("surprise",), 1),
    "no scenario": (("scenario",), None),
    "a scenario that is a list": (("scenario",), []),
    "an unknown layout": (("layout",), "one"),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_is_refused(honest, lie):
    _, content = honest
    with pytest.raises(DamagedSlotError):
        decode(signed(body_of(changed(content, *LIES[lie]))), 0)


BAD_CONTENT = {
    "a scenario that cannot be": (("scenario", "players"), []),
    "a scenario with too many": (("scenario", "players", 0, "count"), 10**6),
    "parameters of nothing": (("parameters",), {}),
    "parameters of text": (("parameters", "fingerprint"), 7),
    "unknown metrics": (("metrics",), {"speed": 1.0}),
}


@pytest.mark.parametrize("lie", BAD_CONTENT)
def test_content_that_cannot_be_damages_its_slot_only(honest, lie, tmp_path):
    path, content = honest
    folder = shutil.copytree(path, tmp_path / "simulations")
    (folder / "slot_0" / "metadata.json").write_bytes(
        signed(body_of(changed(content, *BAD_CONTENT[lie])))
    )
    storage = dw.SimulationStorage(folder)
    assert storage.slots[0] is None
    assert "metadata.json" in storage.damage[0]
    assert_whole(storage.slots[1])
    assert storage.store_simulation(small(3)) == 0


def test_rows_that_the_file_does_not_have_are_damage(honest, tmp_path):
    path, content = honest
    folder = shutil.copytree(path, tmp_path / "simulations")
    lie = changed(content, ("files", "events.arrow", "rows"), 10**12)
    (folder / "slot_0" / "metadata.json").write_bytes(signed(body_of(lie)))
    data = dw.SimulationStorage(folder).slots[0]
    with pytest.raises(DamagedSlotError, match="rows"):
        _ = data.events


def test_a_newer_layout_is_named_and_not_overwritten(honest, tmp_path):
    path, content = honest
    newer = signed(body_of(changed(content, ("layout",), LAYOUT + 1)))
    with pytest.raises(UnknownLayoutError, match="newer"):
        decode(newer, 0)
    folder = shutil.copytree(path, tmp_path / "simulations")
    (folder / "slot_0" / "metadata.json").write_bytes(newer)
    storage = dw.SimulationStorage(folder)
    with pytest.raises(dw.StorageError, match="not overwritten"):
        storage.store_simulation(small(3))
    assert (folder / "slot_0" / "metadata.json").read_bytes() == newer


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"}",
        b"not JSON",
        b'"a": ' + b"[" * 100_000,
        b'"layout": NaN}',
        b'"layout": Infinity}',
        b'"layout": 1}',
        b'"layout": 1, "layout": 1e999}',
        b"\xff\xfe",
        b" " * (MAX_METADATA_BYTES + 1),
    ],
    ids=lambda body: repr(body[:20]),
)
def test_what_is_no_description_of_a_slot_is_refused(body):
    with pytest.raises(DamagedSlotError):
        decode(signed(body), 0)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner),
    max_leaves=10,
)


@given(value=json_values, where=st.integers(0, 30))
def test_any_json_in_any_place_is_read_or_refused(honest, value, where):
    _, content = honest
    keys = sorted(content)
    lie = content | {keys[where % len(keys)]: value}
    with suppress(DamagedSlotError, UnknownLayoutError):
        decode(signed(body_of(lie)), 0)


@given(raw=st.binary(max_size=300))
def test_any_bytes_are_refused(raw):
    with pytest.raises(DamagedSlotError):
        decode(raw, 0)
