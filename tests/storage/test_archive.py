"""One portable file of a slot: exact, deterministic, durable, and never believed when read."""

from __future__ import annotations

import errno
import io
import json
import os
import random
import tarfile
import tracemalloc
from contextlib import suppress
from dataclasses import asdict

import lz4.frame
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import dualslot_widgets as dw
from dualslot_widgets.storage import archive, files
from dualslot_widgets.storage.archive import MAX_ARCHIVE_BYTES, read_archive
from dualslot_widgets.storage.files import blake2b
from dualslot_widgets.storage.metadata import METADATA_NAME, TABLE_FILES
from dualslot_widgets.tables import SCHEMAS
from tests.storage.small_data import assert_healthy, assert_whole, seeds, small
from tests.storage.test_failing_operations import MOST_OPERATIONS, OPERATIONS, FailingOs

FLIPS = 200
REFUSED = "is not the archive of a data set, or no longer"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A folder with seed 1 in slot 0, seed 2 in slot 1, and both exported; never changed."""
    folder = tmp_path_factory.mktemp("home")
    storage = dw.SimulationStorage(folder / "simulations")
    for seed in (1, 2):
        slot = storage.store_simulation(small(seed))
        storage.export(slot, folder / f"seed{seed}.dualslot")
    return folder


@pytest.fixture(scope="module")
def packed(home):
    return (home / "seed1.dualslot").read_bytes()


@pytest.fixture(scope="module")
def members(packed):
    """Name and content of every member of an honest archive, in its order."""
    with tarfile.open(fileobj=io.BytesIO(lz4.frame.decompress(packed))) as tar:
        return [(info.name, tar.extractfile(info).read()) for info in tar]


def names_in(folder) -> set[str]:
    return {path.name for path in folder.iterdir()}


def signed(content: dict) -> bytes:
    """The bytes of a metadata.json whose hash is right."""
    body = json.dumps(content).removeprefix("{").encode()
    return b'{"blake2b": "%s",\n' % blake2b(body).encode() + body


def described(members) -> dict:
    content = json.loads(dict(members)[METADATA_NAME])
    del content["blake2b"]
    return content


def with_files(members, **contents):
    """Members whose metadata tells the truth about other files (keys without ending)."""
    content = described(members)
    names = {name.partition(".")[0]: name for name, _ in members}
    new = dict(members)
    for key, value in contents.items():
        new[names[key]] = value
        content["files"][names[key]] |= {"bytes": len(value), "blake2b": blake2b(value)}
    new[METADATA_NAME] = signed(content)
    return list(new.items())


def tarred(members, kind=tarfile.USTAR_FORMAT) -> bytes:
    """A tar of members; a TarInfo in place of a name is taken as it is."""
    pieces = []
    for name, content in members:
        info = name if isinstance(name, tarfile.TarInfo) else member(name, size=len(content))
        pieces += [info.tobuf(kind), content, bytes(-len(content) % 512)]
    return b"".join([*pieces, bytes(1024)])


def member(name="x", kind=tarfile.REGTYPE, **fields) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type = kind
    for field, value in fields.items():
        setattr(info, field, value)
    return info


def framed(content: bytes, **options) -> bytes:
    return lz4.frame.compress(content, **{"content_checksum": True} | options)


def refused(folder, raw: bytes, match: str = REFUSED) -> str:
    """Import bytes; they are refused by name, with a remedy, and nothing stored changes."""
    path = folder / "hostile.dualslot"
    path.write_bytes(raw)
    storage = dw.SimulationStorage(folder / "simulations")
    before = {file: file.read_bytes() for file in storage.path.rglob("*") if file.is_file()}
    with pytest.raises(dw.StorageError, match=match) as caught:
        storage.import_archive(path)
    after = {file: file.read_bytes() for file in storage.path.rglob("*") if file.is_file()}
    assert after == before
    message = str(caught.value)
    assert str(path) in message
    assert any(word in message for word in ("get the file anew", "upgrade", "name a file"))
    return message


# What it is for


def test_a_data_set_comes_back_exactly_in_another_storage(home, tmp_path):
    other = dw.SimulationStorage(tmp_path / "other")
    assert other.import_archive(home / "seed2.dualslot") == 0
    assert other.import_archive(str(home / "seed1.dualslot")) == 1
    assert seeds(other) == [2, 1]
    assert_healthy(other)
    original = dw.SimulationStorage(home / "simulations").slots[1].metadata
    assert other.slots[0].metadata.timestamp == original.timestamp
    assert other.slots[0].metadata.metrics.simulation_seconds == original.metrics.simulation_seconds


def test_an_archive_can_be_read_into_memory_only(home):
    data = read_archive(home / "seed1.dualslot")
    assert_whole(data)
    assert str(data.replay(3)) == str(small(1).replay(3))
    assert data.metadata.slot is data.metadata.generation is data.metadata.file_path is None
    assert "in memory" in repr(data)


def test_an_import_goes_where_a_new_result_would(home, tmp_path):
    storage = dw.SimulationStorage(tmp_path / "simulations")
    for seed in (1, 3):
        storage.store_simulation(small(seed))
    assert storage.import_archive(home / "seed1.dualslot") == 0  # equal parameters
    assert storage.slots[0].metadata.generation_count == 2
    assert storage.import_archive(home / "seed2.dualslot") == 1  # the older one
    assert seeds(storage) == [1, 2]


def test_an_archive_is_a_tar_in_an_lz4_frame_that_other_programs_open(members, packed):
    assert [name for name, _ in members] == [
        "metadata.json",
        "combatants.arrow",
        "events.arrow",
        "quintile_analysis.json",
        "rounds.arrow",
        "runs.arrow",
    ]
    for name, content in members:
        if name in TABLE_FILES:
            table = pa.ipc.open_file(content).read_all()
            assert table.equals(getattr(small(1), TABLE_FILES[name]))
    assert lz4.frame.get_frame_info(packed)["content_checksum"]
    with tarfile.open(fileobj=io.BytesIO(lz4.frame.decompress(packed))) as tar:
        assert {(i.mtime, i.uid, i.gid, i.mode, i.uname) for i in tar} == {(0, 0, 0, 0o644, "")}


def test_equal_data_sets_give_equal_bytes_wherever_they_stand(home, packed, tmp_path):
    storage = dw.SimulationStorage(home / "simulations")
    assert storage.export(0, tmp_path / "again").read_bytes() == packed
    moved = dw.SimulationStorage(tmp_path / "moved")
    moved.store_simulation(small(5))
    data = storage.slots[0]
    slot = moved.store_simulation(data)
    assert slot == 1
    exported = [tmp_path / "a", tmp_path / "b"]
    for path in exported:
        moved.export(1, path)
    first, second = (path.read_bytes() for path in exported)
    assert first == second
    # Storing measures its own seconds; all else is the same.
    texts = [lz4.frame.decompress(raw) for raw in (first, packed)]
    assert len({text[text.index(b"combatants.arrow\0") :] for text in texts}) == 1
    names = {file.name for file in (tmp_path / "moved").rglob("g*") if file.is_dir()}
    assert not any(name.encode() in text for name in names for text in texts)


def test_an_archive_may_be_named_by_a_link(home, tmp_path):
    (tmp_path / "link").symlink_to(home / "seed1.dualslot")
    assert_whole(read_archive(tmp_path / "link"))


# Export


def test_an_export_returns_its_absolute_path_and_leaves_nothing_else(home, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = dw.SimulationStorage(home / "simulations").export(0, "ambush.dualslot")
    assert path == tmp_path / "ambush.dualslot"
    assert names_in(tmp_path) == {"ambush.dualslot"}


@pytest.mark.parametrize("kind", ["file", "folder", "dangling link"])
def test_an_export_overwrites_only_when_asked(home, packed, tmp_path, kind):
    storage = dw.SimulationStorage(home / "simulations")
    path = tmp_path / "ambush.dualslot"
    if kind == "file":
        path.write_bytes(b"precious")
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to(tmp_path / "nowhere")
    with pytest.raises(dw.StorageError, match=r"ambush\.dualslot exists already.*overwrite=True"):
        storage.export(0, path)
    assert names_in(tmp_path) == {path.name}
    if kind == "folder":
        with pytest.raises(dw.StorageError, match="was not written"):
            storage.export(0, path, overwrite=True)
        assert path.is_dir()
    else:
        storage.export(0, path, overwrite=True)
        assert path.read_bytes() == packed
    assert names_in(tmp_path) == {path.name}


@pytest.mark.parametrize("links", [True, False], ids=["hard links", "no hard links"])
def test_a_file_that_appears_meanwhile_is_not_overwritten(home, tmp_path, monkeypatch, links):
    path = tmp_path / "ambush.dualslot"
    write = archive._write

    def slowly(generation, temporary):
        write(generation, temporary)
        path.write_bytes(b"precious")

    def no_link(source, target):
        raise OSError(errno.EPERM, "no hard links here")

    monkeypatch.setattr(archive, "_write", slowly)
    if not links:
        monkeypatch.setattr(files.os, "link", no_link)
    with pytest.raises(dw.StorageError, match="exists already"):
        dw.SimulationStorage(home / "simulations").export(0, path)
    assert path.read_bytes() == b"precious"
    assert names_in(tmp_path) == {path.name}


def test_what_is_not_there_is_not_exported(tmp_path):
    storage = dw.SimulationStorage(tmp_path / "simulations")
    with pytest.raises(dw.StorageError, match="slot 0 is empty"):
        storage.export(0, tmp_path / "a")
    with pytest.raises(dw.StorageError, match="no slot 2"):
        storage.export(2, tmp_path / "a")
    storage.store_simulation(small(1))
    with pytest.raises(dw.StorageError, match="folder that exists"):
        storage.export(0, tmp_path / "missing" / "a")


@pytest.mark.parametrize(
    "name", [*(f"{name}.arrow" for name in SCHEMAS), "quintile_analysis.json", "metadata.json"]
)
def test_a_damaged_slot_is_not_exported(tmp_path, name):
    storage = dw.SimulationStorage(tmp_path / "simulations")
    storage.store_simulation(small(1))
    folder = storage.slots[0].metadata.file_path
    file = (folder.parent if name == METADATA_NAME else folder) / name
    raw = bytearray(file.read_bytes())
    raw[len(raw) // 2] ^= 4
    file.write_bytes(raw)
    for opened in (storage, dw.SimulationStorage(storage.path)):
        with pytest.raises(dw.DamagedSlotError, match=rf"slot 0 is not exported: {name}"):
            opened.export(0, tmp_path / "a")
    assert names_in(tmp_path) == {"simulations"}


@pytest.mark.parametrize("overwrite", [False, True])
@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC, None], ids=str)
def test_a_disk_that_fails_leaves_no_half_archive(
    home, packed, tmp_path, monkeypatch, code, overwrite
):
    monkeypatch.setattr(
        "tests.storage.test_failing_operations.OPERATIONS", (*OPERATIONS, "link", "lseek", "read")
    )
    storage = dw.SimulationStorage(home / "simulations")
    path = tmp_path / "ambush.dualslot"
    failed = set()
    for fail_at in range(1, MOST_OPERATIONS):
        path.unlink(missing_ok=True)
        if overwrite:
            path.write_bytes(b"precious")
        storage.close()
        assert storage.slots[0] is not None  # opened before the disk fails
        failing = FailingOs(fail_at, code)
        with monkeypatch.context() as patched:
            patched.setattr(files, "os", failing)
            patched.setattr(storage, "_look", lambda known=storage._known: known)
            with suppress(dw.StorageError, KeyboardInterrupt):
                storage.export(0, path, overwrite=overwrite)
        if path.exists():
            assert path.read_bytes() in ((packed, b"precious") if overwrite else (packed,))
        if failing.failed != "unlink":  # a temporary that cannot be deleted stays
            assert names_in(tmp_path) <= {path.name}
        for file in names_in(tmp_path) - {path.name}:
            (tmp_path / file).unlink()
        if not failing.failed:
            assert path.read_bytes() == packed
            break
        failed.add(failing.failed)
    else:
        pytest.fail("an export takes more operations than expected")
    assert {"open", "write", "fsync", "replace" if overwrite else "link"} <= failed


def test_an_import_onto_a_disk_that_is_full_says_so(home, tmp_path, monkeypatch):
    storage = dw.SimulationStorage(tmp_path / "simulations")
    storage.store_simulation(small(3))

    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(files.HashingFile, "flush", full)
        with pytest.raises(dw.StorageError, match=r"not stored.*No space left"):
            storage.import_archive(home / "seed1.dualslot")
    assert seeds(storage) == [3, None]
    assert_healthy(storage)


# Damage


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


# Lies


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
    newer = described(members) | {"layout": 2}
    raw = framed(tarred([(METADATA_NAME, signed(newer)), ("new.file", b"anything")]))
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
    raw = framed(tarred([(METADATA_NAME, signed(described(members) | lie)), *members[1:]]))
    refused(home, raw)


def test_rows_that_a_table_does_not_have_are_refused(home, members):
    for rows, match in ((16, "rows"), (10**12, "claims"), (2**53, "claims")):
        content = described(members)
        content["files"]["runs.arrow"]["rows"] = rows
        refused(home, framed(tarred([(METADATA_NAME, signed(content)), *members[1:]])), match)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner),
    max_leaves=10,
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
    (home / "lie").write_bytes(framed(tarred([(METADATA_NAME, signed(content)), *members[1:]])))
    with suppress(dw.StorageError):
        read_archive(home / "lie")


# Frames and tables that are traps


def test_other_frames_are_refused(home, members, packed):
    honest = tarred(members)
    no_checksum = lz4.frame.compress(honest, content_checksum=False)
    refused(home, no_checksum, "does not start as one")
    skippable = b"\x50\x2a\x4d\x18" + (4).to_bytes(4, "little") + b"skip"
    refused(home, skippable + packed, "does not start as one")
    refused(home, b"\x02\x21\x4c\x18" + packed[4:], "does not start as one")  # the legacy frame
    refused(home, honest, "does not start as one")
    refused(home, b"\x1f\x8b" + packed, "does not start as one")
    refused(home, framed(honest) + skippable, "goes on behind its end")
    refused(home, framed(b"") + packed)
    declared = framed(honest, store_size=True)
    assert lz4.frame.get_frame_info(declared)["content_size"] == len(honest)
    too_much = declared[:6] + (10**15).to_bytes(8, "little") + declared[14:]
    refused(home, too_much)


def test_a_frame_that_asks_for_a_dictionary_is_refused(home, packed):
    flags = bytes([packed[4] | 1])
    with_dictionary = packed[:4] + flags + packed[5:6] + b"\1\0\0\0" + packed[6:]
    refused(home, with_dictionary, "does not start as one")


BOMB_BYTES = 300 << 20


@pytest.mark.parametrize("where", ["first header", "metadata", "table", "end", "behind"])
def test_a_bomb_is_refused_before_it_takes_memory(home, members, where):
    bomb = bytes(BOMB_BYTES)
    content = described(members)
    huge = dict(content["files"]["combatants.arrow"]) | {"bytes": BOMB_BYTES}
    lying = signed(content | {"files": content["files"] | {"combatants.arrow": huge}})
    raw = {
        "first header": bomb,
        "metadata": member(METADATA_NAME, size=BOMB_BYTES).tobuf() + bomb,
        "table": tarred(members[:1]).removesuffix(bytes(1024))
        + member("combatants.arrow", size=BOMB_BYTES).tobuf()
        + bomb,
        "end": tarred(members) + bomb,
        "behind": tarred([(METADATA_NAME, lying)]).removesuffix(bytes(1024)) + bomb,
    }[where]
    packed = framed(raw)
    assert len(packed) < BOMB_BYTES // 200
    del raw, bomb
    path = home / "bomb.dualslot"
    path.write_bytes(packed)
    tracemalloc.start()
    try:
        with pytest.raises(dw.StorageError, match=REFUSED):
            read_archive(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        path.unlink()
    assert peak < 10 << 20


def test_more_than_an_archive_may_hold_is_refused_before_it_is_unpacked(home, members):
    content = described(members)
    for name in TABLE_FILES:
        content["files"][name]["bytes"] = MAX_ARCHIVE_BYTES // 3
    refused(home, framed(tarred([(METADATA_NAME, signed(content))])), "claims more than")


def arrow_file(name, table, **options) -> bytes:
    sink = io.BytesIO()
    with pa.ipc.new_file(sink, table.schema, options=pa.ipc.IpcWriteOptions(**options)) as writer:
        writer.write_table(table)
    return sink.getvalue()


def changed_column(table, name, column):
    return table.set_column(table.schema.get_field_index(name), table.schema.field(name), column)


def test_dictionary_keys_that_point_nowhere_are_refused(home, members):
    runs = small(1).runs
    for key in (3, 127, -1):
        keys = pa.array([key] * runs.num_rows, pa.int8())
        words = pa.array(["win", "loss", "unresolved"])
        column = pa.DictionaryArray.from_arrays(keys, words, safe=False)
        raw = arrow_file("runs", changed_column(runs, "outcome", column))
        refused(home, framed(tarred(with_files(members, runs=raw))), r"runs\.arrow")


def test_a_table_with_other_columns_is_refused(home, members):
    raw = arrow_file("runs", small(1).rounds)
    refused(home, framed(tarred(with_files(members, runs=raw))), r"runs\.arrow.*columns")
    refused(home, framed(tarred(with_files(members, runs=b"no table"))), r"runs\.arrow")


def test_a_table_without_runs_is_refused(home, members):
    content = described(with_files(members, runs=arrow_file("runs", small(1).runs.slice(0, 0))))
    content["files"]["runs.arrow"]["rows"] = 0
    other = dict(with_files(members, runs=arrow_file("runs", small(1).runs.slice(0, 0))))
    other[METADATA_NAME] = signed(content)
    refused(home, framed(tarred(list(other.items()))), "no runs")


def test_an_analysis_that_lies_is_derived_anew(home, members):
    lie = asdict(small(1).analysis) | {"win_rate": 0.0, "label": "Impossible"}
    raw = framed(tarred(with_files(members, quintile_analysis=json.dumps(lie).encode())))
    (home / "lie").write_bytes(raw)
    assert_whole(read_archive(home / "lie"))


def test_what_cannot_be_opened_is_named(home, tmp_path):
    for path in (tmp_path / "nowhere.dualslot", tmp_path):
        with pytest.raises(dw.StorageError, match="cannot be read") as caught:
            read_archive(path)
        assert str(path) in str(caught.value)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(dw.StorageError, match="cannot be read"):
        read_archive(tmp_path / "pipe")
