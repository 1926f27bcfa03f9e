"""The selected run as rows and sentences (`protocol.replay.ReplayView`), made once a run.

The log of a data set is taken where it was kept. A run without one, as of a preview, above 10,000
runs, or where its file is damaged, is played again from its seed, which gives the same events; what
it comes to is checked against the stored result.
"""

from __future__ import annotations

import logging
import threading
import weakref
from collections.abc import Callable

import pyarrow as pa

from dualslot_widgets.errors import DualSlotError, StorageError
from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.results.replay import Replay
from dualslot_widgets.system.uninterrupted import start_thread
from dualslot_widgets.tables import RESULTS, dictionary_codes
from dualslot_widgets.widgets.kit.snapshot import PREVIEW, Snapshot, describe_place
from dualslot_widgets.widgets.protocol.replay import ReplayCombatant, ReplayRow, ReplayView

_logger = logging.getLogger(__name__)

#: Events of a longer run are described up to here: about half a megabyte for the browser.
LISTED_EVENTS = 5000
NO_RESULT = "there is no result yet that it could be a run of"
PREPARING = "The engine is being prepared, which takes some seconds the first time."


class Replays:
    """Describes the selected run of the data set that is shown; owned by one publisher.

    Parameters
    ----------
    notify : callable
        Called from another thread when the engine is there, for which a run had to wait.
    """

    def __init__(self, notify: Callable[[], None]) -> None:
        self._notify = notify
        self._preparing: threading.Thread | None = None
        self._known: tuple[weakref.ref[SimulationDataSet], int, ReplayView] | None = None

    def get(self, now: Snapshot) -> ReplayView | None:
        """Return the selected run of what is shown; None when none is selected."""
        data, run = now.shown, now.selected_run
        if run is None:
            return None
        if data is None:
            return {**_empty_view(run, now.scenario.name), "problem": NO_RESULT}
        if self._known is not None:
            of_data, of_run, known = self._known
            if of_data() is data and of_run == run and not known["pending"]:
                return known
        view = self._view(
            data, run, now.preview_place if data is now.preview else describe_place(data)
        )
        self._known = (weakref.ref(data), run, view)
        return view

    def _view(self, data: SimulationDataSet, run: int, place: str) -> ReplayView:
        view = _empty_view(run, data.scenario.name)
        view["place"], view["generation"] = place, data.metadata.generation or 0
        try:
            view["runs"] = data.analysis.runs
            data.check_run(run)
            replay, view["note"] = self._replay(data, run, stored=place != PREVIEW)
        except DualSlotError as error:
            view["problem"] = str(error)
        except Exception as error:
            _logger.exception("a run could not be described")
            view["problem"] = f"{type(error).__name__}: {error}"
        else:
            if replay is not None:
                return with_run(view, replay)
            view["pending"] = True
        return view

    def _replay(
        self, data: SimulationDataSet, run: int, *, stored: bool
    ) -> tuple[Replay | None, str]:
        """Return a run, None while the engine is being prepared, and a note on where it is from."""
        note = "No log was kept of it; it was played again from its seed." if stored else ""
        try:
            logged = data.logged_run(run)
            if logged is not None:
                return logged, ""
        except StorageError as error:
            note = f"Its log cannot be read: {error}. It was played again from its seed."
        if not self._may_play():
            return None, PREPARING
        again = Replay.from_scenario(data.scenario, run)
        return again, note + _check(again, data)

    def _may_play(self) -> bool:
        """Return whether the engine is there; else have it prepared in another thread."""
        from dualslot_widgets.engine.simulation import engine_is_ready

        if engine_is_ready():
            return True
        if self._preparing is None or not self._preparing.is_alive():
            self._preparing = threading.Thread(
                target=_prepare, args=(self._notify,), name="dualslot-replay", daemon=True
            )
            start_thread(self._preparing)
        return False


def _prepare(notify: Callable[[], None]) -> None:
    from dualslot_widgets.engine.simulation import prepare_engine

    try:
        prepare_engine()
    except BaseException:  # nobody would hear of it
        _logger.exception("the engine could not be prepared")
    notify()


def _check(again: Replay, data: SimulationDataSet) -> str:
    """Compare a run that was played again with what was stored of it; return a note on that.

    Raises
    ------
    DualSlotError
        When it comes out in another way, and so is another run.
    """
    try:
        stored = data.source.table("runs").slice(again.run, 1)
    except StorageError:
        return " Whether it comes out as stored cannot be checked."
    if stored.select(RESULTS).to_pylist() == again.result.select(RESULTS).to_pylist():
        return ""
    raise DualSlotError(
        f"run {again.run} cannot be told: its log was not kept, and played again it comes out in "
        "another way, as after a change of the rules; run the scenario again"
    )


def _empty_view(run: int, scenario: str) -> ReplayView:
    return {
        "run": run,
        "runs": 0,
        "place": "",
        "generation": 0,
        "scenario": scenario,
        "problem": "",
        "note": "",
        "pending": False,
        "ending": "",
        "combatants": [],
        "rows": [],
        "words": [],
        "events": 0,
    }


def with_run(view: ReplayView, replay: Replay) -> ReplayView:
    """Return a view with the events of its run, as far as `LISTED_EVENTS`."""
    events = replay.events.slice(0, LISTED_EVENTS)
    short = Replay(replay.run, events, replay.combatants, replay.result, replay.scenario)
    columns = list(ReplayCombatant.__annotations__)
    return {
        **view,
        "ending": replay.ending,
        "combatants": replay.combatants.select(columns).to_pylist(),
        "rows": _rows(events, replay.combatants["name"].to_pylist()),
        "words": short.sentences,
        "events": replay.events.num_rows,
    }


def _rows(events: pa.Table, names: list[str]) -> list[ReplayRow]:
    who = {side: dictionary_codes(events[side], names).tolist() for side in ("actor", "target")}
    plain = {
        n: events[n].to_pylist()
        for n in ("encounter", "round", "kind", "roll", "amount", "target_hp")
    }
    actions = [action or "" for action in events["action"].to_pylist()]
    return list(
        zip(
            plain["encounter"],
            plain["round"],
            who["actor"],
            who["target"],
            plain["kind"],
            actions,
            plain["roll"],
            plain["amount"],
            plain["target_hp"],
            strict=True,
        )
    )
