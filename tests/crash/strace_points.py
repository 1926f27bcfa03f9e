"""Faults that the system itself injects, by strace, into real processes that store.

    python -m tests.crash.strace_points FOLDER SEED POINTS [careless]

FOLDER/before is what each commit starts from. A forked process stores a data set while strace
writes down its system calls; then others store the same, and at one call that touches the folder
each of them is killed or gets an error, as if the system had given it. Prints how many there are,
and one JSON line for each that was tried.
"""

from __future__ import annotations

import ctypes
import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import dualslot_widgets as dw
from dualslot_widgets.system import durable_files
from tests.crash.own_process import REFUSED, STORED, forked, prepared, waited
from tests.crash.promise import broken_by
from tests.patience import SECONDS
from tests.storage.small_data import seeds, small

NEW, LATER = 9, 77
ERRORS = ("EIO", "ENOSPC", "EACCES", "EMFILE")
KILL = "SIGKILL"
#: System calls that change the disk; an open only with O_CREAT.
CALLS = (
    *("openat", "write", "pwrite64", "writev", "fsync", "fdatasync", "ftruncate", "truncate"),
    *("rename", "renameat", "renameat2", "link", "linkat", "unlink", "unlinkat"),
    *("mkdir", "mkdirat", "rmdir", "fchmod", "chmod"),
)
LINE = re.compile(r"^(?P<thread>\d+) +(?P<call>\w+)\((?P<arguments>.*)$")
PR_SET_PTRACER, ANY = 0x59616D61, ctypes.c_ulong(-1)


def store(place: Path, go: int) -> int:
    """Store once somebody says so; the one thing that a traced process does."""
    ctypes.CDLL(None).prctl(PR_SET_PTRACER, ANY)  # where only parents may attach
    storage = dw.SimulationStorage(place)
    os.read(go, 1)
    try:
        storage.store_simulation(small(NEW))
    except dw.StorageError as error:
        tell(place.parent / "message", str(error))
        return REFUSED
    return STORED


def tell(path: Path, message: str) -> None:
    """Write down a message: faults are counted for each thread, so this one may meet its own."""
    for _ in CALLS:
        with suppress(OSError):
            path.write_text(message)
            return
    sys.exit("the message cannot be written down")


def copy_over(source: Path, target: Path) -> None:
    """A replace that is not one step, to see that such a one is found out."""
    target.write_bytes(source.read_bytes())
    source.unlink()


def traced(place: Path, *injected: str) -> tuple[int, list[str]]:
    """Store while strace watches; return how the process ended, and the calls that it made."""
    log = place.parent / "strace.log"
    waits, go = os.pipe()
    child = forked(lambda: store(place, waits))
    names = [name for call in injected for name in ("-e", f"inject={call}")]
    options = ("-f", "-y", "-s", "0", "-o", str(log), "-e", f"trace={','.join(CALLS)}", *names)
    tracer = subprocess.Popen(
        ["strace", *options, "-p", str(child)], stderr=subprocess.PIPE, text=True
    )
    try:
        wait_until_attached(tracer, child)
    finally:
        os.write(go, b"!")
        os.close(go)
        os.close(waits)
        code = waited(child)
        tracer.wait(SECONDS)
        tracer.stderr.close()
    return code, log.read_text().splitlines()


def wait_until_attached(tracer: subprocess.Popen, child: int) -> None:
    end = time.monotonic() + SECONDS
    status = Path(f"/proc/{child}/status")
    while f"TracerPid:\t{tracer.pid}\n" not in status.read_text():
        if tracer.poll() is not None or time.monotonic() > end:
            sys.exit(f"strace does not attach: {tracer.stderr.read()}")
        time.sleep(0.002)


def touching(lines: list[str], path: str) -> list[tuple[str, int]]:
    """Every system call that changes something below a path: its name, and its number of these.

    strace counts each thread's calls apart.
    """
    counts: dict[tuple[str, str], int] = {}
    found = []
    for line in lines:
        match = LINE.match(line)
        if match is None or match["call"] not in CALLS:
            continue
        call, arguments = match["call"], match["arguments"]
        counted = match["thread"], call
        counts[counted] = counts.get(counted, 0) + 1
        changes = call != "openat" or "O_CREAT" in arguments
        if changes and path in arguments:
            found.append((call, counts[counted]))
    return found


def point(folder: Path, old: list[int | None], call: str, number: int, fault: str) -> dict:
    """Inject one fault and say what came of it."""
    place = folder / "simulations"
    shutil.copytree(folder / "before", place)
    message = folder / "message"
    message.unlink(missing_ok=True)
    kind = "signal" if fault == KILL else "error"
    code, lines = traced(place, f"{call}:{kind}={fault}:when={number}")
    happened = code == -9 if fault == KILL else any("(INJECTED)" in line for line in lines)
    wrong = "" if happened else f"nothing was injected, the process ended with {code}"
    if code not in (STORED, REFUSED, -9):
        wrong = f"an error of another kind, exit code {code}"
    if code == REFUSED and not re.search(r"free|choose|close|store", message.read_text()):
        wrong = f"no remedy in {message.read_text()!r}"
    wrong = wrong or broken_by(
        place, old, {NEW}, stored=NEW if code == STORED else None, thorough=True
    )
    shutil.rmtree(place)
    return {"call": call, "number": number, "fault": fault, "code": code, "wrong": wrong}


def main() -> None:
    """Record one commit, then try points of it."""
    folder, seed, most = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    prepared((*range(2), NEW, LATER))
    careless = sys.argv[4:] == ["careless"]
    if careless:
        durable_files.replace = copy_over
    old = seeds(dw.SimulationStorage(folder / "before"))
    place = folder / "simulations"
    shutil.copytree(folder / "before", place)
    code, lines = traced(place)
    shutil.rmtree(place)
    if code != STORED:
        sys.exit(f"the process that is only watched ended with {code}")
    # Of the careless process, only what it does with the metadata.
    calls = touching(lines, "/metadata.json" if careless else str(place))
    points = [(*call, fault) for call in calls for fault in (KILL, *ERRORS)]
    print(json.dumps({"calls": len(calls), "points": len(points)}), flush=True)
    chosen = random.Random(seed).sample(points, min(most, len(points)))
    for call, number, fault in sorted(chosen):
        print(json.dumps(point(folder, old, call, number, fault)), flush=True)


if __name__ == "__main__":
    main()
