"""Saves of battlesim2's own program write keys and words in snake_case, and actions without a type.

They are put into the words of its web page: `toHit` for `to_hit`, "enemy with least HP" for
"enemy_with_least_hp".
"""

from __future__ import annotations

from typing import Any

#: Where a target or a condition is named in words.
_WORDS = frozenset(("target", "riderTarget", "condition", "freq"))
_UPPER = {"hp": "HP", "ac": "AC", "dpr": "DPR"}
#: By a key that only actions of one type have.
_TYPES = (("dpr", "atk"), ("amount", "heal"), ("templateOptions", "template"), ("buff", "buff"))


def as_on_the_page(value: Any) -> Any:
    """Return a save with the keys and the words of the web page."""
    if isinstance(value, list):
        return [as_on_the_page(each) for each in value]
    if not isinstance(value, dict):
        return value
    found = {_key(key): as_on_the_page(inner) for key, inner in value.items()}
    for key in _WORDS & found.keys():
        if isinstance(found[key], str) and "_" in found[key]:
            found[key] = " ".join(_UPPER.get(word, word) for word in found[key].split("_"))
    if isinstance(found.get("actions"), list):
        found["actions"] = [_typed(action) for action in found["actions"]]
    return found


def _key(key: str) -> str:
    first, *rest = key.split("_")
    if not first or not rest or not key.islower():
        return key
    return first + "".join(word[:1].upper() + word[1:] for word in rest)


def _typed(action: Any) -> Any:
    """Return an action with the type that its keys tell."""
    if not isinstance(action, dict) or "type" in action:
        return action
    kind = next((word for key, word in _TYPES if key in action), None)
    if kind == "buff" and str(action.get("target", "")).startswith("enemy"):
        kind = "debuff"
    return action if kind is None else {"type": kind} | action
