"""A disk that remembers what is durable, and the states that a power cut may leave of it.

It is more cruel than real file systems: until a folder is fsynced, any of its changes may be lost
or kept on its own, in any order; until a file is fsynced, any part of it may be missing.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path, PurePosixPath

FOLDER = None
State = dict[str, bytes | None]
#: Numbers of the changes that stay, and what part of which file.
Choice = tuple[set[int], dict[int, str]]
#: Of a moment's states, those that mix at random what is kept and what is torn.
MIXED = 3


def is_lock(name: str) -> bool:
    """Say whether a file is a lock, or says who holds one."""
    return name.startswith(".lock") or name.endswith((".lock", ".lock-holder.json.new"))


class Content:
    """What a file holds, and what of it is durable."""

    def __init__(self, durable: bytes = b"") -> None:
        self.live, self.durable = durable, durable

    def left(self, part: str) -> bytes:
        """What is found after the power cut, when all, half or nothing new had been written."""
        if part == "nothing new" or self.live == self.durable:
            return self.durable
        if part == "all":
            return self.live
        return _half(self.live, self.durable)


PARTS = ("nothing new", "half", "all")


@lru_cache(maxsize=64)  # the same bytes each time, so that their hash is worked out once
def _half(live: bytes, durable: bytes) -> bytes:
    old = len(durable) if live.startswith(durable) else 0
    return live[: old + (len(live) - old) // 2]


class Disk:
    """The files below one folder, by relative path; FOLDER for a folder.

    Parameters
    ----------
    root : Path
        All that it holds is durable.
    seed : int
        Of the mixed states.
    """

    def __init__(self, root: Path, seed: int = 0) -> None:
        self.root = root
        self._chance = random.Random(seed)
        self.durable: dict[str, Content | None] = {
            name: FOLDER if content is FOLDER else Content(content)
            for name, content in self.found().items()
        }
        self.now = dict(self.durable)
        self._pending: list[tuple[str, str | None, str | None, Content | None]] = []

    def name(self, path: str | Path) -> str:
        return os.path.relpath(path, self.root)

    def found(self) -> State:
        """What is really there; locks and their holder's note are no part of the promise."""
        return {
            self.name(path): FOLDER if path.is_dir() else path.read_bytes()
            for path in sorted(self.root.rglob("*"))
            if not is_lock(path.name)
        }

    def assert_complete(self) -> None:
        """Nothing changed behind the model's back."""
        known = {n: FOLDER if c is FOLDER else c.live for n, c in self.now.items()}
        assert known == self.found(), "something changed the disk without being traced"

    def change(self, removed: str | None, added: str | None, content: Content | None) -> None:
        """Remove one entry of a folder and add another, in one step."""
        folder = str(PurePosixPath(removed or added).parent)
        _apply(self.now, removed, added, content)
        self._pending.append((folder, removed, added, content))

    def move_folder(self, old: str, new: str) -> None:
        """Rename a folder: durable as soon as the folder where it arrives is fsynced.

        What changed inside and was not fsynced stays so, below the new name.
        """
        _move(self.now, old, new)
        inside = [entry for entry in self._pending if entry[0] == old]
        self._pending = [entry for entry in self._pending if entry[0] != old]
        self._pending.append((str(PurePosixPath(new).parent), old, new, FOLDER))
        self._pending += [
            (new, removed and _below(removed, old, new), added and _below(added, old, new), content)
            for _, removed, added, content in inside
        ]

    def sync_folder(self, name: str) -> None:
        for folder, *change in self._pending:
            if folder == name:
                _apply(self.durable, *change)
        self._pending = [entry for entry in self._pending if entry[0] != name]

    def choices(self) -> Iterator[Choice]:
        """What a power cut may keep of the changes that are not fsynced.

        The first ones, one, all but one, and random choices; of files the same part of each, or
        random ones.
        """
        count = len(self._pending)
        kept = [set(range(n)) for n in range(count + 1)]
        kept += [{n} for n in range(1, count)]
        kept += [set(range(count)) - {n} for n in range(count - 1)]
        files = {id(content) for content in self.now.values() if content is not FOLDER}
        unsynced = any(c.live != c.durable for c in self.now.values() if c is not FOLDER)
        for chosen in kept:
            for part in PARTS if unsynced else PARTS[:1]:
                yield chosen, dict.fromkeys(files, part)
        for _ in range(MIXED):
            chosen = {n for n in range(count) if self._chance.random() < 0.5}
            yield chosen, {file: self._chance.choice(PARTS) for file in files}

    def state(self, choice: Choice) -> State:
        """The files and folders that are left; nothing is in a folder that is not."""
        chosen, parts = choice
        entries = dict(self.durable)
        for number, (_, *change) in enumerate(self._pending):
            if number in chosen:
                _apply(entries, *change)
        return {
            name: FOLDER if content is FOLDER else content.left(parts.get(id(content), PARTS[0]))
            for name, content in entries.items()
            if all(folder in entries for folder in _folders_above(name))
        }


@cache
def _folders_above(name: str) -> tuple[str, ...]:
    return tuple(str(path) for path in PurePosixPath(name).parents if str(path) != ".")


def _apply(entries: dict, removed: str | None, added: str | None, content: object) -> None:
    if removed is not None and added is not None and content is FOLDER:
        _move(entries, removed, added)
        return
    if removed is not None:
        entries.pop(removed, None)
    if added is not None:
        entries[added] = content


def _move(entries: dict, old: str, new: str) -> None:
    """Rename a folder with all that is in it; one that never became durable arrives empty."""
    inside = [name for name in entries if name.startswith(f"{old}/")]
    moved = {_below(name, old, new): entries.pop(name) for name in inside}
    entries.pop(old, None)
    entries[new] = FOLDER
    entries.update(moved)


def _below(name: str, old: str, new: str) -> str:
    return new + name.removeprefix(old)
