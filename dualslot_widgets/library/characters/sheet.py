"""The sheet on which class features write what they add to a character."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]


@dataclass
class Sheet:
    """What features add to a character; `mod` and `bonus` are its modifiers and proficiency."""

    level: int
    mod: dict[str, int]
    bonus: int
    actions: list[Json] = field(default_factory=list)
    multiattack: list[str] = field(default_factory=list)
    more: Json = field(default_factory=dict)

    def weapon(self, name: str, dice: str, ability: str, **more: Any) -> Json:
        """Add an attack with a weapon that the character is proficient with."""
        extra = more.pop("extra", 0)
        hit = more.pop("hit", 0)
        kind = more.pop("kind")
        action = {
            "type": "attack",
            "name": name,
            "attack_bonus": self.bonus + self.mod[ability] + hit,
            "damage": f"{dice}{self.mod[ability] + extra:+d} {kind}",
            "magical": self.level >= 5,
            **more,
        }
        self.actions.append(action)
        return action

    def resource(self, name: str, uses: int, per: str) -> None:
        """Add points."""
        self.more.setdefault("resources", {})[name] = {"uses": uses, "per": per}

    def rider(self, **rider: Any) -> None:
        """Add what comes with hits."""
        self.more.setdefault("riders", []).append(rider)

    def trait(self, name: str) -> None:
        """Add a trait."""
        self.more.setdefault("traits", []).append(name)
