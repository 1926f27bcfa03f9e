"""Archives that somebody else made: any tar in any frame, and what an import must say of them."""

from __future__ import annotations

import json
import tarfile

import lz4.frame
import pytest

import dualslot_widgets as dw
from dualslot_widgets.storage.disk.files import blake2b
from dualslot_widgets.storage.record.metadata import METADATA_NAME
from tests.storage.record.test_hostile_metadata import body_of, signed

CHECKED = {"content_checksum": True, "block_checksum": True}
REFUSED = "is not the archive of a data set, or no longer"


def names_in(folder) -> set[str]:
    return {path.name for path in folder.iterdir()}


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
    new[METADATA_NAME] = signed(body_of(content))
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
    return lz4.frame.compress(content, **CHECKED | options)


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
