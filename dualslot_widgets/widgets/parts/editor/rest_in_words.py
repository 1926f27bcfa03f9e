"""What of a record of the scenario has no control of its own, in words: nothing is left out.

A key that is added to an action, a rider, an effect or a creature is described here until an editor
may change it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from dualslot_widgets.scenario.schema import Declared, inside, record_dict, whole


def rest_in_words(record: object, shown: Collection[str] = ()) -> list[str]:
    """Return what a record holds beyond its defaults, without the keys that are shown elsewhere.

    Parameters
    ----------
    record : object
        An action, rider, effect or creature of a scenario.
    shown : collection of str

    Examples
    --------
    >>> from dualslot_widgets.scenario.effects import Effect
    >>> rest_in_words(Effect(name="Bane", attack_roll="-1d4", grants=("no_healing",)), ("name",))
    ['grants no healing', 'attack roll -1d4']
    """
    return list(_words(whole(type(record)), record_dict(record, without=shown)))


def _words(declared: Declared, content: Mapping[str, Any]) -> Iterator[str]:
    for key, value in content.items():
        (further,) = inside(declared, key)
        phrase = further.phrase or f"{key.replace('_', ' ')} {{}}"
        yield phrase.format(_value_in_words(further, value))


def _value_in_words(declared: Declared, value: Any) -> str:
    if isinstance(value, Mapping):
        inner = list(_words(declared, value))
        return inner[0] if len(inner) == 1 else f"({', '.join(inner)})"
    if isinstance(value, list) and declared.each:
        return " and ".join(_value_in_words(declared.each, each) for each in value)
    return value.replace("_", " ") if isinstance(value, str) else str(value)
