"""One run told event by event, as text and as a table.

Stands on the engine: a run whose log was not kept is played again from its seed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dualslot_widgets.scenario.actions import TIMES
from dualslot_widgets.scenario.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Replay:
    """The event log of one run; `print` it, or take `events` (an Arrow table) further.

    Attributes
    ----------
    run : int
    events : pyarrow.Table
        The run's rows of the events table.
    scenario : Scenario
    """

    run: int
    events: pa.Table
    scenario: Scenario

    @classmethod
    def of(cls, scenario: Scenario, events: pa.Table, run: int) -> Replay:
        """Return one run of a data set, from its log or by playing it again."""
        mine = events.filter(pc.equal(events["run"], run))
        if mine.num_rows == 0:
            from dualslot_widgets.engine.simulate import Simulation

            again = Simulation(scenario, first_run=run, runs=1, log=True)
            again.play_batch()
            mine = again.take_tables()["events"]
        return cls(run, mine, scenario)

    @property
    def choices(self) -> pd.DataFrame:
        """What everybody weighed in this run, and what each option was worth then.

        The run is played again for it.

        Returns
        -------
        pandas.DataFrame
            Columns encounter, round, turn, chooser, time (one of `scenario.actions.TIMES`), option
            ("Multiattack" or the name of an action), slot (level, 0 for none), worth (expected hit
            points; of a legendary action for each of its points). Of one turn and time the option
            with the highest worth is taken, but that two spells a turn exclude each other. Who has
            nothing to weigh does not appear.
        """
        from dualslot_widgets.engine.simulate import Simulation

        again = Simulation(self.scenario, first_run=self.run, runs=1, log=True, trace=True)
        again.play_batch()
        events = again.take_tables()["events"]
        weighed = events.filter(pc.equal(events["kind"], "option")).to_pandas()
        return pd.DataFrame(
            {
                "encounter": weighed["encounter"],
                "round": weighed["round"],
                "turn": weighed["turn"],
                "chooser": weighed["actor"].astype(str),
                "time": [TIMES[int(time)] for time in weighed["total"]],
                "option": weighed["action"].astype(object).fillna("Multiattack").astype(str),
                "slot": weighed["roll"].astype("int64"),
                "worth": weighed["amount"] / 10,
            }
        )

    def to_pandas(self) -> pd.DataFrame:
        """Return the events as a DataFrame."""
        return self.events.to_pandas()

    @property
    def lines(self) -> list[str]:
        """The fight in words, a line an event, with headings for encounters and rounds."""
        told: list[str] = []
        place = (0, -1)
        for event in self.events.to_pylist():
            if (event["encounter"], event["round"]) != place:
                place = (event["encounter"], event["round"])
                when = f"round {event['round']}" if event["round"] else "initiative"
                told.append(f"Encounter {event['encounter']}, {when}")
            told.append("  " + _sentence(event))
        return told

    def __str__(self) -> str:
        return "\n".join([f"Run {self.run}", *self.lines])

    def __repr__(self) -> str:
        return str(self)


def _sentence(event: Mapping[str, Any]) -> str:
    actor, target, action = event["actor"], event["target"], event["action"]
    roll, total, amount = event["roll"], event["total"], event["amount"]
    down = " and goes down" if event["target_hp"] == 0 and amount > 0 else ""
    left = f"{event['target_hp']} left"
    loses = f"{target} loses {amount} ({left}){down}"
    sentences = {
        "initiative": f"{actor}: initiative {total} (rolled {roll})",
        "recharge": f"{actor} rolls {roll} to recharge {action}",
        "miss": f"{actor}, {action}: {total} (rolled {roll}) misses {target}",
        "hit": f"{actor}, {action}: {total} (rolled {roll}) hits; {loses}",
        "critical": f"{actor}, {action}: rolled {roll}, a critical hit; {loses}",
        "save_failed": f"{actor}, {action}: {target} fails with {total} (rolled {roll}); {loses}",
        "save_made": f"{actor}, {action}: {target} saves with {total} (rolled {roll}); {loses}",
        "heal": f"{actor}, {action}: {target} regains {amount} ({left})",
        "damage": f"{actor}, {action}: {loses}",
        "effect": f"{actor}, {action}: {target} is under its effect",
        "effect_ended": f"{action} ends for {target}",
        "legendary_resistance": f"{target}: legendary resistance turns a failed save ({total})",
        "reaction": f"{actor} reacts with {action} to {target}",
        "countered": f"{actor}, {action}: the spell of {target} fails",
        "temporary_hp": f"{actor}, {action}: {target} has {total} temporary hit points",
        "endured": f"{target} holds on at 1 hit point",
        "arrival": f"{actor} arrives",
        "option": f"{actor} weighs {action}: {amount / 10}",
        "death_save": f"{actor}: death saving throw {roll}" + (", back up" if amount else ""),
    }
    return sentences[event["kind"]]
