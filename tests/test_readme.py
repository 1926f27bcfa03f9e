"""The README's code works as it stands, in the order in which a reader would paste it."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path

import dualslot_widgets as dw
from dualslot_widgets.scenario.actions import ACTION_CLASSES, TIMES
from dualslot_widgets.scenario.creature import ROLES, TRAITS, Creature
from dualslot_widgets.scenario.effects import CLOCKS, ENDS_ON, GRANTS, Effect
from dualslot_widgets.scenario.encounter import Encounter
from dualslot_widgets.scenario.riders import ATTACKS, WHEN, Rider
from dualslot_widgets.scenario.settings import Settings
from scripts import prove
from tests.engine.agreement import LARGEST_Z

README = Path(__file__).parents[1] / "README.md"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)


def test_the_ten_lines_of_code_run_in_an_empty_folder(tmp_path, monkeypatch, capsys):
    (code,) = blocks("python")
    monkeypatch.chdir(tmp_path)
    exec(compile(code, "README.md", "exec"), {})
    printed = capsys.readouterr().out
    assert "Disaster" in printed
    assert (tmp_path / "simulations" / "slot_0" / "metadata.json").exists()


def test_the_scenario_is_one():
    (text,) = blocks("json")
    scenario = dw.Scenario.from_dict(json.loads(text))
    assert [monster.max_hp for monster in scenario.encounters[0].monsters] == [59]


def test_the_scenario_that_says_everything_is_one_and_uses_it():
    text = (README.parent / "docs" / "scenarios.md").read_text(encoding="utf-8")
    (written,) = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    data = dw.simulate(dw.Scenario.from_dict(json.loads(written)), runs=300)
    done = {str(word) for word in data.events["action"].unique().to_pylist()}
    assert {"Divine Smite", "Fireball", "Hit Dice", "Longsword"} - done == {"Divine Smite"}
    assert data.analysis.unresolved == 0


def test_every_word_of_a_scenario_is_explained():
    text = (README.parent / "docs" / "scenarios.md").read_text(encoding="utf-8")
    told = text + README.read_text(encoding="utf-8")
    classes = (*ACTION_CLASSES.values(), Rider, Effect, Creature, Encounter, Settings)
    keys = {field.name for kind in classes for field in fields(kind)}
    lists = (*ACTION_CLASSES, *TIMES, *WHEN, *ATTACKS, *CLOCKS, *GRANTS, *ENDS_ON, *TRAITS, *ROLES)
    assert {
        word for word in {*keys, *lists} if f"`{word}`" not in told and f'"{word}"' not in told
    } == set()


def test_every_file_that_it_points_to_is_there():
    text = README.read_text(encoding="utf-8")
    named = re.findall(r'(?:\]\(|src(?:set)?=")([^)"#]+)', text)
    local = [name for name in named if "://" not in name]
    assert len(local) >= 3
    assert [name for name in local if not (README.parent / name).exists()] == []


def test_the_table_of_exact_results_is_what_make_proof_found():
    text = README.read_text(encoding="utf-8")
    rows = json.loads((README.parent / "docs" / "proof.json").read_text(encoding="utf-8"))
    assert [row["shape"] for row in rows] == list(prove.SHAPES)
    for row in rows:
        assert prove.as_markdown(row) in text
    assert {row["runs"] for row in rows} == {rows[0]["runs"]}
    assert f"{rows[0]['runs']:,} runs of each" in text
    assert max(abs(row["largest_z"]) for row in rows) < LARGEST_Z
