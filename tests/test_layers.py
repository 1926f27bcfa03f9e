"""Data flows one way through the package: nothing imports upwards, and no files import in a circle.

Imports that come late and those for types alone count, too.
"""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter

import grimp
import pytest

PACKAGE = "dualslot_widgets"
#: From the top down; what stands in one line knows nothing of each other but what is below.
LAYERS = (
    {"charts", "widgets"},
    {"workbench"},
    {"storage"},
    {"results"},
    {"engine"},
    {"editing", "importers", "tables"},
    {"library"},
    {"scenario"},
    {"system"},
    {"errors"},
    {"words"},
)


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph(PACKAGE, cache_dir=None)


def test_every_folder_has_its_layer(graph):
    known = {name for layer in LAYERS for name in layer}
    found = {child.removeprefix(f"{PACKAGE}.") for child in graph.find_children(PACKAGE)}
    assert found == known | {"_version"}


def test_nothing_imports_upwards(graph):
    layers = [grimp.Layer(*sorted(names), independent=True) for names in LAYERS]
    wrong = graph.find_illegal_dependencies_for_layers(layers=layers, containers={PACKAGE})
    found = [
        " -> ".join([*route.heads, *route.middle, *route.tails])
        for dependency in wrong
        for route in dependency.routes
    ]
    assert sorted(found) == []


def test_no_files_import_each_other_in_a_circle(graph):
    packages = {module for module in graph.modules if graph.find_children(module)}
    imports = {
        module: graph.find_modules_directly_imported_by(module)
        for module in graph.modules - packages
    }
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))
