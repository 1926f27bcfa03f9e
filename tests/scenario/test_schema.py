"""What is declared of a scenario's keys holds together."""

from __future__ import annotations

import pytest

from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.scenario.schema import Declared, declared_in


def classes(cls, found=None):
    """Return a class and all that it declares, at any depth."""
    found = {} if found is None else found
    if cls not in found:
        found[cls] = declared_in(cls)
        for declared in found[cls].values():
            for each in (declared, declared.each):
                for inner in each.of.values() if each else ():
                    classes(inner, found)
    return found


DECLARED = [
    pytest.param(declared, id=f"{cls.__name__}.{key}")
    for cls, keys in classes(Scenario).items()
    for key, declared in keys.items()
]


def test_every_class_of_a_scenario_is_reached():
    names = {cls.__name__ for cls in classes(Scenario)}
    assert {"Settings", "Encounter", "Creature", "Attack", "Surge", "Rider", "Effect"} <= names
    assert {"Lasting", "Upcast", "Resource", "PactMagic", "Regeneration"} <= names


@pytest.mark.parametrize("declared", DECLARED)
def test_a_default_is_something_that_may_be_given(declared: Declared):
    default = declared.default
    if declared.kind == "number":
        assert declared.low < declared.high
        assert declared.required or default is None or declared.low <= default <= declared.high
    if declared.kind == "word":
        assert declared.required or default is None or default in declared.known
    assert declared.always or not declared.required


@pytest.mark.parametrize("declared", DECLARED)
def test_what_may_be_taken_away_may_be_edited_and_words_are_called_as_they_are_known(
    declared: Declared,
):
    assert declared.edit or not declared.removable
    assert not (declared.removable and declared.required)
    assert declared.says.keys() <= {"", *declared.known}
    assert declared.phrase.count("{}") == (declared.kind != "flag")
    assert declared.label
    assert declared.title
