"""Paths into the JSON of a scenario, such as "players[0].actions[1].damage": read and set by them.

Paths are written as error messages write them. One that leads nowhere is refused with the nearest
one that leads somewhere.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from typing import Any, TypeAlias

from dualslot_widgets.errors import ScenarioError
from dualslot_widgets.scenario.reading import whole
from dualslot_widgets.scenario.schema import Declared, inside, keys_of

Step: TypeAlias = str | int
#: No path is longer; names of the user's own have at most 100 characters.
MAX_PATH = 500
_PATH = re.compile(r"[^.\[\]]+(?:\[[0-9]{1,4}\])*(?:\.[^.\[\]]+(?:\[[0-9]{1,4}\])*)*")
_STEP = re.compile(r"\[([0-9]+)\]|([^.\[\]]+)")


def steps_of(path: str) -> list[Step]:
    """Return the keys and indices that a path is made of; raises `ScenarioError` if it is none."""
    if len(path) > MAX_PATH or _PATH.fullmatch(path) is None:
        raise nowhere(path, '; a path is written as "players[0].armor_class"')
    return [int(index) if index else key for index, key in _STEP.findall(path)]


def path_of(steps: Sequence[Step]) -> str:
    """Return the path that `steps_of` takes apart into these keys and indices."""
    written = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return "".join(written).removeprefix(".")


def nowhere(path: str, remedy: str = "") -> ScenarioError:
    """Return the error for a path that leads nowhere."""
    return ScenarioError(f"{path[:100]}: there is no such value in this scenario{remedy}")


def find(root: Declared, steps: Sequence[Step], *, edit: bool = False) -> tuple[Declared, ...]:
    """Return all that may stand at a path in any scenario; nothing where it leads nowhere.

    Parameters
    ----------
    root : Declared
    steps : sequence of str and int
    edit : bool
        Only what an editor may change.
    """
    found: tuple[Declared, ...] = (root,)
    for step in steps:
        further = (each for outer in found for each in inside(outer, step))
        found = tuple(each for each in further if each.edit or not edit)
    return found


def set_value(root: Declared, content: Any, path: str, value: Any) -> None:
    """Change one value of a scenario's JSON in place.

    What is left out because it is the usual can be set; in a list of numbers all beyond its end are
    0. What a value may be is left to whoever reads the JSON.

    Parameters
    ----------
    root : Declared
        What is declared of the whole scenario.
    content : dict
    path : str
    value
        None takes away what may be absent.

    Raises
    ------
    ScenarioError
        When the path leads nowhere.
    """
    steps = steps_of(path)
    declared, place = root, content
    for number, step in enumerate(steps):
        last = number == len(steps) - 1
        further = _further(declared, place, step)
        if further is None or not (last or _is_there(further, place, step)):
            right = _mended(steps, number, declared, place)
            remedy = f', did you mean "{right}"?' if right else f"; known: {', '.join(content)}"
            raise nowhere(path, remedy)
        if last:
            _set(declared, further, place, step, value)
        else:
            declared, place = further, _enter(further, place, step)


def _further(declared: Declared, place: Any, step: Step) -> Declared | None:
    """Return what is, or may be set, one step further in; None where that is nothing."""
    if isinstance(step, int):
        there = isinstance(place, list) and (step < len(place) or declared.kind == "numbers")
        found = inside(declared, step) if there else ()
    else:
        there = isinstance(place, dict)
        found = inside(declared, step, _type_of(place)) if there else ()
    return found[0] if found else None


def _is_there(declared: Declared, place: Any, step: Step) -> bool:
    """Whether something is at a step, or is left out there because it is the usual."""
    return isinstance(step, int) or step in place or not declared.required


def _type_of(place: dict[str, Any]) -> str:
    kind = place.get("type")  # of an action; a user's own name may be "type", too
    return kind if isinstance(kind, str) else ""


def _enter(declared: Declared, place: Any, step: Step) -> Any:
    """Return what is at a step; what is left out because it is the usual is written out."""
    if isinstance(step, int):
        return place[step] if step < len(place) else 0
    if step not in place and not declared.required:
        place[step] = declared.usual
    return place.get(step)


def _mended(steps: list[Step], number: int, declared: Declared, place: Any) -> str:
    """Return a path with each wrong step from one on replaced by the nearest right one."""
    good, rest = steps[:number], steps[number:]
    while rest:
        right = _nearest(declared, place, rest[0])
        further = None if right is None else _further(declared, place, right)
        if right is None or further is None:
            break
        good.append(right)
        if not (isinstance(right, int) and isinstance(rest[0], str)):  # else an index is missing
            rest.pop(0)
        declared, place = further, _enter(further, place, right)
    return path_of(good)


def _nearest(declared: Declared, place: Any, step: Step) -> Step | None:
    further = _further(declared, place, step)
    if further and _is_there(further, place, step):
        return step
    if isinstance(place, list):
        return (min(step, len(place) - 1) if isinstance(step, int) else 0) if place else None
    if not isinstance(place, dict) or isinstance(step, int):
        return None
    keys = keys_of(declared, _type_of(place)) or list(place)
    return next(iter(difflib.get_close_matches(step[:100].lower(), keys, n=1)), None)


def _set(declared: Declared, further: Declared, place: Any, step: Step, value: Any) -> None:
    if declared.kind == "numbers" and isinstance(step, int):
        _set_number(place, step, value)
    elif value is not None or (isinstance(step, str) and further.required):
        place[step] = value
    elif isinstance(step, int) or step in place:
        del place[step]


def _set_number(numbers: list[Any], index: int, value: Any) -> None:
    """Set one number; zeros at the end are left out again."""
    if whole(value) == (numbers[index] if index < len(numbers) else 0):
        return
    numbers += [0] * (index + 1 - len(numbers))
    numbers[index] = value
    while numbers and whole(numbers[-1]) == 0:
        numbers.pop()
