"""What an import understood, took for granted and left out, each with its place in the file."""

from __future__ import annotations

from dataclasses import dataclass

from dualslot_widgets.words.visible import visible

#: Lines of remarks; where a file has more to say, those that say the same are counted together.
MAX_LINES = 1000
#: Remarks about a whole creature are never counted together with others.
_WHOLE = ("no action that can be played", "cannot be played", "no structure that is known")


@dataclass(frozen=True, slots=True)
class Remark:
    """One line about one place.

    Attributes
    ----------
    place : str
        Path in the file, such as ``"monster[2].action[0]"``.
    why : str
        What is said of it, in words.
    """

    place: str
    why: str

    def __str__(self) -> str:
        return visible(f"{self.place}: {self.why}")


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a file.

    Attributes
    ----------
    understood : tuple of str
        A line a creature: what it has in the scenario.
    assumed : tuple of Remark
        What had to be put into other words, and how: averages without dice, rounded numbers, the
        number of creatures that an area catches.
    left_out : tuple of Remark
        What is not played, and why.
    """

    understood: tuple[str, ...] = ()
    assumed: tuple[Remark, ...] = ()
    left_out: tuple[Remark, ...] = ()

    def __str__(self) -> str:
        parts = (
            ("understood", self.understood),
            ("taken as", self.assumed),
            ("left out", self.left_out),
        )
        lines = []
        for title, content in parts:
            lines.append(f"{title}: {'nothing' if not content else ''}".rstrip())
            lines += [f"  {visible(str(line))}" for line in content]
        return "\n".join(lines)


class Notes:
    """Collects remarks while a file is read; each is kept once."""

    def __init__(self) -> None:
        self._assumed: dict[Remark, None] = {}
        self._left_out: dict[Remark, None] = {}
        self._idle: dict[Remark, None] = {}

    def assume(self, place: str, what: str) -> None:
        """Note how something was put into other words."""
        self._assumed[Remark(place, what)] = None

    def leave(self, place: str, why: str) -> None:
        """Note something that is not played."""
        self._left_out[Remark(place, why)] = None

    def skip(self, place: str, what: str) -> None:
        """Note something that decides nothing on a field without a map."""
        remark = Remark(place, f"{what}, which decides nothing here")
        self._left_out[remark] = self._idle[remark] = None

    @property
    def missing(self) -> list[str]:
        """What is left out though it would decide something, in words, without places."""
        return list(dict.fromkeys(r.why for r in self._left_out if r not in self._idle))

    def report(self, understood: list[str]) -> Report:
        """Return the report."""
        return Report(tuple(understood), _bounded(self._assumed), _bounded(self._left_out))


def _bounded(remarks: dict[Remark, None]) -> tuple[Remark, ...]:
    """Return all remarks, or so many that no creature is hidden: equal ones are counted."""
    if len(remarks) <= MAX_LINES:
        return tuple(remarks)
    whole = [remark for remark in remarks if any(words in remark.why for words in _WHOLE)]
    kinds: dict[str, list[Remark]] = {}
    for remark in remarks:
        if not any(words in remark.why for words in _WHOLE):
            kinds.setdefault(remark.why, []).append(remark)
    largest = sorted(kinds.values(), key=len, reverse=True)
    grouped = [_together(kind) for kind in largest[:MAX_LINES]]
    more = sum(map(len, largest[MAX_LINES:]))
    rest = (Remark("elsewhere", f"{more} more remarks"),) if more else ()
    return (*whole, *grouped, *rest)


def _together(alike: list[Remark]) -> Remark:
    """Return remarks that say the same as one with their number."""
    first = alike[0]
    return first if len(alike) == 1 else Remark(first.place, f"{first.why} ({len(alike)} places)")
