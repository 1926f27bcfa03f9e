"""What came from a file says so, and answers a request only when it was verified."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

import dualslot_widgets as dw
from dualslot_widgets.errors import DamagedSlotError
from dualslot_widgets.results.agreement import played_again
from dualslot_widgets.results.origin import MAX_DOUBT_TEXT, MAX_FILE_TEXT, Origin
from dualslot_widgets.results.replay import Replay
from dualslot_widgets.scenario.identity.parameters import MAX_RULES_VERSION, RULES_VERSION
from dualslot_widgets.storage.archive.archive import read_archive
from dualslot_widgets.storage.record.metadata import LAYOUT, METADATA_NAME, decode
from dualslot_widgets.widgets.parts.slots.slot_static import static_slot
from tests.storage.forging.cases import Forgery, honest
from tests.storage.record.test_hostile_metadata import body_of, signed
from tests.widgets.data_sets import views

DUEL = honest("duel").scenario


@pytest.fixture
def storage(tmp_path):
    return dw.SimulationStorage(tmp_path / "simulations")


@pytest.fixture
def older(tmp_path):
    """A file of results that rules of version 1 made."""
    forged = Forgery.of("duel")
    forged.sign_parameters(1)
    forged.write_archive(tmp_path / "older.dualslot")
    return tmp_path / "older.dualslot"


@pytest.fixture
def dear(tmp_path, monkeypatch):
    """A file of today's rules whose runs are too long to be played again."""
    Forgery.of("duel").write_archive(tmp_path / "dear.dualslot")
    monkeypatch.setattr(played_again, "MAX_TURNS_AT_ONCE", 2)
    return tmp_path / "dear.dualslot"


def view_of(storage, slot):
    return views(storage.slots, storage.damage, storage.newest_slot, DUEL)[slot]


def test_a_verified_import_says_where_it_came_from_and_answers(storage, tmp_path):
    Forgery.of("duel").write_archive(tmp_path / "ambush.dualslot")
    before = datetime.now(UTC)
    slot = storage.import_archive(tmp_path / "ambush.dualslot")
    for found in (storage, dw.SimulationStorage(storage.path)):
        data = found.slots[slot]
        origin = data.metadata.origin
        assert (origin.file, origin.played_again, origin.doubt) == ("ambush.dualslot", 15, "")
        assert before <= origin.imported <= datetime.now(UTC)
        words = (
            f"imported from ambush.dualslot on {origin.imported:%Y-%m-%d}, "
            "checked: 15 runs were played again and agree"
        )
        assert words in repr(data)
        assert words in static_slot(view_of(found, slot)).text
        assert view_of(found, slot)["exact"]
        assert found.exact_slot(DUEL.parameters) == slot
        assert not found.needs_new_simulation(DUEL)


def test_a_result_of_other_rules_is_stored_and_shown_and_answers_nothing(storage, older):
    slot = storage.import_archive(older)
    for found in (storage, dw.SimulationStorage(storage.path)):
        data = found.slots[slot]
        assert not data.verified
        assert data.metadata.origin.doubt == "made by other rules (version 1)"
        assert data.parameters.rules_version == 1
        assert "not verified: made by other rules (version 1)" in repr(data)
        view = view_of(found, slot)
        assert not view["exact"]
        assert "not verified" in static_slot(view).text
        assert "not verified" in static_slot(view).html
        assert found.exact_slot(DUEL.parameters) is None
        assert found.needs_new_simulation(DUEL)
        assert found.most_similar(DUEL)[1] < 1
    assert data.runs.equals(honest("duel").runs)


def test_what_is_too_dear_to_be_played_again_is_not_verified(storage, dear):
    slot = storage.import_archive(dear)
    data = storage.slots[slot]
    assert "at most 2 are played again" in data.metadata.origin.doubt
    assert data.parameters == DUEL.parameters
    assert not view_of(storage, slot)["exact"]
    assert storage.exact_slot(DUEL.parameters) is None
    assert storage.needs_new_simulation(DUEL)


def test_a_request_is_played_although_an_unverified_result_of_it_is_there(dear, tmp_path):
    with dw.Workbench(tmp_path / "simulations", DUEL) as bench:
        bench.storage.import_archive(dear)
        job = bench.add_to_queue()
        data = job.result(timeout=200)
        assert data.metadata.origin is None
        assert bench.storage.exact_slot(DUEL.parameters) == data.metadata.slot
        assert "imported" not in repr(bench.storage.newest)


def test_a_request_is_answered_by_a_verified_import(tmp_path):
    Forgery.of("duel").write_archive(tmp_path / "ambush.dualslot")
    with dw.Workbench(tmp_path / "simulations", DUEL) as bench:
        slot = bench.storage.import_archive(tmp_path / "ambush.dualslot")
        job = bench.add_to_queue()
        assert job.status.finished
        assert job.result(timeout=1).metadata.slot == slot


def test_what_is_not_verified_takes_the_place_of_no_own_result_of_the_same(storage, dear):
    slot = storage.store_simulation(honest("duel"))
    with pytest.raises(dw.StorageError, match=f"slot {slot} holds the one of this very scenario"):
        storage.import_archive(dear)
    assert storage.slots[slot].metadata.origin is None
    assert storage.slots[1 - slot] is None


def test_an_export_of_what_is_not_verified_is_not_verified_until_it_can_be_checked(
    storage, dear, tmp_path, monkeypatch
):
    slot = storage.import_archive(dear)
    again = storage.export(slot, tmp_path / "again.dualslot")
    assert not read_archive(again).verified
    monkeypatch.undo()
    checked = read_archive(again)
    assert checked.verified
    assert checked.metadata.origin.file == "again.dualslot"


def test_an_export_of_other_rules_stays_of_other_rules(storage, older, tmp_path):
    path = storage.export(storage.import_archive(older), tmp_path / "again.dualslot")
    data = read_archive(path)
    assert data.metadata.origin.doubt == "made by other rules (version 1)"


def test_an_archive_says_nothing_of_where_it_was_imported(storage, tmp_path):
    Forgery.of("duel").write_archive(tmp_path / "secret name.dualslot")
    slot = storage.import_archive(tmp_path / "secret name.dualslot")
    own = dw.SimulationStorage(tmp_path / "own")
    own.store_simulation(storage.slots[slot])
    for source, at in ((storage, slot), (own, 0)):
        source.export(at, tmp_path / "out.dualslot", overwrite=True)
        assert read_archive(tmp_path / "out.dualslot").metadata.origin.file == "out.dualslot"


def test_an_origin_goes_along_into_another_storage(storage, older, tmp_path):
    slot = storage.import_archive(older)
    data = storage.slots[slot]
    other = dw.SimulationStorage(tmp_path / "other")
    slot = other.store_simulation(data)
    assert other.slots[slot].metadata.origin == data.metadata.origin


def test_a_forged_file_is_refused_with_its_run_table_and_remedy(storage, tmp_path):
    forged = Forgery.of("duel")
    forged.tables["rounds"] = honest("duel").rounds
    runs = forged.tables["runs"].to_pydict()
    runs["rounds"][4] += 1
    forged.tables["runs"] = type(forged.tables["runs"]).from_pydict(
        runs, forged.tables["runs"].schema
    )
    path = tmp_path / "forged.dualslot"
    forged.write_archive(path)
    with pytest.raises(dw.StorageError, match="is not what the game gives") as caught:
        storage.import_archive(path)
    told = str(caught.value)
    for part in (str(path), "table r", "forged", "another engine", "play its scenario here"):
        assert part in told
    assert storage.slots == (None, None)


def test_parameters_of_another_scenario_are_refused(storage, tmp_path):
    forged = Forgery.of("duel")
    forged.content["parameters"] = honest("short").parameters.to_dict()
    forged.content["parameters"] = json.loads(json.dumps(forged.content["parameters"]))
    forged.write_archive(tmp_path / "f")
    with pytest.raises(dw.StorageError, match="its parameters are not those of its scenario"):
        storage.import_archive(tmp_path / "f")


def test_a_version_of_rules_has_bounds(tmp_path):
    for version, fine in ((1, True), (MAX_RULES_VERSION, True), (0, False), (10**6 + 1, False)):
        forged = Forgery.of("duel")
        forged.sign_parameters(version)
        forged.write_archive(tmp_path / "f")
        if fine:
            assert f"version {version}" in read_archive(tmp_path / "f").metadata.origin.doubt
        else:
            with pytest.raises(dw.StorageError, match="rules_version"):
                read_archive(tmp_path / "f")


@pytest.mark.parametrize("layout", [1, 2])
def test_a_slot_of_an_older_layout_counts_as_played_here(tmp_path, layout):
    forged = Forgery.of("duel")
    forged.content["layout"] = layout
    del forged.content["origin"]
    forged.write_slot(tmp_path)
    storage = dw.SimulationStorage(tmp_path)
    assert storage.slots[0].metadata.origin is None
    assert storage.slots[0].verified
    assert storage.exact_slot(DUEL.parameters) == 0


def test_a_slot_played_here_by_older_rules_stays_readable_and_is_not_played_again(tmp_path):
    forged = Forgery.of("duel")
    forged.sign_parameters(1)
    forged.tables |= {
        name: honest("duel").source.table(name).slice(0, 0) for name in ("rounds", "events")
    }
    forged.write_slot(tmp_path)
    storage = dw.SimulationStorage(tmp_path)
    data = storage.slots[0]
    assert data.runs.num_rows == 15
    with pytest.raises(
        dw.DualSlotError, match=f"rules of version 1, and these are {RULES_VERSION}"
    ):
        data.replay(3)
    found = [check for check in storage.verify(replay=True) if check.slot == 0]
    assert not [check for check in found if check.problem]
    assert found[0].note == "not verified: made by other rules (version 1)"


def test_a_run_without_a_log_that_comes_out_otherwise_is_not_told(storage, dear):
    forged = Forgery.of("duel")
    for name in ("rounds", "events"):
        forged.tables[name] = forged.tables[name].slice(0, 0)
    forged.content["scenario"]["settings"]["seed"] = 99
    forged.sign_parameters()
    forged.write_archive(dear)
    storage.import_archive(dear)
    data = storage.newest
    same = [run for run in range(15) if data.runs["rounds"][run] == _played(data, run)]
    other = next(run for run in range(15) if run not in same)
    with pytest.raises(dw.DualSlotError, match="does not come out as it is stored"):
        data.replay(other)


def _played(data, run):
    return Replay.from_scenario(data.scenario, run).result["rounds"][0]


ORIGIN = Origin(file="a", imported=datetime(2026, 1, 2, tzinfo=UTC), played_again=3)
LIES = {
    "no file": {"file": None},
    "a file too long": {"file": "x" * (MAX_FILE_TEXT + 1)},
    "a file that turns the line": {"file": "a\u202eb"},
    "a file with a control": {"file": "a\x9bb"},
    "a doubt too long": {"doubt": "x" * (MAX_DOUBT_TEXT + 1), "played_again": 0},
    "neither checked nor doubtful": {"played_again": 0},
    "checked and doubtful": {"doubt": "why"},
    "half a run": {"played_again": 0.5},
    "a true run": {"played_again": True},
    "too many runs": {"played_again": 10**6 + 1},
    "fewer than none": {"played_again": -1, "doubt": "why"},
    "no time": {"imported": "soon"},
    "a time without a zone": {"imported": "2026-01-02T03:04:05"},
    "a time elsewhere": {"imported": "2026-01-02T03:04:05+02:00"},
    "something more": {"surprise": 1},
}


@pytest.mark.parametrize("lie", LIES)
def test_an_origin_that_cannot_be_is_damage(lie):
    content = {**Forgery.of("duel").content, "origin": ORIGIN.to_dict() | LIES[lie]}
    files = json.loads(Forgery.of("duel").files()[METADATA_NAME])["files"]
    with pytest.raises(DamagedSlotError):
        decode(signed(body_of({**content, "files": files})), 0)


@pytest.mark.parametrize(
    "origin",
    [
        ORIGIN,
        Origin(file="x" * MAX_FILE_TEXT, imported=ORIGIN.imported, played_again=10**6),
        Origin(file="", imported=ORIGIN.imported, doubt="x" * MAX_DOUBT_TEXT),
    ],
)
def test_an_origin_at_its_limits_is_read(origin):
    files = json.loads(Forgery.of("duel").files()[METADATA_NAME])["files"]
    content = {**Forgery.of("duel").content, "files": files, "origin": origin.to_dict()}
    assert content["layout"] == LAYOUT
    assert decode(signed(body_of(content)), 0).origin == origin


def test_the_name_of_a_file_is_escaped_and_cut():
    found = Origin.from_file("a\u202e\x9b\udcff\u2028b.dualslot", played_again=1, doubt="")
    assert found.file == "a\\u202e\\u009b\\udcff\\u2028b.dualslot"
    long = Origin.from_file("\u202e" * 200, played_again=0, doubt="\x00" * 500)
    assert (len(long.file), len(long.doubt)) == (MAX_FILE_TEXT, MAX_DOUBT_TEXT)
    assert Origin.from_dict(long.to_dict()) == long
    assert found.words.endswith("checked: 1 run was played again and agrees")
