"""Archives that lie: refused by name, with a remedy, and nothing stored changes."""

from __future__ import annotations

import io
import tarfile
from contextlib import suppress

import lz4.frame
import pytest
from hypothesis import given, strategies as st

import dualslot_widgets as dw
from dualslot_widgets.storage.archive.archive import read_archive
from dualslot_widgets.storage.slots.metadata import LAYOUT, METADATA_NAME
from tests.storage.archive.hostile_archives import described, framed, member, refused, tarred
from tests.storage.slots.test_hostile_metadata import body_of, json_values, signed

NAMES = [
    "../runs.arrow",
    "/etc/passwd",
    "./runs.arrow",
    "a/../../runs.arrow",
    "C:\\runs.arrow",
    "runs.arrow/",
    "..",
    "surprise.arrow",
    "METADATA.JSON",
    "metadata.json",
    "combatants.arrow",
    "",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("place", [0, 1, 5])
def test_a_member_of_another_name_is_refused(home, members, name, place):
    other = list(members)
    if name == other[place][0]:
        name += "x"
    other[place] = (name, other[place][1])
    refused(home, framed(tarred(other)), "where .* belongs|not a file in it")


KINDS = {
    "a symbolic link": (tarfile.SYMTYPE, {"linkname": "/etc/passwd"}),
    "a hard link": (tarfile.LNKTYPE, {"linkname": "metadata.json"}),
    "a character device": (tarfile.CHRTYPE, {"devmajor": 1, "devminor": 3}),
    "a block device": (tarfile.BLKTYPE, {}),
    "a pipe": (tarfile.FIFOTYPE, {}),
    "a folder": (tarfile.DIRTYPE, {}),
    "a sparse file": (tarfile.GNUTYPE_SPARSE, {}),
    "a long name": (tarfile.GNUTYPE_LONGNAME, {}),
    "extended attributes": (tarfile.XHDTYPE, {}),
    "global attributes": (tarfile.XGLTYPE, {}),
    "an old file": (tarfile.AREGTYPE, {}),
    "nothing known": (b"Z", {}),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("place", [0, 5])
def test_a_member_that_is_no_file_is_refused(home, members, kind, place):
    other = list(members)
    name, content = other[place]
    flag, fields = KINDS[kind]
    other[place] = (member(name, flag, size=len(content), **fields), content)
    refused(home, framed(tarred(other)), "not a file in it")


def test_a_member_too_many_too_few_or_twice_is_refused(home, members):
    refused(home, framed(tarred([*members, ("extra", b"")])), "more members")
    refused(home, framed(tarred([*members, members[-1]])), "more members")
    refused(home, framed(tarred(members * 1000)), "more members")
    refused(home, framed(tarred([members[0], *members])), "'metadata.json' where combatants")
    refused(home, framed(tarred(members[:-1])))
    refused(home, framed(tarred(members[1:])), "where metadata.json belongs")
    refused(home, framed(tarred(members[::-1])), "where metadata.json belongs")
    refused(home, framed(tarred(members, tarfile.PAX_FORMAT) + bytes(9216)), "goes on")
    refused(home, framed(tarred([])))


def test_sizes_that_differ_are_refused(home, members):
    for size in (0, 1, 10**6, 8**11 - 1):
        for place in (0, 1, 5):
            other = list(members)
            other[place] = (member(other[place][0], size=size), other[place][1])
            refused(home, framed(tarred(other)))
    for size in (-1, 2**63, -(2**60)):
        other = [(member(METADATA_NAME, size=size), b""), *members[1:]]
        refused(home, framed(tarred(other, tarfile.GNU_FORMAT)))


def test_something_hidden_between_members_is_refused(home, members):
    raw = bytearray(tarred(members))
    at = 512 + len(members[0][1])
    assert raw[at] == 0
    raw[at] = 1
    refused(home, framed(bytes(raw)), "between its members")


def test_a_wrong_hash_in_an_honest_frame_is_refused(home, members):
    for place, (name, content) in enumerate(members):
        other = list(members)
        wrong = bytearray(content)
        wrong[len(wrong) // 2] ^= 1
        other[place] = (name, bytes(wrong))
        refused(home, framed(tarred(other)), "hash")


def test_files_of_another_data_set_are_refused(home, members):
    with tarfile.open(
        fileobj=io.BytesIO(lz4.frame.decompress((home / "seed2.dualslot").read_bytes()))
    ) as tar:
        other = [(info.name, tar.extractfile(info).read()) for info in tar]
    refused(home, framed(tarred([members[0], *other[1:]])))


def test_a_newer_layout_says_to_upgrade(home, members):
    newer = described(members) | {"layout": LAYOUT + 1}
    raw = framed(tarred([(METADATA_NAME, signed(body_of(newer))), ("new.file", b"anything")]))
    refused(home, raw, "newer dualslot_widgets; upgrade")


@pytest.mark.parametrize(
    "lie",
    [
        {"layout": 0},
        {"slot": 1},
        {"folder": "../../elsewhere"},
        {"scenario": {}},
        {"scenario": []},
        {"parameters": {}},
        {"metrics": {"speed": 1}},
        {"files": {}},
        {"surprise": 1},
    ],
    ids=str,
)
def test_metadata_that_lies_with_a_right_hash_is_refused(home, members, lie):
    raw = framed(tarred([(METADATA_NAME, signed(body_of(described(members) | lie))), *members[1:]]))
    refused(home, raw)


def test_rows_that_a_table_does_not_have_are_refused(home, members):
    for rows, match in ((16, "rows"), (10**12, "claims"), (2**53, "claims")):
        content = described(members)
        content["files"]["runs.arrow"]["rows"] = rows
        refused(
            home, framed(tarred([(METADATA_NAME, signed(body_of(content))), *members[1:]])), match
        )


@given(value=json_values, data=st.data())
def test_any_json_in_any_place_is_read_or_refused(home, members, value, data):
    content = described(members)
    place = content
    while True:
        keys = sorted(place) if isinstance(place, dict) else range(len(place))
        key = data.draw(st.sampled_from(keys))
        deeper = isinstance(place[key], (dict, list)) and place[key]
        if not deeper or data.draw(st.booleans()):
            break
        place = place[key]
    place[key] = value
    (home / "lie").write_bytes(
        framed(tarred([(METADATA_NAME, signed(body_of(content))), *members[1:]]))
    )
    with suppress(dw.StorageError):
        read_archive(home / "lie")
