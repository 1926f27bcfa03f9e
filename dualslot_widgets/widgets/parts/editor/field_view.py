"""What of a record can be changed in place, as fields that the front end draws by their kind."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dualslot_widgets.scenario.schema import Declared, declared_in
from dualslot_widgets.widgets.protocol.scenario import ChoiceField, Field, FlagField, NumberField


def editable(record: object) -> list[str]:
    """Return the keys of a record that an editor may change, or what is in them."""
    return [key for key, declared in declared_in(type(record)).items() if declared.edit]


def field_views(record: object, path: str, without: Collection[str] = ()) -> list[Field]:
    """Return a field for each number, word and flag of a record that an editor may change."""
    declared = declared_in(type(record))
    found: list[Field] = []
    for key in editable(record):
        if key not in without:
            value, at = getattr(record, key), f"{path}.{key}"
            if declared[key].kind == "number":
                found.append(number_view(declared[key], at, value))
            elif declared[key].kind == "word":
                found.append(_choice_view(declared[key], at, value))
            elif declared[key].kind == "flag":
                found.append(_flag_view(declared[key], at, value))
    return found


def number_view(
    declared: Declared, path: str, value: int, slider: Sequence[int] = ()
) -> NumberField:
    """Return the field of a number; its slider, if it has one, is made to reach the value."""
    reach = [min(slider[0], value), max(slider[1], value)] if slider else []
    return {
        "kind": "number",
        "path": path,
        "label": declared.title,
        "value": value,
        "min": declared.low,
        "max": declared.high,
        "slider": reach,
    }


def _choice_view(declared: Declared, path: str, value: str | None) -> ChoiceField:
    words = ["", *declared.known] if declared.default is None else declared.known
    return {
        "kind": "choice",
        "path": path,
        "label": declared.title,
        "value": value or "",
        "choices": [
            {"word": word, "says": declared.says.get(word, word.replace("_", " "))}
            for word in words
        ],
    }


def _flag_view(declared: Declared, path: str, value: bool) -> FlagField:
    return {"kind": "flag", "path": path, "label": declared.title, "value": value}
