"""Results as a forger has them: metadata and tables that can be changed, and signed anew."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

import dualslot_widgets as dw
from dualslot_widgets.scenario.identity.parameters import ScenarioParameters
from dualslot_widgets.storage.disk.files import blake2b
from dualslot_widgets.storage.record.metadata import (
    ANALYSIS_FILE,
    LAYOUT,
    METADATA_NAME,
    TABLE_FILES,
)
from dualslot_widgets.storage.tables.table_writer import TableWriter
from dualslot_widgets.storage.tables.tables_io import ENCODINGS
from dualslot_widgets.tables import SCHEMAS
from tests.storage.archive.hostile_archives import framed, tarred
from tests.storage.record.test_hostile_metadata import body_of, signed

_SWORD = {"type": "attack", "name": "Sword", "attack_bonus": 5, "damage": "1d8+3 slashing"}
_BITE = {"type": "attack", "name": "Bite", "attack_bonus": 4, "damage": "1d6+2 piercing"}
_FLAME = {
    "type": "save",
    "name": "Flame",
    "dc": 13,
    "ability": "dex",
    "damage": "3d6 fire",
    "on_success": "half",
    "targets": 2,
    "recharge": 5,
}
_MEND = {"type": "heal", "name": "Mend", "healing": "1d8+2", "uses": 2}
_HERO = {"name": "Hero", "max_hp": 24, "armor_class": 15, "actions": [_SWORD]}
_WOLF = {"name": "Wolf", "max_hp": 11, "armor_class": 12, "actions": [_BITE]}

SCENARIOS: dict[str, dict[str, Any]] = {
    "duel": {
        "name": "Duel",
        "players": [_HERO],
        "encounters": [{"monsters": [{**_WOLF, "count": 2}]}],
        "settings": {"runs": 15, "seed": 3},
    },
    "day": {
        "name": "Day",
        "players": [_HERO, {**_HERO, "name": "Priest", "actions": [_BITE, _MEND]}],
        "encounters": [
            {"monsters": [_WOLF]},
            {"rest": "short_rest", "monsters": [{**_WOLF, "name": "Drake", "actions": [_FLAME]}]},
        ],
        "settings": {"runs": 25, "seed": 4},
    },
    "rolled": {
        "name": "Rolled",
        "players": [{**_HERO, "count": 2}],
        "encounters": [{"monsters": [{**_WOLF, "hit_dice": "3d8", "count": 2}]}],
        "settings": {"runs": 20, "seed": 5, "hit_points": "rolled"},
    },
    "short": {
        "name": "Short",
        "players": [_HERO],
        "encounters": [{"monsters": [{**_WOLF, "max_hp": 60}]}],
        "settings": {"runs": 15, "seed": 6, "max_rounds": 3},
    },
    "starter": {
        **dw.starter_scenario().to_dict(),
        "settings": {"runs": 35, "seed": 7},
    },
    "wizard": {
        "name": "Wizard",
        "players": [{"character": "wizard", "level": 7}, {"character": "cleric", "level": 7}],
        "encounters": [{"monsters": [{"monster": "troll"}, {"monster": "ghoul", "count": 2}]}],
        "settings": {"runs": 15, "seed": 8},
    },
}


@cache
def honest(name: str) -> dw.SimulationDataSet:
    """What the game gives for one of the `SCENARIOS`; never changed."""
    return dw.simulate(SCENARIOS[name])


@dataclass
class Forgery:
    """A result that somebody changed.

    Attributes
    ----------
    content : dict
        Of the metadata, without its files.
    tables : dict of str to pyarrow.Table
    analysis : dict
    rows : dict
        What the metadata says of the tables' rows, where that is a lie.
    bytes : dict
        Of a table's file: places, as shares of it, and what is there instead.
    """

    content: dict[str, Any]
    tables: dict[str, pa.Table]
    analysis: Any
    rows: dict[str, int]
    bytes: dict[str, list[tuple[float, int]]]

    @classmethod
    def of(cls, name: str) -> Forgery:
        """Return one of the honest results, to be changed."""
        data = honest(name)
        content = {
            "layout": LAYOUT,
            "slot": 0,
            "generation": 1,
            "generation_count": 1,
            "folder": "g00000001-00000000",
            "other_generation": None,
            "timestamp": data.metadata.timestamp.isoformat(),
            "parameters": data.parameters.to_dict(),
            "scenario": data.scenario.to_dict(),
            "metrics": data.metadata.metrics.to_dict(),
            "pinned": False,
            "origin": None,
        }
        tables = {table: getattr(data, table) for table in SCHEMAS}
        return cls(json.loads(json.dumps(content)), tables, data.analysis.to_dict(), {}, {})

    def sign_parameters(self, version: int = 2) -> None:
        """Make the parameters those of the scenario, if it is one, by some version of the rules."""
        try:
            found = dw.Scenario.from_dict(self.content["scenario"]).parameters
        except dw.ScenarioError:
            return
        content = json.loads(json.dumps(found.content))
        self.content["parameters"] = ScenarioParameters._from_content(content, version).to_dict()

    def files(self, codec: str = "lz4") -> dict[str, bytes]:
        """The bytes of all files, the metadata, whose hashes are right, first."""
        found: dict[str, bytes] = {}
        described: dict[str, Any] = {}
        for file, name in TABLE_FILES.items():
            table = self.tables[name]
            unchanged = any(table is known for known in _honest_tables(name))
            content, encoding = (_known_bytes if unchanged else _table_bytes)(name, table, codec)
            if name in self.bytes:
                changed = bytearray(content)
                for share, value in self.bytes[name]:
                    changed[int(share * len(changed))] = value
                content = bytes(changed)
            found[file] = content
            rows = self.rows.get(name, self.tables[name].num_rows)
            described[file] = {"rows": rows, "encoding": encoding}
        found[ANALYSIS_FILE] = json.dumps(self.analysis).encode()
        described[ANALYSIS_FILE] = {"rows": None, "encoding": "plain"}
        for file, value in found.items():
            described[file] |= {"bytes": len(value), "blake2b": blake2b(value)}
        content = self.content
        if isinstance(content, dict):
            content = {**content, "files": content.get("files", described)}
        return {METADATA_NAME: signed(body_of(content)), **dict(sorted(found.items()))}

    def write_archive(self, path: Path, codec: str = "lz4") -> None:
        path.write_bytes(framed(tarred(list(self.files(codec).items()))))

    def write_slot(self, root: Path) -> None:
        """Put it in the place of slot 0 of a folder, as whoever can write there could."""
        folder = root / "slot_0" / "g00000001-00000000"
        folder.mkdir(parents=True)
        for name, content in self.files().items():
            (folder.parent if name == METADATA_NAME else folder).joinpath(name).write_bytes(content)

    @property
    def is_the_game(self) -> bool:
        """Whether the tables are what the game gives for the scenario, word by word."""
        try:
            data = dw.simulate(self.content["scenario"])
        except dw.ScenarioError:
            return False
        logs = ("rounds", "events")
        if not any(self.tables[name].num_rows for name in logs):
            logs = ()
        return not self.bytes and all(
            self.tables[name].to_pylist() == getattr(data, name).to_pylist()
            for name in ("runs", "combatants", *logs)
        )


def _honest_tables(name: str) -> list[pa.Table]:
    return [getattr(honest(case), name) for case in SCENARIOS]


_known: dict[tuple[str, int, str], tuple[bytes, str]] = {}


def _known_bytes(name: str, table: pa.Table, codec: str) -> tuple[bytes, str]:
    """The bytes of an honest table, which is never changed nor let go of, made once."""
    key = (name, id(table), codec)
    if key not in _known:
        _known[key] = _table_bytes(name, table, codec)
    return _known[key]


def _table_bytes(name: str, table: pa.Table, codec: str) -> tuple[bytes, str]:
    """A table as a slot writes it, or plainly where that would refuse it."""
    sink = io.BytesIO()
    try:
        writer = TableWriter(name, sink, codec)
        writer.write(table)
        writer.close()
        return sink.getvalue(), ENCODINGS[name][0]
    except (dw.StorageError, pa.ArrowException, ValueError):
        sink = io.BytesIO()
        options = pa.ipc.IpcWriteOptions(compression=codec)
        whole = table.unify_dictionaries().combine_chunks()
        with pa.ipc.new_file(sink, whole.schema, options=options) as file:
            file.write_table(whole)
        return sink.getvalue(), "plain"
