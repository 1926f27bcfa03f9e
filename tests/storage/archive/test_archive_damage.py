"""Archives that were damaged on their way, and bytes that never were one."""

from __future__ import annotations

import random
from contextlib import suppress

import lz4.frame
import pytest
from hypothesis import given, strategies as st

import dualslot_widgets as dw
from dualslot_widgets.storage.archive.archive import read_archive
from tests.storage.archive.hostile_archives import REFUSED, framed, refused
from tests.storage.small_data import assert_whole

FLIPS = 200


def test_every_flipped_bit_is_noticed(home, packed, seed):
    dice = random.Random(seed)
    ends = [*range(24), *range(len(packed) - 12, len(packed))]
    for at in ends + dice.sample(range(len(packed)), FLIPS):
        raw = bytearray(packed)
        raw[at] ^= 1 << dice.randrange(8)
        (home / "flipped").write_bytes(raw)
        with pytest.raises(dw.StorageError, match=REFUSED):
            read_archive(home / "flipped")


def test_every_truncation_is_noticed(home, packed, seed):
    lengths = {*range(40), *range(len(packed) - 40, len(packed))}
    lengths |= set(random.Random(seed).sample(range(len(packed)), 200))
    for length in lengths:
        (home / "cut").write_bytes(packed[:length])
        with pytest.raises(dw.StorageError, match=REFUSED):
            read_archive(home / "cut")


def test_damage_leaves_the_slots_as_they_are(home, packed):
    refused(home, packed[:-1], "ends early")
    refused(home, packed + b"\0", "goes on behind its end")
    refused(home, packed + packed, "goes on behind its end")
    refused(home, b"", "does not start as one")


@given(raw=st.binary(max_size=2000))
def test_any_bytes_are_refused(home, raw):
    (home / "random").write_bytes(raw)
    with pytest.raises(dw.StorageError, match=REFUSED):
        read_archive(home / "random")


@given(raw=st.binary(max_size=2000))
def test_any_bytes_in_a_frame_are_refused(home, raw):
    (home / "random").write_bytes(framed(raw))
    with pytest.raises(dw.StorageError, match=REFUSED):
        read_archive(home / "random")


@given(data=st.data())
def test_any_change_inside_a_whole_frame_is_refused_or_changes_nothing(home, packed, data):
    inside = bytearray(lz4.frame.decompress(packed))
    at = data.draw(st.integers(0, len(inside) - 1))
    inside[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    (home / "random").write_bytes(framed(bytes(inside)))
    with suppress(dw.StorageError):
        assert_whole(read_archive(home / "random"))
