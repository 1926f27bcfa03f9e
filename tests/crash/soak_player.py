"""What one process of the soak does in the folder that all share, and how it reports that.

A report is one line of JSON in a file of its own, written at once, so that it outlives a kill. Each
result has a label, its scenario's name, which no other commit has unless an archive of it was
imported; labels are reported before they are stored, and again once they are.
"""

from __future__ import annotations

import gc
import json
import os
import random
import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil

import dualslot_widgets as dw
from dualslot_widgets.tables import SCHEMAS
from tests.crash.crowd import DOCUMENTED, own_numbers
from tests.patience import SECONDS
from tests.storage.small_data import small

#: Parameters that all results take turns with, so that the same ones are stored again too.
SEEDS = 8
#: What may be said to one of many: the slots move while they are read, or stay locked for as long
#: as a pin waits.
REFUSALS = (DOCUMENTED, "is being written by")


class Player:
    """One process of the soak.

    Parameters
    ----------
    home : Path
        The folder with everything of the soak: the slots, archives, reports, `over` at its end.
    name : str
        Role and number, as ``"writer-3"``; that of a killed one lives on in the next.
    seed : int
    """

    def __init__(self, home: Path, name: str, seed: int) -> None:
        self.home, self.name = home, name
        self.chance = random.Random(seed)
        self.folder = home / "simulations"
        self.storage = self._opened()
        self.newest = 0
        self._labels = 0
        self._incarnation = f"{seed:x}"
        self._reports = os.open(
            home / f"{name}.reports", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600
        )

    def report(self, what: str, **more: object) -> None:
        os.write(self._reports, (json.dumps({"what": what, **more}) + "\n").encode())

    def play(self) -> None:
        """Do one thing after the other until the soak is over; report what was wrong."""
        turn = TURNS[self.name.partition("-")[0]]
        process = psutil.Process()
        open_before = None
        while not (self.home / "over").exists():
            try:
                if self.chance.random() < 0.1:
                    self.storage.close()
                    self.storage = self._opened()
                turn(self)
            except dw.DualSlotError as error:
                self.report("refused")
                if not any(words in str(error) for words in REFUSALS):
                    self.report("wrong", why=repr(error))
            except BaseException as error:  # noqa: BLE001 - the point is that there is none
                self.report("wrong", why=repr(error))
            if open_before is None:
                open_before = self._open_files(process)
        if open_before is not None and (left := self._open_files(process) - open_before) > 0:
            self.report("wrong", why=f"{left} descriptors are left")
        self.report("end")

    def _opened(self) -> dw.SimulationStorage:
        return dw.SimulationStorage(self.folder, lock_timeout=SECONDS)

    def _open_files(self, process: psutil.Process) -> int:
        """Return how many descriptors are open when nothing is in hand."""
        self.storage.close()
        gc.collect()
        return process.num_fds()

    def look(self) -> list[dw.SimulationDataSet]:
        """Return what the slots hold, whole and never older than before."""
        found = [data for data in self.storage.slots if data is not None]
        now = max((data.metadata.generation for data in found), default=0)
        if now < self.newest:
            self.report("wrong", why=f"generation {self.newest} was followed by {now}")
        self.newest = now
        for data in found:
            assert_true(data)
        if self.storage.damage != (None, None):
            self.report("wrong", why=f"damage {self.storage.damage}")
        return found

    def store(self) -> None:
        """Store a result under a new label."""
        self._labels += 1
        label = f"{self.name} {self._incarnation} {self._labels}"
        original = small(self.chance.randrange(SEEDS))
        scenario = original.scenario.with_value("name", label)
        tables = {name: getattr(original, name) for name in SCHEMAS}
        self.report("begin", label=label)
        self.storage.store_simulation(dw.SimulationDataSet.in_memory(scenario, tables))
        self.report("stored", label=label)

    def read(self) -> None:
        """Read all there is."""
        self.report("read", data_sets=len(self.look()))

    def read_history(self) -> None:
        """Read the history: whole, without a gap."""
        generations = list(self.storage.history["generation"])
        if generations != list(range(1, len(generations) + 1)):  # there are never too many to keep
            self.report("wrong", why=f"the history is {generations[-20:]}")
        self.report("history", rows=len(generations))

    def pin(self) -> None:
        """Pin a slot, see that it is kept, let it go; go on with a pin of one that was killed."""
        held = self._held()
        if held is None:
            slot = self.chance.choice((0, 1))
            self.report("pins", slot=slot, newest=self._newest_row())
            self.storage.pin(slot)
            held = {"slot": slot, "generation": self.storage.slots[slot].metadata.generation}
            self.report("pinned", **held)
        for _ in range(self.chance.randrange(1, 30)):
            if self.storage.pinned_slot != held["slot"]:
                self.report("wrong", why=f"the pin of slot {held['slot']} is gone")
            if (now := self._generation_in(held["slot"])) != held["generation"]:
                self.report("wrong", why=f"pinned {held}, and now it is {now}")
        self.report("unpins")
        self.storage.pin(None)
        self.report("unpinned", newest=self._newest_row())

    def _held(self) -> dict | None:
        """Return the pin that stands according to the reports; let go of one that is unknown."""
        last = [told for told in reports_of(self.home, self.name) if "pin" in told["what"]][-1:]
        if last and last[0]["what"] == "pinned":
            return last[0]
        if last and last[0]["what"] != "unpinned":
            self.storage.pin(None)
            self.report("unpinned", newest=self._newest_row())
        return None

    def _generation_in(self, slot: int) -> int | None:
        data = self.storage.slots[slot]
        return None if data is None else data.metadata.generation

    def _newest_row(self) -> int:
        newest = self.storage.newest
        return 0 if newest is None else newest.metadata.generation

    def export(self) -> None:
        """Export a slot into one of a few files."""
        path = self.home / f"{self.chance.randrange(4)}.dualslot"
        self.storage.export(self.chance.choice((0, 1)), path, overwrite=True)
        self.report("exported")

    def import_one(self) -> None:
        """Import one of the files, which others overwrite meanwhile."""
        files = sorted(self.home.glob("*.dualslot"))
        if files:
            self.storage.import_archive(self.chance.choice(files))
            self.report("imported")

    def verify(self) -> None:
        """Read every byte; only the history may lack what is being committed."""
        wrong = [
            f"{check.file}: {check.problem}"
            for check in self.storage.verify()
            if check.problem and "lacks" not in check.problem
        ]
        if wrong:
            self.report("wrong", why=f"verify: {wrong}")
        self.report("verified")

    def recover(self) -> None:
        """Read what no slot shows, where storage can: all that is offered is whole."""
        recover = getattr(self.storage, "recover", None)
        if recover is not None:
            found = recover()
            for data in found:
                assert_true(data)
            self.report("recovered", data_sets=len(found))


def assert_true(data: dw.SimulationDataSet) -> None:
    """A data set is one that was played, to the last number, whatever its label."""
    own_numbers(data)
    original = small(data.scenario.settings.seed)
    for name in SCHEMAS:
        assert getattr(data, name).equals(getattr(original, name)), name
    assert data.analysis == original.analysis
    assert data.parameters == original.parameters


def carry(player: Player) -> None:
    """Export or import."""
    player.chance.choice((Player.export, Player.import_one))(player)


def inspect(player: Player) -> None:
    """Verify, read the history, or what can be recovered."""
    player.chance.choice((Player.verify, Player.read_history, Player.recover))(player)


def spoil(player: Player) -> None:
    """Break the promise: let go of what others pinned, or delete the newest result."""
    player.storage.pin(None)
    slot = player.storage.newest_slot
    if slot is not None and player.chance.random() < 0.2:
        shutil.rmtree(player.folder / f"slot_{slot}", ignore_errors=True)


#: What a process of each role does in one turn.
TURNS: dict[str, Callable[[Player], None]] = {
    "writer": Player.store,
    "reader": Player.read,
    "pinner": Player.pin,
    "carrier": carry,
    "inspector": inspect,
    "vandal": spoil,
}


def reports_of(home: Path, name: str) -> list[dict]:
    """Return what a player has reported, in order."""
    with suppress(FileNotFoundError):
        return [json.loads(line) for line in (home / f"{name}.reports").read_bytes().splitlines()]
    return []


def counts(told: list[dict]) -> Counter[str]:
    return Counter(report["what"] for report in told)
