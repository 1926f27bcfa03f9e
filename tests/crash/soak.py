"""Conducts the soak: lets processes work in one folder, and stops, wakes and kills them.

    python -m tests.crash.soak HOME SEED SECONDS [vandal]

Goes on after the seconds until enough of everything was done: what a busy machine does less of in
a time is no verdict. With a vandal among them it goes on until each of two has found something
wrong. Prints one JSON line: how many were stopped, killed, and ended by themselves.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import signal
import sys
import time
from collections import Counter
from pathlib import Path

from tests.crash.own_process import forked, prepared, waited
from tests.crash.soak_player import SEEDS, TURNS, Player, counts, reports_of

PLAYERS = (
    *("writer-1", "writer-2", "reader-1", "reader-2"),
    *("pinner-1", "carrier-1", "inspector-1"),
)
VANDAL = "vandal-1"
#: Of these each at least.
LEAST = {"stored": 20, "read": 20, "pinned": 3, "exported": 5, "imported": 5, "verified": 3}
LEAST |= {"stops": 5, "kills": 5}
#: So that the history still has all of them.
MOST_COMMITS = 9_000
#: Longer than a commit takes in a crowd; a pin gives up waiting for the lock after two seconds.
LONGEST_SECONDS = 0.2
#: What the conductor does, and how often of ten.
ACTS = ("stop",) * 4 + ("kill",) + ("nothing",) * 5


class Conductor:
    """Holds the processes, and knows which of them stand still."""

    def __init__(self, home: Path, seed: int, players: tuple[str, ...]) -> None:
        self.home, self.chance, self.players = home, random.Random(seed), players
        self.children: dict[str, int] = {}
        self.stopped: list[str] = []
        self.did: Counter[str] = Counter()
        self.wrong: list[str] = []
        for name in players:
            self.start(name)

    def start(self, name: str) -> None:
        seed = self.chance.randrange(2**31)

        def play() -> int:
            Player(self.home, name, seed).play()
            return 0

        self.children[name] = forked(play)

    def act(self) -> None:
        """Do one thing to one of them; those that stand still go on sooner or later."""
        time.sleep(self.chance.uniform(0, LONGEST_SECONDS))  # at any moment of what they do
        while self.stopped and self.chance.random() < 0.7:
            self.wake(self.stopped.pop(self.chance.randrange(len(self.stopped))))
        act, name = self.chance.choice(ACTS), self.chance.choice(self.players)
        if act == "stop" and name not in self.stopped:
            os.kill(self.children[name], signal.SIGSTOP)
            self.stopped.append(name)
            self.did["stops"] += 1
        elif act == "kill":
            os.kill(self.children[name], signal.SIGKILL)
            self.did["kills of stopped ones"] += name in self.stopped
            if name in self.stopped:
                self.stopped.remove(name)
            if (code := waited(self.children[name])) != -signal.SIGKILL:
                self.wrong.append(f"{name} ended by itself with {code}")
            self.did["kills"] += 1
            self.start(name)

    def wake(self, name: str) -> None:
        os.kill(self.children[name], signal.SIGCONT)

    def enough(self, *, seconds_are_over: bool) -> bool:
        done = sum((counts(reports_of(self.home, name)) for name in PLAYERS), Counter())
        done += self.did
        least = all(done[what] >= least for what, least in LEAST.items())
        return (seconds_are_over and least) or done["stored"] + done["imported"] > MOST_COMMITS

    def spoilt(self) -> bool:
        """Whether both a reader and the one that pins have found something wrong."""
        return all(
            counts(reports_of(self.home, name))["wrong"] for name in ("reader-1", "pinner-1")
        )

    def end(self) -> None:
        """Have all of them come to their end; one that is stuck is ended by who waits for us."""
        for name in self.stopped:
            self.wake(name)
        (self.home / "over").touch()
        for name, child in self.children.items():
            if code := waited(child):
                self.wrong.append(f"{name} ended with {code}")


def main() -> None:
    """Let them loose for some seconds."""
    home, seed, seconds = Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    players = (*PLAYERS, VANDAL) if sys.argv[4:] == ["vandal"] else PLAYERS
    assert {name.partition("-")[0] for name in (*PLAYERS, VANDAL)} == set(TURNS)
    prepared(range(SEEDS))
    conductor = Conductor(home, seed, players)
    end = time.monotonic() + seconds
    for number in itertools.count(1):
        conductor.act()
        if number % 20 == 0:
            over = time.monotonic() > end
            if conductor.spoilt() if VANDAL in players else conductor.enough(seconds_are_over=over):
                break
    conductor.end()
    print(json.dumps({"did": conductor.did, "wrong": conductor.wrong}), flush=True)


if __name__ == "__main__":
    main()
