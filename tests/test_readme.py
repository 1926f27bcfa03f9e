"""The README's code works as it stands, in the order in which a reader would paste it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import dualslot_widgets as dw

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


def test_every_file_that_it_points_to_is_there():
    text = README.read_text(encoding="utf-8")
    named = re.findall(r'(?:\]\(|src(?:set)?=")([^)"#]+)', text)
    local = [name for name in named if "://" not in name]
    assert len(local) >= 3
    assert [name for name in local if not (README.parent / name).exists()] == []
