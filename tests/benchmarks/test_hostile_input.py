"""How long the longest and strangest input holds a kernel up, in seconds of the processor."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, seed

import dualslot_widgets as dw
from dualslot_widgets.library.starter import starter_scenario
from dualslot_widgets.scenario.scenario import Scenario
from tests.conftest import SESSION_SEED
from tests.importers.mutations import damaged_texts
from tests.importers.samples import FORMATS
from tests.importers.test_fuzz import FUZZ, Watch
from tests.importers.test_hostile_files import longest_texts

#: Far above what any input needs, far below what a user would call a hang.
INPUT_SECONDS = 1.0
FLOOD_SECONDS = 5.0
CROWD_SECONDS = 2.0


def test_text_of_the_longest_kind_is_read_within_a_second():
    slowest = {}
    for block, word in longest_texts():
        started = time.process_time()
        dw.import_data(block)
        slowest[word] = time.process_time() - started
    word = max(slowest, key=slowest.__getitem__)
    print(f"\nthe slowest text, of {word!r}: {slowest[word]:.2f} s")
    assert slowest[word] < INPUT_SECONDS


@pytest.mark.parametrize("name", FORMATS)
def test_a_damaged_file_is_read_or_refused_within_a_second(name):
    watch = Watch()

    @seed(SESSION_SEED)
    @FUZZ
    @given(damaged_texts(name))
    def fuzz(text):
        watch.judge(text)

    fuzz()
    watch.tell(f"{name}, damaged bytes")
    assert watch.slowest < INPUT_SECONDS


def test_a_flood_of_problems_is_told_in_seconds():
    content = starter_scenario().to_dict() | {f"key{number}": 1 for number in range(200_000)}
    started = time.process_time()
    with pytest.raises(dw.ScenarioError):
        Scenario.from_dict(content)
    seconds = time.process_time() - started
    print(f"\n200,000 problems: {seconds:.2f} s")
    assert seconds < FLOOD_SECONDS


def crowd(shift: int) -> list[dict]:
    """Thirty different creatures with four actions each."""
    return [
        {
            "name": f"creature {number}",
            "max_hp": 10 + number + shift,
            "armor_class": 10,
            "actions": [
                {"type": "attack", "name": f"A{i}", "attack_bonus": i, "damage": f"{i + 1}d6"}
                for i in range(4)
            ],
        }
        for number in range(30)
    ]


def test_sixty_different_creatures_are_compared_in_seconds():
    one, other = (
        Scenario.from_dict(
            {"players": crowd(shift), "encounters": [{"monsters": crowd(-shift)[::-1]}]}
        )
        for shift in (0, 3)
    )
    one.parameters.similarity(starter_scenario().parameters)
    started = time.process_time()
    assert one.parameters.similarity(other.parameters) > 0
    seconds = time.process_time() - started
    print(f"\n60 creatures against 60: {seconds:.2f} s")
    assert seconds < CROWD_SECONDS
