"""A real file system loses its power in the middle of commits."""

from __future__ import annotations

import json
import sys

import pytest

from tests.crash.cuts import filled
from tests.crash.mounts import ext4_image, loop_mounted
from tests.crash.own_process import python
from tests.crash.summary import report
from tests.patience import BATTERY, BATTERY_SECONDS

pytestmark = [
    pytest.mark.slow,
    BATTERY,
    pytest.mark.skipif(sys.platform != "linux", reason="needs Linux, for ext4"),
]
#: About 0.3 s each.
CUTS, CARELESS_CUTS = 40, 3


@pytest.fixture
def image(tmp_path):
    """An image of ext4 with two results; or a skip that says what is missing."""
    path, place = tmp_path / "disk", tmp_path / "disk.mounted"
    ext4_image(path, place)
    with loop_mounted(path, place):
        filled(place / "simulations", 2).close()
    return path


def cut(image, *arguments: object) -> list[dict]:
    process = python("-m", "tests.crash.ext4_cuts", str(image), *map(str, arguments))
    printed, errors = process.communicate(timeout=BATTERY_SECONDS)
    assert process.returncode == 0, errors
    return [json.loads(text) for text in printed.splitlines()]


def test_what_was_reported_is_there_after_the_power_came_back(image, seed):
    points = cut(image, seed, CUTS)
    assert len(points) == CUTS
    assert len({point["code"] for point in points}) == 2  # some were stored, some were not
    report(
        "real power cuts (ext4)", [point for point in points if point["wrong"]], cuts=len(points)
    )


def test_a_commit_without_fsync_would_be_found_out(image, seed):
    assert cut(image, seed, CARELESS_CUTS, "careless")[-1]["wrong"]
