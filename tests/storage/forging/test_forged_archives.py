"""A file that was changed and signed anew is refused in words, or says what the game gives.

The suite tries some hundreds; DUALSLOT_FORGE says how many instead. Whatever is taken is used in
every way; what is verified must besides be the game's to the last cell.
"""

from __future__ import annotations

import os
import random
import shutil
import traceback
from collections import Counter

import pytest

import dualslot_widgets as dw
from dualslot_widgets.storage.archive.archive import read_archive
from tests.storage.forging.cases import SCENARIOS, Forgery
from tests.storage.forging.mutations import forge
from tests.storage.forging.usage import assert_is_the_game, use

COUNT = int(os.environ.get("DUALSLOT_FORGE", "250"))


@pytest.mark.parametrize("name", SCENARIOS)
def test_what_nobody_changed_is_taken_checked_and_answers(name, tmp_path):
    path = tmp_path / "honest.dualslot"
    Forgery.of(name).write_archive(path)
    data = read_archive(path)
    assert data.metadata.origin.played_again == data.analysis.runs
    assert_is_the_game(data)
    use(path, tmp_path)


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_a_changed_file_is_refused_in_words_or_says_what_the_game_gives(seed, tmp_path):
    taken, refused, causes, wrong = Counter(), Counter(), Counter(), []
    path = tmp_path / "forged.dualslot"
    for number in range(COUNT):
        dice = random.Random(f"{seed} {number}")
        forged, kinds = forge(dice, dice.choice(list(SCENARIOS)))
        forged.write_archive(path, dice.choice(("lz4", "zstd")))
        try:
            data = read_archive(path)
        except dw.StorageError as error:
            refused[kinds[0]] += 1
            causes[type(error.__cause__).__name__, str(error.__cause__)[:60]] += 1
            continue
        except Exception:  # noqa: BLE001  # what the law is about
            wrong.append((number, kinds, traceback.format_exc()))
            continue
        taken[kinds, "verified" if data.verified else data.metadata.origin.doubt[:30]] += 1
        folder = tmp_path / "used"
        try:
            if data.verified:
                assert_is_the_game(data)
            use(path, folder)
        except Exception:  # noqa: BLE001  # as above
            wrong.append((number, kinds, traceback.format_exc()))
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{COUNT} forgeries from seed {seed}: {taken.total()} taken, {refused.total()} refused")
    for (kinds, verdict), count in sorted(taken.items()):
        print(f"  taken {count:5} {' + '.join(kinds)}: {verdict}")
    for kind, count in sorted(refused.items()):
        print(f"  refused {count:5} {kind}")
    for (cause, words), count in sorted(causes.items()):
        print(f"  because {count:5} {cause}: {words}")
    for number, kinds, told in wrong[:5]:
        print(number, kinds, told)
    assert not wrong
    assert taken
    assert refused
