"""How many rows the tables of a scenario have, which is known before one of them is read."""

from __future__ import annotations

from collections.abc import Mapping

from dualslot_widgets.results.agreement.disagreement import DisagreementError
from dualslot_widgets.scenario.scenario import Scenario


def people_in(scenario: Scenario) -> int:
    """Return how many combatants a scenario has in all."""
    return sum(
        creature.count
        for creatures in (scenario.players, *(fight.monsters for fight in scenario.encounters))
        for creature in creatures
    )


def check_rows(scenario: Scenario, rows: Mapping[str, int]) -> None:
    """Check how many rows the tables have, which is known before they are read.

    Raises
    ------
    DisagreementError
        When there are not as many as the scenario has runs and combatants.
    """
    runs = scenario.settings.runs
    if rows["runs"] != runs:
        raise DisagreementError("runs", f"it has {rows['runs']:,} rows; the scenario {runs:,} runs")
    people = people_in(scenario)
    if rows["combatants"] != runs * people:
        raise DisagreementError(
            "combatants",
            f"it has {rows['combatants']:,} rows; the scenario {runs:,} runs of {people}",
        )
    if bool(rows["events"]) != bool(rows["rounds"]):
        raise DisagreementError("rounds", "rounds were kept without events, or events without")
