"""What a dashboard says of two slots whose dice are the same, or whose files are damaged."""

from __future__ import annotations

import dualslot_widgets as dw

OGRE_ARMOR = "encounters[0].monsters[1].armor_class"
STARTER = dw.starter_scenario()
HARDER = STARTER.with_value(OGRE_ARMOR, 13)


def slots_stored_in(folder) -> dw.SimulationStorage:
    storage = dw.SimulationStorage(folder)
    for scenario in (STARTER, HARDER):
        storage.store_simulation(dw.simulate(scenario))
    return storage


def test_two_slots_are_compared_by_pairs_without_their_tables_being_kept(tmp_path):
    found = dw.simulate(STARTER).compare(dw.simulate(HARDER))
    slots_stored_in(tmp_path)
    with dw.Workbench(tmp_path) as bench:
        versus = bench.display.slots[0]["versus"]
        assert f"points easier than slot 1, 95 % {100 * found.win_rate.low:.1f} to" in versus
        assert f"{found.won_only_here} won only here" in versus
        assert bench.memory_usage().slots == 0


def test_runs_that_are_damaged_on_disk_are_told_at_first_sight(tmp_path):
    storage = slots_stored_in(tmp_path)
    (runs,) = (storage.path / "slot_0").glob("*/runs.arrow")
    content = bytearray(runs.read_bytes())
    content[len(content) // 2] ^= 1
    runs.write_bytes(content)
    with dw.Workbench(tmp_path) as bench:
        damaged, whole = bench.display.slots
        assert (damaged["state"], whole["state"]) == ("damaged", "ok")
        assert "runs.arrow" in damaged["problem"]
        assert "slot 0" in whole["versus"]
        assert "dice" not in whole["versus"]
        assert bench.display.error == ""


def test_a_preview_shares_its_dice_with_the_slot_beside_it(watched, bench, engine):
    bench.storage.store_simulation(dw.simulate(HARDER))
    watched.tell(type="edit", path=OGRE_ARMOR, value=14)
    watched.until(lambda d: d.preview is not None)
    found = dw.simulate(STARTER.with_value(OGRE_ARMOR, 14)).compare(dw.simulate(HARDER))
    preview = watched.display.preview
    size = f"{100 * abs(found.win_rate.delta):.1f} points"
    assert preview["versus"].startswith(f"{size} harder than slot 0, 95 % ")
    assert f"{found.results_changed} of 1,005 fights ended differently" in preview["versus"]
