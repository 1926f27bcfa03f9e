"""Traits of a stat block: keys of a creature, riders of its attacks, what comes by itself."""

from __future__ import annotations

import re
from typing import Any

from dualslot_widgets.importers.report import Notes
from dualslot_widgets.importers.statblock import clauses, harmless
from dualslot_widgets.importers.statblock.by_itself import aura, death_burst, nature
from dualslot_widgets.importers.statblock.effects import effect, lasts
from dualslot_widgets.importers.statblock.names import limit_of, plain_name
from dualslot_widgets.importers.statblock.passage import Passage
from dualslot_widgets.importers.statblock.reading import GUARDS, Reading
from dualslot_widgets.importers.statblock.trait_wording import TRAIT_GRAMMAR

#: Traits that need no number, by the words of a creature's `traits`.
TRAITS = {
    "magic resistance": "magic_resistance",
    "pack tactics": "pack_tactics",
    "reckless": "reckless",
    "undead fortitude": "undead_fortitude",
    "evasion": "evasion",
    "blood frenzy": "blood_frenzy",
    "ambusher": "ambusher",
    "assassinate": "assassinate",
    "gnome cunning": "gnome_cunning",
    "grappler": "grappler",
    "reactive": "reactive",
    "steadfast": "steadfast",
    "duergar resilience": "magic_resistance",
}
#: Traits that make a monster's attacks magical.
_MAGICAL = re.compile(
    r"(?:Magic|Magical|Angelic|Hellish|Infernal) Weapons|Magic Attacks", re.IGNORECASE
)


class Traits:
    """Collects what the traits of one creature come to.

    Attributes
    ----------
    keys : dict
        Of the creature, as scenario JSON.
    actions : list of dict
        What comes by itself: auras, bursts, what it always bears.
    magical : bool
        Whether its attacks are magical.
    """

    def __init__(self, attacks: list[dict[str, Any]], notes: Notes) -> None:
        self.keys: dict[str, Any] = {}
        self.actions: list[dict[str, Any]] = []
        self.magical = False
        self._attacks = [action for action in attacks if action["type"] == "attack"]
        self._notes = notes

    def read(self, passage: Passage) -> bool:
        """Add what a trait says, or note that it is left out; say whether it is played."""
        name, reading = plain_name(passage.name), Reading(passage.text)
        known = self._steady(reading) | self._word(name, passage, reading)
        known = known or self._on_hits(name, reading)
        if not known and self._by_itself(name, reading):
            known = True
            for words in clauses.unused(reading):
                self._notes.leave(passage.place, f"{name}: {words[:80]!r}")
        if _MAGICAL.search(name):
            self.magical = known = True
        if not known and not harmless.is_trait(name) and passage.time != "reaction":
            self._notes.leave(passage.place, f"trait {name}")
        return known

    def _word(self, name: str, passage: Passage, reading: Reading) -> bool:
        low = name.casefold()
        if low in TRAITS:
            words = self.keys.setdefault("traits", [])
            if TRAITS[low] not in words:
                words.append(TRAITS[low])
        elif low.startswith("legendary resistance"):
            limit = passage.limit or limit_of(passage.name)
            self.keys["legendary_resistance"] = limit.get("uses", 3)
        elif low == "relentless" and (fewer := self._number("fewer", reading)):
            self.keys["relentless"] = fewer
        elif low == "regeneration" and (points := self._number("regains", reading)):
            self.keys["regeneration"] = self._regeneration(points, reading)
        elif low.startswith("sneak attack") and (dice := _extra(reading)):
            self._rider(
                {"name": name, "damage": dice, "when": "advantage_or_ally", "once_per_turn": True}
            )
        elif found := TRAIT_GRAMMAR.search("absorbs", reading.tokens):
            kinds = self.keys.setdefault("absorbs", [])
            kinds.append(reading.texts(*found.parts["type"])[0])
        else:
            return False
        return True

    def _number(self, rule: str, reading: Reading) -> int:
        found = TRAIT_GRAMMAR.search(rule, reading.tokens)
        if found is None:
            return 0
        words = reading.texts(found.start, found.end)
        return min(next(int(word) for word in words if word.isdigit()), 30_000)

    def _regeneration(self, points: int, reading: Reading) -> dict[str, Any]:
        out: dict[str, Any] = {"hp": min(points, 1000)}
        if found := TRAIT_GRAMMAR.search("stopped", reading.tokens):
            words = reading.tokens[found.start : found.end]
            out["stopped_by"] = list(dict.fromkeys(t.text for t in words if "TYPE" in t.classes))
        if "dies only if" in reading.text:
            out["revives"] = True
        return out

    def _steady(self, reading: Reading) -> bool:
        """Note conditions that a creature saves against with advantage: Brave, Two Heads."""
        found = TRAIT_GRAMMAR.search("advantage", reading.tokens)
        if found is None:
            return False
        end = reading.sentence(found.start)[1]
        tokens = reading.tokens[found.end : end]
        named = [token.text for token in tokens if "CONDITION" in token.classes]
        if any(token.text == "poison" for token in tokens[:4]):
            named.append("poisoned")
        if named:
            mine = self.keys.setdefault("condition_advantage", [])
            mine += [word for word in dict.fromkeys(named) if word not in mine]
        return bool(named)

    def _rider(self, rider: dict[str, Any]) -> None:
        self.keys.setdefault("riders", []).append(rider)

    def _attack(self, word: str) -> dict[str, Any] | None:
        stem = word.casefold().rstrip("s")
        return next(
            (a for a in self._attacks if a["name"].casefold().rstrip("s").startswith(stem)), None
        )

    def _on_hits(self, name: str, reading: Reading) -> bool:
        """Add what comes with hits: charges, Martial Advantage, Surprise Attack, Rampage."""
        extra, tokens = _extra(reading), reading.tokens
        if charge := TRAIT_GRAMMAR.search("charge", tokens):
            return self._charge(name, reading, reading.texts(*charge.parts["with"])[0])
        if extra and "of an ally" in reading.text:
            self._rider({"name": name, "damage": extra, "when": "ally", "once_per_turn": True})
            return True
        if extra and "surprises a creature" in reading.text:
            self._rider({"name": name, "damage": extra, "when": "surprised", "attacks": "any"})
            return True
        if again := TRAIT_GRAMMAR.search("again", tokens):
            hit = self._attack(reading.texts(*again.parts["with"])[0])
            if hit:
                self._rider(
                    {
                        "name": name,
                        "when": "felled",
                        "attacks": "melee_weapon",
                        "once_per_turn": True,
                        "follow_up": hit["name"],
                    }
                )
            return hit is not None
        return False

    def _charge(self, name: str, reading: Reading, word: str) -> bool:
        """Give an attack what a charge adds to it."""
        hit = self._attack(word)
        follows = TRAIT_GRAMMAR.search("follows", reading.tokens)
        second = self._attack(reading.texts(*follows.parts["with"])[0]) if follows else None
        guards = reading.of(*GUARDS)
        extra = _extra(reading)
        if hit is None or (follows and second is None) or not (guards or extra):
            return False
        once = {"when": "charge", "once_per_turn": True}
        riders = hit.setdefault("on_hit", [])
        if extra:
            kinds = hit["damage"].split()
            typed = extra if " " in extra or len(kinds) < 2 else f"{extra} {kinds[1]}"
            riders.append({"name": name, "damage": typed, **once})
        if guards:
            states = [f for f in reading.of("suffers") if lasts(reading, f)]
            lasting = effect("Prone", reading, states, guards[0].start)
            lasting = lasting or {"name": "Prone", "conditions": ["prone"]}
            down = {
                "name": f"{name} (prone)",
                **reading.guard(guards[0]),
                "effect": lasting,
                **once,
            }
            riders.append(down | ({"follow_up": second["name"]} if second else {}))
        return True

    def _by_itself(self, name: str, reading: Reading) -> bool:
        found = death_burst(name, reading) or aura(name, reading) or nature(name, reading)
        if found:
            self.actions.append(found)
        return found is not None


def _extra(reading: Reading) -> str:
    """Return the extra damage that a trait tells of, or nothing."""
    facts = [
        fact for fact in reading.of("damage") if "extra" in reading.texts(fact.start, fact.end)
    ]
    if not facts:
        facts = reading.of("damage")[:1] if "extra" in reading.text else []
    return reading.term(facts[0]) if facts else ""
