"""Other ways to keep the tables of a data set on disk, as a user would write them.

Each has `write(tables, folder)` and `read(folder)`, which returns the tables as DataFrames, and
says what it promises. Of these only sqlite fsyncs by itself.
"""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import diskcache
import joblib
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

Tables = dict[str, pa.Table]
Frames = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Keeper:
    """A way to keep tables; `crash` says what a power cut leaves, `code` what loading may do."""

    name: str
    write: Callable[[Tables, Path], object]
    read: Callable[[Path], Frames]
    crash: str
    code: str


def _frames(tables: Tables) -> Frames:
    return {name: table.to_pandas() for name, table in tables.items()}


def _pickle(tables: Tables, folder: Path) -> None:
    with (folder / "tables.pickle").open("wb") as stream:
        pickle.dump(_frames(tables), stream, protocol=pickle.HIGHEST_PROTOCOL)


def _unpickle(folder: Path) -> Frames:
    with (folder / "tables.pickle").open("rb") as stream:
        return pickle.load(stream)


def _joblib(tables: Tables, folder: Path) -> None:
    # What joblib.Memory(compress=True) does for each result of a function.
    joblib.dump(_frames(tables), folder / "tables.joblib", compress=("zlib", 3))


def _unjoblib(folder: Path) -> Frames:
    return joblib.load(folder / "tables.joblib")


def _diskcache(tables: Tables, folder: Path) -> None:
    with diskcache.Cache(str(folder / "cache")) as cache:
        cache["tables"] = _frames(tables)


def _undiskcache(folder: Path) -> Frames:
    with diskcache.Cache(str(folder / "cache")) as cache:
        return cache["tables"]


def _parquet(tables: Tables, folder: Path) -> None:
    for name, table in tables.items():
        pq.write_table(table, folder / f"{name}.parquet", compression="zstd")


def _unparquet(folder: Path) -> Frames:
    return {path.stem: pq.read_table(path).to_pandas() for path in folder.glob("*.parquet")}


def _sqlite(tables: Tables, folder: Path) -> None:
    with closing(sqlite3.connect(folder / "tables.db")) as connection, connection:
        for name, frame in _frames(tables).items():
            frame.to_sql(name, connection, index=False)


def _unsqlite(folder: Path) -> Frames:
    with closing(sqlite3.connect(folder / "tables.db")) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master")]
        return {name: pd.read_sql(f'SELECT * FROM "{name}"', connection) for name in names}


KEEPERS = (
    Keeper("pickle", _pickle, _unpickle, "old file already gone", "runs code"),
    Keeper("joblib", _joblib, _unjoblib, "old file already gone", "runs code"),
    Keeper("diskcache", _diskcache, _undiskcache, "key kept, file may be torn", "runs code"),
    Keeper("parquet zstd", _parquet, _unparquet, "old files already gone", "no code"),
    Keeper("sqlite", _sqlite, _unsqlite, "old or new, whole", "no code"),
)
