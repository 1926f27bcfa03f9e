"""The English of a multiattack: its sentences, the ways that they tell of, and their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from dualslot_widgets.importers.report import Notes
from dualslot_widgets.importers.statblock.attack_names import last_words, names_in
from dualslot_widgets.importers.statblock.passage import Passage
from dualslot_widgets.importers.statblock.tokens import NUMBER_WORDS, Token, tidy, tokens_of
from dualslot_widgets.importers.statblock.worth import average
from dualslot_widgets.scenario.creature import MAX_MULTIATTACK

MAX_WAYS = 20
#: Of a hydra: SRD 5.1, "Multiple Heads".
HEADS = 5
_NUMBERS = {**NUMBER_WORDS, "1d4": 2, "once": 1, "twice": 2, "thrice": 3, "a": 1, "an": 1}
_INSTEAD = ("replace", "replaces", "replacing", "substitute")
_ANY = frozenset(("melee", "ranged", "weapon", "spell", "more", "different", "or", "other"))
_WHICH = frozenset(("with", "using"))
_WITHIN = frozenset(("place", "instead", "rather", *_INSTEAD))


@dataclass(slots=True)
class _Piece:
    """What a part of a sentence, between two "or", says.

    Attributes
    ----------
    total : int
        Of "makes three attacks", 0 for none.
    kind : str
        "melee", "ranged" or nothing.
    named : list of (str, int or None)
        Actions in order, each with the number that stands before it.
    is_list : bool
        Whether these are several ways: "two claw attacks, two bite attacks, or ...".
    is_open : bool
        Whether it says how many attacks, but not which.
    """

    total: int = 0
    kind: str = ""
    named: list[tuple[str, int | None]] = field(default_factory=list)
    is_list: bool = False
    is_open: bool = False

    def actions(self) -> list[str]:
        """Return the actions as often as the piece says."""
        without = [name for name, count in self.named if count is None]
        share = max(1, self.total // len(without)) if without else 1
        counts = [share if count is None else count for _, count in self.named]
        found: list[str] = []
        for (name, _), count in zip(self.named, counts, strict=True):
            found += [name] * min(count, MAX_MULTIATTACK)
        return found[:MAX_MULTIATTACK]


class MultiattackText:
    """The English of one multiattack."""

    def __init__(
        self, usable: list[dict[str, Any]], known: dict[str, str], passage: Passage, notes: Notes
    ) -> None:
        self._usable, self._passage, self._notes = usable, passage, notes
        self._known = known | last_words(known)
        self._tokens = tokens_of(tidy(passage.text)[:2000])[:-1]

    def ways(self) -> list[list[str]]:
        """Return each way to make it."""
        ways: list[list[str]] = []
        first: list[str] = []
        for sentence in self._sentences():
            tokens = sentence
            texts = [token.text for token in tokens]
            if texts[:1] in (["if"], ["when"]):
                if {"both", "damage", "throw", "save", "dc"} & set(texts):
                    continue
                comma = texts.index(",") + 1 if "," in texts else len(texts)
                tokens, texts = tokens[comma:], [*texts[comma:], "also"]
            if self._is_instead(texts):
                tokens = tokens[: self._cut(texts)]
                texts = texts[: len(tokens)]
            found, makes = self._of_sentence(tokens)
            if not found:
                continue
            if not makes:
                first += found[0]
            elif ways and {"also", "additionally", "addition"} & set(texts):
                ways[-1] = ways[-1] + found[0]
            else:
                ways += [first + way for way in found]
        if not ways and first:
            ways.append(first)
        return [way[:MAX_MULTIATTACK] for way in ways[:MAX_WAYS] if way]

    def _sentences(self) -> Iterable[tuple[Token, ...]]:
        start = 0
        for at, token in enumerate(self._tokens):
            if token.ends or at == len(self._tokens) - 1:
                yield tuple(self._tokens[start : at + 1])
                start = at + 1

    def _is_instead(self, texts: list[str]) -> bool:
        """Say whether a sentence tells of an action in the place of another, and note it."""
        place = any(texts[i : i + 3] == ["in", "place", "of"] for i in range(len(texts)))
        found = place or bool(set(_INSTEAD) & set(texts)) or _instead_of(texts)
        if found:
            self._notes.assume(
                self._passage.place, f"{self._passage.name}: nothing takes the place of an attack"
            )
        return found

    def _cut(self, texts: list[str]) -> int:
        """Return where in a sentence the part begins that tells of another action's place."""
        at = next(i for i, text in enumerate(texts) if text in _WITHIN)
        for back in range(at, 0, -1):
            if texts[back] in ("or", "can", "may", ";", "but"):
                return back if back > 3 else 0
        return 0

    def _of_sentence(self, tokens: tuple[Token, ...]) -> tuple[list[list[str]], bool]:
        """Return the ways of a sentence, and whether it makes attacks (or only uses something)."""
        pieces = [self._piece(part) for part in _split(tokens)]
        texts = [token.text for token in tokens]
        makes = any(piece.total for piece in pieces) or bool(
            {"makes", "make", "attack", "attacks", "attacking"} & set(texts)
        )
        ways: list[list[str]] = []
        common: list[str] = []
        if "either" in texts:
            before = self._piece(tokens[: texts.index("either")])
            common = before.actions() if before.named else []
        for piece in pieces:
            if piece.named:
                if len(pieces) > 1 and piece.is_list:
                    ways += [[name] * (count or 1) for name, count in piece.named]
                elif ways and all(count is None for _, count in piece.named) and not piece.total:
                    last = ways[-1][-1]
                    way = [piece.named[0][0] if name == last else name for name in ways[-1]]
                    ways.append(way)
                else:
                    ways.append((common if ways else []) + piece.actions())
            elif piece.is_open and (best := self._best(piece.kind)):
                ways.append(self._filled(best, piece.total, texts))
        return ways, makes

    def _piece(self, tokens: Sequence[Token]) -> _Piece:
        texts = [token.text for token in tokens]
        found = _Piece()
        few = "which" in texts and bool({"only", "more"} & set(texts))
        capped = texts.index("which") if few else len(texts)
        places = [place for place in names_in(tokens, self._known) if place[0] < capped]
        for at, text in enumerate(texts[:capped]):
            count = _NUMBERS.get(text) or (int(text) if text.isdigit() and len(text) < 3 else 0)
            behind = texts[at + 1 : at + 4]
            before = texts[max(at - 1, 0) : at]
            plural = "attacks" in behind and not any(
                at < p[0] < at + 1 + behind.index("attacks") for p in places
            )
            if (
                count
                and not found.total
                and (plural or before in (["attacks"], ["attack"]) or behind[:1] == ["times"])
            ):
                found.total = count
                between = behind[: behind.index("attacks")] if plural else []
                named = _WHICH & set(texts[at:]) and not {"different", "which"} & set(texts[at:])
                found.is_open = set(between) <= _ANY and not named
                found.kind = next((w for w in behind if w in ("melee", "ranged")), "")
        end = 0
        for start, stop, name in places:
            own = next(
                (
                    _NUMBERS.get(texts[at]) or int(texts[at])
                    for at in range(start - 1, end - 1, -1)
                    if texts[at] in _NUMBERS or (texts[at].isdigit() and len(texts[at]) < 3)
                ),
                None,
            )
            header = found.total and not found.named and own == found.total
            if texts[max(start - 2, 0) : start] == ["as", "many"] and "heads" in texts[stop:]:
                own = HEADS
                self._notes.assume(self._passage.place, f"{name}: taken to have {HEADS} heads")
            uses = {"use", "uses", "using"} & set(texts[max(start - 4, end) : start])
            listed = header and self._is_header(texts, start, end)
            if uses and own is None:
                own = 1
            found.named.append((name, None if listed else own))
            end = stop
        counted = [own for _, own in found.named if own is not None]
        found.is_list = (
            len(counted) > 1
            and len(counted) == len(found.named)
            and not (found.total or {"and", "plus"} & set(texts))
        )
        if found.named and not found.total:
            first, *others = found.named
            found.named = [first, *((name, own or 1) for name, own in others)]
        return found

    def _is_header(self, texts: list[str], start: int, end: int) -> bool:
        """Say whether the number before a name is that of all attacks: "two attacks with its"."""
        return (
            "attacks" in texts[end:start]
            or "times" in texts[end:start]
            or bool({"twice", "thrice"} & set(texts[end:start]))
        )

    def _best(self, kind: str) -> list[str]:
        """Return the attacks of a kind, the best first."""
        fitting = [
            action
            for action in self._usable
            if action["type"] == "attack"
            and "requires" not in action
            and not (kind == "ranged" and not action.get("ranged"))
            and not (kind == "melee" and action.get("ranged"))
        ]
        return [action["name"] for action in sorted(fitting, key=average, reverse=True)]

    def _filled(self, best: list[str], total: int, texts: list[str]) -> list[str]:
        """Return as many attacks as there are, where "only one of which can be" something."""
        few = "which" in texts and bool({"only", "more"} & set(texts))
        at = texts.index("which") if few else len(texts)
        tokens = self._tokens[:0] if at == len(texts) else tokens_of(" ".join(texts[at:]))[:-1]
        once = [name for _, _, name in names_in(tokens, self._known)]
        free = [name for name in best if name not in once] or best
        found = [free[0]] * total
        if "different" in texts:
            found = [*free[:total], *found][:total]
        if once and f"{free[0]} (grapple)" in [action["name"] for action in self._usable]:
            found[0] = once[0]
        if once and best and best[0] in once and total > 1:
            found[0] = best[0]
        return found[:MAX_MULTIATTACK]


def _instead_of(texts: list[str]) -> bool:
    return any(
        texts[i] in ("instead", "rather") and texts[i + 1 : i + 2] in (["of"], ["than"])
        for i in range(len(texts))
    )


def _split(tokens: tuple[Token, ...]) -> list[tuple[Token, ...]]:
    """Cut a sentence where another way begins."""
    parts: list[tuple[Token, ...]] = []
    start = 0
    for at, token in enumerate(tokens):
        around = [each.text for each in tokens[max(at - 1, 0) : at + 2]]
        if around == ["melee", "or", "ranged"]:
            continue
        instead = token.text == ";" and "instead" in [each.text for each in tokens[at:]]
        if at > start and (instead or token.text in ("or", "alternatively", "otherwise")):
            parts.append(tokens[start:at])
            start = at + 1
    parts.append(tokens[start:])
    return parts[:MAX_WAYS]
