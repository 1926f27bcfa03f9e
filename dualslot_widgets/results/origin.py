"""`Origin`: which file a data set was imported from, and whether it is what the game gives.

A data set without one was played here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from dualslot_widgets.words.visible import visible

#: Longer texts of an origin are cut when they are made, and refused when they are read.
MAX_FILE_TEXT, MAX_DOUBT_TEXT = 120, 300
#: No scenario has more runs, so that no more were played again.
_MAX_PLAYED = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Which file a data set was imported from, and whether it was found to be what the game gives.

    Attributes
    ----------
    file : str
        Name of the file, without its folder; what would not be seen in it is escaped.
    imported : datetime
        When, in UTC.
    played_again : int
        How many of its runs were played again then, and agreed to the event.
    doubt : str
        Why they were not, in words; empty when they were.
    """

    file: str
    imported: datetime
    played_again: int = 0
    doubt: str = ""

    @classmethod
    def from_file(cls, name: str, *, played_again: int, doubt: str) -> Origin:
        """Return the origin of what is imported now from a file of this name."""
        return cls(
            file=visible(name)[:MAX_FILE_TEXT],
            imported=datetime.now(UTC),
            played_again=played_again,
            doubt=visible(doubt)[:MAX_DOUBT_TEXT],
        )

    @property
    def verified(self) -> bool:
        """Whether its runs were played again and agreed."""
        return not self.doubt

    @property
    def words(self) -> str:
        """The origin as a half sentence."""
        checked = checked_in_words(self.played_again, self.doubt)
        return f"imported from {self.file} on {self.imported:%Y-%m-%d}, {checked}"

    def to_dict(self) -> dict[str, Any]:
        """Return the origin as JSON."""
        return {
            "file": self.file,
            "imported": self.imported.isoformat(),
            "played_again": self.played_again,
            "doubt": self.doubt,
        }

    @classmethod
    def from_dict(cls, value: Mapping[str, Any]) -> Origin:
        """Read an origin back; raises ValueError, TypeError or KeyError for anything else."""
        found = cls(**{**value, "imported": datetime.fromisoformat(value["imported"])})
        if found.imported.utcoffset() != timedelta(0):
            raise ValueError("imported is not in UTC")
        for key, most in (("file", MAX_FILE_TEXT), ("doubt", MAX_DOUBT_TEXT)):
            text: Any = value[key]
            if not isinstance(text, str) or len(text) > most or text != visible(text):
                raise ValueError("the origin has a text that cannot be shown")
        played = found.played_again
        if type(played) is not int or not 0 <= played <= _MAX_PLAYED:
            raise ValueError("played_again is no number of runs")
        if (played > 0) == bool(found.doubt):
            raise ValueError("an origin is either verified or says why not")
        return replace(found, imported=found.imported.astimezone(UTC))


def checked_in_words(played_again: int, doubt: str) -> str:
    """Say whether the runs of a data set were played again, as a half sentence."""
    if doubt:
        return f"not verified: {doubt}"
    if played_again == 1:
        return "checked: 1 run was played again and agrees"
    return f"checked: {played_again:,} runs were played again and agree"
